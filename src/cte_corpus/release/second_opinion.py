"""Validation by jsonschema, the reference implementation, of the schemas and of every record in them.

It is slow and right: the build asks it once more what the fast engine has said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.store.layout import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cte_corpus.store.stored import Stored

KINDS = ("corpus", "retired", "entity", *PARTS)
"""The file kinds, each with a schema."""


def faults(stored: Stored, schemas: Path) -> Iterator[str]:
    """What is wrong with the schemas in a folder, or with the records of a corpus by them; nothing where all is well.

    Raises:
        OSError: a schema is missing.
        ValueError: a schema is no JSON.
    """
    import jsonschema
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    validators = {}
    for kind in KINDS:
        schema = orjson.loads((schemas / f"{kind}.schema.json").read_bytes())
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"{kind}.schema.json: {error.json_path}: {error.message}"
            return
        validators[kind] = jsonschema.Draft202012Validator(schema, registry=Registry())  # it fetches nothing
    for kind, name, value in files(stored):
        try:
            for found in validators[kind].iter_errors(value):
                yield f"{name}: {found.json_path}: {found.message}"
        except Unresolvable as error:
            yield f"{kind}.schema.json: {error}"
            return


def files(stored: Stored) -> Iterator[tuple[str, str, Any]]:
    """The records of a corpus as its files hold them: kind of file, a name to find it by, value."""
    yield "corpus", "corpus", stored.info
    yield "retired", "retired", {"records": stored.raw_retired}
    for entity in stored.raw_entities:
        yield "entity", str(entity.get("id")), entity
    for document in stored.raw_documents:
        for part in PARTS:
            value = document[part] if part == "document" else {"records": document[part]}
            yield part, f"{document['document'].get('id')} {part}", value
