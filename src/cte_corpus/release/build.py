"""Building a release pack: a folder and an archive whose bytes follow from the corpus, the date and the tools."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from cte_corpus.checking import piecework
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import archive, pack
from cte_corpus.release import datafiles, second_opinion
from cte_corpus.release.day import release_date
from cte_corpus.release.facts import Facts, PackFile
from cte_corpus.store import files, layout
from cte_corpus.store.collector import resting
from cte_corpus.store.digests import root_digest
from cte_corpus.store.locks import alone
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.scale.workers import Workers

MEDIA_TYPES = {
    "croissant.json": "application/ld+json",
    ".schema.json": "application/schema+json",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".zst": "application/zstd",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    "": "text/plain",
}
"""By the end of a file's name; the first that fits."""

LOCK = ".cte-build.lock"
"""Locked while a pack is built beside it, so that builds that run at once into one folder wait for each other."""


class RefusedError(CteError):
    """The corpus has findings: no pack is made of it."""


@dataclass(frozen=True)
class Pack:
    """A built pack."""

    folder: Path
    archive: Path
    root_digest: str
    archive_sha256: str
    manifest: pack.Manifest

    made: bool
    """False where the same pack was there already."""


def build(
    corpus: Corpus | Path | None,
    out: Path,
    *,
    date: str | None = None,
    text: Path | None = None,
    schemas: Path | None = None,
    shard_bytes: int = datafiles.SHARD_BYTES,
    workers: Workers | None = None,
) -> Pack:
    """Build the pack of a corpus in the folder `out`, which is made if need be.

    The corpus is checked by all rules, and its records once more by the reference implementation of JSON Schema. What
    is built lies in a folder whose name begins with a dot until it is whole; then the folder gets its name, and last
    the archive. A pack that is there already is never replaced.

    Args:
        corpus: The corpus, or its folder; None is the bundled one.
        out: Where the pack's folder and archive are to be.
        date: Day of the release, ISO; see `release.date`.
        text: Folder with the source texts, for the rules that need them.
        schemas: Folder of the schemas that the corpus follows; None is that of this package.
        shard_bytes: Bytes of a table in memory above which it is cut into several files; releases take the default.
        workers: Other processes that judge the records.

    Raises:
        RefusedError: the corpus has findings.
        CteError: there is no corpus, or no schema of its version; no date can be found; the pack is there with other
            bytes.
        OSError: `out` cannot be written.
    """
    path = Corpus.of(corpus).path
    day = release_date(path, date)
    _check(path, text, workers)
    stored = Stored(path)
    schemas = schemas or _schemas(stored)
    wrong = list(second_opinion.faults(stored, schemas, workers))
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise RefusedError(f"jsonschema finds what the rules did not: {wrong[0]}{more}", "report this with the record")
    out.mkdir(parents=True, exist_ok=True)
    with _workshop(out) as shop:
        manifest = _fill(shop / "pack", stored, schemas, day, shard_bytes)
        archive.write(shop / "pack", shop / "pack.tar")
        faults = list(pack.verify_files(shop / "pack"))
        if faults:
            raise CteError(f"what was written is not what was to be written: {faults[0]}", "is the disk full?")
        return _place(shop, out, manifest)


def _check(path: Path, text: Path | None, workers: Workers | None) -> None:
    result = piecework.run(path, workers=workers, text=text)
    if not result.ok:
        count = sum(1 + finding.more for finding in result.diagnostics if finding.severity != "info")
        option = f" --text {text}" if text else ""
        raise RefusedError(
            f"{count} finding{'s' * (count != 1)} in {path}: no pack is made of it", f"see `cte check {path}{option}`"
        )


def _schemas(stored: Stored) -> Path:
    """The folder of the published schemas that the corpus follows; they go into the pack."""
    return layout.schemas() / layout.schema_folder(str(stored.info["schema_version"]))


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A folder to build in, alone; what killed builds left behind is cleared away."""
    with alone(out / LOCK):
        for left in out.glob(".cte-build-*"):
            rmtree(left, ignore_errors=True)
        shop = Path(mkdtemp(prefix=".cte-build-", dir=out))
        try:
            yield shop
        finally:
            rmtree(shop, ignore_errors=True)


def _fill(root: Path, stored: Stored, schemas: Path, day: str, shard_bytes: int) -> pack.Manifest:
    """Write every file of the pack."""
    from importlib.metadata import version

    from cte_corpus.release.metadata import DESCRIPTIONS, rocrate
    from cte_corpus.tabular import arrow
    from cte_corpus.tabular.arrow_schema import record_schemas

    data = [_write(root, path, content) for path, content in datafiles.packed(stored)]
    packed = Corpus(root)
    spooled = root.with_name("tables")
    spooled.mkdir()
    with resting():
        found = datafiles.Spool(spooled, record_schemas(), arrow.from_records(packed))
        for name in found.schemas:
            for path, content, rows in found.parquet(name, shard_bytes):
                data.append(_write(root, path, content, name, rows))
        found.clear()
    for schema in sorted(schemas.glob("*.json")):
        data.append(_write(root, f"schemas/{schemas.name}/{schema.name}", schema.read_bytes()))
    facts = Facts(
        info=packed.info,
        date=day,
        counts=found.rows,
        memory=found.memory,
        root_digest=root_digest(stored),
        languages=tuple(sorted({raw["document"]["lang"] for raw in stored.one_by_one()})),
        schemas=dict(found.schemas),
        files=tuple(sorted(data, key=lambda file: file.path)),
    )
    others = [_write(root, name, render(facts)) for name, render in DESCRIPTIONS.items()]
    inventory = rocrate.render(replace(facts, files=(*facts.files, *others)))
    others.append(_write(root, "ro-crate-metadata.json", inventory))
    listed = sorted((*data, *others), key=lambda file: file.path)
    manifest = pack.Manifest(
        name=facts.info.name,
        version=facts.info.version,
        schema_version=facts.info.schema_version,
        date=day,
        records=facts.counts,
        root_digest=facts.root_digest,
        tools={name: version(name) for name in datafiles.TOOLS},
        files=tuple(pack.File(file.path, file.size, file.sha256) for file in listed),
    )
    files.write(root / pack.MANIFEST, manifest.dumps())
    files.write(root / pack.SUMS, pack.sums(manifest))
    return manifest


def _write(root: Path, path: str, content: bytes, table: str = "", rows: int = 0) -> PackFile:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    files.write(root / path, content)
    kind = next(kind for end, kind in MEDIA_TYPES.items() if path.endswith(end))
    return PackFile(path, len(content), sha256(content).hexdigest(), kind, table, rows)


def _place(shop: Path, out: Path, manifest: pack.Manifest) -> Pack:
    """Give folder and archive their names, the archive last; what is there already must be the same."""
    folder, tar = out / manifest.stem, out / f"{manifest.stem}.tar"
    digest = pack.sha256_of(shop / "pack.tar")
    if folder.exists() and not _is(folder, manifest):
        raise _other(folder)
    if tar.exists() and pack.sha256_of(tar) != digest:
        raise _other(tar)
    missing = [(new, final) for new, final in ((shop / "pack", folder), (shop / "pack.tar", tar)) if not final.exists()]
    for new, final in missing:
        files.place(new, final)
    return Pack(folder, tar, manifest.root_digest, digest, manifest, bool(missing))


def _is(folder: Path, manifest: pack.Manifest) -> bool:
    """Whether a folder is, to the byte, the pack of a manifest."""
    return not any(pack.verify_files(folder)) and pack.Manifest.read(folder) == manifest


def _other(path: Path) -> CteError:
    hint = "a release does not change: take a new version, or move the old one away"
    return CteError(f"{path} is there already, with other bytes", hint)
