"""A date of publication in EDTF as each citation format can say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cte_corpus import edtf

_SEASON = re.compile(r"\d{4}-2[1-4][?~%]?")
_UNSPECIFIED = re.compile(r"(?:-XX)+$")
_MARKS = {"": "{}", "?": "{}?", "~": "about {}", "%": "about {}?"}


@dataclass(frozen=True)
class When:
    """A date, an interval, or one of several dates, as the first and the last that it may mean.

    Each end is a year, month or day as it is coded: a year is never made into days.
    """

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
        edtf.bounds(date)
        one_of = date.startswith("[")
        ranges = [_ends(part.strip(), "..") for part in date[1:-1].split(",")] if one_of else [_ends(date, "/")]
        start = min((first for first, _ in ranges), key=lambda text: _bound(text, last=False))
        end = max((last for _, last in ranges), key=lambda text: _bound(text, last=True))
        marks = set(date) & {"?", "~", "%"}
        mark = "?" if one_of or len(marks) > 1 or ("/" in date and marks == {"%"}) else "".join(marks)
        if "X" in _UNSPECIFIED.sub("", date.rstrip("?~%")):
            mark = mark or "?"
        return cls(date, _known(start, last=False), _known(end, last=True), mark)

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
        if self.edtf.startswith("["):
            ends = [self.start] if self.start == self.end else [self.start, self.end]
            return "/".join(f"{end}{self.mark}" if end else ".." for end in ends)
        first, last = _ends(self.edtf, "/")
        ends = [_written(first, last=False), _written(last, last=True)]
        return ends[0] if ends[0] == ends[1] else "/".join(ends)

    @property
    def csl(self) -> dict[str, Any]:
        """The date variable of CSL-JSON 1.0.2."""
        if not self.iso:
            return {"literal": self.words}
        circa = {"circa": True} if self.mark else {}
        if _SEASON.fullmatch(self.edtf):
            return {"date-parts": [[int(self.edtf[:4])]], "season": int(self.edtf[6])} | circa
        return {"date-parts": [[int(part) for part in end.split("-")] for end in self.iso.split("/")]} | circa

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
        if _SEASON.fullmatch(self.edtf):
            return edtf.words(self.edtf)
        if self.start == self.end:
            return _MARKS[self.mark].format(self.start)
        return f"between {self.start} and {self.end}" if self.mark else f"{self.start} to {self.end}"


def _ends(text: str, between: str) -> tuple[str, str]:
    """The two ends of a date or range, as they are coded."""
    first, found, last = text.partition(between)
    return (first, last) if found else (text, text)


def _bound(text: str, last: bool) -> str:
    """The earliest or latest day of an end; beyond all others where it is open."""
    day = None if text in ("", "..") else edtf.bounds(text)[last]
    return day or ("~" if last else "")


def _known(text: str, last: bool) -> str:
    """An end in ISO, to the year, month or day that is coded; a season is its months."""
    day = None if text in ("", "..") else edtf.bounds(text)[last]
    return day[:7] if day and _SEASON.fullmatch(text) else _written(text.rstrip("?~%"), last) if day else ""


def _written(text: str, last: bool) -> str:
    """An end as it is coded, with the first or the last year where digits are not given."""
    mark = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    return _UNSPECIFIED.sub("", text.rstrip("?~%")).replace("X", "9" if last else "0") + mark
