"""What a document says of others, so that without reading them again it shows which must be held to each other."""

from collections.abc import Iterator
from typing import NamedTuple

from cte_corpus import edtf
from cte_corpus.checking.rules.corpus import SYMMETRIC
from cte_corpus.checking.rules.doc import NONE, Doc, Record
from cte_corpus.checking.rules.reference import others


class Pair(NamedTuple):
    """A relation to a record of another document, which must say it as well, and the same of it."""

    own: str
    other: str
    rel: str
    alike: str
    """What both have in common."""

    first: str
    last: str
    """The first and the last day, which must meet; where there are several, they are no days but must be equal."""


class Abroad(NamedTuple):
    """What a document has, and says of others."""

    has: list[str]
    """The ids of its events and sanctions, without its own."""

    refs: list[tuple[str, str]]
    """The events and sanctions of other documents that it names: the document, and the rest of the id."""

    pairs: list[Pair]


NOTHING = Abroad([], [], [])
"""Of a document that cannot be read so far."""


def abroad(doc: Doc) -> Abroad:
    """What a document has, and says of others; its lists follow the schema."""
    prefix = f"{doc.id}:"
    has = [record["id"].removeprefix(prefix) for record in (*doc.events, *doc.sanctions)]
    named = [holder[key] for holder, key in others(doc)]
    named += [item["sanction"] for sanction in doc.sanctions for item in sanction.get("relations", NONE)]
    refs = [ref.partition(":") for ref in sorted({*named}) if not ref.startswith(prefix)]
    return Abroad(has, [(document, key) for document, _, key in refs], list(_pairs(doc, prefix)))


def _pairs(doc: Doc, prefix: str) -> Iterator[Pair]:
    for event, item in doc.relations:
        if item["rel"] in SYMMETRIC and not item["event"].startswith(prefix):
            same = item["rel"] == "same-as"
            alike = f"{event['type']} {event['polarity']}" if same else ""
            yield Pair(event["id"], item["event"], item["rel"], alike, *(_days(event) if same else ("", "~")))
    for sanction in doc.sanctions:
        for item in sanction.get("relations", NONE):
            if not item["sanction"].startswith(prefix):
                yield Pair(sanction["id"], item["sanction"], item["rel"], sanction["target"], "", "~")


def _days(event: Record) -> tuple[str, str]:
    dates = [time["edtf"] for time in event.get("times", NONE) if time["role"] == "when"]
    try:
        spans = [edtf.bounds(date) for date in dates]
    except ValueError:
        return "?", ""
    if len(spans) > 1:
        return f"! {sorted(dates)}", ""
    return (spans[0][0] or "", spans[0][1] or "~") if spans else ("", "~")
