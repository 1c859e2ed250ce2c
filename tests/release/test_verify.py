"""Verifying packs: any altered bit is found, and what is missing, altered or extra is named."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from cte_corpus.errors import CteError
from cte_corpus.published import archive, ledger, pack
from cte_corpus.published.ledger import Release
from cte_corpus.release.verify import Report, verify
from cte_corpus.store import layout
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import Stored
from tests.packs import altered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cte_corpus.release.build import Pack

Lines = list[dict[str, Any]]


@pytest.fixture
def copy(small: Pack, tmp_path: Path) -> Path:
    """A copy of the folder of a pack, to alter."""
    return shutil.copytree(small.folder, tmp_path / small.folder.name)


def faults(report: Report) -> list[str]:
    """Everything that a report finds wrong, with the name of the check before it."""
    return [f"{check.name}: {fault}" for check in report.checks for fault in check.faults]


def sealed(folder: Path, **changes: Any) -> Path:
    """The folder with a manifest and sums that say what is in it: a lie that every digest confirms."""
    manifest = pack.Manifest.read(folder)
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    listed = tuple(pack.file_of(folder, path) for path in paths if path not in (pack.MANIFEST, pack.SUMS))
    manifest = replace(manifest, files=listed, **changes)
    (folder / pack.MANIFEST).write_bytes(manifest.dumps())
    (folder / pack.SUMS).write_bytes(pack.sums(manifest))
    return folder


# What holds


@pytest.mark.usefixtures("no_releases")
@pytest.mark.parametrize("name", ["bundled", "small", "odd"])
def test_a_pack_holds_as_folder_and_as_archive(name: str, request: pytest.FixtureRequest) -> None:
    made: Pack = request.getfixturevalue(name)
    for target, checks in ((made.folder, 6), (made.archive, 7)):
        report = verify(target)
        assert faults(report) == []
        assert report.ok
        assert [check.name for check in report.checks if not check.looked] == ["ledger"]
        assert len(report.checks) == checks


def test_sealing_again_alters_nothing(copy: Path, small: Pack) -> None:
    assert archive.digest(sealed(copy)) == small.archive_sha256
    assert verify(copy).ok


# One bit


def spots(size: int, number: int) -> list[int]:
    """Offsets spread over a file, its first and last byte among them."""
    return sorted({round(i * (size - 1) / max(1, number - 1)) for i in range(number)})


def test_an_altered_bit_in_any_file_is_found_and_the_file_named(small: Pack, copy: Path) -> None:
    paths = sorted(path for path in copy.rglob("*") if path.is_file())
    assert len(paths) == len(small.manifest.files) + 2
    tried = 0
    for path in paths:
        good = path.read_bytes()
        for offset in spots(len(good), 12):
            bad = bytearray(good)
            bad[offset] ^= 1 << offset % 8
            path.write_bytes(bad)
            found = faults(verify(copy))
            assert found, (path, offset)
            named = path.relative_to(copy).as_posix()
            digest = f"files: altered: {pack.MANIFEST}: {pack.SUMS} has another digest of it"
            if named != pack.SUMS or found != [digest]:  # of two digests nothing tells which one is altered
                assert all(fault.startswith(f"files: altered: {named}: ") for fault in found), found
            tried += 1
        path.write_bytes(good)
    assert tried > 300
    assert verify(copy).ok


FIELDS = {
    "name": 0, "mode": 100, "uid": 108, "gid": 116, "size": 124, "mtime": 136, "chksum": 148, "type": 156,
    "linkname": 157, "magic": 257, "version": 263, "uname": 265, "gname": 297, "devmajor": 329, "devminor": 337,
    "prefix": 345, "unused": 500, "end": 512,
}  # fmt: skip
"""Where the fields of a USTAR header begin."""


def regions(path: Path) -> Iterator[tuple[str, int]]:
    """Names and offsets of bytes in every region of an archive."""
    with tarfile.open(path) as tar:
        members = tar.getmembers()
    for number, member in enumerate(members):
        if number in (0, 1, len(members) // 2, len(members) - 1):
            starts = list(FIELDS.values())
            for field, start, end in zip(FIELDS, starts, starts[1:], strict=False):
                for offset in {start, (start + end - 1) // 2, end - 1}:
                    yield f"{field} of {member.name}", member.offset + offset
        for offset in spots(member.size, 3):
            yield f"data of {member.name}", member.offset_data + offset
        padding = -member.size % 512
        if padding:
            for offset in (0, padding - 1):
                yield f"padding of {member.name}", member.offset_data + member.size + offset
    end = members[-1].offset_data + (members[-1].size + 511) // 512 * 512
    for offset in spots(path.stat().st_size - end, 9):
        yield "end", end + offset


@pytest.mark.long
def test_an_altered_bit_anywhere_in_an_archive_is_found(small: Pack, tmp_path: Path) -> None:
    path = tmp_path / "altered.tar"
    good = small.archive.read_bytes()
    tried = list(regions(small.archive))
    assert {name.partition(" ")[0] for name, _ in tried} == {*FIELDS, "data", "padding"}
    assert len({offset for _, offset in tried}) > 300
    for number, (name, offset) in enumerate(tried):
        bad = bytearray(good)
        bad[offset] ^= 1 << number % 8
        path.write_bytes(bad)
        found = faults(verify(path))
        assert found, (name, offset)
        if name.startswith("data of "):
            inside = name.partition("/")[2]
            assert any(f"altered: {inside}: " in fault for fault in found), (name, found)


def test_a_header_with_a_checksum_that_fits_is_found_too(small: Pack, tmp_path: Path) -> None:
    """Whoever alters a header on purpose mends its checksum."""
    path = tmp_path / "altered.tar"
    good = small.archive.read_bytes()
    with tarfile.open(small.archive) as tar:
        member = tar.getmembers()[3]
    for name, start in FIELDS.items():
        for bit in (0, 1, 4, 6, 7):
            if name not in ("end", "chksum"):
                bad = bytearray(good)
                header = bad[member.offset : member.offset + 512]
                header[start] ^= 1 << bit
                header[148:156] = b" " * 8
                header[148:156] = b"%06o\0 " % sum(header)
                bad[member.offset : member.offset + 512] = header
                path.write_bytes(bad)
                assert faults(verify(path)), (name, bit)


# Missing, altered, extra


def test_what_is_missing_altered_and_extra_is_named(copy: Path, tmp_path: Path) -> None:
    (copy / "retired.json").unlink()
    shutil.rmtree(copy / "data" / "events")
    altered(copy / "README.md", "Tidewater", "Tidewaters")
    (copy / "datapackage.json").write_text("{}")
    (copy / "notes.txt").touch()
    (copy / "data" / "more").mkdir()
    (copy / "croissant.json").unlink()
    (copy / "croissant.json").symlink_to(tmp_path)
    found = faults(verify(copy))
    size = len((copy / "README.md").read_bytes())
    assert sorted(found) == [
        f"files: altered: README.md: {size} bytes instead of {pack_size(copy, 'README.md')}",
        f"files: altered: datapackage.json: 2 bytes instead of {pack_size(copy, 'datapackage.json')}",
        "files: extra: data/more: a folder",
        "files: extra: notes.txt",
        "files: missing: data/events/events-00000-of-00001.parquet",
        "files: missing: retired.json",
        "files: unsafe: croissant.json: it is no plain file",
    ]


def pack_size(folder: Path, path: str) -> int:
    return next(file.size for file in pack.Manifest.read(folder).files if file.path == path)


def test_manifest_and_sums_are_held_against_each_other(copy: Path) -> None:
    good = (copy / pack.SUMS).read_bytes()
    for bad, message in (
        (good.replace(b"README.md", b"README.txt"), "altered: SHA256SUMS: it differs from manifest.json on README.md"),
        (good + b"\n", "altered: SHA256SUMS: it has lines of its own"),
        (b"", "altered: SHA256SUMS: it differs from manifest.json on CITATION.cff, "),
    ):
        (copy / pack.SUMS).write_bytes(bad)
        assert faults(verify(copy))[0].startswith(f"files: {message}")
    (copy / pack.SUMS).write_bytes(good)
    altered(copy / pack.MANIFEST, '"size": ', '"size":  ')
    assert "files: altered: manifest.json: it is not written as manifests are" in faults(verify(copy))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"version": "0.2.0"', '"version": "0.2"', "version is '0.2'"),
        ('"date": "2026-01-31"', '"date": "2026-02-31"', "day is out of range|day 31 must be"),
        ('"path": "README.md"', '"path": "../README.md"', "a file is named '../README.md'"),
        ('"path": "README.md"', '"path": "readme/../x"', "a file is named 'readme/../x'"),
        ('"path": "README.md"', '"path": "corpus.json"', "the files are not sorted, or two have one name"),
        ('"path": "README.md"', '"path": "CITATION.CFF"', "the files are not sorted, or two have one name"),
        ('"documents": 2', '"documents": -2', "not a whole number"),
        ('"documents": 2', '"documents": "two"', "not a whole number"),
        ('"tools": {', '"tolls": {', "tools|tolls"),
        ('"files": [', '"files": 3, "rest": [', "int"),
        ("{", "[", "unexpected|expected"),
    ],
)
def test_a_manifest_that_is_none_is_said(copy: Path, old: str, new: str, message: str) -> None:
    text = (copy / pack.MANIFEST).read_text()
    assert old in text
    (copy / pack.MANIFEST).write_text(text.replace(old, new, 1))
    (fault,) = faults(verify(copy))
    assert fault.startswith("files: altered: manifest.json: it is no manifest: ")
    assert re.search(message, fault)


def test_what_is_no_pack_is_said(tmp_path: Path, small: Pack) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.tar").write_text("no archive")
    with pytest.raises(CteError, match=r"no pack at .*nowhere"):
        verify(tmp_path / "nowhere")
    with pytest.raises(CteError, match=r"no pack at .*empty: it has neither manifest\.json nor SHA256SUMS"):
        verify(tmp_path / "empty")
    assert faults(verify(tmp_path / "text.tar"))[0].startswith("archive: altered: the archive cannot be read")
    (tmp_path / "packed.tar.gz").write_bytes(gzip.compress(small.archive.read_bytes()))
    assert faults(verify(tmp_path / "packed.tar.gz"))[0].startswith("archive: altered: the archive cannot be read")
    (tmp_path / "zero.tar").touch()
    assert faults(verify(tmp_path / "zero.tar"))[0].startswith("archive: altered: the archive cannot be read")


# Archives


def test_a_shorter_or_longer_archive_is_found(small: Pack, tmp_path: Path) -> None:
    path, good = tmp_path / "cut.tar", small.archive.read_bytes()
    for size in (1, 511, 512, 700, 5000, len(good) // 2, len(good) - 10240, len(good) - 512, len(good) - 1):
        path.write_bytes(good[:size])
        assert faults(verify(path)), size
    for more in (b"\0", b"\0" * 10240, b"x"):
        path.write_bytes(good + more)
        assert faults(verify(path)), more


def test_a_damaged_header_is_named_by_its_place(small: Pack, tmp_path: Path) -> None:
    with tarfile.open(small.archive) as tar:
        member = tar.getmembers()[5]
    bad = bytearray(small.archive.read_bytes())
    bad[member.offset + 3] ^= 1
    (tmp_path / "bad.tar").write_bytes(bad)
    assert faults(verify(tmp_path / "bad.tar")) == [
        f"archive: altered: at byte {member.offset} of the archive is no header of a file, and not its end"
    ]


def rewritten(source: Path, target: Path, change: Callable[[list[tarfile.TarInfo]], list[tarfile.TarInfo]]) -> Path:
    """An archive with other members, or members in another order."""
    with tarfile.open(source) as tar, tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as new:
        for member in change(tar.getmembers()):
            known = member.name in tar.getnames() and member.isreg()
            new.addfile(member, tar.extractfile(member.name) if known else io.BytesIO())
    return target


def other(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/hostname"
    return member


LONG = "tidewater-0.2.0/" + "x" * 300


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda members: [*members[1:], members[0]], "byte 16 is not what its files make"),
        (lambda members: members[1:], "missing: CITATION.cff"),
        (lambda members: [*members, members[0]], "extra: tidewater-0.2.0/CITATION.cff: it is twice in the archive"),
        (lambda members: [*members, other("tidewater-0.2.0/new.txt")], "extra: new.txt"),
        (lambda members: [*members, other("another/new.txt")], "2 folders instead of one"),
        (lambda members: [*members, other("../outside.txt")], "unsafe: ../outside.txt: a name that no pack holds"),
        (lambda members: [*members, other("/outside.txt")], "unsafe: /outside.txt: a name that no pack holds"),
        (lambda members: [*members, other("tidewater-0.2.0/a", tarfile.SYMTYPE)], "is no plain file"),
        (lambda members: [*members, other("tidewater-0.2.0/a", tarfile.DIRTYPE)], "is no plain file"),
        (lambda members: [*members, other("tidewater-0.2.0/a", tarfile.FIFOTYPE)], "is no plain file"),
        (lambda members: [*members, other("tidewater-0.2.0/README.md/a")], "the archive cannot be unpacked"),
        (lambda members: [*members, other(LONG)], "the archive cannot be unpacked: File name too long"),
        (lambda _: [], "the archive|0 folders instead of one"),
    ],
)
def test_an_archive_with_other_members_is_found(
    change: Callable[[list[tarfile.TarInfo]], list[tarfile.TarInfo]], message: str, small: Pack, tmp_path: Path
) -> None:
    found = faults(verify(rewritten(small.archive, tmp_path / "other.tar", change)))
    assert re.search(message, found[0]), found
    assert not (tmp_path.parent / "outside.txt").exists()


def test_an_archive_whose_date_has_no_place_in_a_header(copy: Path, tmp_path: Path) -> None:
    sealed(copy, date="2999-01-01")
    with tarfile.open(tmp_path / "late.tar", "w") as tar:
        for path in sorted(path for path in copy.rglob("*") if path.is_file()):
            tar.add(path, f"{copy.name}/{path.relative_to(copy).as_posix()}")
    (fault,) = faults(verify(tmp_path / "late.tar"))
    assert fault.startswith("archive: altered: no archive can be made of its files: ")


# Packs whose digests are right, and that are wrong


def lines(path: Path) -> Lines:
    with pa.CompressedInputStream(str(path), "zstd") as stream:
        return [orjson.loads(line) for line in stream.read().splitlines()]


def rewrite(path: Path, records: Lines) -> None:
    data = b"".join(orjson.dumps(record) + b"\n" for record in records)
    path.write_bytes(pa.Codec("zstd").compress(data, asbytes=True))


def test_a_record_that_breaks_its_schema(copy: Path) -> None:
    documents = lines(copy / "documents.jsonl.zst")
    documents[0]["events"][0]["status"] = "unheard-of"
    rewrite(copy / "documents.jsonl.zst", documents)
    found = faults(verify(sealed(copy)))
    assert found[0].startswith("schemas: bayan-al-marfa events: $.records[0].status: 'unheard-of' is not one of")


def test_a_record_that_breaks_a_rule(copy: Path) -> None:
    documents = lines(copy / "documents.jsonl.zst")
    documents[1]["events"][0]["attributions"] = [{"by": "org:nobody", "act": "states", "quote": "none"}]
    rewrite(copy / "documents.jsonl.zst", documents)
    found = faults(verify(sealed(copy)))
    assert any(re.match(r"rules: .*documents\.jsonl\.zst:2: CTE\d+ .*org:nobody", fault) for fault in found), found
    assert not any("another version" in fault for fault in found[:-1])
    assert found[-1] == "rules: these are the rules of another version; those of its own come with cte-corpus==0.2.0"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("documents", b'{"document": 3}\n', "has no document"),
        ("documents", b'{"document": {}, "sections": [1]}\n', "has no sections"),
        ("documents", b"[]\n", "is not a JSON object"),
        ("documents", b"{\n", "is not a JSON object"),
        ("entities", b"3\n", "is not a JSON object"),
        ("entities", b"{}\n", "None: \\$: 'id' is a required property"),
        ("entities", None, "zstd|ZSTD|frame"),
    ],
)
def test_lines_that_are_no_records(copy: Path, name: str, content: bytes | None, message: str) -> None:
    data = b"no zstd at all" if content is None else pa.Codec("zstd").compress(content, asbytes=True)
    (copy / f"{name}.jsonl.zst").write_bytes(data)
    found = faults(verify(sealed(copy)))
    assert found[0].startswith("schemas: ")
    assert re.search(message, found[0]), found


def test_schemas_that_are_missing_or_none(copy: Path) -> None:
    path = copy / "schemas" / layout.schema_dir().name / "events.schema.json"
    path.write_text('{"type": 7}')
    assert faults(verify(sealed(copy)))[0].startswith("schemas: events.schema.json: $.type: 7 is not valid")
    path.write_text("{")
    assert faults(verify(sealed(copy)))[0].startswith("schemas: ")
    path.unlink()
    assert re.match(r"schemas: .*No such file.*events\.schema\.json", faults(verify(sealed(copy)))[0])


def test_tables_that_say_something_else_than_the_records(copy: Path) -> None:
    path = copy / "data" / "events" / "events-00000-of-00001.parquet"
    table = parquet.read_table(path, partitioning=None)
    column = table.schema.get_field_index("note")

    def write(changed: pa.Table) -> list[str]:
        parquet.write_table(changed, path)
        return faults(verify(sealed(copy)))

    notes = ["A note.", *table["note"].to_pylist()[1:]]
    assert write(table.set_column(column, "note", pa.array(notes, pa.string()))) == [
        f"tables: events: {table['id'][0]} differs from its record"
    ]
    assert write(table.slice(1)) == ["tables: events: 15 rows instead of 16"]
    assert write(table.drop_columns("note")) == ["tables: events: the columns are not those of the record type"]
    path.write_bytes(b"no Parquet")
    assert faults(verify(sealed(copy)))[0].startswith("tables: events: ")
    shutil.rmtree(path.parent)
    assert faults(verify(sealed(copy))) == ["tables: events: no Parquet file"]


def test_a_table_that_is_no_record_type(copy: Path) -> None:
    shutil.copytree(copy / "data" / "sanctions", copy / "data" / "rumours")
    counts = pack.Manifest.read(copy).records
    assert faults(verify(sealed(copy, records=counts | {"rumours": 1}))) == ["tables: rumours: no such record type"]


def test_a_manifest_that_says_something_else_than_the_records(copy: Path) -> None:
    manifest = pack.Manifest.read(copy)
    digest = manifest.root_digest
    sealed(copy, version="0.9.0", root_digest="0" * 64, records=manifest.records | {"events": 99})
    assert faults(verify(copy)) == [
        "tables: events: the manifest counts 99, there are 16",
        "manifest: version is 0.9.0, in corpus.json 0.2.0",
        f"manifest: root_digest is {'0' * 64}, the records have {digest}",
    ]


def test_many_findings_are_counted(copy: Path) -> None:
    for number in range(30):
        (copy / f"more-{number:02d}.txt").touch()
    report = verify(copy)
    (check,) = report.checks
    assert len(check.faults) == 21
    assert check.faults[-1] == "and 10 more"


# The ledger


@pytest.fixture
def entry(bundled: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts the bundled corpus into the ledger of the package, with changes."""

    def put(**changes: Any) -> None:
        manifest = bundled.manifest
        release = Release(
            version=manifest.version,
            schema_version=manifest.schema_version,
            date=manifest.date,
            records=manifest.records,
            root_digest=manifest.root_digest,
            archive=bundled.archive.name,
            archive_sha256=bundled.archive_sha256,
            archive_size=bundled.archive.stat().st_size,
            schemas={},
        )
        path = tmp_path / "releases.json"
        path.write_bytes(ledger.with_entry(replace(release, **changes), b'{"releases": []}'))
        monkeypatch.setattr(ledger, "PATH", path)

    return put


def test_a_pack_is_held_against_the_ledger(entry: Callable[..., None], bundled: Pack, tmp_path: Path) -> None:
    entry()
    for target in (bundled.folder, bundled.archive):
        report = verify(target)
        assert report.ok
        assert report.checks[-1].says == f"it is release {bundled.manifest.version} of 2026-01-31"
    version = bundled.manifest.version
    entry(root_digest="1" * 64, archive_sha256="2" * 64)
    for target in (bundled.folder, bundled.archive):
        assert faults(verify(target)) == [
            f"ledger: release {version} has the root digest {'1' * 64}, here it is {bundled.root_digest}",
            f"ledger: the archive of {version} has the SHA-256 {'2' * 64}, here it is {bundled.archive_sha256}",
        ]


def test_a_description_altered_with_its_digests_is_not_what_was_released(
    entry: Callable[..., None], bundled: Pack, tmp_path: Path
) -> None:
    entry()
    folder = shutil.copytree(bundled.folder, tmp_path / bundled.folder.name)
    altered(folder / "CITATION.cff", "the cte-corpus contributors", "somebody else")
    found = faults(verify(sealed(folder)))
    assert len(found) == 1
    released = f"the archive of {bundled.manifest.version} has the SHA-256 {bundled.archive_sha256}"
    assert found[0].startswith(f"ledger: {released}, here it is ")


def test_a_day_that_no_archive_can_have_is_not_that_of_the_release(
    entry: Callable[..., None], bundled: Pack, tmp_path: Path
) -> None:
    entry()
    folder = shutil.copytree(bundled.folder, tmp_path / bundled.folder.name)
    (fault,) = faults(verify(sealed(folder, date="1969-12-31")))
    version = bundled.manifest.version
    assert fault.startswith(
        f"ledger: the archive of {version} has the SHA-256 {bundled.archive_sha256}, here it is none: "
    )


# Other schema versions


def later(site: Path, version: str, folder: str) -> dict[str, str]:
    """The environment in which the package is one with a later schema, to which a field was added."""
    source = layout.PACKAGE
    shutil.copytree(source, site / "cte_corpus", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("data", "schemas"):
        shutil.copytree(source.parent.parent / name, site / "cte_corpus" / f"_{name}")
    now = f'SCHEMA_VERSION = "{layout.SCHEMA_VERSION}"'
    altered(site / "cte_corpus" / "store" / "layout.py", now, f'SCHEMA_VERSION = "{version}"')
    schemas = site / "cte_corpus" / "_schemas"
    shutil.copytree(schemas / layout.schema_dir().name, schemas / folder)
    path = schemas / folder / "events.schema.json"
    schema = orjson.loads(path.read_bytes())
    schema["$defs"]["Event"]["properties"]["weather"] = {"description": "The weather.", "type": "string"}
    path.write_bytes(orjson.dumps(schema))
    return os.environ | {"PYTHONPATH": str(site), "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}


def cte(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cte_corpus", *map(str, arguments)]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_a_pack_of_an_older_minor_schema_is_verified_whole(small: Pack, tidewater: Path, tmp_path: Path) -> None:
    env = later(tmp_path / "site", "1.9", "v1.9")
    done = cte("verify", small.archive, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verified, all but what could not be checked: ledger\n" in done.stdout
    built = cte("build", tidewater, "--out", tmp_path / "dist", "--date", "2026-01-31", env=env)
    assert built.returncode == 0, built.stderr
    folder = tmp_path / "dist" / small.folder.name
    assert sorted(path.name for path in (folder / "schemas").iterdir()) == [layout.schema_dir().name]
    assert root_digest(Stored(folder)) == small.root_digest
    assert cte("verify", folder, env=env).returncode == 0
    old = cte("verify", folder)
    assert (old.returncode, "the columns are not those of the record type" in old.stdout) == (1, True)


def test_of_a_pack_of_an_older_major_schema_is_verified_what_can_be(small: Pack, tmp_path: Path) -> None:
    done = cte("verify", small.archive, env=later(tmp_path / "site", "2.0", "v2"))
    assert done.returncode == 0, done.stdout + done.stderr
    why = f"this package has those of schema 2.0; those of schema {layout.SCHEMA_VERSION} come with cte-corpus==0.2.0"
    assert f"  -      rules     {why}\n  -      tables    {why}\n" in done.stdout
    assert "verified, all but what could not be checked: rules, tables, ledger\n" in done.stdout


def test_of_a_pack_of_a_newer_schema_is_verified_what_can_be(copy: Path) -> None:
    (copy / "schemas" / layout.schema_dir().name).rename(copy / "schemas" / "v1.9")
    altered(copy / "corpus.json", f'"schema_version": "{layout.SCHEMA_VERSION}"', '"schema_version": "1.9"')
    report = verify(sealed(copy, schema_version="1.9"))
    assert faults(report) == []
    assert [check.name for check in report.checks if not check.looked] == ["rules", "tables", "ledger"]


def test_schemas_that_allow_anything_vouch_for_nothing(copy: Path) -> None:
    (copy / "schemas" / layout.schema_dir().name).rename(copy / "schemas" / "v9")
    for path in (copy / "schemas" / "v9").glob("*.schema.json"):
        path.write_text("{}")
    (copy / "corpus.json").write_text("{}")
    rewrite(copy / "documents.jsonl.zst", [{"document": {}, **{part: [] for part in layout.PARTS[1:]}}])
    found = faults(verify(sealed(copy, schema_version="9.0")))
    assert found == [
        "manifest: name is tidewater, in corpus.json None",
        "manifest: version is 0.2.0, in corpus.json None",
        "manifest: schema_version is 9.0, in corpus.json None",
        "manifest: the records have no digest: KeyError 'id'",
    ]


# The command


def test_the_command_names_what_is_wrong(copy: Path, small: Pack) -> None:
    good = cte("verify", small.folder)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.splitlines()[0] == f"pack {small.folder}"
    assert good.stdout.count("  ok     ") == 5
    (copy / "README.md").unlink()
    (copy / "more.txt").touch()
    bad = cte("verify", copy)
    assert (bad.returncode, bad.stderr) == (1, "")
    assert bad.stdout == (
        f"pack {copy}\n"
        "  WRONG  files     extra: more.txt\n"
        "                   missing: README.md\n"
        "not what was released: do not use it\n"
    )
    none = cte("verify", copy / "data")
    assert (none.returncode, none.stdout) == (2, "")
    assert none.stderr.startswith(f"error: no pack at {copy / 'data'}: it has neither manifest.json nor SHA256SUMS\n")
    assert "help: give a folder or .tar that `cte build` made, or the word `installed`" in none.stderr


def test_a_checkout_is_no_installed_release() -> None:
    done = cte("verify", "installed")
    assert done.returncode == 0, done.stdout
    assert re.match(r"checkout .*, not an installed release\n", done.stdout)
    assert "verified, all but what could not be checked: files, ledger\n" in done.stdout
