"""`ro-crate-metadata.json`: RO-Crate 1.2, an inventory of the pack as linked data.

<https://www.researchobject.org/ro-crate/specification/1.2/>
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.release.facts import Facts, PackFile

VERSION = "1.2"

_ABOUT = {
    "README.md": ("Dataset card", "text/markdown"),
    "CITATION.cff": ("How to cite the corpus", "application/yaml"),
    "croissant.json": ("Description in Croissant 1.1", "application/ld+json"),
    "datacite.json": ("Description in DataCite 4.5", "application/json"),
    "datapackage.json": ("Description as a Data Package 2.0", "application/json"),
    "manifest.json": ("Digests of all files", "application/json"),
    "SHA256SUMS": ("Digests of all files, for sha256sum", "text/plain"),
    "LICENSE-DATA": ("Licence of the records", "text/plain"),
}
"""Files of the pack that are not data; their digests are in the manifest."""


def render(facts: Facts) -> bytes:
    """The inventory."""
    info = facts.info
    licence = words.licence_address(info.licences.records)
    people = [{"@id": f"#contributors-{number}"} for number in range(1, len(info.maintainers) + 1)]
    files = [_file(file) for file in facts.files]
    files += [
        {"@id": path, "@type": "File", "name": name, "encodingFormat": kind} for path, (name, kind) in _ABOUT.items()
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": info.title,
        "description": words.ABSTRACT,
        "identifier": words.urn(info),
        "version": info.version,
        "datePublished": facts.date,
        "license": {"@id": licence},
        "author": people,
        "publisher": people[0],
        "keywords": list(words.KEYWORDS),
        "inLanguage": list(facts.languages),
        "creditText": words.citation(facts),
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    if words.doi(info):
        root["cite-as"] = words.address(info)
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
        *(
            {"@id": person["@id"], "@type": "Organization", "name": name}
            for person, name in zip(people, info.maintainers, strict=True)
        ),
        {
            "@id": licence,
            "@type": "CreativeWork",
            "name": words.licence_name(info.licences.records),
            "identifier": info.licences.records,
            "description": "Licence of the records and schemas; the documents that they describe are not covered.",
        },
    ]
    return words.json_bytes({"@context": f"https://w3id.org/ro/crate/{VERSION}/context", "@graph": graph})


def _file(file: PackFile) -> dict[str, Any]:
    about = words.FILES.get(PurePosixPath(file.path).name, "JSON Schema")
    return {
        "@id": file.path,
        "@type": "File",
        "name": f"Table {file.table}, {file.rows} rows" if file.table else file.path,
        "description": words.TABLES[file.table] if file.table else about,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }
