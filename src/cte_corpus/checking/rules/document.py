"""Levels 3 and 4 of one document: the rules in the order in which they rest on each other.

Where offsets do not hold, what is read at them is not judged; where a date is none, dates are not compared.
"""

from itertools import chain

from cte_corpus.checking.rules import (
    classes,
    days,
    edition3,
    entities,
    evidence,
    fit,
    meaning,
    order,
    printed_dates,
    printed_figures,
    sanctions,
    shown,
    together,
    twice,
)
from cte_corpus.checking.rules.context import COMPARED, Context
from cte_corpus.checking.rules.doc import Doc, Findings

OFFSETS = frozenset({"CTE301", "CTE302", "CTE303", "CTE305", "CTE306", "CTE326"})
"""Findings that offsets do not hold."""

DATES = frozenset({"CTE401", "CTE402"})
"""Findings that a date is none."""


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings that need no source text. References must lead somewhere."""
    first = list(evidence.check(doc))
    found = list(
        chain(
            entities.named(doc.document),
            meaning.check(doc, corpus),
            edition3.check(doc, corpus),
            sanctions.check(doc, corpus),
        )
    )
    yield from chain(first, found)
    if corpus.schema < COMPARED:
        return
    codes = {item.code for item in chain(first, found)}
    if codes.isdisjoint(OFFSETS):
        yield from shown.check(doc, corpus)
        yield from order.check(doc)
    else:
        doc.unjudged.append("what stands at spans")
    if codes.isdisjoint(DATES):
        yield from printed_dates.check(doc)
        yield from together.check(doc, corpus)
        yield from fit.check(doc, corpus)
    else:
        doc.unjudged.append("dates against each other and their words")
    yield from printed_figures.check(doc)
    yield from twice.check(doc)
    yield from classes.check(doc)
    yield from days.check(doc, corpus)
