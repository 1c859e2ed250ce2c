"""Nothing is proven at a wrong place, in real releases: in one another, spliced, quoted, shuffled, said twice."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cte_corpus.attach.attach import PROVEN, Attachment, Placed, attach
from cte_corpus.attach.known import Extent, Known, read
from cte_corpus.attach.likeness import ratio
from cte_corpus.attach.verdict import COPIES
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.text.fold import fold_short
from cte_corpus.text.view import RECIPES, recipe_of
from tests.attach.test_attach import known_of
from tests.attach.test_proof import joined, other, own_paragraphs, release, shuffled

Chars = list[tuple[str, int]]
"""Characters with their offsets in the reference text; -1 for those of other texts."""

SENTENCE = re.compile(r"\S(?:[^\n]*?[.](?=\s|$)|[^\n]*)")
RARE, SHARED = 6, 5
"""A word in at most so many releases is rare; two releases with so many rare words in common share a topic."""


@pytest.fixture(scope="module")
def releases(shared: Path) -> list[str]:
    paths = sorted((shared / "texts").rglob("*.md"))
    return [RECIPES[recipe_of(path.name)](path.read_text("utf-8")) for path in paths]


@pytest.fixture(scope="module")
def coded(sources: Path) -> dict[str, tuple[Known, str]]:
    """The bundled documents: what is known of them, and their sources."""
    found = {}
    for document in Corpus():
        key, known = document.raw["document"]["id"], read(document.raw)
        [path] = sources.glob(f"{key}.*")
        found[key] = known, RECIPES[known.recipe](path.read_text("utf-8"))
    return found


def on_one_topic(texts: list[str]) -> list[tuple[str, str]]:
    """All ordered pairs of texts that share rare words."""
    words = [set(re.findall(r"[^\W\d_]{3,}", text)) for text in texts]
    spread = Counter(word for own in words for word in own)
    rare = [{word for word in own if spread[word] <= RARE} for own in words]
    pairs = [(one, two) for one in range(len(texts)) for two in range(len(texts)) if one != two]
    return [(texts[one], texts[two]) for one, two in pairs if len(rare[one] & rare[two]) >= SHARED]


def sentences(text: str) -> list[Extent]:
    return [match.span() for match in SENTENCE.finditer(text)]


def own(text: str) -> Chars:
    return [(char, index) for index, char in enumerate(text)]


def others(text: str) -> list[Chars]:
    return [other(part) for part in re.split(r"\n+", text)]


def halves(text: str, related: str, rng: random.Random) -> Chars:
    """The first half of one, the second of the other; or the other way round. Words are cut, too."""
    if rng.random() < 0.5:
        return own(text)[: len(text) // 2] + other("\n\n" + related[len(related) // 2 :])
    return other(related[: len(related) // 2] + "\n\n") + own(text)[len(text) // 2 :]


def cut_anywhere(text: str, related: str, rng: random.Random) -> Chars:
    return own(text)[: rng.randint(1, len(text))] + other(related[rng.randint(0, len(related)) :])


def paragraph_inside(text: str, related: str, rng: random.Random) -> Chars:
    """Another text, with one paragraph quoted."""
    found = others(related)
    found.insert(rng.randint(0, len(found)), rng.choice(own_paragraphs(text)))
    return joined(found)


def related_below(text: str, related: str, rng: random.Random) -> Chars:
    """Less than half of the text above a related one."""
    kept = own_paragraphs(text)
    return joined([*kept[: rng.randint(1, max(1, len(kept) // 2))], other("Read also"), *others(related)])


def both(text: str, related: str, rng: random.Random) -> Chars:
    two = [own(text), other(related)]
    rng.shuffle(two)
    return joined(two)


def paragraphs_replaced(text: str, related: str, rng: random.Random) -> Chars:
    new = others(related)
    return joined([part if rng.random() < 0.7 else rng.choice(new) for part in own_paragraphs(text)])


def sentences_replaced(text: str, related: str, rng: random.Random) -> Chars:
    new = [related[start:end] for start, end in sentences(related)]
    chars, out, last = own(text), [], 0
    for start, end in sentences(text):
        out += chars[last:start]
        out += chars[start:end] if rng.random() < 0.8 else other(rng.choice(new))
        last = end
    return out + chars[last:]


def sentences_shuffled(text: str, related: str, rng: random.Random) -> Chars:
    chars = own(text)
    found = [chars[start:end] for start, end in sentences(text)]
    rng.shuffle(found)
    return joined(found)


def words_shuffled_near(text: str, related: str, rng: random.Random) -> Chars:
    """Each word within four of its place."""
    words = text.split()
    return other(" ".join(word for _, word in sorted(enumerate(words), key=lambda item: item[0] + rng.random() * 4)))


MIXED: list[Callable[[str, str, random.Random], Chars]] = [
    shuffled, words_shuffled_near, sentences_shuffled, halves, cut_anywhere, paragraph_inside, related_below, both,
    paragraphs_replaced, sentences_replaced,
]  # fmt: skip


def wrong(text: str, copy: Chars, result: Attachment) -> Iterator[tuple[str, bool]]:
    """What is proven where its characters do not come from, and whether no one can tell.

    That is so if its sentence was left out, and its words stand there, among the same words: as in an edited copy.
    """
    assert result.text == "".join(char for char, _ in copy)
    origins = [origin for _, origin in copy]
    left = set(origins)
    extents = sentences(text)
    for key, placed in (result.spans | result.sentences | result.sections).items():
        if placed.status in PROVEN:
            assert placed.start is not None
            assert placed.end is not None
            there = origins[placed.start : placed.end]
            if len(there) != key[1] - key[0] or any(
                at != origin and not text[at].isspace() for at, origin in zip(range(*key), there, strict=True)
            ):
                around = [start for start, end in extents if start < key[1] and key[0] < end]
                yield text[slice(*key)], left.isdisjoint(around) and is_there(text, key, result.text, placed)


def is_there(text: str, key: Extent, copy: str, placed: Placed) -> bool:
    """Whether the words of a place stand in a copy among the same words of a sentence."""
    assert placed.start is not None
    assert placed.end is not None
    start, end = next((start, end) for start, end in sentences(text) if key[0] < end)
    before, after = min(30, key[0] - start), min(30, max(end - key[1], 0))
    around = fold_short(text[key[0] - before : key[1] + after])
    there = fold_short(copy[max(0, placed.start - before) : placed.end + after])
    return fold_short(text[slice(*key)]) == fold_short(copy[placed.start : placed.end]) and ratio(around, there) > 0.7


def tidy(chars: Chars) -> Chars:
    """Without the white space that the recipe takes away: at line ends and both ends, and beyond one blank line."""
    text = "".join(char for char, _ in chars)
    out: Chars = []
    last = 0
    for run in re.finditer("[ \n]+", text):
        out += chars[last : run.start()]
        lines = [chars[place] for place in range(*run.span()) if text[place] == "\n"]
        out += (lines[:2] or [chars[run.start()]]) if out else []
        last = run.end()
    out += chars[last:]
    while out and out[-1][0].isspace():
        out.pop()
    return out


def count(result: Attachment) -> int:
    return len(result.spans) + len(result.sentences) + len(result.sections)


def mixtures(pairs: list[tuple[str, str]], rng: random.Random) -> tuple[int, int]:
    """How many placements were made in mixtures of two texts, and how many no one can tell; others must be right."""
    total = untold = 0
    for text, related in pairs:
        known = known_of(text)
        for mixture in MIXED:
            copy = tidy(mixture(text, related, rng))
            result = attach(known, "".join(char for char, _ in copy), "plain-1")
            found = list(wrong(text, copy, result))
            assert [words for words, is_untold in found if not is_untold] == [], mixture.__name__
            total, untold = total + count(result), untold + len(found)
    return total, untold


def in_one_another(pairs: list[tuple[str, str]]) -> int:
    """How many placements were made of texts in others. Two versions of one speech have paragraphs in common."""
    total = 0
    for text, related in pairs:
        result = attach(known_of(text), related, "plain-1")
        total += count(result)
        for key, placed in (result.spans | result.sentences).items():
            if placed.status in PROVEN:
                assert is_there(text, key, result.text, placed)
    return total


def short(pairs: list[tuple[str, str]], size: int = 12_000) -> list[tuple[str, str]]:
    return [pair for pair in pairs if len(pair[0]) + len(pair[1]) <= size]


def test_no_source_is_proven_in_another(coded: dict[str, tuple[Known, str]]) -> None:
    """Whole, in part, and below less than half of the document's own text."""
    assert len(coded) > 2
    for key, (known, text) in coded.items():
        for related, (_, copy) in coded.items():
            if key != related:
                for start, end in ((0, 1), (0, 0.5), (0.5, 1), (0.25, 0.75)):
                    part = copy[int(start * len(copy)) : int(end * len(copy))]
                    result = attach(known, part, "plain-1")
                    assert result.verdict.kind not in COPIES
                    assert not any(placed.status in PROVEN for placed in result.spans.values())
                for seed in range(4):
                    chars = related_below(text, copy, random.Random(seed))
                    result = attach(known, "".join(char for char, _ in chars), "plain-1")
                    assert list(wrong(text, chars, result)) == []


def test_no_release_is_proven_in_another(releases: list[str]) -> None:
    pairs = on_one_topic(releases)
    assert len(pairs) > 1_000
    assert in_one_another(random.Random(1).sample(short(pairs), 25)) > 4_000


def test_nothing_is_proven_wrongly_in_mixtures_of_releases(releases: list[str]) -> None:
    pairs = random.Random(2).sample(short(on_one_topic(releases)), 8)
    total, untold = mixtures(pairs, random.Random(3))
    assert total > 10_000
    assert untold < total / 500


@pytest.mark.long
def test_no_release_is_proven_in_any_other_on_its_topic(releases: list[str]) -> None:
    assert in_one_another(on_one_topic(releases)) > 400_000


@pytest.mark.long
def test_nothing_is_proven_wrongly_in_many_more_mixtures(releases: list[str]) -> None:
    pairs = random.Random(4).sample(short(on_one_topic(releases), 40_000), 120)
    total, untold = mixtures(pairs, random.Random(5))
    assert total > 200_000
    assert untold < total / 1_000


def said_twice(text: str, rng: random.Random) -> str:
    """The text with up to four of its sentences again elsewhere, in a paragraph or as one."""
    found = [text[start:end] for start, end in sentences(text)]
    lines = [part for part in re.split(r"\n+", text) if part]
    for told in rng.sample(found, min(4, len(found))):
        place = rng.randrange(len(lines))
        if rng.random() < 0.5:
            lines.insert(place, told)
        else:
            lines[place] += f" {told}"
    return "\n\n".join(lines)


def thinned(text: str, rng: random.Random) -> Chars:
    """Paragraphs left out, or moved, and sentences left out of those that are kept."""
    kept = [part for part in own_paragraphs(text) if rng.random() < 0.85]
    if kept and rng.random() < 0.7:
        kept.insert(rng.randrange(len(kept)), kept.pop(rng.randrange(len(kept))))
    out = []
    for part in kept:
        words = "".join(char for char, _ in part)
        told = [part[start:end] for start, end in sentences(words) if rng.random() < 0.93]
        out.append([item for sentence in told for item in (*sentence, (" ", -1))][:-1])
    return joined([part for part in out if part]) or other("x")


def twice(texts: list[str], rng: random.Random) -> int:
    total = 0
    for text in texts:
        reference = said_twice(text, rng)
        known = known_of(reference)
        for _ in range(4):
            copy = thinned(reference, rng)
            result = attach(known, "".join(char for char, _ in copy), "plain-1")
            assert list(wrong(reference, copy, result)) == []
            total += count(result)
    return total


def test_the_beginning_of_an_edited_sentence_is_not_a_heading_that_was_left_out() -> None:
    before = "The port of Osterhavn was closed for a week, and no one said why."
    after = "Ina Torvald-Maas of Veltania is the chief of the harbour guards, and has led them since 2016."
    rest = ["Envoys of forty states met there before dawn.", "Cash was carried to the harbour of Port Sable."]
    text = "\n\n".join([before, "Ina Torvald-Maas of Veltania", rest[0], after, rest[1]])
    copy = "\n\n".join([before, after.replace("the chief", "chief"), *rest])
    result = attach(known_of(text), copy)
    assert result.verdict.kind in COPIES
    heading = range(text.index("Ina"), text.index(rest[0]))
    for key, placed in (result.spans | result.sentences).items():
        assert key[0] not in heading or placed.status not in PROVEN


@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_twice_is_proven_where_it_stands_or_nowhere(seed: int) -> None:
    rng = random.Random(seed)
    assert twice(["\n\n".join(release(rng, [])) for _ in range(8)], rng) > 2_000


@pytest.mark.long
def test_what_releases_say_twice_is_proven_where_it_stands_or_nowhere(releases: list[str]) -> None:
    assert twice([text for text in releases if len(text) < 20_000], random.Random(6)) > 150_000
