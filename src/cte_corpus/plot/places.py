"""`map`: where incidents happened, each place as a ring whose size says how exactly it is known."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cte_corpus.plot.look import (
    COLORS,
    DASHES,
    LETTER,
    LINE,
    PALE,
    SHAPES,
    Words,
    altair,
    data,
    finished,
    names,
    nothing,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import altair as alt

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.plot.look import Row

QUERY = """
select place.name as name, place.precision as precision, any_value(place.lat) as lat, any_value(place.lon) as lon,
  count(*) filter (told = 'fact') as facts, count(*) filter (told = 'alleged') as allegations,
  list_sort(list_distinct(flatten(list(alleged_by) filter (told = 'alleged')))) as alleged_by
from (
  select distinct on (incident_id, place.name) incident_id, told, alleged_by, place
  from (select incident_id, told, alleged_by, unnest(places) as place from incidents)
  where place.role = 'site' order by incident_id, place.name
)
group by all order by name
"""

RADIUS = {"exact": 3.5, "city": 6, "subnational": 12, "country": 19, "supranational": 28}
"""Pixels of a ring by the precision of its place, in a picture of `WIDE` pixels or more."""

WIDE = 760

MARGIN, NARROWEST = 14.0, 70.0
"""Degrees around the outermost places, and across the map at least."""

TURNS = (0, 180, -20, 200, 20, 160, -45, 225, 45, 135, -70, 250, 70, 110)
"""Degrees around a place at which its name may stand."""

CROWDED = 60
"""Pixels from which another place is no longer near."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def map_(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, lang: str = "en", width: int = 760
) -> alt.TopLevelMixin:
    """Where incidents happened, or are said to have happened, over the outlines of land; there are no borders.

    The wider a ring, the less exactly the place is known: a country's ring stands somewhere in it. What is told as a
    fact has a circle, what is alleged a dashed diamond. Places without a point are listed below. Only sites count, and
    not whence or whither something went.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: an extra is not installed, or there is no corpus, or no such language.
    """
    alt, words = altair(), Words(lang)
    arabic = names(corpus, version) if words.is_arabic else {}
    found = rows(corpus, version, QUERY)
    if not found:
        return nothing("map", words, width)
    for row in found:
        row["text"] = _text(row, words, arabic)
        row["by"] = words.comma(arabic.get(name, name) for name in row["alleged_by"] or ())
    placed = [row for row in found if row["lat"] is not None]
    view = _View(placed, width, words)
    symbols = [
        {
            "lat": row["lat"], "lon": row["lon"], "place": row["text"], "key": key, "by": row["by"],
            "told": words.line(words.say("told", key)),
            "precision": words.line(words.say("precision", row["precision"])),
            "area": math.pi * view.radius(row["precision"]) ** 2,
        }
        for row in placed
        for key, count in (("fact", row["facts"]), ("alleged", row["allegations"]))
        if count
    ]  # fmt: skip
    labels = list(view.labels(placed))
    layers = [
        alt.Chart(data([{"type": "Feature", "geometry": _land(), "properties": {}}]))
        .mark_geoshape(fill="#efede6", stroke="#b9b4a6", strokeWidth=0.6, clip=True),
        alt.Chart(data([label for label in labels if label["far"]])).mark_rule(color=PALE, strokeWidth=0.6).encode(
            longitude="lon:Q", latitude="lat:Q", longitude2="lon2:Q", latitude2="lat2:Q"
        ),
        *_rings(symbols, words),
        *_texts(labels),
    ]  # fmt: skip
    below = _below(found, words, arabic, width)
    start = {"align": "right" if words.is_arabic else "left", "baseline": "top"}
    layers.append(
        alt.Chart(data([{"text": below}] if below else [])).mark_text(**start)
        .encode(x=alt.value(width if words.is_arabic else 0), y=alt.value(view.height + 12), text="text:N")
    )  # fmt: skip
    chart = alt.layer(*layers).properties(width=width, height=view.height)
    chart = chart.project(type="equirectangular", scale=view.scale, translate=list(view.shift))
    return finished(chart, "map", words, width)


def _text(row: Row, words: Words, arabic: dict[str, str]) -> str:
    """The name of a place, how many incidents are told of it, and of these how many are alleged."""
    count = row["facts"] + row["allegations"]
    alleged = f" ({row['allegations']} {words.say('told', 'alleged')})" if row["allegations"] else ""
    return f"{arabic.get(row['name'], row['name'])} {count}{alleged}"


def _below(found: list[Row], words: Words, arabic: dict[str, str], width: int) -> list[str]:
    """What stands under the map: the places without a point, and for each place who alleges what is alleged there."""
    lacking = words.comma(row["text"] for row in found if row["lat"] is None)
    alleged = (
        f"{arabic.get(row['name'], row['name'])}: {words.say('told', 'alleged_by', row['by'])}"
        for row in found
        if row["by"]
    )
    texts = [
        f"{words.say('note', 'no_point')}: {lacking}" if lacking else "",
        words.say("days", "semicolon").join(alleged),
    ]
    return [line for text in texts for line in words.lines(text, width)]


@cache
def _land() -> dict[str, Any]:
    """Outlines of land: Natural Earth 1:110m, rounded by benchmarks/land.py."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("land.json").read_bytes())
    return found


class _View:
    """The part of the world that is drawn, and where things lie in it, in pixels."""

    def __init__(self, placed: list[Row], width: int, words: Words) -> None:
        self.words = words
        lons, lats = ([row[axis] for row in placed] or [0.0] for axis in ("lon", "lat"))
        west, east = _stretched(min(lons) - MARGIN, max(lons) + MARGIN, NARROWEST, 180)
        south, north = _stretched(min(lats) - MARGIN, max(lats) + MARGIN, (east - west) * 0.45, 84)
        self.scale = width / math.radians(east - west)
        self.shift = (-self.scale * math.radians(west), self.scale * math.radians(north))
        self.width = width
        self.height = round(self.scale * math.radians(north - south))

    def radius(self, precision: str) -> float:
        return RADIUS[precision] * min(1, self.width / WIDE)

    def pixels(self, lon: float, lat: float) -> Point:
        return self.scale * math.radians(lon) + self.shift[0], self.shift[1] - self.scale * math.radians(lat)

    def degrees(self, x: float, y: float) -> Point:
        return math.degrees((x - self.shift[0]) / self.scale), math.degrees((self.shift[1] - y) / self.scale)

    def labels(self, placed: list[Row]) -> Iterator[Row]:
        """The name of each place where no other name lies, with the line that leads to it where it is far."""
        centers = [self.pixels(row["lon"], row["lat"]) for row in placed]
        radii = [0.8 * self.radius(row["precision"]) for row in placed]
        rings = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(centers, radii, strict=True)]
        taken: list[Box] = []
        for row in sorted(placed, key=lambda row: (RADIUS[row["precision"]], row["name"])):
            x, y = self.pixels(row["lon"], row["lat"])
            size = len(row["text"]) * LETTER + 4
            radius = self.radius(row["precision"])
            box = next(self._boxes(x, y, radius, size, [*rings, *taken], _turns((x, y), centers)))
            taken.append(box)
            left = (box[0] + box[2]) / 2 >= x
            end = (box[0] if left else box[2], (box[1] + box[3]) / 2)
            lon2, lat2 = self.degrees(*end)
            far = abs(end[1] - y) > 2 or math.dist((x, y), end) > radius + 10
            yield {
                "text": self.words.line(row["text"]), "lon": row["lon"], "lat": row["lat"], "lon2": lon2, "lat2": lat2,
                "far": far, "left": left,
            }  # fmt: skip

    def _boxes(
        self, x: float, y: float, radius: float, size: float, taken: list[Box], turns: Sequence[int]
    ) -> Iterator[Box]:
        """Boxes for a name around a place, the nearest free one first; at last the one beside it, free or not."""
        for distance in range(int(radius) + 3, 240, 5):
            for turn in turns:
                at_x, at_y = x + distance * math.cos(math.radians(turn)), y + distance * math.sin(math.radians(turn))
                left = at_x if math.cos(math.radians(turn)) > 0 else at_x - size
                box = (left, at_y - LINE / 2, left + size, at_y + LINE / 2)
                inside = box[0] >= 0 and box[2] <= self.width and box[1] >= 0 and box[3] <= self.height
                if inside and not any(_overlap(box, other) for other in taken):
                    yield box
        yield x + radius, y - LINE / 2, x + radius + size, y + LINE / 2


def _turns(place: Point, places: list[Point]) -> Sequence[int]:
    """TURNS, the best first: beside the place, and away from others that are near it."""
    x, y = (
        sum((place[axis] - other[axis]) / (1 + math.dist(place, other) ** 2) for other in places if other != place)
        for axis in (0, 1)
    )
    if math.hypot(x, y) < 1 / CROWDED:
        return TURNS
    away = math.atan2(y, x)
    return sorted(TURNS, key=lambda turn: -math.cos(math.radians(turn) - away) - abs(math.cos(math.radians(turn))))


def _stretched(low: float, high: float, least: float, limit: float) -> Point:
    """A range that is at least so wide, inside the limits."""
    middle, half = (low + high) / 2, max(high - low, least) / 2
    return max(middle - half, -limit), min(middle + half, limit)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rings(symbols: list[Row], words: Words) -> list[Any]:
    """The rings, those of each kind in a layer."""
    alt = altair()
    keys = [key for key in ("fact", "alleged") if any(row["key"] == key for row in symbols)]
    texts = [words.line(words.say("told", key)) for key in keys]
    top = alt.Legend(orient="top", direction="horizontal", symbolSize=90, symbolStrokeWidth=1.6)
    looks = {
        "color": alt.Color("told:N", legend=top, scale=alt.Scale(domain=texts, range=[COLORS[key] for key in keys])),
        "shape": alt.Shape("told:N", legend=top, scale=alt.Scale(domain=texts, range=[SHAPES[key] for key in keys])),
    }
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("place", "precision", "told", "by")]
    return [
        alt.Chart(data([row for row in symbols if row["key"] == key]))
        .mark_point(strokeWidth=1.5, strokeDash=DASHES[key], fill=COLORS[key], fillOpacity=0.08, opacity=1)
        .encode(longitude="lon:Q", latitude="lat:Q", size=alt.Size("area:Q", scale=None), tooltip=tooltip, **looks)
        for key in keys
    ]


def _texts(labels: list[Row]) -> list[Any]:
    """The names, over a white seam, those on each side of their place in a layer."""
    alt = altair()
    layers = []
    for halo in (True, False):
        look = {"stroke": "white", "strokeWidth": 3, "strokeOpacity": 0.85} if halo else {}
        for left in (True, False):
            part = [label for label in labels if label["left"] is left]
            side = {"align": "left" if left else "right", "dx": 2 if left else -2}
            layers.append(
                alt.Chart(data(part)).mark_text(baseline="middle", fontSize=10.5, **side, **look)
                .encode(longitude="lon2:Q", latitude="lat2:Q", text="text:N")
            )  # fmt: skip
    return layers
