"""`spans`: JSON Lines, a document with its labelled spans on each line; the rows of `cte.load_dataset("spans")`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.exchange.jsonl import lines

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Job

SUFFIX = "-spans.jsonl"
OPTIONS = ("text",)


def export(job: Job) -> bytes:
    """The rows; see `cte_corpus.tabular.labelled.rows`.

    Raises:
        CteError: a copy of a text cannot be read.
    """
    return lines(job, "spans")
