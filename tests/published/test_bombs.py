"""Packs and archives that come to far more than they seem to: told while they are read, and within bounds."""

from __future__ import annotations

import io
import shutil
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from cte_corpus.published import archive, versions
from cte_corpus.store.inside import MAX_BYTES
from tests.capped import MEGABYTE, cte
from tests.published.test_versions import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.release.build import Pack

LARGE = 700_000_000

COMMANDS = (("check",), ("stats",), ("sql", "select 1"), ("show", "x"), ("cite", "--corpus"), ("verify",))


@pytest.fixture
def folder(small: Pack, tmp_path: Path) -> Path:
    """The folder of a pack, to alter."""
    return Path(shutil.copytree(small.folder, tmp_path / small.folder.name))


def compress(path: Path, blocks: Iterable[bytes]) -> None:
    """Write a compressed file."""
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        for block in blocks:
            stream.write(block)


def archived(folder: Path) -> Path:
    """The archive of a folder, whatever is in it."""
    target = folder.with_name("bomb.tar")
    archive.write(folder, target)
    return target


def refused(target: Path, cache: Path, message: str, memory: int = 1536) -> None:
    """Each command says what is wrong, with the exit code that its help names, and leaves nothing behind."""
    for name, *more in COMMANDS:
        done = cte(name, *more, target, memory=memory, seconds=30, env={versions.CACHE: str(cache)})
        assert done.code == (1 if name == "verify" or (name == "check" and target.is_dir()) else 2), name
        assert message in done.out + done.err, (name, done.out, done.err)
        assert done.peak < 700, name
    assert not cache.exists() or {path.name for path in cache.iterdir()} <= {"verdicts"}  # of `cte check`; no release


@pytest.mark.long
def test_a_line_of_gigabytes_is_refused_before_it_is_read(folder: Path, tmp_path: Path) -> None:
    block = b"x" * MEGABYTE
    compress(folder / "documents.jsonl.zst", [b'{"a":"', *[block] * 3000, b'"}\n'])
    assert (folder / "documents.jsonl.zst").stat().st_size < MEGABYTE
    sealed(folder)
    refused(folder, tmp_path / "cache", "has more than 67,108,864 bytes")
    refused(archived(folder), tmp_path / "cache", "has more than 67,108,864 bytes")


def test_many_lines_that_come_to_too_much_are_refused_before_all_are_read(folder: Path, tmp_path: Path) -> None:
    line = b'{"document":{"id":"' + b"x" * 1000 + b'"},"sections":[],"mentions":[],"events":[],"sanctions":[]}\n'
    compress(folder / "documents.jsonl.zst", [line * 100] * 2000)
    sealed(folder)
    done = cte("stats", folder, memory=3072, seconds=60)
    assert (done.code, done.peak < 2000) == (2, True)
    assert f"unpacked it has more than {MAX_BYTES:,} bytes" in done.err


@pytest.mark.parametrize("kind", ["documents", pytest.param("entities", marks=pytest.mark.long)])
def test_millions_of_lines_that_are_no_records_end_soon(kind: str, folder: Path, tmp_path: Path) -> None:
    compress(folder / f"{kind}.jsonl.zst", [b"{}\n" * 100_000] * 40)
    sealed(folder)
    done = cte("check", folder, "-o", "json", memory=1536, seconds=30)
    assert done.code == 1
    assert "1,000 of its lines are no records" in done.out
    assert done.peak < 300
    for command in (("stats",), ("verify",), ("sql", "select 1")):
        done = cte(*command, folder, memory=2560, seconds=30)
        assert done.code == (1 if command[0] == "verify" else 2)
        assert done.out + done.err


@pytest.mark.long
def test_a_member_that_its_manifest_does_not_name_is_not_unpacked(folder: Path, tmp_path: Path) -> None:
    target = archived(folder)
    with tarfile.open(target) as tar:
        last = tar.getmembers()[-1]
    member = tarfile.TarInfo(f"{folder.name}/more.bin")
    member.size = LARGE
    with target.open("r+b") as file:
        file.seek(last.offset_data + (last.size + 511) // 512 * 512)
        file.write(member.tobuf(tarfile.USTAR_FORMAT))
        file.truncate(file.tell() + member.size + 10240)
    refused(target, tmp_path / "cache", "and its manifest names", memory=1024)


@pytest.mark.long
def test_an_archive_of_very_many_files_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "many.tar"
    with tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as tar:
        for number in range(50_000):
            tar.addfile(tarfile.TarInfo(f"pack/{number}"), io.BytesIO())
    refused(target, tmp_path / "cache", "the archive holds more than 10,000 files", memory=1024)


@pytest.mark.long
def test_a_header_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    target = tmp_path / "pax.tar"
    for kind in (tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME):
        member = tarfile.TarInfo("pack/x")
        member.type, member.size = kind, LARGE
        with target.open("wb") as file:
            file.write(member.tobuf(tarfile.USTAR_FORMAT))
            file.truncate(member.size + 10240)
        refused(target, tmp_path / "cache", "a header of 700,000,256 bytes", memory=1024)


def test_a_long_line_of_a_plain_file_is_refused_too(folder: Path, tmp_path: Path) -> None:
    (folder / "documents.jsonl.zst").unlink()
    with (folder / "documents.jsonl").open("wb") as file:
        file.truncate(LARGE)
    done = cte("stats", folder, memory=1024, seconds=20)
    assert (done.code, done.peak < 250) == (2, True)
    assert "documents.jsonl cannot be read: expected at most 67,108,864 bytes in line 1, got more" in done.err
