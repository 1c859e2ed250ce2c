"""`datacite.json`: DataCite metadata 4.5, as JSON in the form of the `datacite` schemas, ready for a DOI service.

The kernel is 4.7 by now; what is used here is the same in both. <https://schema.datacite.org/meta/kernel-4/>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.records import CorpusInfo
    from cte_corpus.release.facts import Facts


def render(facts: Facts) -> bytes:
    """The description."""
    info = facts.info
    found = corpus_fields(info, facts.date) | {
        "subjects": [{"subject": keyword} for keyword in words.KEYWORDS],
        "sizes": [f"{table}: {count}" for table, count in facts.counts.items()],
        "formats": sorted({file.media_type for file in facts.files}),
        "descriptions": [
            {"description": words.ABSTRACT, "descriptionType": "Abstract", "lang": "en"},
            {
                "description": f"{words.OFFSETS} Digest over all records, SHA-256: {facts.root_digest}.",
                "descriptionType": "TechnicalInfo",
                "lang": "en",
            },
        ],
    }
    if len(facts.languages) == 1:
        found["language"] = facts.languages[0]
    return words.json_bytes(found)


def corpus_fields(info: CorpusInfo, date: str) -> dict[str, Any]:
    """What identifies the corpus at its version; `date` may be empty."""
    spdx = info.licences.records
    found: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "alternateIdentifiers": [{"alternateIdentifier": words.urn(info), "alternateIdentifierType": "URN"}],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Annotated corpus"},
        "creators": [{"name": name, "nameType": "Organizational"} for name in info.maintainers],
        "titles": [{"title": info.title, "lang": "en"}],
        "publisher": {"name": info.maintainers[0]},
        "publicationYear": date[:4],
        "version": info.version,
        "rightsList": [
            {
                "rights": words.licence_name(spdx),
                "rightsUri": words.licence_address(spdx),
                "rightsIdentifier": spdx,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
    }
    if words.doi(info):  # it stands for all versions together; that of one is given when it is registered
        doi = {"relatedIdentifier": words.doi(info), "relatedIdentifierType": "DOI", "relationType": "IsVersionOf"}
        found["relatedIdentifiers"] = [doi]
    if date:
        found["dates"] = [{"date": date, "dateType": "Issued"}]
    return found
