"""The first page, and the network: what all documents together show."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from cte_corpus.explorer.brief import ORDER
from cte_corpus.explorer.paging import paged
from cte_corpus.explorer.pictures import HIGH, RADIUS, WIDE, Axis, Map, Ring, network, years

if TYPE_CHECKING:
    from cte_corpus.explorer.pages import Pages
    from cte_corpus.explorer.spool import Spool
    from cte_corpus.plot.ties import Pair

Raw = dict[str, Any]

ROWS = 120
"""Incidents of a time line; of more there are bars by year, and a list."""

AHEAD = 40
"""Rows of what is planned, feared, demanded or denied."""

PLACES = 60
"""Places of the map and of the list under it."""

CODE = """from cte_corpus import load_dataset
events = load_dataset("events")"""


def draw(pages: Pages, spool: Spool, holds: dict[str, int]) -> None:
    """Write the first page."""
    counts = spool.counts("incident")
    number = sum(counts.values())
    incidents = list(islice(spool.values("incident"), ROWS)) if number <= ROWS else []
    ahead = list(islice(spool.values("ahead", ""), AHEAD + 1))
    axis = Axis(row["days"] for row in incidents if row["days"])
    places = _places(spool)
    land, rings = _map(pages, places)
    standings = spool.counts("standing")
    types = Counter(spool.counts("type"))
    values = {
        "holds": holds, "number": number, "incidents": incidents, "axis": axis,
        "years": years(counts) if not incidents else [],
        "ahead": ahead[:AHEAD], "places": places[:PLACES], "land": land, "rings": rings, "WIDE": WIDE, "HIGH": HIGH,
        "types": [code for code, _ in types.most_common()], "standings": standings, "code": CODE,
        "documents": list(islice(spool.values("document"), 12)), "ORDER": ORDER, "undated": counts.get("~", 0),
    }  # fmt: skip
    info = pages.shared.info
    dataset = {
        "@id": pages.shared.urn(), "@type": "schema:Dataset", "name": info.title, "version": info.version,
        "citation": pages.shared.cited, "license": pages.shared.licence,
    }  # fmt: skip
    pages.write("overview", "index.html", [dataset], values)
    pages.write("search", "search.html", [dataset], {})


def _places(spool: Spool) -> list[Raw]:
    """The places of incidents with how many are told there, the most told of first."""
    found: dict[str, Raw] = {}
    for incident in spool.values("incident"):
        for place in incident["places"]:
            row = found.setdefault(
                place["entity"],
                {"entity": place["entity"], "fact": 0, "alleged": 0, "by": [], "precision": place["precision"]},
            )
            row[incident["told"]] += 1
            row["by"] = list(dict.fromkeys([*row["by"], *incident["by"]]))
    return sorted(found.values(), key=lambda row: (-row["fact"] - row["alleged"], row["entity"]))


def _map(pages: Pages, places: list[Raw]) -> tuple[str, list[Ring]]:
    """The land and the rings of the places that have a point, the widest first so that none hides another."""
    known = [
        (place, geo) for place in places[:PLACES] if (geo := pages.shared.entities.get(place["entity"], {}).get("geo"))
    ]
    view = Map([(geo["lon"], geo["lat"]) for _, geo in known])
    rings = []
    for place, geo in known:
        x, y = view.place(geo["lon"], geo["lat"])
        precision = place["precision"] or geo["precision"]
        place["vague"] = RADIUS[precision] > RADIUS["city"]
        place["mapped"] = True
        number = places.index(place) + 1
        rings += [
            Ring(x, y, RADIUS[precision] + 3 * (told == "alleged"), number, place["entity"], told)
            for told in ("fact", "alleged")
            if place[told]
        ]
    return view.land(), sorted(rings, key=lambda ring: -ring.radius)


def draw_network(pages: Pages, spool: Spool) -> None:
    """Write the network, and the list of who acts on whom."""
    counts: Counter[Pair] = Counter()
    for key, count in spool.counts("edge").items():
        source, target, told, how = key.split(" ")
        counts[source, target, told, how] += count
    pairs = sorted(counts, key=lambda pair: (-counts[pair], pair))
    drawn = {}
    for lang, words in pages.words.items():
        names = {key: textwrap.wrap(words.name(key)["text"], 22)[:2] for pair in pairs for key in pair[:2]}
        drawn[lang] = network(counts, names)
    for name, part, around, place, last in paged(pairs, len(pairs), "index"):
        rows = [
            {
                "source": pair[0],
                "target": pair[1],
                "told": pair[2],
                "how": pair[3],
                "events": list(islice(spool.values("edge", " ".join(pair)), 5)),
                "count": counts[pair],
            }
            for pair in part
        ]
        values = {
            "rows": rows,
            "around": around,
            "place": place,
            "last": last,
            "drawn": drawn if place == 1 else None,
            "total": len(pairs),
        }
        twin = [
            {"@type": "Tie", "source": pair[0], "target": pair[1], "told": pair[2], "events": counts[pair]}
            for pair in part
        ]
        pages.write("network", f"network/{name}.html", twin, values)
