"""What belongs together: the whole of which an event is a part, its cluster, and the days that follow from them."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from cte_corpus.tabular.derive import bounds, days, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cte_corpus.corpus.corpus import Corpus

Raw = dict[str, Any]

KEPT = 250
"""Documents that are kept because others refer to their events."""

OWN = (("when",), ("effective", "as-of", "announced"))
"""The roles of the times that are an event's own days; the second where it has none of the first."""


def related(event: Raw, rel: str) -> list[str]:
    """The ids of the events to which an event has a relation."""
    return [relation["event"] for relation in event.get("relations", ()) if relation["rel"] == rel]


def clusters(events: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """The events that `same-as` joins, directly or through others, by each of them; in the order in which they come.

    Args:
        events: All events by id, each with those of which it says that they are the same.
    """
    place: dict[str, int] = {}
    said: dict[str, list[str]] = {}
    for key, others in events:
        place[key] = len(place)
        if others:
            said[key] = others
    joined: dict[str, set[str]] = {}
    for key, others in said.items():
        for other in others:
            if other in place:
                joined.setdefault(key, set()).add(other)
                joined.setdefault(other, set()).add(key)
    found: dict[str, list[str]] = {}
    for first in joined:
        if first not in found:
            group, waiting = {first}, [first]
            while waiting:
                new = joined[waiting.pop()] - group
                group |= new
                waiting += new
            found |= dict.fromkeys(group, sorted(group, key=place.__getitem__))
    return found


class Together:
    """Looks up what an event belongs to; documents are entered one after the other, others are read when asked for."""

    def __init__(self, corpus: Corpus) -> None:
        pairs = ((one["id"], related(one, "same-as")) for _, raw in corpus.pairs() for one in raw["events"])
        self._clusters = clusters(pairs)
        self._own: dict[str, Raw] = {}
        self._sections: dict[str, Raw] = {}
        self._foreign = lru_cache(KEPT)(partial(_events_of, corpus))

    def enter(self, document: Raw) -> None:
        """What is asked from here on is asked of this document."""
        self._own = {event["id"]: event for event in document["events"]}
        self._sections = {section["id"]: section for section in document["sections"]}

    def event(self, key: str) -> Raw | None:
        """An event of this document or another."""
        return self._own.get(key) or self._foreign(key.partition(":")[0]).get(key)

    def cluster(self, key: str) -> list[str]:
        """The events that are the same, in the order of the corpus."""
        return self._clusters.get(key, [key])

    def columns(self, event: Raw, section: str | None) -> Raw:
        """The columns `derived_whole`, `derived_cluster`, `derived_vintage`, `derived_when` and its basis.

        `section` is the id of the section of the trigger.

        Raises:
            CteError: a date is not EDTF.
        """
        wholes = list(self._wholes(event))
        vintage = self._vintage(section)
        found: tuple[str | None, str | None] = (None, None)
        for basis, span in self._dated(event, wholes, vintage):
            if any(span.values()):
                earliest, latest = (span[key] or ".." for key in ("derived_earliest", "derived_latest"))
                found = (earliest if earliest == latest else f"{earliest}/{latest}", basis)
                break
        return {
            "derived_whole": wholes[-1]["id"] if wholes else None,
            "derived_cluster": self.cluster(event["id"])[0],
            "derived_vintage": vintage,
            "derived_when": found[0],
            "derived_when_basis": found[1],
        }

    def _dated(self, event: Raw, wholes: list[Raw], vintage: str | None) -> Iterator[tuple[str, Raw]]:
        """The days of an event from the surest to the least sure, each with its basis."""
        yield "own", _own(event)
        for whole in wholes:
            yield "whole", _own(whole)
        if vintage and event["status"] == "ongoing":
            yield "vintage", bounds(event["id"], vintage)
        if vintage and event["status"] == "occurred":  # some day up to when it was written
            yield "vintage", bounds(event["id"], vintage) | {"derived_earliest": None}

    def _wholes(self, event: Raw) -> Iterator[Raw]:
        """The event of which an event is a part, the one of which that is a part, and so on to the outermost."""
        seen = {event["id"]}
        while True:
            found = (self.event(key) for key in related(event, "part-of") if key not in seen)
            above = next(filter(None, found), None)
            if above is None:
                return
            event = above
            seen.add(event["id"])
            yield event

    def _vintage(self, section: str | None) -> str | None:
        """The vintage of a section, or of the nearest one to which it belongs."""
        seen: set[str | None] = set()
        while section in self._sections and section not in seen:
            seen.add(section)
            found = self._sections[section]
            if "vintage" in found:
                return str(found["vintage"]["edtf"])
            section = found.get("parent")
        return None


def _own(event: Raw) -> Raw:
    for roles in OWN:
        found = hull(days(event, time) for time in event.get("times", ()) if time["role"] in roles)
        if any(found.values()):
            return found
    return hull(())


def _events_of(corpus: Corpus, document: str) -> dict[str, Raw]:
    found = corpus.raw_document(document)
    return {event["id"]: event for event in found["events"]} if found else {}
