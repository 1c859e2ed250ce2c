"""Invented words: own-words texts retold letter by letter, and a reference text that spans slice."""

import random
import re
from typing import Any

from cte_corpus.text.chains import chains
from cte_corpus.text.dates import dates
from cte_corpus.text.figures import figures

Record = dict[str, Any]

LATIN = ("bcdfghklmnprstvz", "aeiou")
ARABIC = ("بتجحدرسشعفقكلمنه", "اوي")
WORD = re.compile(r"[^\W\d_]+")
VOWELS = re.compile("[\u064b-\u0652]")
BEFORE, AFTER = ("", "و", "ال", "وال"), ("", "ه", "ها", "هما")
PAUSE = "؛"
SERIAL = 9
"""Length of the word that makes a text unlike all others."""

OWN_WORDS = frozenset({"note", "statement", "holder"})


def word(length: int, alphabet: tuple[str, str], random_: random.Random) -> str:
    """A made-up word, consonants and vowels in turn."""
    return "".join(random_.choice(alphabet[place % 2]) for place in range(length))


def retell(value: Any, random_: random.Random, key: str = "") -> Any:
    """A copy whose own words are made up: every word as long as before and in its script."""
    if isinstance(value, dict):
        own = "lang" in value and "text" in value
        return {
            name: _retold(item, random_)
            if isinstance(item, str) and ((own and name == "text") or name in OWN_WORDS)
            else retell(item, random_, name)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [retell(item, random_, key) for item in value]
    return value


def _retold(text: str, random_: random.Random) -> str:
    def replace(match: re.Match[str]) -> str:
        made = word(len(match[0]), ARABIC if match[0] > "\u0600" else LATIN, random_)
        return made.capitalize() if match[0][0].isupper() else made

    return WORD.sub(replace, text)


class Text:
    """An invented reference text for cut records; their spans are made to quote it.

    Attributes:
        at: Where the word stands that is another in each document; no span touches it.
        chained: Whether spans stand so close that they add up to prose, or a word is a number by chance.
    """

    def __init__(self, parts: dict[str, Any], random_: random.Random) -> None:
        length = parts["sections"][-1]["end"]
        chars: list[str] = []
        while len(chars) < length:
            chars += [*word(random_.randint(3, 8), ARABIC, random_), " "]
        del chars[length:]
        for start, end in _gaps(parts["sections"]):
            chars[start:end] = "\n" * (end - start)
            chars[start - 1] = random_.choice(ARABIC[0])
            if end < length:
                chars[end] = random_.choice(ARABIC[0])
        spans = list(_spans(parts))
        taken = [False] * length
        for span in spans:
            for at, char in enumerate(span["text"], span["start"]):  # as many words as the span had
                if char.isspace():
                    chars[at] = " "
                elif chars[at] in " \n":
                    chars[at] = random_.choice(ARABIC[0])
            taken[span["start"] : span["end"]] = [True] * (span["end"] - span["start"])
        for span in _printed(parts):  # dates and figures are read, and so are those of the original
            chars[span["start"] : span["end"]] = VOWELS.sub("ـ", span["text"])  # as bare as the words around them
        _part(chars, taken, random_)
        chars[0] = chars[-1] = "ب"
        for at in range(1, length - 1):
            if chars[at] == " " and (chars[at - 1] in " \n" or chars[at + 1] == "\n"):
                chars[at] = random_.choice(ARABIC[0])  # the recipe would drop it
        _whole(chars, taken, spans)
        free = [use or char == "\n" for use, char in zip(taken, chars, strict=True)]
        self.at = next(at for at in range(1, length) if not any(free[at - 1 : at + SERIAL + 1]))
        self._before = "".join(chars[: self.at])
        self._after = "".join(chars[self.at + SERIAL :])
        text = self.numbered(0)
        for span in spans:
            span["text"] = text[span["start"] : span["end"]]
        quoted = [(span["start"], span["end"], span["text"]) for span in spans]
        self.chained = any(chains(quoted)) or any(chains(quoted, text)) or _by_chance(text, taken)

    def numbered(self, number: int) -> str:
        """The text of a document, with its number spelled in letters."""
        digits = str(number).rjust(SERIAL, "0")
        return self._before + "".join(ARABIC[0][int(digit)] for digit in digits) + self._after


def _part(chars: list[str], taken: list[bool], random_: random.Random) -> None:
    """Put a word between spans that are not next to each other, so that they do not count as one run."""
    start = 0
    for end in range(1, len(chars) + 1):
        if end == len(chars) or taken[end] != taken[start]:
            if not taken[start] and end - start > 3 and "\n" not in chars[start : start + 4]:
                chars[start : start + 4] = [" ", *word(2, ARABIC, random_), " "]
            start = end


def _whole(chars: list[str], taken: list[bool], spans: list[Record]) -> None:
    """Let spans begin and end with words, and what is written to a word be what Arabic writes to it."""
    for span in spans:
        for at, step, written in ((span["start"], -1, BEFORE), (span["end"], 1, AFTER)):
            if not (0 < at < len(chars) and chars[at - 1].isalnum() and chars[at].isalnum()):
                continue
            first = at if step > 0 else at - 1
            end = first
            while 0 <= end < len(chars) and chars[end].isalnum():
                end += step
            places = sorted(range(first, end, step))
            if taken[first] and len(places) < len(written):
                for place, letter in zip(places, written[len(places)], strict=True):
                    chars[place] = letter
            else:
                chars[first] = PAUSE


def _by_chance(text: str, taken: list[bool]) -> bool:
    """Whether a date or figure stands where no span is."""
    dated = [(one.start, one.end) for one in dates(text)]
    found = [*dated, *((one.start, one.end) for one in figures(text, dated))]
    return any(not any(taken[start:end]) for start, end in found)


def _gaps(sections: list[Record]) -> list[tuple[int, int]]:
    """The white space between sentences and at the ends of sections."""
    gaps = []
    for section in sections:
        position = section["heading"]["end"] if "heading" in section else None
        for sentence in section.get("sentences", ()):
            if position is not None and sentence["start"] > position:
                gaps.append((position, sentence["start"]))
            position = sentence["end"]
        if section is not sections[-1]:
            gaps.append((section["end"] - 2, section["end"]))
    return gaps


def _printed(parts: dict[str, Any]) -> Any:
    """The spans of dates and figures."""
    yield from _spans([event.get(field, []) for event in parts["events"] for field in ("times", "quantities")])
    yield from _spans([sanction.get("listed", {}) for sanction in parts["sanctions"]])


def _spans(value: Any) -> Any:
    """Every span in the records."""
    if isinstance(value, dict):
        if "start" in value and "text" in value:
            yield value
        else:
            for item in value.values():
                yield from _spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from _spans(item)
