"""What all formats with spans have in common: documents, their texts, and the marks in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.tabular import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.exchange.job import Job


def rest(job: Job, *parts: str) -> None:
    """Tell the loss what is in the records besides marks, for a format that has no place for it.

    Args:
        job: The export.
        parts: Of which nothing is in the files.
    """
    why = "the format holds spans alone"
    job.leave(why, *parts)
    job.leave_fields(why, "documents", "lang")
    job.leave_fields(why, "mentions", "entity span")
    job.leave_fields(why, "events", "type trigger arguments")
    job.leave("the format has ids alone", "entities")


def documents(job: Job, *, need_text: str = "") -> Iterator[marks.Marked]:
    """The documents of `cte_corpus.tabular.marks.documents`; the loss is told what that tells.

    Args:
        job: The export.
        need_text: What the format makes, in the plural, if it is nothing without the texts: then documents of which
            there is no copy are left out.

    Raises:
        CteError: there are no texts, and the format needs them; or a copy cannot be read.
    """
    copies = job.need_copies(need_text) if need_text else job.copies
    for found in marks.documents(job.corpus, copies, job.loss.add):
        if found.copy is not None or not need_text:
            yield found
