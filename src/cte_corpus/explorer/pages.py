"""Writing pages: a template in both languages, and beside it the same as data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.errors import need
from cte_corpus.explorer import skeleton
from cte_corpus.explorer.brief import ORDER
from cte_corpus.explorer.markup import Html, plain
from cte_corpus.explorer.words import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import jinja2

    from cte_corpus.explorer.shared import Shared

Raw = dict[str, Any]


class Pages:
    """Writes the pages of a site, those in Arabic below `ar/`.

    Raises:
        CteError: Jinja is not installed.
    """

    def __init__(self, out: Path, shared: Shared) -> None:
        self.out = out
        self.shared = shared
        self.words = {lang: Words(lang, shared.entities) for lang in LANGUAGES}
        self._made: set[str] = set()
        self._environments: dict[tuple[str, str], jinja2.Environment] = {}

    def write(self, template: str, page: str, twin: list[Raw], values: Mapping[str, Any]) -> None:
        """Write a page in both languages, and its twin as JSON-LD.

        Args:
            template: Name of the template, without its ending.
            page: Where it is below the folder of a language: `events/harbour-talks.0.html`.
            twin: What the page holds as data: the graph of its JSON-LD.
            values: What the template shows.
        """
        up = "../" * page.count("/")
        data = page.removesuffix(".html") + ".jsonld"
        for lang, words in self.words.items():
            arabic = lang == "ar"
            root = f"{up}../" if arabic else up
            if (lang, up) not in self._environments:
                self._environments[lang, up] = _environment(Html(words, up))
            text = self._environments[lang, up].get_template(f"{template}.html").render(
                values, w=words, shared=self.shared, up=up, root=root, page=page, twin=root + data,
                other=f"{root}{page}" if arabic else f"{root}ar/{page}", scripts=skeleton.FOLDING, ORDER=ORDER,
            )  # fmt: skip
            self.put(f"ar/{page}" if arabic else page, text.encode())
        graph = {"@context": CONTEXT, "@graph": twin}
        self.put(data, orjson.dumps(graph))

    def put(self, name: str, data: bytes) -> None:
        """Write a file of the site; the site as a whole takes its place when it is complete."""
        path = self.out / name
        folder = os.path.dirname(name)  # noqa: PTH120 - a hundred thousand times, and Path takes ten times as long
        if folder not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        path.write_bytes(data)


CONTEXT = {
    "@vocab": "urn:cte-corpus:term:",
    "schema": "https://schema.org/",
    "name": "schema:name",
    "description": "schema:description",
    "citation": "schema:citation",
    "inLanguage": "schema:inLanguage",
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "license": {"@id": "schema:license", "@type": "@id"},
    "url": {"@id": "schema:url", "@type": "@id"},
}
"""How the twins are read: fields of records are terms of the corpus, what schema.org has is its own."""


def _environment(html: Html) -> jinja2.Environment:
    """Templates in the words of one language, for pages that are so far below its folder."""
    need("jinja2", "Jinja", "site")
    import jinja2

    class Environment(jinja2.Environment):
        """Looks for `a.b` in records first: most of what templates ask for is a field, and no attribute."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            if type(obj) is dict and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

    environment = Environment(
        loader=jinja2.PackageLoader("cte_corpus.explorer"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        finalize=_shown, auto_reload=False,
    )  # fmt: skip
    environment.filters |= html.filters()
    environment.tests["web"] = is_web
    return environment


def is_web(address: object) -> bool:
    """Whether an address may be a link: one of the web, and nothing that runs."""
    return isinstance(address, str) and address.startswith(("https://", "http://"))


def _shown(value: Any) -> Any:
    """A text from data without what could turn the letters around it; markup that is ours stays."""
    return plain(value) if type(value) is str else value
