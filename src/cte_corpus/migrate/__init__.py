"""Records of an older schema version, brought to the current one when they are read.

Within a major version nothing has to be done: what is valid under 1.0 is valid under every 1.x, so only a new major
version comes with a step. A step is a function in a module of its own, `v1.py` for the one from 1.x to 2.0, entered in
`STEPS`. Stored files are never changed. See docs/schema-policy.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from cte_corpus.errors import CteError
from cte_corpus.store import layout

Raw = dict[str, Any]
"""A decoded record."""

Kind = Literal["corpus", "document", "entity", "retired"]
"""What a step is given: `corpus.json`, a document with its lists of records, an entity, or a tombstone."""

Step = Callable[[Kind, Raw], Raw]
"""Returns the record as the next major version has it; the record given stays as it is."""

STEPS: dict[int, Step] = {}
"""The steps by the major version from which they lead to the next."""


def to_current(kind: Kind, record: Raw, version: str) -> Raw:
    """A record of an older schema version as the current models take it; one of the current major version as it is.

    Args:
        kind: What the record is.
        record: The decoded record, valid under that version.
        version: The schema version that it follows.

    Raises:
        CteError: this package does not read that version.
    """
    for major in range(_major(version), _major(layout.SCHEMA_VERSION)):
        if major not in STEPS:
            raise CteError(
                f"this package reads schema {layout.SCHEMA_VERSION}, and {version} no longer",
                f"install the last release of the package before major version {major + 1}",
            )
        record = STEPS[major](kind, record)
    return record


def readable(version: str, release: str) -> None:
    """Whether this package knows a schema version at all.

    Args:
        version: The schema version of a corpus.
        release: The version of that corpus.

    Raises:
        CteError: the schema version is newer than the package.
    """
    if _numbers(version) > _numbers(layout.SCHEMA_VERSION):
        raise CteError(
            f"the corpus follows schema {version}; this package reads up to {layout.SCHEMA_VERSION}",
            f'install the package that came with it, or a newer one: pip install "cte-corpus>={release}"',
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _major(version: str) -> int:
    return _numbers(version)[0]
