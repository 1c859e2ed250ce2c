"""What all formats with spans have in common: documents, their texts, and the marks in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.tabular.marks import Marked, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.exchange.job import Job

WHY = {
    "loose": "its place in the copy is likely and not proven",
    "ambiguous": "the copy has its words at several places",
    "lost": "the copy does not have its words",
}


def documents(job: Job, *, need_text: str = "") -> Iterator[Marked]:
    """The documents one after the other, each with the marks that have a place in its text.

    Without texts the offsets are those of the reference texts. The loss is told of documents of which there is no copy,
    of marks whose place in it is not proven, and of arguments that no words show.

    Args:
        job: The export.
        need_text: What the format makes, in the plural, if it is nothing without the texts.

    Raises:
        CteError: there are no texts, and the format needs them; or a copy cannot be read.
    """
    copies = job.need_copies(need_text) if need_text else job.copies
    for raw in job.corpus.one_by_one():
        key = raw["document"]["id"]
        copy = copies[key] if copies is not None and key in copies else None
        if copy is None and copies is not None:
            job.loss.add("document", "there is no copy of its text", key)
            if need_text:
                continue
        found = marked(raw, copy)
        for mark, status in found.unplaced:
            job.loss.add(mark.kind, WHY[status], mark.id)
        job.loss.add("argument", "no words of the text show it", *found.unshown)
        yield found
