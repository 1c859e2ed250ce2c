"""Sentences of a paragraph, by the rules of the guidelines: a full stop, a question mark or the end of a line ends one.

`sentencex` knows the marks and abbreviations of many languages and keeps quotations whole. What the guidelines want
besides is added here: a quotation of several sentences is several sentences, and a title of one letter ends none.
"""

import re
import unicodedata
from collections.abc import Iterator

from cte_corpus.errors import CteError

Place = tuple[int, int]
"""Start and end in code points, half-open."""

MARKS = ".!?؟…۔。"
"""What ends a sentence."""

_QUOTATION = re.compile(r'"[^"\n]*"|“[^“”\n]*”|«[^«»\n]*»|„[^„“”\n]*[“”]')
_DOTS = re.compile(r"\.{2,}|\.(?: \.){2,}|…+")
"""An ellipsis, however it is written."""

_QUOTED = re.compile(rf"{_QUOTATION.pattern}|[“«„][^“«„”»\n]*$")
"""A quotation, also one that does not end in its line."""

_INITIAL = re.compile(r"(?:^|[\s(])(?:[^\W\d_]\.)+$")
"""One letter with a full stop, or several, at the end: an initial, or a title as Arabic writes it."""

_ITEM = re.compile(r"[\s*_#(-]*(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])[.)]")
"""The number or letter of an item at the start of a line."""

_BLANK = " \t\n\u00a0\u200b\u200e\u200f\ufeff"
_GLUED = re.compile(r"(?<=[a-z0-9)”\"])\.(?=[A-Z][a-z]+(?:['’]s)?,? )")
"""A full stop after which a space was lost."""

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)|(?<=\w)'|'(?=[A-Z])")
_CLOSING = "\"'”’»“)]}" + MARKS


def sentences(text: str, start: int, end: int, lang: str) -> list[Place]:
    """The sentences of text[start:end], each from its first to its last character that is no white space.

    Args:
        text: The reference text.
        start: First code point of the stretch.
        end: Code point after it.
        lang: BCP 47 tag of its language.

    Raises:
        CteError: the segmenter is not installed.
    """
    found: list[Place] = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        ends = _ends(_with_one_ellipsis(line[0]), lang)
        starts = [0, *ends[:-1]]
        for first, last in zip(starts, ends, strict=True):
            stretch = line[0][first:last]
            if any(map(str.isalnum, stretch)):
                before = start + line.start() + first
                found.append(
                    (before + len(stretch) - len(stretch.lstrip(_BLANK)), before + len(stretch.rstrip(_BLANK)))
                )
    return found


def _with_one_ellipsis(line: str) -> str:
    """The line with each ellipsis as signs that the segmenter takes alike, as many as it has characters.

    In a quotation, and where a line begins, it ends no sentence; elsewhere it does, as an exclamation mark.
    """
    inner = bytearray(len(line))
    inner[:1] = b"\1"
    for quotation in _QUOTED.finditer(line):
        inner[slice(*quotation.span())] = b"\1" * len(quotation[0])

    def sign(match: re.Match[str]) -> str:
        return ("…" if inner[match.start()] else "!") * len(match[0])

    return _DOTS.sub(sign, line)


def _ends(line: str, lang: str) -> list[int]:
    """Where the sentences of a line end; the last is the end of the line."""
    ends = {_closed(line, place) for place in _boundaries(line, lang)}
    ends |= {match.end() for match in _GLUED.finditer(line)}
    for quotation in _QUOTATION.finditer(line):
        inner = quotation[0][1:-1]
        ends.update(quotation.start() + 1 + place for place in _boundaries(inner, lang) if inner[place:].strip())
    return [*sorted(place for place in ends if line[place:].strip()), len(line)]


def _boundaries(line: str, lang: str) -> Iterator[int]:
    """Where the segmenter ends a sentence, but not inside a word, after an initial or before a small letter."""
    try:
        from sentencex import get_sentence_boundaries  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise CteError(
            "the sentence segmenter is not installed", 'install it with: pip install "cte-corpus[author]"'
        ) from None
    # An apostrophe at the start of a name is no quotation mark that keeps sentences together.
    for boundary in get_sentence_boundaries(lang.split("-")[0], _APOSTROPHE.sub("ʼ", line)):
        place = boundary["end_index"]
        after = _closed(line, place)
        following = line[after:].lstrip()
        before = line[:place].rstrip()
        inside_word = not line[place - 1 : place].isspace() and line[after : after + 1] not in (" ", "")
        small = bool(following) and unicodedata.category(following[0]) == "Ll"
        if not (inside_word or small or _INITIAL.search(before) or _ITEM.fullmatch(before)):
            yield place


def _closed(line: str, place: int) -> int:
    """The place moved behind closing marks that the segmenter left to the next sentence."""
    end = place
    while end < len(line) and line[end] in _CLOSING and not line[place - 1].isspace():
        end += 1
    return end
