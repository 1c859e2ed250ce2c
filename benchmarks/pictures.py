"""Draw the pictures of docs/img again: python benchmarks/pictures.py

Each is drawn by `cte_corpus.plot` and written with a palette, so that it is small: text on white needs few colours.
"""

import struct
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from cte_corpus import plot

FOLDER = Path(__file__).parent.parent / "docs" / "img"

PICTURES = {
    "timeline": (plot.timeline, "en"),
    "types": (plot.types, "ar"),
    "network": (plot.network, "en"),
    "map": (plot.map, "en"),
    "contested": (plot.contested, "en"),
}
"""The pictures by name: what draws them, and in which language."""

MOST = 150_000
"""Bytes of a picture."""


def pixels(png: bytes) -> tuple[int, list[bytes]]:
    """Width and rows of a PNG with 8 bits of red, green, blue and opacity."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    if (depth, kind) != (8, 6):
        raise SystemExit(f"a PNG of depth {depth} and kind {kind}")
    place, packed = 8, b""
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + size]
        place += size + 12
    raw, stride, rows = zlib.decompress(packed), 4 * width, []
    before = bytes(stride)
    for number in range(height):
        start = number * (stride + 1)
        rows.append(unfiltered(raw[start], raw[start + 1 : start + 1 + stride], before))
        before = rows[-1]
    return width, rows


def unfiltered(kind: int, line: bytes, before: bytes) -> bytes:
    """A row without its filter: PNG specification, chapter 9."""
    if kind == 0:
        return line
    found = bytearray(line)
    for i, value in enumerate(line):
        left, up, corner = (found[i - 4] if i > 3 else 0), before[i], (before[i - 4] if i > 3 else 0)
        near = left + up - corner
        paeth = min((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))[2]
        found[i] = (value + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
    return bytes(found)


def reduced(png: bytes) -> bytes:
    """The same picture with a palette of at most 256 colours, of as many shades as that allows."""
    width, rows = pixels(png)
    for bits in (5, 4, 3):
        step = 256 >> bits
        shades = bytes(round(value / step) * 255 // (256 // step) if value < 255 else 255 for value in range(256))
        lines = [row.translate(shades) for row in rows]
        palette: dict[bytes, int] = {}
        packed = bytearray()
        for line in lines:
            packed.append(0)
            packed += bytes(palette.setdefault(line[i : i + 3], len(palette)) & 255 for i in range(0, len(line), 4))
        if len(palette) <= 256:
            break
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(bytes(packed), 9)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return png[:8] + b"".join(chunks)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as space:
        for name, (draw, lang) in PICTURES.items():
            path, chart = Path(space) / "picture.png", draw(lang=lang)
            for scale in (1.5, 1.25, 1):
                plot.save(chart, path, scale=scale)
                found = reduced(path.read_bytes())
                if len(found) < MOST:
                    break
            else:
                sys.exit(f"{name}.png has {len(found):,} bytes, and may have {MOST:,}")
            (FOLDER / f"{name}.png").write_bytes(found)
            print(f"{name}.png: {len(found):,} bytes, {scale} pixels for each of the chart's")
