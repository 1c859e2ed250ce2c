"""What all pictures share: their data, their words in two languages, and their look."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError, need
from cte_corpus.plot.saving import in_notebook
from cte_corpus.tabular.database import connect

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import altair as alt

Row = dict[str, Any]

FONT = "IBM Plex Sans Arabic, sans-serif"
"""Has Latin and Arabic letters; `saving` registers the file beside this module."""

LETTER = 5.7
"""Pixels of a letter at the size of labels, on average: for breaking lines."""

LINE = 13
"""Pixels from one line of a label to the next."""

COLORS = {"fact": "#1f4e79", "alleged": "#b04a00", "other": "#6b6b6b"}
SHAPES = {"fact": "circle", "alleged": "diamond", "other": "square"}
DASHES = {"fact": [1, 0], "alleged": [5, 3], "other": [1, 3]}
"""What is told as a fact, what is alleged, and what is neither: by colour, shape and dash."""

INK, PALE = "#222222", "#8a8a8a"

_RLI, _FSI, _PDI = "\u2067", "\u2068", "\u2069"


def altair() -> Any:
    """The module.

    Raises:
        CteError: it is not installed.
    """
    need("altair", "Altair", "plot")
    import altair

    return altair


def rows(corpus: Corpus | str | Path | None, version: str | None, query: str) -> list[Row]:
    """The rows of a query over the views, each with its values by column.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: DuckDB is not installed, or there is no corpus.
    """
    need("duckdb", "DuckDB", "plot")
    with connect(Corpus.of(corpus, version)) as database:
        result = database.sql(query)
        return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]


@dataclass(frozen=True)
class Words:
    """The words of a picture in one language."""

    lang: str

    def __post_init__(self) -> None:
        if self.lang not in ("en", "ar"):
            raise CteError(f"no pictures in {self.lang!r}", "lang is en or ar")

    @property
    def is_arabic(self) -> bool:
        """Whether lines run from right to left."""
        return self.lang == "ar"

    def say(self, table: str, key: str, *parts: object) -> str:
        """A word or phrase of words.toml, its gaps filled."""
        return str(_words()[table][key][self.lang]).format(*parts)

    def pick(self, english: str | None, arabic: str | None) -> str:
        """One of two texts: the one in this language where it is there."""
        return (arabic or english or "") if self.is_arabic else (english or arabic or "")

    def line(self, text: str) -> str:
        """A line of text that runs in the direction of this language, whatever letters are in it."""
        return f"{_RLI if self.is_arabic else _FSI}{text}{_PDI}" if self.is_arabic or not text.isascii() else text

    def apart(self, text: str) -> str:
        """A text within a line, which neither turns the letters and digits around it nor is turned by them."""
        return f"{_FSI}{text}{_PDI}" if self.is_arabic or not text.isascii() else text

    def lines(self, text: str, width: float) -> list[str]:
        """A text in lines of at most so many pixels, about."""
        return [self.line(part) for part in wrap(text, max(12, int(width / LETTER)))]

    def comma(self, texts: Iterable[str]) -> str:
        """Several texts one after the other."""
        return self.say("days", "comma").join(texts)

    def days(self, earliest: str | None, latest: str | None) -> str:
        """Days in words: `28 March 2019`, `April 2018`, `2017 to 2019`, `by 2019`; empty where none is known."""
        if earliest and latest:
            shared = next((size for size in (7, 4) if earliest[:size] == latest[:size]), 0)
            if (earliest[5:], latest[5:]) == ("01-01", "12-31") and not shared:
                return self.say("days", "range", earliest[:4], latest[:4])
            first = self._day(earliest).split()[: {7: 1, 4: 2, 0: 3}[shared]]
            return self._whole(earliest, latest) or self.say("days", "range", " ".join(first), self._day(latest))
        if latest:
            if latest[5:] == "12-31":  # of the year or of its December: it cannot be told, and comes to the same
                return self.say("days", "by_end", latest[:4])
            return self.say("days", "by", self._day(latest))
        if earliest:
            return self.say("days", "from", self._whole(earliest, f"{earliest[:4]}-12-31") or self._day(earliest))
        return ""

    def _whole(self, earliest: str, latest: str) -> str:
        """The day, month or year that two days enclose; empty where they are not those of one."""
        if earliest == latest:
            return self._day(earliest)
        year, month = earliest[:4], earliest[5:7]
        if (earliest[5:], latest) == ("01-01", f"{year}-12-31"):
            return year
        if earliest[8:] == "01" and latest == f"{earliest[:7]}-{monthrange(int(year), int(month))[1]}":
            return f"{self._month(month)} {year}"
        return ""

    def _day(self, day: str) -> str:
        return f"{int(day[8:])} {self._month(day[5:7])} {day[:4]}"

    def _month(self, month: str) -> str:
        return self.say("days", "months").split()[int(month) - 1]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def names(corpus: Corpus | str | Path | None, version: str | None) -> dict[str, str]:
    """The Arabic name of each entity by its id and by its English name; those without one are left out."""
    found: dict[str, str] = {}
    for row in rows(corpus, version, "select entity, name, name_ar from entity_names where name_ar is not null"):
        found |= {row["entity"]: row["name_ar"], row["name"]: row["name_ar"]}
    return found


def finished(chart: Any, name: str, words: Words, width: int, more: Iterable[str] = ()) -> alt.TopLevelMixin:
    """The chart, so many pixels wide, with its title, the note under it and the look of all."""
    at = "end" if words.is_arabic else "start"
    note = [*words.lines(words.say("note", name), width), *map(words.line, more)]
    title = altair().TitleParams(
        words.line(words.say("title", name)), subtitle=note, anchor=at, fontSize=16, fontWeight="normal", color=INK,
        subtitleColor=PALE, subtitleFontSize=11, subtitlePadding=4, offset=14,
    )  # fmt: skip
    found: alt.TopLevelMixin = (
        chart.properties(title=title, background="white", padding=12)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=11, titleFontSize=11, titleFontWeight="normal", labelColor=INK, titleColor=INK)
        .configure_legend(labelFontSize=11, labelLimit=400, title=None, labelColor=INK)
        .configure_text(fontSize=11, color=INK, lineHeight=LINE)
        .configure_header(labelFontSize=11, labelColor=INK)
    )
    # Set past Altair, which would take it for a part of the chart.
    object.__setattr__(found, "_repr_mimebundle_", lambda *_, **__: in_notebook(found))
    return found


def nothing(name: str, words: Words, width: int) -> alt.TopLevelMixin:
    """What is drawn of a corpus that has nothing for this picture."""
    alt = altair()
    rows_ = [{"text": words.line(words.say("note", "nothing"))}]
    text = alt.Chart(data(rows_)).mark_text().encode(text="text:N", x=alt.value(width / 2), y=alt.value(20))
    return finished(alt.layer(text).properties(width=width, height=40), name, words, width)


def legend(words: Words, keys: Iterable[str]) -> dict[str, Any]:
    """Encodings of colour and shape by the field `told`, with one legend of words over the picture."""
    alt = altair()
    said = list(keys)
    texts = [words.line(words.say("told", key)) for key in said]
    place = alt.Legend(orient="top", direction="horizontal", symbolSize=90, symbolStrokeWidth=1.6)
    return {
        name: channel("told:N", legend=place, scale=alt.Scale(domain=texts, range=[looks[key] for key in said]))
        for name, channel, looks in (("color", alt.Color, COLORS), ("shape", alt.Shape, SHAPES))
    }


def data(values: list[Row]) -> Any:
    """Rows as the data of a chart; they stand in its specification, however many they are."""
    return altair().Data(values=values)
