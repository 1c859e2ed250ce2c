"""`ro-crate-metadata.json`: RO-Crate 1.2, an inventory of the pack as linked data.

<https://www.researchobject.org/ro-crate/specification/1.2/>
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.release.facts import Facts, PackFile

VERSION = "1.2"

SUMMARIES = {
    "manifest.json": ("Counts of records and digests of all files", "application/json"),
    "SHA256SUMS": ("Digests of all files, for sha256sum", "text/plain"),
}
"""Files that are written after the inventory, and hold its digest: without size here."""


def render(facts: Facts) -> bytes:
    """The inventory of all files in `facts`, and of those that are written after it."""
    info = facts.info
    licence = words.licence_address(info.licences.records)
    people = [{"@id": f"#contributors-{number}"} for number in range(1, len(info.maintainers) + 1)]
    files = [_file(file) for file in facts.files]
    files += [
        {"@id": path, "@type": "File", "name": path, "description": about, "encodingFormat": kind}
        for path, (about, kind) in SUMMARIES.items()
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": info.title,
        "description": words.ABSTRACT,
        "identifier": {"@id": "#name"},
        "version": info.version,
        "datePublished": facts.date,
        "license": {"@id": licence},
        "author": _compact(people),
        "publisher": people[0],
        "keywords": list(words.KEYWORDS),
        "inLanguage": _compact(facts.languages),
        "creditText": words.citation(facts),
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    if words.address(info):
        root["url"] = words.address(info)
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": f"https://w3id.org/ro/crate/{VERSION}"},
        },
        root,
        *files,
        {"@id": "#name", "@type": "PropertyValue", "name": "Permanent name", "value": words.urn(info)},
        *(
            {"@id": person["@id"], "@type": "Organization", "name": name}
            for person, name in zip(people, info.maintainers, strict=True)
        ),
        {
            "@id": licence,
            "@type": "CreativeWork",
            "name": words.licence_name(info.licences.records),
            "identifier": info.licences.records,
            "description": "Licence of the records; the documents that they describe are not covered.",
        },
    ]
    return words.json_bytes({"@context": f"https://w3id.org/ro/crate/{VERSION}/context", "@graph": graph})


def _compact(values: Sequence[Any]) -> Any:
    """A single value stands alone."""
    return values[0] if len(values) == 1 else list(values)


_SHARD = re.compile(r"-[0-9]{5}-of-[0-9]{5}(?=\.)")


def _file(file: PackFile) -> dict[str, Any]:
    about = words.FILES.get(_SHARD.sub("", PurePosixPath(file.path).name), "JSON Schema")
    return {
        "@id": file.path,
        "@type": "File",
        "name": f"Table {file.table}, {file.rows} row{'s' * (file.rows != 1)}" if file.table else file.path,
        "description": words.TABLES[file.table] if file.table else about,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }
