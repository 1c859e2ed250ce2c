"""What a release asks of git: the checkout, its state, its tags, and its files at a revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from cte_corpus.errors import CteError


def top(folder: Path) -> Path:
    """The root of the checkout in which a folder lies.

    Raises:
        CteError: it lies in none, or there is no git.
    """
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n"))


def altered(root: Path) -> list[str]:
    """Paths that differ from the last commit or that git does not know, those that it ignores left out."""
    listed = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames").decode(
        "utf-8", "replace"
    )
    return [entry[3:] for entry in listed.split("\0") if entry]


def commit(root: Path, revision: str) -> str | None:
    """The commit of a revision, or None where there is no such revision."""
    try:
        return (
            _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            .decode()
            .strip()
        )
    except CteError:
        return None


def extract(root: Path, revision: str, folders: tuple[str, ...], to: Path) -> None:
    """Write folders of the checkout as they are at a revision; those that it does not have are left out.

    Raises:
        CteError: there is no such revision.
    """
    found = commit(root, revision)
    if found is None:
        raise CteError(
            f"no revision {revision!r} in {root}", "give a commit, a branch or a tag; `git log` lists commits"
        )
    there = _git(root, "ls-tree", "-z", "--name-only", found, "--", *folders).decode().split("\0")
    archive = _git(root, "archive", "--format=tar", found, "--", *filter(None, there))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(to, filter="data")


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise CteError("there is no git here", "install git: revisions and releases are read from it") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise CteError(f"git {arguments[0]} failed in {folder}: {said or f'exit code {done.returncode}'}")
    return done.stdout
