"""DataCite metadata 4.5: a list of resources, the documents and the corpus, each whole by the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.citing.citation import sources
from cte_corpus.errors import CteError
from cte_corpus.release.metadata import datacite, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.citing.citation import Citation, Source


def render(*citations: Citation) -> str:
    """The resources as JSON.

    Raises:
        CteError: a resource has no year, which DataCite asks for.
    """
    resources = [_source(source) for source in sources(citations)]
    return words.json_bytes([*resources, _corpus(citations)]).decode().rstrip("\n")


def _source(source: Source) -> dict[str, Any]:
    when = source.published
    name = (source.url, "URL") if source.url else (source.sha256, "SHA-256")
    found: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "alternateIdentifiers": [{"alternateIdentifier": name[0], "alternateIdentifierType": name[1]}],
        "types": {"resourceTypeGeneral": "Text", "resourceType": source.genre.replace("-", " ")},
        "creators": [{"name": name} for name in source.makers],
        "titles": [{"title": source.title, "lang": source.lang}],
        "publisher": {"name": source.publisher},
        "publicationYear": _year(when.end or when.start, source.id),
        "language": source.lang,
    }
    if when.iso:
        found["dates"] = [{"date": when.iso, "dateType": "Issued"}]
        if not when.day:
            found["dates"][0]["dateInformation"] = f"{when.words} (EDTF {when.edtf})"
    return found


def _corpus(citations: Sequence[Citation]) -> dict[str, Any]:
    citation = citations[0]
    found = datacite.corpus_fields(citation.info, citation.date)
    found["publicationYear"] = _year(citation.date or citation.coded, citation.key)
    if not citation.date:
        found["dates"] = [
            {"date": citation.coded, "dateType": "Updated", "dateInformation": "Newest coding; this was not released."}
        ]
    found["descriptions"] = [
        {"description": f"{one.proof}.", "descriptionType": "TechnicalInfo", "lang": "en"} for one in citations
    ]
    related = found.get("relatedIdentifiers", [])
    related += [_related("HasPart", one.urn, "URN") for one in citations if one.record]
    related += [_related("IsDerivedFrom", source.url, "URL") for source in sources(citations) if source.url]
    return found | ({"relatedIdentifiers": related} if related else {})


def _related(relation: str, value: str, kind: str) -> dict[str, str]:
    return {"relatedIdentifier": value, "relatedIdentifierType": kind, "relationType": relation}


def _year(date: str, what: str) -> str:
    """The year that stands for a date: of several, the last."""
    if not date:
        raise CteError(f"DataCite asks for a year of publication, and {what} has none", "take another --output")
    return date[:4]
