"""What `exact` and `moved` prove: nothing at a wrong place, in other documents, shuffled words, spliced documents."""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cte_corpus.attach.attach import PROVEN, Attachment, attach
from cte_corpus.attach.known import Known
from cte_corpus.attach.verdict import COPIES
from cte_corpus.text.view import sha256
from tests.attach.test_attach import NAMES, WORDS, known_of

FIGURES = ["40 states", "900,000 dollars", "11 May 2022", "item 7", "2016"]
CLOSING = [
    "All property of the persons named today that is in Veltania must be blocked and reported to the Harbour Office.",
    "Any entity that is owned by one or more blocked persons, by half or more, is also blocked in Veltania.",
    "The ultimate goal of such measures is not to punish, but to bring about a change in behaviour.",
    "For information on how to be removed from a list, see the pages of the Harbour Office in Osterhavn.",
]
"""What all releases of an office say at their end."""


def sentence(rng: random.Random) -> str:
    words = [
        rng.choice(NAMES if (dice := rng.random()) < 0.25 else FIGURES if dice < 0.3 else WORDS)
        for _ in range(rng.randint(5, 16))
    ]
    return f"{rng.choice(NAMES).removeprefix('the ')} {' '.join(words)}."


def release(rng: random.Random, shared: list[str]) -> list[str]:
    """Paragraphs: a part of its own, some sentences that other releases have too, the closing of the office."""
    own = [[sentence(rng) for _ in range(rng.randint(1, 5))] for _ in range(rng.randint(4, 9))]
    for told in rng.sample(shared, min(3, len(shared))):
        rng.choice(own).append(told)
    return [" ".join(part) for part in own] + [" ".join(CLOSING[rng.randint(0, 1) :])]


def false_proofs(text: str, result: Attachment, origins: list[int]) -> Iterator[str]:
    """What is proven at a place whose characters do not come from there.

    Origins are the offsets in the reference of the copy's characters, -1 for those of other texts.
    """
    for key, placed in (result.spans | result.sentences | result.sections).items():
        if placed.status in PROVEN:
            assert placed.start is not None
            assert placed.end is not None
            if origins[placed.start : placed.end] != list(range(*key)):
                yield text[slice(*key)]


def judged(known: Known, text: str, copy: list[tuple[str, int]]) -> tuple[int, list[str], Attachment]:
    result = attach(known, "".join(char for char, _ in copy))
    assert result.text == "".join(char for char, _ in copy)
    count = len(result.spans) + len(result.sentences) + len(result.sections)
    return count, list(false_proofs(text, result, [origin for _, origin in copy])), result


def other(text: str) -> list[tuple[str, int]]:
    return [(char, -1) for char in text]


def own_paragraphs(text: str) -> list[list[tuple[str, int]]]:
    chars = [(char, index) for index, char in enumerate(text)]
    return [chars[match.start() : match.end()] for match in re.finditer(r"[^\n]+", text)]


def joined(parts: list[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    return [item for part in parts for item in (*part, ("\n", -1), ("\n", -1))][:-2]


def shuffled(text: str, related: str, rng: random.Random) -> list[tuple[str, int]]:
    words = text.split()
    rng.shuffle(words)
    return other(" ".join(words))


def spliced(text: str, related: str, rng: random.Random) -> list[tuple[str, int]]:
    """The beginning of one and the end of another, without the closing that both have."""
    parts, others = own_paragraphs(text)[:-1], related.split("\n\n")[:-1]
    cut = rng.randint(1, len(parts))
    return joined([*parts[:cut], *map(other, others[rng.randint(0, len(others) - 1) :])])


def interleaved(text: str, related: str, rng: random.Random) -> list[tuple[str, int]]:
    parts = [part for part in own_paragraphs(text)[:-1] if rng.random() < 0.8]
    others = [other(part) for part in related.split("\n\n")[:-1]]
    for part in others:
        parts.insert(rng.randint(0, len(parts)), part)
    return joined(parts) or other("x")


def quoted(text: str, related: str, rng: random.Random) -> list[tuple[str, int]]:
    """The upper half of one; below it, another on the topic."""
    parts = own_paragraphs(text)
    return joined([*parts[: max(1, len(parts) // 2)], other("Read also"), *map(other, related.split("\n\n"))])


MIXED: list[Callable[[str, str, random.Random], list[tuple[str, int]]]] = [shuffled, spliced, interleaved, quoted]


def placements(seed: int, alike: int = 0) -> tuple[int, list[str], list[str]]:
    """Six releases, some sentences of which are the same, in each other and in mixtures of two.

    Returns:
        How many placements were made, what is false, and all sentences.
    """
    rng = random.Random(seed)
    shared = [sentence(rng) for _ in range(alike)]
    texts = ["\n\n".join(release(rng, shared)) for _ in range(6)]
    total = 0
    false: list[Any] = []
    for text in texts:
        known = known_of(text)
        for related in texts:
            if related != text:
                count, found, result = judged(known, text, other(related))
                assert result.verdict.kind not in COPIES
                total, false = total + count, false + found
                for mixture in MIXED:
                    count, found, _ = judged(known, text, mixture(text, related, rng))
                    total, false = total + count, false + found
    return total, false, shared


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_proven_at_a_wrong_place(seed: int) -> None:
    total, false, _ = placements(seed)
    assert false == []
    assert total > 5_000


@pytest.mark.long
def test_nothing_is_proven_at_a_wrong_place_in_many_more() -> None:
    total = 0
    for seed in range(100, 150):
        count, false, _ = placements(seed)
        assert false == []
        total += count
    assert total > 300_000


@pytest.mark.long
def test_only_what_has_all_words_of_a_sentence_in_its_place_is_taken_for_it() -> None:
    """Where a sentence of the copied part was left out, and the other text has the same just there, no one can tell."""
    total, taken = 0, 0
    for seed in range(200, 220):
        count, false, shared = placements(seed, alike=6)
        total, taken = total + count, taken + len(false)
        assert all(any(words in told for told in shared) for words in false)
    assert taken < total / 5_000


LETTER = (
    "Both Carl Dorn Vesper and Annabel Husayn ‘Abd ‘Ali Marrow spoke at length about boats and tolls.",
    "Money went through Annabel Husayn ‘Abd ‘Ali Marrow in the port, they said.",
)


def test_words_are_compared_not_pieces() -> None:
    """A run of words that two quoted pieces make up, and which stands whole in another sentence."""
    text = "\n\n".join([*LETTER, *CLOSING])
    first = text.index("Annabel")
    second = text.index("Annabel", first + 1)
    whole = "Annabel Husayn ‘Abd ‘Ali Marrow"
    spans = {
        (0, 4): "Both",
        (first, first + 14): whole[:14],
        (first + 15, first + 19): whole[15:19],
        (first + 20, first + len(whole)): whole[20:],
        (second, second + len(whole)): whole,
    }
    sentences = known_of(text).sentences
    known = Known("plain-1", sha256(text), spans, sentences, {})
    for copy in (
        "He and Annabel Husayn ‘Abd ‘Ali Marrow spoke at length about boats and tolls.",
        "\n\n".join(["He and Annabel Husayn ‘Abd ‘Ali Marrow spoke at length about boats and tolls.", *CLOSING]),
    ):
        result = attach(known, copy)
        assert not any(placed.status in PROVEN for placed in result.spans.values())


@pytest.mark.parametrize("twin", ["{}", "“{}”", "{} "])
def test_a_sentence_that_the_reference_has_twice_is_not_proven_elsewhere(twin: str) -> None:
    told = "Ina Torvald met Joren Maas in Osterhavn before the talks began."
    parts = [
        told,
        *CLOSING[:2],
        "The port was closed for a week, and no one said why.",
        twin.format(told),
        *CLOSING[2:],
    ]
    text = "\n\n".join(parts).replace(" \n", "\n")
    copy = "\n\n".join([*CLOSING[:2], "The port was closed for a week, and no one said why.", *CLOSING[2:], told])
    result = attach(known_of(text), copy)
    assert result.verdict.kind in COPIES
    for (start, end), placed in (result.spans | result.sentences).items():
        if told in text[max(0, start - 70) : end + 70] and text[start:end] in twin.format(told):
            assert placed.status not in PROVEN


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda text: text.replace("\n\n", "\n \n"), "copy"),
        (lambda text: text.replace(" ", "\u00a0") + "\n\nRead also", "copy"),
        (lambda text: text.replace("harbour", "port"), "edited copy"),
        (lambda text: "\n\n".join(text.split("\n\n")[1:3]), "part"),
        (lambda text: "Nobody expected it.\n\n" * 60 + "\n\n".join(text.split("\n\n")[1:3]), "quotes it"),
        (
            lambda text: "We spoke with Ina Torvald and with Grey Lantern, at last, about something else.",
            "shares phrases",
        ),
        (lambda text: "Nothing of the kind.", "unrelated"),
        (lambda text: "", "unrelated"),
    ],
)
def test_the_verdict(change: Callable[[str], str], kind: str) -> None:
    rng = random.Random(3)
    text = "\n\n".join(["Ina Torvald and Grey Lantern met.", *release(rng, [])])
    verdict = attach(known_of(text), change(text)).verdict
    assert verdict.kind == kind
    assert all(0 <= share <= 1 for share in verdict[1:])
