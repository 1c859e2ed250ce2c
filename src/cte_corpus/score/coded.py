"""What is scored, resolved: spans as code points, and no ids but those of entities. Both sides take this form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus import edtf
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    """Who or what takes part. `filler` is an entity's id, or says which event or words; `entity` tells them apart."""

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


def coding(raw: Raw, only_explicit: bool = False) -> Coding:
    """The coding that a decoded document with its lists holds.

    Args:
        raw: `document`, `sections`, `mentions`, `events` and `sanctions`, as `Corpus.raw_documents` has them.
        only_explicit: Leave out arguments that no words show, and attributions that are implicit.

    Raises:
        CteError: a record lacks what is scored, or refers to what is not there; it names the record.
    """
    document = raw["document"]
    spoken = {mention["id"]: _place(mention["span"]) for mention in raw["mentions"]}
    triggers = {event["id"]: f"event {_place(event['trigger'])[:2]} {event['type']}" for event in raw["events"]}
    sentences = {
        f"{section['id']}.{one['n']}": Place(one["start"], one["end"])
        for section in raw["sections"]
        for one in section.get("sentences", ())
    }
    events = []
    for event in raw["events"]:
        with _named(event["id"]):
            events.append(_event(event, spoken, triggers, only_explicit))
    sanctions = []
    for sanction in raw["sanctions"]:
        with _named(sanction["id"]):
            sanctions.append(_sanction(sanction, sentences))
    return Coding(
        document["id"],
        document["text"]["sha256"],
        tuple(sorted(sentences.values())),
        tuple(Mention(spoken[one["id"]], one["entity"], one["entity"].partition(":")[0]) for one in raw["mentions"]),
        tuple(events),
        tuple(sanctions),
    )


class _named:  # noqa: N801
    """Around a record: what is wrong with it is said with its id."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError | ValueError | TypeError):
            raise CteError(f"{self.key}: cannot be scored: {error}", "run `cte check` on it") from error


def _event(event: Raw, spoken: Mapping[str, Place], triggers: Mapping[str, str], only_explicit: bool) -> Event:
    arguments = []
    for one in event.get("arguments", ()):
        places = [spoken[key] for key in one.get("mentions", ())] + [_place(one[k]) for k in ("span",) if k in one]
        if only_explicit and not places:
            continue
        filler = one.get("entity") or triggers.get(one.get("event", "")) or f"words {sorted(p[:2] for p in places)}"
        arguments.append(Argument(one["role"], filler, "entity" in one, tuple(places)))
    said = [one for one in event.get("attributions", ()) if not (only_explicit and one.get("implicit"))]
    return Event(
        _place(event["trigger"]),
        event["type"],
        event["status"],
        event["polarity"],
        event.get("genericity", ""),
        tuple(arguments),
        tuple(_date(one, one["role"]) for one in event.get("times", ())),
        tuple(map(_figure, event.get("quantities", ()))),
        tuple(Attribution(one["by"], one["act"]) for one in said),
    )


def _sanction(sanction: Raw, sentences: Mapping[str, Place]) -> Sanction:
    entities = [(field, sanction[field]) for field in ("authority", "jurisdiction")]
    entities += [(field, one) for field in ("operates_in", "supports") for one in sanction.get(field, ())]
    entities += [("legal_basis", one["instrument"]) for one in sanction.get("legal_basis", ()) if "instrument" in one]
    codes = [(field, one) for field in ("measures", "programme") for one in sanction.get(field, ())]
    return Sanction(
        sanction["target"],
        tuple(entities),
        tuple(codes),
        tuple(_date(sanction["listed"], "listed") for _ in range("listed" in sanction)),
        tuple(sentences[key] for key in sanction["evidence"]),
    )


def _place(span: Raw) -> Place:
    return Place(span["start"], span["end"], span["text"])


def _date(one: Raw, role: str) -> Date:
    first, last = edtf.bounds(one["edtf"])
    return Date(role, one["edtf"], first or "", last or "~", _shown(one))


def _figure(one: Raw) -> Figure:
    value = one.get("value")
    lower, upper = (one.get(end, value) for end in ("lower", "upper"))
    return Figure(
        (one["measure"], one.get("unit", ""), one.get("per", "")),
        one["comparator"],
        float("-inf") if lower is None else float(lower),
        float("inf") if upper is None else float(upper),
        _shown(one),
    )


def _shown(one: Raw) -> tuple[Place, ...]:
    return (_place(one["span"]),) if "span" in one else ()


def clusters(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """The mentions of each entity."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.entity, []).append(mention)
    return found
