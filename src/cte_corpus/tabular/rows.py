"""Records as rows of the record tables, with what is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.store import digests
from cte_corpus.store.collector import resting
from cte_corpus.tabular import crosswalk
from cte_corpus.tabular.arrow_schema import RECORDS
from cte_corpus.tabular.derive import Locator, days, names, when
from cte_corpus.tabular.reality import nature, realis
from cte_corpus.tabular.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from cte_corpus.corpus.corpus import Corpus

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of each table by its name."""


def build(collect: Callable[[Corpus], Rows], corpus: Corpus, schemas: dict[str, pa.Schema]) -> dict[str, pa.Table]:
    """The tables of the rows that `collect` finds in a corpus.

    Raises:
        CteError: a required field is missing, or a value does not fit its column.
    """
    import pyarrow as pa

    hint = "run `cte check` for all that is wrong"
    try:
        with resting():
            rows = collect(corpus)
            return {name: _table(rows[name], schema) for name, schema in schemas.items()}
    except KeyError as error:
        raise CteError(f"a record lacks the field {error}", hint) from error
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise CteError(f"a record does not fit its table: {error}", hint) from error


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    """A table in which a list that a record does not have is empty, and a mark that it does not have is false."""
    import pyarrow as pa

    columns = {field.name: _whole(field.type) for field in schema}
    return pa.Table.from_pylist([{name: make(row.get(name)) for name, make in columns.items()} for row in rows], schema)


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


def collect(corpus: Corpus) -> Rows:
    """The rows of the record tables.

    Digests are those of the records as they are stored, so that they stay whatever the schema that reads them.
    """
    rows: Rows = {name: [] for name in RECORDS}
    stored = {(table, record["id"]): record for table, record in digests.records(corpus.stored)}

    def row(table: str, record: Row, derived: Row) -> Row:
        digest = digests.record_digest(stored[table, record["id"]])[:16]
        return record | derived | {"derived_digest": digest}

    known, together = names(corpus.raw_entities), Together(corpus.raw_documents)
    types = crosswalk.event_types()
    for raw in corpus.raw_documents:
        locator = Locator(raw["sections"])
        document = raw["document"]
        rows["documents"].append(row("documents", document, days(document, document.get("published"))))
        for section in raw["sections"]:
            rows["sections"].append(row("sections", section, days(section, section.get("vintage"))))
            rows["sentences"].extend(_sentences(section))
        for mention in raw["mentions"]:
            named = {"derived_entity_name": known.get(mention["entity"])}
            rows["mentions"].append(row("mentions", mention, locator.place(mention["span"]) | named))
        for event in raw["events"]:
            place = locator.place(event["trigger"])
            codes = {f"derived_{scheme}": found for scheme, found in crosswalk.codes(event, types).items()}
            derived = place | when(event) | codes
            derived |= {"derived_realis": realis(event), "derived_nature": nature(event)}
            derived |= together.columns(event, place["derived_section"])
            rows["events"].append(row("events", event, derived))
        for sanction in raw["sanctions"]:
            named = {f"derived_{role}_name": known.get(sanction[role]) for role in ("target", "authority")}
            rows["sanctions"].append(row("sanctions", sanction, days(sanction, sanction.get("listed")) | named))
    rows["entities"] = [row("entities", entity, {}) for entity in corpus.raw_entities]
    return rows


def _sentences(section: Row) -> Iterator[Row]:
    for sentence in section.get("sentences", ()):
        head = {"id": f"{section['id']}.{sentence['n']}", "document": section["document"], "section": section["id"]}
        yield head | sentence
