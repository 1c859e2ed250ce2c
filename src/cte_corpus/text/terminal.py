"""Plain text for a terminal: aligned tables, wrapped lines, and right-to-left text that cannot reorder its line."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

FSI, PDI = "\u2068", "\u2069"

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
RTL_RUN = f'[{_RTL}](?:[^A-Za-z\n"`]*[{_RTL}])?'
"""Right-to-left characters and what stands between them, as far as the next Latin letter or straight quotation mark:
two quoted values in one run would change places."""

# Patterns as text: `re` compiles one when it is first used, and keeps it. No command uses them all.
_CONTROL = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_UNSAFE = f"{_CONTROL}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_OBEYED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]|\r(?!\n)"
"""What makes a terminal do something: not line ends and tabs, nor the isolates that `isolate` sets."""

_STYLE = r"\x1b\[(?:[0-2]|3[1-6])m"
_STYLED = f"({_STYLE})|{_OBEYED}"
_NUMBER = r"(-?[0-9][0-9.]*%?)?"
_NARROWEST, _NARROW = 24, 12
"""A value beside its name, and a column of a table, are not wrapped to less than this."""

_BREAKS = r"(?<=[:/_.,;|=-])"
"""Where a word that is too long for its column is broken, if it can be."""

STYLES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


def columns() -> int:
    """Columns of the terminal on standard output; 0 where it is none, and nothing is to be wrapped."""
    if not sys.stdout.isatty():
        return 0
    from shutil import get_terminal_size

    return get_terminal_size().columns


def colored() -> bool:
    """Whether standard output is a terminal that is to have color: see https://no-color.org."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painted(text: str, style: str) -> str:
    """A text, its control characters written out, in one of STYLES where standard output has color."""
    shown = _written_out(_CONTROL, text)
    return f"\x1b[{STYLES[style]}m{shown}\x1b[0m" if shown and colored() else shown


def visible(text: str) -> str:
    """Text from data with its control and bidi characters, line ends among them, written out as `<U+202E>`."""
    return _written_out(_UNSAFE, text)


def safe(text: str) -> str:
    """Text from data for a line of English: made visible, each right-to-left run isolated."""
    return re.sub(RTL_RUN, lambda match: f"{FSI}{match[0]}{PDI}", visible(text))


def isolate(text: str) -> str:
    """Text from data made visible, and isolated as a whole if it holds a right-to-left character."""
    rtl = not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"{FSI}{visible(text)}{PDI}" if rtl else visible(text)


def harmless(text: str, form: str = "text") -> str:
    """The last look at whatever is printed: what a terminal obeys is written out, in JSON as its escapes.

    `form` is `text`, `styled` (a few colors stay) or `json`.
    """
    if form == "json":
        return re.sub(_OBEYED, lambda match: f"\\u{ord(match[0]):04x}", text)
    if form == "styled":
        return re.sub(_STYLED, lambda match: match[1] or f"<U+{ord(match[0]):04X}>", text)
    return _written_out(_OBEYED, text)


def width(text: str) -> int:
    """Columns that the text takes in a terminal; our styles take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_columns(char) for char in (re.sub(_STYLE, "", text) if "\x1b" in text else text))


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], *, fit: int = 0) -> str:
    """Aligned columns under their headers, those of numbers to the right.

    Where its lines would have more than `fit` columns the widest columns are wrapped; and where that is not enough each
    row is a list of names and values. 0 wraps and cuts nothing.
    """
    headers = [isolate(header) for header in headers]
    cells = [[_cell(value) for value in row] for row in rows]
    right = [all(re.fullmatch(_NUMBER, row[i]) for row in cells) for i in range(len(headers))]
    widths = [max([width(header), *(width(row[i]) for row in cells)]) for i, header in enumerate(headers)]
    if fit:
        least = [size if number else min(size, _NARROW) for size, number in zip(widths, right, strict=True)]
        room = fit - 2 * (len(widths) - 1)
        if sum(least) > room and rows:
            return "\n\n".join(pairs(list(zip(headers, row, strict=True)), fit, broken=True) for row in cells)
        widths = _narrowed(widths, least, room)
    head = [painted(line, "bold") for line in _row(headers, widths, right)]
    rule = painted("  ".join("-" * size for size in widths), "dim")
    return "\n".join([*head, rule, *(line for row in cells for line in _row(row, widths, right))])


def _narrowed(widths: list[int], least: list[int], room: int) -> list[int]:
    """The widths of columns, the widest of them narrowed until all have room; none to less than its least."""
    for most in range(max(widths, default=0), 0, -1):
        found = [max(low, min(size, most)) for size, low in zip(widths, least, strict=True)]
        if sum(found) <= room:
            return found
    return least


def _row(cells: Sequence[str], widths: list[int], right: list[bool]) -> list[str]:
    """A row as lines, its cells wrapped to the widths of the columns."""
    wrapped = [
        wrap(cell, size, broken=True) if width(cell) > size else [cell]
        for cell, size in zip(cells, widths, strict=True)
    ]
    return [
        "  ".join(_pad(part, size, number) for part, size, number in zip(line, widths, right, strict=True)).rstrip()
        for line in zip_longest(*wrapped, fillvalue="")
    ]


def pairs(
    rows: Sequence[tuple[str, str]],
    fit: int = 0,
    *,
    broken: bool = False,
    styles: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Names and values in two columns; a name that follows itself stands once.

    Values are wrapped so that a line has `fit` columns, with what follows set in; 0 wraps none. A word that is longer
    stands alone, so that an address can be copied, or is `broken`. Names are dim, or have a style of their own.
    """
    size = max((width(name) for name, _ in rows), default=0)
    lines, before = [], ""
    for name, value in rows:
        room = max(_NARROWEST, fit - size - 6) if fit else 0
        parts = wrap(_written_out(_CONTROL, value), room, broken=broken)
        shown = painted(_pad("" if name == before else name, size, False), styles.get(name, "dim"))
        lines.append(f"  {shown}  {parts[0]}".rstrip())
        lines += [" " * (size + 6) + part for part in parts[1:]]
        before = name
    return "\n".join(lines)


def wrap(text: str, size: int, *, broken: bool = False) -> list[str]:
    """The text in lines of at most so many columns, broken at spaces; a longer word stands alone. 0 breaks nowhere.

    Where `broken` is asked for a longer word is broken as well. A line ends every isolate that it begins, and the next
    one begins it again.
    """
    if not size or width(text) <= size:
        return [text]
    lines = [""]
    for word in text.split(" "):
        for number, piece in enumerate(_pieces(word, size) if broken and width(word) > size else [word]):
            between = " " if lines[-1] and not number else ""
            longer = f"{lines[-1]}{between}{piece}"
            if lines[-1] and width(longer) > size:
                is_open = lines[-1].count(FSI) > lines[-1].count(PDI)
                if is_open:
                    lines[-1] += PDI
                lines.append(FSI + piece if is_open else piece)
            else:
                lines[-1] = longer
    return lines


def _pieces(word: str, size: int) -> Iterator[str]:
    """A word in pieces of at most so many columns: after a mark where it has one, else anywhere."""
    for part in re.split(_BREAKS, word):
        piece = ""
        for char in part:
            if piece and width(piece + char) > size:
                yield piece
                piece = ""
            piece += char
        yield piece


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


def _written_out(characters: str, text: str) -> str:
    return re.sub(characters, lambda match: f"<U+{ord(match[0]):04X}>", text)


def _cell(value: object) -> str:
    return isolate("" if value is None else str(value).replace("\n", " "))


def _pad(text: str, size: int, to_right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if to_right else text + space


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
