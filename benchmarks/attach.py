"""How well and how fast `attach` puts spans back: python benchmarks/attach.py --source FILE --texts DIR

Every text is altered in known ways; the truth is the origin of each character. A span counts as present while all its
letters, digits and signs are in the copy; white space, format characters and marks do not count.
"""

import argparse
import html
import random
import re
import sys
import time
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from math import log
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from alterations import ALL, AMONG_OTHERS, DIVIDED, ENCODED, LOSSLESS, LOSSY, Chars, replaced

from cte_corpus.attach.attach import Attachment, Placed, attach
from cte_corpus.attach.known import Extent, Known, read
from cte_corpus.attach.likeness import ratio
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.text import sources
from cte_corpus.text.fold import fold_short
from cte_corpus.text.view import RECIPES, digest, plain_1, recipe_of, sha256

_NAME = re.compile(r"[A-Z][\w’'.&-]*\w(?: (?:of |the |and )?[A-Z][\w’'.&-]*\w)*")
_SENTENCE = re.compile(r"\S(?:[^\n]*?[.!?]['\"”’)*]*(?=\s)|[^\n]*)")
_NOT_COUNTED = ("Zs", "Cc", "Cf", "Mn", "Zl", "Zp")


def known_of(text: str) -> Known:
    """What a document coded with every sentence and every capitalised name would tell of its text."""
    sentences = {(m.start(), m.end()): digest(m[0].rstrip()) for m in _SENTENCE.finditer(text)}
    sentences = {
        (s, s + len(text[s:e].rstrip())): value for (s, e), value in sentences.items() if any(map(_counted, text[s:e]))
    }
    spans = {(m.start(), m.end()): m[0] for m in _NAME.finditer(text) if len(m[0]) <= 80}
    return Known("plain-1", sha256(text), spans, sentences, {(0, len(text)): sha256(text)})


def _counted(char: str) -> bool:
    return unicodedata.category(char) not in _NOT_COUNTED and char != "ـ"


class Truth:
    """Where each counted character of the reference text went."""

    def __init__(self, reference: str, altered: Chars, text: str) -> None:
        origins: list[int] = []
        self._rank: dict[int, tuple[int, int]] = {}
        for part, origin in altered:
            if part == "":  # went into the character before
                self._rank[origin] = (len(origins) - 1, len(origins) - 1)
            elif origin != -2:
                for char in unicodedata.normalize("NFC", html.unescape(part)):
                    if _counted(char):
                        rank = len(origins)
                        if origin >= 0:
                            self._rank[origin] = (self._rank.get(origin, (rank, rank))[0], rank)
                        origins.append(origin)
        self._places = [index for index, char in enumerate(text) if _counted(char)]
        if len(origins) != len(self._places):
            raise AssertionError(f"lost track: {len(origins)} characters, {len(self._places)} in the copy")
        self._reference = reference
        self._ranks = origins

    def judge(self, key: Extent, placed: Placed, twins: Iterable[Extent]) -> str:
        """`right`, `wrong`, `lost`; with `gone-` before it where the span is no longer there as a whole.

        Twins are the same words in paragraphs with the same text: no one could tell which is which, and `ambiguous` at
        one of them is right.
        """
        wanted = [index for index in range(*key) if _counted(self._reference[index])]
        ranks = [self._rank.get(index) for index in wanted]
        left = [rank for rank in ranks if rank is not None]
        whole = len(left) == len(wanted) and bool(left)
        if whole:
            first, last = left[0][0], left[-1][1]
            whole = all(origin == DIVIDED or key[0] <= origin < key[1] for origin in self._ranks[first : last + 1])
        if placed.start is None or placed.end is None:
            return "lost" if whole else "gone-lost"
        begin = bisect_left(self._places, placed.start)
        end = bisect_left(self._places, placed.end) - 1
        if whole and (begin, end) == (first, last):
            return "right"
        if placed.status == "ambiguous" and twins and any(self.judge(twin, placed, ()) == "right" for twin in twins):
            return "right"
        if whole:
            return "wrong"
        touches = any(begin <= rank[1] and rank[0] <= end for rank in left)
        return "gone-right" if touches else "gone-wrong"


class Twins:
    """Paragraphs that a text has more than once."""

    def __init__(self, text: str) -> None:
        found: dict[str, list[int]] = {}
        self._starts: list[int] = []
        self._paragraphs: list[str] = []
        for match in re.finditer(r"(?:[^\n]|\n(?!\n))+", text):
            self._starts.append(match.start())
            self._paragraphs.append(match[0])
            found.setdefault(match[0], []).append(match.start())
        self._found = found

    def __call__(self, key: Extent) -> list[Extent]:
        index = bisect_right(self._starts, key[0]) - 1
        own = self._starts[index]
        others = self._found[self._paragraphs[index]]
        return [(key[0] - own + start, key[1] - own + start) for start in others if start != own]


def most_alike(known: Known, others: list[tuple[Known, str]]) -> str:
    """The other text that shares most sentences with one."""
    own = set(known.sentences.values())
    rest = (other for other in others if other[0].sha256 != known.sha256)
    return max(rest, key=lambda other: len(own.intersection(other[0].sentences.values())))[1]


def pairs(cases: list[tuple[Known, str]]) -> None:
    """Each text against every other on its topic: none is its copy, so nothing may be proven.

    A proof is false unless the words stand there as they do in the reference, with those before or after them: two
    versions of one speech have whole paragraphs in common. All cores work, a text at a time.
    """
    global CASES
    CASES = cases
    words = [{name for name in known.spans.values() if len(name) > 8} for known, _ in cases]
    sentences = [set(known.sentences.values()) for known, _ in cases]
    related = [
        [
            other
            for other in range(len(cases))
            if len(words[index] & words[other]) >= NAMES or len(sentences[index] & sentences[other]) >= SENTENCES
            if cases[index][0].sha256 != cases[other][0].sha256
        ]
        for index in range(len(cases))
    ]
    attached = placements = 0
    verdicts: Counter = Counter()
    proofs: Counter = Counter()
    false: Counter = Counter()
    with get_context("fork").Pool() as pool:
        for index, found in enumerate(pool.imap(_in_others, enumerate(related))):
            for other, kind, placed, proven, wrong in found:
                attached, placements = attached + 1, placements + placed
                verdicts[kind] += 1
                proofs[index, other] += proven
                false[index, other] += wrong
            if sys.stderr.isatty():
                print(f"\r{index + 1} of {len(cases)} texts", end="", file=sys.stderr, flush=True)
    print(f"\n{attached:,} pairs on one topic, {placements:,} placements, {sum(false.values())} false proofs")
    print(", ".join(f"{name} {number}" for name, number in verdicts.most_common()))
    for (index, other), number in (+proofs).most_common():
        print(
            f"{number} proofs, {false[index, other]} false:",
            cases[index][1][:60].split("\n"),
            cases[other][1][:60].split("\n"),
        )


CASES: list[tuple[Known, str]] = []
"""What `pairs` works on; its processes are forks and have it."""


def _in_others(task: tuple[int, list[int]]) -> list[tuple[int, str, int, int, int]]:
    """A text in others: for each its number, the verdict, and how many placements, proofs and false proofs."""
    index, others = task
    known, text = CASES[index]
    found = []
    for other in others:
        result = attach(known, CASES[other][1])
        places = [item for _, group in _kinds(result) for item in group.items()]
        proven = [(key, placed) for key, placed in places if placed.status in ("exact", "moved")]
        wrong = sum(not _has_words(text, key, result.text, placed) for key, placed in proven)
        found.append((other, result.verdict.kind, len(places), len(proven), wrong))
    return found


NAMES, SENTENCES = 8, 3
"""So many long names, or sentences, two texts have in common to be about one topic."""


def _has_words(text: str, key: Extent, copy: str, placed: Placed) -> bool:
    assert placed.start is not None
    assert placed.end is not None
    before, there_before = text[max(0, key[0] - 60) : key[1]], copy[max(0, placed.start - 60) : placed.end]
    after, there_after = text[key[0] : key[1] + 60], copy[placed.start : placed.end + 60]
    pairs = ((before, there_before), (after, there_after))
    alike = any(ratio(fold_short(one), fold_short(other)) > 0.7 for one, other in pairs)  # a sentence may be cut
    return alike and fold_short(text[slice(*key)]) == fold_short(copy[placed.start : placed.end])


def measure(
    cases: list[tuple[Known, str]], changes: list[list], seed: int, encoding: str = "utf-8"
) -> tuple[Counter, Counter, float]:
    """Counts of judgements, with and without status, and the seconds that attaching took."""
    counts: Counter = Counter()
    proofs: Counter = Counter()
    seconds = 0.0
    for number, (known, text) in enumerate(cases):
        rng = random.Random(seed * 1000 + number)
        chars: Chars = [(char, index) for index, char in enumerate(text)]
        for change in changes[number]:
            chars = change(chars, rng)
        copy = "".join(char for char, _ in chars).encode(encoding, "xmlcharrefreplace")
        begin = time.process_time()
        result = attach(known, sources.of_bytes(copy).text)
        seconds += time.process_time() - begin
        truth = Truth(text, chars, result.text)
        twins = Twins(text)
        for kind, places in _kinds(result):
            for key, placed in places.items():
                judged = truth.judge(key, placed, twins(key))
                counts[kind, judged] += 1
                proofs[kind, placed.status, judged] += 1
                if SHOW and judged.endswith(("wrong", "lost")) and judged != "gone-lost":
                    got = result.text[placed.start : placed.end] if placed.start is not None else ""
                    print(number, kind, placed.status, judged, key, repr(text[slice(*key)]), repr(got))
    return counts, proofs, seconds


SHOW = False


def _kinds(result: Attachment) -> list[tuple[str, dict[Extent, Placed]]]:
    return [("span", result.spans), ("sentence", result.sentences)]


def _rows(name: str, cases: list[tuple[Known, str]], changes: list, seed: int) -> None:
    counts, proofs, seconds = measure(cases, changes, seed, ENCODED.get(name, "utf-8"))
    for kind in ("span", "sentence"):
        present = sum(counts[kind, judged] for judged in ("right", "wrong", "lost"))
        proven = sum(proofs[kind, status, "right"] for status in ("exact", "moved"))
        false = sum(
            number
            for (which, status, judged), number in proofs.items()
            if which == kind and status in ("exact", "moved") and judged not in ("right",)
        )
        gone = sum(number for (which, judged), number in counts.items() if which == kind and judged.startswith("gone"))
        print(
            f"{name:27} {kind:8} {present:7} {counts[kind, 'right'] / present:8.3%} {proven / present:8.2%}"
            f" {counts[kind, 'wrong'] / present:8.3%} {counts[kind, 'lost'] / present:8.3%}"
            f" {gone:6} {counts[kind, 'gone-wrong']:6} {false:6} {seconds:8.3f}",
            flush=True,
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, help="the source of the bundled document")
    parser.add_argument("--texts", type=Path, help="a folder of texts in English")
    parser.add_argument("--every", type=int, default=1, help="take every n-th text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="alterations whose name contains this")
    parser.add_argument("--show", action="store_true", help="print what is wrong or lost")
    parser.add_argument("--pairs", action="store_true", help="also attach the texts to each other")
    parser.add_argument("--growth", type=int, default=0, help="also measure how time grows, up to so many characters")
    options = parser.parse_args()
    global SHOW
    SHOW = options.show
    groups: dict[str, list[tuple[Known, str]]] = {}
    others: list[tuple[Known, str]] = []
    if options.source:
        raw = next(iter(Corpus())).raw
        groups["the article"] = [(read(raw), plain_1(options.source.read_text("utf-8")))]
    if options.texts:
        texts = [RECIPES[recipe_of(path.name)](path.read_text("utf-8")) for path in sorted(options.texts.rglob("*.*"))]
        others = [(known_of(text), text) for text in texts]
        groups[f"{len(others[:: options.every])} texts"] = others[:: options.every]
    for group, cases in groups.items():
        heads = [f"{head:>8}" for head in ("right", "proven", "wrong", "lost")]
        heads += [f"{head:>6}" for head in ("gone", "false+", "false!")]
        print(f"\n{group}\n{'alteration':27} {'what':8} {'present':>7} {' '.join(heads)} {'seconds':>8}")
        table = {name: [change] for name, change in (LOSSLESS | LOSSY).items()} | {"all together": ALL}
        for name, changes in table.items():
            if options.only in name:
                _rows(name, cases, [changes] * len(cases), options.seed)
        for name, among in AMONG_OTHERS.items():
            if options.only in name and others:
                _rows(name, cases, [[among(most_alike(known, others))] for known, _ in cases], options.seed)
    if options.pairs:
        coded = (
            [(read(document.raw), document.raw["document"]["id"]) for document in Corpus()] if options.source else []
        )
        pairs(others + [(known, _source(options.source.parent, key, known)) for known, key in coded])
    if options.growth:
        if "the article" in groups:
            one_article(*groups["the article"][0])
        growth([text for cases in groups.values() for _, text in cases], options.growth)


def _source(folder: Path, key: str, known: Known) -> str:
    return RECIPES[known.recipe](next(folder.glob(f"{key}.*")).read_text("utf-8"))


def growth(texts: list[str], largest: int) -> None:
    """Processor seconds for longer and longer texts, with one word in 50 replaced; the exponent, 1 if it is linear."""
    print(f"\n{'characters':>12} {'seconds':>8} {'a million':>10} {'exponent':>9}")
    paragraphs = [part for text in texts for part in text.split("\n\n")]
    random.Random(1).shuffle(paragraphs)  # so that names and sentences are as dense in a part as in the whole
    whole = "\n\n".join(paragraphs)
    before: tuple[int, float] | None = None
    for size in (size for size in (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000) if size <= largest):
        text = plain_1((whole * (size // len(whole) + 1))[:size])
        copy = re.sub(r"[^\W_]+", partial(_instead, random.Random(1)), text)
        known = known_of(text)
        seconds = least(partial(attach, known, copy), 1)
        exponent = f"{log(seconds / before[1]) / log(size / before[0]):9.2f}" if before else ""
        before = size, seconds
        print(f"{size:12,} {seconds:8.2f} {seconds / size * 1e6:10.2f} {exponent}", flush=True)


def _instead(rng: random.Random, match: re.Match[str]) -> str:
    return "instead" if rng.random() < 0.02 else match[0]


def least(call: Callable[[], object], times: int) -> float:
    """Processor seconds of a call: the least of several, for the machine does other things, too."""
    found = []
    for _ in range(times):
        begin = time.process_time()
        call()
        found.append(time.process_time() - begin)
    return min(found)


def one_article(known: Known, text: str) -> None:
    """Milliseconds to attach the article after import: as it is, and edited."""
    rng = random.Random(1)
    copies = {"as it is": text, "edited": "".join(char for char, _ in replaced(list(zip(text, count())), rng))}
    for name, copy in copies.items():
        print(f"the article, {name}: {1000 * least(partial(attach, known, copy), 20):.1f} ms")


if __name__ == "__main__":
    main()
