"""What a saved page tells of its article in its metadata: title, day, address. Its text is not read here."""

import json
import re
from html.parser import HTMLParser
from typing import Any

from cte_corpus.authoring.source import Told
from cte_corpus.text.encoding import decode
from cte_corpus.text.html import labels
from cte_corpus.text.view import plain_1

_TITLE = ("og:title", "dc.title", "dcterms.title", "twitter:title", "citation_title", "headline")
_DAY = (
    "article:published_time", "datepublished", "dc.date", "dcterms.created", "dcterms.date",
    "citation_publication_date", "pubdate", "date",
)  # fmt: skip
_ADDRESS = ("canonical", "og:url", "dc.identifier", "url")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})")


def read(data: bytes) -> Told:
    """What the metadata of a page tells: Open Graph, Dublin Core, JSON-LD, the canonical link; `<title>` at the last.

    Args:
        data: The bytes of the page.

    Raises:
        CteError: its encoding cannot be told.
    """
    reader = _Reader()
    reader.feed(decode(data, labels(data)).text)
    found = reader.found
    day = next((match for name in _DAY if (match := _ISO.match(found.get(name, "")))), None)
    title = next((found[name] for name in _TITLE if found.get(name)), found.get("title", ""))
    address = next((found[name] for name in _ADDRESS if "://" in found.get(name, "")), "")
    return Told(plain_1(title), "-".join(day.groups()) if day else "", address)


class _Reader(HTMLParser):
    """The values of a page's metadata by their names in small letters; of several the first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a `meta` or a canonical `link` says."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.found.setdefault(name.lower(), given.get("content", "").strip())
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.found.setdefault("canonical", given.get("href", "").strip())
        elif tag == "title" or (tag == "script" and given.get("type", "").lower() == "application/ld+json"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """End what was read."""
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        """Take the title, or what JSON-LD says of the article."""
        if self._inside == "title":
            self.found.setdefault("title", data.strip())
        elif self._inside == "script":
            try:
                self._linked(json.loads(data))
            except (ValueError, RecursionError):
                return

    def _linked(self, value: Any) -> None:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                self._linked(item.get("@graph", []))
                for name in ("headline", "datePublished", "url"):
                    if isinstance(item.get(name), str):
                        self.found.setdefault(name.lower(), item[name].strip())
