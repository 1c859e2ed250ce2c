"""Pictures as SVG in the page: bars of a time line, a map of land, a network; the style sheet has their colors."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.plot import ties

if TYPE_CHECKING:
    from collections.abc import Iterable

Raw = dict[str, Any]

WIDE, HIGH = 1000, 560
"""Units of the map."""

RADIUS = {"exact": 4, "point": 4, "city": 7, "subnational": 14, "region": 14, "country": 22, "supranational": 32}
"""Units of a ring by the precision of its place."""

SHOWN = 34
"""Entities of the network."""

FADE = 8.0
"""Percent of the width over which an open end fades."""


class Bar(NamedTuple):
    """A row of a time line, in percent of its width."""

    x: float
    width: float
    opens: bool
    """Whether its first day is not known."""

    ends: bool
    """Whether its last day is not known."""


class Axis:
    """From the first to the last year of a time line, with room for open ends."""

    def __init__(self, spans: Iterable[str]) -> None:
        ends = [end for span in spans for end in span.split("/") if end != ".."]
        years = [int(end[:4]) for end in ends] or [2000]
        self.first, self.last = min(years), max(years) + 1
        room = max(1, round((self.last - self.first) * 0.1))
        self._start = date(max(1, self.first - room), 1, 1).toordinal()
        self._end = date(min(9999, self.last + room), 1, 1).toordinal()

    def x(self, day: str) -> float:
        """Where a day is, in percent."""
        at = date.fromisoformat(day).toordinal()
        return round((at - self._start) / (self._end - self._start) * 100, 2)

    def years(self) -> list[tuple[int, float]]:
        """Some years with their places, at most nine."""
        step = next(size for size in (1, 2, 5, 10, 25, 50, 100, 500, 2000) if (self.last - self.first) / size <= 8)
        found = (year for year in range(self.first, self.last + 1) if year % step == 0)
        return [(year, self.x(f"{year:04}-01-01")) for year in found]

    def bar(self, span: str) -> Bar:
        """The bar of days such as `2019-03-01/..`."""
        start, _, end = span.partition("/")
        end = end or start
        opens, ends = start == "..", end == ".."
        left = self.x(end if opens else start) - (FADE if opens else 0)
        right = self.x(start if ends else end) + (FADE if ends else 0)
        return Bar(round(left, 2), round(max(right - left, 0.6), 2), opens, ends)


class Ring(NamedTuple):
    """A place on the map."""

    x: float
    y: float
    radius: float
    number: int
    entity: str
    told: str


class Map:
    """Land, and the rings on it, in a part of the world that holds all places."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        lons, lats = ([point[axis] for point in points] or [0.0] for axis in (0, 1))
        west, east = _stretched(min(lons) - 12, max(lons) + 12, 80, 180)
        self._west, self._scale = west, WIDE / (east - west)
        middle = (max(lats) + min(lats)) / 2
        self._north = min(middle + HIGH / self._scale / 2, 84.0)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is, in units from the left and from the top."""
        return round((lon - self._west) * self._scale, 1), round((self._north - lat) * self._scale, 1)

    def land(self) -> str:
        """The outlines of land as the data of a path: whole units, each point from the one before, as it is a third."""
        parts = []
        for ring, turn in product(_rings(), (-360, 0, 360)):
            spots = [(round(x), round(y)) for x, y in (self.place(lon + turn, lat) for lon, lat in ring)]
            across, down = zip(*spots, strict=True)
            if max(across) >= 0 and min(across) <= WIDE and max(down) >= 0 and min(down) <= HIGH:
                steps = [(x - left, y - up) for (left, up), (x, y) in pairwise(spots) if (x, y) != (left, up)]
                parts.append(f"M{spots[0][0]} {spots[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "Z")
        return "".join(parts)


def _stretched(low: float, high: float, least: float, limit: float) -> tuple[float, float]:
    middle, half = (low + high) / 2, max(high - low, least) / 2
    return max(middle - half, -limit), min(middle + half, limit)


@cache
def _rings() -> list[list[tuple[float, float]]]:
    """The rings of land: Natural Earth 1:110m, as the pictures have them."""
    geometry = json.loads(files("cte_corpus.plot").joinpath("land.json").read_bytes())
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [_unrolled(ring) for polygon in polygons for ring in polygon]


def _unrolled(ring: list[list[float]]) -> list[tuple[float, float]]:
    """A ring that goes on where it crosses the edge of the map; one about the south pole ends there."""
    found: list[tuple[float, float]] = []
    for lon, lat in ring:
        found.append((lon + 360 * round((found[-1][0] - lon) / 360) if found else lon, lat))
    first, last = found[0][0], found[-1][0]
    if abs(last - first) > 180:
        found += [(last, -90.0), (first, -90.0)]
    return found


class Tie(NamedTuple):
    """A line of the network, in units."""

    source: str
    target: str
    told: str
    how: str
    """`on`, or `with` where both act."""

    events: int
    x1: float
    y1: float
    x2: float
    y2: float


class Network(NamedTuple):
    """Who acts on whom."""

    width: int
    height: int
    nodes: list[tuple[str, float, float, list[str]]]
    """Entity, place, and its name in lines."""

    ties: list[Tie]
    left: int
    """Entities that are not drawn."""


def network(counts: Counter[ties.Pair], names: dict[str, list[str]]) -> Network:
    """Lay out the entities with the most ties."""
    width, height = 960, 720
    degree = Counter(key for pair in {pair[:2] for pair in counts} for key in pair)
    order = sorted(degree, key=lambda key: (-degree[key], key))[:SHOWN]
    shown = ties.company(order[:1], {pair[:2] for pair in counts if pair[0] in order and pair[1] in order})
    drawn = Counter({pair: count for pair, count in counts.items() if pair[0] in shown and pair[1] in shown})
    labels = {key: names[key] for pair in drawn for key in pair[:2]}
    spots = ties.apart(ties.spread(drawn, width, height), labels, width, height) if drawn else {}
    lines = []
    for (source, target, told, how), count in sorted(drawn.items()):
        start, end = complex(*spots[source]), complex(*spots[target])
        way = (end - start) / max(abs(end - start), 1)
        aside = way * 1j * {"fact": 0, "alleged": 4, "other": -4}[told]
        start, end = start + way * 9 + aside, end - way * 12 + aside
        ends = (round(value, 1) for value in (start.real, start.imag, end.real, end.imag))
        lines.append(Tie(source, target, told, how, count, *ends))
    nodes = [(key, round(x, 1), round(y, 1), labels[key]) for key, (x, y) in spots.items()]
    return Network(width, height, nodes, lines, len(degree) - len(spots))


def years(rows: dict[str, int]) -> list[tuple[str, int, float]]:
    """The years from the first to the last with their incidents, and the height of each bar in percent."""
    known = {int(year): count for year, count in rows.items() if year != "~"}
    most = max(known.values(), default=1)
    span = range(min(known), max(known) + 1) if known else range(0)
    return [(f"{year:04}", known.get(year, 0), round(math.sqrt(known.get(year, 0) / most) * 100, 1)) for year in span]
