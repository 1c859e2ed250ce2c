"""Forms of a text made only to find a place in it, with a map back: offsets are never counted in them.

`clean` undoes what a copy may do to characters without changing what a reader sees; `fold` also drops what writers
of the same words vary: case, marks, tatweel, variants of alef, yeh, kaf, heh and teh marbuta, the script of digits,
kinds of quotation marks and dashes. In both a word divided at the end of a line by a hyphen is one word.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache, lru_cache

VARIANTS = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ے": "ي",
        "ک": "ك",
        **dict.fromkeys("ةہھەۀۂۃ", "ه"),
        **dict.fromkeys("ېۍێ", "ي"),
        "ـ": "",
        **dict.fromkeys("‘’‚‛′`´ʼ‹›", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-"),
    }
)
"""What is folded to what: the code point of a character, and what stands for it."""

HYPHENS = "\u00ad\u2010-"
"""With one of these at the end of a line between two small letters, a word goes on in the next line."""


FEW = 40
"""Characters that are changed one after the other at most."""


class Form:
    """A text in another form, and where each of its characters came from. All offsets are code points."""

    def __init__(self, text: str, starts: list[int], origins: list[int], size: int) -> None:
        self.text = text
        """The text in its new form."""
        self._starts = starts
        self._origins = origins
        self._size = size

    def back(self, position: int) -> int:
        """The offset in the original of a character of the form; the original's length for a position at the end."""
        index = bisect_right(self._starts, position) - 1
        return min(self._origins[index] + position - self._starts[index], self._size)

    def back_end(self, position: int) -> int:
        """The offset in the original after the last character before `position`."""
        return self.back(position - 1) + 1 if position else 0

    def forth(self, offset: int) -> int:
        """The position in the form of an offset of the original; of a dropped character, that of the next kept one."""
        index = bisect_right(self._origins, offset) - 1
        index = bisect_left(self._origins, self._origins[index])  # of several from one character, the first
        position = self._starts[index] + offset - self._origins[index]
        return (
            min(position, self._starts[index + 1]) if index + 1 < len(self._starts) else min(position, len(self.text))
        )


def clean(text: str) -> Form:
    """Compatibility forms resolved (NFKC, a character at a time), format characters dropped, white space one space."""
    return _transformed(text, _clean_char)


@lru_cache(maxsize=1)  # several look at one text, one after the other
def fold(text: str) -> Form:
    """The match-only folding: like `clean`, without case, marks, tatweel, and with variants unified."""
    folded = text.translate(_FOLDED)
    if _OTHER in folded or "  " in folded or "\n" in text:
        return _transformed(text, _fold_char)
    return Form(folded, [0], [0], len(text))


def fold_short(text: str) -> str:
    """The folded text of a few words, without the map."""
    return " ".join((fold(text).text if "\n" in text else "".join(map(_fold_char, text))).split())


def _transformed(text: str, change: Callable[[str], str]) -> Form:
    """Characters that stay one character are translated in long stretches; only the others cost a step each."""
    table = {char: change(char) for char in sorted(set(text))}
    spaces = "".join(char for char, new in table.items() if new == " ")
    dropped = "".join(char for char, new in table.items() if not new)
    longer = "".join(char for char, new in table.items() if len(new) > 1)
    simple = _simple({char: new for char, new in table.items() if len(new) == 1 and new != char})
    parts, starts, origins = [], [0], [0]
    position = done = 0
    small = "".join(char for char in table if char.islower()) if "\n" in text else ""
    for match in _irregular(spaces, dropped, longer, small).finditer(text):
        start, end = match.span()
        parts.append(simple(text[done:start]))
        position += start - done
        found = match[0]
        if found[0] in longer:
            new = table[found]
            for step in range(len(new)):
                starts.append(position + step)
                origins.append(start)
        elif new := " " if found[0] not in HYPHENS and any(char in spaces for char in found) else "":
            starts.append(position)
            origins.append(start)
        parts.append(new)
        position += len(new)
        starts.append(position)
        origins.append(end)
        done = end
    parts.append(simple(text[done:]))
    return Form("".join(parts), starts, origins, len(text))


def _simple(changes: dict[str, str]) -> Callable[[str], str]:
    """What changes single characters: one after the other, which is faster where a text has few that change."""
    if len(changes) > FEW or not changes.keys().isdisjoint(changes.values()):
        table = str.maketrans(changes)
        return lambda text: text.translate(table)

    def change(text: str) -> str:
        for old, new in changes.items():
            text = text.replace(old, new)
        return text

    return change


@lru_cache(256)
def _irregular(spaces: str, dropped: str, longer: str, small: str) -> re.Pattern[str]:
    """What does not go one to one: divided words, runs of white space with dropped characters, dropped, longer ones."""
    gaps, single = re.escape(spaces + dropped), re.escape(dropped + longer)
    options = [rf"(?<=[{small}][{HYPHENS}])[^\S\n]*\n\s*(?=[{small}])"] if small else []
    if gaps:
        options.append(rf"(?<![{HYPHENS}])(?<=[{gaps}])[{gaps}]+")
    if single:
        options.append(f"(?<=[{single}])")
    first = gaps + re.escape(longer) + (HYPHENS if small else "")  # one set of what may come first is found fastest
    return re.compile(f"[{first}](?:{'|'.join(options)})" if options else r"(?!)")


@cache
def _clean_char(char: str) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", char).replace("\u2044", "/").strip(" ") or ""


@cache
def _fold_char(char: str) -> str:
    if char.isascii():
        return " " if char.isspace() else char.translate(VARIANTS).lower()
    new = unicodedata.normalize("NFKD", _clean_char(char).translate(VARIANTS).casefold())
    kept = (part for part in new if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    return " " if _clean_char(char) == " " else "".join(_digit(part) for part in kept).translate(VARIANTS).strip()


_OTHER = "\uffff"


class _Folded(dict[int, str]):
    """What single characters are folded to, as far as any were looked up; `_OTHER` for what is none or several."""

    def __missing__(self, code: int) -> str:
        new = _fold_char(chr(code))
        self[code] = new if len(new) == 1 else _OTHER
        return self[code]


_FOLDED = _Folded()


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)
