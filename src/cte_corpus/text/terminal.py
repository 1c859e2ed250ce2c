"""Plain text for a terminal: aligned tables, wrapped lines, and right-to-left text that cannot reorder its line."""

import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

FSI, PDI = "\u2068", "\u2069"

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
RTL_RUN = re.compile(f'[{_RTL}](?:[^A-Za-z\n"`]*[{_RTL}])?')
"""Right-to-left characters and what stands between them, as far as the next Latin letter or straight quotation mark:
two quoted values in one run would change places."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSAFE = re.compile(f"{_CONTROL.pattern}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]|\r(?!\n)")
"""What makes a terminal do something: not line ends and tabs, nor the isolates that `isolate` sets."""

_STYLED = re.compile(rf"(\x1b\[(?:[0-2]|3[1-6])m)|{_OBEYED.pattern}")
_NUMBER = re.compile(r"(-?[0-9][0-9.]*%?)?")
_NARROWEST = 24
"""A last column is not wrapped to less than this; the lines are longer then."""


def columns() -> int:
    """Columns of the terminal on standard output; 0 where it is none, and nothing is to be wrapped."""
    if not sys.stdout.isatty():
        return 0
    from shutil import get_terminal_size

    return get_terminal_size().columns


def colored() -> bool:
    """Whether standard output is a terminal that is to have color: see https://no-color.org."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def visible(text: str) -> str:
    """Text from data with its control and bidi characters, line ends among them, written out as `<U+202E>`."""
    return _written_out(_UNSAFE, text)


def safe(text: str) -> str:
    """Text from data for a line of English: made visible, each right-to-left run isolated."""
    return RTL_RUN.sub(lambda match: f"{FSI}{match[0]}{PDI}", visible(text))


def isolate(text: str) -> str:
    """Text from data made visible, and isolated as a whole if it holds a right-to-left character."""
    rtl = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"{FSI}{visible(text)}{PDI}" if rtl else visible(text)


def harmless(text: str, form: str = "text") -> str:
    """The last look at whatever is printed: what a terminal obeys is written out, in JSON as its escapes.

    `form` is `text`, `styled` (a few colors stay) or `json`.
    """
    if form == "json":
        return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    if form == "styled":
        return _STYLED.sub(lambda match: match[1] or f"<U+{ord(match[0]):04X}>", text)
    return _written_out(_OBEYED, text)


def width(text: str) -> int:
    """Columns that the text takes in a terminal."""
    return sum(_columns(char) for char in text)


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], *, limit: int = 0, fit: int = 0) -> str:
    """Aligned columns under their headers, those of numbers to the right.

    `limit` is the longest cell, 0 cuts none; the last column is wrapped so that a line has `fit` columns, 0 wraps none.
    """
    cells = [[_cell(value, limit) for value in row] for row in rows]
    widths = [max([width(header), *(width(row[i]) for row in cells)]) for i, header in enumerate(headers)]
    if fit:
        widths[-1] = min(widths[-1], max(_NARROWEST, fit - sum(widths[:-1]) - 2 * (len(widths) - 1)))
    right = [all(_NUMBER.fullmatch(row[i]) for row in cells) for i in range(len(headers))]
    lines = [headers, ["-" * size for size in widths]]
    for row in cells:
        for number, part in enumerate(wrap(row[-1], widths[-1] if fit else 0)):
            lines.append([*(row[:-1] if number == 0 else [""] * (len(row) - 1)), part])
    return "\n".join(
        "  ".join(_pad(cell, size, to_right) for cell, size, to_right in zip(line, widths, right, strict=True)).rstrip()
        for line in lines
    )


def fitted(headers: Sequence[str], rows: Sequence[Sequence[object]], *, limit: int, fit: int) -> str:
    """The table, as `table` makes it; where its lines have more than `fit` columns, each row as `pairs` instead."""
    found = table(headers, rows, limit=limit, fit=fit)
    if not fit or not rows or max(map(width, found.splitlines())) <= fit:
        return found
    room = max(_NARROWEST, fit - max(map(width, headers)) - 6)
    cells = ([_cell(value, min(limit, room)) for value in row] for row in rows)
    return "\n\n".join(pairs(list(zip(headers, row, strict=True)), fit) for row in cells)


def pairs(rows: Sequence[tuple[str, str]], fit: int = 0) -> str:
    """Names and values in two columns; a name that follows itself stands once.

    Values are wrapped so that a line has `fit` columns, with what follows set in; 0 wraps none.
    """
    size = max((width(name) for name, _ in rows), default=0)
    lines, before = [], ""
    for name, value in rows:
        parts = wrap(_written_out(_CONTROL, value), max(_NARROWEST, fit - size - 6) if fit else 0)
        lines.append(f"  {_pad('' if name == before else name, size, False)}  {parts[0]}".rstrip())
        lines += [" " * (size + 6) + part for part in parts[1:]]
        before = name
    return "\n".join(lines)


def wrap(text: str, size: int) -> list[str]:
    """The text in lines of at most so many columns, broken at spaces; a longer word stands alone. 0 breaks nowhere.

    A line ends every isolate that it begins, and the next one begins it again.
    """
    if not size or width(text) <= size:
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(longer) > size:
            is_open = lines[-1].count(FSI) > lines[-1].count(PDI)
            if is_open:
                lines[-1] += PDI
            lines.append(FSI + word if is_open else word)
        else:
            lines[-1] = longer
    return lines


def beside(blocks: Sequence[str], fit: int) -> str:
    """Blocks of lines, as many side by side as fit; each row of blocks below the last after an empty line."""
    rows: list[list[str]] = []
    space = 0
    for block in blocks:
        size = max(map(width, block.splitlines()))
        if not rows or space + 4 + size > fit:
            rows.append([block])
            space = size
        else:
            rows[-1].append(block)
            space += 4 + size
    return "\n\n".join(_joined(row) for row in rows)


def _joined(blocks: list[str]) -> str:
    split = [block.splitlines() for block in blocks]
    sizes = [max(map(width, lines)) for lines in split]
    return "\n".join(
        "    ".join(_pad(cell, size, False) for cell, size in zip(line, sizes, strict=True)).rstrip()
        for line in zip_longest(*split, fillvalue="")
    )


def _written_out(characters: re.Pattern[str], text: str) -> str:
    return characters.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def _cell(value: object, limit: int) -> str:
    text = "" if value is None else str(value).replace("\n", " ")
    return isolate(text[: limit - 1] + "…" if limit and len(text) > limit else text)


def _pad(text: str, size: int, to_right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if to_right else text + space


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
