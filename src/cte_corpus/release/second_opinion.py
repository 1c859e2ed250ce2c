"""Validation by jsonschema, the reference implementation, of the schemas and of the records by them.

It is slow and right: the build asks it once more what the fast engine has said. Of many documents it is asked a part,
and the fast engine the rest, by the same schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.errors import CteError
from cte_corpus.store.layout import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cte_corpus.store.stored import Stored

ASKED = 1_000
"""Documents of which it is asked all; of more, every second, third and so on, at least half as many."""

KINDS = ("corpus", "retired", "entity", *PARTS)
"""The file kinds, each with a schema."""


def faults(stored: Stored, schemas: Path) -> Iterator[str]:
    """What is wrong with the schemas in a folder, or with the records of a corpus by them; nothing where all is well.

    Raises:
        OSError: a schema is missing.
        ValueError: a schema is no JSON.
    """
    import jsonschema
    import jsonschema_rs
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    schemas_: dict[str, Any] = {}
    validators: dict[str, Any] = {}
    fast: dict[str, Any] = {}
    for kind in KINDS:
        schema = schemas_[kind] = orjson.loads((schemas / f"{kind}.schema.json").read_bytes())
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"{kind}.schema.json: {error.json_path}: {error.message}"
            return
        validators[kind] = jsonschema.Draft202012Validator(schema, registry=Registry())  # it fetches nothing
    step = asked(stored.count)
    if step > 1:
        fast = {kind: jsonschema_rs.Draft202012Validator(schemas_[kind]) for kind in PARTS}
    for number, (kind, name, value) in enumerate(files(stored)):
        if kind in fast and number // len(PARTS) % step and fast[kind].is_valid(value):
            continue
        try:
            for found in validators[kind].iter_errors(value):
                yield f"{name}: {found.json_path}: {found.message}"
        except Unresolvable as error:
            yield f"{kind}.schema.json: {error}"
            return


def who(stored: Stored) -> str:
    """Who was asked of the records of a corpus, in words."""
    try:
        step = asked(stored.count)
    except CteError:  # that is said where it is read
        step = 1
    return "jsonschema" if step == 1 else f"jsonschema-rs, and of one in {step} documents jsonschema"


def asked(documents: int) -> int:
    """The reference implementation is asked of one in so many documents."""
    return -(-documents // ASKED) or 1


def files(stored: Stored) -> Iterator[tuple[str, str, Any]]:
    """The records of a corpus as its files hold them, documents first: kind of file, a name to find it by, value."""
    for document in stored.one_by_one():
        for part in PARTS:
            value = document[part] if part == "document" else {"records": document[part]}
            yield part, f"{document['document'].get('id')} {part}", value
    yield "corpus", "corpus", stored.info
    yield "retired", "retired", {"records": stored.raw_retired}
    for entity in stored.raw_entities:
        yield "entity", str(entity.get("id")), entity
