"""What tables derive from a record: the days of an EDTF, the section and sentence of a span."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from cte_corpus import edtf
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Raw = dict[str, Any]


class Locator:
    """Finds the section and sentence of a span of one document."""

    def __init__(self, sections: list[Raw]) -> None:
        self._sections = [(section["start"], section["end"], section["id"]) for section in sections]
        self._sentences = [
            (sentence["start"], sentence["end"], f"{section['id']}.{sentence['n']}")
            for section in sections
            for sentence in section.get("sentences", ())
        ]

    def place(self, span: Raw | None) -> Raw:
        """The columns `derived_section` and `derived_sentence` of a span; null where it lies in none, or is None."""
        start = -1 if span is None else span["start"]
        return {"derived_section": _at(self._sections, start), "derived_sentence": _at(self._sentences, start)}


def days(owner: Raw, dated: Raw | None, field: str = "edtf") -> Raw:
    """The columns `derived_earliest` and `derived_latest` of a dated value of the record `owner`.

    Raises:
        CteError: the date is not EDTF; the message names the record.
    """
    found = bounds(owner["id"], (dated or {}).get(field))
    if "or-earlier" in ((dated or {}).get("mod"), (dated or {}).get("bound")):
        found["derived_earliest"] = None
    if (dated or {}).get("bound") == "or-later":
        found["derived_latest"] = None
    return found


def bounds(owner: str, date: str | None) -> Raw:
    """The columns `derived_earliest` and `derived_latest` of an EDTF in the record of the id `owner`.

    Raises:
        CteError: it is not EDTF.
    """
    try:
        earliest, latest = edtf.bounds(date) if date else (None, None)
    except ValueError as error:
        raise CteError(f"{owner}: {error}", "run `cte check` for all that is wrong") from error
    return {"derived_earliest": earliest, "derived_latest": latest}


def when(event: Raw) -> Raw:
    """The days of an event: from the first to the last of its `when` times.

    Raises:
        CteError: a date is not EDTF.
    """
    return hull(days(event, time) for time in event.get("times", ()) if time["role"] == "when")


def english(texts: list[Raw]) -> str:
    """The English one of several texts or preferred names, else the first."""
    found = [text for text in texts if text["lang"] == "en" and text.get("use", "preferred") == "preferred"]
    return str((found or texts)[0]["text"])


def names(entities: Iterable[Raw]) -> dict[str, str]:
    """The preferred English name of each entity by its id."""
    return {entity["id"]: english(entity["names"]) for entity in entities}


def speakers(event: Raw, known: Mapping[str, str]) -> list[str]:
    """The names of those who say what an event tells, in order; empty where the document says it in its own voice."""
    said = {item["by"] for item in event.get("attributions", ())}
    return sorted(known.get(key, key) for key in said)


def hull(spans: Iterable[Raw]) -> Raw:
    """From the first to the last of several pairs of days; an end that is open in one of them is open."""
    found = list(spans)
    starts = [span["derived_earliest"] for span in found]
    ends = [span["derived_latest"] for span in found]
    return {
        "derived_earliest": min(starts) if starts and None not in starts else None,
        "derived_latest": max(ends) if ends and None not in ends else None,
    }


def _at(ranges: list[tuple[int, int, str]], offset: int) -> str | None:
    """The id of the range that holds an offset."""
    index = bisect_right(ranges, offset, key=lambda entry: entry[0]) - 1
    if index < 0 or offset >= ranges[index][1]:
        return None
    return ranges[index][2]
