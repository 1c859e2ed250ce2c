"""What leads to what inside a group of documents: events to events, sentences to what they tell."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cte_corpus.explorer.brief import brief
from cte_corpus.tabular import together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.explorer.groups import Group

Raw = dict[str, Any]

SPANS = ("trigger", "span", "via_span", "head", "heading")
PARTS = ("arguments", "places", "attributions")


class Connections:
    """Looks up what the records of a group are connected with."""

    def __init__(self, group: Group, contested: list[Raw]) -> None:
        self.events = {event["id"]: event for raw in group.raw_documents for event in raw["events"]}
        self.briefs = {key: brief(event) for key, event in self.events.items()}
        self.sanctions = {item["id"]: item for raw in group.raw_documents for item in raw["sanctions"]}
        self.mentions = {item["id"]: item for raw in group.raw_documents for item in raw["mentions"]}
        self.languages = {raw["document"]["id"]: raw["document"]["lang"] for raw in group.raw_documents}
        self._contested: dict[str, list[Raw]] = defaultdict(list)
        for side in contested:
            self._contested[side["about"]].append(side)

    @cached_property
    def clusters(self) -> dict[str, list[Raw]]:
        """The events that tell the same, by the id of each; a cluster of one is left out."""
        found = together.clusters((key, together.related(event, "same-as")) for key, event in self.events.items())
        return {key: [self.events[member] for member in members] for key, members in found.items()}

    @cached_property
    def pointing(self) -> dict[str, list[Raw]]:
        """What points at an event: `{event, how}` by relation or role, `{sanction, how}`."""
        found: dict[str, list[Raw]] = defaultdict(list)
        for key, event in self.events.items():
            for item in event.get("relations", ()):
                if item["rel"] != "same-as":
                    found[item["event"]].append(
                        {"brief": self.briefs[key], "list": "event-relation", "how": item["rel"]}
                    )
            for item in event.get("arguments", ()):
                if "event" in item:
                    found[item["event"]].append({"brief": self.briefs[key], "list": "role", "how": item["role"]})
        for item in self.sanctions.values():
            found[item["event"]].append({"sanction": item, "how": "designation"})
            for key in item.get("conduct", ()):
                found[key].append({"sanction": item, "how": "conduct"})
        return found

    @cached_property
    def told(self) -> dict[str, list[Raw]]:
        """What each sentence tells, by its id: `{event}` or `{sanction}`, in text order."""
        found: dict[str, list[Raw]] = defaultdict(list)
        for key, event in self.events.items():
            for sentence in event["evidence"]:
                found[sentence].append(self.briefs[key])
        return found

    @cached_property
    def decreed(self) -> dict[str, list[Raw]]:
        """The sanctions that each sentence tells, by its id."""
        found: dict[str, list[Raw]] = defaultdict(list)
        for item in self.sanctions.values():
            for sentence in item["evidence"]:
                found[sentence].append(item)
        return found

    def contested(self, event: str) -> list[Raw]:
        """The sides of what is given differently about an event, or another that tells the same."""
        keys = [member["id"] for member in self.clusters.get(event, ())] or [event]
        return [side for key in keys for side in self._contested.get(key, ())]


def named(event: Raw) -> Iterator[tuple[str, str, str]]:
    """Who and what takes part in an event: the entity, the list of codes of its part, the code. No speakers."""
    for item in event.get("arguments", ()):
        if "entity" in item:
            yield item["entity"], "role", item["role"]
    for item in event.get("places", ()):
        yield item["entity"], "place-role", item["role"]
