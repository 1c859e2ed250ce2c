"""A new entity from what its coder says of it, and the entities that it may be already."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.checking.rules.days import LANGUAGES_OF, SCRIPTS
from cte_corpus.checking.rules.entities import CLASS_KINDS, PRIVACY_OF
from cte_corpus.checking.rules.registry import PRECISION, PRIVATE
from cte_corpus.errors import CteError
from cte_corpus.text.fold import fold_short
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Raw = dict[str, Any]

CLOSE = 0.85
"""How like two folded names are that may be one, by difflib's ratio."""

LONGEST = 200
"""Characters of the longest name that is compared letter by letter."""

_NAMED = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)(?:/([A-Z][a-z]{3}))?=(.*\S.*)", re.DOTALL)
_PAIR = re.compile(r"([^=\s]+)=(.*\S.*)", re.DOTALL)
_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]+)?)\s*,\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)")


class Said(NamedTuple):
    """What a coder says of an entity, as the command line has it."""

    id: str
    kind: str
    names: tuple[str, ...]
    """`LANG=NAME` or `LANG/SCRIPT=NAME`; the first of a language is the preferred one."""

    description: tuple[str, ...]
    """`LANG=WORDS`."""

    privacy: str | None
    countries: tuple[str, ...]
    """`ROLE=CODE`."""

    identifiers: tuple[str, ...]
    """`SCHEME=VALUE`."""

    point: str | None
    """`LAT,LON` in degrees."""

    source: str | None
    """Where identifiers and point were looked up."""


def entity(said: Said) -> Raw:
    """The record of a new entity.

    Raises:
        CteError: something cannot be read, or lacks its source.
    """
    own = said.id.partition(":")[0]
    if own not in CLASS_KINDS:
        raise CteError(f"{said.id!r} has no class of entities", f"{_among(own, CLASS_KINDS)} as org:grey-lantern")
    if said.kind not in CLASS_KINDS[own]:
        raise CteError(f"no kind {said.kind!r} of class {own!r}", _among(said.kind, CLASS_KINDS[own]))
    if (said.identifiers or said.point) and not said.source:
        raise CteError(
            "identifiers and coordinates need the source where they were looked up",
            "name it by --source, or leave them out: `cte check` says where one has to follow",
        )
    if said.point and not said.identifiers:
        raise CteError(
            "coordinates have no source of their own", "give the identifier of the place in the source by --identifier"
        )
    names = list(_names(said.names))
    looked = {"source": said.source, "checked": datetime.now(UTC).date().isoformat()}
    found: Raw = {
        "id": said.id,
        "kind": said.kind,
        "names": names,
        "description": [_words(text) for text in said.description],
        "privacy": said.privacy or _privacy(own, said.kind),
        "identifiers": [
            {"scheme": scheme, "value": value, **looked}
            for scheme, value in _pairs(said.identifiers, "SCHEME=VALUE, as geonames=123456")
        ],
        "countries": [
            {"code": code, "role": role} for role, code in _pairs(said.countries, "ROLE=CODE, as located-in=IS")
        ],
    }
    if said.point:
        found["geo"] = {**_point(said.point), "precision": _precision(said.kind)}
    return {key: value for key, value in found.items() if value != []}


def alike(new: Raw, registry: Iterable[Raw]) -> Iterator[tuple[str, str]]:
    """The entities that a new one may be already, each with why: an identifier, a name or nearly a name is the same."""
    numbers = {(item["scheme"], item["value"]) for item in new.get("identifiers", ())}
    own = {fold_short(name["text"]): name["text"] for name in new["names"]}
    for other in registry:
        same = [item for item in other.get("identifiers", ()) if (item["scheme"], item["value"]) in numbers]
        if same:
            yield other["id"], f"has {same[0]['scheme']} {same[0]['value']}, too"
            continue
        for name in other["names"]:
            folded = fold_short(name["text"])
            near = next((text for mine, text in own.items() if _is_near(mine, folded)), None)
            if near is not None:
                yield other["id"], f"is called {name['text']}"
                break


def _is_near(one: str, other: str) -> bool:
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return len(min(one, other, key=len)) > 3 or one == other
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return max(len(one), len(other)) <= LONGEST and matcher.quick_ratio() >= CLOSE <= matcher.ratio()


def _names(given: Iterable[str]) -> Iterator[Raw]:
    told: set[str] = set()
    for text in given:
        match = _NAMED.fullmatch(text)
        if match is None:
            raise CteError(f"{text!r} is no name with its language", "LANG=NAME, as en=Grey Lantern, or ja/Jpan=NAME")
        lang, script, name = match.groups()
        script = script or next((code for code, letters in SCRIPTS.items() if letters.search(name)), None)
        if script is None:
            known = ", ".join(LANGUAGES_OF)
            raise CteError(f"the script of {name!r} is not known", f"say it, as ja/Jpan=NAME; told by itself: {known}")
        yield {"text": name.strip(), "lang": lang, "script": script, "use": "alias" if lang in told else "preferred"}
        told.add(lang)


def _words(text: str) -> Raw:
    match = _NAMED.fullmatch(text)
    if match is None:
        raise CteError(f"{text!r} has no language", "LANG=WORDS, as en=Armed group.")
    return {"text": match[3].strip(), "lang": match[1]}


def _pairs(given: Iterable[str], form: str) -> Iterator[tuple[str, str]]:
    for text in given:
        match = _PAIR.fullmatch(text)
        if match is None:
            raise CteError(f"{text!r} is not of two parts", form)
        yield match[1], match[2].strip()


def _point(text: str) -> Raw:
    match = _POINT.fullmatch(text.strip())
    if match is None:
        raise CteError(f"{text!r} is no point", "LAT,LON in degrees, as 64.15,-21.94")
    return {"lat": float(match[1]), "lon": float(match[2])}


def _precision(kind: str) -> str:
    return next(iter(PRECISION.get(kind, ())), "point")


def _privacy(own: str, kind: str) -> str:
    if own == "person":
        raise CteError("the privacy of a person is decided, and not guessed", _among("", PRIVACY_OF["person"]))
    return "aggregate" if kind in PRIVATE else "none"


def _among(unknown: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = hint(unknown, names) if unknown else ""
    return f"{near} one of {', '.join(names)}".strip()
