"""Reading a draft: YAML or JSON, without YAML's surprises, and in the shape that anchoring takes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import plain_yaml
from cte_corpus.errors import CteError
from cte_corpus.store import strict
from cte_corpus.store.locate import locate, position
from cte_corpus.text.limits import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cte_corpus.store.locate import Position
    from cte_corpus.store.pointer import Pointer

PARTS = ("document", "sections", "mentions", "events", "sanctions")

KNOWN = frozenset({*PARTS, "candidates", "review"})
"""What a draft may hold. No record comes of `candidates`, which `cte new` noted, nor of `review`, by `cte review`."""

VERDICTS = ("accepted", "questioned", "dropped")
"""What can become of an item, or of a field of one, in a review."""

_OF_REVIEW = frozenset({"verdict", "by", "date", "of", "note"})

SUFFIXES = (".yaml", ".yml", ".json")
"""How the name of a draft ends."""

LARGEST = 2_000_000
"""Bytes of the largest draft."""

_COMPUTED = frozenset({"document", "order", "start", "end", "sha256"})
"""Fields of a section that anchoring gives it."""

_ID = re.compile(r"(?:[a-z0-9-]+:)?[mex]?[0-9]{1,9}")

_Wrong = tuple["Pointer", str]


class _Source(NamedTuple):
    value: Any
    place: Callable[[Pointer], Position]
    places: dict[Pointer, Position]
    extents: dict[Pointer, tuple[int, int]]


class Draft(NamedTuple):
    """A draft as it is written."""

    value: dict[str, Any]
    text: str
    places: dict[Pointer, Position]
    """Where each key and each item of a list stands; of JSON none."""

    extents: dict[Pointer, tuple[int, int]]
    """Where the text of each value begins and ends; of JSON none."""

    is_json: bool


def load(path: Path) -> dict[str, Any]:
    """The draft in a file, by its suffix `.yaml`, `.yml` or `.json`.

    Dates, `no` and `on` stay strings, as in JSON; a key that stands twice is refused.

    Raises:
        CteError: it is no draft, is too large, or the YAML reader is not installed. The message has the line and column
            of what is wrong.
        OSError: the file cannot be read.
    """
    return parsed(path, bounded(path, LARGEST)).value


def written(path: Path) -> Draft:
    """The draft in a file, with its text and where its parts stand; see `load`.

    Raises:
        CteError: it is no draft.
        OSError: the file cannot be read.
    """
    return parsed(path, bounded(path, LARGEST))


def parsed(path: Path, data: bytes) -> Draft:
    """The draft that the bytes of a file hold; see `load`.

    Raises:
        CteError: they hold none.
    """
    if path.suffix == ".json":
        source = _json(path, data)
    elif path.suffix in (".yaml", ".yml"):
        source = _yaml(path, data)
    else:
        raise CteError(f"{path} is no draft by its name", "a draft is a .yaml, .yml or .json file")
    value = _judged(source, str(path))
    return Draft(value, data.decode("utf-8-sig"), source.places, source.extents, path.suffix == ".json")


def read(text: str) -> dict[str, Any]:
    """The draft in a text in YAML.

    Raises:
        CteError: it is no draft.
    """
    return _judged(_yaml(Path("draft"), text.encode()), "draft")


def _judged(source: _Source, path: str) -> dict[str, Any]:
    value = source.value
    if not isinstance(value, dict) or "document" not in value:
        raise CteError(
            f"{path}:1:1: this names no document", "a draft is an object with `document` and what is coded of it"
        )
    for pointer, message in _wrong(value):
        line, column = source.place(pointer)
        raise CteError(f"{path}:{line}:{column}: {message}", "docs/drafts.md says what a draft holds")
    return value


def _wrong(draft: dict[str, Any]) -> Iterator[_Wrong]:
    """What anchoring could not go on from; what else is wrong it says itself, or `cte check` does."""
    yield from (found for found in _nulls(draft) if not _may_be_empty(found[0]))
    document = draft["document"]
    if not isinstance(document.get("id") if isinstance(document, dict) else document, str):
        yield ("document",), "expected the id of a document, or an object with it as `id`"
    for name in sorted(draft.keys() - KNOWN):
        yield (name,), f"a draft has no `{name}`; it has {', '.join(PARTS)}"
    for n, section in _objects(draft.get("sections")):
        if not isinstance(section.get("id", ""), str):
            yield ("sections", n, "id"), "expected the id of a section"
        for name in sorted(section.keys() & _COMPUTED):
            yield ("sections", n, name), f"`{name}` of a section is computed; leave it out"
        if not isinstance(section.get("kind", ""), str):
            yield ("sections", n, "kind"), "expected the code of a kind"
    yield from _wrong_review(draft.get("review", {}))
    mentions = draft.get("mentions")
    lists: list[tuple[Pointer, Any]] = [(("events",), draft.get("events")), (("sanctions",), draft.get("sanctions"))]
    lists += [(("mentions", name), items) for name, items in (mentions.items() if isinstance(mentions, dict) else ())]
    for pointer, items in lists:
        for n, record in _objects(items):
            if not _ID.fullmatch(str(record.get("id", "e01"))):
                yield (*pointer, n, "id"), "expected an id that was given before, as e07"


def _wrong_review(review: Any) -> Iterator[_Wrong]:
    if not isinstance(review, dict):
        yield ("review",), "expected an object with what became of each item, by its name"
        return
    for name, entry in review.items():
        if not isinstance(entry, dict) or entry.get("verdict") not in VERDICTS:
            yield ("review", name), f"expected an object with `verdict`: {', '.join(VERDICTS)}"
        elif not entry.keys() <= _OF_REVIEW or not all(isinstance(value, str) for value in entry.values()):
            yield ("review", name), "expected strings: verdict, by, date, of, note"


def _nulls(value: Any, pointer: Pointer = ()) -> Iterator[_Wrong]:
    """Where nothing stands: no field of a record has that value, and as a word it would be published."""
    if value is None:
        yield pointer, "null, or nothing at all, is no value: give one, or leave the field out"
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _nulls(item, (*pointer, key))


def _may_be_empty(pointer: Pointer) -> bool:
    """Whether nothing may stand there: under a sentence whose mentions were all deleted, or in what is only noted."""
    return pointer[0] == "candidates" or (pointer[0] == "mentions" and len(pointer) == 2)


def _objects(items: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for n, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield n, item


def _json(path: Path, data: bytes) -> _Source:
    try:
        value = strict.loads(data)
    except strict.JsonError as error:
        line, column = position(data, error.offset)
        raise CteError(f"{path}:{line}:{column}: {error.message}") from None
    return _Source(value, lambda pointer: locate(data, [pointer])[pointer], {}, {})


def _yaml(path: Path, data: bytes) -> _Source:
    try:
        found = plain_yaml.read(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line, column = position(data, error.start)
        raise CteError(f"{path}:{line}:{column}: expected UTF-8, got byte 0x{data[error.start]:02x}") from None
    except plain_yaml.YamlError as error:
        place = f":{error.place.line}:{error.place.column}" if error.place else ""
        raise CteError(f"{path}{place}: {error}") from None
    return _Source(found.value, lambda pointer: found.places[pointer], found.places, found.extents)
