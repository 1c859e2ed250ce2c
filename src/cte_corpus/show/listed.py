"""Many records in a list, and what a corpus holds."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from cte_corpus.show.lookup import Lookup, Raw, entity_name, label, quote, standing
from cte_corpus.show.phrase import count, days, holding
from cte_corpus.show.tree import Line, Tree
from cte_corpus.text.terminal import isolate

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 20
"""Records that a list shows; it says how many more there are."""


def records(lookup: Lookup, kind: str, keys: Iterable[str], number: int) -> Tree:
    """The first records of a kind with their ids, each with what tells it from others."""
    lines = [(key, brief(lookup, key)) for key in islice(keys, MOST)]
    if number > MOST:
        lines.append(("…", f"and {number - MOST:,} more"))
    return Tree(count(number, kind), tuple(lines))


def corpus(lookup: Lookup, title: str, lines: Iterable[Line]) -> Tree:
    """A corpus: what is said of it, and each of its documents with what it holds."""
    documents = [(record["id"], _document(lookup, record)) for record in lookup.of("document")]
    entities = count(sum(1 for _ in lookup.of("entity")), "entity")
    return Tree(title, (*lines, *documents, ("registry", entities)))


def brief(lookup: Lookup, key: str) -> str:
    """A record in a line, without its id. What somebody alleges is called so, with who alleges it."""
    kind, record = lookup.records[key]
    if kind == "event":
        day = ", ".join(days(record)) or "undated"
        return f"{standing(record)}{lookup.speakers(record)}, {record['type']}, {day}: {label(record)}"
    if kind == "entity":
        return f"{record['kind']}: {entity_name(record)}"
    if kind == "document":
        return _document(lookup, record)
    if kind == "mention":
        return f"{quote(record['span'])} {lookup.call(record['entity'])}"
    if kind == "sanction":
        return f"{lookup.call(record['target'])}, listed by {lookup.call(record['authority'])}"
    gist = f": {isolate(record['gist'][0]['text'])}" if kind == "section" else ""
    return f"{record.get('kind', '')} {record['start']} to {record['end']}{gist}".strip()


def _document(lookup: Lookup, record: Raw) -> str:
    published = f", published {record['published']['edtf']}" if "published" in record else ""
    source = f"{lookup.call(record['publisher'])}{published}"
    return f"{isolate(record['title']['text'])} ({source}): {holding(lookup, record['id'])}"
