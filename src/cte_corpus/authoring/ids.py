"""Ids stay: a record of a draft keeps the id of the earlier record that it is, told by place, type and content.

What is new gets a number past the highest that was ever used, tombstones counted. A document that is still a proposal
has no ids to keep: they are given in text order.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cte_corpus.authoring.problems import Problems, Record
from cte_corpus.text.view import sha256

PARTS = {"sections": ("s", 2), "mentions": ("m", 3), "events": ("e", 2), "sanctions": ("x", 2)}
"""Of each part the letter of its ids, and the least number of their digits."""

SURE = 3
"""So many of the marks of a record, the strictest, tell which one it is, whatever id a draft gives it."""

Marks = tuple[Hashable, ...]
"""What a record is known by, from the strictest to the loosest; None tells nothing."""


Moved = Callable[[int], int | None]
"""Where a place of the earlier text now is; None where that cannot be told."""


class Piece(NamedTuple):
    """A sentence or a heading: start, end and what stands there, as its digest or its words."""

    start: int
    end: int
    content: str


class Ids:
    """The ids of one document: those it has, those it may never use again, and what became of them."""

    def __init__(
        self,
        document: str,
        old: Mapping[str, Any],
        retired: Iterable[str] = (),
        published: Iterable[str] = (),
        *,
        renumber: bool = False,
    ) -> None:
        """Take up what was there.

        Args:
            document: Id of the document.
            old: The records that it has so far, by part.
            retired: Ids with a tombstone.
            published: Ids of the document in a release.
            renumber: Whether to give all ids anew, in text order.
        """
        self.document = document
        self.retired = frozenset(name for name in retired if name.startswith(f"{document}:"))
        self.published = frozenset(published)
        is_proposal = "proposed" in old.get("document", {}) and not (self.published or self.retired)
        self.old: Mapping[str, Any] = {} if renumber or is_proposal else old
        """The earlier records of which ids are kept."""

        self.kept: list[str] = []
        self.added: list[str] = []
        self.dropped: list[str] = []
        self._moved: Moved = _unmoved

    def place(self, sections: Sequence[Record], text: str) -> None:
        """Take the text: where it is not the earlier one, its sentences and headings tell where a place has moved."""
        if self.old.get("document", {}).get("text", {}).get("sha256", "") in ("", sha256(text)):
            return
        before, after = _pieces(self.old.get("sections", ())), _pieces(sections)
        waiting: dict[str, list[Piece]] = defaultdict(list)
        for piece in after:
            waiting[piece.content].append(piece)
        pairs = [(piece, waiting[piece.content].pop(0)) for piece in before if waiting[piece.content]]

        starts = [old.start for old, _ in pairs]

        def moved(place: int) -> int | None:
            index = bisect_right(starts, place) - 1
            if index < 0 or place > pairs[index][0].end:
                return None
            return place - pairs[index][0].start + pairs[index][1].start

        self._moved = moved

    def give(self, part: str, records: Sequence[Record], paths: Sequence[str], problems: Problems) -> list[str]:
        """The ids of the records of one part, which are in text order. A record may ask for one by its `id`.

        Args:
            part: `sections`, `mentions`, `events` or `sanctions`.
            records: What is known of each so far: enough for its marks.
            paths: Where each stands in the draft.
            problems: Where to put what stands in the way.
        """
        letter, width = PARTS[part]
        earlier = [record for record in self.old.get(part, ()) if record["id"] not in self.retired]
        asked = [self._asked(record, letter, width) for record in records]
        pairs = self._paired(part, records, earlier, asked)
        own = re.compile(rf"{re.escape(self.document)}:{letter}[0-9]+")
        had = {record["id"] for record in self.old.get(part, ())} | set(filter(own.fullmatch, self.published))
        used = had | set(filter(own.fullmatch, self.retired))
        free = max(map(number, used), default=0)
        used |= set(asked)
        names: list[str] = []
        taken: set[str] = set()
        for n, path in enumerate(paths):
            match = earlier[pairs[n][0]]["id"] if n in pairs else ""
            if asked[n] and match not in ("", asked[n]) and pairs[n][1] < SURE:
                hint = f"leave `id` out, or say `id: {_short(match)}`"
                problems.note(path, f"it asks for the id `{_short(asked[n])}`, and is `{_short(match)}`", hint)
            name = asked[n] or match
            while not name:
                free += 1
                given = f"{self.document}:{letter}{free:0{width}}"
                name = given if given not in used else ""
            if name in self.retired:
                problems.note(path, f"`{_short(name)}` was retired and may not be used again", "leave `id` out")
            if name in taken:
                problems.note(path, f"the id `{_short(name)}` stands twice", "leave `id` out where the record is new")
            names.append(name)
            taken.add(name)
        self.kept += [name for name in names if name in had]
        self.added += [name for name in names if name not in had]
        gone = sorted(had - taken, key=number)
        self.dropped += gone
        self._mourn(part, gone, problems)
        return names

    def guard(self, sections: Iterable[Record], problems: Problems) -> None:
        """Refuse that the number of a published sentence comes to mean another."""
        now = {record["id"]: record.get("sentences", ()) for record in sections}
        for section in self.old.get("sections", ()) if self.published else ():
            places = [(one["start"], one["end"]) for one in now.get(section["id"], ())]
            for n, old in enumerate(section.get("sentences", ())):
                start, end = self._moved(old["start"]), self._moved(old["end"])
                if section["id"] not in now or start is None or end is None:
                    continue
                if n >= len(places) or not (places[n][0] < end and start < places[n][1]):
                    message = f"the published sentence `{_short(section['id'])}.{n + 1}` would become another"
                    problems.note("sections", message, "begin a section there, which gets an id of its own")
                    break

    def _asked(self, record: Record, letter: str, width: int) -> str:
        if "id" not in record:
            return ""
        return f"{self.document}:{letter}{number(str(record['id'])):0{width}}"

    def _mourn(self, part: str, gone: Iterable[str], problems: Problems) -> None:
        """Refuse that a published record goes without a tombstone."""
        lost = [name for name in gone if name in self.published and name not in self.retired]
        if lost:
            shown = ", ".join(f"`{_short(name)}`" for name in lost[:8]) + (", …" if len(lost) > 8 else "")
            message = f"{len(lost)} published ids are of no record of the draft: {shown}"
            problems.note(part, message, "put them back, or enter them in retired.json with the reason")

    def _paired(
        self, part: str, records: Sequence[Record], earlier: Sequence[Record], asked: Sequence[str]
    ) -> dict[int, tuple[int, int]]:
        """For each record that was there the earlier one, and by which mark it is known."""
        mine = [MARKS[part](record, _unmoved) for record in records]
        theirs = [MARKS[part](record, self._moved) for record in earlier]
        places = {record["id"]: n for n, record in enumerate(earlier)}
        pairs: dict[int, tuple[int, int]] = {}
        for n, name in enumerate(asked):
            other = places.get(name)
            if other is not None:
                shared = (
                    level for level, mark in enumerate(mine[n]) if mark is not None and mark == theirs[other][level]
                )
                if (level := next(shared, None)) is not None:
                    pairs[n] = other, level
        taken = {other for other, _ in pairs.values()}
        for level in range(len(mine[0]) if mine else 0):
            waiting: dict[Hashable, list[int]] = defaultdict(list)
            for other, marks in enumerate(theirs):
                if other not in taken and marks[level] is not None:
                    waiting[marks[level]].append(other)
            for n, marks in enumerate(mine):
                if n not in pairs and waiting.get(marks[level]):
                    pairs[n] = waiting[marks[level]].pop(0), level
                    taken.add(pairs[n][0])
        return pairs


def _pieces(sections: Iterable[Record]) -> list[Piece]:
    found = []
    for section in sections:
        if heading := section.get("heading"):
            found.append(Piece(heading["start"], heading["end"], str(heading.get("text"))))
        found += [Piece(one["start"], one["end"], str(one.get("digest"))) for one in section.get("sentences", ())]
    return sorted(found)


def number(name: str) -> int:
    """The number at the end of an id; 0 where there is none."""
    digits = re.search(r"[0-9]+$", name)
    return int(digits[0]) if digits else 0


def _short(name: str) -> str:
    return name.rpartition(":")[2]


def _unmoved(place: int) -> int:
    return place


def _ends(span: Record, moved: Moved) -> tuple[int | None, int | None]:
    return moved(span["start"]), moved(span["end"])


def _frozen(value: Any) -> str:
    return repr(value)


def _section(record: Record, moved: Moved) -> Marks:
    start, end = _ends(record, moved)
    heading = record.get("heading", {}).get("text")
    first = next((one["digest"] for one in record.get("sentences", ())), None)
    place = None if start is None else ("start", start)
    return (
        (record["sha256"], start),
        (record["sha256"], "whole"),
        place,
        heading and ("heading", heading),
        first and ("first", first),
        None if end is None else ("end", end),
    )


def _mention(record: Record, moved: Moved) -> Marks:
    start, end = _ends(record["span"], moved)
    entity, form = _frozen(record["entity"]), _frozen(record.get("form"))
    whole = start is not None and end is not None
    return (
        (start, end, entity, form) if whole else None,
        (start, end, entity) if whole else None,
        (start, end) if whole else None,
        None if start is None else (start, entity),
        None if end is None else (end, entity, "end"),
        (entity, record["span"]["text"]) if not whole else None,
    )


def _event(record: Record, moved: Moved) -> Marks:
    start, end = _ends(record["trigger"], moved)
    kind, label = _frozen(record.get("type")), _frozen(record.get("label"))
    placed = start is not None and end is not None and end > 0
    more = _frozen((record.get("mode"), record.get("status"), record.get("polarity")))
    return (
        (start, end, kind, label, more) if placed else None,
        (start, end, kind, label) if placed else None,
        (start, end, kind) if placed else None,
        (kind, label) if record.get("label") else None,
        (start, end, label) if placed else None,
        (start, end) if placed else None,
    )


def _sanction(record: Record, moved: Moved) -> Marks:
    del moved  # a sanction has no place of its own
    target = record.get("target")
    whole = _frozen((target, record.get("authority"), record.get("legal_basis")))
    return (whole, (_frozen(target), _frozen(record.get("authority"))), target and (_frozen(target), "target"))


MARKS: dict[str, Callable[[Record, Moved], Marks]] = {
    "sections": _section,
    "mentions": _mention,
    "events": _event,
    "sanctions": _sanction,
}
"""Of each part, what its records are known by."""
