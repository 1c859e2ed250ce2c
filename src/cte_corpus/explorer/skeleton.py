"""What a document's page knows of the withheld text, for the reader's own copy: only what the records hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.attach import known
from cte_corpus.explorer.brief import standing
from cte_corpus.show.lookup import entity_name
from cte_corpus.text.terminal import isolate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cte_corpus.explorer.words import Words
    from cte_corpus.show.lookup import Lookup, Raw

FOLDING = ("points", "sorted", "fold-table", "fold")
"""The scripts that fold, in the order in which a page loads them, each `static/NAME.js`: search needs them too."""

ATTACHING = (
    "recipe", "elements", "html", "attach/sha256", "attach/known", "attach/verified", "attach/seeds", "attach/chain",
    "attach/within", "attach/forms", "attach/align", "attach/verdict", "attach/home", "attach/proof", "attach/snap",
    "attach/likeness", "attach/placed", "attach/sections", "attach", "copy-marks", "copy-words", "copy-reading", "copy",
)  # fmt: skip
"""Those that a document's page loads after them, and before its data."""

_ROLES = {
    "span": "mention",
    "head": "head",
    "trigger": "trigger",
    "heading": "heading",
    "listed": "listing",
    "attributions": "attribution",
    "arguments": "argument",
    "quantities": "figure",
    "times": "time",
    "conditions": "condition",
    "certainty": "certainty",
}
"""What a span is to its record, by the field under which it stands."""


def script(lookup: Lookup, raw: Raw, address: Callable[[str], str], arabic: Words) -> bytes:
    """The content of `data/documents/ID.js`: a call of `CTE.document` with what `skeleton` gives."""
    return b"CTE.document(" + orjson.dumps(skeleton(lookup, raw, address, arabic)) + b");\n"


def skeleton(lookup: Lookup, raw: Raw, address: Callable[[str], str], arabic: Words) -> Raw:
    """The offsets, quoted spans and digests of a document, and what each span supports.

    Args:
        lookup: The records of the corpus.
        raw: The decoded records of the document.
        address: Of the page of a record's or an entity's id, relative to the document's page.
        arabic: What records are called in Arabic.

    Returns:
        `spans`, `sentences` and `sections`, each a list of start, end (code points) and text or digest, in order;
        `records`, what spans support; `uses`, of each span a list of the record's index and what the span is to it.
    """
    text = known.read(raw)
    order = {key: index for index, key in enumerate(sorted(text.spans))}
    records: list[Raw] = []
    uses: list[list[tuple[int, str]]] = [[] for _ in order]
    for part in ("sections", "mentions", "events", "sanctions"):
        for record in raw[part]:
            found = list(_used(record))
            if found:
                for field, key in found:
                    uses[order[key]].append((len(records), _ROLES.get(field, field)))
                records.append(_record(lookup, part, record, address, arabic))
    return {
        "id": raw["document"]["id"],
        "lang": raw["document"]["lang"],
        "recipe": text.recipe,
        "sha256": text.sha256,
        "spans": [(*key, text.spans[key]) for key in order],
        "sentences": [(*key, value) for key, value in sorted(text.sentences.items())],
        "sections": [(*key, value) for key, value in sorted(text.sections.items())],
        "records": records,
        "uses": uses,
    }


def _used(record: Raw) -> Iterator[tuple[str, known.Extent]]:
    """The spans of a record, each with the field under which it stands."""
    for field, value in record.items():
        for span in known.spans_in(value):
            yield field, (span["start"], span["end"])


def _record(lookup: Lookup, part: str, record: Raw, address: Callable[[str], str], arabic: Words) -> dict[str, Any]:
    """What a span's window says of a record: what it is, what it is called, where its page is.

    A mention is called as its entity, and leads to it. An event that is alleged has its speakers in its name. The
    heading of a section stands as it is in both languages; all else has a name in Arabic, too.
    """
    kind, meant = part.removesuffix("s"), str(record["id"])
    found = {"id": record["id"], "kind": kind, "of": record.get("type", meant)}
    if kind == "mention":
        meant = str(record.get("entity", meant))
        entity = lookup.records.get(meant)
        found |= {"name": record["span"]["text"], "of": meant}
        if entity:
            found |= {"name": entity_name(entity[1]), "ar": _entity(arabic, meant)}
    elif kind == "sanction":
        target = record["target"]
        found |= {"name": lookup.call(target), "ar": f"{_entity(arabic, target)} ({target})"}
    elif kind == "event":
        found |= {"name": lookup.call(meant), "ar": _event(arabic, record)}
    else:
        found["name"] = record["heading"]["text"]
    return found | {"href": address(meant)}


def _entity(arabic: Words, key: str) -> str:
    return isolate(str(arabic.name(key)["text"]))


def _event(arabic: Words, event: Raw) -> str:
    """An event with its id, how it stands and who says it, as `Lookup.call` gives them in English."""
    comma, colon = arabic.say("comma"), arabic.say("colon")
    told = [event["id"], arabic.say(standing(event))]
    said = dict.fromkeys(item["by"] for item in event.get("attributions", ()))
    if said:
        told.append(arabic.say("said_by") + colon + comma.join(_entity(arabic, key) for key in said))
    return f"{isolate(str(arabic.pick(event['label'])['text']))} ({comma.join(told)})"
