"""Predictions as quotes: each is looked up in the text first, and what cannot be anchored counts, as wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus import vocabulary
from cte_corpus.attach.ground import ground
from cte_corpus.errors import CteError
from cte_corpus.score.coded import NOWHERE, Coding, Event, Mention, Place
from cte_corpus.store import layout
from cte_corpus.text.view import reference_text, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.attach.grounded import Grounded
    from cte_corpus.score.coded import Raw


class Anchored(NamedTuple):
    """A coding made of quotes."""

    coding: Coding
    layers: frozenset[str]
    """Of `mentions`, `coreference` and `triggers` those that the quotes speak of; the others are not scored."""
    unanchored: dict[str, int]
    """Why quotes have no place, and how many: `absent`, `ambiguous`, `edited`."""


def anchored(raw: Raw, claims: Path, text: Path) -> Anchored:
    """The coding that the quotes of a file say.

    A quote's `label` is the class of an entity, and it is a mention, or the type of an event, and it is a trigger.
    Mentions of the same `id` are of one entity; without it each is of its own.

    Args:
        raw: The decoded gold document.
        claims: The file, as `cte ground` reads it.
        text: The source text of the document, or a folder of them, named by the documents' ids.

    Raises:
        CteError: the text is missing or another one; the file cannot be read; a label is missing or not known.
    """
    document = raw["document"]
    whole = _text(document, text)
    found = ground(whole, claims)
    if found.text != whole:
        raise CteError(f"{document['id']}: its text reads as HTML", "score records instead of quotes")
    mentions, events = [], []
    layers: set[str] = set()
    unanchored: Counter[str] = Counter()
    for number, one in enumerate(found):
        place, why = _place(one, whole)
        if why:
            unanchored[why] += 1
        label = one.claim.label or ""
        if label in vocabulary.codes("entity-class"):
            layers |= {"mentions", "coreference"} if one.claim.id else {"mentions"}
            entity = f"{label}:{one.claim.id}" if one.claim.id else f"{label}#{number}"
            mentions.append(Mention(place, entity, label))
        elif label in vocabulary.event_types():
            layers.add("triggers")
            events.append(Event(place, label, "", "", "", (), (), (), ()))
        else:
            raise _unknown(one.claim.where, label)
    coding = Coding(document["id"], document["text"]["sha256"], (), tuple(mentions), tuple(events))
    return Anchored(coding, frozenset(layers), dict(sorted(unanchored.items())))


def _place(one: Grounded, text: str) -> tuple[Place, str]:
    """Where a quote stands; if it has no place, why."""
    if one.status in ("absent", "ambiguous") or not one.found or len(one.spots) != 1:
        return NOWHERE, one.status if one.status in ("absent", "ambiguous") else "edited"
    spot = one.spots[0]
    return Place(spot.start, spot.end, text[spot.start : spot.end]), ""


def _unknown(where: str, label: str) -> CteError:
    from cte_corpus.text.suggest import hint

    known = [*vocabulary.codes("entity-class"), *vocabulary.event_types()]
    classes = ", ".join(vocabulary.codes("entity-class"))
    if not label:
        return CteError(f"{where}: the quote has no `label`", f"a class of entities ({classes}), or an event type")
    message = f"{where}: label {label!r} is neither a class of entities nor an event type"
    return CteError(message, f"{hint(label, known)} classes: {classes}".strip())


def _text(document: Raw, path: Path) -> str:
    """The reference text of a document, proven by its digest."""
    key = document["id"]
    file = path
    if path.is_dir():
        name = layout.source_text(layout.source_texts(path), key, path)
        if name is None:
            raise CteError(f"no text named {key}.txt or .md in {path}", "quotes are looked up in the text")
        file = path / name
    try:
        text = reference_text(file.read_bytes(), document["text"]["recipe"], str(file))
    except ValueError as error:
        raise CteError(f"{file}: {error}", "give the source text of the document") from None
    if sha256(text) != document["text"]["sha256"]:
        raise CteError(f"{file} is not the text of {key}", "run `cte attach` on it to see what it is")
    return text
