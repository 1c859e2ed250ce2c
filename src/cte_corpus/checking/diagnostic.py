"""What a finding is, and what a check found: the objects between the rules and the reports."""

from typing import NamedTuple

from cte_corpus.store.pointer import Pointer


class Location(NamedTuple):
    """A place in a file. `line` and `column` count from 1, `column` in code points; 0 where the file has no lines."""

    path: str
    line: int = 0
    column: int = 0
    pointer: Pointer = ()
    record: str = ""


class Related(NamedTuple):
    """A second place that belongs to a finding, and why: "first defined here"."""

    location: Location
    message: str


class Fix(NamedTuple):
    """A safe change: the file is written again, canonically."""

    description: str


class Diagnostic(NamedTuple):
    """One finding."""

    code: str
    name: str
    severity: str  # error, warning or info
    location: Location
    message: str  # this instance: what was expected, what came
    help: str = ""  # how to mend this instance
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    more: int = 0  # further findings of this rule in this file, which are not listed


def render_pointer(pointer: Pointer) -> str:
    """The JSON pointer as a string: `/records/3/times/0/edtf`; the empty string is the whole file."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)
