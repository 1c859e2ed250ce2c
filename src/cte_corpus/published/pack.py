"""A release pack as files: its manifest, its digests, its archive, and what is wrong with them.

Nothing here reads a record: a pack that passes is the pack that its manifest describes, byte by byte.
"""

from __future__ import annotations

import errno
import re
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, Literal

import orjson

from cte_corpus.errors import CteError
from cte_corpus.store import line_ends

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

UNFIT = {errno.EINVAL, errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR}
"""How the system refuses names and sizes that no pack holds, where an archive is unpacked."""

_SAFE = re.compile(r"(?!\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\.{1,2}(/|$))[A-Za-z0-9._-]+)*")
_NUMBER = r"(0|[1-9][0-9]*)"

VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
"""The version of a release: three numbers, as Semantic Versioning has them."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHA256 = re.compile(r"[0-9a-f]{64}")

_FORMS = {
    "name": re.compile(r"[a-z0-9][a-z0-9-]*"),
    "version": VERSION,
    "schema_version": re.compile(rf"{_NUMBER}\.{_NUMBER}"),
    "date": DAY,
    "root_digest": SHA256,
}


@dataclass(frozen=True)
class File:
    """A file of a pack."""

    path: str
    """Path inside the pack, with `/`."""

    size: int
    """Bytes."""

    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a pack is, and every file in it but the manifest itself and `SHA256SUMS`."""

    name: str
    version: str
    schema_version: str

    date: str
    """Day of the release, ISO."""

    records: dict[str, int]
    """Rows by table."""

    root_digest: str
    """SHA-256 over the digests of all records: see `cte_corpus.store.digests`."""

    tools: dict[str, str]
    """Versions of the tools on which the bytes of the pack depend."""

    files: tuple[File, ...]
    """Sorted by path."""

    @property
    def stem(self) -> str:
        """Name of the pack's folder, and of its archive without `.tar`."""
        return f"{self.name}-{self.version}"

    def dumps(self) -> bytes:
        """The manifest as it is written."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def read(cls, root: Path) -> Manifest:
        """The manifest of the pack at `root`.

        Raises:
            CteError: there is none, or it is not valid; no name in a valid one leads out of the pack.
        """
        path = root / MANIFEST
        if path.is_symlink() or not path.is_file():
            raise CteError(f"no {MANIFEST} in {root}", "a release pack is a folder or .tar that `cte build` made")
        try:
            return cls.loads(path.read_bytes())
        except ValueError as error:
            raise CteError(f"{path} is no manifest of a release pack: {error}", "get the pack again") from error

    @classmethod
    def loads(cls, data: bytes) -> Manifest:
        """The manifest in the bytes of a file.

        Raises:
            ValueError: it is not valid.
        """
        try:
            raw = orjson.loads(data)
            manifest = cls(**raw | {"files": tuple(File(**file) for file in raw["files"])})
            return _valid(manifest)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(str(error)) from error


def _valid(manifest: Manifest) -> Manifest:
    for field, form in _FORMS.items():
        if not form.fullmatch(getattr(manifest, field)):
            raise ValueError(f"{field} is {getattr(manifest, field)!r}")
    date.fromisoformat(manifest.date)
    for numbers in (manifest.records.values(), (file.size for file in manifest.files)):
        if any(not isinstance(number, int) or number < 0 for number in numbers):
            raise ValueError("a count or size is not a whole number")
    paths = [file.path for file in manifest.files]
    for file in manifest.files:
        if not SHA256.fullmatch(file.sha256):
            raise ValueError(f"the digest of {file.path} is {file.sha256!r}")
        if not is_safe(file.path) or file.path in (MANIFEST, SUMS):
            raise ValueError(f"a file is named {file.path!r}")
    if paths != sorted(set(paths)) or len({path.lower() for path in paths}) < len(paths):
        raise ValueError("the files are not sorted, or two have one name")
    return manifest


def is_safe(path: str) -> bool:
    """Whether a path inside a pack is one that means the same everywhere and leads nowhere else."""
    return _SAFE.fullmatch(path) is not None


@dataclass(frozen=True)
class Fault:
    """Something wrong with a pack."""

    path: str
    """The file inside the pack; empty for the pack or archive as a whole."""

    kind: Literal["missing", "altered", "extra", "unsafe"]

    detail: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.kind, self.path, self.detail)))


def file_of(root: Path, path: str) -> File:
    """The entry of a file in a manifest.

    Raises:
        OSError: it cannot be read.
    """
    return File(path, (root / path).stat().st_size, sha256_of(root / path))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file of any size, 64 hex digits.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def sums(manifest: Manifest) -> bytes:
    """What `SHA256SUMS` holds: `<digest>  <path>` a line, sorted by path, as `sha256sum -c` reads it."""
    digests = {file.path: file.sha256 for file in manifest.files} | {MANIFEST: sha256(manifest.dumps()).hexdigest()}
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def verify_files(root: Path) -> Iterator[Fault]:
    """What is missing, altered, extra or unsafe in the pack at `root`, by its manifest and its digests.

    A manifest that is altered ends the search: nothing says then what should be there.

    Raises:
        OSError: a file or folder cannot be read.
    """
    for name in (MANIFEST, SUMS):
        path = root / name
        if path.is_symlink():
            yield Fault(name, "unsafe", "it is a link")
            return
        if not path.is_file():
            yield Fault(name, "missing")
            return
    data = (root / MANIFEST).read_bytes()
    try:
        manifest = Manifest.loads(data)
    except ValueError as error:
        yield Fault(MANIFEST, "altered", f"it is no manifest: {error}")
        return
    if data != manifest.dumps():
        only_ends = line_ends.differs_in_these_only(data, manifest.dumps())
        why = f"its line ends are not LF; {line_ends.MEND}" if only_ends else "it is not written as manifests are"
        yield Fault(MANIFEST, "altered", why)
        return
    fault = _against_sums((root / SUMS).read_bytes(), manifest)
    if fault:
        yield fault
        if fault.path == MANIFEST:
            return
    present = dict(_walk(root, {MANIFEST, SUMS, *(file.path for file in manifest.files)}))
    yield from filter(None, present.values())
    for file in manifest.files:
        if file.path not in present:
            yield Fault(file.path, "missing")
        elif present[file.path] is None:
            yield from _altered(root, file)


def _against_sums(found: bytes, manifest: Manifest) -> Fault | None:
    """`SHA256SUMS` must say of each file what the manifest says, and of the manifest what it is.

    A manifest that says something else of a file has another digest itself: so that tells which of the two is altered.
    """
    expected = sums(manifest)
    if found == expected:
        return None
    lines = set(found.splitlines(keepends=True))
    wrong = [line[66:].decode().rstrip() for line in expected.splitlines(keepends=True) if line not in lines]
    if MANIFEST in wrong and lines:
        return Fault(MANIFEST, "altered", f"{SUMS} has another digest of it")
    names = ", ".join(wrong)
    return Fault(SUMS, "altered", f"it differs from {MANIFEST} on {names}" if names else "it has lines of its own")


def _altered(root: Path, file: File) -> Iterator[Fault]:
    found = file_of(root, file.path)
    if file.size < found.size <= 2 * file.size and _with_lf(root / file.path) == file.sha256:
        yield Fault(file.path, "altered", f"its line ends are not LF, and nothing else; {line_ends.MEND}")
    elif found.size != file.size:
        yield Fault(file.path, "altered", f"{found.size} bytes instead of {file.size}")
    elif found.sha256 != file.sha256:
        yield Fault(file.path, "altered", f"SHA-256 {found.sha256} instead of {file.sha256}")


def _with_lf(path: Path) -> str:
    """SHA-256 that a file would have with the line ends of a pack, read line by line."""
    digest = sha256()
    with path.open("rb") as file:
        for line in file:
            digest.update(line_ends.unix(line))
    return digest.hexdigest()


def _walk(root: Path, listed: set[str]) -> Iterator[tuple[str, Fault | None]]:
    """Every file below a folder by its path inside, with the fault of being there if there is one."""
    folders = {"/".join(path.split("/")[:depth]) for path in listed for depth in range(1, path.count("/") + 1)}
    waiting = [root]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            name = path.relative_to(root).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                yield name, Fault(name, "unsafe", "it is no plain file")
            elif path.is_dir():
                if name in folders:
                    waiting.append(path)
                else:
                    yield name, Fault(name, "extra", "a folder")
            else:
                yield name, None if name in listed else Fault(name, "extra")
