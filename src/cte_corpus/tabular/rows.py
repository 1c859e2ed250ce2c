"""Records as rows of the record tables, with what is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.store import digests
from cte_corpus.tabular import crosswalk
from cte_corpus.tabular.arrow_schema import RECORDS
from cte_corpus.tabular.derive import Locator, days, when

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
        rows = collect(corpus)
        return {name: pa.Table.from_pylist(rows[name], schema) for name, schema in schemas.items()}
    except KeyError as error:
        raise CteError(f"a record lacks the field {error}", hint) from error
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise CteError(f"a record does not fit its table: {error}", hint) from error


def collect(corpus: Corpus) -> Rows:
    """The rows of the record tables.

    Digests are those of the records as they are stored, so that they stay whatever the schema that reads them.
    """
    rows: Rows = {name: [] for name in RECORDS}
    stored = {(table, record["id"]): record for table, record in digests.records(corpus.stored)}

    def row(table: str, record: Row, derived: Row) -> Row:
        digest = digests.record_digest(stored[table, record["id"]])[:16]
        return record | derived | {"derived_digest": digest}

    types = crosswalk.event_types()
    for raw in corpus.raw_documents:
        locator = Locator(raw["sections"])
        document = raw["document"]
        rows["documents"].append(row("documents", document, days(document, document.get("published"))))
        for section in raw["sections"]:
            rows["sections"].append(row("sections", section, days(section, section.get("vintage"))))
            rows["sentences"].extend(_sentences(section))
        for mention in raw["mentions"]:
            rows["mentions"].append(row("mentions", mention, locator.place(mention["span"])))
        for event in raw["events"]:
            codes = {f"derived_{scheme}": found for scheme, found in crosswalk.codes(event, types).items()}
            derived = locator.place(event["trigger"]) | when(event) | codes
            rows["events"].append(row("events", event, derived))
        for sanction in raw["sanctions"]:
            rows["sanctions"].append(row("sanctions", sanction, days(sanction, sanction.get("listed"))))
    rows["entities"] = [row("entities", entity, {}) for entity in corpus.raw_entities]
    return rows


def _sentences(section: Row) -> Iterator[Row]:
    for sentence in section.get("sentences", ()):
        head = {"id": f"{section['id']}.{sentence['n']}", "document": section["document"], "section": section["id"]}
        yield head | sentence
