"""Levels 2 and 4 for `corpus.json` and `retired.json`: what the corpus is, and tombstones that lead somewhere."""

import re
from pathlib import Path

from cte_corpus.checking.rules.days import ADDRESS, day
from cte_corpus.checking.rules.doc import NONE, Findings, Found, Record
from cte_corpus.checking.rules.fit import licence
from cte_corpus.checking.rules.terms import is_language
from cte_corpus.checking.rules.twice import DELETE
from cte_corpus.store import layout

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
ID = re.compile(rf"{SLUG}(?::(?:{SLUG}|[smex][0-9]{{2,}}(?:\.[0-9]+)?))?")
"""The form of an id: of a document, an entity, or a record of a document."""


def about(record: Record) -> Findings:
    """All findings in what the corpus says of itself."""
    for key in ("code", "records"):
        yield from licence(record["licences"], key)
    for key in ("repository", "schemas"):
        value = record["addresses"][key]
        if value and not ADDRESS.fullmatch(value):
            message = f"“{value[:60]}” cannot be opened"
            yield Found("CTE444", record["addresses"], message, key, "an address, or nothing")
    for key in ("maintainers", "languages"):
        items = record.get(key, NONE)
        for index, item in enumerate(items):
            if item in items[:index]:
                yield Found("CTE336", items, f"`{key}` says this twice", index, DELETE)
    for index, tag in enumerate(record.get("languages", NONE)):
        if not is_language(tag):
            message = f"`{tag}` is not a language tag (ISO 639-1, BCP 47)"
            yield Found("CTE420", record["languages"], message, index)


def schemas(record: Record) -> Findings:
    """A finding if the corpus follows schemas that this package does not have: it could not be read."""
    version = record["schema_version"]
    if version != layout.SCHEMA_VERSION and version not in (known := layout.schema_versions()):
        message = f"there are no schemas {version[:60]}; there are {', '.join(known)}"
        help_ = "take the package that came with the corpus, or correct it"
        yield Found("CTE104", record, message, "schema_version", help_)


def retired(records: list[Record], version: str, root: Path) -> Findings:
    """All findings in the tombstones of a corpus.

    Args:
        records: The tombstones.
        version: The version of the corpus.
        root: Where the corpus lies: what replaces a record is looked up there.
    """
    ids = {record["id"] for record in records}
    seen = set()
    for record in records:
        name = record["id"]
        if not ID.fullmatch(name):
            yield Found("CTE217", record, f"“{name[:60]}” is no id", "id")
        elif name in seen:
            yield Found("CTE217", record, f"`{name}` has a tombstone already", "id", DELETE)
        seen.add(name)
        if _number(record["since"]) > _number(version) and _number(record["since"]) not in _next(version):
            message = f"gone since {record['since']}, which is no version up to the next after {version}"
            yield Found("CTE217", record, message, "since", "name the version that leaves it out")
        if "day" in record:
            yield from day(record, "day")
        if "replaced_by" in record:
            other = record["replaced_by"]
            if other == name or not (other in ids or layout.may_stand(root, other)):
                why = "takes its own place" if other == name else "is no record of this corpus"
                yield Found("CTE217", record, f"`{other}` {why}", "replaced_by", "name what stands for it, or nothing")


def _next(version: str) -> list[tuple[int, ...]]:
    """The versions that may come next: what a change retires is in the corpus before its release."""
    number = _number(version)
    return [(*number[:place], number[place] + 1, *(0 for _ in number[place + 1 :])) for place in range(len(number))]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if len(part) < 10)
