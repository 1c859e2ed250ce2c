"""The records as Arrow tables.

`tables` gives one table per record type: the fields of the record under their own names, nested as in the record, and
columns derived from them, whose names start with `derived_`. `flat_tables` gives the lists inside events, one row per
item, and `merged_events` one row per event, however many documents tell it. With `version`, they are those of that
release, as `Corpus(version=…)` finds it.

Dates stay the EDTF strings that were coded. Derived days are ISO strings as well: they sort and compare as text, and no
reader turns them into a timestamp with a time and a zone that nobody coded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import UnknownIdError
from cte_corpus.tabular import arrow_schema, clusters, flat, in_parquet, rows
from cte_corpus.tabular.arrow_schema import record_schemas
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator
    from pathlib import Path

    import pyarrow as pa

RECORD_TYPES = tuple(arrow_schema.RECORDS)
"""The names of the record tables."""

FLAT = flat.LISTS
"""The names of the flat tables: the lists inside events."""

MERGED = clusters.NAME
"""The name of the table of merged events."""


def tables(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, names: Collection[str] = RECORD_TYPES
) -> dict[str, pa.Table]:
    """One Arrow table a record type, in the order of documents and then of the text; with `names` these alone.

    Of a release pack they are its Parquet files, as long as the columns are those of this package.

    An optional field that a record does not have is null; a list is empty, and a mark such as `implicit` false. Derived
    columns:

    * `derived_earliest`, `derived_latest`: first and last day (ISO) that the EDTF may mean: `published` of documents,
      `vintage` of sections, the `when` times of events together, `listed` of sanctions; null where open or not given.
    * `derived_section`, `derived_sentence`: where the span of a mention or the trigger of an event lies; the sentence
      is null in headings, bylines and captions.
    * `derived_realis` of events: `actual`, `generic` or `other` (Rich ERE), null where genericity is not coded;
      `derived_nature`: `happening`, `state`, `statement`, `aim` or `duty`.
    * `derived_whole`: the id of the outermost event of which an event is a part; `derived_cluster`: that of the first
      event of its cluster, as in `merged_events`; `derived_vintage`: the EDTF of when its passage was first written.
    * `derived_when`: the days of an event as `earliest/latest`, `..` where open, one day where both are equal; its own
      (`when`, else `effective`, `as-of`, `announced`), else those of its whole, else what follows from its vintage
      (what occurred did so by then); `derived_when_basis` says which: `own`, `whole`, `vintage`.
    * `derived_entity_name`, `derived_target_name`, `derived_authority_name`: preferred English names.
    * `derived_plover`, `derived_cameo`, `derived_acled`, `derived_gtd`: codes of the event in other schemes, each with
      its SKOS match grade, nearest first; empty where the scheme has none for its type, mode and status, and where it
      has codes for incidents alone and the event is none: see `cte_corpus.tabular.crosswalk`.
    * `derived_digest`: first 16 hex digits of the SHA-256 of the record as compact JSON with sorted keys.

    Raises:
        UnknownIdError: there is no release of that version, or no record type of a name.
        CteError: there is no corpus, or a record in it is invalid; `cte check` says what.
    """
    source = Corpus.of(corpus, version)
    for name in names:
        if name not in RECORD_TYPES:
            raise UnknownIdError(f"no record type {name!r}", hint(name, RECORD_TYPES) or ", ".join(RECORD_TYPES))
    found = in_parquet.tables(source, names)
    wanted = {name: schema for name, schema in record_schemas().items() if name in names and name not in found}
    found |= rows.build(rows.collect, source, wanted) if wanted else {}
    return {name: found[name] for name in names}


def from_records(
    corpus: Corpus, names: Collection[str] = RECORD_TYPES
) -> Generator[tuple[str, pa.RecordBatch], None, None]:
    """The record tables of these names as the records say them, whatever else lies in a pack, piece by piece.

    Raises:
        CteError: a record is invalid.
    """
    wanted = {name: schema for name, schema in record_schemas().items() if name in names}
    return rows.batches(rows.collect, corpus, wanted)


def pieces(corpus: Corpus, names: Collection[str]) -> Generator[tuple[str, pa.RecordBatch], None, None]:
    """The tables of these names, of all kinds, piece by piece.

    Raises:
        CteError: a record is invalid.
    """
    done = set()
    for name, batch in in_parquet.pieces(corpus, names):
        done.add(name)
        yield name, batch
    for collect, schemas in KINDS:
        wanted = {name: schema for name, schema in schemas().items() if name in names and name not in done}
        if wanted:
            yield from rows.batches(collect, corpus, wanted)


KINDS: tuple[tuple[rows.Collect, Callable[[], dict[str, pa.Schema]]], ...] = (
    (rows.collect, record_schemas),
    (flat.collect, arrow_schema.flat_schemas),
    (clusters.collect, clusters.schemas),
)
"""How the rows of each kind of table are collected, and the schemas of these tables."""


def flat_tables(corpus: Corpus | str | Path | None = None, *, version: str | None = None) -> dict[str, pa.Table]:
    """The lists inside events, one row per item: arguments, times, places, quantities, attributions, relations.

    Every row starts with `event_id`, `document_id` and `position` (in the list, from 1); then come the fields of the
    item. Where it has an EDTF, `derived_earliest` and `derived_latest` follow (`as_of` of quantities); where it has a
    span, `derived_section` and `derived_sentence`; where it names an entity or event, its name or English label.
    `derived_macro_role` of arguments is that of the role in the frame; `derived_label`,
    `derived_status` and `derived_said_by` say what the event is, how it stands, and who says it; nobody, where the
    document says it in its own voice.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: there is no corpus, or a record in it is invalid; `cte check` says what.
    """
    return rows.build(flat.collect, Corpus.of(corpus, version), arrow_schema.flat_schemas())


def merged_events(corpus: Corpus | str | Path | None = None, *, version: str | None = None) -> pa.Table:
    """One row a cluster: the events that `same-as` joins, directly or through others; an event of its own is one too.

    `id` and `label` are those of its first event; `documents`, `events`, `types` and `statuses` are listed once each,
    and `members` says which event has which. `derived_earliest` and `derived_latest` are the days that all members
    allow, or, where their dates exclude each other, the first and the last of them, null where one is open. `arguments`
    holds each entity in a role with the events that say so, `quantities` each figure with its event: nothing is
    averaged. `conflicts` are the `conflicts-with` between members.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: there is no corpus, or a record in it is invalid; `cte check` says what.
    """
    return rows.build(clusters.collect, Corpus.of(corpus, version), clusters.schemas())[MERGED]
