"""Marks: what the records say of stretches of a document's text. Mentions, triggers of events, and their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cte_corpus.attach.attach import LOST, PROVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.attach.attached import AttachedCorpus, AttachedDocument
    from cte_corpus.corpus.corpus import Corpus

Raw = dict[str, Any]

Tell = Callable[..., None]
"""Is told what is left out: its kind, the reason, and the ids."""

WHY = {
    "loose": "the place in the copy is likely and not proven",
    "ambiguous": "the copy has the words at several places",
    "lost": "the copy does not have the words",
}
"""Why something has no place in a copy, by its status there."""

Kind = Literal["mention", "trigger", "argument"]


class Mark(NamedTuple):
    """A stretch that a record names. All offsets are code points, 0-based and half-open."""

    kind: Kind
    id: str
    """Of the mention or event; of an argument the event's, with its place there: `…:e01/arguments/0`."""
    label: str
    """The class of the entity (`person`), the type of the event (`viol.bombing`), or the role (`target`)."""
    start: int
    end: int
    """Where it stands in the copy of the text, or in the reference text where there is no copy."""
    reference: tuple[int, int]
    """Where it stands in the reference text: what the record says."""
    words: str
    """The words that the record quotes."""
    entity: str | None = None
    """Id of the entity of a mention, or of one that fills a role."""
    event: str | None = None
    """Id of the event of a trigger or an argument."""
    mention: str | None = None
    """Id of the mention that the stretch is, or that shows the argument."""


class Marked(NamedTuple):
    """A document with its marks in the order of the text."""

    raw: Raw
    """The decoded records."""
    copy: AttachedDocument | None
    """The document with a copy of its text; None where there is none."""
    marks: tuple[Mark, ...]
    unplaced: tuple[tuple[Mark, str], ...]
    """Marks whose place in the copy is not proven, with their reference offsets; and what is known: loose, lost …"""
    unshown: tuple[str, ...]
    """Ids of arguments that no words of the text show."""

    @property
    def id(self) -> str:
        """Id of the document."""
        return str(self.raw["document"]["id"])

    @property
    def text(self) -> str | None:
        """The copy of its text; None where there is none."""
        return None if self.copy is None else self.copy.text


def documents(corpus: Corpus, copies: AttachedCorpus | None, tell: Tell) -> Iterator[Marked]:
    """The documents one after the other, each with the marks that have a place in its text.

    Without copies the offsets are those of the reference texts. It is told of documents of which there is no copy, of
    marks whose place in it is not proven, and of arguments that no words show.

    Raises:
        KeyError: an argument names a mention that is not there.
    """
    for raw in corpus.one_by_one():
        key = raw["document"]["id"]
        copy = copies[key] if copies is not None and key in copies else None
        if copy is None and copies is not None:
            tell("document", "there is no copy of the text", key)
        found = marked(raw, copy)
        for mark, status in found.unplaced:
            tell(mark.kind, WHY[status], mark.id)
        tell("argument", "no words of the text show it", *found.unshown)
        yield found


def marked(raw: Raw, copy: AttachedDocument | None) -> Marked:
    """The marks of a decoded document, placed in a copy of its text if there is one.

    Raises:
        KeyError: an argument names a mention that is not there.
    """
    found, unplaced = [], []
    for mark in _marks(raw):
        if copy is None:
            found.append(mark)
            continue
        placed = copy.attachment.spans.get(mark.reference, LOST)
        if placed.status in PROVEN and placed.start is not None and placed.end is not None:
            found.append(mark._replace(start=placed.start, end=placed.end))
        else:
            unplaced.append((mark, placed.status))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    shown = {mark.id for mark in found} | {mark.id for mark, _ in unplaced}
    unshown = [key for event in raw["events"] for key in _arguments(event) if key not in shown]
    return Marked(raw, copy, tuple(found), tuple(unplaced), tuple(unshown))


def _arguments(event: Raw) -> Iterator[str]:
    return (f"{event['id']}/arguments/{number}" for number in range(len(event.get("arguments", ()))))


def _marks(raw: Raw) -> Iterator[Mark]:
    spans = {}
    for one in raw["mentions"]:
        span = spans[one["id"]] = one["span"]
        label = one["entity"].partition(":")[0]
        yield _mark("mention", one["id"], label, span, entity=one["entity"], mention=one["id"])
    for event in raw["events"]:
        key = event["id"]
        yield _mark("trigger", key, event["type"], event["trigger"], event=key)
        for name, one in zip(_arguments(event), event.get("arguments", ()), strict=True):
            told = {"entity": one.get("entity"), "event": key}
            for mention in one.get("mentions", ()):
                yield _mark("argument", name, one["role"], spans[mention], **told, mention=mention)
            if "span" in one:
                yield _mark("argument", name, one["role"], one["span"], **told)


def _mark(kind: Kind, key: str, label: str, span: Raw, **more: str | None) -> Mark:
    start, end = span["start"], span["end"]
    return Mark(kind, key, label, start, end, (start, end), span["text"], **more)
