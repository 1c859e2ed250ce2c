"""Verifying a pack: that it is, to the byte and to the record, what its manifest says."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cte_corpus.checking import piecework
from cte_corpus.checking.rules.catalogue import rules
from cte_corpus.errors import CteError
from cte_corpus.published import archive, ledger, pack
from cte_corpus.release import held, second_opinion
from cte_corpus.store import layout
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import UNREADABLE, Stored
from cte_corpus.store.version import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cte_corpus.scale.workers import Workers

GIVE = "give a folder or .tar that `cte build` made, or the word `installed`"

SHOWN = 20
"""Findings of one check that are spelled out; the others are counted."""

COUNTED = 1_000
"""Findings of one check after which no more are looked for."""


@dataclass
class Check:
    """One thing that was looked at."""

    name: str

    says: str
    """What was looked at and found to hold; or why it was not looked at."""

    faults: list[str] = field(default_factory=list)

    looked: bool = True
    """False where there was nothing to hold it against; `says` why."""


@dataclass
class Report:
    """What `verify` looked at."""

    what: str
    checks: list[Check] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not any(check.faults for check in self.checks)

    def add(self, name: str, says: str, faults: Iterable[object] = (), *, looked: bool = True) -> bool:
        """Note a check; whether it found nothing."""
        found = list(map(str, islice(faults, COUNTED)))
        if len(found) > SHOWN:
            more = f"{len(found) - SHOWN} more" if len(found) < COUNTED else "many more"
            found = [*found[:SHOWN], f"and {more}"]
        self.checks.append(Check(name, says, found, looked))
        return not found


def verify(target: Path, workers: Workers | None = None) -> Report:
    """Verify a pack: its folder, or its archive. What comes first ends the search if it fails.

    Args:
        target: The folder or archive.
        workers: Other processes that judge the records.

    Raises:
        CteError: there is nothing at `target` that could be a pack.
        OSError: it cannot be read.
    """
    if target.is_dir():
        if not any((target / name).is_file() for name in (pack.MANIFEST, pack.SUMS)):
            raise CteError(f"no pack at {target}: it has neither {pack.MANIFEST} nor {pack.SUMS}", GIVE)
        report = Report(f"pack {target}")
        _folder(report, target, workers)
        return report
    if not target.is_file():
        raise CteError(f"no pack at {target}", GIVE)
    report = Report(f"archive {target}")
    with TemporaryDirectory(prefix="cte-verify-") as space:
        root = _unpacked(report, target, Path(space))
        if root:
            _folder(report, root, workers)
    return report


def _unpacked(report: Report, tar: Path, space: Path) -> Path | None:
    """The folder of an archive, unpacked; None if the archive is not as `cte build` writes it."""
    faults = list(archive.unpack(tar, space / "in"))
    folders = sorted((space / "in").iterdir()) if (space / "in").is_dir() else []
    if not faults and len(folders) != 1:
        faults.append(pack.Fault("", "extra" if folders else "missing", f"{len(folders)} folders instead of one"))
    if not faults:
        faults += pack.verify_files(folders[0])
    if not faults:
        faults += _otherwise(tar, folders[0], space / "again.tar")
    says = f"{tar.stat().st_size:,} bytes, each as its files make it"
    return folders[0] if report.add("archive", says, faults) else None


def _otherwise(tar: Path, root: Path, again: Path) -> Iterator[pack.Fault]:
    """Where an archive is not what `cte build` makes of the files in it."""
    try:
        archive.write(root, again)
    except ValueError as error:
        yield pack.Fault("", "altered", f"no archive can be made of its files: {error}")
        return
    offset = archive.compare(tar, again)
    if offset is not None:
        why = f"byte {offset} is not what its files make: a header or the padding is altered, or the order is"
        yield pack.Fault("", "altered", why)


def _folder(report: Report, root: Path, workers: Workers | None) -> None:
    """Verify the folder of a pack."""
    if not report.add("files", "every file is there, with its digest, and no other", pack.verify_files(root)):
        return
    manifest = pack.Manifest.read(root)
    report.checks[-1].says = f"{len(manifest.files) + 2} files, each with its digest, and no other"
    stored = Stored(root)
    says = "the records pass the pack's own schemas (jsonschema)"
    if not report.add("schemas", says, _reference(stored, _schemas(root, manifest), workers)):
        return
    foreign = _foreign(manifest)
    if foreign:
        report.add("rules", foreign, looked=False)
        report.add("tables", foreign, looked=False)
    elif check_rules(report, root, manifest.version, workers):
        report.add(
            "tables",
            "the Parquet files hold what the records say",
            held.differences(root, _schemas(root, manifest), manifest),
        )
    else:
        return
    report.add("manifest", f"versions, counts, and root digest {manifest.root_digest}", _manifest(stored, manifest))
    check_ledger(report, manifest.name, manifest.version, manifest.root_digest, root)


def _reference(stored: Stored, schemas: Path, workers: Workers | None) -> Iterator[str]:
    """What the reference implementation finds; also where records or schemas are not even there to be read."""
    try:
        yield from second_opinion.faults(stored, schemas, workers)
    except CteError as error:
        yield error.message
    except (OSError, ValueError) as error:
        yield str(error)


def _schemas(root: Path, manifest: pack.Manifest) -> Path:
    return root / "schemas" / layout.schema_folder(manifest.schema_version)


def _foreign(manifest: pack.Manifest) -> str:
    """Why the rules and tables of this package are not those of a pack; empty where they are.

    What is valid under a schema version is valid under the later ones of the same major version.
    """
    theirs, ours = map(numbers, (manifest.schema_version, layout.SCHEMA_VERSION))
    if theirs[0] == ours[0] and theirs <= ours:
        return ""
    come = f"those of schema {manifest.schema_version} come with cte-corpus=={manifest.version}"
    return f"this package has those of schema {layout.SCHEMA_VERSION}; {come}"


def check_rules(report: Report, root: Path, version: str, workers: Workers | None) -> bool:
    """Judge the records of a corpus by all rules of this package."""
    result = piecework.run(root, workers=workers)
    found = [
        f"{item.location.path}:{item.location.line}: {item.code} {item.message}"
        for item in result.diagnostics
        if item.severity != "info"
    ]
    if found and layout.data_dir() != root and Stored(layout.data_dir()).info.get("version") != version:
        found.append(f"these are the rules of another version; those of its own come with cte-corpus=={version}")
    judged = sum(rule.level != "release" for rule in rules().values())
    return report.add("rules", f"{judged} rules on {result.records:,} records, no finding", found)


def check_ledger(report: Report, name: str, version: str, digest: str, root: Path | None = None) -> None:
    """Hold a corpus, and the folder of its pack where there is one, against the ledger that this package carries."""
    bundled = Stored(layout.data_dir()).info.get("name")
    entry = ledger.find(ledger.ledger(), version)
    if name != bundled or entry is None:
        why = f"{name} {version} is not in this package's ledger of releases"
        report.add("ledger", why, looked=False)
        return
    faults = []
    if entry.root_digest != digest:
        faults.append(f"release {version} has the root digest {entry.root_digest}, here it is {digest}")
    try:
        found = archive.digest(root) if root else entry.archive_sha256
    except ValueError as error:
        found = f"none: {error}"
    if entry.archive_sha256 != found:
        faults.append(f"the archive of {version} has the SHA-256 {entry.archive_sha256}, here it is {found}")
    report.add("ledger", f"it is release {version} of {entry.date}", faults)


def _manifest(stored: Stored, manifest: pack.Manifest) -> Iterator[str]:
    """Where the manifest says something else than the records."""
    for field_ in ("name", "version", "schema_version"):
        if stored.info.get(field_) != getattr(manifest, field_):
            yield f"{field_} is {getattr(manifest, field_)}, in corpus.json {stored.info.get(field_)}"
    try:
        found = root_digest(stored)
    except UNREADABLE as error:  # rules of another schema version have not been asked, and its own may allow anything
        yield f"the records have no digest: {type(error).__name__} {error}"
        return
    if found != manifest.root_digest:
        yield f"root_digest is {manifest.root_digest}, the records have {found}"
