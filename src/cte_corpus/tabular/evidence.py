"""From the rows of a result back to the text: the sentences and spans behind every record that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.tabular.derive import Locator, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from cte_corpus.attach.attached import AttachedCorpus

Raw = dict[str, Any]
Row = dict[str, Any]


def evidence(
    rows: Any,
    corpus: Corpus | str | Path | None = None,
    *,
    version: str | None = None,
    text: str | Path | None = None,
) -> pa.Table:
    """The sentences and spans behind the records that a result names: one row per row, record and sentence.

    A record is named where a value is the id of an event, a sanction, a mention or a sentence, alone, in a list, or
    within a nested value. Of an event it is the sentences that tell it, with its trigger and the spans of its parts; of
    a sanction those that tell it, with the mentions of its target; of a mention the sentence in which it stands.

    Columns: `row`, the number of the row of the result, from 0; `column`, in which the id stands; `id`, `kind`, and of
    events `status` and `said_by`; `document`, `section`, `sentence`, the last null for what stands in a heading;
    `start` and `end` of the sentence, code points in the reference text; `spans`, the quoted words with their
    `pointer` in the record and their offsets; `text`, the words of the sentence in a copy, and `text_status`, how sure
    their place is: null without `text`.

    Args:
        rows: An Arrow table, a data frame of pandas or Polars, a result of DuckDB, a `Dataset`, or mappings.
        corpus: The corpus from which the result was made, or its path; None is the bundled one.
        version: The release from which it was made, instead.
        text: A folder with copies of the texts, as `Corpus.attach` takes it.

    Raises:
        CteError: the rows are none that can be read, or no value in them is such an id.
    """
    import pyarrow as pa

    source = Corpus.of(corpus, version)
    found = list(_Behind(source, None if text is None else source.attach(text)).rows(_mappings(rows)))
    if not found:
        hint = "select an id as well, as in `select id from events`"
        raise CteError("no row names an event, a sanction, a mention or a sentence of this corpus", hint)
    return pa.Table.from_pylist(found, _schema())


def _schema() -> pa.Schema:
    import pyarrow as pa

    span = [("pointer", pa.string()), ("text", pa.string()), ("start", pa.int64()), ("end", pa.int64())]
    kinds = {"row": pa.int64(), "start": pa.int64(), "end": pa.int64(), "said_by": pa.list_(pa.string())}
    kinds["spans"] = pa.list_(pa.struct(span))
    columns = ("row", "column", "id", "kind", "status", "said_by", "document", "section", "sentence", "start", "end",
               "spans", "text", "text_status")  # fmt: skip
    return pa.schema([(name, kinds.get(name, pa.string())) for name in columns])


def _mappings(rows: Any) -> Iterable[Mapping[str, Any]]:
    """The rows as mappings from column to value."""
    if hasattr(rows, "fetchall"):  # a result of DuckDB, or of another database
        columns = [column[0] for column in rows.description]
        return [dict(zip(columns, row, strict=True)) for row in rows.fetchall()]
    for name, arguments in _READERS:
        if hasattr(rows, name):
            rows = getattr(rows, name)(*arguments)
            break
    try:
        found = [*rows]
    except TypeError:
        found = [rows]
    if not all(hasattr(row, "items") for row in found):
        hint = "give an Arrow table, a data frame, a result of DuckDB, a Dataset, or a list of dictionaries"
        raise CteError("the rows have no columns", hint)
    return found


_READERS = (
    ("to_pylist", ()),  # Arrow
    ("to_dicts", ()),  # Polars
    ("to_list", ()),  # datasets
    ("to_dict", ("records",)),  # pandas
)


class _Behind:
    """What stands behind each record of a corpus."""

    def __init__(self, corpus: Corpus, attached: AttachedCorpus | None) -> None:
        self._attached = attached
        self._names = names(corpus.raw_entities)
        self._locators: dict[str, Locator] = {}
        self._records: dict[str, tuple[str, Raw]] = {}
        self._sentences: dict[str, Raw] = {}
        for raw in corpus.raw_documents:
            self._locators[raw["document"]["id"]] = Locator(raw["sections"])
            for kind in ("mention", "event", "sanction"):
                self._records |= {record["id"]: (kind, record) for record in raw[f"{kind}s"]}
            for section in raw["sections"]:
                for sentence in section.get("sentences", ()):
                    key = f"{section['id']}.{sentence['n']}"
                    self._sentences[key] = sentence
                    self._records[key] = ("sentence", {"id": key, "document": section["document"]})

    def rows(self, result: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
        """The rows of evidence of all rows of a result."""
        for number, row in enumerate(result):
            seen = set()
            for column, value in row.items():
                for key in _texts(value):
                    if key in self._records and key not in seen:
                        seen.add(key)
                        for found in self._of(key):
                            yield {"row": number, "column": column} | found

    def _of(self, key: str) -> Iterator[Row]:
        kind, record = self._records[key]
        places: dict[tuple[str | None, str | None], list[Row]] = {}
        for sentence in [key] if kind == "sentence" else record.get("evidence", ()):
            places[sentence.rpartition(".")[0], sentence] = []
        for pointer, span in sorted(self._spans(kind, record), key=lambda found: int(found[1]["start"])):
            found = self._locators[record["document"]].place(span)
            place = (found["derived_section"], found["derived_sentence"])
            places.setdefault(place, []).append({"pointer": pointer} | span)
        said = [self._names.get(item["by"], item["by"]) for item in record.get("attributions", ())]
        about = {"id": key, "kind": kind, "status": record.get("status"), "said_by": list(dict.fromkeys(said))}
        for (section, sentence), spans in places.items():
            extent = self._sentences.get(sentence or "", {})
            where = {"document": record["document"], "section": section, "sentence": sentence}
            where |= {name: extent.get(name) for name in ("start", "end")}
            yield about | where | {"spans": spans} | self._words(record["document"], extent)

    def _spans(self, kind: str, record: Raw) -> Iterator[tuple[str, Raw]]:
        """The quoted spans of a record, with those of the mentions that it names."""
        yield from _quoted(record, "")
        for pointer, key in _named(record, ""):
            found, mention = self._records.get(key, ("", {}))
            if found == "mention" and kind != "mention":
                yield pointer, mention["span"]

    def _words(self, document: str, extent: Raw) -> Row:
        if self._attached is None or not extent or document not in self._attached:
            return {}
        copy = self._attached[document]
        place = copy.attachment.sentences[extent["start"], extent["end"]]
        return {
            "text": None if place.start is None else copy.text[place.start : place.end],
            "text_status": place.status,
        }


def _quoted(value: Any, pointer: str) -> Iterator[tuple[str, Raw]]:
    if isinstance(value, dict) and {"text", "start", "end"} <= value.keys():
        yield pointer, value
    else:
        for name, item in _items(value):
            yield from _quoted(item, f"{pointer}/{name}")


def _named(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    for name, item in _items(value):
        yield from _named(item, f"{pointer}/{name}")


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, (list, tuple)) else ()


def _texts(value: Any) -> Iterator[str]:
    """Every string in a value of a result, at any depth."""
    if hasattr(value, "tolist"):  # an array of NumPy, as pandas has lists
        value = value.tolist()
    if isinstance(value, str):
        yield value
    for _, item in _items(value):
        yield from _texts(item)
