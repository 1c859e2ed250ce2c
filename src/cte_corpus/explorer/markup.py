"""What stands on many pages, in one language: names as links, how an event stands, a line of a list.

It is Python and no template, as a large site has millions of these. Everything from records is escaped here too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from cte_corpus.explorer import addresses
from cte_corpus.text.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.explorer.words import Words

Raw = dict[str, Any]


def plain(text: str) -> Markup:
    """A text from data: escaped, and without what could turn the letters around it."""
    return escape(text if text.isprintable() else harmless(text))


class Html:
    """Writes these parts in the words of one language, for pages that are so far below its folder."""

    def __init__(self, words: Words, up: str) -> None:
        self._words = words
        self._up = up
        self._entities: dict[str, Markup] = {}
        self._badges: dict[str, Markup] = {}

    def text(self, text: Raw) -> Markup:
        """A text with its language, in a direction of its own."""
        lang = text.get("lang")
        tag = Markup('<bdi lang="{}" dir="auto">').format(plain(lang)) if lang else Markup('<bdi dir="auto">')
        return Markup("{}{}</bdi>").format(tag, plain(text["text"]))

    def quote(self, span: Raw, lang: str) -> Markup:
        """Words of a source in its quotation marks."""
        return Markup('<q lang="{}"><bdi>{}</bdi></q>').format(plain(lang), plain(span["text"]))

    def link(self, key: str, shown: Markup) -> Markup:
        """A link to the page of a record."""
        return Markup('<a href="{}{}">{}</a>').format(self._up, addresses.address(key), shown)

    def entity(self, key: str) -> Markup:
        """An entity by its name, as a link; its id where it is not in the registry."""
        if key not in self._entities:
            known = key in self._words.entities
            found = self.link(key, self.text(self._words.name(key))) if known else self.code(key)
            self._entities[key] = found
        return self._entities[key]

    def entities(self, keys: Iterable[str]) -> Markup:
        """Several entities."""
        return Markup(self._words.say("comma")).join(map(self.entity, keys))  # noqa: S704 -- from words.toml

    def code(self, text: str) -> Markup:
        """An id or a code."""
        return Markup("<code>{}</code>").format(plain(text))

    def badge(self, standing: str) -> Markup:
        """How an event stands, with a mark of its own."""
        if standing not in self._badges:
            said = self._words.say(standing)
            self._badges[standing] = Markup('<span class="badge {}">{}</span>').format(standing, said)
        return self._badges[standing]

    def said(self, keys: Iterable[str]) -> Markup:
        """Who says it; the document in its own voice where nobody is named."""
        return self._said.format(self.entities(keys) or self._words.say("own_voice"))

    def standing(self, brief: Raw) -> Markup:
        """How an event stands and who says so; only a fact that the document itself tells has no speaker."""
        badge = self.badge(brief["standing"])
        if not brief["said"] and brief["standing"] == "fact":
            return badge
        return Markup("{} {}").format(badge, self.said(brief["said"]))

    def event(self, brief: Raw) -> Markup:
        """An event by its label, as a link."""
        return self.link(brief["id"], self.text(self._words.pick(brief["label"])))

    def time(self, brief: Raw) -> Markup:
        """When an event is."""
        time = brief.get("time")
        if time is None:
            return Markup('<span class="no">{}</span>').format(self._words.say("undated_event"))
        role = "" if time["role"] == "when" else self._words.code("time-role", time["role"]) + self._words.say("colon")
        return Markup("<time>{}{}</time>").format(role, plain(self._words.date(time)))

    def line(self, brief: Raw, more: str = "", *, document: bool = True) -> Markup:
        """An event as an item of a list.

        Args:
            brief: The event.
            more: What stands after its type, as markup.
            document: Whether the document is named.
        """
        standing = brief["standing"]
        home = Markup(" · {}").format(self.link(brief["document"], self.code(brief["document"]))) if document else ""
        return _LINE.format(
            standing, standing, self.event(brief), self.standing(brief), self.time(brief),
            self._words.code("event-type", brief["type"]), Markup(" · {}").format(more) if more else "", home,
        )  # fmt: skip

    @cached_property
    def _said(self) -> Markup:
        return Markup('<span class="said">{}{}{{}}</span>').format(self._words.say("said_by"), self._words.say("colon"))


_LINE = Markup('<li class="line {}" data-standing="{}">{}\n<p class="about">{} · {} · {}{}{}</p></li>\n')
