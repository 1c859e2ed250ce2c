"""What is scored, resolved: spans as code points, and no ids but those of entities. Both sides take this form."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus import edtf
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Raw = dict[str, Any]


class Place(NamedTuple):
    """A stretch of the reference text: code points, 0-based and half-open, and its words. Nowhere is `start` -1."""

    start: int
    end: int
    text: str = ""


NOWHERE = Place(-1, -1)
"""Where a quote stands that could not be anchored. It matches nothing."""


class Mention(NamedTuple):
    """A mention; `type` is the class of its entity."""

    place: Place
    entity: str
    type: str


class Argument(NamedTuple):
    """Who or what takes part, or where. `filler` is an entity's id, or says which event or words: `entity` tells."""

    role: str
    filler: str
    entity: bool
    places: tuple[Place, ...]


class Date(NamedTuple):
    """A date; `first` and `last` are its EDTF bounds as text that sorts, open ends included."""

    role: str
    edtf: str
    first: str
    last: str
    places: tuple[Place, ...]


class Figure(NamedTuple):
    """A figure as an interval, with what it counts."""

    measure: tuple[str, str, str]
    """Measure, unit and period."""
    comparator: str
    lower: float
    upper: float
    places: tuple[Place, ...]


class Attribution(NamedTuple):
    """Who says it, and what he does with the words."""

    by: str
    act: str


class Event(NamedTuple):
    """An event."""

    trigger: Place
    type: str
    status: str
    polarity: str
    genericity: str
    arguments: tuple[Argument, ...]
    dates: tuple[Date, ...]
    figures: tuple[Figure, ...]
    attributions: tuple[Attribution, ...]
    places: tuple[Argument, ...] = ()


class Sanction(NamedTuple):
    """What is said of one target. Fields with the values that they hold; `listed` is the day of the listing."""

    target: str
    entities: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    listed: tuple[Date, ...]
    evidence: tuple[Place, ...]
    """The sentences that tell it."""


@dataclass(frozen=True)
class Coding:
    """One coding of one document. The order of its tuples says nothing."""

    document: str
    text: str
    """SHA-256 of the reference text."""
    sentences: tuple[Place, ...]
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    sanctions: tuple[Sanction, ...] = ()

    @property
    def held(self) -> tuple[tuple[Mention, ...], tuple[Event, ...], tuple[Sanction, ...]]:
        """All that it says of the text."""
        return self.mentions, self.events, self.sanctions


def coding(raw: Raw, only_explicit: bool = False) -> Coding:
    """The coding that a decoded document with its lists holds.

    Args:
        raw: `document`, `sections`, `mentions`, `events` and `sanctions`, as `Corpus.raw_documents` has them.
        only_explicit: Leave out arguments and places that no words show, and attributions that are implicit.

    Raises:
        CteError: a record lacks what is scored, or refers to what is not there; it names the record.
    """
    with intact(str(raw["document"]["id"])):
        return _coding(raw, only_explicit)


def _coding(raw: Raw, only_explicit: bool) -> Coding:
    spoken = {}
    mentions = []
    for one in raw["mentions"]:
        with intact(one["id"]):
            spoken[one["id"]] = _place(one["span"])
            mentions.append(Mention(spoken[one["id"]], _word(one, "entity"), _word(one, "entity").partition(":")[0]))
    triggers = {}
    for one in raw["events"]:
        with intact(one["id"]):
            triggers[one["id"]] = f"event {_place(one['trigger'])[:2]} {one['type']}"
    sentences = {
        f"{section['id']}.{one['n']}": _extent(one)
        for section in raw["sections"]
        for one in section.get("sentences", ())
    }
    events = []
    for one in raw["events"]:
        with intact(one["id"]):
            events.append(_event(one, spoken, triggers, only_explicit))
    sanctions = []
    for one in raw["sanctions"]:
        with intact(one["id"]):
            sanctions.append(_sanction(one, sentences))
    document = raw["document"]
    return Coding(
        document["id"],
        document["text"]["sha256"],
        tuple(sorted(sentences.values())),
        tuple(mentions),
        tuple(events),
        tuple(sanctions),
    )


@contextmanager
def intact(name: str) -> Iterator[None]:
    """Around code that takes records for what they should be: where they are not, that is said of what is named.

    Raises:
        CteError: they are not.
    """
    try:
        yield
    except KeyError as error:
        raise CteError(f"{name}: cannot be scored: there is no {error}", "run `cte check` on it") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CteError(f"{name}: cannot be scored: {error}", "run `cte check` on it") from error


def _event(event: Raw, spoken: Mapping[str, Place], triggers: Mapping[str, str], only_explicit: bool) -> Event:
    def filled(field: str) -> tuple[Argument, ...]:
        found = [_argument(one, spoken, triggers) for one in event.get(field, ())]
        return tuple(one for one in found if one.places or not only_explicit)

    said = [one for one in event.get("attributions", ()) if not (only_explicit and one.get("implicit"))]
    return Event(
        _place(event["trigger"]),
        _word(event, "type"),
        _word(event, "status", ""),
        _word(event, "polarity", ""),
        _word(event, "genericity", ""),
        filled("arguments"),
        tuple(_date(one, _word(one, "role")) for one in event.get("times", ())),
        tuple(map(_figure, event.get("quantities", ()))),
        tuple(Attribution(_word(one, "by"), _word(one, "act")) for one in said),
        filled("places"),
    )


def _argument(one: Raw, spoken: Mapping[str, Place], triggers: Mapping[str, str]) -> Argument:
    places = [spoken[key] for key in one.get("mentions", ())] + list(_shown(one))
    words = f"words {sorted(place[:2] for place in places)}"
    filler = _word(one, "entity", "") or triggers.get(_word(one, "event", "")) or words
    return Argument(_word(one, "role"), filler, "entity" in one, tuple(places))


def _sanction(sanction: Raw, sentences: Mapping[str, Place]) -> Sanction:
    entities: list[tuple[str, str]] = [
        (field, _word(sanction, field)) for field in ("authority", "jurisdiction") if field in sanction
    ]
    entities += [(field, str(one)) for field in ("operates_in", "supports") for one in sanction.get(field, ())]
    entities += [
        ("legal_basis", _word(one, "instrument")) for one in sanction.get("legal_basis", ()) if "instrument" in one
    ]
    codes = [(field, str(one)) for field in ("measures", "programme") for one in sanction.get(field, ())]
    return Sanction(
        _word(sanction, "target"),
        tuple(entities),
        tuple(codes),
        (_date(sanction["listed"], "listed"),) if "listed" in sanction else (),
        tuple(sentences[key] for key in sanction.get("evidence", ())),
    )


def _word(one: Raw, field: str, default: str | None = None) -> str:
    """A field that holds a code, an id or a text; without a default it must be there."""
    value = one[field] if default is None else one.get(field, default)
    if not isinstance(value, str):
        raise ValueError(f"expected `{field}` to be a string, got {value!r}")
    return value


def _extent(span: Raw, words: str = "") -> Place:
    start, end = span["start"], span["end"]
    if not (type(start) is type(end) is int and 0 <= start < end):
        raise ValueError(f"{start!r} to {end!r} is no place: code points, the first below the second")
    return Place(start, end, words)


def _place(span: Raw) -> Place:
    return _extent(span, _word(span, "text", ""))


def _date(one: Raw, role: str) -> Date:
    first, last = edtf.bounds(_word(one, "edtf"))
    return Date(role, one["edtf"], first or "", last or "~", _shown(one))


def _figure(one: Raw) -> Figure:
    value = one.get("value")
    lower, upper = (one.get(end, value) for end in ("lower", "upper"))
    return Figure(
        (_word(one, "measure"), _word(one, "unit", ""), _word(one, "per", "")),
        _word(one, "comparator"),
        float("-inf") if lower is None else float(lower),
        float("inf") if upper is None else float(upper),
        _shown(one),
    )


def _shown(one: Raw) -> tuple[Place, ...]:
    return (_place(one["span"]),) if "span" in one else ()


def ordered(coding: Coding) -> Coding:
    """The same coding with all that it holds in one order, so that no tie is decided by the order of the input."""
    parts = {name: _ordered(getattr(coding, name)) for name in ("mentions", "events", "sanctions")}
    return replace(coding, **parts)


def _ordered(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    parts = [_ordered(one) for one in value]
    if hasattr(value, "_fields"):
        return type(value)(*parts)
    return tuple(sorted(parts) if all(isinstance(one, tuple) for one in parts) else parts)


def clusters(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """The mentions of each entity."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.entity, []).append(mention)
    return found
