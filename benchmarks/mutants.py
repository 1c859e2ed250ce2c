"""Wrong records by the thousand: each field of each model is made wrong in the ways that its form allows.

What a field is comes from the models' own schemas, so that a new field is mutated without a line here. A mutant is one
wrong thing as a careless hand or program would do it: where a span is moved, its words move too.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from cte_corpus.generate.schemas import LISTS, RECORDS, definitions
from cte_corpus.text.view import reference_text

Pointer = tuple[str | int, ...]
Edits = list[tuple[Pointer, Any]]
DROP = object()
"""Stands for a value that is taken away."""

_ID = re.compile(r"[a-z]+:[a-z0-9-]+|[a-z0-9-]+:[smex][0-9]{2,}(?:\.[0-9]+)?")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SIGNS = {
    "a blank at the end": "{} ",
    "a control character": "{}\x07",
    "a line end": "{}\n",
    "a character that is not seen": "\u200b{}",
    "a word left to do": "TODO {}",
    "the first half": "",
}


class Mutant(NamedTuple):
    """One wrong corpus: what is done to which field, and the values that then stand in its file."""

    path: Path
    field: str
    operator: str
    edits: Edits

    @property
    def kind(self) -> str:
        """What the table counts by."""
        return f"{self.field}: {self.operator}"


class _Node(NamedTuple):
    """A value, and what the models say of it."""

    path: Path
    pointer: Pointer
    field: str
    schema: dict[str, Any]
    value: Any
    holder: Any
    required: bool


Made = Callable[[], Edits]


class Mutator:
    """The mutants of a corpus."""

    def __init__(self, root: Path, texts: Path | None, seed: str) -> None:
        """Read the corpus.

        Args:
            root: A corpus tree.
            texts: The folder with its source texts; without it no span is moved.
            seed: The same seed gives the same mutants.
        """
        self._random = random.Random(seed)
        self.files = {path.relative_to(root): orjson.loads(path.read_bytes()) for path in sorted(root.rglob("*.json"))}
        self._texts = {} if texts is None else dict(self._read(texts))
        self._defs = {name: node for model in RECORDS.values() for name, node in definitions(model).items()}
        self._nodes = [node for path in self.files for node in self._of(path)]
        self._alike: dict[str, list[_Node]] = {}
        for node in self._nodes:
            self._alike.setdefault(node.field, []).append(node)
        self._ids: dict[str, list[str]] = {}
        for node in self._nodes:
            if isinstance(node.value, str) and _ID.fullmatch(node.value):
                known = self._ids.setdefault(_sort(node.value), [])
                if node.value not in known:
                    known.append(node.value)

    def mutants(self, most: int, sample: int | None = None) -> list[Mutant]:
        """At most so many mutants of each kind in each document and in the registry; of all of them a sample."""
        found: dict[tuple[str, str, str], list[tuple[_Node, Made]]] = {}
        for node in self._nodes:
            for operator, made in self._operators(node):
                place = node.path.parent.name if node.path.parts[0] == "documents" else node.path.parts[0]
                found.setdefault((place, node.field, operator), []).append((node, made))
        mutants = []
        chosen = [
            (field, operator, *choice)
            for (_, field, operator), choices in sorted(found.items(), key=lambda item: item[0])
            for choice in self._random.sample(choices, min(most, len(choices)))
        ]
        if sample is not None:
            chosen = self._random.sample(chosen, min(sample, len(chosen)))
        for field, operator, node, made in chosen:
            basis = node.holder.get("basis") if isinstance(node.holder, dict) else None
            name = f"{operator} ({basis})" if basis else operator
            edits = made()
            if edits:
                mutants.append(Mutant(node.path, field, name, edits))
        return mutants

    def _read(self, texts: Path) -> Iterator[tuple[str, str]]:
        for path, value in self.files.items():
            if path.name == "document.json":
                for text in texts.glob(f"{value['id']}.*"):
                    yield str(path.parent), reference_text(text.read_bytes(), value["text"]["recipe"])

    def _of(self, path: Path) -> Iterator[_Node]:
        kind = "entity" if path.parts[0] == "entities" else path.stem
        value, model = self.files[path], RECORDS[kind].__name__
        if kind in LISTS:
            for index, record in enumerate(value["records"]):
                yield from self._walk(path, ("records", index), model, record)
                yield _Node(path, ("records", index), model, {"type": "record"}, record, value["records"], True)
        else:
            yield from self._walk(path, (), model, value)

    def _walk(self, path: Path, pointer: Pointer, model: str, record: dict[str, Any]) -> Iterator[_Node]:
        node = self._defs[model]
        for name, schema in node["properties"].items():
            if name not in record:
                continue
            value, field, required = record[name], f"{model}.{name}", name in node["required"]
            yield _Node(path, (*pointer, name), field, schema, value, record, required)
            if "$ref" in schema:
                yield from self._walk(path, (*pointer, name), schema["$ref"].rpartition("/")[2], value)
            elif schema.get("type") == "array":
                for index, item in enumerate(value):
                    place, of = (*pointer, name, index), schema["items"]
                    if "$ref" in of:
                        yield from self._walk(path, place, of["$ref"].rpartition("/")[2], item)
                    else:
                        yield _Node(path, place, f"{field}[]", of, item, value, True)

    def _operators(self, node: _Node) -> Iterator[tuple[str, Made]]:
        if node.schema.get("type") == "record":
            yield "the record twice", lambda: self._twice(node)
            return
        yield "left out", lambda: [(node.pointer, DROP)]
        if "$ref" in node.schema or node.schema.get("type") in ("array", "string", "integer", "number"):
            yield "that of another", lambda: self._exchanged(node)
        if node.schema.get("$ref", "").endswith("/Span"):
            yield from self._span(node)
        elif node.schema.get("type") == "array":
            yield from self._list(node)
        elif node.schema.get("type") == "string":
            yield from self._string(node)
        elif node.schema.get("type") == "boolean":
            yield "turned round", lambda: [(node.pointer, not node.value)]
        elif isinstance(node.value, int | float) and not node.field.startswith("Span."):
            for name, value in (
                ("one more", node.value + 1),
                ("ten times", node.value * 10),
                ("below zero", -node.value - 1),
                ("a half more", node.value + 0.5),
            ):
                yield name, lambda value=value: [(node.pointer, value)]  # type: ignore[misc]

    def _twice(self, node: _Node) -> Edits:
        """The record again, under the next id."""
        last = node.holder[-1]["id"]
        head = last.rstrip("0123456789")
        if head == last:
            return [((*node.pointer[:-1], len(node.holder)), node.value)]
        number = f"{int(last[len(head) :]) + 1:0{len(last) - len(head)}}"
        return [((*node.pointer[:-1], len(node.holder)), node.value | {"id": head + number})]

    def _exchanged(self, node: _Node) -> Edits:
        others = [
            other.value
            for other in self._alike[node.field]
            if other.value != node.value and (len(node.path.parts) < 3 or other.path.parent == node.path.parent)
        ]
        return [(node.pointer, self._random.choice(others))] if others else []

    def _list(self, node: _Node) -> Iterator[tuple[str, Made]]:
        items = node.value
        yield "an item twice", lambda: [(node.pointer, [*items, self._random.choice(items)])]
        if len(items) > 1:
            yield "an item left out", lambda: [((*node.pointer, self._random.randrange(len(items))), DROP)]
            yield "in another order", lambda: [(node.pointer, [items[-1], *items[:-1]])]
        yield "an item of another", lambda: self._foreign(node)

    def _foreign(self, node: _Node) -> Edits:
        edits = self._exchanged(node)
        more = [item for _, value in edits for item in value if item not in node.value]
        return [(node.pointer, [*node.value, self._random.choice(more)])] if more else []

    def _span(self, node: _Node) -> Iterator[tuple[str, Made]]:
        text = self._texts.get(str(node.path.parent))
        start, end, words = (node.value[key] for key in ("start", "end", "text"))
        yield "another letter", lambda: [((*node.pointer, "text"), ("x" if words[0] != "x" else "y") + words[1:])]
        if text is None or text[start:end] != words:
            return
        places = [match.start() for match in re.finditer(re.escape(words), text) if match.start() != start]
        moved = [
            ("one character longer", start, end + 1),
            ("a blank before it", start - 1, end),
            ("one character shorter", start, end - 1),
            ("without its first character", start + 1, end),
            ("some words further", start + 40, end + 40),
        ]
        if places:
            moved.append(("the same words elsewhere", self._random.choice(places), 0))
        for name, first, last in moved:
            last = last or first + len(words)
            if 0 <= first < last <= len(text) and "\n" not in text[first:last]:
                span = {"start": first, "end": last, "text": text[first:last]}
                yield name, lambda span=span: [(node.pointer, span)]  # type: ignore[misc]

    def _string(self, node: _Node) -> Iterator[tuple[str, Made]]:
        value, schema = node.value, node.schema
        if node.field.startswith("Span."):
            return
        if "enum" in schema:
            codes = [code for code in schema["enum"] if code != value]
            yield "another code", lambda: [(node.pointer, self._random.choice(codes))]
        elif "pattern" in schema and _DATE.fullmatch(value):
            for name, day in (("no day", value[:5] + "02-30"), ("in the future", "2099" + value[4:])):
                yield name, lambda day=day: [(node.pointer, day)]  # type: ignore[misc]
        elif schema.get("minLength") == 4:
            for name, date in _dates(value):
                yield name, lambda date=date: [(node.pointer, date)]  # type: ignore[misc]
        elif _ID.fullmatch(value):
            others = [known for known in self._ids[_sort(value)] if known != value]
            yield "an id of nothing", lambda: [(node.pointer, value + "99")]
            if others:
                yield "another id of its sort", lambda: [(node.pointer, self._random.choice(others))]
        elif node.field.endswith((".lang", ".script")):
            other = {"en": "ar", "ar": "en", "Latn": "Arab", "Arab": "Latn"}.get(value, "en")
            yield "the other one", lambda: [(node.pointer, other)]
            yield "none that there is", lambda: [(node.pointer, "Zyxw" if value[0].isupper() else "zz")]
        elif "pattern" in schema:
            changed = value[:-1] + ("1" if value[-1:] != "1" else "2")
            yield "another character", lambda: [(node.pointer, changed)]
            if len(value) == 2:
                other = "FR" if value != "FR" else "AU"
                yield "another country", lambda: [(node.pointer, other)]
        else:
            yield from self._words(node)

    def _words(self, node: _Node) -> Iterator[tuple[str, Made]]:
        value = node.value
        for name, form in _SIGNS.items():
            words = form.format(value) if form else value[: len(value) // 2].rstrip()
            if words:
                yield name, lambda words=words: [(node.pointer, words)]  # type: ignore[misc]
        digits = [match.start() for match in re.finditer(r"[0-9]", value)]
        if digits:
            place = digits[-1]
            digit = str((int(value[place]) + 1) % 10)
            yield "another digit", lambda: [(node.pointer, value[:place] + digit + value[place + 1 :])]


def _dates(value: str) -> Iterator[tuple[str, str]]:
    """A date made another: by a year, a month, a day; coarser, finer; with an open end, about."""
    match = _DATE.search(value)
    if not match:
        return
    year, month, day = match.groups()

    def put(*parts: str | None) -> str:
        return value[: match.start()] + "-".join(part for part in parts if part) + value[match.end() :]

    yield "a year later", put(str(int(year) + 1), month, day)
    yield "a year earlier", put(str(int(year) - 1), month, day)
    if month and 1 <= int(month) <= 12:
        yield "another month", put(year, f"{int(month) % 12 + 1:02}", "28" if day and int(day) > 28 else day)
        yield "coarser", put(year, month if day else None)
        yield "no month", put(year, "13", day)
    if day:
        yield "another day", put(year, month, f"{int(day) % 28 + 1:02}")
    elif month:
        yield "finer", put(year, month, "11")
    else:
        yield "finer", put(year, "05")
    if not value.endswith("/.."):
        yield "about", value + "~"
    yield "the end open" if "/" not in value else "the end closed", f"{value}/.." if "/" not in value else match[0]


def _sort(name: str) -> str:
    """What an id is of: an entity of a class, or a record of a sort in a document."""
    head, _, tail = name.partition(":")
    return f"{head}:{tail[0]}{'.' in tail}" if re.fullmatch(r"[smex][0-9]{2,}(\.[0-9]+)?", tail) else head
