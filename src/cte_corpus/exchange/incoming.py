"""Marks that a tool made become items of a draft: proposals, with quotes, that `cte anchor` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus import vocabulary
from cte_corpus.authoring.outline import Names, places
from cte_corpus.authoring.quotes import Place, QuoteError, quoting
from cte_corpus.errors import CteError
from cte_corpus.exchange import mapping as maps
from cte_corpus.exchange.annotated import EVENT, MENTION, Link, Mark, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.exchange.loss import Loss
    from cte_corpus.exchange.mapping import Mapping
    from cte_corpus.exchange.naming import Naming

MOST = 20_000
"""Spans of which a draft is made; ten times as many links."""

UNTIED = "no event of ours can say it"


class Incoming:
    """Adds what a tool made to a draft."""

    def __init__(self, draft: Raw, records: Raw, text: str, mapping: Mapping, naming: Naming, loss: Loss) -> None:
        """Take what the draft rests on.

        Args:
            draft: The draft, in whose lists the items are put.
            records: The records that it anchors to as it is: their sections say where a mark stands.
            text: The reference text.
            mapping: What the labels become.
            naming: Which entity a mention may mean.
            loss: Where to tell what no item can say.
        """
        self.draft, self.text, self.mapping, self.naming, self.loss = draft, text, mapping, naming, loss
        name = records["document"]["id"]
        self.own = f"{name}:"
        self.inside = Names(name, {}).holding(records["sections"])
        self.whole = places(records["sections"], name)
        self.items: dict[str, Raw] = {}
        self.known = {one["id"]: one for part in ("mentions", "events") for one in records[part]}
        self.imported: list[Raw] = []
        self.there = {(*_place(one), one.get("entity", one.get("type"))): name for name, one in self.known.items()}
        """The records by place and entity or type: what a tool marks again is no new one."""

        self.made: dict[tuple[int, int, str], Raw] = {}
        """The mentions that were proposed, by place and entity: one of a place is enough, but events may be alike."""

        self.again = 0
        self.noted: dict[str, set[tuple[Any, Any]]] = {}
        self.events = {self.own + one["id"]: one for one in draft["events"] if "id" in one}

    def add(self, marks: Iterable[Mark], links: Iterable[Link], keys: dict[str, str]) -> None:
        """Put marks and links into the draft.

        Args:
            marks: Marks that were made in the tool.
            links: Links that were.
            keys: The ids of records by those of marks that stand for them.

        Raises:
            CteError: there are more than a draft can hold.
        """
        links = list(links)
        every = list(marks)
        wanted = sum(self._meant(mark) != maps.DROP for mark in every)
        if wanted > MOST or len(links) > 10 * MOST:
            said = f"there are {wanted:,} spans and {len(links):,} links to propose; a draft is made of up to {MOST:,}"
            raise CteError(said, "map to `drop` what is not needed, or divide the document")
        keys = dict(keys)
        same = [link for link in links if self.mapping.links.get(link.label) == maps.SAME]
        mentions = [mark for mark in every if self._meant(mark) in vocabulary.codes("entity-class")]
        entities = self.naming.entities(
            [(mark, self._meant(mark), self._identifier(mark)) for mark in mentions],
            [(link.source, link.target) for link in same],
            {name: self.known[key]["entity"] for name, key in keys.items() if "entity" in self.known.get(key, {})},
        )
        for mark in every:
            meant = self._meant(mark)
            if meant == maps.DROP:
                self.loss.add(f"span `{mark.label}`", "dropped by the mapping", mark.where or mark.id)
            elif meant in (maps.DATE, maps.FIGURE):
                self._candidate(mark, f"{meant}s")
            elif known := self._known(mark, entities.get(mark.id, (meant,))):
                keys[mark.id] = known
                self.again += 1
            elif mark.id in entities:
                self._mention(mark, entities[mark.id])
            else:
                self._event(mark, meant)
        ends = {mark.id: mark for mark in every}
        for link in links:
            if link not in same:
                self._link(link, ends, keys)
        if self.imported:
            self.draft.setdefault("candidates", {})["imported"] = self.imported

    def _meant(self, mark: Mark) -> str:
        return self.mapping.labels.get(mark.label, mark.label)

    def _known(self, mark: Mark, means: tuple[str, ...]) -> str:
        """The record that is at the very place of a mark, and of the entity or type that it may mean."""
        return next((found for one in means if (found := self.there.get((mark.start, mark.end, one)))), "")

    def _identifier(self, mark: Mark) -> str:
        for name, value in mark.features.items():
            if name == maps.ENTITY or self.mapping.attribute(name, value) == maps.ENTITY:
                return value
        return ""

    def _leave(self, mark: Mark, why: str) -> None:
        """Leave a mark out: told, and noted in the draft with its words."""
        self.loss.add(f"span `{mark.label}`", why, mark.where or mark.id)
        self.imported.append({"label": mark.label, "words": self.text[mark.start : mark.end], "why": why})

    def _name(self, mark: Mark, among: dict[str, Place]) -> str:
        holding = [name for name, (start, end) in among.items() if start <= mark.start and mark.end <= end]
        return next((name for name in holding if "." in name), holding[0] if holding else "")

    def _candidate(self, mark: Mark, kind: str) -> None:
        items = self.draft.setdefault("candidates", {}).setdefault(kind, [])
        seen = self.noted.setdefault(kind, {(item.get("in"), item.get("span")) for item in items})
        place, words = self._name(mark, self.whole), self.text[mark.start : mark.end]
        if (place, words) not in seen:
            seen.add((place, words))
            items.append({"in": place, "span": words})

    def _mention(self, mark: Mark, entity: tuple[str, ...]) -> None:
        if twin := self.made.get((mark.start, mark.end, entity[0])):
            self.items[mark.id] = twin
            self.again += 1
            return
        name = self._name(mark, self.inside)
        if not name:
            self._leave(mark, "no one sentence or heading holds the span")
            return
        item: Raw = {"entity": entity[0], **({"or": ", ".join(entity[1:])} if entity[1:] else {})}
        try:
            item["span"] = quoting(self.text, (mark.start, mark.end), [self.inside[name]])
        except QuoteError as error:
            self._leave(mark, f"no quote can say it: {error}")
            return
        fields = self._fields(mark, MENTION)
        self.draft["mentions"].setdefault(name, []).append(
            {**item, "form": fields.get("form", "name"), "proposed": True}
        )
        self.items[mark.id] = self.made[mark.start, mark.end, entity[0]] = {"entity": entity[0]}

    def _event(self, mark: Mark, kind: str) -> None:
        name = self._name(mark, self.whole)
        if not name:
            self._leave(mark, "its trigger stands in no one sentence or section")
            return
        try:
            trigger = quoting(self.text, (mark.start, mark.end), [self.whole[name]])
        except QuoteError as error:
            self._leave(mark, f"no quote can say it: {error}")
            return
        item: Raw = {"key": f"new{len(self.items) + 1}", "proposed": True, "type": kind}
        item |= {"trigger": trigger, "evidence": [name], **self._fields(mark, (*EVENT, "note"))}
        self.draft["events"].append(item)
        self.items[mark.id] = item

    def _fields(self, mark: Mark, allowed: tuple[str, ...]) -> dict[str, str]:
        """What the attributes of a mark say in fields of ours; the others are told."""
        fields: dict[str, str] = {}
        for name, value in mark.features.items():
            meant = self.mapping.attribute(name, value) or (f"{name}={value}" if name in maps.FIELDS else name)
            field, _, code = meant.partition("=")
            if meant == maps.NOTE:
                code = value
            if meant == maps.DROP:
                self.loss.add("attribute", f"{name}: dropped by the mapping", mark.where or mark.id)
            elif field in allowed:
                fields[field] = code
            elif field != maps.ENTITY:
                self.loss.add("attribute", f"{name}: no field of such a record", f"{mark.where or mark.id}: {value}")
        return fields

    def _link(self, link: Link, ends: dict[str, Mark], keys: dict[str, str]) -> None:
        """An argument of an event, where the link is one."""
        meant = self.mapping.links.get(link.label, link.label)
        where = link.where or f"{link.source} {link.target}"
        dropped = [mark for mark in (ends.get(link.source), ends.get(link.target)) if mark]
        if meant == maps.DROP or any(self._meant(mark) == maps.DROP for mark in dropped):
            self.loss.add("link", f"{link.label}: dropped by the mapping", where)
            return
        event, target = self._record(link.source, keys), self._record(link.target, keys)
        if meant not in vocabulary.codes("role") or event is None or "trigger" not in event or target is None:
            self.loss.add("link", f"{link.label}: {UNTIED}", f"{where}: {self._shown(link, ends)}")
            return
        argument: Raw = {"role": meant}
        if "trigger" in target:
            argument["event"] = target.get("key", target.get("id"))
        else:
            argument |= {"entity": target["entity"], "mentions": [self._mentioned(link.target, ends, keys)]}
        same = next((one for one in event.get("arguments", ()) if _like(one, argument)), None)
        if same:
            same["mentions"] = [*same.get("mentions", ()), *argument["mentions"]]
        else:
            event.setdefault("arguments", []).append(argument)
        event["proposed"] = True

    def _shown(self, link: Link, ends: dict[str, Mark]) -> str:
        words = [self.text[ends[one].start : ends[one].end] if one in ends else one for one in link[1:3]]
        return " → ".join(" ".join(one.split()) for one in words)

    def _record(self, name: str, keys: dict[str, str]) -> Raw | None:
        """The item that a mark became, or the record that it stands for."""
        if name in self.items:
            return self.items[name]
        record = self.known.get(keys.get(name, ""))
        if record is None or "trigger" not in record:
            return record
        return self.events.get(record["id"])

    def _mentioned(self, name: str, ends: dict[str, Mark], keys: dict[str, str]) -> Any:
        if name in keys:
            return keys[name].removeprefix(self.own)
        mark = ends[name]
        place = self._name(mark, self.whole)
        quote = quoting(self.text, (mark.start, mark.end), [self.whole[place]])
        return {**(quote if isinstance(quote, dict) else {"quote": quote}), "in": place}


def _place(record: Raw) -> Place:
    span = record["trigger"] if "trigger" in record else record["span"]
    return span["start"], span["end"]


def _like(one: Raw, argument: Raw) -> bool:
    return "entity" in argument and (one.get("role"), one.get("entity")) == (argument["role"], argument["entity"])
