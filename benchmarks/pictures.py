"""Draw the pictures of docs/img again: python benchmarks/pictures.py

They are those that stand under blocks of code in the pages: the pages are run, and what they draw is written with a
palette, so that it is small: text on white needs few colours.
"""

import struct
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.snippets.page import PAGES, blocks  # noqa: E402
from tests.snippets.running import Reader  # noqa: E402

MOST = 250_000
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
    for page in PAGES:
        found = blocks(page.read_text(encoding="utf-8"))
        if not any(block.picture for block in found):
            continue
        with TemporaryDirectory() as space:
            reader = Reader(Path(sys.executable), Path(space))
            for outcome in reader.follow(found):
                if outcome.error:
                    sys.exit(f"{page.name}:{outcome.block.line}: {outcome.error}")
                if outcome.block.picture:
                    target = page.parent / outcome.block.picture
                    drawn = reduced((Path(space) / target.name).read_bytes())
                    print(f"{target.name}: {len(drawn):,} bytes")
                    if len(drawn) > MOST:
                        sys.exit(f"it may have {MOST:,}: give `save` a smaller scale")
                    target.write_bytes(drawn)
            reader.close()
