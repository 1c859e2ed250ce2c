"""CSL-JSON, what citation processors and reference managers read: the schema `csl-data.json` of CSL 1.0.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.citing.citation import sources
from cte_corpus.citing.when import When
from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.citing.citation import Citation, Source

_TYPES = {"news-article": "article-newspaper", "report": "report"}
"""Item type by genre; others are documents."""


def render(*citations: Citation) -> str:
    """The items, as a list."""
    items = [_source(source) for source in sources(citations)]
    return words.json_bytes([*items, *map(_corpus, citations)]).decode().rstrip("\n")


def _source(source: Source) -> dict[str, Any]:
    fields = {
        "type": _TYPES.get(source.genre, "document"),
        "id": source.id,
        "language": source.lang,
        "author": _names(source.signed),
        "title": source.title,
        "container-title" if source.is_news else "publisher": source.publisher,
        "genre": "" if source.is_news else source.genre.replace("-", " "),
        "issued": source.published.csl if source.published.edtf else "",
        "note": "" if source.published.day else source.published.words,
        "URL": source.url,
        "accessed": When.of(source.opened).csl if source.opened else "",
    }
    return {name: value for name, value in fields.items() if value}


def _corpus(citation: Citation) -> dict[str, Any]:
    info = citation.info
    fields = {
        "type": "dataset",
        "id": citation.key,
        "author": _names(info.maintainers),
        "title": citation.title,
        "publisher": info.maintainers[0],
        "version": info.version,
        "issued": When.of(citation.date).csl if citation.date else "",
        "status": "" if citation.date else "unreleased state",
        "note": citation.proof,
        "DOI": words.doi(info),
        "URL": words.address(info) or citation.urn,
    }
    return {name: value for name, value in fields.items() if value}


def _names(names: tuple[str, ...] | list[str]) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]
