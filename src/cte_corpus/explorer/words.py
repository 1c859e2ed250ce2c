"""The words of the pages in one language, and how records are called in it."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cte_corpus import edtf, vocabulary
from cte_corpus.plot import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Raw = dict[str, Any]

LANGUAGES = ("en", "ar")

IN_PICTURES = ("status", "measure")
"""Lists of codes whose words the pictures have already."""


class Words:
    """The words of one language."""

    def __init__(self, lang: str, entities: Mapping[str, Raw]) -> None:
        self.lang = lang
        self.dir = "rtl" if lang == "ar" else "ltr"
        self.entities = entities
        """The registry by id; what is not in it is called by its id."""

        self._look = look.Words(lang)
        self._names: dict[str, Raw] = {}

    def say(self, key: str, *parts: object) -> str:
        """A word or phrase of the pages, its gaps filled."""
        text = str(_words()["ui"][key][self.lang])
        return text.format(*parts) if parts else text

    def code(self, name: str, code: str) -> str:
        """A code of a list in words; a code that has none is its own word."""
        if name == "event-type":
            kind = vocabulary.event_types().get(code)
            return str(kind["label"][self.lang]) if kind else code
        if name in IN_PICTURES:
            with suppress(KeyError):
                return self._look.say(name, code)
        english = code.replace("-", " ").replace("_", " ")
        return english if self.lang == "en" else str(_words().get(name, {}).get(code, english))

    def pick(self, texts: Iterable[Raw]) -> Raw:
        """Of several texts the one in this language, else the first: `{text, lang}`."""
        found = list(texts)
        return next((text for text in found if text["lang"] == self.lang), found[0] if found else {"text": ""})

    def name(self, key: str) -> Raw:
        """What an entity is called, as `{text, lang}`: its preferred name in this language, in English, or any."""
        if key not in self._names:
            named = self.entities[key]["names"] if key in self.entities else [{"text": key, "lang": "en", "use": ""}]
            best = [
                next((name for name in named if name["lang"] == lang and name["use"] == "preferred"), None)
                for lang in (self.lang, "en")
            ]
            self._names[key] = next(filter(None, best), named[0])
        return self._names[key]

    def names(self, keys: Iterable[str]) -> str:
        """Several entities by name, one after the other."""
        return self.say("comma").join(str(self.name(key)["text"]) for key in keys)

    def date(self, dated: Raw) -> str:
        """A date in words, with what EDTF cannot say of it; as it stands where it is no valid EDTF."""
        text = str(dated["edtf"])
        with suppress(ValueError):
            text = edtf.words(text, self.lang)
        more = [self.code("time-mod", dated[key]) for key in ("mod", "bound") if key in dated]
        return f"{text} ({self.say('comma').join(more)})" if more else text

    def days(self, span: str | None) -> str:
        """Days as the views give them, `2019-03-01/..`, in words; empty where none is known."""
        ends = [None if end == ".." else end for end in (span or "../..").split("/")]
        return self._look.days(ends[0], ends[-1])

    def count(self, number: float) -> str:
        """A number as it is read; both languages use the digits 0 to 9."""
        return f"{number:,}"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
