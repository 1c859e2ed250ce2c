"""What a release has, so that somebody may have cited it: the ids of a document, the version of the corpus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cte_corpus.errors import CteError
from cte_corpus.published import git, ledger, versions
from cte_corpus.store import layout
from cte_corpus.store.stored import UNREADABLE, Stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PLAIN = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}")


class Released(NamedTuple):
    """What is published of a document."""

    release: str
    """The newest release that is at hand; empty where there is none."""

    ids: frozenset[str]
    """The ids of the document in it."""


def ids(root: Path, document: str) -> Released:
    """What the newest release at hand has of a document.

    The releases of the bundled corpus are those of the ledger; another corpus is released by a tag of its repository.
    """
    try:
        if Stored(root).info.get("name") == Stored(layout.data_dir()).info.get("name"):
            return _of_ledger(document)
    except CteError:  # said by whoever reads the corpus for its own sake
        pass
    return _of_tag(root, document)


def gone_since(root: Path) -> str:
    """The version that an id is gone from which goes now: that of the corpus, or the next major one if it is released.

    Raises:
        CteError: the corpus does not say its version.
    """
    info = Stored(root).info
    version = info.get("version")
    if not isinstance(version, str) or not PLAIN.fullmatch(version):
        raise CteError(f"{root / 'corpus.json'} names no version", "run `cte check`")
    if info.get("name") == Stored(layout.data_dir()).info.get("name"):
        is_released = ledger.find(ledger.ledger(), version) is not None
    else:
        is_released = git.newest_tag(layout.real(root)).removeprefix("v") == version
    return f"{int(version.partition('.')[0]) + 1}.0.0" if is_released else version


def _of_ledger(document: str) -> Released:
    version = ledger.ledger()[-1].version
    folder = versions.at_hand(version)
    for raw in Stored(folder).each_document() if folder else ():
        if raw["document"].get("id") == document:
            return Released(version, frozenset(_ids(raw)))
    return Released("", frozenset())


def _of_tag(root: Path, document: str) -> Released:
    place = layout.real(root)
    try:
        tag = git.newest_tag(place)
        inside = place.relative_to(layout.real(git.top(place))).as_posix() if tag else ""
        found = {
            part: orjson.loads(git.file(place, tag, f"{inside}/documents/{document}/{part}.json") or b"{}")
            for part in layout.PARTS[1:]
            if tag
        }
        names = frozenset(_ids({part: value.get("records", []) for part, value in found.items()}))
    except (*UNREADABLE, ValueError):
        return Released("", frozenset())
    return Released(tag if names else "", names)


def _ids(raw: dict[str, Any]) -> Iterator[str]:
    for part in layout.PARTS[1:]:
        yield from (record["id"] for record in raw.get(part, ()))
