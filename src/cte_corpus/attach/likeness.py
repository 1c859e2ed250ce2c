"""Two pieces of text side by side: how alike they are, what differs, and where words begin and end around a place."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from cte_corpus.errors import CteError
from cte_corpus.text.fold import fold_short

LIKE = 0.75
"""Less alike than this, two pieces of text are not the same words edited."""

PLACE, TYPOGRAPHY = "place", "typography"
"""What differs where the words do not: nothing but that the place is not proven; letters, marks or white space."""

_PROCLITICS = re.compile("[وف]?[بكلس]?(?:ال|ل)?")
_ENCLITICS = frozenset(("", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ي", "ا"))
_TOKEN = re.compile(r"\w+|[^\w\s]")


def compare(wanted: str, found: str) -> tuple[float, str]:
    """How alike two pieces of text are, 0 to 1 of their folded letters, and what differs.

    The second is `place` for the same characters, `typography` for the same words, or the words that differ.

    Raises:
        CteError: the words differ, and rapidfuzz is not installed.
    """
    if wanted == found:
        return 1.0, PLACE
    one, other = fold_short(wanted), fold_short(found)
    if one == other:
        return 1.0, TYPOGRAPHY
    return ratio(one, other), differing(wanted, found)


def differing(wanted: str, found: str) -> str:
    """The words in which two pieces of text differ, those found first: `Thorvald for Torvald, 40 added`."""
    old, new = _TOKEN.findall(wanted), _TOKEN.findall(found)
    same = SequenceMatcher(None, [fold_short(word) for word in old], [fold_short(word) for word in new], autojunk=False)
    parts = []
    for kind, a, b, c, d in same.get_opcodes():
        gone, there = " ".join(old[a:b]), " ".join(new[c:d])
        if kind == "replace":
            parts.append(f"{there} for {gone}")
        elif kind != "equal":
            parts.append(f"{there} added" if there else f"{gone} missing")
    return ", ".join(parts) or TYPOGRAPHY


def ratio(one: str, other: str) -> float:
    """Likeness of two texts, 0 to 1: letters that can stay, of all.

    Raises:
        CteError: rapidfuzz is not installed.
    """
    try:
        from rapidfuzz import fuzz
    except ImportError:
        raise _missing() from None
    return float(fuzz.ratio(one, other)) / 100


def near_match(wanted: str, window: str) -> tuple[int, int] | None:
    """The stretch of a window most like a text that was edited, or None where nothing is like it. Both are folded.

    Raises:
        CteError: rapidfuzz is not installed.
    """
    try:
        from rapidfuzz import fuzz
    except ImportError:
        raise _missing() from None
    if len(window) < len(wanted) // 2 or len(wanted) < 5:
        return None
    found = fuzz.partial_ratio_alignment(wanted, window, score_cutoff=LIKE * 100)
    return (found.dest_start, found.dest_end) if found and found.dest_end > found.dest_start else None


def _missing() -> CteError:
    return CteError(
        "quoted words were edited in this text, and finding what is left of them needs rapidfuzz",
        'install it with: pip install "cte-corpus[attach]"',
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space and format characters at its ends."""
    while start < end and _unseen(text[start]):
        start += 1
    while start < end and _unseen(text[end - 1]):
        end -= 1
    return start, end


def after_marks(text: str, offset: int) -> int:
    """The offset after the marks and tatweel that follow the character before `offset`."""
    while offset < len(text) and (text[offset] == "ـ" or unicodedata.category(text[offset]) in ("Mn", "Me")):
        offset += 1
    return offset


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The place from the beginning of its first word to the end of its last one, trimmed.

    What Arabic writes together with a word may stay outside, as it does of mentions: conjunctions, prepositions and the
    article before it, pronouns after it.
    """
    start, end = trimmed(text, start, end)
    if start == end:
        return start, end
    first, last = start, end
    while first and _in_word(text[first - 1]) and _in_word(text[start]):
        first -= 1
    while last < len(text) and _in_word(text[last]) and _in_word(text[end - 1]):
        last += 1
    if first < start and not _PROCLITICS.fullmatch(fold_short(text[first:start])):
        start = first
    if end < last and fold_short(text[end:last]) not in _ENCLITICS:
        end = last
    return start, end


def _in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Me", "Cf")


def _unseen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"
