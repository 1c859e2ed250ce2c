"""Level 4: days exist, are not ahead of us, and stand in their order; languages and letters of own words agree."""

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from cte_corpus import edtf
from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.terms import is_language

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTERS = {
    "ar": _ARABIC,
    "fa": _ARABIC,
    "ur": _ARABIC,
    "en": _LATIN,
    "fr": _LATIN,
    "de": _LATIN,
    "es": _LATIN,
    "tr": _LATIN,
}
"""The letters of which a text in a language has some."""

SCRIPTS = {"Arab": _ARABIC, "Latn": _LATIN}
LANGUAGES_OF = {
    "Arab": frozenset({"ar", "fa", "ur", "ku", "ps"}),
    "Latn": frozenset({"en", "fr", "de", "es", "tr", "it", "id"}),
}
ADDRESS = re.compile(
    r"(?:https?://[^\s/]+\.[^\s]+|github:[\w.-]+/[\w.-]+ .*@[0-9a-f]{40}.*|pkg:[a-z]+/[^\s@]+@[^\s#]+#?.*)", re.DOTALL
)
"""What can be opened: an address, a file of a repository at a commit, or a file of a package."""

NOT_THERE = "an address, `github:owner/name file @commit`, or `pkg:…@version#file`"


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings in one document."""
    looked_up = _looked_up(doc)
    yield from _days(doc, looked_up)
    yield from _words(doc, corpus.languages[0])
    yield from _sources(doc, looked_up)


def day(holder: Any, key: str | int, first: str = "", slip: str = "") -> Findings:
    """Whether a day exists, is not ahead of us, nor before what it is about."""
    value = holder[key]
    if not _exists(value):
        yield Found("CTE443", holder, f"there is no day {value}", key)
    elif value > last_day(value):
        yield Found("CTE443", holder, f"{value} is still to come", key)
    elif value < first:
        message = f"{value} is before {first}, when what it is about was published"
        yield Found("CTE443", holder, message, key, slip=slip)


@lru_cache(maxsize=4096)
def _exists(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def last_day(value: str) -> str:
    """The last day that is not ahead: tomorrow, as days begin elsewhere, or that of the last release."""
    last = _day_after(date.today())
    return last if value <= last else max(last, _released())


@lru_cache(maxsize=2)
def _day_after(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


@cache
def _released() -> str:
    from cte_corpus.published import ledger

    return max((release.date for release in ledger.ledger()), default="")


def _days(doc: Doc, looked_up: list[Record]) -> Findings:
    published = doc.document.get("published", {}).get("edtf", "")
    try:
        first = edtf.earliest(published) or "" if published else ""
    except ValueError:
        first = ""
    if published and first > last_day(first):
        yield Found("CTE443", doc.document["published"], f"{published} is still to come", "edtf")
    before = f"before {doc.id} was published"
    looks = [(coder, "date", first) for coder in doc.document["coding"]["coders"]]
    looks += [(url, "checked", first) for url in doc.document.get("urls", NONE) if "checked" in url]
    looks += [(item, "checked", "") for item in looked_up if "checked" in item]
    values = {holder[key] for holder, key, _ in looks}
    if not all(map(_exists, values)) or max(values) > last_day("") or min(values) < first:
        for holder, key, earliest in looks:
            yield from day(holder, key, earliest, before if earliest else "")
    for sanction in doc.sanctions:
        for look in sanction.get("registry", NONE):
            if "snapshots" in look:
                days = look["snapshots"]
                for index in range(len(days)):
                    yield from day(days, index)
                if days != sorted(days):
                    yield Found("CTE443", days, "expected the earliest snapshot first", 0)


def _words(doc: Doc, first_language: str) -> Findings:
    script = doc.document["script"]
    letters = SCRIPTS.get(script)
    lang = doc.document["lang"].partition("-")[0]
    if lang not in LANGUAGES_OF.get(script, {lang}) and lang in _LETTERS:
        yield Found("CTE442", doc.document, f"`{lang}` is not written in {script}", "script")
    if letters and doc.events and not any(letters.search(event["trigger"]["text"]) for event in doc.events):
        yield Found("CTE442", doc.document, f"no trigger has a letter of {script}", "script")
    doubtful = [
        text
        for text in _own(doc)
        if not (
            text["text"].isascii()
            if text["lang"] == "en"
            else text["lang"] == "ar" and "\u0600" <= text["text"][0] <= "\u06ff"
        )
    ]
    for text in doubtful:
        yield from words(text)
    title = doc.document["title"]["lang"].partition("-")[0]
    if title != lang and is_language(doc.document["lang"]):
        yield Found("CTE442", doc.document["title"], f"a title is in the document's language, `{lang}`", "lang")
    gloss = doc.document["gloss"]
    if gloss[0]["lang"] != first_language:
        yield Found("CTE442", gloss, f"a gloss has {first_language} first, got {gloss[0]['lang']}", 0)


def words(text: Record) -> Findings:
    """Whether own words have letters of their language, and the language is known."""
    lang = text["lang"]
    if lang in _LETTERS:
        if not _written(text["text"], lang):
            yield Found(
                "CTE442", text, f"“{text['text'][:40]}” is not `{lang}`", "lang", "correct the language, or the words"
            )
    elif not is_language(lang):
        yield Found("CTE442", text, f"`{lang}` is not a language tag (ISO 639-1, BCP 47)", "lang")


def _written(text: str, lang: str) -> bool:
    """Whether most of the first letters of a text are of its language."""
    if lang == "en" and text.isascii():
        return True
    own = _LETTERS[lang]
    if own is _ARABIC and own.match(text):
        return True
    other = _LATIN if own is _ARABIC else _ARABIC
    return len(own.findall(text)) >= len(other.findall(text))


def _own(doc: Doc) -> list[Record]:
    """Texts in own words, with their language."""
    own: list[Record] = [doc.document["title"], *doc.document["gloss"], *doc.gists]
    for event in doc.events:
        own += event["label"]
        if "conditions" in event:
            own += [item["text"] for item in event["conditions"]]
        if "outside" in event:
            own += [item["note"] for item in event["outside"]]
    for _, item in doc.quantities:
        own.append(item["of"])
        if "per_item" in item:
            own.append(item["per_item"])
    own += [item["text"] for _, item in doc.worded]
    own += [mention["capacity"]["title"] for mention in doc.mentions if "capacity" in mention]
    for sanction in doc.sanctions:
        own += sanction["grounds"]
        own += [basis["ground"] for basis in sanction.get("legal_basis", NONE)]
        own += [item["reason"] for item in sanction.get("conduct_except", NONE)]
        own += [look["note"] for look in sanction.get("registry", NONE) if "note" in look]
    return own


def _looked_up(doc: Doc) -> list[Record]:
    """What other sources say of events."""
    told = [event["outside"] for event in doc.events if "outside" in event]
    told += [event["identifiers"] for event in doc.events if "identifiers" in event]
    return list(chain.from_iterable(told))


def _sources(doc: Doc, looked_up: list[Record]) -> Findings:
    """Sources are something to open."""
    for url in doc.document.get("urls", NONE):
        yield from source(url, "url")
    if not all(map(_opens, {item["source"] for item in looked_up})):
        for item in looked_up:
            yield from source(item, "source")
    for item in doc.document.get("upstream", NONE):
        if "source" in item:
            yield from source(item, "source")
    for sanction in doc.sanctions:
        for look in sanction.get("registry", NONE):
            yield from source(look, "source")


def source(holder: Record, key: str) -> Findings:
    """Whether a source is something to open."""
    if not _opens(holder[key]):
        yield Found("CTE444", holder, f"“{holder[key][:60]}” cannot be opened", key, NOT_THERE)


@lru_cache(maxsize=8192)
def _opens(value: str) -> bool:
    return ADDRESS.fullmatch(value) is not None
