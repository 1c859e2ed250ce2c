"""Plain text for a terminal: aligned tables, and right-to-left text that cannot reorder its line."""

import re
import unicodedata
from collections.abc import Sequence

FSI, PDI = "\u2068", "\u2069"

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RTL_RUN = re.compile(f"[{_RTL}](?:[^A-Za-z\n]*[{_RTL}])?")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_NUMBER = re.compile(r"(-?[0-9][0-9.]*%?)?")


def safe(text: str) -> str:
    """Text from data for a line of English: control and bidi characters written out, right-to-left runs isolated."""
    visible = _UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
    return _RTL_RUN.sub(lambda match: f"{FSI}{match[0]}{PDI}", visible)


def isolate(text: str) -> str:
    """The text between first-strong isolates if it holds a right-to-left character."""
    return f"{FSI}{text}{PDI}" if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text) else text


def width(text: str) -> int:
    """Columns that the text takes in a terminal."""
    return sum(_columns(char) for char in text)


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], limit: int = 0) -> str:
    """Aligned columns under their headers, those of numbers to the right. `limit` cuts longer cells, 0 cuts none."""
    cells = [[_cell(value, limit) for value in row] for row in rows]
    widths = [max([width(header), *(width(row[i]) for row in cells)]) for i, header in enumerate(headers)]
    right = [all(_NUMBER.fullmatch(row[i]) for row in cells) for i in range(len(headers))]
    lines = [headers, ["-" * columns for columns in widths], *cells]
    return "\n".join(
        "  ".join(
            _pad(cell, columns, to_right) for cell, columns, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def pairs(rows: Sequence[tuple[str, str]]) -> str:
    """Names and values in two columns; a name that follows itself stands once."""
    columns = max((width(name) for name, _ in rows), default=0)
    lines, before = [], ""
    for name, value in rows:
        lines.append(f"  {_pad('' if name == before else name, columns, False)}  {value}".rstrip())
        before = name
    return "\n".join(lines)


def _cell(value: object, limit: int) -> str:
    text = "" if value is None else str(value).replace("\n", " ")
    return isolate(text[: limit - 1] + "…" if limit and len(text) > limit else text)


def _pad(text: str, columns: int, to_right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if to_right else text + space


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
