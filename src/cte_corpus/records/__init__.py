"""The record models: the only place where a field is defined.

JSON Schemas, Arrow and Hugging Face features and the codebook are generated from these. A model is imported when it is
first asked for, so that what reads decoded records alone does not wait for pydantic.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cte_corpus.records.corpus import CorpusInfo, Retired
    from cte_corpus.records.document import Document
    from cte_corpus.records.entity import Entity
    from cte_corpus.records.event import Event
    from cte_corpus.records.mention import Mention
    from cte_corpus.records.sanction import Sanction
    from cte_corpus.records.section import Section

__all__ = ["CorpusInfo", "Document", "Entity", "Event", "Mention", "Retired", "Sanction", "Section"]

_IN_CORPUS = ("CorpusInfo", "Retired")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{'corpus' if name in _IN_CORPUS else name.lower()}")
    return getattr(module, name)
