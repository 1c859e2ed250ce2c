"""No place begins or ends with white space or inside a word, however the copy writes its letters and lines."""

import random
import re
import unicodedata
from collections.abc import Callable

import pytest

from cte_corpus.attach.attach import attach
from cte_corpus.attach.likeness import _ENCLITICS, _PROCLITICS
from cte_corpus.text.fold import fold_short
from cte_corpus.text.sources import of_bytes
from cte_corpus.text.view import plain_1
from tests.attach.test_attach import ARABIC, ARABIC_NAMES, ENGLISH, WORDS, known_of

Odd = Callable[[str, random.Random], str]

SCATTERED = {
    "soft hyphens": "\u00ad",
    "right-to-left marks": "\u200f",
    "isolates": "\u2067",
    "joiners": "\u200d",
    "byte order marks": "\ufeff",
}


def scattered(mark: str) -> Odd:
    """A mark anywhere, within words too."""
    return lambda text, rng: "".join(f"{char}{mark}" if rng.random() < 0.1 else char for char in text)


def persian(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("يكىة0123456789", "یکیه۰۱۲۳۴۵۶۷۸۹"))


def tatweel(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=[بتثجحخسشصضطظعغفقكلمنهي])(?=[ء-ي])", lambda _: "ـ" * (rng.random() < 0.3), text)


def vowelled(text: str, rng: random.Random) -> str:
    return re.sub("[ء-ي]", lambda found: found[0] + rng.choice(("", "", "\u064e", "\u0651\u064f")), text)


def accents(text: str, rng: random.Random) -> str:
    """Marks that no letter is composed with."""
    return re.sub("[a-z]", lambda found: found[0] + "\u0331" * (rng.random() < 0.1), text)


def divided(text: str, rng: random.Random) -> str:
    """Hyphens at line ends, and lines that end between words."""
    text = re.sub(r"(?<=[a-z]{2})(?=[a-z]{2})", lambda _: rng.choice("-\u00ad\u2010") + "\n" if dice(rng) else "", text)
    return re.sub(" ", lambda _: rng.choice(("\r\n", " \u00a0", " ")), text)


def dice(rng: random.Random) -> bool:
    return rng.random() < 0.1


def page(text: str, rng: random.Random) -> str:
    """Inline elements within words, and breaks within lines."""
    inner = re.sub("[ء-يa-z]", lambda found: f"<b>{found[0]}</b>&shy;" if dice(rng) else found[0], text)
    return "<!doctype html><p>" + inner.replace("\n", "<br>&nbsp;")


COPIES: dict[str, Odd] = {
    **{name: scattered(mark) for name, mark in SCATTERED.items()},
    "Persian letters": persian,
    "tatweel": tatweel,
    "vowel marks": vowelled,
    "marks": accents,
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "CRLF": lambda text, _: "\ufeff" + text.replace("\n", " \r\n"),
    "lone CR": lambda text, _: text.replace("\n", "\r"),
    "lines": divided,
    "HTML": page,
    "upper case": lambda text, _: text.upper(),
}


def edited(text: str, rng: random.Random) -> str:
    """Words replaced, cut short or made longer, names too."""

    def word(found: re.Match[str]) -> str:
        new = rng.choice((rng.choice(WORDS), found[0][:-1], found[0] + "s", "وال" + found[0], found[0][::-1]))
        return new if rng.random() < 0.06 else found[0]

    return re.sub(r"\w{4,}", word, text)


def is_inside(text: str, place: int) -> bool:
    """Whether letters or digits stand at both sides of a place, format characters and marks aside."""
    before = re.search(r"(\w)[^\w\s]*\Z", unseen_gone(text[max(0, place - 8) : place]))
    after = unseen_gone(text[place : place + 8])
    return bool(before and before.end(1) == len(before.string) and after[:1].isalnum())


def unseen_gone(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Mn") and char != "ـ")


def is_clean(text: str, start: int, end: int) -> bool:
    """Whether a place is whole words; what Arabic writes together with a word may stay outside."""
    words = text[start:end]
    if words != words.strip() or not words or unicodedata.category(words[0]) in ("Cf", "Mn"):
        return False
    if end < len(text) and unicodedata.category(text[end]) == "Mn":
        return False
    first = re.search(r"\S*\Z", text[:start])
    last = re.match(r"\S*", text[end:])
    assert first
    assert last
    head, tail = (re.split(r"[^\w]", fold_short(part)) for part in (first[0], last[0]))
    begins = not is_inside(text, start) or _PROCLITICS.fullmatch(head[-1])
    ends = not is_inside(text, end) or tail[0] in _ENCLITICS
    return bool(begins and ends)


@pytest.mark.parametrize("name", COPIES)
def test_no_place_begins_or_ends_with_white_space_or_inside_a_word(name: str) -> None:
    rng = random.Random(name)
    count = 0
    for text, names in ((plain_1(ENGLISH), ()), (plain_1(ARABIC), ARABIC_NAMES)):
        known = known_of(text, names)
        for number in range(12):
            copy = COPIES[name](edited(text, rng) if number else text, rng)
            result = attach(known, of_bytes(copy.encode()).text)
            for placed in (result.spans | result.sentences).values():
                if placed.start is not None and placed.end is not None:
                    count += 1
                    around = result.text[max(0, placed.start - 20) : placed.end + 20]
                    assert is_clean(result.text, placed.start, placed.end), (
                        around, result.text[placed.start : placed.end], placed,
                    )  # fmt: skip
    assert count > 200
