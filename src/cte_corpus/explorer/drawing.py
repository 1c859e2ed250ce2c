"""The pages of a group of documents: each document, and its events and sanctions by their numbers."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cte_corpus.citing.citation import source_of
from cte_corpus.explorer import addresses, skeleton
from cte_corpus.explorer.gather import mentions_by_sentence
from cte_corpus.show.lookup import Lookup
from cte_corpus.store.digests import record_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.explorer.connections import Connections
    from cte_corpus.explorer.groups import Group
    from cte_corpus.explorer.pages import Pages

Raw = dict[str, Any]


def draw(pages: Pages, group: Group, known: Connections, texts: dict[str, str]) -> None:
    """Write the pages of each document of a group.

    Args:
        pages: Where they are written.
        group: The documents.
        known: What their records are connected with.
        texts: Reference texts that are shown, by document; most have none.
    """
    lookup = Lookup(group)
    for raw, stored in zip(group.raw_documents, group.stored.raw_documents, strict=True):
        key = raw["document"]["id"]
        source = source_of(group, key)
        digests = {record["id"]: record_digest(record) for part in ("events", "sanctions") for record in stored[part]}
        base = {
            "document": raw["document"], "known": known, "lang": raw["document"]["lang"],
            "cited": pages.shared.cite(raw["document"], record_digest(stored["document"]), source), "digests": digests,
        }  # fmt: skip
        _document(pages, raw, known, lookup, base, texts.get(key))
        for part, kind in (("events", "Event"), ("sanctions", "Sanction")):
            blocks = _blocks(raw[part])
            names = list(blocks)
            for place, (name, records) in enumerate(blocks.items()):
                twin = [pages.shared.twin(kind, record, isPartOf=pages.shared.urn(key)) for record in records]
                around = (names[place - 1] if place else "", names[place + 1] if place + 1 < len(names) else "")
                values = base | {"records": records, "around": around, "place": place + 1, "last": len(names)}
                pages.write(part, f"{part}/{name}.html", twin, values)


def _blocks(records: list[Raw]) -> dict[str, list[Raw]]:
    found: dict[str, list[Raw]] = defaultdict(list)
    for record in sorted(records, key=lambda record: addresses.number(record["id"])):
        found[addresses.block(record["document"], addresses.number(record["id"]))].append(record)
    return found


def _document(pages: Pages, raw: Raw, known: Connections, lookup: Lookup, base: Raw, text: str | None) -> None:
    """Write the page of a document, and what it knows for a reader's own copy of the text."""
    document = raw["document"]
    inside = mentions_by_sentence(raw)
    sections = list(_sections(raw, known, inside, text))
    twin = [
        pages.shared.twin("Document", document, name=document["title"]["text"], inLanguage=document["lang"]),
        *(
            pages.shared.twin("Section", section, isPartOf=pages.shared.urn(document["id"]))
            for section in raw["sections"]
        ),
        *(
            pages.shared.twin("Mention", mention, isPartOf=pages.shared.urn(document["id"]))
            for mention in raw["mentions"]
        ),
    ]
    script = skeleton.script(lookup, raw, lambda record: f"../{addresses.address(record)}", pages.words["ar"])
    pages.put(f"data/documents/{document['id']}.js", script)
    holds = {part: len(raw[part]) for part in ("sections", "mentions", "events", "sanctions")}
    holds["sentences"] = sum(len(section.get("sentences", ())) for section in raw["sections"])
    values = base | {
        "sections": sections,
        "holds": holds,
        "has_text": text is not None,
        "blocks": list(_blocks(raw["events"])),
        "sanctions": raw["sanctions"],
        "attaching": skeleton.ATTACHING,
    }
    pages.write("document", f"documents/{document['id']}.html", twin, values)


def _sections(raw: Raw, known: Connections, inside: dict[str, list[Raw]], text: str | None) -> Iterator[Raw]:
    """The sections in text order, each with its sentences, and what each of these tells and names."""
    triggers = sorted((event["trigger"]["start"], event["trigger"]["end"], event["id"]) for event in raw["events"])
    for section in raw["sections"]:
        sentences = []
        for sentence in section.get("sentences", ()):
            key = f"{section['id']}.{sentence['n']}"
            mentions = inside.get(key, [])
            marks = [(m["span"]["start"], m["span"]["end"], m["id"]) for m in mentions]
            marks += [mark for mark in triggers if sentence["start"] <= mark[0] < sentence["end"]]
            found: Raw = {
                "id": key,
                "told": known.told.get(key, []),
                "decreed": known.decreed.get(key, []),
                "mentions": mentions,
            }
            if text is not None:
                found["pieces"] = pieces(text, sentence["start"], sentence["end"], marks)
            sentences.append(sentence | found)
        yield {"raw": section, "sentences": sentences, "mentions": inside.get(section["id"], [])}


def pieces(text: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """A stretch of text cut where marks begin or end, each piece with the ids of the marks over it, widest first."""
    inner = [(max(first, start), min(last, end), key) for first, last, key in marks]
    edges = sorted({start, end, *(edge for first, last, _ in inner for edge in (first, last))})
    found = []
    for left, right in pairwise(edges):
        over = [(last - first, key) for first, last, key in inner if first <= left and right <= last]
        found.append((text[left:right], tuple(key for _, key in sorted(over, reverse=True))))
    return found
