"""Two codings of one text beside a third, to which they are settled: which items are the same, and how each says it.

A coding is taken in the form in which `cte draft` writes it. So what two of them say in other words for the same place
or record compares as the same, once the names of sections, mentions and events are those of the third.
"""

from __future__ import annotations

import copy
import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import drafts, folder, items, redraft, run, schema_place
from cte_corpus.authoring.anchor import anchor
from cte_corpus.authoring.splicing import Splicing
from cte_corpus.errors import CteError, need
from cte_corpus.score.coded import Place
from cte_corpus.score.matching import matched
from cte_corpus.score.spans import jaccard
from cte_corpus.store import files, folders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cte_corpus.authoring.items import Item, Placed
    from cte_corpus.authoring.problems import Record
    from cte_corpus.authoring.run import Coded
    from cte_corpus.score.matching import Weight
    from cte_corpus.store.pointer import Pointer

WORDING = frozenset({"label", "gist", "gloss", "grounds", "note", "of", "id", "key", "coding"})
"""Fields in a coder's own words, or of the coding itself: two codings agree without them."""

_SECTIONS = frozenset({"evidence", "sections", "in", "parent"})
_MENTIONS = frozenset({"mentions", "via_mentions"})
_EVENTS = frozenset({"event", "conduct", "anchor"})


_FOLDER = re.compile(r"[\w-][\w.-]*")


class Coding(NamedTuple):
    """A coding of a text."""

    coder: str
    written: str
    """Its draft in YAML."""
    draft: Record
    placed: Placed
    bundle: Record
    """Its records."""


class Standing(NamedTuple):
    """An item with the place by which it is known again."""

    item: Item
    place: Place
    told: str
    """Entity, type, kind or target."""


def coding(name: str, draft: Record, coded: Coded) -> Coding:
    """The coding that a draft holds.

    Args:
        name: What to call it in messages.
        draft: The draft.
        coded: The text, and the records so far, for parts that the draft leaves out.

    Raises:
        CteError: it cannot be anchored as it is, or does not say whose coding it is.
    """
    anchored = anchor(copy.deepcopy(draft), coded.text, coded.source_sha256, coded.old, coded.recipe)
    if anchored.problems:
        raise CteError(f"{name} is not finished: {anchored.problems[0]}", "`cte anchor` says all that is to be mended")
    bundle = anchored.bundle
    written = redraft.yaml(copy.deepcopy(bundle), coded.text)
    again = drafts.read(written)
    return Coding(_coder(name, bundle), written, again, items.placed(again, coded), bundle)


def codings(ones: Mapping[str, Record], text_path: Path, root: Path) -> tuple[Coding, Coding]:
    """Two codings of one document, from their drafts by what they are called.

    Raises:
        CteError: they are not of one document, not finished, or by the same coder; or the extra `score` is missing.
        OSError: a file cannot be read.
    """
    need("scipy", "scipy", "score")
    names = {run.name_of(draft) for draft in ones.values()}
    if len(ones) != 2 or len(names) != 1:
        raise CteError("two codings are of one document, and two files", f"these are of {', '.join(sorted(names))}")
    coded = run.coded(names.pop(), text_path, root)
    first, second = (coding(name, draft, coded) for name, draft in ones.items())
    if first.coder == second.coder:
        raise CteError(f"both codings are by {first.coder}", "`coding` of each document says who coded")
    return first, second


def begin(path: Path, both: tuple[Coding, Coding], coder: str, root: Path) -> None:
    """Write the draft to which two codings are settled: the first, with both coders and who settles.

    A draft that is there is taken up again, and gets the day.

    Raises:
        CteError: the draft cannot be read, or is of another document.
        OSError: it cannot be written.
    """
    if not path.exists():
        files.write(path, (schema_place.modeline(root, path) + both[0].written).encode())
    work = Splicing(path, drafts.written(path))
    if run.name_of(work.draft.value) != run.name_of(both[0].draft):
        raise CteError(f"{path} is of another document", "choose another --out")
    coders: list[Record] = []
    for coding, role in zip(both, ("coder", "second-coder"), strict=True):
        own = coding.bundle["document"]["coding"]["coders"]
        coders += [{**one, "role": role} for one in own if one.get("role") != "adjudicator"]
    coders.append({"id": coder, "role": "adjudicator", "date": date.today().isoformat()})
    known = work.draft.value["document"].get("coding", {})
    wanted = {**known, "coders": coders, "status": "adjudicated"}
    if wanted != known:
        work.put(("document", "coding"), wanted)
        files.write(path, work.draft.text.encode())


def keep(to: Path, both: tuple[Coding, Coding]) -> list[Path]:
    """Keep each coding as records, `TO/CODER/DOCUMENT`, as `cte agreement` reads them and as may be published.

    Returns:
        The folders.

    Raises:
        CteError: a coder has a name that no folder can have.
        OSError: they cannot be written.
    """
    found = []
    for one in both:
        if not _FOLDER.fullmatch(one.coder):
            raise CteError(f"no folder can be called {one.coder!r}", "give coders an id of letters and digits")
        target = to / one.coder / one.bundle["document"]["id"]
        target.parent.mkdir(parents=True, exist_ok=True)
        folders.write(target, folder.contents(one.bundle))
        found.append(target)
    return found


def _coder(name: str, bundle: Record) -> str:
    given = bundle["document"].get("coding", {})
    coders = given.get("coders", []) if isinstance(given, dict) else []
    own = [one["id"] for one in coders if isinstance(one, dict) and one.get("role") != "adjudicator" and one.get("id")]
    if not own:
        raise CteError(f"{name} does not say who coded", "its `document` holds `coding` with `coders`")
    return str(own[-1])


def standing(draft: Record, placed: Placed) -> list[Standing]:
    """The items of a draft, each with its place: a section whole, a mention its span, an event its trigger."""
    found = []
    for item in items.listed(draft):
        key: Pointer = {"mentions": ("span",), "events": ("trigger",)}.get(item.part, ())
        mark = next((one for one in placed.marks.get(item.pointer, []) if one.path == key), None)
        told = next((str(item.value[key]) for key in ("entity", "type", "target") if key in item.value), "")
        found.append(Standing(item, Place(mark.start, mark.end) if mark else Place(0, 1), told))
    return found


def pairs(ones: list[Standing], others: list[Standing]) -> dict[Pointer, Item]:
    """For the pointer of each item of one side the item of the other that is the same, as far as there is one.

    Mentions, events and sections are the same where they share most characters, sanctions where the target is the same.
    """

    def weight(one: Standing, other: Standing) -> Weight | None:
        if one.item.part != other.item.part:
            return None
        if one.item.part == "sanctions":
            is_same = one.item.value.get("authority") == other.item.value.get("authority")
            return (1, float(is_same)) if one.told == other.told else None
        share = jaccard(one.place, other.place)
        return (1, (share + (one.told == other.told)) / 2) if share else None

    return {ones[one].item.pointer: others[other].item for one, other in matched(ones, others, weight, _place)}


def _place(one: Standing) -> tuple[Place]:
    return (one.place,)


class Terms:
    """What a coding says, in the names of the draft to which it is settled."""

    def __init__(self, coding: Coding, side: str, same: dict[Pointer, Item], settled: Placed) -> None:
        """Learn the names.

        Args:
            coding: The coding.
            side: `1` or `2`.
            same: The item of the settled draft for the pointer of each of the coding's.
            settled: The settled draft in its text.
        """
        names = {("." in name, place): name for name, place in _called(settled)}
        called = ((name, ("." in name, place)) for name, place in _called(coding.placed))
        self._sections = {name: names[place] for name, place in called if place in names}
        self._holding = settled.anchored.places
        self._mentions: dict[str, Any] = {}
        self._events: dict[str, str] = {}
        self._places = {item.pointer: place for item, place, _ in standing(coding.draft, coding.placed)}
        for item in items.listed(coding.draft):
            other = same.get(item.pointer)
            if item.part == "mentions":
                self._mentions[item.value["id"]] = (
                    other.value.get("id", other.value["span"]) if other else item.value["span"]
                )
            elif item.part == "events":
                own = {**other.value} if other else {}
                self._events[item.value["id"]] = str(own.get("key", own.get("id", f"coding-{side}-{item.value['id']}")))

    def of(self, item: Item) -> Record:
        """An item of the coding, without its id; an event of its own has a key."""
        value: Record = self._said(item.value)
        value.pop("id", None)
        name = self._events.get(str(item.value.get("id")), "") if item.part == "events" else ""
        return {"key": name, **value} if name.startswith("coding-") else value

    def group(self, item: Item) -> str:
        """Under which sentence or section of the settled draft a mention stands.

        Raises:
            CteError: under none.
        """
        start, end, _ = self._places[item.pointer]
        for name, place in self._holding.items():
            if place[0] <= start and end <= place[1]:
                return name
        raise CteError(f"{item.name} stands in no one sentence of the settled draft", "settle the sections first")

    def _said(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: self._said(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self._said(item, key) for item in value]
        if key in _SECTIONS or (key == "anchor" and value in self._sections):
            return self._sections.get(value, value)
        if key in _MENTIONS:
            return self._mentions.get(value, value)
        return self._events.get(value, value) if key in _EVENTS else value


def bare(value: Any) -> Any:
    """What of an item two codings have to say alike to agree."""
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items() if key not in WORDING}
    return [bare(item) for item in value] if isinstance(value, list) else value


def _called(placed: Placed) -> Iterator[tuple[str, tuple[int, int]]]:
    """Sections and sentences by their short ids, with their places."""
    for pointer, record in placed.records.items():
        if pointer[0] == "sections":
            short = record["id"].rpartition(":")[2]
            yield short, (record["start"], record["end"])
            for one in record.get("sentences", ()):
                yield f"{short}.{one['n']}", (one["start"], one["end"])
