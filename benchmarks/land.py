"""Make `plot/land.json`, the outlines of land, from Natural Earth 1:110m as the npm package world-atlas packs it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python benchmarks/land.py package/land-110m.json src/cte_corpus/plot/land.json

Natural Earth is in the public domain, and world-atlas is under the ISC licence. What is taken: the rings of all land,
without the lines between countries. Coordinates are rounded to a tenth of a degree, and what is smaller than that goes.
"""

import json
import sys
from pathlib import Path


def rings(topology: dict) -> list[list[list[float]]]:
    """The outer and inner rings of all land, in degrees."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append([round(x * scale[0] + shift[0], 1), round(y * scale[1] + shift[1], 1)])
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            ring = []
            for outline in polygon:
                points = [p for index in outline for p in (arcs[index] if index >= 0 else arcs[~index][::-1])]
                ring.append([p for place, p in enumerate(points) if place == 0 or p != points[place - 1]])
            found.append([one for one in ring if len(one) > 3])
    return [polygon for polygon in found if polygon]


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:3])
    land = {"type": "MultiPolygon", "coordinates": rings(json.loads(source.read_text(encoding="utf-8")))}
    target.write_text(json.dumps(land, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{target}: {len(land['coordinates'])} polygons, {target.stat().st_size} bytes")
