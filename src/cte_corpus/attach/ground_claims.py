"""Claims about a text as people, models and pipelines write them, each brought to one form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cte_corpus.errors import CteError
from cte_corpus.store import strict
from cte_corpus.store.locate import position
from cte_corpus.text import limits

MOST = 100_000
"""Claims of one text that are read."""

FORMS = (
    "a claim is a string, or an object with `quote` or `value` (and `context`, `start` and `end`, `order`); or it is an"
    " AnnotatedDocument of langextract, spaCy's JSON, or a list of spans as GLiNER has it"
)

Number = int | float
Value = str | Number


class Claim(NamedTuple):
    """What is said to stand in a text. Offsets are code points of the text, 0-based and half-open."""

    quote: str
    """The words; empty where only a value is claimed."""
    value: Value | None = None
    """What the quote is said to say: a figure, a date, a word."""
    context: str | None = None
    """Words around the quote, or beside it in its paragraph."""
    start: int | None = None
    end: int | None = None
    order: Number | None = None
    """Claims with an order are said to stand in it."""
    label: str | None = None
    id: str | None = None
    where: str = ""
    """Where the claim was read: `claims.jsonl:3`, or `claim 3`."""

    @property
    def words(self) -> str:
        """What is looked for: the quote, or where there is none the value as it is written."""
        return self.quote or (self.value if isinstance(self.value, str) else f"{self.value}".removesuffix(".0"))


class _BadClaimError(ValueError):
    """What is wrong with a claim."""


def read(claims: Path | Iterable[str | Mapping[str, Any]], column: str | None = None) -> list[Claim]:
    """The claims of a file, or those given.

    Args:
        claims: The path of a file: CSV or TSV by its suffix, else JSON or JSON Lines. Or the claims: strings, or
            mappings in any of the shapes that a file may hold.
        column: The column of a table in which the quotes are; without it `quote`, or the only one.

    Raises:
        CteError: the file, or one of the claims, cannot be understood; it names the line.
    """
    if isinstance(claims, Path):
        found = _of_file(claims, column)
    elif isinstance(claims, str | bytes | Mapping):
        raise CteError("expected claims: a list of them, or the Path of a file", FORMS)
    else:
        found = _numbered((f"claim {number}", item) for number, item in enumerate(claims, 1))
    listed = []
    for claim in found:
        listed.append(claim)
        if len(listed) > MOST:
            raise CteError(f"there are more than {MOST:,} claims", "give fewer at a time")
    if not listed:
        raise CteError("there is no claim", FORMS)
    return listed


def _of_file(path: Path, column: str | None) -> Iterator[Claim]:
    data = limits.bounded(path, limits.MAX_PAGE).removeprefix(b"\xef\xbb\xbf")
    if path.suffix.lower() in (".csv", ".tsv"):
        return _numbered(_rows(path, data, column))
    if column is not None:
        raise CteError(f"{path}: only a table has columns", "give a .csv or .tsv file with --column")
    return _numbered(_values(path, data))


def _values(path: Path, data: bytes) -> Iterator[tuple[str, Any]]:
    """The JSON values of a file with where they stand: of one value that is a list its items, else of each line."""
    try:
        whole = strict.loads(data)
    except strict.JsonError as error:
        lines = data.split(b"\n")
        if path.suffix.lower() == ".json" or sum(1 for line in lines if line.strip()) < 2:
            raise _at(path, 0, data, error) from None
    else:
        items = whole if isinstance(whole, list) else [whole]
        yield from (
            (f"{path}: item {number}" if len(items) > 1 else f"{path}", item) for number, item in enumerate(items, 1)
        )
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield f"{path}:{number}", strict.loads(line)
            except strict.JsonError as error:
                raise _at(path, number - 1, line, error) from None


def _at(path: Path, before: int, data: bytes, error: strict.JsonError) -> CteError:
    line, column = position(data, error.offset)
    return CteError(f"{path}:{before + line}:{column}: {error.message}", "expected JSON Lines: one claim in each line")


READ = ("value", "context", "start", "end", "order", "id", "label")
"""The columns that are read beside that of the quotes."""


def _rows(path: Path, data: bytes, column: str | None) -> Iterator[tuple[str, Any]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CteError(
            f"{path}:{line}: expected UTF-8, got byte 0x{data[error.start]:02x}", "save it as UTF-8"
        ) from None
    reader = csv.reader(
        io.StringIO(text, newline=""), "excel-tab" if path.suffix.lower() == ".tsv" else "excel", strict=True
    )
    try:
        heads = next(reader, [])
        chosen = column or ("quote" if "quote" in heads or len(heads) != 1 else heads[0])
        if chosen not in heads and (column or "value" not in heads):
            listed = ", ".join(map(repr, heads)) or "none"
            raise CteError(
                f"{path}:1: there is no column {chosen!r}", f"name the one with the quotes by --column: {listed}"
            )
        if twice := next((head for head in (chosen, *READ) if heads.count(head) > 1), None):
            raise CteError(f"{path}:1: there are several columns {twice!r}", "name each column once")
        for row in reader:
            if row:
                where = f"{path}:{reader.line_num}"
                if len(row) != len(heads):
                    raise CteError(f"{where}: expected {len(heads)} cells, got {len(row)}", "mend the row")
                yield where, _of_row(dict(zip(heads, row, strict=True)), chosen)
    except csv.Error as error:
        raise CteError(f"{path}:{reader.line_num}: {error}", "expected CSV") from None


def _of_row(row: dict[str, str], column: str) -> dict[str, Any]:
    """The claim of a row: its quote, and the other columns that a claim has, where they hold anything."""
    kept: dict[str, Any] = {key: row[key] for key in ("value", "context", "label", "id") if row.get(key, "").strip()}
    if row.get(column, "").strip():
        kept["quote"] = row[column]
    for key in ("start", "end", "order"):
        if cell := row.get(key, "").strip():
            kept[key] = int(cell) if cell.isascii() and cell.isdigit() else cell
    return kept


def _numbered(values: Iterable[tuple[str, Any]]) -> Iterator[Claim]:
    for where, value in values:
        try:
            for claim in _claims(value):
                yield claim._replace(where=where)
        except _BadClaimError as error:
            raise CteError(f"{where}: {error}", FORMS) from None


def _claims(value: Any) -> Iterator[Claim]:
    """The claims of one value: one, or all of a document or a list."""
    if isinstance(value, list):
        for item in value:
            yield from _claims(item)
    elif isinstance(value, str):
        yield _claim({"quote": value})
    elif not isinstance(value, Mapping):
        raise _BadClaimError(f"expected a claim, got {type(value).__name__}")
    elif "quote" in value or "value" in value:
        yield _claim(value)
    elif "extractions" in value:
        yield from map(_extraction, _listed(value, "extractions"))
    elif "entities" in value:
        yield from _by_label(value["entities"], value.get("text"))
    elif "ents" in value or "spans" in value:
        yield from _of_text(value)
    elif "text" in value and "start" in value:
        yield _span(value, None)
    else:
        raise _BadClaimError("it has no `quote` and no `value`")


def _listed(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    if found is not None and not isinstance(found, list):
        raise _BadClaimError(f"expected `{key}` to be a list")
    return found or []


def _extraction(item: Any) -> Claim:
    """An Extraction of langextract, as its `data_lib` writes it."""
    if not isinstance(item, Mapping) or "extraction_text" not in item:
        raise _BadClaimError("expected an extraction with `extraction_text`")
    place = item.get("char_interval") or {}
    if not isinstance(place, Mapping):
        raise _BadClaimError("expected `char_interval` to be an object")
    text = item["extraction_text"]
    quote = str(text) if isinstance(text, int | float) else text
    return _claim(
        {
            "quote": quote,
            "start": place.get("start_pos"),
            "end": place.get("end_pos"),
            "label": item.get("extraction_class"),
        }
    )


def _of_text(value: Mapping[str, Any]) -> Iterator[Claim]:
    """spaCy's `Doc.to_json`, displaCy, and what is shaped like them: spans by offsets in their own `text`."""
    text = value.get("text")
    if not isinstance(text, str):
        raise _BadClaimError("spans by offsets need their `text`")
    groups = value.get("spans") or []
    spans = [*_listed(value, "ents")]
    for group in groups.values() if isinstance(groups, Mapping) else [groups]:
        if not isinstance(group, list):
            raise _BadClaimError("expected `spans` to hold lists")
        spans += group
    yield from (_span(item, text) for item in spans)


def _by_label(entities: Any, text: Any) -> Iterator[Claim]:
    """GLiNER2's entities: lists of words or spans by label, or one list."""
    groups = entities.items() if isinstance(entities, Mapping) else [(None, entities)]
    for label, group in groups:
        if not isinstance(group, list):
            raise _BadClaimError("expected `entities` to hold lists")
        for item in group:
            yield _claim({"quote": item, "label": label}) if isinstance(item, str) else _span(item, text, label)


def _span(item: Any, text: Any, label: str | None = None) -> Claim:
    """A span with its words, or with offsets in a text that has them."""
    if not isinstance(item, Mapping):
        raise _BadClaimError("expected a span with `start`, `end` and `text`")
    start, end, words = item.get("start"), item.get("end"), item.get("text")
    if words is None and isinstance(text, str) and isinstance(start, int) and isinstance(end, int):
        if not 0 <= start < end <= len(text):
            raise _BadClaimError(f"{start} to {end} is no place in its text of {len(text):,} characters")
        words = text[start:end]
    return _claim({"quote": words, "start": start, "end": end, "label": item.get("label", label)})


def _claim(value: Mapping[str, Any]) -> Claim:
    quote, said, context = (value.get(key) for key in ("quote", "value", "context"))
    for key, words in (("quote", quote), ("context", context)):
        if words is not None and not (isinstance(words, str) and any(map(str.isalnum, words))):
            raise _BadClaimError(f"expected `{key}` to be words, with a letter or a digit")
    if said is not None and (isinstance(said, bool) or not isinstance(said, str | int | float)):
        raise _BadClaimError("expected `value` to be a string or a number")
    if isinstance(said, str) and not any(map(str.isalnum, said)):
        raise _BadClaimError("expected `value` to have a letter or a digit")
    if quote is None and said is None:
        raise _BadClaimError("it has no `quote` and no `value`")
    start, end, order = (value.get(key) for key in ("start", "end", "order"))
    if (start is not None or end is not None) and not (type(start) is type(end) is int and 0 <= start < end):
        raise _BadClaimError("expected `start` and `end` to be code points, the first below the second")
    if order is not None and (isinstance(order, bool) or not isinstance(order, int | float)):
        raise _BadClaimError("expected `order` to be a number")
    label, name = (None if value.get(key) is None else str(value[key]) for key in ("label", "id"))
    try:
        "".join(filter(None, (quote, context, label, name, said if isinstance(said, str) else ""))).encode()
    except UnicodeEncodeError:
        raise _BadClaimError("it holds half of a surrogate pair") from None
    return Claim(quote or "", said, context, start, end, order, label, name)
