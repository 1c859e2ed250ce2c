"""`timeline`: one row per incident, from the first to the last day that is possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from cte_corpus.plot.look import COLORS, DASHES, LINE, PALE, Words, altair, data, finished, legend, names, nothing, rows

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.plot.look import Row

QUERY = """
select * from (
  select i.told, i.alleged_by, i.days, i.days_basis, i.label,
    [l.text for l in e.label if l.lang = 'ar'][1] as label_ar, i.incident_id as id
  from incidents i join events e on e.id = i.incident_id
  union all
  select if(e.status = 'alleged', 'alleged', 'fact'), e.derived_said_by, e.derived_when, 'own', e.label[1].text,
    [l.text for l in e.label if l.lang = 'ar'][1], e.id
  from (select unnest(parts) as part from incidents where days_basis = 'vintage' or days is null) p
  join (select *, said_by_of(id) as derived_said_by from events) e on e.id = p.part where e.derived_when_basis = 'own'
)
order by coalesce(nullif(split_part(days, '/', 1), '..'), split_part(days, '/', -1)) nulls last, days, id
"""
"""The incidents; of one that has no day of its own, the parts that have one as well."""

FADE = 12
"""Steps in which an open end fades."""

GAP = 7
"""Pixels between two rows."""


def timeline(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, lang: str = "en", width: int = 760
) -> alt.TopLevelMixin:
    """When each incident happened, as far as the documents say.

    A bar spans the days that are possible; an end that fades is open, as in "by 2019". What is alleged has a dashed
    outline, and says by whom. Incidents without a day are listed below the others; where the passage that tells one is
    older than its document, with the day by which it was written. Parts of these that have a day stand by themselves.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: an extra is not installed, or there is no corpus, or no such language.
    """
    alt, words = altair(), Words(lang)
    arabic = names(corpus, version) if words.is_arabic else {}
    found = rows(corpus, version, QUERY)
    if not found:
        return nothing("timeline", words, width)
    plot = _Plot(words, int(width * 0.44), width)
    dated = [plot.incident(row, arabic, width * 0.5) for row in found if _is_dated(row)]
    columns = 2 if width >= 600 else 1
    undated = [plot.incident(row, arabic, width / columns - 30) for row in found if not _is_dated(row)]
    height = _laid_out(dated, 0)
    total = height
    if undated:
        half = -(-len(undated) // columns)
        parts = [undated[:half], undated[half:]]
        total = max(_laid_out(part, height + 30) for part in parts)
        for number, part in enumerate(parts):
            for row in part:
                row["column"] = number
    layers = [*plot.dated(dated), *plot.undated(undated, height + 12, total, columns)]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[total, 0], nice=False, zero=False), axis=None)
    layers = [layer.encode(y=y) for layer in layers]
    chart = alt.layer(*layers).properties(width=plot.width, height=total)
    return finished(chart, "timeline", words, width)


def _is_dated(row: Row) -> bool:
    """Whether a document gives a day, and not only its passage an end."""
    return bool(row["days"]) and row["days_basis"] != "vintage"


def _laid_out(incidents: list[Row], start: float) -> float:
    """Give each incident the middle of its row, in pixels from the top; where the last ends."""
    for row in incidents:
        height = len(row["label"]) * LINE + GAP
        row["y"] = start + height / 2
        start += height
    return start


@dataclass(frozen=True)
class _Plot:
    words: Words
    width: int
    """Pixels of the part with the bars."""

    whole: int
    """Pixels of the picture."""

    def incident(self, row: Row, arabic: dict[str, str], width: float) -> Row:
        """What is drawn of an incident, but for its place; its label in lines of at most so many pixels."""
        words = self.words
        ends = (row["days"] or "../..").split("/")
        earliest, latest = (None if end == ".." else end for end in (ends[0], ends[-1]))
        label = words.lines(words.pick(row["label"], row["label_ar"]), width)
        days = words.days(earliest, latest)
        if row["days_basis"] in ("whole", "vintage"):
            days = words.say("basis", row["days_basis"], days)
        if not _is_dated(row):
            label += words.lines(days, width) if days else []
        if row["told"] == "alleged":
            who = words.comma(arabic.get(name, name) for name in row["alleged_by"] or ())
            label += words.lines(words.say("told", "alleged_by", who), width)
        said = words.line(words.say("told", row["told"]))
        return {
            "id": row["id"],
            "key": row["told"],
            "told": said,
            "label": label,
            "days": words.line(days),
            "ends": (earliest, latest),
        }

    def dated(self, incidents: list[Row]) -> list[Any]:
        """The layers of bars, points, days and labels."""
        alt = altair()
        known = [date.fromisoformat(day) for row in incidents for day in row["ends"] if day] or [date(2000, 1, 1)]
        span = max((max(known) - min(known)).days, 60)
        edge, fade = timedelta(span * 0.14), timedelta(span * 0.09)
        first, last = min(known) - edge, max(known) + edge
        bars, faded, points, days = [], [], [], []
        for row in incidents:
            base = {key: row[key] for key in ("id", "y", "key", "told", "days")}
            earliest, latest = (date.fromisoformat(day) if day else None for day in row["ends"])
            start, end = earliest or latest or first, latest or earliest or first
            left, right = start, end
            if earliest and latest and (end - start).days > span * 0.004:
                bars.append(base | {"x": start.isoformat(), "x2": (end + timedelta(1)).isoformat()})
            else:
                points.append(base | {"x": start.isoformat()})
            if not (earliest and latest):
                parts = _faded(start, fade, to_left=not earliest)
                faded += [base | part for part in parts]
                left, right = (left - fade, right) if not earliest else (left, right + fade)
            after = right - first < (last - first) * 0.6
            days.append(base | {"x": (right if after else left).isoformat(), "after": after})
        axis = alt.Axis(
            title=None, orient="top", format="%Y", labelColor=PALE, tickCount=max(3, self.width // 60),
            gridColor="#ececec", domain=False, ticks=False,
        )  # fmt: skip
        x = alt.X(
            "x:T", scale=alt.Scale(type="utc", domain=[first.isoformat(), last.isoformat()], nice=False), axis=axis
        )
        tooltip = [alt.Tooltip(f"{name}:N") for name in ("id", "days", "told")]
        layers = []
        for told, color in COLORS.items():
            look = {"height": 9, "color": color}
            outline = {"stroke": color, "strokeWidth": 1.4, "strokeDash": DASHES[told]}
            full = 0.85 if told == "fact" else 0.12
            part = [one for one in faded if one["key"] == told]
            layers.append(
                alt.Chart(data(part))
                .mark_bar(**look)
                .encode(x=x, x2="x2:T", opacity=alt.Opacity("opacity:Q", scale=None))
            )
            part = [one for one in bars if one["key"] == told]
            layers.append(
                alt.Chart(data(part))
                .mark_bar(fillOpacity=full, **look, **outline)
                .encode(x=x, x2="x2:T", tooltip=tooltip)
            )
        layers.append(
            alt.Chart(data(points))
            .mark_point(size=60, strokeWidth=1.8, fill="white", opacity=1)
            .encode(x=x, tooltip=tooltip, **legend(self.words, ("fact", "alleged")))
        )
        for after in (True, False):
            part = [one for one in days if one["after"] is after]
            side = {"align": "left", "dx": 8} if after else {"align": "right", "dx": -8}
            layers.append(
                alt.Chart(data(part))
                .mark_text(baseline="middle", color=PALE, fontSize=10, **side)
                .encode(x=x, text="days:N")
            )
        beside = self.width + 8 if self.words.is_arabic else -8
        return layers + self._labels(incidents, beside, "left" if self.words.is_arabic else "right")

    def undated(self, incidents: list[Row], top: float, bottom: float, columns: int) -> list[Any]:
        """The layers of what has no day: a heading, and a list under it over the whole width."""
        if not incidents:
            return []
        alt, words = altair(), self.words
        start = self.whole - 8 if words.is_arabic else self.width - self.whole + 8
        step = (self.whole / columns) * (-1 if words.is_arabic else 1)
        side = {"align": "right" if words.is_arabic else "left", "baseline": "middle"}
        heading = [{"y": top, "text": words.line(words.say("note", "no_day"))}]
        layers = [
            alt.Chart(data([{"y": top - 8, "y2": bottom}]))  # over the lines of the years
            .mark_rect(color="white", opacity=1)
            .encode(x=alt.value(0), x2=alt.value(self.width), y2="y2:Q"),
            alt.Chart(data(heading)).mark_text(color=PALE, **side).encode(x=alt.value(start), text="text:N"),
        ]  # fmt: skip
        for number in range(columns):
            part = [row for row in incidents if row["column"] == number]
            x = start + step * number
            values = [{key: row[key] for key in ("id", "y", "told")} for row in part]
            layers.append(
                alt.Chart(data(values))
                .mark_point(size=45, strokeWidth=1.6, opacity=1)
                .encode(x=alt.value(x), **legend(words, ("fact", "alleged")))
            )
            layers += self._labels(part, x + (-12 if words.is_arabic else 12), str(side["align"]))
        return layers

    def _labels(self, incidents: list[Row], x: float, align: str) -> list[Any]:
        """Labels, those with the same number of lines in one layer, as a mark has one offset."""
        alt = altair()
        values = [{"y": row["y"], "label": row["label"]} for row in incidents]
        return [
            alt.Chart(data([row for row in values if len(row["label"]) == lines]))
            .mark_text(align=align, baseline="middle", dy=-(lines - 1) / 2 * LINE)
            .encode(x=alt.value(x), text="label:N")
            for lines in sorted({len(row["label"]) for row in values})
        ]


def _faded(day: date, length: timedelta, *, to_left: bool) -> list[Row]:
    """The parts of a bar that fades away from a day."""
    parts = []
    for step in range(FADE):
        near, far = (day + length * part / FADE * (-1 if to_left else 1) for part in (step, step + 1))
        ends = (far, near) if to_left else (near, far)
        opacity = 0.75 * (FADE - step - 0.5) / FADE
        parts.append({"x": ends[0].isoformat(), "x2": ends[1].isoformat(), "opacity": opacity})
    return parts
