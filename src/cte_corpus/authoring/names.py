"""The forms under which a text may name an entity: those of the entity registry, and what news makes of them.

A text that has once named an entity in full goes on with a surname or a shortened name; a name that holds another name
("the coalition against X") may hold any name of it; Arabic makes an adjective of a country's name.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from cte_corpus.authoring.nationalities import ADJECTIVES
from cte_corpus.text.fold import fold

Entity = dict[str, Any]


class Form(NamedTuple):
    """One form of a name."""

    text: str
    entity: str
    how: str
    """`name`: in the entity registry; `printed`: by a coded document; `nested`: with another name of an entity in it;
    `short`, `surname`: valid once the text has given a full name; `adjective`: of a country."""


ORDER = ("name", "printed", "nested", "short", "surname", "adjective")
"""From the surest to the least sure."""

_SMALL = frozenset(
    [
        "of",
        "the",
        "in",
        "and",
        "for",
        "on",
        "to",
        "as",
        "al",
        "an",
        "a",
        "de",
        "el",
        "bin",
        "ibn",
        "against",
        "abu",
        "agency",
        "resolution",
        "news",
    ]
)
"""Words with a small letter that a name may have."""

LONGEST = 40
"""Words of the longest name that is searched for other names: to do so takes time that grows with their square."""

LATER = frozenset({"short", "surname"})
"""What names an entity only in a text that also names it in full."""

_ARABIC_COMPLEMENT = re.compile(r"(?<!\s)\s+(?:ضد|التابع|التابعة|المعني|المعنية|ل\w{3,})\s.*|(?<!\s)\s+لل?\w{3,}$")
_LATIN_COMPLEMENT = re.compile(r"(?<!\s)\s+(?:to|against|for|on)\s.*", re.IGNORECASE)
_AGAINST = re.compile(r" (?:to (?:defeat|counter|combat)|against) (?=[A-Z])", re.IGNORECASE)
_COUNTERS = (" to Defeat ", " to Counter ", " to Combat ", " against ", " Against ")
_SPELLINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b(?:[A-Z]\.){2,}"), lambda match: match[0].replace(".", "")),
    (re.compile(r"\b[A-Z]{2}\b"), lambda match: "".join(f"{char}." for char in match[0])),
    (re.compile(r"\b(North|South)-(East|West)"), lambda match: match[1] + match[2].lower()),
    (re.compile(r"^[a-z]+[a-rt-z]$"), lambda match: f"{match[0]}s"),
)
_OFFICE = re.compile(r"(?:(?P<state>.+?) )?(?P<kind>Department|Ministry|Office) of (?:the )?(?P<charge>\w+)")
_MINISTRY = re.compile(r"وزارة (?P<charge>ال\w+(?: وال\w+)*) (?P<whose>ال\w+ية)")
_STATE_NOUNS = {"gpe": ("الجمهورية", "المملكة"), "loc": ("القارة",)}
"""Nouns which, with the adjective of a place, are a name of the place."""


def forms(entities: Iterable[Entity], printed: Iterable[tuple[str, str]] = ()) -> list[Form]:
    """All forms of the names of some entities, each once an entity. A form may stand for several entities.

    Args:
        entities: The entity registry.
        printed: Names that coded documents print, each with the id of its entity.
    """
    known = list(entities)
    ids = {entity["id"] for entity in known}
    found = [Form(name["text"], entity["id"], "name") for entity in known for name in entity["names"]]
    found += [Form(text, owner, "printed") for text, owner in printed if owner in ids]
    found += [Form(text, form.entity, form.how) for form in found for text in spellings(form.text)]
    found += _nested(known)
    for entity in known:
        found += _derived(entity)
    best: dict[tuple[str, str, bool], Form] = {}
    for form in sorted(found, key=lambda form: ORDER.index(form.how)):
        best.setdefault((fold(form.text).text, form.entity, form.text[:1].islower()), form)
    return list(best.values())


def spellings(name: str) -> Iterator[str]:
    """Other spellings of an English name: with and without full stops in it, one word for South-East, a plural."""
    for pattern, change in _SPELLINGS:
        other = pattern.sub(change, name)
        if other != name:
            yield other


def _nested(entities: list[Entity]) -> Iterator[Form]:
    """Names that hold a name of another entity, with each other name of it in the same language."""
    owners = defaultdict(list)
    for entity in entities:
        for name in entity["names"]:
            owners[fold(name["text"]).text].append((entity, name["lang"]))
    for entity in entities:
        for name in entity["names"]:
            words = name["text"].split()
            if len(words) > LONGEST:
                continue
            for start, end in ((a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1)):
                inner = " ".join(words[start:end])
                for other, lang in owners.get(fold(inner).text, ()):
                    if other is not entity and lang == name["lang"]:
                        for variant in other["names"]:
                            if variant["lang"] == lang and variant["text"] != inner:
                                text = " ".join((*words[:start], variant["text"], *words[end:]))
                                yield Form(text, entity["id"], "nested")


def is_description(entity: Entity) -> bool:
    """Whether the names of an entity describe it: "Syrian government", "Camps for displaced people in Syria"."""
    if entity["id"].startswith("group:") or entity["kind"] == "unnamed-source":
        return True
    if not entity["id"].startswith(("loc:", "org:")):
        return False
    preferred = next((name["text"] for name in entity["names"] if name["lang"] == "en"), "")
    return any(word.islower() and word.isalpha() and word not in _SMALL for word in preferred.split()[1:])


def _derived(entity: Entity) -> Iterator[Form]:
    kind, owner = entity["id"].partition(":")[0], entity["id"]
    for name in entity["names"]:
        text, arabic = name["text"], name["script"] == "Arab"
        words = text.split()
        if found := _OFFICE.fullmatch(text):
            yield Form(f"{found['charge']} {found['kind']}", owner, "short")
            if found["state"]:
                yield Form(text.removeprefix(f"{found['state']} "), owner, "short")
        if against := _AGAINST.search(text):
            for words_between in _COUNTERS:
                yield Form(text[: against.start()] + words_between + text[against.end() :], owner, "nested")
        if not arabic and entity["kind"] == "country":
            for adjective in ADJECTIVES.get(text, ()):
                yield Form(adjective, owner, "adjective")
        if entity["kind"] == "person" and len(words) > 1 and len(words[-1]) > 2:
            yield Form(words[-1], owner, "surname")
        elif kind in ("org", "work") and len(words) > 2:
            short = (_ARABIC_COMPLEMENT if arabic else _LATIN_COMPLEMENT).sub("", text, count=1)
            if short != text and len(short.split()) > 1:
                yield Form(short, owner, "short")
            ministry = _MINISTRY.fullmatch(text)
            if ministry:
                yield Form(text.removesuffix(f" {ministry['whose']}"), owner, "short")
                yield Form(text.removeprefix("وزارة "), owner, "short")
        elif arabic and len(words) == 1 and entity["kind"] in ("country", "region"):
            yield from _adjectives(text, kind, owner, country=entity["kind"] == "country")


def _adjectives(name: str, kind: str, owner: str, country: bool) -> Iterator[Form]:
    """The Arabic adjective of a place of one word: both genders, with and without the article."""
    stem = name.removeprefix("ال").removesuffix("ستان") or name
    base = stem[:-1] if stem.endswith(("يا", "ية")) else f"{stem[:-1] if stem[-1] in 'اةه' else stem}ي"
    if country:
        for form in (base, f"{base}ة"):
            yield Form(form, owner, "adjective")
            yield Form(f"ال{form}", owner, "adjective")
    for noun in _STATE_NOUNS.get(kind, ()):
        yield Form(f"{noun} ال{base}ة", owner, "adjective")
