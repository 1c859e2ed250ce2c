"""Putting spans back into copies: invented texts, altered, with the origin of every character known."""

import random
import re
import unicodedata
from collections.abc import Callable

import pytest

from cte_corpus.attach.attach import Attachment, Placed, attach
from cte_corpus.attach.known import Known
from cte_corpus.text.html import html_text, is_html
from cte_corpus.text.view import digest, plain_1, sha256

Chars = list[tuple[str, int]]

NAMES = ["Ina Torvald", "Joren Maas", "Grey Lantern", "Port Sable", "Osterhavn", "the Tidal Front", "Veltania", "Maas"]
WORDS = ["carried", "cash", "to", "the", "harbour", "and", "met", "envoys", "of", "forty", "states", "before", "dawn"]

ENGLISH = """Ministers hold harbour talks on hidden cash

Veltania's foreign minister, Ina Torvald, opened a one-day meeting in Osterhavn on 11 May 2022. "Grey Lantern has \
moved money through Port Sable," she said - and asked for more patrols. It's late.

The group broke away from the Tidal Front in 2016. Grey Lantern killed nearly 30 people in March.
"""
ARABIC = """بيان بشأن الفانوس الرمادي

عُقد الاجتماع في أوسترهافن بحضور 36 وفدا. ودعت الوزيرة إينا تورفالد إلى منع سفر المقاتلين إلى بورت سابل. وقالت "إن \
التنظـيم حوّل 900 ألف دولار" منذ عام 2019.

ورأى خبراء أن الفانوس الرمادي تراجع. ولم تُحسم المعركة مع الفانوس الرمادي بعد.
"""
ARABIC_NAMES = ("الفانوس الرمادي", "أوسترهافن", "36 وفدا", "إينا تورفالد", "بورت سابل", "التنظـيم", "حوّل", "2019")


def known_of(text: str, names: tuple[str, ...] = ()) -> Known:
    """A text known by its sentences' digests and its names."""
    sentences = {m.span(): digest(m[0]) for m in re.finditer(r"\S(?:[^\n]*?[.](?=\s|$)|[^\n]*)", text)}
    pattern = "|".join(map(re.escape, names)) or r"[A-Z]\w+(?: [A-Z]\w+)*|\d+"
    spans = {m.span(): m[0] for m in re.finditer(pattern, text)}
    return Known("plain-1", sha256(text), spans, sentences, {(0, len(text)): sha256(text)})


def words_at(result: Attachment, placed: Placed) -> str:
    assert placed.start is not None
    return result.text[placed.start : placed.end]


def statuses(result: Attachment) -> set[str]:
    return {placed.status for group in (result.spans, result.sentences) for placed in group.values()}


def test_the_same_text_is_exact() -> None:
    text = plain_1(ENGLISH)
    result = attach(known_of(text), ENGLISH.replace("\n", "\r\n"))
    assert statuses(result) == {"exact"}
    assert all((placed.start, placed.end) == key for key, placed in result.spans.items())
    assert result.sections == {(0, len(text)): Placed(0, len(text), "exact")}


def test_a_copy_with_text_before_it_is_moved() -> None:
    text = plain_1(ENGLISH)
    result = attach(known_of(text), f"Home | News\n\n{text}\n\nRead also: Port Sable")
    assert "moved" in statuses(result)
    for key, placed in (result.spans | result.sentences | result.sections).items():
        assert placed.start == key[0] + len("Home | News\n\n")


ALTERATIONS: dict[str, Callable[[str], str]] = {
    "lines": lambda text: re.sub(r" (\w+) (\w+) ", r"\n\1   \2\t", text),
    "no-break spaces, bidi controls": lambda text: text.replace(" ", "\u200f\u00a0\u2068"),
    "quotes, dashes": lambda text: (
        re.sub(r'"(.*?)"', r"«\1»", text, flags=re.S).replace("'", "’").replace(" - ", " — ")
    ),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "presentation forms": lambda text: text.replace("لا", "ﻻ").replace("ن", "ﻦ").replace("fi", "ﬁ"),
    "no harakat": lambda text: re.sub("[\u064b-\u0652ـ]", "", text),
    "digits": lambda text: text.translate({0x30 + n: 0x660 + n for n in range(10)}),
    "html": lambda text: "<!doctype html><p>" + text.replace("\n", "<br>").replace("harbour", "<b>har</b>bour"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
@pytest.mark.parametrize(("text", "names"), [(ENGLISH, ()), (ARABIC, ARABIC_NAMES)], ids=["en", "ar"])
def test_changes_of_typography_lose_nothing(text: str, names: tuple[str, ...], name: str) -> None:
    text = plain_1(text)
    known = known_of(text, names)
    copy = ALTERATIONS[name](text)
    result = attach(known, html_text(copy) if is_html(copy) else copy)
    found = result.spans | result.sentences
    assert set(found) == known.spans.keys() | known.sentences.keys()
    for key, placed in found.items():
        assert letters(words_at(result, placed)) == letters(text[slice(*key)]), placed
    starts = [placed.start for _, placed in sorted(found.items())]
    assert starts == sorted(starts, key=lambda start: start or 0)


def letters(text: str) -> str:
    """What is left of a text under every alteration."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(str(unicodedata.digit(char, char)) for char in text if char.isalnum() and char != "ـ")


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_proven_at_a_wrong_place(seed: int) -> None:
    """Paragraphs dropped, reordered, framed by lines with the same names, words replaced by words of the text."""
    rng = random.Random(seed)
    paragraphs = [" ".join(sentence(rng) for _ in range(rng.randint(1, 4))) for _ in range(12)]
    paragraphs += rng.sample(paragraphs, 2)
    text = "\n\n".join(paragraphs)
    known = known_of(text)
    altered = alter([(char, index) for index, char in enumerate(text)], rng)
    result = attach(known, "".join(char for char, _ in altered))
    assert result.text == "".join(char for char, _ in altered)
    origins = [origin for _, origin in altered]
    right = present = 0
    for key, placed in (result.spans | result.sentences).items():
        true = origins.index(key[0]) if key[0] in origins else None
        there = true is not None and origins[true : true + key[1] - key[0]] == list(range(*key))
        present += there
        right += there and placed.start == true and placed.end == (true or 0) + key[1] - key[0]
        if placed.status in ("exact", "moved") and there:
            assert placed.start == true, (key, text[slice(*key)])
        elif placed.status in ("exact", "moved"):
            assert placed.start is not None
            assert set(origins[placed.start : placed.end]) & set(range(*key)), (key, text[slice(*key)])
    assert right > present / 2


def sentence(rng: random.Random) -> str:
    words = [rng.choice(NAMES if rng.random() < 0.3 else WORDS) for _ in range(rng.randint(4, 14))]
    return f"{rng.choice(NAMES).removeprefix('the ')} {' '.join(words)}."


def alter(chars: Chars, rng: random.Random) -> Chars:
    text = "".join(char for char, _ in chars)
    for match in reversed(list(re.finditer(r"\w+", text))):
        if rng.random() < 0.03:
            chars[match.start() : match.end()] = [(char, -1) for char in rng.choice(WORDS)]
    parts: list[Chars] = [[]]
    for index, item in enumerate(chars):
        if item[0] == "\n":
            if chars[index - 1][0] != "\n":
                parts.append([])
        else:
            parts[-1].append(item)
    kept = [part for part in parts if rng.random() < 0.85]
    rng.shuffle(kept)
    kept += [[(char, -1) for char in f"Read also: {name} and {rng.choice(NAMES)}."] for name in NAMES[:3]]
    rng.shuffle(kept)
    return [item for part in kept for item in (*part, ("\n", -1), ("\n", -1))][:-2]


def test_a_repeated_paragraph_of_which_one_is_left_is_not_proven() -> None:
    paragraph = "Ina Torvald met Joren Maas in Osterhavn before the talks began."
    text = (
        f"Grey Lantern moved cash.\n\n{paragraph}\n\nPort Sable was closed for a week.\n\n{paragraph}\n\nThe end came."
    )
    copy = f"The end came.\n\n{paragraph}\n\nSomething else."
    result = attach(known_of(text), copy)
    for (start, _), placed in result.spans.items():
        if paragraph in text[start - 60 : start + 120] and start not in range(24):
            assert placed.status not in ("exact", "moved") or words_at(result, placed) in ("Port Sable", "The")


def test_a_dropped_name_is_lost_though_it_stands_elsewhere() -> None:
    text = (
        "Ina Torvald spoke for an hour in the old harbour hall.\n\n"
        "Joren Maas was put on the list of the ministry this week."
    )
    result = attach(known_of(text), f"{text.split(chr(10))[0]}\n\nMost read: the ministry and Joren Maas, a portrait")
    placed = result.spans[text.index("Joren"), text.index("Joren") + 10]
    assert placed.status in ("lost", "loose", "ambiguous")


def test_spans_of_an_edited_sentence_are_found_and_what_is_left_of_an_edited_name() -> None:
    text = plain_1(ENGLISH)
    copy = text.replace("opened a one-day meeting", "has opened a meeting").replace("Ina Torvald", "Ina Thorvald")
    result = attach(known_of(text), copy)
    town, name = text.index("Osterhavn"), text.index("Ina")
    assert words_at(result, result.spans[town, town + 9]) == "Osterhavn"
    assert words_at(result, result.spans[name, name + 11]) == "Ina Thorvald"
    assert result.spans[name, name + 11].status == "loose"


def test_marks_belong_to_the_letter_before_them() -> None:
    text = plain_1(ARABIC)
    known = known_of(text, ("تراجع",))
    result = attach(known, text.replace("تراجع", "تراجعًا"))
    ((_, placed),) = result.spans.items()
    assert words_at(result, placed) == "تراجعً"


@pytest.mark.parametrize("copy", ["", "\n", "Something else entirely, about fish.", "\x00" * 50, "a" * 5000])
def test_of_another_text_all_is_lost(copy: str) -> None:
    result = attach(known_of(plain_1(ENGLISH)), copy)
    assert statuses(result) <= {"lost", "loose", "ambiguous"}
    assert {placed.status for placed in result.sentences.values()} == {"lost"}


def test_an_unknown_recipe_is_an_error() -> None:
    known = known_of("Ina spoke.")
    with pytest.raises(ValueError, match="no recipe `plain-9`"):
        attach(Known("plain-9", known.sha256, {}, {}, {}), "Ina spoke.")


def test_html_keeps_words_together_and_blocks_apart() -> None:
    html = (
        "<html><head><title>x</title><style>p{}</style></head><body><nav><a>Home</a></nav>"
        "<p>Ina <b>Tor</b>vald\nspoke &amp; left.</p><p>Then<br>rain</p><script>1</script></body></html>"
    )
    assert is_html(html)
    assert not is_html("Ina < Joren")
    assert plain_1(html_text(html)) == "Home\n\nIna Torvald spoke & left.\n\nThen\nrain"
