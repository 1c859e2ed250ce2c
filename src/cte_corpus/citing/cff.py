"""The Citation File Format 1.2.0: the corpus as what the file is about, the document as its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.citing.citation import sources
from cte_corpus.release.metadata import cff

if TYPE_CHECKING:
    from cte_corpus.citing.citation import Citation, Source

_TYPES = {"news-article": "newspaper-article", "report": "report"}
"""Type of reference by genre; others are generic."""


def render(*citations: Citation) -> str:
    """The file, as YAML."""
    found = cff.fields(citations[0])
    if not citations[0].date:
        del found["date-released"]
        found["message"] += " This state was not released."
    for citation in citations:
        if citation.record:
            found["identifiers"] += [
                {"type": "other", "value": citation.urn, "description": "Permanent name of a record that is cited."},
                {"type": "other", "value": f"sha256:{citation.digest}", "description": "Digest of that record."},
            ]
    if references := [_source(source) for source in sources(citations)]:
        found["references"] = references
    return cff.dumps(found).rstrip("\n")


def _source(source: Source) -> dict[str, Any]:
    when = source.published
    fields = {
        "type": _TYPES.get(source.genre, "generic"),
        "authors": [{"name": name} for name in source.makers],
        "title": source.title,
        "publisher": {"name": source.publisher},
        "date-published": when.day,
        "year": "" if when.day else int(when.year or 0),
        "month": "" if when.day else int(when.month or 0),
        "issue-date": "" if when.day else when.words,
        "languages": [source.lang.partition("-")[0]],
        "url": source.url,
        "date-accessed": source.opened,
    }
    return {name: value for name, value in fields.items() if value}
