"""Writing pages: a template in both languages, and beside it the same as data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.errors import need
from cte_corpus.explorer import addresses, skeleton
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
        self._environment = _environment()
        self._made: set[str] = set()
        self._html: dict[tuple[str, str], Html] = {}

    def write(self, template: str, page: str, twin: list[Raw], values: Mapping[str, Any], **each: Any) -> None:
        """Write a page in both languages, and its twin as JSON-LD.

        Args:
            template: Name of the template, without its ending.
            page: Where it is below the folder of a language: `events/harbour-talks.0.html`.
            twin: What the page holds as data: the graph of its JSON-LD.
            values: What the template shows.
            each: More of that, where both languages share it.
        """
        made = self._environment.get_template(f"{template}.html")
        up = "../" * page.count("/")
        data = page.removesuffix(".html") + ".jsonld"
        for lang, words in self.words.items():
            arabic = lang == "ar"
            root = f"{up}../" if arabic else up
            html = self._html.setdefault((lang, up), Html(words, up))
            text = made.render(
                values, **each, w=words, h=html, shared=self.shared, up=up, root=root, page=page, twin=root + data,
                scripts=skeleton.FOLDING,
                other=f"{root}{page}" if arabic else f"{root}ar/{page}", ORDER=ORDER,
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


def _environment() -> jinja2.Environment:
    need("jinja2", "Jinja", "site")
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("cte_corpus.explorer"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        finalize=_shown, auto_reload=False,
    )  # fmt: skip
    environment.globals["address"] = addresses.address
    environment.globals["page_of"] = addresses.page
    environment.tests["web"] = is_web
    return environment


def is_web(address: object) -> bool:
    """Whether an address may be a link: one of the web, and nothing that runs."""
    return isinstance(address, str) and address.startswith(("https://", "http://"))


def _shown(value: Any) -> Any:
    """A text from data without what could turn the letters around it; markup that is ours stays."""
    return plain(value) if type(value) is str else value
