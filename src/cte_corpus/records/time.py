"""A date of an event, a section or a sanction, with its evidence."""

from typing import Annotated

from cte_corpus.records.base import Code, Edtf, Model, NonEmpty, Optional_, Ref
from cte_corpus.records.span import Span


class Dated(Model):
    """A date and where it comes from: printed (`stated`), relative and `resolved`, or `inferred`."""

    edtf: Edtf
    """Date in EDTF (ISO 8601-2, levels 0 and 1, and one-of sets): `2022-05-11`, `2014-09`, `2014/..`, `2019~`."""

    basis: Annotated[str, Code("basis")]
    """Whether the value is printed, resolved from a relative form, or inferred."""

    span: Optional_[Span] = None
    """Where the date is printed; required unless inferred."""

    anchor: Optional_[Ref] = None
    """Against what a relative date was resolved: the id of the document (its publication date), of a section (its
    vintage) or of an event (its time)."""

    note: Optional_[NonEmpty] = None
    """How the date was found; required where inferred."""


class Time(Dated):
    """One time of an event."""

    role: Annotated[str, Code("time-role")]
    """Which time of the event it is."""

    mod: Optional_[Annotated[str, Code("time-mod")]] = None
    """What the text adds to the date that EDTF cannot say."""

    bound: Optional_[Annotated[str, Code("time-bound")]] = None
    """Whether it may begin earlier or end later than the date says."""
