"""The ledger of releases, shipped with the package: what each one holds, its digests, and where to get it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.errors import CteError
from cte_corpus.store.layout import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

NAME = "releases.json"

PATH = PACKAGE / NAME
"""The ledger of this package."""

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
"""The version of a release: three numbers, as Semantic Versioning has them."""

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Release:
    """A published release. Nothing of it ever changes but `urls`."""

    version: str
    schema_version: str

    date: str
    """Day of the release, ISO."""

    records: dict[str, int]
    """Records by table."""

    root_digest: str
    """SHA-256 over the digests of all records, 64 hex digits: see `cte_corpus.digests`."""

    archive: str
    """File name of the archive."""

    archive_sha256: str

    archive_size: int
    """Bytes."""

    schemas: dict[str, str]
    """SHA-256 of each schema file by its path below `schemas/`."""

    urls: tuple[str, ...] = ()
    """Where the archive is: whole addresses, tried in order."""


def ledger(path: Path | None = None) -> list[Release]:
    """The releases of this package's ledger, or of the one at `path`, oldest version first.

    Raises:
        CteError: the file is no ledger.
    """
    return read((path or PATH).read_bytes())


def entry(version: str, path: Path | None = None) -> Release:
    """The release of a version.

    Raises:
        CteError: the ledger does not have it; names the versions that it has.
    """
    releases = ledger(path)
    for release in releases:
        if release.version == version:
            return release
    known = ", ".join(release.version for release in releases)
    raise CteError(
        f"no release {version} in the ledger of this package",
        f"it knows {known}; a newer package knows newer releases" if known else "it knows none yet",
    )


def read(data: bytes) -> list[Release]:
    """The releases in a ledger's bytes, oldest version first.

    Raises:
        CteError: they are no ledger.
    """
    try:
        return sorted((_release(raw) for raw in orjson.loads(data)["releases"]), key=order)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CteError(f"{NAME} is not a ledger of releases: {error}", "install the package again") from error


def with_entry(release: Release, data: bytes | None = None) -> bytes:
    """The bytes of this package's ledger, or of `data`, with one more release: what `cte release` writes.

    Raises:
        CteError: the ledger has that version already, with other facts; or the release is not a valid entry.
    """
    found = {old.version: old for old in read(PATH.read_bytes() if data is None else data)}
    if found.setdefault(release.version, release) != release:
        raise CteError(
            f"release {release.version} is in the ledger with other facts",
            "a release never changes: take a new version",
        )
    releases = [asdict(one) for one in sorted(found.values(), key=order)]
    written = orjson.dumps({"releases": releases}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    read(written)
    return written


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
    return tuple(int(number) for number in release.version.split("."))


def _release(raw: dict[str, Any]) -> Release:
    names = {field.name for field in fields(Release)}
    if raw.keys() ^ names:
        raise ValueError(f"keys {', '.join(sorted(raw.keys() ^ names))} are missing or unknown")
    release = Release(**raw | {"urls": tuple(raw["urls"])})
    if not VERSION.fullmatch(release.version):
        raise ValueError(f"version {release.version!r}")
    digests = (release.root_digest, release.archive_sha256, *release.schemas.values())
    if not all(SHA256.fullmatch(digest) for digest in digests):
        raise ValueError(f"a digest of {release.version} is not 64 hex digits")
    if not release.archive.endswith(".tar") or "/" in release.archive or release.archive_size < 0:
        raise ValueError(f"archive of {release.version}")
    return release
