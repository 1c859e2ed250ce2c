"""A figure of an event, with its bounds."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Code, Edtf, Model, NonEmpty, Optional_, Text
from cte_corpus.records.span import Span


class Quantity(Model):
    """A figure and how it bounds the true value: `gt` and `ge` set `lower`, `lt` and `le` set `upper`."""

    measure: Annotated[str, Code("measure")]
    """What is counted."""

    comparator: Annotated[str, Code("comparator")]
    """How the figure bounds the true value."""

    value: Optional_[int | float] = None
    """The figure, for `eq` and `approx`."""

    lower: Optional_[int | float] = None
    """Lower bound, for `gt`, `ge` and `between`."""

    upper: Optional_[int | float] = None
    """Upper bound, for `lt`, `le` and `between`."""

    unit: Optional_[NonEmpty] = None
    """ISO 4217 code for money, else a unit."""

    per: Optional_[NonEmpty] = None
    """ISO 8601 duration, where it is a rate: `P1M`."""

    per_item: Optional_[Text] = None
    """What it is for one of, as a price: in own words."""

    as_of: Optional_[Edtf] = None
    """EDTF of the day for which the figure holds."""

    within: Optional_[Annotated[int, Field(ge=1)]] = None
    """Place, from 1, in this list, of the figure of which this one is a part."""

    of: Text
    """What exactly is counted, in own words."""

    span: Span
    """The figure with its comparator, as printed."""
