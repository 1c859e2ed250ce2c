"""`network`: who acts on whom, and who alleges it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from cte_corpus.plot.look import COLORS, DASHES, INK, LETTER, Words, altair, data, finished, nothing, rows

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.plot.look import Row

QUERY = """
select s.entity as source, s.name as source_name, s.name_ar as source_ar,
  t.entity as target, t.name as target_name, t.name_ar as target_ar,
  e.status, e.polarity, e.event_id, e.together,
  (select list(distinct {id: n.entity, name: n.name, name_ar: n.name_ar})
    from attributions a join entity_names n on n.entity = a."by" where a.event_id = e.event_id) as said_by
from edges e join entity_names s on s.entity = e.source join entity_names t on t.entity = e.target
where e.target_role <> 'ground_party' -- for whose sake another is designated: nothing is done to it
order by e.event_id, s.entity, t.entity
"""

ROOM = 34
"""Pixels of width for each entity that is drawn: as many as fit, those with the most ties."""

ROUNDS = 400
"""Rounds of the layout."""

EDGE, NODE, LABEL = 50, 9, 100
"""Pixels that are kept free at the sides and around an entity, and that a line of a name may have."""

SHAPES_OF = {
    "person": "circle",
    "org": "square",
    "gpe": "triangle-up",
    "loc": "triangle-down",
    "group": "diamond",
    "work": "cross",
}
"""The shape of an entity by its class."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Pair = tuple[str, str, str, str]
"""Who acts, on whom, how it is told (`fact`, `alleged` or `other`), and whether both act: `on` or `with`."""


def network(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, lang: str = "en", width: int = 760
) -> alt.TopLevelMixin:
    """The entities with the most ties, with an arrow from who acts to the other party; a line without one joins those
    who act together.

    A line is whole where it is told as a fact, dashed where it is alleged, dotted where it is planned, feared, demanded
    or denied. A letter on a dashed line says who alleges it. The wider a line, the more events.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: an extra is not installed, or there is no corpus, or no such language.
    """
    altair()  # where it is missing, that is said before the work
    words = Words(lang)
    found = rows(corpus, version, QUERY)
    if not found:
        return nothing("network", words, width)
    degree = Counter(key for row in found for key in (row["source"], row["target"]))
    most = sorted(degree, key=lambda key: (-degree[key], key))[: width // ROOM]
    shown = company(
        most[:1], {(row["source"], row["target"]) for row in found if {row["source"], row["target"]} <= {*most}}
    )
    called = {
        row[end]: words.pick(row[f"{end}_name"], row[f"{end}_ar"]) for row in found for end in ("source", "target")
    }
    ties: Counter[Pair] = Counter()
    speakers: dict[Pair, set[str]] = defaultdict(set)
    named: dict[str, str] = {}
    for row in found:
        if {row["source"], row["target"]} <= shown:
            pair = (row["source"], row["target"], _told(row), "with" if row["together"] else "on")
            ties[pair] += 1
            if pair[2] == "alleged":
                named |= {one["id"]: words.pick(one["name"], one["name_ar"]) for one in row["said_by"] or ()}
                speakers[pair] |= {one["id"] for one in row["said_by"] or ()}
    letters = _letters(Counter(key for said in speakers.values() for key in said))
    height = int(width * 0.85)
    labels = {key: words.lines(called[key], LABEL) for pair in ties for key in pair[:2]}
    spots = apart(spread(ties, width, height), labels, width, height)
    lines = _lines(ties, spots, {key: _box(spots[key], names) for key, names in labels.items()})
    for line in lines:
        one, other, told, how = pair = line.pop("pair")
        line |= {
            "key": told, "how": how, "told": words.line(words.say("told", told)), "events": ties[pair],
            "who": words.line(called[one]), "whom": words.line(called[other]),
            "letters": " ".join(sorted(letters[key] for key in speakers[pair])),
        }  # fmt: skip
    nodes = [
        {"x": x, "y": y, "name": labels[key], "kind": key.partition(":")[0], "id": key} for key, (x, y) in spots.items()
    ]
    legend = words.comma(f"{letter} = {named[key]}" for key, letter in letters.items())
    more = words.lines(words.say("told", "alleged_by", legend), width) if letters else []
    if len(degree) > len(spots):
        more.append(words.say("note", "more", len(degree) - len(spots)))
    return finished(_layers(lines, nodes, words, width, height), "network", words, width, more)


def _told(row: Row) -> str:
    if row["status"] == "alleged":
        return "alleged"
    return "fact" if row["status"] in ("occurred", "ongoing") and row["polarity"] == "positive" else "other"


def _letters(speakers: Counter[str]) -> dict[str, str]:
    """A letter for each speaker, those who allege most first; after Z come AA, AB and so on."""
    order = sorted(speakers, key=lambda key: (-speakers[key], key))
    size = len(ascii_uppercase)
    return {
        key: (ascii_uppercase[place // size - 1] if place >= size else "") + ascii_uppercase[place % size]
        for place, key in enumerate(order)
    }


def company(start: list[str], pairs: set[tuple[str, str]]) -> set[str]:
    """What hangs together with some entities: what does not would fly to the edges of the picture."""
    found = set(start)
    while more := {key for pair in pairs if found & set(pair) for key in pair} - found:
        found |= more
    return found


def spread(ties: Counter[Pair], width: float, height: float) -> dict[str, Point]:
    """A place for each entity, so that those with ties are near each other: Fruchterman and Reingold 1991.

    It begins on a circle, in the order of the ids, and uses no chance: the same ties give the same picture.
    """
    nodes = sorted({key for pair in ties for key in pair[:2]})
    turn = 2 * math.pi / max(len(nodes), 1)
    spots = {key: complex(math.cos(turn * place), math.sin(turn * place)) for place, key in enumerate(nodes)}
    ideal = 1.9 / math.sqrt(max(len(nodes), 1))
    for number in range(ROUNDS):
        moves = dict.fromkeys(nodes, 0j)
        for place, one in enumerate(nodes):
            for other in nodes[place + 1 :]:
                apart = spots[one] - spots[other]
                push = apart / max(abs(apart), 0.01) ** 2 * ideal**2
                moves[one] += push
                moves[other] -= push
        for one, other in sorted({pair[:2] for pair in ties}):  # in a fixed order, as sums of floats depend on it
            apart = spots[one] - spots[other]
            pull = apart * abs(apart) / ideal
            moves[one] -= pull
            moves[other] += pull
        heat = 0.12 * (1 - number / ROUNDS)
        for key, move in moves.items():
            spots[key] += move / max(abs(move), 1e-9) * min(abs(move), heat) - spots[key] * 0.004
    return _scaled(spots, width, height)


def _scaled(spots: dict[str, complex], width: float, height: float) -> dict[str, Point]:
    """The places in pixels, so that they fill the picture."""
    found = []
    for size, values in (
        (width, {k: s.real for k, s in spots.items()}),
        (height, {k: s.imag for k, s in spots.items()}),
    ):
        low, high = min(values.values(), default=0), max(values.values(), default=1)
        found.append(
            {key: EDGE + (value - low) / ((high - low) or 1) * (size - 2 * EDGE) for key, value in values.items()}
        )
    return {key: (found[0][key], found[1][key]) for key in spots}


def apart(spots: dict[str, Point], labels: dict[str, list[str]], width: float, height: float) -> dict[str, Point]:
    """The places moved up and down until no name lies on another entity or its name, as far as there is room."""
    found = {key: list(spot) for key, spot in spots.items()}
    for _ in range(200):
        for one in found:
            for other in found:
                upper, lower = sorted((one, other), key=lambda key: (found[key][1], key))
                need = 26 + 12 * len(labels[upper]) - (found[lower][1] - found[upper][1])
                if one < other and abs(found[one][0] - found[other][0]) < LABEL and need > 0:
                    found[upper][1] -= need * 0.2
                    found[lower][1] += need * 0.2
        for key, spot in found.items():
            spot[1] = min(max(spot[1], 10), height - 14 - 12 * len(labels[key]))
            spot[0] = min(max(spot[0], EDGE), width - EDGE)
    return {key: (spot[0], spot[1]) for key, spot in found.items()}


def _box(spot: Point, names: list[str]) -> Box:
    """Where the name of an entity stands: left, top, right, bottom."""
    half = max(map(len, names)) * LETTER / 2
    return spot[0] - half, spot[1] + 6, spot[0] + half, spot[1] + 10 + 12 * len(names)


def _lines(ties: Counter[Pair], spots: dict[str, Point], boxes: dict[str, Box]) -> list[Row]:
    """The line of each tie, from near one entity to near the other, with its ends and its letter outside of all names;
    those between the same two run side by side.
    """
    beside: dict[frozenset[str], list[Pair]] = defaultdict(list)
    for pair in sorted(ties):
        beside[frozenset(pair[:2])].append(pair)
    found = []
    for group in beside.values():
        for place, pair in enumerate(group):
            start, end = (complex(*spots[key]) for key in pair[:2])
            way = (end - start) / max(abs(end - start), 1)
            aside = way * 1j * (1 if pair[0] < pair[1] else -1) * 7 * (place - (len(group) - 1) / 2)
            start = _clear(start + way * NODE + aside, way, end, [boxes[pair[0]]])
            end = _clear(end - way * (NODE + 3) + aside, -way, start, [boxes[pair[1]]])
            middle = _clear(start + (end - start) * 0.5, way, end, [*boxes.values()])
            found.append(
                {
                    "pair": pair, "x": start.real, "y": start.imag, "x2": end.real, "y2": end.imag,
                    "xm": middle.real, "ym": middle.imag, "angle": math.degrees(math.atan2(way.imag, way.real)) + 90,
                }
            )  # fmt: skip
    return found


def _clear(spot: complex, way: complex, end: complex, boxes: list[Box]) -> complex:
    """The first point from `spot` on the way to `end` that lies in no box; `spot` where there is none."""
    for step in range(0, int(abs(end - spot)) - 2 * NODE, 2):
        point = spot + way * step
        if not any(left < point.real < right and top < point.imag < bottom for left, top, right, bottom in boxes):
            return point
    return spot


def _layers(lines: list[Row], nodes: list[Row], words: Words, width: int, height: int) -> Any:
    alt = altair()
    across = alt.Scale(domain=[0, width], nice=False, zero=False)
    down = alt.Scale(domain=[height, 0], nice=False, zero=False)
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=down, axis=None)
    keys = [key for key in COLORS if any(row["key"] == key for row in lines)]
    texts = [words.line(words.say("told", key)) for key in keys]
    place = alt.Legend(orient="top", direction="horizontal", symbolType="stroke", symbolSize=900, symbolStrokeWidth=2)
    colors = alt.Scale(domain=texts, range=[COLORS[key] for key in keys])
    color = alt.Color("told:N", scale=colors, legend=place)
    dash = alt.StrokeDash("told:N", scale=alt.Scale(domain=texts, range=[DASHES[key] for key in keys]), legend=place)
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("who", "whom", "told", "events", "letters")]
    most = max((row["events"] for row in lines), default=1)
    thick = alt.StrokeWidth("events:Q", legend=None, scale=alt.Scale(domain=[1, max(most, 2)], range=[1.1, 4]))
    pointed = [row for row in lines if row["how"] == "on"]
    layers = [
        alt.Chart(data(lines)).mark_rule(opacity=0.75).encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q", color=color, strokeDash=dash, strokeWidth=thick, tooltip=tooltip
        ),
        alt.Chart(data(pointed)).mark_point(shape="triangle", filled=True, size=45, opacity=0.9).encode(
            x=alt.X("x2:Q", scale=across, axis=None), y=alt.Y("y2:Q", scale=down, axis=None),
            angle=alt.Angle("angle:Q", scale=None), color=alt.Color("told:N", scale=colors, legend=place),
        ),
    ]  # fmt: skip
    lettered = [row for row in lines if row["letters"]]
    middle = {"x": alt.X("xm:Q", scale=across, axis=None), "y": alt.Y("ym:Q", scale=down, axis=None)}
    layers += [
        alt.Chart(data(lettered)).mark_circle(size=170, color="white", opacity=1).encode(**middle),
        alt.Chart(data(lettered)).mark_text(color=COLORS["alleged"], fontSize=10).encode(**middle, text="letters:N"),
    ]
    shape = alt.Shape("kind:N", legend=None, scale=alt.Scale(domain=list(SHAPES_OF), range=list(SHAPES_OF.values())))
    layers.append(
        alt.Chart(data(nodes))
        .mark_point(size=90, filled=True, color=INK, opacity=1)
        .encode(x=x, y=y, shape=shape, tooltip=[alt.Tooltip("id:N"), alt.Tooltip("name:N")])
    )
    for halo in (True, False):  # a white seam keeps names apart from lines
        look = {"stroke": "white", "strokeWidth": 3.5, "strokeOpacity": 0.9} if halo else {}
        layers.append(
            alt.Chart(data(nodes)).mark_text(baseline="top", dy=8, fontSize=10.5, lineHeight=12, **look)
            .encode(x=x, y=y, text="name:N")
        )  # fmt: skip
    return alt.layer(*layers).properties(width=width, height=height)
