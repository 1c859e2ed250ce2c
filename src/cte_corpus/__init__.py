"""Counter-terrorism reporting as versioned, schema-validated records.

Importing this package loads nothing heavy: each name below is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cte_corpus.checking.engine import run as check
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.errors import CteError
    from cte_corpus.tabular.arrow import tables
    from cte_corpus.tabular.database import connect
    from cte_corpus.tabular.loader import load_dataset

_HOMES = {
    "Corpus": ("corpus.corpus", "Corpus"),
    "CteError": ("errors", "CteError"),
    "check": ("checking.engine", "run"),
    "connect": ("tabular.database", "connect"),
    "load_dataset": ("tabular.loader", "load_dataset"),
    "tables": ("tabular.arrow", "tables"),
}
"""Public name -> (module, name in it)."""

__all__ = ["Corpus", "CteError", "check", "connect", "load_dataset", "tables"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(f"{__name__}.{module}"), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
