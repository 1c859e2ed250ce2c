"""Two codings of a text are settled into a third draft, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cte_corpus.authoring import beside, items
from cte_corpus.authoring.item_view import entry_of, joined, shown_marks, title
from cte_corpus.authoring.review import Review
from cte_corpus.authoring.writing import block, flow
from cte_corpus.errors import CteError
from cte_corpus.store import layout

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.authoring.beside import Coding
    from cte_corpus.authoring.items import Item, Placed
    from cte_corpus.authoring.problems import Record
    from cte_corpus.authoring.splicing import Splicing
    from cte_corpus.store.pointer import Pointer

SIDES = ("1", "2")


class Side(NamedTuple):
    """A coding, beside the draft as it is by now."""

    coding: Coding
    terms: beside.Terms
    same: dict[Pointer, Item]
    """The items of the coding by the pointers of those of the draft that are the same."""
    left: list[Item]
    """Items of the coding that the draft has not."""


class Settling(Review):
    """A draft under review to which two codings are settled."""

    def __init__(self, path: Path, text_path: Path, root: Path, coder: str, codings: tuple[Coding, Coding]) -> None:
        """Take up the draft, with both codings; see `Review` and `beside.begin`."""
        super().__init__(path, text_path, root, coder)
        self.codings = codings
        self.coders = [one.coder for one in codings]

    def _told(self, data: bytes) -> Record:
        return {**super()._told(data), "coders": self.coders}

    def shown(self, draft: Record, placed: Placed, problems: list[str]) -> list[Record]:
        """The items, each with what both codings say, and those that the draft has not."""
        sides = self._sides(draft, placed)
        listed = []
        for item, shown in zip(items.listed(draft), super().shown(draft, placed, problems), strict=True):
            said = [_said(side, item) if item.pointer in side.same else None for side in sides]
            listed.append(self._beside(item, shown, said))
        found = set()
        for number, side in enumerate(sides):
            pairs = self._pairs(number)
            for item in side.left:
                other = pairs.get(item.pointer)
                if (number, item.pointer) in found:
                    continue
                both: list[Item | None] = [None, None]
                both[number] = item
                if other and other in sides[1 - number].left:
                    both[1 - number] = other
                    found.add((1 - number, other.pointer))
                listed.append(self._left(draft, sides, both))
        order = {part: n for n, part in enumerate(layout.PARTS)}
        return sorted(listed, key=lambda one: (order[one["part"]], _first(one)))

    def act(self, work: Splicing, name: str, at: str, value: str) -> None:
        """As in a review; `take` gives an item or a field what the coding `1` or `2` has there.

        Raises:
            CteError: it cannot be done.
        """
        if at[:2] in ("1:", "2:"):
            self._of_coding(work, name, at, value)
        elif name == "take":
            self._take(work, at, value)
        elif name == "drop":
            sides = self._sides_of(work)
            item, _ = items.find(work.draft.value, at)
            super().act(work, name, at, value)
            for number, side in zip(SIDES, sides, strict=True):
                if item.pointer in side.same:
                    own = side.same[item.pointer]
                    self.judge(work, f"{number}:{own.name}", "dropped", own.value)
        else:
            super().act(work, name, at, value)

    def raw(self, at: str) -> str:
        """As of a review; what the draft has not is taken first."""
        if at[:2] in ("1:", "2:"):
            raise CteError("the settled draft has not this record", "take it by 1 or 2, then edit it")
        return super().raw(at)

    def _take(self, work: Splicing, at: str, value: str) -> None:
        side = self._sides_of(work)[self._number(value)]
        item, path = items.find(work.draft.value, at) if "/" not in at else self._field(work, at)
        if item.pointer not in side.same:
            raise CteError(f"{side.coding.coder} has not this record", "take it out by d, or accept it by a")
        said = _said(side, item)
        if not path:
            kept = {key: item.value[key] for key in ("id", "key") if key in item.value}
            lines = flow(kept | said) if item.part == "mentions" else "\n".join(block(kept | said))
            super().act(work, "write", item.name, lines)
            return
        pointer = (*item.pointer, *path)
        try:
            wanted = _get(said, path)
            if wanted is None:
                work.drop(pointer)
                return
            work.put(pointer, wanted)
        except (LookupError, TypeError):
            raise CteError("the draft has nothing to hold this field", "take the whole record") from None
        now, _ = items.find(work.draft.value, item.name)
        self.judge(work, joined(item.name, path), "accepted", items.at(now.value, path))

    def _field(self, work: Splicing, at: str) -> tuple[Item, Pointer]:
        """The item and path of a field, which may be one that only a coding has."""
        for item in items.listed(work.draft.value):
            if at.startswith(f"{item.name}/"):
                path = at.removeprefix(f"{item.name}/").split("/")
                return item, tuple(int(key) if key.isdecimal() else key for key in path)
        raise CteError(f"the draft has no {at}", "read it again")

    def _of_coding(self, work: Splicing, name: str, at: str, value: str) -> None:
        """Take a record over that the draft has not, or leave it out for good."""
        if "/" in at:
            raise CteError("the settled draft has not this record", "take the whole record by 1 or 2")
        sides = self._sides_of(work)
        number = self._number(at[0])
        own = next((one for one in sides[number].left if one.name == at[2:]), None)
        if own is None:
            raise CteError(f"there is no {at} by now", "read it again")
        other = self._pairs(number).get(own.pointer)
        both = {number: own} | ({1 - number: other} if other and other in sides[1 - number].left else {})
        if name == "drop":
            for which, item in both.items():
                self.judge(work, f"{SIDES[which]}:{item.name}", "dropped", item.value)
        elif name == "take":
            which = self._number(value)
            if which not in both:
                raise CteError(f"{self.coders[which]} has not this record", "leave it out by d")
            self._add(work, sides[which], both[which])
        else:
            raise CteError("the settled draft has not this record", "take it by 1 or 2, or leave it out by d")

    def _add(self, work: Splicing, side: Side, item: Item) -> None:
        if item.part == "sections":
            raise CteError("a section changes those beside it", "add it by hand in the file")
        said = side.terms.of(item)
        if item.part == "mentions":
            name = side.terms.group(item)
            groups = work.draft.value.get("mentions") or {}
            if groups.get(name):
                pointer: Pointer = ("mentions", name, len(groups[name]))
                work.put(pointer, said)
            else:
                pointer = ("mentions", name, 0)
                work.put(pointer[:-1], [said])
        else:
            pointer = (item.part, len(work.draft.value[item.part]))
            work.put(pointer, said)
        now = next(one for one in items.listed(work.draft.value) if one.pointer == pointer)
        self.judge(work, now.name, "accepted", now.value)

    def _sides_of(self, work: Splicing) -> list[Side]:
        draft = work.draft.value
        return self._sides(draft, items.placed(draft, self.coded))

    def _sides(self, draft: Record, placed: Placed) -> list[Side]:
        here = beside.standing(draft, placed)
        found = []
        for number, coding in zip(SIDES, self.codings, strict=True):
            there = beside.standing(coding.draft, coding.placed)
            same = beside.pairs(here, there)
            own = {item.pointer: one.item for one in here for item in (same.get(one.item.pointer),) if item}
            left = [one.item for one in there if one.item.pointer not in own]
            found.append(Side(coding, beside.Terms(coding, number, own, placed), same, left))
        return found

    def _pairs(self, number: int) -> dict[Pointer, Item]:
        """The items of the other coding by the pointers of those of one."""
        one, other = (
            beside.standing(coding.draft, coding.placed) for coding in (self.codings[number], self.codings[1 - number])
        )
        return beside.pairs(one, other)

    def _beside(self, item: Item, shown: Record, said: list[Record | None]) -> Record:
        compared = self._compared(said)
        fields = [{field.path: field for field in items.fields(one)} if one else {} for one in said]
        known = {field["path"] for field in shown["fields"]}
        for own in fields:
            for field in own.values():
                path = "/".join(map(str, field.path))
                if path not in known:
                    known.add(path)
                    more = {"path": path, "label": field.label, "shown": None, "lang": "", "status": "open"}
                    shown["fields"].append(more)
        for field in shown["fields"]:
            values = [
                next((one.shown for one in own.values() if "/".join(map(str, one.path)) == field["path"]), None)
                for own in fields
            ]
            field["sides"] = values
            if field["status"] == "open" and values[0] == values[1] == field["shown"]:
                field["status"] = "agreed"
        is_theirs = said[0] is not None and beside.bare(said[0]) == beside.bare(item.value)
        if shown["status"] == "open" and compared == "agreed" and is_theirs:
            shown["status"] = "agreed"
        return {**shown, "compared": compared}

    def _left(self, draft: Record, sides: list[Side], both: list[Item | None]) -> Record:
        """What the page shows of a record that the draft has not."""
        number = 0 if both[0] else 1
        item = both[number]
        assert item is not None
        said = [side.terms.of(one) if one else None for side, one in zip(sides, both, strict=True)]
        name = f"{SIDES[number]}:{item.name}"
        entry = entry_of(draft, name)
        is_dropped = entry.get("verdict") == "dropped" and entry.get("of") == items.digest(item.value)
        code, words, lang = title(item)
        shown = {
            "name": name,
            "part": item.part,
            "code": code,
            "words": words,
            "lang": lang,
            "status": "dropped" if is_dropped else "open",
            "proposed": False,
            "problems": [],
            "marks": shown_marks(sides[number].coding.placed.marks.get(item.pointer, [])),
            "fields": [],
        }
        found = self._beside(item, shown, said)
        return {**found, "compared": f"{found['compared']}, not taken"}

    def _compared(self, said: list[Record | None]) -> str:
        one, other = said
        if one is not None and other is not None:
            return "agreed" if beside.bare(one) == beside.bare(other) else "different"
        if one is None and other is None:
            return "in neither"
        return f"only {self.coders[0 if one is not None else 1]}"

    @staticmethod
    def _number(value: str) -> int:
        if value not in SIDES:
            raise CteError(f"there is no coding {value!r}", "1 or 2")
        return SIDES.index(value)


def _said(side: Side, item: Item) -> Record:
    """What a coding says for an item of the draft; who coded is said of the draft alone."""
    said = side.terms.of(side.same[item.pointer])
    return said | ({key: item.value[key] for key in ("id", "coding")} if item.part == "document" else {})


def _get(said: Record, path: Pointer) -> object:
    """What a coding says in a field; None where it has none."""
    try:
        return items.at(said, path)
    except (LookupError, TypeError):
        return None


def _first(shown: Record) -> int:
    """Where an item begins, for the order of the page; a section's and what has no place keep theirs."""
    marks = shown["marks"]
    return int(marks[0]["start"]) if marks and shown["part"] in ("mentions", "events") else 0
