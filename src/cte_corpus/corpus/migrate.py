"""Records of an older schema version, brought to the current one when they are read.

Within a major version nothing has to be done: what is valid under 1.0 is valid under every 1.x, so only a new major
version comes with a step. A step is a function in a module of its own, `migrate_v1.py` for the one from 1.x to 2.0,
entered in `STEPS`. Stored files are never changed. docs/schema-policy.md has an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from cte_corpus.errors import CteError
from cte_corpus.store import layout
from cte_corpus.store.version import numbers

Raw = dict[str, Any]
"""A decoded record."""

Kind = Literal["corpus", "document", "entity", "retired"]
"""What a step is given: `corpus.json`, a document with its lists of records, an entity, or a tombstone."""

Step = Callable[[Kind, Raw], Raw]
"""Returns the record as the next major version has it, under the same id; the record given stays as it is."""

_VERSION = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")

STEPS: dict[int, Step] = {}
"""The steps by the major version from which they lead to the next."""


def steps(version: str, release: str) -> list[Step]:
    """The steps from a schema version to that of this package, to be taken in order; none within a major version.

    Args:
        version: The schema version of a corpus.
        release: The version of that corpus.

    Raises:
        CteError: this package does not read that schema version yet, or no longer; or it is no version.
    """
    if not _VERSION.fullmatch(version):
        raise CteError(f"{version!r} is no version of the schemas", "see `cte check`")
    first, last = numbers(version), numbers(layout.SCHEMA_VERSION)
    if first > last:
        raise CteError(
            f"the corpus follows schema {version}; this package reads up to {layout.SCHEMA_VERSION}",
            f'install the package that came with it, or a newer one: pip install "cte-corpus>={release}"',
        )
    for major in range(first[0], last[0]):
        if major not in STEPS:
            raise CteError(
                f"the corpus follows schema {version}; this package reads {layout.SCHEMA_VERSION}, no longer {major}.x",
                f'install the package that came with it: pip install "cte-corpus=={release}"',
            )
    return [STEPS[major] for major in range(first[0], last[0])]


def current(kind: Kind, records: list[Raw], version: str, release: str) -> list[Raw]:
    """Records as the current models take them.

    Raises:
        CteError: as `steps`.
    """
    for step in steps(version, release):
        records = [step(kind, record) for record in records]
    return records
