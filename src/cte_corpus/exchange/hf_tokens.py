"""`tokens`: JSON Lines, a sentence with its tags on each line; the rows of `cte.load_dataset("tokens")`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.exchange.jsonl import lines

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Job

SUFFIX = "-tokens.jsonl"
OPTIONS = ("text", "policy")


def export(job: Job) -> bytes:
    """The rows; see `cte_corpus.tabular.labelled.rows`.

    Raises:
        CteError: a copy of a text cannot be read, or none are given.
    """
    return lines(job, "tokens")
