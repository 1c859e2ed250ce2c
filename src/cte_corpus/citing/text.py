"""A citation in words, one line per work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.citing.citation import sources
from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.citing.citation import Citation, Source


def render(*citations: Citation) -> str:
    """The lines."""
    lines = [_source(source) for source in sources(citations)]
    return "\n".join([*lines, *map(_corpus, citations)])


def _corpus(citation: Citation) -> str:
    corpus = words.citation(citation)
    proof = citation.proof.removeprefix(f"{citation.urn}, ") if corpus.endswith(citation.urn) else citation.proof
    return f"{corpus}. {proof}."


def _source(source: Source) -> str:
    publisher = [source.publisher] if source.authors else []
    when = source.published.words or "no date"
    parts = [f"{', '.join(source.makers)} ({when}): {source.title}", *publisher, *filter(None, [source.url])]
    return ". ".join(parts) + ("" if source.url else ".")
