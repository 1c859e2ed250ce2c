"""How well and how fast quotes are looked up: python benchmarks/ground.py --texts DIR

Of every text the sentences and capitalised names are quoted; some quotes are altered, come from another text, or are
invented. The same quotes go to `cte.ground`, to a plain search, to rapidfuzz and to langextract's aligner.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from rapidfuzz import fuzz

import cte_corpus as cte
from cte_corpus.attach.grounded import STATUSES
from cte_corpus.text.terminal import table
from cte_corpus.text.view import RECIPES, recipe_of

KINDS = ("one word", "one figure", "one negation", "order", "another text", "invented")
ALTERED = 0.1
ALIKE = 90
"""What rapidfuzz's `partial_ratio` must reach to count as found."""

SECONDS = 400
"""langextract is given no further text after so long."""

_NAME = re.compile(r"[A-Z][\w’'.&-]*\w(?: (?:of |the |and )?[A-Z][\w’'.&-]*\w)*")
_SENTENCE = re.compile(r"\S(?:[^\n]*?[.!?]['\"”’)*]*(?=\s)|[^\n]*)")
_WORDS = ("harvest", "Calloway", "lantern", "violet", "Osterhavn", "granted", "sleeping", "upward")


class Quote(NamedTuple):
    """A quote; `kind` is empty where it stands in the text as it is."""

    words: str
    kind: str


def quoted(text: str, others: list[str], rng: random.Random) -> list[Quote]:
    """The quotes of a text in its order, some of them altered. What an alteration left or made true is as it is."""
    found = []
    places = sorted(match.span() for pattern in (_SENTENCE, _NAME) for match in pattern.finditer(text))
    spaced = " ".join(text.split())
    for start, end in places:
        words, kind = text[start:end].strip(), ""
        if not any(map(str.isalnum, words)):
            continue
        if rng.random() < ALTERED:
            kind = rng.choice(KINDS)
            words = altered(words, kind, others, rng)
            if not words or stands(" ".join(words.split()), spaced):
                continue
        found.append(Quote(words, kind))
    return found


def stands(words: str, spaced: str) -> bool:
    """Whether words stand in a text, with white space as one space in both, as whole words. Told without our code."""
    return bool(re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", spaced)) or words.casefold() in spaced.casefold()


def altered(words: str, kind: str, others: list[str], rng: random.Random) -> str:
    """A quote in which one thing was changed; empty where it has no such thing."""
    parts = words.split()
    at = rng.randrange(len(parts))
    if kind == "one word":
        parts[at] = rng.choice(_WORDS)
    elif kind == "one figure":
        figures = list(re.finditer(r"\d+", words))
        if not figures:
            return ""
        one = rng.choice(figures)
        return f"{words[: one.start()]}{int(one[0]) + rng.choice((1, 2, 10))}{words[one.end() :]}"
    elif kind == "one negation":
        without = re.sub(r"\b(?:not|never|no) ", "", words, count=1)
        if without != words:
            return without
        if len(parts) < 3:
            return ""
        parts.insert(rng.randrange(1, len(parts)), rng.choice(("not", "never")))
    elif kind == "order":
        if len(parts) < 2:
            return ""
        at = rng.randrange(len(parts) - 1)
        parts[at], parts[at + 1] = parts[at + 1], parts[at]
    elif kind == "another text":
        one = rng.choice(list(re.finditer(_SENTENCE, rng.choice(others))))
        return one[0].strip() if any(map(str.isalnum, one[0])) else ""
    else:
        return " ".join(rng.choice(_WORDS) for _ in range(rng.randrange(2, 20)))
    return " ".join(parts)


class Tally:
    """How one way of looking up did."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.counts: Counter[str] = Counter()

    def add(self, quote: Quote, is_exact: bool, is_found: bool, is_right: bool) -> None:
        """Count an answer: whether the quote passes as it is, or at all, and whether its words stand at that place."""
        self.counts[f"{'altered' if quote.kind else 'there'}"] += 1
        if quote.kind:
            self.counts["passes as exact"] += is_exact
            self.counts["passes at all"] += is_found
            self.counts[f"passes: {quote.kind}"] += is_found
            self.counts[f"of: {quote.kind}"] += 1
        else:
            self.counts["exact"] += is_exact
            self.counts["found"] += is_found
            self.counts["elsewhere"] += is_found and not is_right


def ours(text: str, quotes: list[Quote], tally: Tally) -> None:
    begun = time.process_time()
    found = cte.ground(text, [quote.words for quote in quotes])
    tally.seconds += time.process_time() - begun
    for quote, one in zip(quotes, found, strict=True):
        exact = one.status in ("exact", "moved") or (one.status == "ambiguous" and not one.differs)
        right = not one.spots or all(same(quote.words, text[spot.start : spot.end]) for spot in one.spots)
        tally.add(quote, exact, one.found, right)
        tally.counts["absent"] += not quote.kind and one.status == "absent"
        if quote.kind:
            tally.counts[f"{one.status} of altered"] += 1


def plain(text: str, quotes: list[Quote], tally: Tally) -> None:
    begun = time.process_time()
    found = [text.find(quote.words) for quote in quotes]
    tally.seconds += time.process_time() - begun
    for quote, start in zip(quotes, found, strict=True):
        tally.add(quote, start >= 0, start >= 0, True)


def alike(text: str, quotes: list[Quote], tally: Tally) -> None:
    begun = time.process_time()
    found = [fuzz.partial_ratio_alignment(quote.words, text, score_cutoff=ALIKE) for quote in quotes]
    tally.seconds += time.process_time() - begun
    for quote, one in zip(quotes, found, strict=True):
        there = bool(one and one.score)
        right = there and same(quote.words, text[one.dest_start : one.dest_end])
        tally.add(quote, bool(there and one.score == 100), there, right)


class Peer:
    """langextract in an environment of its own."""

    def __init__(self, folder: Path) -> None:
        python = folder / "bin" / "python"
        if not python.exists():
            print(f"  installing langextract into {folder}\n")
            venv.create(folder, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "langextract"], check=True)
        script = Path(__file__).with_name("ground_peer.py")
        self._process = subprocess.Popen([python, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, text: str, quotes: list[Quote], tally: Tally) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"text": text, "quotes": [quote.words for quote in quotes]}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        tally.seconds += answer["seconds"]
        for quote, (status, start, end) in zip(quotes, answer["found"], strict=True):
            right = start is not None and same(quote.words, text[start:end])
            tally.add(quote, status == "match_exact", start is not None, right)

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def same(one: str, other: str) -> bool:
    """Whether two pieces of text have the same letters and signs, white space apart."""
    return "".join(one.split()) == "".join(other.split())


def texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.md")):
        yield RECIPES[recipe_of(path.name)](path.read_text(encoding="utf-8"))


def rows(tallies: dict[str, Tally]) -> list[list[str]]:
    shown = []
    for name, tally in tallies.items():
        count = tally.counts
        there, wrong = count["there"] or 1, count["altered"] or 1
        shown.append(
            [
                name, f"{count['there']:,}", f"{count['exact'] / there:.2%}", f"{there - count['found']:,}",
                f"{count['elsewhere']:,}", f"{count['altered']:,}", f"{count['passes as exact']:,}",
                f"{count['passes at all'] / wrong:.1%}", f"{1e3 * tally.seconds / (there + wrong):.2f}",
            ]
        )  # fmt: skip
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=0, help="langextract gets only so many texts, evenly spread")
    parser.add_argument("--work", type=Path, default=Path("build/langextract"), help="where langextract is installed")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    found = list(texts(given.texts))
    cases = [(text, quoted(text, found[:index] + found[index + 1 :], rng)) for index, text in enumerate(found)]
    ways: dict[str, Callable[[str, list[Quote], Tally], None]] = {
        "cte.ground": ours, "plain search": plain, f"rapidfuzz, {ALIKE} or more": alike,
    }  # fmt: skip
    tallies = {name: Tally() for name in ways}
    for text, quotes in cases:
        for name, way in ways.items():
            way(text, quotes, tallies[name])
    step = max(1, len(cases) // given.sample) if given.sample else 1
    peer, tally, done = Peer(given.work), Tally(), 0
    for text, quotes in cases[::step]:
        if tally.seconds > SECONDS:
            break
        peer(text, quotes, tally)
        done += 1
    peer.close()
    tallies[f"langextract, {done} texts"] = tally
    print(f"{len(cases)} texts, {sum(len(text) for text in found):,} characters, seed {given.seed}\n")
    heads = ["", "there", "exact", "not found", "elsewhere", "wrong", "pass as exact", "pass at all", "ms/quote"]
    print(table(heads, rows(tallies)))
    print()
    kinds = [
        [name, *(f"{one.counts[f'passes: {kind}']:,} of {one.counts[f'of: {kind}']:,}" for kind in KINDS)]
        for name, one in tallies.items()
    ]
    print(table(["wrong quotes that pass", *KINDS], kinds))
    own = tallies["cte.ground"].counts
    of_wrong = ", ".join(f"{own[f'{status} of altered']:,} {status}" for status in STATUSES)
    print(f"\ncte.ground: {own['absent']} that stand there are absent; of the wrong ones {of_wrong}")
    if own["passes as exact"] or own["absent"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
