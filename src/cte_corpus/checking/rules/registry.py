"""Level 4 for the entity registry: names, countries, identifiers and places that fit each other."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from cte_corpus import edtf
from cte_corpus.checking.rules.context import is_in
from cte_corpus.checking.rules.days import LANGUAGES_OF, SCRIPTS, day, last_day, source, words
from cte_corpus.checking.rules.doc import NONE, Findings, Found, Record
from cte_corpus.checking.rules.terms import known

FORMS: dict[str, str] = {
    "wikidata": r"Q[1-9][0-9]{0,9}",
    "geonames": r"[1-9][0-9]{3,8}",
    "iso3166-1": r"[A-Z]{2}",
    "iso3166-2": r"[A-Z]{2}-[A-Z0-9]{1,3}",
    "ofac-sdn": r"[1-9][0-9]{1,5}",
    "un-sc": r"[A-Z]{2}[ei]\.[0-9]{3}",
    "un-m49": r"[0-9]{3}",
    "whc": r"[1-9][0-9]{0,4}",
    "pleiades": r"[1-9][0-9]{5,9}",
    "un-symbol": r"[A-Z]+/.*[0-9].*",
    "website": r"(?!https?://)[^\s/]+\.[a-z]{2,}(?:/\S*)?",
}
"""The form of an identifier by its scheme."""

WRITTEN = frozenset({"en", "fr", "de", "es", "ar", "fa", "ur"})
"""Languages of one script; a name in Arabic may stand in Latin letters where there is no other."""

PLACES = frozenset({"country", "city", "region", "facility", "camp", "heritage-site"})
PRECISION = {"country": {"country"}, "city": {"city"}, "region": {"region"}}
"""What a point stands for by the kind of place; of all others, a point or the city or region around it."""

SCHEMES = {
    "geonames": PLACES,
    "iso3166-1": {"country"},
    "iso3166-2": PLACES - {"country"},
    "un-m49": {"country", "region"},
}
"""Which kinds have an identifier of a scheme."""

ONE_EACH = frozenset({"wikidata", "iso3166-1", "iso3166-2", "un-m49", "ofac-sdn", "un-sc"})
"""Schemes in which an entity has one identifier."""

PRIVATE = frozenset(
    {"experts", "states", "population", "armed-groups", "company-group", "organisations", "states-and-organisations"}
    | {"legal-class", "press"}
)
"""Kinds of many, who are not told apart."""

_ALL_ARABIC = re.compile(r"[\s\u0621-\u064a]*")
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "ARABIC", "HEBREW"})
"""Scripts of letters that no word mixes."""

ROLES: dict[str, Callable[[str, str], bool]] = {
    "self": lambda own, kind: kind == "country",
    "government-of": lambda own, kind: own == "org",
    "seat": lambda own, kind: own == "org",
    "nationality": lambda own, kind: own in ("person", "group"),
    "serves": lambda own, kind: own in ("person", "org", "group"),
    "located-in": lambda own, kind: kind in PLACES - {"country"},
}
"""Who may be connected with a country how."""


def check(entity: Record, first_language: str) -> Findings:
    """All findings in one entity, whose kind is one of its class, in a corpus with a first language."""
    yield from _names(entity, first_language)
    yield from _countries(entity)
    yield from _identifiers(entity)
    yield from _place(entity)
    yield from _privacy(entity)
    for link in entity.get("links", NONE):
        first = edtf.earliest(link["time"]) if "time" in link else None
        if first and first > last_day(first):
            yield Found("CTE443", link, f"{link['time']} is still to come", "time")
    for text in entity["description"]:
        yield from words(text)
    if entity["description"][0]["lang"] != first_language:
        yield Found("CTE442", entity["description"], f"a description has {first_language} first", 0)


def _names(entity: Record, first_language: str) -> Findings:
    names = entity["names"]
    if not any(is_in(name["lang"], first_language) for name in names):
        yield Found("CTE447", names, f"`{entity['id']}` has no name in {first_language}", 0)
    arabic = any((name["lang"], name["script"], name["use"]) == ("ar", "Arab", "preferred") for name in names)
    for name in names:
        letters, lang = SCRIPTS.get(name["script"]), name["lang"].partition("-")[0]
        foreign = next(
            (script for script, other in SCRIPTS.items() if script != name["script"] and other.search(name["text"])),
            None,
        )
        mixed = "" if name["text"].isascii() else _mixed(name["text"])
        if mixed:
            yield Found("CTE445", name, f"“{mixed}” mixes letters of two scripts", "text", "write it in one script")
        elif "  " in name["text"]:
            yield Found("CTE445", name, f"two blanks stand in “{name['text']}”", "text", "write one")
        if name["script"] not in SCRIPTS and (foreign or name["text"].isascii()):
            yield Found("CTE445", name, f"“{name['text']}” is not written in {name['script']}", "script")
        elif letters and foreign and not letters.search(name["text"]):
            yield Found("CTE445", name, f"“{name['text']}” is written in {foreign}, not in {name['script']}", "script")
        elif letters and lang in WRITTEN and lang not in LANGUAGES_OF[name["script"]] and (arabic or lang != "ar"):
            yield Found("CTE445", name, f"a name in `{lang}` is not written in {name['script']}", "lang")


def _mixed(text: str) -> str:
    """A word with letters of two scripts, which look alike; empty where there is none."""
    for word in () if _ALL_ARABIC.fullmatch(text) else text.split():
        if len({_letters(char) for char in word} & ALIKE) > 1:
            return word
    return ""


@cache
def _letters(char: str) -> str:
    """Of which script a letter is, in capitals; of what is no letter, nothing."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def _countries(entity: Record) -> Findings:
    own, kind = entity["id"].partition(":")[0], entity["kind"]
    countries = entity.get("countries", NONE)
    selves = [country["code"] for country in countries if country["role"] == "self"]
    codes = {country["code"] for country in countries}
    for country in countries:
        if country["role"] in ROLES and not ROLES[country["role"]](own, kind):
            message = f"a {kind} has no country as `{country['role']}`"
            fitting = [role for role, fits in ROLES.items() if fits(own, kind)]
            help_ = f"it may have one as {', '.join(fitting)}" if fitting else "leave `countries` out"
            yield Found("CTE446", country, message, "role", help_)
    known_elsewhere = "identifiers" in entity
    if kind == "country" and known_elsewhere and not selves:
        yield Found("CTE446", entity, "a country has its own code, as `self`", "kind")
    if kind == "city" and known_elsewhere and not any(country["role"] == "located-in" for country in countries):
        yield Found("CTE446", entity, "a city lies in a country", "kind", "add it to `countries`, as `located-in`")
    for item in entity.get("identifiers", NONE):
        if (
            item["scheme"] in ("iso3166-1", "iso3166-2")
            and codes <= known("countries")
            and item["value"][:2] not in codes
        ):
            given = ", ".join(sorted(codes)) or "none"
            yield Found("CTE446", item, f"{item['value']} is of another country than {given}", "value")
        if item["scheme"] == "iso3166-1" and item["value"] not in known("countries"):
            yield Found("CTE448", item, f"`{item['value']}` is not an ISO 3166-1 alpha-2 code", "value")


def _identifiers(entity: Record) -> Findings:
    first: dict[str, str] = {}
    for item in entity.get("identifiers", NONE):
        other = first.setdefault(item["scheme"], item["value"])
        if other != item["value"] and item["scheme"] in ONE_EACH:
            yield Found(
                "CTE448", item, f"the entity has {other} in {item['scheme']} too", "value", "keep the right one"
            )
    for item in entity.get("identifiers", NONE):
        form = FORMS.get(item["scheme"])
        if form and not re.fullmatch(form, item["value"]):
            message = f"“{item['value']}” is no identifier of {item['scheme']}: {form}"
            yield Found("CTE448", item, message, "value")
        kinds = SCHEMES.get(item["scheme"])
        if kinds and entity["kind"] not in kinds:
            yield Found("CTE448", item, f"a {entity['kind']} has no identifier of {item['scheme']}", "scheme")
        if item["scheme"] == "ofac-sdn" and entity["kind"] in PLACES | PRIVATE:
            yield Found("CTE448", item, f"a {entity['kind']} is on no list of {item['scheme']}", "scheme")
        yield from source(item, "source")
        if "checked" in item:
            yield from day(item, "checked")


def _place(entity: Record) -> Findings:
    if "geo" not in entity:
        return
    kind, precision = entity["kind"], entity["geo"]["precision"]
    if kind not in PLACES:
        yield Found("CTE449", entity, f"a {kind} has no coordinates", "geo", "leave `geo` out")
    elif entity["geo"]["lat"] == 0 == entity["geo"]["lon"]:
        yield Found("CTE449", entity["geo"], "no place lies at 0, 0", "lat", "give its point, or leave `geo` out")
    elif precision not in PRECISION.get(kind, {"point", "city", "region"}):
        yield Found("CTE449", entity["geo"], f"the point of a {kind} does not stand for a {precision}", "precision")


def _privacy(entity: Record) -> Findings:
    kind, privacy = entity["kind"], entity["privacy"]
    listed = any(item["scheme"] in ("ofac-sdn", "un-sc") for item in entity.get("identifiers", NONE))
    if kind == "person" and listed and privacy != "designated-person":
        yield Found("CTE450", entity, f"on a list of sanctions, and {privacy}", "privacy")
    elif (kind == "unnamed-source") and privacy != "unnamed-person":
        yield Found("CTE450", entity, f"a source without a name, and {privacy}", "privacy")
    elif kind in PRIVATE and privacy != "aggregate":
        yield Found("CTE450", entity, f"a {kind} is many, and {privacy}", "privacy")
    elif kind not in PRIVATE and privacy == "aggregate":
        yield Found("CTE450", entity, f"a {kind} is one, and {privacy}", "privacy")
