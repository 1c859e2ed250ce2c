"""Level 6: what a release must hold, judged over plain facts of a checkout that `cte release` gathers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cte_corpus.store import line_ends
from cte_corpus.store.version import numbers

SHOWN = 3
"""Changes that a finding names; the others are counted."""


class Written(NamedTuple):
    """A value as a file gives it, and where; the file itself where it gives none."""

    path: str
    value: str = ""
    line: int = 0
    column: int = 0


class Gone(NamedTuple):
    """A record of the earlier release that is neither there nor retired."""

    table: str
    id: str


class Frozen(NamedTuple):
    """A file in the folder of schemas of an earlier release."""

    path: str
    published: str
    """SHA-256 of the file when it was released, 64 hex digits; empty where it was not there."""

    found: str
    """SHA-256 of the file now; empty where it is missing."""

    only_line_ends: bool = False
    """Whether nothing but its line ends has changed."""


class ReleaseFound(NamedTuple):
    """A finding: where, what is wrong, and how to mend it."""

    code: str
    where: Written
    message: str
    help: str


@dataclass(frozen=True)
class Facts:
    """A checkout as these rules see it. What is not to be judged has its empty default."""

    version: str
    """The version that is to be released; empty where a corpus does not even name one."""

    versions: tuple[Written, ...]
    """The version by each file of the package and the data that has to name it."""

    cited: Written
    """The version that CITATION.cff says."""

    cited_day: Written
    """The day of the release by CITATION.cff."""

    section: Written
    """The newest version of which CHANGELOG.md has a section."""

    day: Written
    """The day of that section."""

    entries: int
    """Entries in that section."""

    schemas: tuple[Frozen, ...]
    """The schema files of earlier releases."""

    retired: str
    """Path of the file with the tombstones."""

    altered: tuple[str, ...] = ()
    """Paths that are not as in the last commit."""

    earlier: str = ""
    """The release with which the checkout is compared, the newest before this one; empty where there is none."""

    gone: tuple[Gone, ...] = ()
    """What that release has and the checkout neither has nor retires."""

    least: str = ""
    """The lowest version that may follow it, by what has changed since."""

    reasons: tuple[str, ...] = ()
    """The changes that ask for that version."""

    root_digest: str = ""
    """Of the records, 64 hex digits."""

    released: str = ""
    """The root digest with which the ledger has this version already; empty where it does not have it."""


def check(facts: Facts) -> Iterator[ReleaseFound]:
    """All findings."""
    if facts.version:
        yield from _version(facts)
        yield from _changelog(facts)
        yield from _citation(facts)
        for said in facts.versions:
            yield from _says(said, facts.version, "CTE604")
    yield from _vanished(facts)
    yield from _schemas(facts)
    for path in facts.altered:
        help_ = "commit it, or undo it; what git is to overlook stands in .gitignore"
        yield ReleaseFound("CTE607", Written(path), "it is not as in the last commit", help_)
    if facts.released and facts.released != facts.root_digest:
        digests = f"its root digest is {_short(facts.released)}, here it is {_short(facts.root_digest)}"
        message = f"release {facts.version} was made of other records: {digests}"
        yield ReleaseFound("CTE608", facts.versions[-1], message, "take a new version")


def _version(facts: Facts) -> Iterator[ReleaseFound]:
    if not facts.least or numbers(facts.version) >= numbers(facts.least):
        return
    more = len(facts.reasons) - SHOWN
    reasons = "; ".join(facts.reasons[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
    because = f": {reasons}" if reasons else ""
    message = f"after {facts.earlier} comes {facts.least} or a later version, not {facts.version}{because}"
    yield ReleaseFound("CTE601", facts.versions[0], message, f"write {facts.least} wherever the version stands")


def _changelog(facts: Facts) -> Iterator[ReleaseFound]:
    section = facts.section
    if section.value != facts.version:
        found = f"is of {section.value}" if section.value else "is missing"
        help_ = f"write what changed under `## [{facts.version}] - YYYY-MM-DD`"
        message = f"the newest section {found}, expected one of {facts.version}"
        yield ReleaseFound("CTE602", section, message, help_)
    elif not _is_day(facts.day.value):
        message = f"the section of {facts.version} has no day" + (f", but `{facts.day.value}`" * bool(facts.day.value))
        yield ReleaseFound("CTE602", facts.day, message, f"head it `## [{facts.version}] - YYYY-MM-DD`")
    elif not facts.entries:
        message = f"the section of {facts.version} has no entry"
        yield ReleaseFound("CTE602", section, message, "say what changed, in a list")


def _citation(facts: Facts) -> Iterator[ReleaseFound]:
    yield from _says(facts.cited, facts.version, "CTE603")
    day = facts.day.value if facts.section.value == facts.version else ""
    if _is_day(day) and facts.cited_day.value != day:
        message = f"the day of the release is {facts.cited_day.value or 'missing'}, in CHANGELOG.md {day}"
        yield ReleaseFound("CTE603", facts.cited_day, message, f'write `date-released: "{day}"`')


def _says(said: Written, version: str, code: str) -> Iterator[ReleaseFound]:
    if said.value != version:
        yield ReleaseFound(code, said, f"expected version {version}, got {said.value or 'none'}", f"write {version}")


def _vanished(facts: Facts) -> Iterator[ReleaseFound]:
    for table, key in facts.gone:
        if table == "retired":
            message = f"the tombstone of `{key}` stands in release {facts.earlier}, and no longer here"
            help_ = "put it back: a retired id stays retired"
        else:
            message = f"`{key}` of release {facts.earlier} is neither here nor retired"
            help_ = "put it back, or enter its id, or its document's, in retired.json with the reason"
        yield ReleaseFound("CTE605", Written(facts.retired), message, help_)


def _schemas(facts: Facts) -> Iterator[ReleaseFound]:
    for schema in facts.schemas:
        if schema.found != schema.published:
            was = f"it was published with the SHA-256 {_short(schema.published)}; now"
            found = f"its SHA-256 is {_short(schema.found)}" if schema.found else "it is missing"
            message = f"{was} {found}" if schema.published else "the schemas of this folder were published without it"
            help_ = "put the published files back; what is new belongs to a new schema version"
            if schema.only_line_ends:
                message, help_ = "git or an editor has changed its line ends, and nothing else", line_ends.MEND
            yield ReleaseFound("CTE606", Written(schema.path), message, help_)


def _short(digest: str) -> str:
    return f"{digest[:12]}…"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
