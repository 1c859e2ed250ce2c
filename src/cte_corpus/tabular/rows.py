"""Records as rows of the record tables, with what is derived from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.store import digests
from cte_corpus.store.collector import resting
from cte_corpus.tabular import crosswalk
from cte_corpus.tabular.derive import Locator, days, names, when
from cte_corpus.tabular.reality import nature, realis
from cte_corpus.tabular.together import Together

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.corpus.corpus import Corpus

Row = dict[str, Any]
Named = Iterator[tuple[str, Row]]
"""Rows, each with the name of its table."""

Collect = Callable[["Corpus", Collection[str]], Named]
"""The rows of the tables of some names."""

BATCH = 4_096
"""Rows that are decoded at a time."""

_HINT = "run `cte check` for all that is wrong"


def batches(
    collect: Collect, corpus: Corpus, schemas: Mapping[str, pa.Schema]
) -> Generator[tuple[str, pa.RecordBatch], None, None]:
    """The tables of the rows that `collect` finds in a corpus, piece by piece, as the documents are read.

    Raises:
        CteError: a required field is missing, or a value does not fit its column.
    """
    import pyarrow as pa

    rows: dict[str, list[Row]] = {name: [] for name in schemas}
    wholes = {name: {field.name: _whole(field.type) for field in schema} for name, schema in schemas.items()}
    try:
        for name, row in collect(corpus, schemas.keys()):
            rows[name].append({column: make(row.get(column)) for column, make in wholes[name].items()})
            if len(rows[name]) == BATCH:
                yield name, pa.RecordBatch.from_pylist(rows[name], schemas[name])
                rows[name] = []
        for name, left in rows.items():
            if left:
                yield name, pa.RecordBatch.from_pylist(left, schemas[name])
    except KeyError as error:
        raise CteError(f"a record lacks the field {error}", _HINT) from error
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise CteError(f"a record does not fit its table: {error}", _HINT) from error


def build(collect: Collect, corpus: Corpus, schemas: Mapping[str, pa.Schema]) -> dict[str, pa.Table]:
    """The tables of the rows that `collect` finds in a corpus.

    A list that a record does not have is empty, and a mark that it does not have is false.

    Raises:
        CteError: as `batches`.
    """
    import pyarrow as pa

    found: dict[str, list[pa.RecordBatch]] = {name: [] for name in schemas}
    with resting():
        for name, batch in batches(collect, corpus, schemas):
            found[name].append(batch)
    return {name: pa.Table.from_batches(found[name], schema) for name, schema in schemas.items()}


def _whole(kind: pa.DataType) -> Callable[[Any], Any]:
    """What makes a value of a column whole: lists and marks that are absent in it, at any depth."""
    import pyarrow as pa

    if pa.types.is_boolean(kind):
        return bool
    if pa.types.is_list(kind):
        item = _whole(kind.value_type)
        return lambda value: [item(one) for one in value or ()]
    if pa.types.is_struct(kind):
        fields = {field.name: _whole(field.type) for field in kind}
        return lambda value: value and {name: make(value.get(name)) for name, make in fields.items()}
    return lambda value: value


def collect(corpus: Corpus, wanted: Collection[str]) -> Named:
    """The rows of the record tables of these names.

    Digests are those of the records as they are stored, so that they stay whatever the schema that reads them.
    """
    known = names(corpus.raw_entities)
    if set(wanted) - {"entities"}:
        together = Together(corpus) if "events" in wanted else None
        for stored, raw in corpus.pairs():
            yield from _of_document(stored, raw, known, wanted, together)
    if "entities" in wanted:
        stored_ = {record["id"]: record for record in corpus.stored.raw_entities}
        for entity in corpus.raw_entities:
            yield "entities", entity | _digest(stored_[entity["id"]])


def _digest(stored: Row) -> Row:
    return {"derived_digest": digests.record_digest(stored)[:16]}


def _of_document(
    stored: Row, raw: Row, known: Mapping[str, str], wanted: Collection[str], together: Together | None
) -> Named:
    locator = Locator(raw["sections"])
    document = raw["document"]
    derive: dict[str, Callable[[Row], Row]] = {
        "sections": lambda section: days(section, section.get("vintage")),
        "mentions": lambda one: locator.place(one["span"]) | {"derived_entity_name": known.get(one["entity"])},
        "sanctions": lambda one: (
            days(one, one.get("listed"))
            | {f"derived_{role}_name": known.get(one[role]) for role in ("target", "authority")}
        ),
    }
    if together is not None:
        together.enter(raw)
        derive["events"] = partial(_event, locator, together)
    if "documents" in wanted:
        derived = days(document, document.get("published"))
        yield "documents", document | derived | _digest(stored["document"])
    if "sentences" in wanted:
        for section in raw["sections"]:
            yield from (("sentences", row) for row in _sentences(section))
    for name in [name for name in derive if name in wanted]:
        as_stored = {record["id"]: record for record in stored[name]}
        for record in raw[name]:
            yield name, record | derive[name](record) | _digest(as_stored[record["id"]])


def _event(locator: Locator, together: Together, event: Row) -> Row:
    place = locator.place(event["trigger"])
    codes = {f"derived_{scheme}": found for scheme, found in crosswalk.codes(event, crosswalk.event_types()).items()}
    derived = place | when(event) | codes
    derived |= {"derived_realis": realis(event), "derived_nature": nature(event)}
    return derived | together.columns(event, place["derived_section"])


def _sentences(section: Row) -> Iterator[Row]:
    for sentence in section.get("sentences", ()):
        head = {"id": f"{section['id']}.{sentence['n']}", "document": section["document"], "section": section["id"]}
        yield head | sentence
