"""Codings in a few words, of invented people and groups."""

from collections.abc import Mapping

from cte_corpus.edtf import bounds
from cte_corpus.score.coded import (
    NOWHERE,
    Argument,
    Attribution,
    Coding,
    Date,
    Event,
    Figure,
    Mention,
    Place,
    Sanction,
)
from cte_corpus.score.pair import Pair
from cte_corpus.score.spans import Match
from cte_corpus.score.tally import Figures, Row, Tally

SENTENCES = tuple(Place(start, start + 20) for start in range(0, 100, 20))


def places(words: str) -> tuple[Place, ...]:
    """`0-5 7-9` as places; `?` is nowhere."""
    parts = [word.partition("-") for word in words.split()]
    return tuple(NOWHERE if start == "?" else Place(int(start), int(end)) for start, _, end in parts)


def mentions(words: str) -> tuple[Mention, ...]:
    """`0-5:person:ina 7-9:org:tide` as mentions."""
    found = []
    for word in words.split():
        where, _, entity = word.partition(":")
        found.append(Mention(places(where)[0], entity, entity.partition(":")[0]))
    return tuple(found)


def argument(words: str) -> Argument:
    """`host=org:tide@0-5,7-9` as an argument; without `@` no words show it."""
    role, _, rest = words.partition("=")
    filler, _, shown = rest.partition("@")
    return Argument(role, filler, ":" in filler, places(shown.replace(",", " ")))


def date(words: str) -> Date:
    """`when=2022-05@0-5` as a date."""
    role, _, rest = words.partition("=")
    edtf, _, shown = rest.partition("@")
    first, last = bounds(edtf)
    return Date(role, edtf, first or "", last or "~", places(shown))


def figure(words: str) -> Figure:
    """`killed ge 40 inf 0-5` as a figure."""
    measure, comparator, lower, upper, *shown = words.split()
    return Figure((measure, "", ""), comparator, float(lower), float(upper), places(" ".join(shown)))


def event(
    trigger: str = "0-5",
    kind: str = "dipl.meeting",
    *,
    args: str = "",
    dates: str = "",
    figures: str = "",
    says: str = "",
    at: str = "",
    is_: str = "occurred positive specific",
) -> Event:
    """An event; `figures` are parted by commas, others by spaces; `at` is as `args`, `says` `org:tide=claims`."""
    status, polarity, genericity = is_.split()
    return Event(
        places(trigger)[0],
        kind,
        status,
        polarity,
        genericity,
        tuple(map(argument, args.split())),
        tuple(map(date, dates.split())),
        tuple(figure(one) for one in figures.split(",") if one),
        tuple(Attribution(*one.split("=")) for one in says.split()),
        tuple(map(argument, at.split())),
    )


def sanction(target: str, *, by: str = "org:board", codes: str = "", listed: str = "", told: str = "0-20") -> Sanction:
    """A sanction; `codes` is `measures=asset-freeze`."""
    return Sanction(
        target,
        (("authority", by),),
        tuple((field, code) for field, _, code in (one.partition("=") for one in codes.split())),
        tuple(map(date, listed.split())),
        places(told),
    )


def pair(
    gold: str | tuple[Event, ...] = (),
    pred: str | tuple[Event, ...] = (),
    *,
    spoken: str = "",
    heard: str = "",
    listed: tuple[Sanction, ...] = (),
    guessed: tuple[Sanction, ...] = (),
    match: Match = "exact",
) -> Pair:
    """Two codings side by side, each of mentions in words or of events; `spoken` and `heard` are mentions besides."""
    sides = []
    for side, said, targets in ((gold, spoken, listed), (pred, heard, guessed)):
        named, told = (side, ()) if isinstance(side, str) else (said, side)
        sides.append(Coding("harbour", "text", SENTENCES, mentions(named), told, targets))
    return Pair(sides[0], sides[1], match)


def got(rows: Mapping[str, list[Row]], name: str) -> tuple[float, float, float]:
    """Of gold, predicted, right."""
    found = summed(rows[name])
    return found.gold, found.pred, found.right


def summed(rows: list[Row]) -> Figures:
    return Tally(rows).micro
