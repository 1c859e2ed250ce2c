"""Counter-terrorism reporting as versioned, schema-validated records.

Importing this package loads nothing heavy: each name below is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        from importlib.metadata import distribution

        # Not `version`, which parses all the metadata, and the README is among them.
        lines = str(distribution("cte-corpus").read_text("METADATA")).splitlines()
        value: Any = next(line.removeprefix("Version: ") for line in lines if line.startswith("Version: "))
    elif name in _ROOMS:
        value = import_module(f"{__name__}.{name}")
    elif name in _HOMES:
        module, attribute = _HOMES[name]
        value = getattr(import_module(f"{__name__}.{module}"), attribute)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__", "plot"]
