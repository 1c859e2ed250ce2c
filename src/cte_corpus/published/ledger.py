"""The ledger of releases, shipped with the package: what each one holds, its digests, and where to get it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.errors import CteError, UnknownIdError
from cte_corpus.published.pack import DAY, SHA256, VERSION
from cte_corpus.store import files
from cte_corpus.store.layout import PACKAGE
from cte_corpus.store.locks import alone
from cte_corpus.store.version import numbers

if TYPE_CHECKING:
    from pathlib import Path

NAME = "releases.json"

COMMIT = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")
"""The name of a commit: SHA-1, or SHA-256 where the repository has those."""

PATH = PACKAGE / NAME
"""The ledger of this package."""


@dataclass(frozen=True)
class Release:
    """A published release. Nothing of it ever changes but `commit` and `urls`."""

    version: str
    schema_version: str

    date: str
    """Day of the release, ISO."""

    records: dict[str, int]
    """Records by table."""

    root_digest: str
    """SHA-256 over the digests of all records, 64 hex digits: see `cte_corpus.store.digests`."""

    archive: str
    """File name of the archive."""

    archive_sha256: str

    archive_size: int
    """Bytes."""

    schemas: dict[str, str]
    """SHA-256 of each schema file of `schema_version` by its path below `schemas/`: `v1/events.schema.json`."""

    commit: str = ""
    """The commit from which it was built; empty where none is known."""

    urls: tuple[str, ...] = ()
    """Where the archive is: whole addresses, tried in order."""


def ledger(path: Path | None = None) -> list[Release]:
    """The releases of this package's ledger, or of the one at `path`, oldest version first.

    Raises:
        CteError: the file is no ledger.
    """
    return read((path or PATH).read_bytes())


def find(releases: list[Release], version: str) -> Release | None:
    """The release of a version, or None where there is none."""
    return next((release for release in releases if release.version == version), None)


def entry(version: str, path: Path | None = None) -> Release:
    """The release of a version.

    Raises:
        UnknownIdError: the ledger does not have it; names the versions that it has.
    """
    releases = ledger(path)
    release = find(releases, version)
    if release is not None:
        return release
    known = ", ".join(release.version for release in releases)
    raise UnknownIdError(
        f"no release {version} in the ledger of this package",
        f"it knows {known}; a newer package knows newer releases" if known else "it knows none yet",
    )


def read(data: bytes) -> list[Release]:
    """The releases in a ledger's bytes, oldest version first.

    Raises:
        CteError: they are no ledger.
    """
    try:
        releases = sorted((_release(raw) for raw in orjson.loads(data)["releases"]), key=order)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CteError(f"{NAME} is not a ledger of releases: {error}", "install the package again") from error
    for one, other in pairwise(releases):
        if one.version == other.version:
            raise CteError(f"{NAME} has release {one.version} twice", "install the package again")
    return releases


def with_entry(release: Release, data: bytes | None = None) -> bytes:
    """The bytes of a ledger with one more release: what `cte release` writes.

    Of a release that is there already only the addresses can change; none given leaves them as they are. Its commit
    stays: a later one with the same records is no other release.

    Args:
        release: What to enter.
        data: The bytes of the ledger; those of this package's if None.

    Raises:
        CteError: the ledger has that version already, with other facts; or the release is not a valid entry.
    """
    found = {old.version: old for old in read(PATH.read_bytes() if data is None else data)}
    old = found.get(release.version, release)
    other = [field.name for field in fields(Release) if getattr(old, field.name) != getattr(release, field.name)]
    if set(other) - {"commit", "urls"}:
        raise CteError(
            f"release {release.version} is in the ledger with other facts: {', '.join(other)}",
            "a release never changes: take a new version",
        )
    found[release.version] = replace(old, urls=release.urls or old.urls)
    releases = read(orjson.dumps({"releases": [asdict(one) for one in found.values()]}))
    written = {"releases": [asdict(one) for one in releases]}
    return orjson.dumps(written, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def enter(release: Release, path: Path) -> bool:
    """Write a release into the ledger at `path`, alone; whether that changed it.

    Raises:
        CteError: the ledger has that version already, with other facts; or the release is not a valid entry.
        OSError: it cannot be read or written.
    """
    with alone(path.with_name(f".{path.stem}.lock.tmp")):
        before = path.read_bytes()
        after = with_entry(release, before)
        if after != before:
            files.write(path, after)
    return after != before


def frozen(releases: list[Release]) -> dict[str, str]:
    """SHA-256 of every published schema file by its path below `schemas/`: none of them may ever change.

    Schemas count as published from release 1.0.0 on.

    Raises:
        CteError: two releases have different bytes under one path.
    """
    found: dict[str, str] = {}
    for release in releases:
        if order(release) >= (1,):
            for path, digest in release.schemas.items():
                if found.setdefault(path, digest) != digest:
                    raise CteError(f"schemas/{path} of release {release.version} is not that of an earlier release")
    return found


def order(release: Release) -> tuple[int, ...]:
    """The version as numbers, to sort by."""
    return numbers(release.version)


def _release(raw: dict[str, Any]) -> Release:
    names = {field.name for field in fields(Release)}
    if raw.keys() ^ names:
        raise ValueError(f"keys {', '.join(sorted(raw.keys() ^ names))} are missing or unknown")
    release = Release(**raw | {"urls": tuple(raw["urls"])})
    if not VERSION.fullmatch(release.version):
        raise ValueError(f"version {release.version!r}")
    if not DAY.fullmatch(release.date):
        raise ValueError(f"the day of {release.version} is {release.date!r}")
    date.fromisoformat(release.date)
    if not isinstance(raw["urls"], list) or not all(isinstance(url, str) and "://" in url for url in raw["urls"]):
        raise ValueError(f"an address of {release.version} is no whole address")
    digests = (release.root_digest, release.archive_sha256, *release.schemas.values())
    if not all(SHA256.fullmatch(digest) for digest in digests):
        raise ValueError(f"a digest of {release.version} is not 64 hex digits")
    if release.commit and not COMMIT.fullmatch(release.commit):
        raise ValueError(f"the commit of {release.version} is {release.commit!r}")
    if not release.archive.endswith(".tar") or "/" in release.archive or release.archive_size < 0:
        raise ValueError(f"archive of {release.version}")
    return release
