"""RIS, the exchange format of reference managers: one tag per line, as the specification of 2011 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.citing.citation import sources
from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.citing.citation import Citation, Source

_TYPES = {"news-article": "NEWS", "report": "RPRT"}
"""Type of reference by genre; others are generic."""


def render(*citations: Citation) -> str:
    """The references."""
    references = [_source(source) for source in sources(citations)]
    return "\n\n".join([*references, *map(_corpus, citations)])


def _source(source: Source) -> str:
    when = source.published
    return _reference(
        ("TY", _TYPES.get(source.genre, "GEN")),
        ("ID", source.id),
        *(("AU", name) for name in source.signed),
        ("TI", source.title),
        ("T2" if source.is_news else "PB", source.publisher),
        ("PY", when.year),
        ("DA", when.edtf and when.ris),
        ("LA", source.lang),
        ("UR", source.url),
        ("Y2", source.opened.replace("-", "/")),
    )


def _corpus(citation: Citation) -> str:
    info = citation.info
    return _reference(
        ("TY", "DATA"),
        ("ID", citation.key),
        *(("AU", name) for name in info.maintainers),
        ("TI", citation.title),
        ("PB", info.maintainers[0]),
        ("ET", info.version),
        ("PY", citation.date[:4]),
        ("DA", citation.date and f"{citation.date.replace('-', '/')}/"),
        ("AN", citation.urn),
        ("N1", citation.proof),
        ("DO", words.doi(info)),
        ("UR", words.address(info)),
    )


def _reference(*tags: tuple[str, str]) -> str:
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\n".join([*lines, "ER  - "])
