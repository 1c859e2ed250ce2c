"""Reading quotes with labels: what langextract, GLiNER and spaCy write, and any `{quote, label}`; see `cte ground`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.attach import ground_claims
from cte_corpus.exchange.annotated import Annotated, Mark

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.exchange.loss import Loss

UNLABELLED = "unlabelled"


def read(path: Path, loss: Loss) -> list[Annotated]:
    """The quotes of a file as marks of one document without a text.

    Raises:
        CteError: the file cannot be understood; the message says where.
        OSError: the file cannot be read.
    """
    del loss  # every claim becomes a mark
    marks = []
    for number, claim in enumerate(ground_claims.read(path), 1):
        start, end = (-1, -1) if claim.start is None or claim.end is None else (claim.start, claim.end)
        features = {} if claim.value is None or not claim.quote else {"value": str(claim.value)}
        mark = Mark(str(number), claim.label or UNLABELLED, start, end, "", features, claim.words, where=claim.where)
        marks.append(mark._replace(context=claim.context or ""))
    return [Annotated(path.stem, "", tuple(marks), ())]
