"""What new entities and names make findable is added to a draft, line by line: nothing else in it is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cte_corpus.authoring import drafts
from cte_corpus.authoring.propose import Proposal, mentions
from cte_corpus.authoring.scaffold import mention_fields, seen
from cte_corpus.authoring.writing import flow
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.authoring.quotes import Place
    from cte_corpus.store.locate import Position
    from cte_corpus.store.pointer import Pointer

Record = dict[str, Any]


class Additions(NamedTuple):
    """A draft with what was added."""

    draft: str
    added: dict[str, list[Proposal]]
    """The new mentions by the sentence or section under which they stand."""


def propose(
    source: drafts.Draft,
    text: str,
    bundle: Record,
    places: dict[str, Place],
    entities: Iterable[Record],
    names: Iterable[tuple[str, str]],
) -> Additions:
    """Add the mentions to a draft that can be found now, and could not when it was proposed.

    What was proposed before and deleted is not proposed again, nor what overlaps with a mention of the draft.

    Args:
        source: The draft.
        text: The reference text.
        bundle: What the draft anchors to.
        places: The sentences, and headings and sections without sentences, by what the draft calls them.
        entities: The entity registry.
        names: Names that coded documents print, each with the id of its entity.

    Raises:
        CteError: the draft is laid out in a way in which nothing can be added by line.
    """
    known = [(m["span"]["start"], m["span"]["end"], m["form"]) for m in bundle["mentions"]]
    settled = {(str(one.get("entity")), str(one.get("words"))) for one in _noted(source.value)}
    settled |= {(m["entity"], " ".join(m["span"]["text"].split())) for m in bundle["mentions"]}
    added: dict[str, list[Proposal]] = {}
    for one in mentions(text, entities, names):
        words = " ".join(text[one.start : one.end].split())
        if any((entity, words) in settled for entity in one.entities) or _overlaps(one, known):
            continue
        name = next((name for name, (start, end) in places.items() if start <= one.start and one.end <= end), "")
        if name:
            added.setdefault(name, []).append(one)
    if not added:
        return Additions(source.text, {})
    if source.is_json:
        return Additions(_in_json(source.value, text, places, added), added)
    return Additions(_in_yaml(source, text, places, added), added)


def _noted(draft: Record) -> list[Record]:
    """What the draft notes as proposed before."""
    noted = draft.get("candidates")
    listed = noted.get("seen") if isinstance(noted, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _overlaps(one: Proposal, known: Iterable[tuple[int, int, str]]) -> bool:
    """Whether a mention stands there already: at the same place, or a name that shares a letter with it."""
    return any(
        (start, end) == (one.start, one.end)
        or (
            start < one.end
            and one.start < end
            and (form == one.form == "name" or not start <= one.start < one.end <= end)
        )
        for start, end, form in known
    )


def _in_json(value: Record, text: str, places: dict[str, Place], added: dict[str, list[Proposal]]) -> str:
    return orjson.dumps(_wanted(value, text, places, added), option=orjson.OPT_INDENT_2).decode() + "\n"


def _wanted(value: Record, text: str, places: dict[str, Place], added: dict[str, list[Proposal]]) -> Record:
    """The draft as it is to be read afterwards."""
    groups = dict(value.get("mentions") or {})
    for name, proposals in added.items():
        groups[name] = [*(groups.get(name) or ()), *(mention_fields(text, one, [places[name]]) for one in proposals)]
    noted = value.get("candidates", {})
    every = [one for proposals in added.values() for one in proposals]
    candidates = {**noted, "seen": [*noted.get("seen", ()), *seen(text, every)]}
    return {**value, "mentions": groups, "candidates": candidates}


def _in_yaml(source: drafts.Draft, text: str, places: dict[str, Place], added: dict[str, list[Proposal]]) -> str:
    lines = source.text.splitlines()
    wanted = _wanted(source.value, text, places, added)
    groups = source.value.get("mentions") or {}
    inserted: list[tuple[int, list[str]]] = []
    order = list(places)
    for name, proposals in added.items():
        items = [f"    - {flow(mention_fields(text, one, [places[name]]))}" for one in proposals]
        if name in groups:
            inserted.append((_after(lines, source.places, ("mentions", name)), items))
            continue
        before = [other for other in groups if other in order and order.index(other) < order.index(name)]
        key: Pointer = ("mentions", before[-1]) if before else ("mentions",)
        if before or not groups:
            at = _after(lines, source.places, key)
        else:
            at = source.places["mentions", next(iter(groups))].line - 1
        inserted.append((at, [f"  {flow(name)}:", *items]))
    every = [one for proposals in added.values() for one in proposals]
    note = [f"    - {flow(one)}" for one in seen(text, every)]
    noted = source.value.get("candidates", {})
    if noted.get("seen"):
        inserted.append((_after(lines, source.places, ("candidates", "seen")), note))
    elif "candidates" in source.value and "seen" not in noted:
        inserted.append((_after(lines, source.places, ("candidates",)), ["  seen:", *note]))
    else:
        inserted.append((len(lines), ["candidates:", "  seen:", *note]))
    for at, _, new in sorted(((at, n, new) for n, (at, new) in enumerate(inserted)), reverse=True):
        lines[at:at] = new
    made = "\n".join("mentions:" if line == "mentions: {}" else line for line in lines)
    try:
        found = drafts.read(made + "\n")
    except CteError:
        found = {}
    if found != wanted:
        shown = "\n".join(line for _, new in inserted for line in new)
        raise CteError(
            "the draft is laid out in a way in which no line can be added", "add these by hand", detail=shown
        )
    return made + "\n"


def _after(lines: list[str], places: dict[Pointer, Position], pointer: Pointer) -> int:
    """The line after all that stands under a key: the next that is not set in as deep, blank lines before it aside."""
    place = places[pointer]
    at = place.line
    while at < len(lines) and (not lines[at].strip() or len(lines[at]) - len(lines[at].lstrip()) >= place.column):
        at += 1
    while at > place.line and not lines[at - 1].strip():
        at -= 1
    return at
