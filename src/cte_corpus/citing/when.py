"""A date of publication in EDTF as each citation format can say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cte_corpus import edtf

_ONE = re.compile(r"(\d{4}(?:-(?!2)\d{2}(?:-\d{2})?)?)(?:-XX){0,2}([?~%]?)")
_MARKS = {"": "{}", "?": "{}?", "~": "about {}", "%": "about {}?"}


@dataclass(frozen=True)
class When:
    """A date, an interval, or one of several dates, as the first and the last that it may mean."""

    edtf: str
    """As it is coded; empty where there is no date."""

    start: str = ""
    """Year, month or day, ISO; empty where that end is open or unknown."""

    end: str = ""

    mark: str = ""
    """`?` uncertain, `~` approximate, `%` both; a date that is one of several is uncertain."""

    @classmethod
    def of(cls, date: str | None) -> When:
        """The date that an EDTF string says.

        Raises:
            ValueError: it is not EDTF of the levels supported.
        """
        if not date:
            return cls("")
        start, end = edtf.bounds(date)
        one = _ONE.fullmatch(date)
        if one:
            return cls(date, one[1], one[1], one[2])
        ends = date.split("/")
        marks = {end[-1:] for end in ends} & {"?", "~", "%"}
        mark = "" if len(ends) == 2 and not marks else "~" if marks == {"~"} else "?"
        return cls(date, start or "", end or "", mark)

    @property
    def year(self) -> str:
        """The year, four digits; empty where it is not one."""
        return self.start[:4] if self.start[:4] == self.end[:4] else ""

    @property
    def month(self) -> str:
        """The month, two digits; empty where it is not one of one year."""
        return self.start[5:7] if self.start[:7] == self.end[:7] else ""

    @property
    def day(self) -> str:
        """The day, ISO; empty where it is not known for sure to be one."""
        return self.start if self.start == self.end and len(self.start) == 10 and not self.mark else ""

    @property
    def iso(self) -> str:
        """A date or range of ISO 8601, as DataCite takes it (RKMS-ISO8601); empty where both ends are not known."""
        if not (self.start and self.end):
            return ""
        return self.start if self.start == self.end else f"{self.start}/{self.end}"

    @property
    def biblatex(self) -> str:
        """As biblatex reads it, which knows the levels 0 and 1 of EDTF: one of several dates is an uncertain range."""
        if not (self.start or self.end):
            return ""
        ends = [self.start] if self.start == self.end else [self.start, self.end]
        return "/".join(f"{end}{self.mark}" if end else ".." for end in ends)

    @property
    def csl(self) -> dict[str, Any]:
        """The date variable of CSL-JSON 1.0.2."""
        if not self.iso:
            return {"literal": self.words}
        parts = [[int(part) for part in end.split("-")] for end in self.iso.split("/")]
        return {"date-parts": parts} | ({"circa": True} if self.mark else {})

    @property
    def ris(self) -> str:
        """The value of `DA`: `YYYY/MM/DD/other`, where what has no place in the first three stands in the last."""
        known = self.start if self.iso == self.start else f"{self.year}-{self.month}".rstrip("-")
        parts = [*known.split("-"), "", "", ""][:3]
        return "/".join([*parts, "" if known and known == self.iso and not self.mark else self.words])

    @property
    def words(self) -> str:
        """In words; empty where there is no date."""
        if not self.iso:
            return self.edtf
        if self.start == self.end:
            return _MARKS[self.mark].format(self.start)
        return f"between {self.start} and {self.end}" if self.mark else f"{self.start} to {self.end}"
