"""What stands on many pages, in one language: names as links, how an event stands, a line of a list.

It is Python and no template, as a large site has millions of these. Everything from records is escaped here too: what
stands in the braces of a `Markup` was.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from cte_corpus.explorer import addresses
from cte_corpus.text.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cte_corpus.explorer.connections import Connections
    from cte_corpus.explorer.words import Words

Raw = dict[str, Any]


@lru_cache(maxsize=16384)
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

    def filters(self) -> dict[str, Callable[..., object]]:
        """What a template writes as `record.id|href`; of a constant, as `"when"|say`, once when it is compiled."""
        words = self._words
        return {
            "say": words.say, "code": lambda code, name: words.code(name, code), "number": words.count,
            "date": words.date, "called": lambda key: words.name(key)["text"],
            "picked": lambda texts: self.text(words.pick(texts)), "named": lambda key: self.text(words.name(key)),
            "href": self.href, "key": self.code, "text": self.text, "quote": self.quote, "entity": self.entity,
            "entities": self.entities, "badge": self.badge, "said": self.said, "standing": self.standing,
            "event": self.event, "time": self.time, "line": self.line, "evidence": self.evidence,
            "mention": self.mention,
        }  # fmt: skip

    def href(self, key: str) -> Markup:
        """The address of the page of a record."""
        return Markup(f"{self._up}{escape(addresses.address(key))}")

    def text(self, text: Raw) -> Markup:
        """A text with its language, in a direction of its own."""
        lang = text.get("lang")
        tag = f'<bdi lang="{plain(lang)}" dir="auto">' if lang else '<bdi dir="auto">'
        return Markup(f"{tag}{plain(text['text'])}</bdi>")

    def quote(self, span: Raw, lang: str) -> Markup:
        """Words of a source in its quotation marks."""
        return Markup(f'<q lang="{plain(lang)}"><bdi>{plain(span["text"])}</bdi></q>')

    def link(self, key: str, shown: Markup) -> Markup:
        """A link to the page of a record."""
        return Markup(f'<a href="{self.href(key)}">{shown}</a>')

    def evidence(self, keys: Iterable[str]) -> Markup:
        """Sentences as links, by their numbers."""
        return Markup().join(self._evidence(key, plain(key.partition(":")[2])) + " " for key in keys)

    def mention(self, key: str, known: Connections, lang: str) -> Markup:
        """A mention in its words, as a link; nothing where there is none of that id."""
        found = known.mentions.get(key)
        return self._evidence(key, self.quote(found["span"], lang)) if found else Markup()

    def _evidence(self, key: str, shown: Markup) -> Markup:
        return Markup(f'<a class="evidence" href="{self.href(key)}">{shown}</a>')

    def entity(self, key: str) -> Markup:
        """An entity by its name, as a link; its id where it is not in the registry."""
        if key not in self._entities:
            known = key in self._words.entities
            found = self.link(key, self.text(self._words.name(key))) if known else self.code(key)
            self._entities[key] = found
        return self._entities[key]

    def entities(self, keys: Iterable[str]) -> Markup:
        """Several entities."""
        return Markup(self._words.say("comma")).join(map(self.entity, keys))

    def code(self, text: str) -> Markup:
        """An id or a code."""
        return Markup(f"<code>{plain(text)}</code>")

    def badge(self, standing: str) -> Markup:
        """How an event stands, with a mark of its own."""
        if standing not in self._badges:
            said = escape(self._words.say(standing))
            self._badges[standing] = Markup(f'<span class="badge {escape(standing)}">{said}</span>')
        return self._badges[standing]

    def said(self, keys: Iterable[str]) -> Markup:
        """Who says it; the document in its own voice where nobody is named."""
        speakers = self.entities(keys) or escape(self._words.say("own_voice"))
        return Markup(f'<span class="said">{self._said_by}{speakers}</span>')

    def standing(self, brief: Raw) -> Markup:
        """How an event stands and who says so; only a fact that the document itself tells has no speaker."""
        badge = self.badge(brief["standing"])
        if not brief["said"] and brief["standing"] == "fact":
            return badge
        return Markup(f"{badge} {self.said(brief['said'])}")

    def event(self, brief: Raw) -> Markup:
        """An event by its label, as a link."""
        return self.link(brief["id"], self.text(self._words.pick(brief["label"])))

    def time(self, brief: Raw) -> Markup:
        """When an event is."""
        time = brief.get("time")
        if time is None:
            return self._undated
        role = "" if time["role"] == "when" else self._words.code("time-role", time["role"]) + self._words.say("colon")
        return Markup(f"<time>{escape(role)}{plain(self._words.date(time))}</time>")

    def line(self, brief: Raw, more: str = "", *, document: bool = True) -> Markup:
        """An event as an item of a list.

        Args:
            brief: The event.
            more: What stands after its type; escaped unless it is markup.
            document: Whether the document is named.
        """
        about = [self.standing(brief), self.time(brief), escape(self._words.code("event-type", brief["type"]))]
        if more:
            about.append(escape(more))
        if document:
            about.append(self.link(brief["document"], self.code(brief["document"])))
        standing = escape(brief["standing"])
        return Markup(
            f'<li class="line {standing}" data-standing="{standing}">{self.event(brief)}\n'
            f'<p class="about">{" · ".join(about)}</p></li>\n'
        )

    @cached_property
    def _said_by(self) -> Markup:
        return escape(self._words.say("said_by") + self._words.say("colon"))

    @cached_property
    def _undated(self) -> Markup:
        return Markup(f'<span class="no">{escape(self._words.say("undated_event"))}</span>')
