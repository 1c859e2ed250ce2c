"""UIMA CAS as JSON (version 0.4.0), through dkpro-cassis; see `cas`. It holds every character that a text may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.exchange.carried import RIGHTS, documents
from cte_corpus.exchange.cas import cas

if TYPE_CHECKING:
    from cte_corpus.exchange.annotated import Annotated
    from cte_corpus.exchange.job import Files, Job

SUFFIX = ""
OPTIONS = frozenset({"text"})


def export(job: Job) -> Files:
    """Write JSON, one file per document.

    Raises:
        CteError: dkpro-cassis is not installed, or no text is at hand.
    """
    files = {"RIGHTS": f"{RIGHTS}\n".encode()}
    for one in documents(job, "CAS files"):
        files[f"{one.name}.json"] = written(one)
    return files


def written(one: Annotated) -> bytes:
    """A document as JSON."""
    return str(cas(one).to_json()).encode()
