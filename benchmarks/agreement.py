"""How far two codings of one document agree: python benchmarks/agreement.py DOCUMENT_FOLDER OTHER_FOLDER

Prints a table of F1, 2 · shared / (one + other), for `docs/coding-notes.md`. Both must count in the same text. Pairs
are made one to one, those with most in common first. An entity of one coding is the entity of the other with which it
shares most spans.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Extent = tuple[int, int]


class Coding:
    """The records of one coding."""

    def __init__(self, folder: Path) -> None:
        self.mentions = _records(folder / "mentions.json")
        self.events = _records(folder / "events.json")
        self.text = json.loads((folder / "document.json").read_bytes())["text"]["sha256"]


def rows(one: Coding, other: Coding) -> list[tuple[str, int, int, int]]:
    """What is compared, how many of it each coding has, and how many they share."""
    same = _same_entities(one.mentions, other.mentions)

    def entity(mention: Record) -> str:
        return same.get(mention["entity"], mention["entity"])

    def args(event: Record, named: Callable[[str], str]) -> set[Hashable]:
        return {(a["role"], named(a["entity"])) for a in event.get("arguments", ()) if "entity" in a}

    spans = [[_extent(m["span"]) for m in coding.mentions] for coding in (one, other)]
    named = [
        [(_extent(m["span"]), entity(m)) for m in one.mentions],
        [(_extent(m["span"]), m["entity"]) for m in other.mentions],
    ]
    near = _pairs(one.mentions, other.mentions, lambda a, b: _overlap(a["span"], b["span"]), 0.5)
    told = _pairs(
        one.events, other.events, lambda a, b: _overlap(a["trigger"], b["trigger"]) and 1 + (a["type"] == b["type"])
    )
    typed = [(a, b) for a, b in told if a["type"] == b["type"]]
    placed = [Counter((s, e["type"]) for e in coding.events for s in e["evidence"][:1]) for coding in (one, other)]
    fillers = [sum(len(args(e, str)) for e in coding.events) for coding in (one, other)]
    shared = sum(len(args(a, lambda key: same.get(key, key)) & args(b, str)) for a, b in typed)
    status = sum(a["status"] == b["status"] for a, b in typed)
    return [
        ("mentions, same span", *map(len, spans), _common(*spans)),
        ("mentions, same span and same entity", *map(len, named), _common(*named)),
        ("mentions, spans overlapping by half or more", *map(len, spans), len(near)),
        ("events, triggers overlapping", len(one.events), len(other.events), len(told)),
        ("events, triggers overlapping and same type", len(one.events), len(other.events), len(typed)),
        (
            "events, same first sentence and same type",
            len(one.events),
            len(other.events),
            (placed[0] & placed[1]).total(),
        ),
        ("arguments filled by entities, same event, role and entity", *fillers, shared),
        ("status, of events with the same trigger and type", len(typed), len(typed), status),
    ]


def _same_entities(ones: list[Record], others: list[Record]) -> dict[str, str]:
    by_span = {_extent(mention["span"]): mention["entity"] for mention in others}
    counted: dict[str, Counter[str]] = {}
    for mention in ones:
        if found := by_span.get(_extent(mention["span"])):
            counted.setdefault(mention["entity"], Counter())[found] += 1
    return {key: count.most_common(1)[0][0] for key, count in counted.items()}


def _pairs(
    ones: list[Record], others: list[Record], score: Callable[[Record, Record], float], least: float = 0
) -> list[tuple[Record, Record]]:
    scored = ((score(a, b), i, j) for i, a in enumerate(ones) for j, b in enumerate(others))
    best = sorted((found for found in scored if found[0] > 0 and found[0] >= least), key=lambda s: (-s[0], s[1], s[2]))
    left, right, pairs = set(range(len(ones))), set(range(len(others))), []
    for _, i, j in best:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((ones[i], others[j]))
    return pairs


def _overlap(a: Record, b: Record) -> float:
    """The share of the longer span that both cover."""
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(0, common) / max(a["end"] - a["start"], b["end"] - b["start"])


def _common(ones: Iterable[Hashable], others: Iterable[Hashable]) -> int:
    return (Counter(ones) & Counter(others)).total()


def _extent(span: Record) -> Extent:
    return span["start"], span["end"]


def _records(path: Path) -> list[Record]:
    records: list[Record] = json.loads(path.read_bytes())["records"]
    return records


def main() -> None:
    one, other = (Coding(Path(folder)) for folder in sys.argv[1:3])
    if one.text != other.text:
        sys.exit("the codings count in different texts: compare `text.sha256` of the documents")
    print("| what | one | other | shared | F1 |\n|---|---|---|---|---|")
    for what, first, second, shared in rows(one, other):
        print(f"| {what} | {first} | {second} | {shared} | {2 * shared / (first + second):.2f} |")


if __name__ == "__main__":
    main()
