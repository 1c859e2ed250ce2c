"""Many records in a list, and what a corpus holds."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING

from cte_corpus.show import tree
from cte_corpus.show.lookup import Lookup, Raw, entity_name, label, quote, standing
from cte_corpus.show.phrase import coded_days, days, holding, in_words, told
from cte_corpus.show.tree import Line, Tree
from cte_corpus.text.nouns import count
from cte_corpus.text.terminal import FSI, PDI, columns, isolate

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
        listed = f" on {in_words(record['listed'])}" if "listed" in record else ""
        return f"{lookup.call(record['target'])}, listed by {lookup.call(record['authority'])}{listed}"
    gist = f": {isolate(record['gist'][0]['text'])}" if kind == "section" else ""
    return f"{record.get('kind', '')} {record['start']} to {record['end']}{gist}".strip()


def printed(lookup: Lookup, found: Iterable[tuple[str, str]], output: str) -> str:
    """Records, given by kind and id, as `text` grouped by kind, as `json` or as `csv`; csv ends with a line end."""
    rows = [_row(lookup, kind, key) for kind, key in found]
    if output == "json":
        import orjson

        return orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode()
    if output == "csv":
        import csv

        target = io.StringIO()
        columns_used = [name for name in COLUMNS if any(name in row for row in rows) or not rows]
        writer = csv.DictWriter(target, columns_used, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: " | ".join(v) if isinstance(v, list) else v for name, v in row.items()} for row in rows)
        return target.getvalue()
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row["id"])
    return "\n\n".join(tree.text(_group(lookup, kind, keys), columns()) for kind, keys in kinds.items())


def _group(lookup: Lookup, kind: str, keys: list[str]) -> Tree:
    title = count(len(keys), kind)
    if kind != "event":
        return Tree(title, tuple((key, brief(lookup, key)) for key in keys))
    return Tree(title, tuple(told(lookup, [(lookup.records[key][1], "") for key in keys], by_day=True)))


COLUMNS = (
    "kind", "id", "told", "status", "days", "type", "label", "said_by", "said_by_ids", "target", "target_name",
    "authority", "authority_name", "publisher", "publisher_name",
)  # fmt: skip
"""What JSON and CSV say of records that are listed, each of what a record of its kind has."""


def _row(lookup: Lookup, kind: str, key: str) -> Raw:
    record = lookup.records[key][1]
    row: Raw = {"kind": kind, "id": key}
    if kind == "event":
        row |= _told(lookup, record) | {"days": coded_days(record), "type": record["type"]}
        return row | {"label": record["label"][0]["text"]}
    if kind == "sanction":
        designation = lookup.records.get(record["event"], ("", {}))[1]
        row |= _told(lookup, designation) if designation else {}
        return row | _dated(record, "listed") | _named(lookup, record, "target") | _named(lookup, record, "authority")
    if kind == "document":
        row |= _dated(record, "published") | {"type": record["genre"], "label": record["title"]["text"]}
        return row | _named(lookup, record, "publisher")
    type_ = {"type": record["kind"]} if "kind" in record else {}
    name = entity_name(record) if kind == "entity" else brief(lookup, key)
    return row | type_ | {"label": name.replace(FSI, "").replace(PDI, "")}


def _told(lookup: Lookup, event: Raw) -> Raw:
    """How an event stands, and who says it: names, and their ids."""
    ids = list(dict.fromkeys(item["by"] for item in event.get("attributions", ())))
    names = [_name(lookup, key) for key in ids]
    return {"told": standing(event), "status": event["status"], "said_by": names, "said_by_ids": ids}


def _named(lookup: Lookup, record: Raw, field: str) -> Raw:
    return {field: record[field], f"{field}_name": _name(lookup, record[field])}


def _name(lookup: Lookup, key: str) -> str:
    found = lookup.records.get(key)
    return entity_name(found[1]).replace(FSI, "").replace(PDI, "") if found else key


def _dated(record: Raw, field: str) -> Raw:
    return {"days": [record[field]["edtf"]] if field in record else []}


def _document(lookup: Lookup, record: Raw) -> str:
    published = f", published {in_words(record['published'])}" if "published" in record else ""
    source = f"{lookup.call(record['publisher'])}{published}"
    return f"{isolate(record['title']['text'])} ({source}): {holding(lookup, record['id'])}"
