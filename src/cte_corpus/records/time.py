"""A date of an event, a section or a sanction, with its evidence."""

from typing import Annotated

from pydantic import Field

from cte_corpus.records.base import Code, Edtf, Model, NonEmpty, Optional_, Ref
from cte_corpus.records.span import Span

EDTF = "Date in EDTF (ISO 8601-2, levels 0 and 1, and one-of sets): `2022-05-11`, `2014-09`, `2014/..`, `2019~`."
BASIS = "Whether the value is printed, resolved from a relative form, or inferred."


class Dated(Model):
    """A date and where it comes from: printed (`stated`), relative and `resolved`, or `inferred`."""

    edtf: Edtf = Field(description=EDTF)
    basis: Annotated[str, Code("basis")] = Field(description=BASIS)
    span: Optional_[Span] = Field(default=None, description="Where the date is printed; required unless inferred.")
    anchor: Optional_[Ref] = Field(
        default=None,
        description="Against what a relative date was resolved: the id of the document (its publication date), "
        "of a section (its vintage) or of an event (its time).",
    )
    note: Optional_[NonEmpty] = Field(default=None, description="How the date was found; required where inferred.")


class Time(Dated):
    """One time of an event."""

    role: Annotated[str, Code("time-role")] = Field(description="Which time of the event it is.")
    mod: Optional_[Annotated[str, Code("time-mod")]] = Field(
        default=None, description="What the text adds to the date that EDTF cannot say."
    )
    bound: Optional_[Annotated[str, Code("time-bound")]] = Field(
        default=None, description="Whether it may begin earlier or end later than the date says."
    )
