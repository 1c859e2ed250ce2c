"""Hostile inputs, each with the command that meets it, what it says, and the memory and time that it may take.

`tests/test_hostile.py` runs them with these caps; `benchmarks/hostile.py` runs them at full size, and writes the table
of docs/hostile.md.
"""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pyarrow as pa
from pyarrow import parquet

from tests.capped import MEGABYTE, Run, cte
from tests.published.test_versions import sealed

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
EVENTS = "documents/harbour-talks/events.json"
ENTITY = "entities/org/grey-lantern.json"
TEXT = ROOT / "tests" / "corpora" / "tidewater-texts" / "harbour-talks.txt"
DRAFT = "document: harbour-talks\nevents: []\n"


@dataclass(frozen=True)
class World:
    """Where a case makes its input."""

    home: Path
    """A folder of its own, with a copy of the invented corpus in `corpus`."""

    pack: Path
    """The archive of a pack, its folder beside it; not to be changed."""

    scale: int = 1
    """By how much what is counted is smaller than in the table."""

    @property
    def corpus(self) -> Path:
        """The copy of the corpus."""
        return self.home / "corpus"


@dataclass(frozen=True)
class Case:
    """One input."""

    what: str
    """As the table says it."""

    make: Callable[[World], list[str | Path]]
    """Makes the input; the arguments of the command."""

    code: int
    message: str
    """Stands in what the command prints, escapes and all."""

    memory: int = 300
    """Megabytes at most."""

    seconds: int = 20
    """Of the processor, at most."""


def run(case: Case, home: Path, pack: Path, scale: int = 1) -> tuple[str, Run]:
    """Meet a case in a folder: the command, and what became of it. The limits of the process are far above its own."""
    shutil.copytree(TIDEWATER, home / "corpus")
    arguments = case.make(World(home, pack, scale))
    environment = {"CTE_CACHE": str(home / "cache")}
    done = cte(*arguments, memory=4 * case.memory + 2048, seconds=4 * case.seconds, env=environment)
    return f"cte {arguments[0]}", done


def check(world: World) -> list[str | Path]:
    """Check the copy of the corpus."""
    return ["check", world.corpus, "--no-cache", "-o", "concise"]


def written(name: str, content: bytes) -> Callable[[World], list[str | Path]]:
    """A file of the corpus with other bytes, and a check."""

    def make(world: World) -> list[str | Path]:
        (world.corpus / name).write_bytes(content)
        return check(world)

    return make


def sparse(name: str, size: int) -> Callable[[World], list[str | Path]]:
    """A file of the corpus of so many bytes, which take no room, and a check."""

    def make(world: World) -> list[str | Path]:
        with (world.corpus / name).open("r+b") as file:
            file.truncate(size)
        return check(world)

    return make


def changed(name: str, old: bytes, new: bytes) -> Callable[[World], list[str | Path]]:
    """A file of the corpus with other words in it, and a check."""

    def make(world: World) -> list[str | Path]:
        path = world.corpus / name
        before = path.read_bytes()
        assert old in before
        path.write_bytes(before.replace(old, new, 1))
        return check(world)

    return make


def folders(world: World) -> list[str | Path]:
    for number in range(200_000 // world.scale):
        (world.corpus / "documents" / f"d{number}").mkdir()
    return check(world)


def packed_lines(world: World) -> list[str | Path]:
    for part in ("documents", "entities"):
        shutil.rmtree(world.corpus / part)
    (world.corpus / "entities.jsonl").write_bytes(b"")
    (world.corpus / "documents.jsonl").write_bytes(b"{}\n" * (5_000_000 // world.scale))
    return check(world)


def special(kind: str) -> Callable[[World], list[str | Path]]:
    """What is no file, in the place of one."""

    def make(world: World) -> list[str | Path]:
        path = world.corpus / EVENTS
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(kind)
        return check(world)

    return make


def names(world: World) -> list[str | Path]:
    path = world.corpus / "documents" / "\x1b]0;owned\x07\u202e"
    path.mkdir()
    (path / "events.json").write_bytes(b"{}")
    return check(world)


def members(change: Callable[[tarfile.TarFile, str], None]) -> Callable[[World], list[str | Path]]:
    """An archive with more members than a pack has, opened."""

    def make(world: World) -> list[str | Path]:
        target = world.home / "more.tar"
        shutil.copy(world.pack, target)
        with tarfile.open(target, "a", format=tarfile.PAX_FORMAT) as tar:
            change(tar, world.pack.stem)
        return ["stats", target]

    return make


def member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> Callable[[tarfile.TarFile, str], None]:
    """One member; `{}` in its name stands for the folder of the pack."""

    def add(tar: tarfile.TarFile, stem: str) -> None:
        info = tarfile.TarInfo(name.format(stem))
        info.type, info.linkname, info.size = kind, "/etc/hostname", size
        tar.addfile(info, io.BytesIO(bytes(size)) if size else None)

    return add


def bomb(world: World) -> list[str | Path]:
    folder = Path(shutil.copytree(world.pack.with_suffix(""), world.home / world.pack.stem))
    path = next(folder.rglob("entities.jsonl.zst"))
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        for _ in range(max(300, 2_000 // world.scale)):
            stream.write(b" " * MEGABYTE)
    sealed(folder)
    return ["check", folder, "--no-cache", "-o", "concise"]


def table(spoil: Callable[[Path], None]) -> Callable[[World], list[str | Path]]:
    """A pack with a Parquet file that was spoilt, sealed again so that every digest holds, and verified."""

    def make(world: World) -> list[str | Path]:
        folder = Path(shutil.copytree(world.pack.with_suffix(""), world.home / world.pack.stem))
        spoil(folder / "data" / "events" / "events-00000-of-00001.parquet")
        sealed(folder)
        return ["verify", folder]

    return make


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def long_footer(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-8] + (2**31 - 1).to_bytes(4, "little") + b"PAR1")


def negative_footer(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-8] + b"\xff\xff\xff\xff" + b"PAR1")


def lying_footer(path: Path) -> None:
    """The footer of another file, which tells of columns and pages that are not there."""
    other = path.with_suffix(".other")
    parquet.write_table(pa.table({"id": ["x" * 1000] * 100_000}), other, compression="none", use_dictionary=False)
    footer = other.read_bytes()
    other.unlink()
    size = int.from_bytes(footer[-8:-4], "little") + 8
    path.write_bytes(path.read_bytes()[:-8] + footer[-size:])


def one_page(path: Path) -> None:
    """One value of 400 MB, compressed to almost nothing."""
    parquet.write_table(pa.table({"id": ["x" * 400_000_000]}), path, compression="zstd")


def page(content: str) -> Callable[[World], list[str | Path]]:
    """A page as a copy of a document, attached."""

    def make(world: World) -> list[str | Path]:
        path = world.home / "harbour-talks.html"
        path.write_text(content, encoding="utf-8")
        return ["attach", path, "--document", "harbour-talks", "--corpus", world.corpus]

    return make


def large_page(world: World) -> list[str | Path]:
    return page("<p>A line of the page.</p>\n" * (50_000_000 // 27))(world)


def draft(content: str) -> Callable[[World], list[str | Path]]:
    """A draft, anchored."""

    def make(world: World) -> list[str | Path]:
        path = world.home / "draft.yaml"
        path.write_text(content, encoding="utf-8")
        return ["anchor", path, "--text", TEXT, "--corpus", world.corpus]

    return make


def foreign(form: str, name: str, content: bytes) -> Callable[[World], list[str | Path]]:
    """A file of another tool, imported."""

    def make(world: World) -> list[str | Path]:
        path = world.home / name
        path.write_bytes(content)
        where: list[str | Path] = ["--corpus", world.corpus, "--out", world.home / "draft.yaml", "--text", TEXT]
        return ["import", form, path, "--document", "harbour-talks", *where]

    return make


def aliases() -> str:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return DRAFT + "\n".join(lines)


def query(text: str) -> Callable[[World], list[str | Path]]:
    """A query over the corpus."""
    return lambda world: ["sql", text, world.corpus]


def long_string(world: World) -> list[str | Path]:
    value = orjson.loads((world.corpus / ENTITY).read_bytes())
    value["description"][0]["text"] = "x" * 60_000_000
    (world.corpus / ENTITY).write_bytes(orjson.dumps(value))
    return check(world)


GB = 2**30
TASKS = b"[" + b'{"data": {"text": "a"}, "annotations": []},' * 299_999 + b'{"data": {"text": "a"}, "annotations": []}]'
LONG_QUOTE = b'{"quote": "' + b"a" * 9_000_000 + b'", "label": "gpe"}'
CASES = (
    Case("a file of 2 GB", sparse(EVENTS, 2 * GB), 1, "CTE011 error expected at most 67,108,864 bytes"),
    Case("a string of 500 MB", sparse(ENTITY, 500 * MEGABYTE), 1, "CTE011 error expected at most 67,108,864 bytes"),
    Case("a string of 60 MB, as long as one may be", long_string, 1, "CTE012 error", 1200),
    Case("nested 100,000 deep", written(EVENTS, b"[" * 100_000 + b"]" * 100_000), 1, "CTE010 error"),
    Case("objects nested 100,000 deep", written(EVENTS, b'{"a":' * 100_000), 1, "CTE0"),
    Case("20 million records of nothing", written(EVENTS, b"[" + b"0," * 20_000_000 + b"0]"), 1, "CTE011 error", 600),
    Case("5 million lines that are no records", packed_lines, 1, "1,000 of its lines are no records"),
    Case("200,000 folders that are no documents", folders, 1, "1,000 of its folders are no records"),
    Case("NaN", changed(EVENTS, b'"start": 104', b'"start": NaN'), 1, "CTE007 error"),
    Case("1e999", changed(EVENTS, b'"start": 104', b'"start": 1e999'), 1, "CTE007 error"),
    Case("invalid UTF-8", changed(EVENTS, b"harbour-talks:e01", b"harbour-talks:\xff\xfe"), 1, "CTE002 error"),
    Case("a NUL", changed(EVENTS, b"harbour-talks:e01", b"harbour\x00talks"), 1, "CTE004 error"),
    Case("half a surrogate pair", changed(EVENTS, b"harbour-talks:e01", b"\\ud83d"), 1, "CTE008 error"),
    Case("escape codes in a value", changed(ENTITY, b'"org:grey', b'"\\u001b[2Jorg:grey'), 1, "<U+001B>[2Jorg:grey"),
    Case("escape codes in the name of a folder", names, 1, "<U+001B>]0;owned<U+0007><U+202E>"),
    Case("a pipe", special("pipe"), 1, "expected a file, got a pipe"),
    Case("a link to a device", special("/dev/zero"), 1, "the link leads out of the corpus"),
    Case("a link to itself", special("events.json"), 1, "Too many levels of symbolic links"),
    Case("a link out of the corpus", special("/etc/passwd"), 1, "the link leads out of the corpus"),
    Case("an archive with `..`", members(member("../outside")), 2, "unsafe: ../outside: a name that no pack holds"),
    Case("with an absolute path", members(member("/tmp/outside")), 2, "a name that no pack holds"),
    Case("with a link", members(member("{}/a", tarfile.SYMTYPE)), 2, "something that is no plain file"),
    Case("with a hard link", members(member("{}/a", tarfile.LNKTYPE)), 2, "something that is no plain file"),
    Case("with a device", members(member("{}/a", tarfile.CHRTYPE)), 2, "something that is no plain file"),
    Case("with a pipe", members(member("{}/a", tarfile.FIFOTYPE)), 2, "something that is no plain file"),
    Case("with a member twice", members(member("{}/manifest.json")), 2, "it is twice in the archive"),
    Case("with two names that differ in case", members(member("{}/MANIFEST.json")), 2, "extra: MANIFEST.json"),
    Case("with 200 MB more than its manifest", members(member("{}/a", size=200_000_000)), 2, "its manifest names"),
    Case("a pack that unpacks to 2 GB", bomb, 1, "unpacked it has more than"),
    Case("Parquet, cut", table(cut), 1, "tables    events: ", 400),
    Case("Parquet with a footer of 2 GB", table(long_footer), 1, "tables    events: ", 400),
    Case("Parquet with a footer of -1 bytes", table(negative_footer), 1, "tables    events: ", 400),
    Case("Parquet with the footer of another file", table(lying_footer), 1, "tables    events: ", 400),
    Case(
        "Parquet with a value of 400 MB in 40 KB",
        table(one_page),
        1,
        "its columns come to 400,000,054 bytes, and what the records say to far less",
        400,
    ),
    Case("HTML of 50 MB", large_page, 2, "has more than 10,000,000 bytes"),
    Case("HTML nested a million deep", page("<div>" * 1_000_000), 2, "nothing can be read on this page", 600),
    Case("a draft of aliases of aliases", draft(aliases()), 2, "more than 200,000 values"),
    Case("a draft that holds itself", draft(DRAFT + "a: &a [*a]\n"), 2, "draft.yaml:3"),
    Case("a draft with a tag that runs", draft(DRAFT + "a: !!python/object/apply:os.system [id]\n"), 2, "draft.yaml:3"),
    Case("tasks nested 100,000 deep", foreign("label-studio", "a.json", b"[" * 100_000), 2, "at most 64 deep"),
    Case("300,000 tasks", foreign("label-studio", "a.json", TASKS), 2, "300,000 documents, and none of them is", 400),
    Case(
        "annotations of 40 MB", foreign("brat", "a.ann", b"T1\tX 0 1\ta\n" * 4_000_000), 2, "more than 20,000,000 bytes"
    ),
    Case("a quote of 9 million letters", foreign("quotes", "a.jsonl", LONG_QUOTE), 2, "up to 2,000,000 are read"),
    Case("a query that reads a file", query("from read_text('/etc/passwd')"), 2, "--files"),
    Case("a query that writes a file", query("copy events to '/tmp/outside.csv'"), 2, "--files"),
    Case("a query that asks an address", query("from 'https://198.51.100.1/a.csv'"), 2, "--files"),
    Case("a query that loads an extension", query("install httpfs"), 2, "--files"),
    Case("a query that opens a database", query("attach '/tmp/outside.db'"), 2, "--files"),
    Case(
        "a query of 10 billion rows",
        query("select count(distinct a.range) from range(100000000) a"),
        2,
        "emory",
        4000,
        60,
    ),
)
