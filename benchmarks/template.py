"""Cut a document down to some of its sections, so that what is left is a valid, smaller document of the same shape."""

import random
from typing import Any

import orjson

Record = dict[str, Any]

TARGET = 70_000
"""Bytes of a document in canonical form; the 1.31 is its ratio to compact JSON in the bundled corpus."""


def cut(source: dict[str, Any], random_: random.Random, slug: str) -> dict[str, Any]:
    """Some sections of a document with their records, renumbered under a new id."""
    data = orjson.dumps(source)
    sections = [section["id"] for section in source["sections"]]
    random_.shuffle(sections)
    best: dict[str, Any] = {}
    distance = float("inf")
    for count in range(1, len(sections) + 1):
        parts = _Cut(orjson.loads(data), set(sections[:count]), slug).parts
        size = 1.31 * len(orjson.dumps(parts))
        if size > 2 * TARGET:
            break
        if parts["events"] and abs(size - TARGET) < distance:
            best, distance = parts, abs(size - TARGET)
    return best


class _Cut:
    """What is left of a document when sections fall away; `ids` leads from old ids to new ones."""

    def __init__(self, source: dict[str, Any], kept: set[str], slug: str) -> None:
        self.old = source["document"]["id"]
        self.ids: dict[str, str] = {self.old: slug}
        self.slug = slug
        self.moves: list[tuple[int, int, int]] = []
        sections = self._sections([section for section in source["sections"] if section["id"] in kept])
        mentions = self._numbered(source["mentions"], "m", 3, self._placed)
        events = self._numbered(source["events"], "e", 2, self._evident)
        sanctions = self._numbered(source["sanctions"], "x", 2, self._sanctioned)
        self.mentioned = {mention["entity"] for mention in mentions}
        self.publisher = source["document"]["publisher"]
        for event in events:
            self._event(event)
        parts = {
            "document": self._document(source["document"]),
            "sections": sections,
            "mentions": mentions,
            "events": events,
            "sanctions": sanctions,
        }
        self.parts: dict[str, Any] = self._own(parts)

    def _sections(self, sections: list[Record]) -> list[Record]:
        position = 0
        for order, section in enumerate(sections, 1):
            new = f"{self.slug}:s{order:02}"
            self.ids[section["id"]] = new
            shift = position - section["start"]
            end = section["end"]
            last = order == len(sections)
            if last and not section.get("sentences"):
                end -= 2  # no white space at the end of a text
            elif last:
                end = section["sentences"][-1]["end"]
            self.moves.append((section["start"], end, shift))
            for sentence in section.get("sentences", ()):
                old = f"{section['id']}.{sentence['n']}"
                self.ids[old] = f"{new}.{sentence['n']}"
                sentence.update(start=sentence["start"] + shift, end=sentence["end"] + shift)
            section.update(id=new, order=order, start=position, end=end + shift)
            position = end + shift
        for section in sections:
            if "heading" in section:
                self._moved(section["heading"])
            if self.ids.get(section.get("parent", "")) is None:
                section.pop("parent", None)
        return sections

    def _moved(self, span: Record) -> bool:
        """Move a span with its section; whether the section is kept."""
        for start, end, shift in self.moves:
            if start <= span["start"] and span["end"] <= end:
                span.update(start=span["start"] + shift, end=span["end"] + shift)
                return True
        return False

    def _numbered(self, records: list[Record], letter: str, width: int, keep: Any) -> list[Record]:
        kept: list[Record] = []
        for record in records:
            if keep(record):
                new = f"{self.slug}:{letter}{len(kept) + 1:0{width}}"
                self.ids[record["id"]] = new
                record["id"] = new
                kept.append(record)
        return kept

    def _placed(self, mention: Record) -> bool:
        return self._moved(mention["span"]) and ("head" not in mention or self._moved(mention["head"]))

    def _known(self, ids: list[str]) -> list[str]:
        return [ref for ref in ids if ref in self.ids]

    def _evident(self, event: Record) -> bool:
        event["evidence"] = self._known(event["evidence"])
        return bool(event["evidence"]) and self._moved(event["trigger"])

    def _sanctioned(self, sanction: Record) -> bool:
        sanction["evidence"] = self._known(sanction["evidence"])
        sanction["mentions"] = self._known(sanction["mentions"])
        if not (sanction["event"] in self.ids and sanction["evidence"] and sanction["mentions"]):
            return False
        if "span" in sanction.get("listed", {}) and not self._moved(sanction["listed"]["span"]):
            return False
        self._anchored(sanction.get("listed", {}))
        sanction.pop("relations", None)  # they lead into other documents
        _keep(sanction, "conduct", self._known(sanction.get("conduct", [])))
        return True

    def _anchored(self, time: Record) -> None:
        if "anchor" in time and time["anchor"] not in self.ids:
            time["anchor"] = self.old

    def _event(self, event: Record) -> None:
        def printed(item: Record) -> bool:
            return "span" not in item or self._moved(item["span"])

        absent = {item["field"] for item in event.get("absent", ())}
        event_times = [time for time in event.get("times", ()) if time.get("anchor", self.old) in self.ids]
        _keep(event, "times", event_times)
        for field in ("times", "quantities", "attributions", "conditions"):
            _keep(event, field, [item for item in event.get(field, ()) if printed(item)])
        arguments = event.get("arguments", [])
        _keep(event, "arguments", [i for i in arguments if printed(i) and i.get("event", self.old) in self.ids])
        _keep(event, "relations", [item for item in event.get("relations", ()) if item["event"] in self.ids])
        for field in ("places", "arguments", "attributions"):
            for item in event.get(field, ()):
                if "mentions" in item:
                    _keep(item, "mentions", self._known(item["mentions"]))
                    if "mentions" not in item and field == "places":
                        item.update(basis="inferred", note="No word of this part of the text names it.")
                    elif "mentions" not in item and field == "arguments":
                        item["implicit"] = True
        said = [item for item in event.get("attributions", ()) if item["by"] in self.mentioned]
        if not said and event["status"] in ("alleged", "denied"):
            said = [{"by": self.publisher, "act": "alleges", "quote": "none", "implicit": True}]
        for item in said:
            if item["quote"] in ("direct", "mixed"):
                item["quote"] = "indirect"  # an invented text has no quotation marks
        _keep(event, "attributions", said)
        for field in ("times", "places"):
            if field not in event and field not in absent:
                event.setdefault("absent", []).append({"field": field, "reason": "not-stated"})
        if len(event.get("arguments", ())) < len(arguments) and "arguments" not in absent:
            event.setdefault("absent", []).append({"field": "arguments", "reason": "not-stated"})

    def _document(self, document: Record) -> Record:
        for upstream in document.get("upstream", ()):
            _keep(upstream, "sections", self._known(upstream.get("sections", [])))
        return document

    def _own(self, value: Any) -> Any:
        """The records with every old id of the document replaced."""
        if isinstance(value, dict):
            return {key: self._own(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._own(item) for item in value]
        return self.ids.get(value, value) if isinstance(value, str) else value


def _keep(holder: Record, field: str, items: list[Any]) -> None:
    """Set a list; an empty one is left out."""
    if items:
        holder[field] = items
    else:
        holder.pop(field, None)
