"""What belongs together: the whole of which an event is a part, its cluster, and the days that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.tabular.derive import bounds, days, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Raw = dict[str, Any]

OWN = (("when",), ("effective", "as-of", "announced"))
"""The roles of the times that are an event's own days; the second where it has none of the first."""


def related(event: Raw, rel: str) -> list[str]:
    """The ids of the events to which an event has a relation."""
    return [relation["event"] for relation in event.get("relations", ()) if relation["rel"] == rel]


def groups(events: Iterable[Raw]) -> Iterator[list[Raw]]:
    """Events that `same-as` joins, directly or through others, each group in the order of the corpus."""
    by_id = {event["id"]: event for event in events}
    joined: dict[str, set[str]] = {key: set() for key in by_id}
    for event in by_id.values():
        for other in related(event, "same-as"):
            if other in joined:
                joined[event["id"]].add(other)
                joined[other].add(event["id"])
    place = {key: number for number, key in enumerate(by_id)}
    seen: set[str] = set()
    for first in by_id:
        if first not in seen:
            found, waiting = {first}, [first]
            while waiting:
                new = joined[waiting.pop()] - found
                found |= new
                waiting += new
            seen |= found
            yield [by_id[key] for key in sorted(found, key=place.__getitem__)]


class Together:
    """Looks up what an event belongs to; made once for all events of a corpus."""

    def __init__(self, documents: Iterable[Raw]) -> None:
        documents = list(documents)
        self._events = {event["id"]: event for raw in documents for event in raw["events"]}
        self._cluster = {event["id"]: group[0]["id"] for group in groups(self._events.values()) for event in group}
        self._sections = {section["id"]: section for raw in documents for section in raw["sections"]}

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
            "derived_cluster": self._cluster[event["id"]],
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
            above = [self._events[key] for key in related(event, "part-of") if key in self._events and key not in seen]
            if not above:
                return
            event = above[0]
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
