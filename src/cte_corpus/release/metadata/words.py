"""What several descriptions say alike: texts, licences, identifiers, bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import orjson

from cte_corpus.corpus.about import TABLES as TABLES
from cte_corpus.corpus.about import address as address
from cte_corpus.corpus.about import citation as citation_of
from cte_corpus.corpus.about import doi as doi
from cte_corpus.corpus.about import urn as urn

if TYPE_CHECKING:
    from cte_corpus.records import CorpusInfo

ABSTRACT = (
    "News articles and official releases on counter-terrorism, coded as versioned and schema-validated records of "
    "documents, sections, entities, mentions, events and sanctions, each value with its evidence. "
    "The prose of the sources is not part of the corpus."
)

KEYWORDS = (
    "counter-terrorism",
    "event coding",
    "stand-off annotation",
    "sanctions",
    "Arabic",
)

FILES = {
    "CITATION.cff": "How to cite the corpus, in the Citation File Format.",
    "LICENSE-DATA": "Licences of the records and of the schemas.",
    "README.md": "Dataset card.",
    "croissant.json": "Description of the tables in Croissant 1.1.",
    "datacite.json": "Description in DataCite 4.5.",
    "datapackage.json": "Description of the tables as a Data Package 2.0.",
    "corpus.json": "What the corpus is: title, version, licences, addresses.",
    "documents.jsonl.zst": "The documents with their records, one a line.",
    "entities.jsonl.zst": "The registry of entities, one a line.",
    "retired.json": "Tombstones of ids that were published and are no more.",
    "vocabulary.json": "The controlled terms with their meanings and crosswalks.",
}
"""What files that hold no table are, by name."""

OFFSETS = (
    "Offsets are code points, 0-based and half-open, in a document's reference text, whose recipe, length and SHA-256 "
    "the document record holds."
)

PERSONAL = (
    "People in public roles and people whom published documents name. No birth dates, addresses or document numbers. "
    "What somebody is accused of has the status `alleged`, with who says so."
)

LIMITS = (
    "The documents were chosen one by one and are no sample. A record says what a text says, which may be false. "
    "It is no list for screening people, and no evidence against anybody."
)

CANARY = (
    "A test says nothing about a model that was trained on the test data. Please keep this corpus out of training "
    "sets. The line below is a mark: it stands in this README, in `corpus.json` and in the dataset card of every "
    "release. A filter can find it. A model that can repeat the line has seen the corpus."
)

MESSAGE = "Please cite the version of the corpus that you used, and the original document."

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "MIT": ("MIT License", "https://opensource.org/license/mit"),
}
"""Name and address of the licences by SPDX identifier; others are at `licence_address`."""


def licence_name(spdx: str) -> str:
    """The name of a licence, or its identifier where the name is not known here."""
    return LICENCES[spdx][0] if spdx in LICENCES else spdx


def licence_address(spdx: str) -> str:
    """The address of a licence's text."""
    return LICENCES[spdx][1] if spdx in LICENCES else f"https://spdx.org/licenses/{spdx}.html"


class State(Protocol):
    """A state of the corpus; `Facts` is one."""

    @property
    def info(self) -> CorpusInfo:
        """What the corpus is."""

    @property
    def date(self) -> str:
        """Day of the release, ISO; empty where it was not released."""

    @property
    def root_digest(self) -> str:
        """SHA-256 over the digests of all records."""


def citation(state: State) -> str:
    """How the corpus at its version is cited, in a line."""
    return citation_of(state.info, state.date)


def json_bytes(value: Any) -> bytes:
    """A description as JSON, two spaces deep, with a line end."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
