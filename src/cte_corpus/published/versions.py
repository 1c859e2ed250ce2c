"""Releases that are not bundled: found, downloaded, verified before use, and kept in a cache.

A release is in the cache when a folder named by the SHA-256 of its archive is there. That folder appears only by a
rename, after every digest was verified; what a killed process leaves has another name, and is never opened. Each time
it is opened its files are held against its manifest once more; what a failing disk has spoilt is brought again.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cte_corpus.errors import CteError
from cte_corpus.published import git, history, ledger, pack, unpacked
from cte_corpus.published.kept import CACHE as CACHE
from cte_corpus.published.kept import cache as cache
from cte_corpus.store import layout
from cte_corpus.store.locks import alone
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BASE = "CTE_RELEASES"
"""Environment variable: a folder, or an address that fsspec reads, below which the archives lie by their names."""

ELSEWHERE = f"name another folder in the environment variable {CACHE}"


def is_bundled(version: str) -> bool:
    """Whether the bundled corpus is this version.

    Data that have changed since the release, as in a package built from a later commit, are not the release, whatever
    version they name. A version that the ledger does not know is taken at its word.
    """
    bundled = Stored(layout.data_dir())
    if bundled.info["version"] != version:
        return False
    released = ledger.find(ledger.ledger(), version)
    return released is None or history.holds(layout.data_dir(), released)


def locate(version: str) -> Path:
    """The folder of a release: the bundled one, or from the cache, from the history of the checkout that the package
    runs from, or downloaded into the cache.

    Raises:
        CteError: the ledger does not know the version, nothing says where it is, it cannot be downloaded, or what
            came is not what the ledger says.
    """
    if is_bundled(version):
        return layout.data_dir()
    release = ledger.entry(version)
    base = os.environ.get(BASE)
    addresses = [f"{base.rstrip('/')}/{release.archive}"] if base else list(release.urls)
    if not base:
        data = _from_history(release)
        if data is not None:
            return data
    if not addresses and not _is_whole(_kept(release.archive_sha256)):
        raise CteError(f"nothing says where release {version} is", _whence(release))
    return _released(release, addresses)


def at_hand(version: str) -> Path | None:
    """The folder of a release that can be had without a network; None where it cannot, or the ledger does not know it.

    Raises:
        CteError: an archive in the folder that `CTE_RELEASES` names is not what the ledger says.
    """
    if is_bundled(version):
        return layout.data_dir()
    release = ledger.find(ledger.ledger(), version)
    if release is None:
        return None
    kept, base = _kept(release.archive_sha256), os.environ.get(BASE, "")
    if _is_whole(kept):
        return unpacked.inside(kept)
    if base and (Path(base) / release.archive).is_file():
        return _released(release, [f"{base}/{release.archive}"])
    return _from_history(release)


def _from_history(release: ledger.Release) -> Path | None:
    """The records of a release with their schemas beside them, from the commit that the ledger names."""
    root = layout.checkout()
    if root is None or not (root / ".git").exists():
        return None
    folder = cache() / f"{release.archive_sha256}.history"
    with _alone(folder):
        if not history.is_release(folder, release):
            commit = history.commit(root, release)
            if commit is None:
                return None
            temporary = folder.with_suffix(".history.new")
            shutil.rmtree(temporary, ignore_errors=True)  # of a process that was killed
            try:
                git.extract(root, commit, history.FOLDERS, temporary)
                shutil.rmtree(folder, ignore_errors=True)
                temporary.rename(folder)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    return folder / "data"


def _whence(release: ledger.Release) -> str:
    """What to do where a release is neither kept nor in the history."""
    archive = f"set {BASE} to the folder or address that holds {release.archive}"
    root = layout.checkout()
    if root is None:
        return f"{archive}; or run a clone of the repository, which has every release in its history"
    if (root / ".git" / "shallow").exists():
        return f"`git fetch --unshallow` brings the commit from which it was built; or {archive}"
    return archive


def open_pack(address: str | Path) -> Path:
    """The folder of a release pack, by the path or address of its archive, or by an address of its folder, with `/` at
    the end.

    An address whose file name is that of a release must be that release, and is downloaded once. Any other address is
    downloaded each time, as what lies there may change, and is verified against its own manifest, as a path is. Of a
    folder, that manifest is; its files come once.

    Raises:
        CteError: it cannot be read or downloaded, or is not what the ledger or its own manifest says.
    """
    if "://" not in str(address):
        path = Path(address)
        if not path.is_file():
            raise CteError(f"no archive at {path}", "a release pack is a folder or .tar that `cte build` made")
        return _unpacked(path, pack.sha256_of(path), str(path))
    address = str(address)
    try:
        name = Path(urlsplit(address).path).name
    except ValueError as error:
        raise CteError(f"{address} is no address: {error}", "give a path, or an address such as https://…") from error
    for release in ledger.ledger():
        if release.archive == name:
            return _released(release, [address])
    part = _part(sha256(address.encode()).hexdigest())
    with _alone(part):
        part.unlink(missing_ok=True)  # a killed process may have left the beginning of something else
        try:
            if address.endswith("/"):
                _download(f"{address}{pack.MANIFEST}", part)
                return _brought(address, part)
            _download(address, part)
            return _unpacked(part, pack.sha256_of(part), address)
        finally:
            part.unlink(missing_ok=True)


def _brought(address: str, part: Path) -> Path:
    """The verified folder of the pack at an address, whose manifest was downloaded."""
    try:
        manifest = pack.Manifest.loads(part.read_bytes())
    except ValueError as error:
        what = f"{address}{pack.MANIFEST} is no manifest of a release pack: {error}"
        raise CteError(what, unpacked.AGAIN) from None

    def bring(temporary: Path) -> None:
        for file in manifest.files:
            _download(f"{address}{file.path}", temporary / manifest.stem / file.path, file.size)
        (temporary / manifest.stem / pack.MANIFEST).write_bytes(part.read_bytes())
        (temporary / manifest.stem / pack.SUMS).write_bytes(pack.sums(manifest))

    return _made(_kept(pack.sha256_of(part)), bring, address)


def _released(release: ledger.Release, addresses: list[str]) -> Path:
    folder = _kept(release.archive_sha256)
    if not _is_whole(folder):
        part = _part(release.archive_sha256)
        with _alone(part):
            if not _is_whole(folder):  # another process may have brought it meanwhile
                _bring(release, addresses, part)
                try:
                    _unpacked(part, release.archive_sha256, release.archive, release)
                finally:
                    part.unlink()  # whole, and of no use any more: what is not the release never becomes it
    return unpacked.inside(folder)


def _bring(release: ledger.Release, addresses: list[str], part: Path) -> None:
    """Download from the first address that has the very archive."""
    from cte_corpus.published import download

    problems = []
    for address in addresses:
        try:
            begun = part.exists()
            found = _digest(release, address, part)
            if begun and found != release.archive_sha256:  # what was there already may be to blame
                found = _digest(release, address, part)
            if found == release.archive_sha256:
                return
            raise CteError(
                f"{address} is not release {release.version}: "
                f"expected SHA-256 {release.archive_sha256}, got {found}; what came was deleted",
                download.ELSEWHERE,
            )
        except CteError as error:
            problems.append(error)
    raise CteError("\n".join(problem.message for problem in problems), problems[-1].hint)


def _digest(release: ledger.Release, address: str, part: Path) -> str:
    """Download the rest of an archive; its SHA-256. If it is not that of the release, the file is deleted."""
    _download(address, part, release.archive_size)
    found = pack.sha256_of(part)
    if found != release.archive_sha256:
        part.unlink()
    return found


def _unpacked(archive: Path, digest: str, called: str, release: ledger.Release | None = None) -> Path:
    """The verified folder of an archive of this SHA-256, unpacked if it is not yet; errors call it `called`."""
    return _made(_kept(digest), lambda temporary: unpacked.extract(archive, temporary, called), called, release)


def _made(folder: Path, make: Callable[[Path], None], called: str, release: ledger.Release | None = None) -> Path:
    """What `make` writes into a new folder, once it is verified, under its name; if it is not there yet."""
    with _alone(folder):
        if not _is_whole(folder):
            temporary = folder.with_suffix(".new")
            shutil.rmtree(temporary, ignore_errors=True)  # of a process that was killed
            try:
                make(temporary)
                unpacked.verify(unpacked.inside(temporary), called, release)
                shutil.rmtree(folder, ignore_errors=True)
                temporary.rename(folder)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    return unpacked.inside(folder)


def _is_whole(folder: Path) -> bool:
    """Whether a release is kept in a folder, each file with the digest in its manifest."""
    try:
        return folder.is_dir() and not any(pack.verify_files(unpacked.inside(folder)))
    except CteError:
        return False


def _kept(digest: str) -> Path:
    return cache() / digest


def _part(digest: str) -> Path:
    return cache() / f"{digest}.part"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """A lock on what is to be written at a path in the cache.

    Raises:
        CteError: the cache cannot be written, as where it is full, or in a home that is read-only.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path.with_name(f"{path.name}.lock")):
            yield
    except OSError as error:
        place = error.filename and Path(os.fsdecode(error.filename)).absolute()
        if place and not (place.is_relative_to(cache()) or cache().is_relative_to(place)):
            raise
        raise CteError(f"the cache {cache()} cannot be written: {error.strerror}", ELSEWHERE) from error


def _download(address: str, part: Path, size: int | None = None) -> None:
    from cte_corpus.published.download import download  # with http, which what is at hand does not need

    download(address, part, size)
