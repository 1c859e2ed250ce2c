"""Records that come back from a tool: what was changed there is changed in them, and all else stays as it was."""

from __future__ import annotations

import copy
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.exchange.annotated import (
    BY,
    EVENT,
    MENTION,
    PARTS,
    PLACE,
    VIA,
    Annotated,
    Link,
    Mark,
    Raw,
    annotated,
    spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.exchange.loss import Loss

NOTES = frozenset({"note", "AnnotatorNotes"})
"""Attributes that are a remark of the annotator."""

_HOLDERS = {PLACE: ("places", "mentions"), BY: ("attributions", "mentions"), VIA: ("attributions", "via_mentions")}
"""Of each link that no role names, the list of the event and the field of its items."""


class Returned(NamedTuple):
    """What came back."""

    records: Raw
    """The records with the changes; what was changed is `proposed`."""

    marks: tuple[Mark, ...]
    """Marks that were made in the tool."""

    links: tuple[Link, ...]
    """Links that were made in the tool, or touch a mark that was."""

    changes: tuple[str, ...]
    """What was changed, in a line each."""


def returned(found: Annotated, base: Raw, loss: Loss) -> Returned:
    """Compare what a tool gives back with what it was given, and change the records accordingly.

    Args:
        found: What the tool gives back, with offsets in the text of the records.
        base: The records as they were given to it; they are not changed.
        loss: Where to tell what no change of the records can say.
    """
    return _Returning(found, base, loss).run()


class _Returning:
    def __init__(self, found: Annotated, base: Raw, loss: Loss) -> None:
        self.found = found
        self.given = annotated(base, found.text)
        self.records = copy.deepcopy(base)
        self.loss = loss
        self.by_id = {r["id"]: r for part in PARTS for r in self.records[part]}
        self.changes: list[str] = []

    def run(self) -> Returned:
        given = {mark.key: mark for mark in self.given.marks}
        kept: dict[str, Mark] = {}
        new = []
        for mark in self.found.marks:
            if mark.key in given and mark.key not in kept:
                kept[mark.key] = mark
            else:
                new.append(mark._replace(key=""))
        gone = [key for key in given if key not in kept]
        whole = {key for key in gone if "#/" not in key}
        for key, mark in kept.items():
            self._change(given[key], mark)
        parts = [key for key in gone if "#/" in key and key.partition("#/")[0] not in whole]
        for key in sorted(parts, key=_order, reverse=True):  # from the end, so that pointers stay true
            self._remove_part(key)
        links = self._links({mark.id: mark.key for mark in kept.values()}, whole)
        for name in sorted(whole):
            self._remove(name)
        return Returned(self.records, tuple(new), links, tuple(self.changes))

    def _said(self, record: Raw, what: str) -> None:
        record["proposed"] = True
        self.changes.append(f"{record['id']}: {what}")

    def _change(self, before: Mark, mark: Mark) -> None:
        name, _, pointer = before.key.partition("#/")
        record = self.by_id[name]
        if (before.start, before.end) != (mark.start, mark.end):
            span = next(span for path, span in spans(record) if "/".join(path) == (pointer or _own(record)))
            words = self.found.text[mark.start : mark.end]
            span |= {"start": mark.start, "end": mark.end, "text": words}
            self._said(record, f"“{words}” for “{self.found.text[before.start : before.end]}”")
        if pointer:
            if mark.label != before.label:
                why = "the label says which field of the record is meant, and that stays"
                self.loss.add("label", why, before.key)
            return
        is_event = "trigger" in record
        if mark.label != before.label:
            if is_event:
                record["type"] = mark.label
                self._said(record, f"{mark.label} for {before.label}")
            elif mark.features.get("entity", "").partition(":")[0] != mark.label:
                record["proposed"] = True
                self.changes.append(f"{name}: labelled {mark.label}, and still {record['entity']}: choose the entity")
        fields = EVENT if is_event else MENTION
        for name, value in mark.features.items():
            if name in NOTES and is_event:
                record["note"] = "; ".join(filter(None, (record.get("note"), value)))
                self._said(record, "a note")
            elif name not in fields:
                self.loss.add("attribute", f"`{name}` is no field of such a record", before.key)
        for field in fields:
            given, old = mark.features.get(field), before.features.get(field)
            if given == old:
                continue
            if given is not None:
                record[field] = given
            else:
                del record[field]
            self._said(record, f"{field} {given or 'nothing'} for {old or 'nothing'}")

    def _remove(self, name: str) -> None:
        """Take out a mention or an event, if nothing refers to it any more."""
        record = self.by_id[name]
        rest = [self.records["document"], *(one for one in self.by_id.values() if one is not record)]
        if name in set(_strings(rest)):
            self.loss.add("deletion", "other records refer to this, so nothing is deleted: do it by hand", name)
            record["proposed"] = True
            return
        del self.by_id[name]
        self.records["events" if "trigger" in record else "mentions"].remove(record)
        self.changes.append(f"{name}: deleted")

    def _remove_part(self, key: str) -> None:
        """Take out what a deleted span stood for: an item of a list, or a field."""
        name, _, path = key.partition("#/")
        record, pointer = self.by_id[name], path.split("/")
        if pointer == ["heading"]:
            self.loss.add("deletion", "a section keeps the heading: take that out by hand", key)
            return
        if pointer[0] == "attributions":  # who says it stays
            del record["attributions"][int(pointer[1])][pointer[2]]
        elif len(pointer) == 3:
            _take(record, pointer[0], record[pointer[0]][int(pointer[1])])
        else:
            del record[pointer[0]]
        self._said(record, f"without {path}")

    def _links(self, names: dict[str, str], gone: set[str]) -> tuple[Link, ...]:
        """Take links out that are gone, but for those of events that are; give back those that are new."""
        before = Counter((link.source, link.label, link.target) for link in self.given.links)
        new = []
        for link in self.found.links:
            known = names.get(link.source, ""), link.label, names.get(link.target, "")
            if before[known] > 0:
                before[known] -= 1
            else:
                new.append(link)
        for source, label, target in before.elements():
            if source in gone:
                continue
            other = next((n for n in new if (names.get(n.source), names.get(n.target)) == (source, target)), None)
            if other and self._renamed(self.by_id[source], label, target, other.label):
                new.remove(other)
            else:
                self._unlink(self.by_id[source], label, target)
        return tuple(new)

    def _renamed(self, event: Raw, label: str, target: str, role: str) -> bool:
        """Give the argument that a link stands for another role, if it is of that link alone."""
        if label in _HOLDERS or role in _HOLDERS:
            return False
        for item in event["arguments"]:
            if item["role"] == label and (item.get("mentions") == [target] or item.get("event") == target):
                item["role"] = role
                self._said(event, f"{target} is {role} for {label}")
                return True
        return False

    def _unlink(self, event: Raw, label: str, target: str) -> None:
        items, field = _HOLDERS.get(label, ("arguments", "mentions"))
        for item in event[items]:
            if label not in _HOLDERS and item["role"] != label:
                continue
            if target in item.get(field, ()):
                item[field] = [one for one in item[field] if one != target]
                if not item[field]:
                    del item[field]
                    if items != "attributions":
                        _take(event, items, item)
            elif item.get("event") == target:
                _take(event, items, item)
            else:
                continue
            self._said(event, f"without {label} {target}")
            return


def _take(record: Raw, field: str, item: Raw) -> None:
    """Take an item out of a list, which is absent when it is empty."""
    record[field] = [one for one in record[field] if one is not item]
    if not record[field]:
        del record[field]


def _own(record: Raw) -> str:
    return "trigger" if "trigger" in record else "span"


def _order(key: str) -> tuple[str, list[int]]:
    return key.partition("#/")[0], [int(step) for step in key.split("/") if step.isdigit()]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)
