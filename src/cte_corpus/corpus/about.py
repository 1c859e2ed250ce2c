"""What a corpus is, in words: what its tables hold, where it is found, how it is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.published import ledger

if TYPE_CHECKING:
    from cte_corpus.records import CorpusInfo

TABLES = {
    "documents": "Coded documents: what each is, whose it is, how it was coded; not its text.",
    "sections": "Sections of the documents, with what each says in the coders' own words.",
    "sentences": "Places and digests of the sentences; not their words.",
    "mentions": "Places where a text refers to an entity, by name or by a common noun.",
    "events": "What the texts say happened, happens, will or might, and who says so.",
    "sanctions": "Sanctions: one target of one designation, as the document gives it.",
    "entities": "The registry of people, bodies, places, populations and works that the documents speak of.",
}
"""What the rows of each record table are."""


def urn(info: CorpusInfo, *parts: str) -> str:
    """The permanent name of the corpus at its version, or of something in it: `urn:cte-corpus:1.0.0:org:daesh`.

    It names, and leads nowhere: it stands where a standard asks for an address and none is set.
    """
    return ":".join(("urn", info.name, info.version, *parts))


def doi(info: CorpusInfo) -> str:
    """The DOI without a resolver before it, or an empty string."""
    return info.addresses.doi.removeprefix("https://doi.org/").removeprefix("doi:")


def address(info: CorpusInfo) -> str:
    """Where the corpus is found: by its DOI, on the Hub, or in its repository; empty where none is set."""
    if doi(info):
        return f"https://doi.org/{doi(info)}"
    if info.addresses.hub:
        return f"https://huggingface.co/datasets/{info.addresses.hub}"
    return info.addresses.repository


def released(version: str) -> str:
    """The day on which a version was released, ISO, by the ledger of this package; empty where it knows none."""
    found = ledger.find(ledger.ledger(), version)
    return found.date if found else ""


def citation(info: CorpusInfo, date: str) -> str:
    """How the corpus at its version is cited, in a line; `date` is the day of the release, empty where it has none."""
    where = address(info) or urn(info)
    who = ", ".join(info.maintainers)
    year = date[:4] or "unreleased"
    return f"{who} ({year}): {info.title}. {info.name}, version {info.version}. Data set. {where}"
