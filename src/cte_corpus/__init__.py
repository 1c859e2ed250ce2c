"""Counter-terrorism reporting as versioned, schema-validated records.

Importing this package loads nothing heavy: each name below is imported when it is first used.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

TYPE_CHECKING = False  # `typing` would be the heaviest import of all
if TYPE_CHECKING:
    from typing import Any

    from cte_corpus import edtf
    from cte_corpus import plot as plot
    from cte_corpus.attach.ground import ground
    from cte_corpus.checking.engine import run as check
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.errors import CteError, UnknownIdError
    from cte_corpus.score.agree import agreement
    from cte_corpus.score.scoring import score
    from cte_corpus.score.splits import splits
    from cte_corpus.tabular.arrow import flat_tables, merged_events, tables
    from cte_corpus.tabular.database import connect
    from cte_corpus.tabular.evidence import evidence
    from cte_corpus.tabular.loader import load_dataset

    __version__: str
    """Version of the package, read from its metadata when it is first asked for."""

_ROOMS = ("edtf", "plot", "score")
"""Modules and rooms that are public as they are; `score` can be called."""

_HOMES = {
    "Corpus": ("corpus.corpus", "Corpus"),
    "CteError": ("errors", "CteError"),
    "UnknownIdError": ("errors", "UnknownIdError"),
    "agreement": ("score.agree", "agreement"),
    "check": ("checking.engine", "run"),
    "connect": ("tabular.database", "connect"),
    "evidence": ("tabular.evidence", "evidence"),
    "flat_tables": ("tabular.arrow", "flat_tables"),
    "ground": ("attach.ground", "ground"),
    "load_dataset": ("tabular.loader", "load_dataset"),
    "merged_events": ("tabular.arrow", "merged_events"),
    "splits": ("score.splits", "splits"),
    "tables": ("tabular.arrow", "tables"),
}
"""Public name -> (module, name in it)."""

__all__ = [
    "Corpus",
    "CteError",
    "UnknownIdError",
    "agreement",
    "check",
    "connect",
    "edtf",
    "evidence",
    "flat_tables",
    "ground",
    "load_dataset",
    "merged_events",
    "score",
    "splits",
    "tables",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        value: Any = _version()
    elif name in _ROOMS:
        value = import_module(f"{__name__}.{name}")
    elif name in _HOMES:
        module, attribute = _HOMES[name]
        value = getattr(import_module(f"{__name__}.{module}"), attribute)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def _version() -> str:
    """The version, by the name of the folder in which an installer puts the metadata of a package.

    Only where there is no such folder `importlib.metadata` is asked, as to load it takes longer than most commands run.
    """
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 -- `pathlib` takes its time too
        except OSError:
            continue  # such as a library in an archive
        for name in names:
            if name.startswith("cte_corpus-") and name.endswith(".dist-info"):
                return name.removeprefix("cte_corpus-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("cte-corpus")


def __dir__() -> list[str]:
    return [*__all__, "__version__", "plot"]
