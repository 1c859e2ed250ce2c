"""What all formats with spans have in common: documents, their texts, and the marks in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.tabular import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.exchange.job import Job


KEPT = {
    "mentions": {"id", "document", "entity", "span"},
    "events": {"id", "document", "type", "trigger", "arguments"},
}
"""The fields of which marks are made."""


def rest(job: Job) -> None:
    """Tell the loss what is in the records besides marks, for a format that has no place for it."""
    why = "the format holds spans alone"
    job.leave(why, "sanctions")
    for raw in job.corpus.one_by_one():
        for part, kept in KEPT.items():
            fields = (f"{record['id']}/{field}" for record in raw[part] for field in record if field not in kept)
            job.loss.add(f"field of {part}", why, *fields)
    job.leave("the format has its id alone", "entities")


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
