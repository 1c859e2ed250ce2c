"""Made-up input for `fuzz.py`: much of it nearly right, as that leads furthest."""

import copy
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import orjson

from cte_corpus.published import ledger
from cte_corpus.store.layout import PARTS

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
TEXTS = TIDEWATER.with_name("tidewater-texts")

CHARS = (
    "abz AZ09.,:;!?'\"/\\-_()[]{}<>*#`|&~\t\n\r\0\x1b\x7f\x85\xa0\xadéßŁ\u0301\u0327ﬁ½Ⅷ²"
    "مرحبا١٢ىـًٌّ\u0653\u0660،؛؟«»“”‘’–—…\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u061c"
    "\ufdfa\ufeff\ufffd\uffff\ue000漢字ｆｕｌｌ０한\u1100😀🏴\U000e0067\U0001d54f\U0010ffff"
)
WORDS = (
    "Mr. Quill", "the harbour", "3.5", "U.S.", "said: “No.”", "قال", "في أوسترهافن", "TODO", "**bold**", "# Heading",
    "A question?",
)  # fmt: skip
PIECES = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b'"a"', b'"a":1', b'"id":"x:e01"', b"1", b"-0", b"0.5", b"1e5", b"5.0",
    b"1E400", b"9007199254740993", b"NaN", b"-Infinity", b"true", b"null", b'"\\ud83d"', b'"\\ud83d\\ude00"',
    b'"\\u0000"', b"\\", b"\x00", b"\xff", b"\xc3", "م".encode(), b" ", b"\n", b"\xef\xbb\xbf", b'{"a":1,"a":2}',
    b'"\\u0061"', b"[[[[[[[[", b"]]]]]]]]", b"\x1f", b"'", b"//", b"0123", b"18446744073709551616", b"1.", b".5", b"+1",
)  # fmt: skip
SCALARS = (
    None, True, False, 0, 1, -1, 166.0, 0.5, -0.0, 1e16, 1e300, 2**53 - 1, "", " ", "x", "TODO", "a\u200b", "\u202e",
    "\n", "x" * 200, "org:grey-lantern", "harbour-talks", "harbour-talks:e01", "harbour-talks:e99999999999",
    "harbour-talks:m001", "harbour-talks:s02", "harbour-talks:s02.1", "bayan-al-marfa:e02", "../../etc:e01",
    "2022-05-11", "9999-24", "201X", "[2014..2016]", "occurred", "en", "ar", "eq", "between",
    "harbour-talks:e" + "1" * 5000,
)  # fmt: skip
DATES = (
    "2022", "-05", "-11", "/", "..", "[", "]", ",", "X", "XX", "~", "?", "%", "-", "9999", "-24", "-21", "0000", "Y",
    "17000000", " ", "-02", "-29", "-31", "T", "٢",
)  # fmt: skip


class BreachError(Exception):
    """What was promised does not hold."""


def hold(promised: bool, what: str) -> None:
    """Raise where a promise does not hold."""
    if not promised:
        raise BreachError(what)


class Inputs:
    """A source of inputs; `last` holds the newest, to print where it broke something."""

    def __init__(self, source: random.Random, work: Path) -> None:
        self._random = source
        self.work = work
        self.last: Any = None
        self._document, self._entities = orjson.dumps(_document()), orjson.dumps(_entities())
        self._values = [orjson.loads(path.read_bytes()) for path in sorted(TIDEWATER.rglob("*.json"))]
        self._files = [path.read_bytes() for path in sorted(TIDEWATER.rglob("*.json"))]
        self.manifest = _MANIFEST
        self.ledger = orjson.loads(ledger.PATH.read_bytes())

    def pick(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[int(self._random.random() * len(options))]

    def below(self, end: int) -> int:
        """A whole number from 0 to one less than `end`, or 0."""
        return int(self._random.random() * end)

    def small(self) -> int:
        """A small number, mostly a very small one."""
        return int(self._random.random() ** 3 * 12)

    def json_bytes(self) -> bytes:
        """JSON, nearly JSON, or a pile of its pieces."""
        kind = self._random.random()
        if kind < 0.4:
            self.last = b"".join(self.pick(PIECES) for _ in range(1 + int(self._random.random() * 12)))
        elif kind < 0.7:
            self.last = orjson.dumps(self._tree(0))
            if self._random.random() < 0.5:
                self.last = self.cut(self.last)
        elif kind < 0.85:
            value = copy.deepcopy(self.pick(self._values))
            self.spoil(value)
            self.last = orjson.dumps(value)
        else:
            self.last = self.cut(self.pick(self._files))
        return bytes(self.last)

    def _tree(self, depth: int) -> Any:
        kind = self._random.random()
        if depth > 4 or kind < 0.5:
            return self.pick(SCALARS)
        if kind < 0.75:
            return [self._tree(depth + 1) for _ in range(self.small())]
        return {self.pick(("a", "id", "records", "text", "é", "")): self._tree(depth + 1) for _ in range(self.small())}

    def cut(self, data: bytes) -> bytes:
        """Bytes after a few changes: something taken out, put in, or doubled."""
        for _ in range(1 + self.small()):
            at = int(self._random.random() * (len(data) + 1))
            to = at + self.small()
            middle = (b"", self.pick(PIECES), data[at:to] * 2)[int(self._random.random() * 3)]
            data = data[:at] + middle + data[to:]
        return data

    def spoil(self, value: Any, scalars: Sequence[Any] = SCALARS) -> None:
        """Change a value in one to three places: another value, another place's, deleted, doubled or renamed."""
        for _ in range(1 + self.small() % 3):
            holders = [holder for holder in _holders(value) if holder]
            if not holders:
                return
            holder = self.pick(holders)
            key = self.pick(list(holder)) if isinstance(holder, dict) else int(self._random.random() * len(holder))
            change = self._random.random()
            if change < 0.45:
                holder[key] = copy.deepcopy(self.pick(scalars))
            elif change < 0.6:
                del holder[key]
            elif change < 0.75:
                other = self.pick(holders)
                holder[key] = copy.deepcopy(other)
            elif change < 0.9 and isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            elif isinstance(holder, dict):
                holder[self.pick(("x", "span", "entity", "records", "id"))] = holder.pop(key)
            else:
                self._random.shuffle(holder)

    def date(self) -> str:
        """Pieces of dates."""
        self.last = "".join(self.pick(DATES) for _ in range(1 + int(self._random.random() * 6)))
        return str(self.last)

    def text(self, paragraphs: bool = False) -> str:
        """Characters of all kinds, with some words; in paragraphs on request."""
        parts = [self.pick(WORDS) if self._random.random() < 0.3 else self.pick(CHARS) for _ in range(self.small() * 5)]
        self.last = ("\n\n" if paragraphs and self._random.random() < 0.5 else " ").join(parts)
        return str(self.last)

    def markup(self, pieces: str) -> str:
        """Pieces of a markup language, given as characters or parted by bars, with text between."""
        marks = pieces.split("|") if "|" in pieces.strip("|") and "<p>" in pieces else list(pieces)
        parts = [self.pick(marks) if self._random.random() < 0.7 else self.pick(WORDS) for _ in range(self.small() * 6)]
        self.last = "".join(parts)
        return str(self.last)

    def raw(self) -> bytes:
        """Bytes that are mostly UTF-8."""
        self.last = self.cut(self.text().encode()) if self._random.random() < 0.5 else self.text().encode()
        return bytes(self.last)

    def spans(self, length: int) -> list[tuple[int, int]]:
        """Some stretches of a text."""
        starts = [int(self._random.random() * (length + 1)) for _ in range(self.small())]
        return [(start, min(length, start + self.small() * 4)) for start in starts]

    def changed(self, value: Any) -> bytes:
        """A value as JSON after changes, now and then of its bytes."""
        spoilt = copy.deepcopy(value)
        self.spoil(spoilt)
        self.last = orjson.dumps(spoilt)
        if self._random.random() < 0.1:
            self.last = self.cut(self.last)
        return bytes(self.last)

    def corpus(self) -> Path:
        """A packed corpus with a document, after changes in it or in the registry."""
        root = self.work / "corpus"
        if not root.is_dir():
            root.mkdir()
            for name in ("corpus.json", "retired.json"):
                shutil.copy(TIDEWATER / name, root)
        document, entities = orjson.loads(self._document), orjson.loads(self._entities)
        self.spoil(self.pick((document, document, document, entities)))
        self.last = (document, entities)
        (root / "documents.jsonl").write_bytes(orjson.dumps(document) + b"\n")
        (root / "entities.jsonl").write_bytes(b"".join(orjson.dumps(entity) + b"\n" for entity in entities))
        return root


def _holders(value: Any) -> Iterator[Any]:
    """Every object and list in a value, itself too."""
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)


def _document() -> dict[str, Any]:
    folder = TIDEWATER / "documents" / "harbour-talks"
    parts = {part: orjson.loads((folder / f"{part}.json").read_bytes()) for part in PARTS}
    parts["document"].pop("$schema")
    return {part: value if part == "document" else value["records"] for part, value in parts.items()}


def _entities() -> list[dict[str, Any]]:
    return [orjson.loads(path.read_bytes()) for path in sorted((TIDEWATER / "entities").glob("*/*.json"))]


_MANIFEST = {
    "name": "tidewater",
    "version": "0.2.0",
    "schema_version": "1.0",
    "date": "2026-01-31",
    "records": {"documents": 2, "events": 11},
    "root_digest": "0" * 64,
    "tools": {"orjson": "3.13.0"},
    "files": [
        {"path": "corpus.json", "size": 420, "sha256": "1" * 64},
        {"path": "data/events/train.parquet", "size": 9000, "sha256": "a" * 64},
    ],
}
