"""`contested`: what documents or speakers give differently, one row per side."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from cte_corpus.plot.look import COLORS, INK, LINE, PALE, Words, altair, data, finished, names, nothing, rows

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.plot.look import Row

QUERY = """
select c.kind, c.about, c.what, c.document_id, c.said_by, c.says, e.label[1].text as label,
  [l.text for l in e.label if l.lang = 'ar'][1] as label_ar, d.derived_earliest as earliest, d.derived_latest as latest,
  coalesce((select any_value(s.derived_target_name) from sanctions s where s.id = c.about), c.label) as subject,
  (select list({comparator: q.comparator, value: q.value, lower: q.lower, upper: q.upper} order by q.position)
    from quantities q where list_contains(c.events, q.event_id) and list_contains(c.says, q.span.text)) as figures
from contested c join documents d on d.id = c.document_id join events e on e.id = c.events[1]
order by c.kind, c.about, c.what, c.document_id, c.says
"""

ROW, HEAD = 2 * LINE + 9, LINE + 13
"""Pixels of the row of a side, and of the heading of a question."""


def contested(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, lang: str = "en", width: int = 760
) -> alt.TopLevelMixin:
    """Figures and facts that differ between documents or speakers: one block per question, one row per side.

    Each row says what the side gives, in the words of its text, and who says so. Numbers stand on a scale of their own
    in each block: a dot is an exact number, an arrow leads to where it is open ("at least"), a hollow dot
    does not count itself ("more than"). Nothing is averaged.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: an extra is not installed, or there is no corpus, or no such language.
    """
    altair()  # where it is missing, that is said before the work
    words = Words(lang)
    arabic = names(corpus, version) if words.is_arabic else {}
    found = rows(corpus, version, QUERY)
    if not found:
        return nothing("contested", words, width)
    label, plot = int(width * 0.42), int(width * 0.3)
    top, marks, heads, lines = 0.0, [], [], []
    for _, group in groupby(found, key=lambda row: (row["kind"], row["about"], row["what"])):
        sides = list(group)
        heads.append({"y": top + HEAD / 2 + 3, "text": words.line(_question(sides, words, arabic))})
        top += HEAD
        marks += _numbers(sides, top, plot)
        for side in sides:
            lines.append(
                {
                    "y": top + ROW / 2,
                    "who": _who(side, words, arabic, label),
                    "says": [words.line(" / ".join(arabic.get(text, text) for text in side["says"]))],
                }
            )
            top += ROW
    widths = (label, plot, width)
    return finished(_layers(heads, lines, marks, words, widths, top), "contested", words, width)


def _question(sides: list[Row], words: Words, arabic: dict[str, str]) -> str:
    """What the sides differ in."""
    first = sides[0]
    if first["kind"] == "sanction":
        return words.say("note", "supports", arabic.get(first["subject"], first["subject"]))
    label = words.pick(first["label"], first["label_ar"])
    return f"{label}: {words.say('measure', first['what'])}" if first["kind"] == "figure" else label


def _who(side: Row, words: Words, arabic: dict[str, str], width: int) -> list[str]:
    """Who says it, or else that the document does; under it the document, and when it was published."""
    names_ = [arabic.get(name, name) for name in side["said_by"] or ()]
    said = words.comma(names_) if names_ else words.say("note", "document")
    published = [words.apart(side["document_id"]), *filter(None, [words.days(side["earliest"], side["latest"])])]
    first, *rest = words.lines(said, width)
    return [f"{first} …" if rest else first, words.line(words.comma(published))]


def _numbers(sides: list[Row], top: float, width: int) -> list[Row]:
    """The marks of the numbers of a question on a scale of its own; none where a side has no number."""
    figures = [[one for one in side["figures"] or () if _ends(one) != (None, None)] for side in sides]
    if not all(figures):
        return []
    known = [end for side in figures for one in side for end in _ends(one) if end is not None]
    low, high = min(known), max(known)
    room = (high - low) or abs(high) or 1

    def place(value: float) -> float:
        return width * (0.2 + 0.6 * (value - low) / room)

    found = []
    for number, side in enumerate(figures):
        for one in side:
            start, end = _ends(one)
            base = {
                "y": top + ROW * number + ROW / 2,
                "comparator": one["comparator"],
                "fill": "white" if one["comparator"] in ("gt", "lt") else COLORS["fact"],
            }
            x = place(start if start is not None else end)  # type: ignore[arg-type]
            x2 = width * 0.98 if end is None else 0.02 * width if start is None else place(end)
            arrow = x2 if start is None or end is None else None
            found.append(base | {"x": x, "x2": x2, "arrow": arrow, "angle": 90 if end is None else -90})
    return found


def _ends(figure: Row) -> tuple[float | None, float | None]:
    """The least and the greatest number that a figure allows; None where it is open."""
    value, lower, upper = figure["value"], figure["lower"], figure["upper"]
    if figure["comparator"] in ("gt", "ge"):
        return (value if value is not None else lower), None
    if figure["comparator"] in ("lt", "le"):
        return None, (value if value is not None else upper)
    return (value, value) if value is not None else (lower, upper)


def _layers(
    heads: list[Row], lines: list[Row], marks: list[Row], words: Words, widths: tuple[int, int, int], height: float
) -> Any:
    """From the side where lines begin: who says it, the numbers, what is said."""
    alt = altair()
    label, plot, width = widths
    right = words.is_arabic
    start, says = (width, width - label - plot - 16) if right else (0, label + plot + 16)
    left = width - label - plot if right else label
    align = "right" if right else "left"
    y = alt.Y("y:Q", scale=alt.Scale(domain=[max(height, 1), 0], nice=False, zero=False), axis=None)
    across = alt.Scale(domain=[-left, width - left], nice=False, zero=False)
    x, x2 = alt.X("x:Q", scale=across, axis=None), alt.X2("x2:Q")
    band = [{"y": head["y"] - HEAD / 2, "x": -left, "x2": width - left} for head in heads]
    arrows = [row | {"x": row["arrow"]} for row in marks if row["arrow"] is not None]
    color = COLORS["fact"]

    def text(values: list[Row], field: str, at: float, **look: Any) -> Any:
        look = {"align": align, "baseline": "middle", **look}
        return alt.Chart(data(values)).mark_text(**look).encode(x=alt.value(at), y=y, text=field)

    layers = [
        alt.Chart(data(band)).mark_rule(color="#dddddd").encode(x=x, x2=x2, y=y),
        text(heads, "text:N", start, fontSize=12, color=INK),
        text([{"y": row["y"], "text": row["who"][0]} for row in lines], "text:N", start, dy=-LINE / 2),
        text([{"y": row["y"], "text": row["who"][1]} for row in lines], "text:N", start, dy=LINE / 2, color=PALE),
        text(lines, "says:N", says),
        alt.Chart(data(marks)).mark_rule(color=color, strokeWidth=2).encode(x=x, x2=x2, y=y),
        alt.Chart(data(marks))
        .mark_point(stroke=color, strokeWidth=2, size=60, opacity=1)
        .encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None), tooltip=["comparator:N"]),
        alt.Chart(data(arrows))
        .mark_point(shape="triangle", filled=True, color=color, size=70, opacity=1)
        .encode(x=x, y=y, angle=alt.Angle("angle:Q", scale=None)),
    ]
    return alt.layer(*layers).properties(width=width, height=max(height, 20))
