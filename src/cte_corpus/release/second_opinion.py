"""Validation by jsonschema, the reference implementation, of the schemas and of the records by them.

It is slow and right: the build asks it once more what the fast engine has said.
"""

from __future__ import annotations

from functools import lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from cte_corpus.scale.progress import doing
from cte_corpus.scale.workers import Workers, batches
from cte_corpus.store.layout import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cte_corpus.store.stored import Stored

FILES = 50
"""How many files another process gets at a time."""

KINDS = ("corpus", "retired", "entity", *PARTS)
"""The file kinds, each with a schema."""


def faults(stored: Stored, schemas: Path, workers: Workers | None = None) -> Iterator[str]:
    """What is wrong with the schemas in a folder, or with the records of a corpus by them; nothing where all is well.

    Args:
        stored: The corpus.
        schemas: The folder.
        workers: Other processes that judge.

    Raises:
        OSError: a schema is missing.
        ValueError: a schema is no JSON.
    """
    import jsonschema

    for kind in KINDS:
        schema = orjson.loads((schemas / f"{kind}.schema.json").read_bytes())
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"{kind}.schema.json: {error.json_path}: {error.message}"
            return
    run = token_hex()
    each = (Batch(run, schemas, files) for files in batches(_files(stored), FILES))
    with doing(0, "files") as step:
        for found, goes_on in workers.map(judge, each) if workers else map(judge, each):
            yield from found
            if not goes_on:
                return
            step(FILES)


class Batch(NamedTuple):
    """Records as files hold them, for another process: kind of file, a name to find it by, value."""

    run: str
    """Of what run they are: what was read of the schemas holds for it alone."""

    schemas: Path
    files: list[tuple[str, str, Any]]

    def __str__(self) -> str:
        return f"{self.files[0][1]} to {self.files[-1][1]}"


def judge(batch: Batch) -> tuple[list[str], bool]:
    """What is wrong with some records, and whether the rest can be judged: every reference of the schemas leads
    somewhere."""
    from referencing.exceptions import Unresolvable

    found = []
    for kind, name, value in batch.files:
        try:
            errors = _validator(batch.run, batch.schemas, kind).iter_errors(value)
            found += [f"{name}: {one.json_path}: {one.message}" for one in errors]
        except Unresolvable as error:
            return [*found, f"{kind}.schema.json: {error}"], False
    return found, True


@lru_cache(maxsize=len(KINDS))
def _validator(run: str, schemas: Path, kind: str) -> Any:
    import jsonschema
    from referencing import Registry

    schema = orjson.loads((schemas / f"{kind}.schema.json").read_bytes())
    return jsonschema.Draft202012Validator(schema, registry=Registry())  # it fetches nothing


def _files(stored: Stored) -> Iterator[tuple[str, str, Any]]:
    """The records of a corpus as its files hold them, documents first: kind of file, a name to find it by, value."""
    for document in stored.one_by_one():
        for part in PARTS:
            value = document[part] if part == "document" else {"records": document[part]}
            yield part, f"{document['document'].get('id')} {part}", value
    yield "corpus", "corpus", stored.info
    yield "retired", "retired", {"records": stored.raw_retired}
    for entity in stored.raw_entities:
        yield "entity", str(entity.get("id")), entity
