"""`CITATION.cff`: how to cite the corpus at this version, in the Citation File Format 1.2.0.

<https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.release.facts import Facts


def render(facts: Facts) -> bytes:
    """The file, as YAML."""
    return dumps(fields(facts)).encode()


def dumps(found: dict[str, Any]) -> str:
    """Fields of the format as YAML, in their order, with a line end."""
    import yaml

    text: str = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=120)
    return text


def fields(facts: words.State) -> dict[str, Any]:
    """The fields of the file, in its order."""
    info = facts.info
    found: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": words.MESSAGE,
        "title": info.title,
        "type": "dataset",
        "version": info.version,
        "date-released": facts.date,
        "authors": [{"name": name} for name in info.maintainers],
        "license": info.licences.records,
        "keywords": list(words.KEYWORDS),
        "abstract": words.ABSTRACT,
    }
    if words.doi(info):
        found["doi"] = words.doi(info)
    if info.addresses.repository:
        found["repository-code"] = info.addresses.repository
    if info.addresses.hub:
        found["url"] = f"https://huggingface.co/datasets/{info.addresses.hub}"
    found["identifiers"] = [
        {
            "type": "other",
            "value": words.urn(info),
            "description": "Permanent name of this version; it is no address.",
        },
        {
            "type": "other",
            "value": f"sha256:{facts.root_digest}",
            "description": "Digest over all records of this version.",
        },
    ]
    return found
