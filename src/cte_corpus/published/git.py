"""What a release asks of git: the checkout, its state, its tags, and its files at a revision."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

from cte_corpus.errors import CteError


def top(folder: Path) -> Path:
    """The root of the checkout in which a folder lies.

    Raises:
        CteError: it lies in none, or there is no git.
    """
    hint = "`rev:` reads the git checkout of the folder that you are in"
    return Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel", hint=hint).removesuffix(b"\n")))


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


def newest_tag(folder: Path) -> str:
    """The tag nearest before the checked-out commit; empty where there is none, or no checkout."""
    try:
        return _git(folder, "describe", "--tags", "--abbrev=0").decode().strip()
    except CteError:
        return ""


def extract(root: Path, revision: str, folders: tuple[str, ...], to: Path) -> None:
    """Write folders of the checkout as they are at a revision; those that it does not have are left out.

    Raises:
        CteError: there is no such revision, or a link in it leads out of the folders.
    """
    found = commit(root, revision)
    if found is None:
        hint = "give a commit, a branch or a tag; if it is a shallow clone, `git fetch --unshallow` brings the rest"
        raise CteError(f"no revision {revision!r} in {root}", hint)
    there = _git(root, "ls-tree", "-z", "--name-only", found, "--", *folders).decode().split("\0")[:-1]
    if not there:  # git would take no folder for all of them
        return
    archive = _git(root, "archive", "--format=tar", found, "--", *there)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(to, filter="data")
    except tarfile.FilterError as error:
        raise CteError(f"revision {revision!r} is not taken: {error}", "remove the link, or compare another") from error


def committed(folder: Path, name: str) -> str:
    """Seconds since 1970 of the last commit of the checkout; empty where a file of the folder is in none."""
    try:
        _git(folder, "ls-files", "--error-unmatch", "--", name)
        return _git(folder, "log", "-1", "--no-show-signature", "--format=%ct").decode().strip()
    except CteError:
        return ""


def commits(root: Path, *paths: str) -> list[str]:
    """The commits of all branches and tags that changed one of the files or folders, newest first."""
    return _git(root, "rev-list", "--all", "HEAD", "--", *paths).decode().split()


def file(root: Path, revision: str, path: str) -> bytes | None:
    """The bytes of a file at a revision, or None where it is not there."""
    try:
        return _git(root, "cat-file", "blob", f"{revision}:{path}")
    except CteError:
        return None


def _git(folder: Path, *arguments: str, hint: str = "") -> bytes:
    try:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- the git of the user, no shell
    except FileNotFoundError:
        raise CteError("there is no git here", "install git: revisions and releases are read from it") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise CteError(f"git in {folder.resolve()}: {said or f'{arguments[0]} ended with {done.returncode}'}", hint)
    return done.stdout
