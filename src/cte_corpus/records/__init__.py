"""The record models: the only place where a field is defined.

JSON Schemas, Arrow and Hugging Face features and the codebook are generated from these.
"""

from cte_corpus.records.corpus import CorpusInfo, Retired
from cte_corpus.records.document import Document
from cte_corpus.records.entity import Entity
from cte_corpus.records.event import Event
from cte_corpus.records.mention import Mention
from cte_corpus.records.sanction import Sanction
from cte_corpus.records.section import Section

__all__ = ["CorpusInfo", "Document", "Entity", "Event", "Mention", "Retired", "Sanction", "Section"]
