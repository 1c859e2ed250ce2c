"""What the checker sees of wrong records: `python benchmarks/mutations.py --corpus DIR --texts DIR`.

Each field of each record is made wrong, one at a time, and the checker is asked with and without the source text.
What is not seen is held against `mutations.toml`, which lists by kind what no rule could see, and why. As most kinds
are seen in part, the share of all mutants has a bound too: else a rule that breaks would pass for a reading.
"""

import argparse
import shutil
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from measure import table
from mutants import DROP, Mutant, Mutator

from cte_corpus.checking import engine

UNJUDGED = frozenset({engine.LAYOUT})
"""The layout of the files is left out: a program that writes wrong values writes them canonically."""

REASONS = Path(__file__).with_name("mutations.toml")


@cache
def reasons() -> dict[str, str]:
    """Why no rule can see a kind of mutant: pattern of the kind -> reason."""
    listed = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return {pattern: reason["why"] for reason in listed.values() for pattern in reason["kinds"]}


def reason(kind: str) -> str:
    """Why no rule can see this kind; empty where one could."""
    return next((why for pattern, why in reasons().items() if fnmatchcase(kind, pattern)), "")


class Judge:
    """A copy of a corpus, in which one file at a time is wrong."""

    def __init__(self, root: Path, texts: Path | None, work: Path) -> None:
        self.root = work / "corpus"
        self._texts = texts
        shutil.copytree(root, self.root)

    def codes(self, mutant: Mutant, text: bool) -> tuple[str, ...]:
        """The codes of what is found in a mutant; a document alone where that is enough."""
        path = self.root / mutant.path
        before = path.read_bytes()
        path.write_bytes(orjson.dumps(made(orjson.loads(before), mutant)))
        texts = self._texts if text else None
        try:
            found = self._run(path.parent, texts) if mutant.path.parts[0] == "documents" else ()
            return found or self._run(self.root, texts)
        finally:
            path.write_bytes(before)

    def _run(self, target: Path, texts: Path | None) -> tuple[str, ...]:
        found = engine.run(target, text=texts, ignore=UNJUDGED).diagnostics
        return tuple(sorted(item.code for item in found))


def made(value: Any, mutant: Mutant) -> Any:
    """The decoded file with the changes of a mutant."""
    for pointer, new in mutant.edits:
        holder = value
        for part in pointer[:-1]:
            holder = holder[part]
        last = pointer[-1]
        if new is DROP:
            del holder[last]
        elif isinstance(holder, list) and last == len(holder):
            holder.append(new)
        else:
            holder[last] = new
    return value


def main() -> int:
    """Make the mutants, judge them, print the table; 1 where less is seen than is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--texts", type=Path, metavar="DIR")
    parser.add_argument("--seed", default="steady")
    parser.add_argument("--most", type=int, default=2, help="mutants of each kind in each document")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of all of them, by chance")
    parser.add_argument("--with-text", type=float, default=95, metavar="PERCENT", help="the least that is to be seen")
    parser.add_argument("--without", type=float, default=90, metavar="PERCENT")
    parser.add_argument("--of-all", type=float, default=75, metavar="PERCENT", help="of all, unseeable ones too")
    parser.add_argument("--list", action="store_true", help="print each mutant that is not seen")
    options = parser.parse_args()
    mutator = Mutator(options.corpus, options.texts, options.seed)
    mutants = mutator.mutants(options.most, options.sample)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    many = 0
    with tempfile.TemporaryDirectory() as work:
        judge = Judge(options.corpus, options.texts, Path(work))
        for mutant in mutants:
            codes = judge.codes(mutant, text=False)
            how = "without"
            if not codes and options.texts:
                codes, how = judge.codes(mutant, text=True), "with"
            many += len(codes) > 10
            if not codes:
                how = "unseeable" if reason(mutant.kind) else "unseen"
                if options.list and how == "unseen":
                    print(
                        mutant.path,
                        mutant.kind,
                        [("/".join(map(str, p)), "-" if v is DROP else v) for p, v in mutant.edits],
                    )
            seen[mutant.kind][how] += 1
    return report(seen, many, options)


def report(seen: dict[str, Counter[str]], many: int, options: argparse.Namespace) -> int:
    """Print what was seen; whether it is less than is asked for."""
    total = sum(seen.values(), Counter())
    could = total["without"] + total["with"] + total["unseen"]
    with_text = 100 * (total["without"] + total["with"]) / could
    of_all = 100 * (total["without"] + total["with"]) / total.total()
    without = 100 * total["without"] / could
    print(
        f"{total.total():,} mutants of {len(seen):,} kinds, seed {options.seed}; "
        f"{many} of them give more than ten findings."
    )
    rows = [
        [kind, str(counts.total()), str(counts["without"]), str(counts["with"]), str(counts["unseen"])]
        for kind, counts in sorted(seen.items())
        if counts["unseen"]
    ]
    table(["not seen", "mutants", "without text", "with text alone", "unseen"], rows)
    why: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, counts in seen.items():
        if counts["unseeable"]:
            why[reason(kind)][kind] += counts["unseeable"]
    table(
        ["no rule can see", "mutants", "kinds"],
        [[text, str(counts.total()), str(len(counts))] for text, counts in sorted(why.items())],
    )
    table(
        ["of what a rule could see", "%", "at least"],
        [
            ["seen with the text", f"{with_text:.1f}", f"{options.with_text:g}"],
            ["seen without it", f"{without:.1f}", f"{options.without:g}"],
            ["seen of all, what no rule can see too", f"{of_all:.1f}", f"{options.of_all:g}"],
        ],
    )
    return int(with_text < options.with_text or without < options.without or of_all < options.of_all)


if __name__ == "__main__":
    sys.exit(main())
