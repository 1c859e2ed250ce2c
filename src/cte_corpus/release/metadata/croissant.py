"""`croissant.json`: Croissant 1.1, by which machine learning tools find and read the tables.

A record set is a record table. A struct becomes a field with sub-fields, a list an array; a leaf is cut out of its
column by one JSON path a step. Every data file is listed with its digest; a file set gathers the shards of a table.
Keys between the tables stand in `datapackage.json` alone: mlcroissant joins what `references` names, and a table that
names itself, as sections do their parents, is a circle to it.
<https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words
from cte_corpus.release.metadata.columns import Column, columns

if TYPE_CHECKING:
    from cte_corpus.release.facts import Facts

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}

_PARQUET = "application/x-parquet"
"""The name by which Croissant's readers know Parquet."""


def render(facts: Facts) -> bytes:
    """The description."""
    info = facts.info
    return words.json_bytes(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": info.name,
            "description": words.ABSTRACT,
            "version": info.version,
            "datePublished": facts.date,
            "inLanguage": list(facts.languages),
            "license": words.licence_address(info.licences.records),
            "url": words.address(info) or words.urn(info),
            "creator": [{"@type": "sc:Organization", "name": name} for name in info.maintainers],
            "keywords": list(words.KEYWORDS),
            "citeAs": words.citation(facts),
            "rai:personalSensitiveInformation": words.PERSONAL,
            "rai:dataLimitations": words.LIMITS,
            "distribution": [*_files(facts), *(_file_set(table) for table in facts.schemas)],
            "recordSet": [_record_set(facts, table) for table in facts.schemas],
        }
    )


def _files(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.path,
            "contentUrl": file.path,
            "contentSize": f"{file.size} B",
            "encodingFormat": _PARQUET,
            "sha256": file.sha256,
        }
        for file in facts.files
        if file.table
    ]


def _file_set(table: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{table}-files",
        "name": f"{table}-files",
        "description": f"The shards of the table {table}.",
        "encodingFormat": _PARQUET,
        "includes": f"data/{table}/*.parquet",
    }


def _record_set(facts: Facts, table: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": words.TABLES[table],
        "key": {"@id": f"{table}/id"},
        "field": [_field(table, column, table, column.name, ()) for column in columns(facts, table)],
    }


def _field(table: str, column: Column, parent: str, top: str, steps: tuple[str, ...]) -> dict[str, Any]:
    """A field; `steps` lead to it inside the column `top`."""
    name = f"{parent}/{column.name}"
    found: dict[str, Any] = {"@type": "cr:Field", "@id": name, "name": name}
    if column.description:
        found["description"] = column.description
    if column.many:
        found |= {"isArray": True, "arrayShape": "-1"}
    if column.fields:
        inner = [_field(table, field, name, top, (*steps, field.name)) for field in column.fields]
        return found | {"subField": inner}
    source: dict[str, Any] = {"fileSet": {"@id": f"{table}-files"}, "extract": {"column": top}}
    if steps:
        source["transform"] = [{"jsonPath": step} for step in steps]
    return found | {"dataType": _TYPES[column.kind], "source": source}
