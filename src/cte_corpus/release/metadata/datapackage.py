"""`datapackage.json`: Data Package 2.0, with the schema of each table and the keys between the tables.

A foreign key is a column of its own whose values are ids of another table, or null. References inside lists and structs
(arguments, evidence, relations …) have no place in Table Schema; the checker proves them (`cte check`).

A resource in several files is, by the standard, one file cut into pieces, which Parquet files are not. So each shard of
a table is a resource of its own, and keys lead to tables of one file only.
<https://datapackage.org/standard/data-package/>
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words
from cte_corpus.release.metadata.columns import Column, columns

if TYPE_CHECKING:
    from cte_corpus.release.facts import Facts

KEYS = {
    "documents": {"publisher": "entities"},
    "sections": {"document": "documents", "parent": "sections"},
    "sentences": {"document": "documents", "section": "sections"},
    "mentions": {
        "document": "documents",
        "entity": "entities",
        "derived_section": "sections",
        "derived_sentence": "sentences",
    },
    "events": {
        "document": "documents",
        "derived_section": "sections",
        "derived_sentence": "sentences",
        "derived_whole": "events",
        "derived_cluster": "events",
    },
    "sanctions": {
        "document": "documents",
        "event": "events",
        "target": "entities",
        "authority": "entities",
        "jurisdiction": "entities",
    },
    "entities": {},
}
"""The foreign keys of each table: column, and the table whose `id` it holds."""

_PROFILE = "https://datapackage.org/profiles/2.0/"


def render(facts: Facts) -> bytes:
    """The description."""
    info = facts.info
    found: dict[str, Any] = {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": info.name,
        "id": words.urn(info),
        "title": info.title,
        "description": words.ABSTRACT,
        "version": info.version,
        "created": f"{facts.date}T00:00:00Z",
        "keywords": list(words.KEYWORDS),
        "licenses": [
            {
                "name": info.licences.records,
                "title": words.licence_name(info.licences.records),
                "path": words.licence_address(info.licences.records),
            }
        ],
        "contributors": [{"title": name, "roles": ["author"]} for name in info.maintainers],
        "resources": [_resource(facts, table, path) for table in facts.schemas for path in _paths(facts, table)],
    }
    if words.address(info):
        found["homepage"] = words.address(info)
    return words.json_bytes(found)


def _paths(facts: Facts, table: str) -> list[str]:
    return [file.path for file in facts.files if file.table == table]


def _resource(facts: Facts, table: str, path: str) -> dict[str, Any]:
    name = table if _is_whole(facts, table) else PurePosixPath(path).stem
    return {  # without size and hash: frictionless finds neither in Parquet; `manifest.json` has them
        "$schema": f"{_PROFILE}dataresource.json",
        "name": name,
        "type": "table",
        "title": name,
        "description": words.TABLES[table],
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(facts, table),
    }


def _is_whole(facts: Facts, table: str) -> bool:
    """Whether a table is one file."""
    return len(_paths(facts, table)) == 1


def _schema(facts: Facts, table: str) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": "" if target == table else target, "fields": ["id"]}}
        for column, target in KEYS[table].items()
        if _is_whole(facts, target)
    ]
    found = {
        "$schema": f"{_PROFILE}tableschema.json",
        "fields": [_field(column) for column in columns(facts, table)],
        "missingValues": [],
        "primaryKey": ["id"],
    }
    return found | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> dict[str, Any]:
    # A list is `any`, with its kind of item in the description: frictionless reads lists in Parquet as NumPy arrays,
    # which its type `array` refuses.
    found: dict[str, Any] = {"name": column.name, "type": "any" if column.many else column.kind}
    if column.description:
        found["description"] = f"List of {column.kind}s. {column.description}" if column.many else column.description
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if not column.many:
        if column.codes:
            constraints["enum"] = list(column.codes)
        if column.pattern:
            constraints["pattern"] = column.pattern
    return found | ({"constraints": constraints} if constraints else {})
