"""Where in a copy a unit may stand: from rare pieces, and from pairs of pieces at their known distance."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cte_corpus.attach.known import Unit

SHORTEST = 3
"""Shorter pieces are only looked for near a place that others propose."""

REACH = 240
"""Pairs of pieces further apart than this, in folded characters, propose nothing."""

FOLLOWERS = 16
"""With so many pieces that follow, a piece of the copy is paired."""

COMMON = 8
"""What stands at more places than this, in the reference or in the copy, proposes nothing."""

WORTH = 12
"""A piece counts as evidence by its folded length, up to this."""

NEAR = 24
"""Proposals no further apart than this are one."""

KEPT = 6
"""Proposals kept a unit."""

SPREAD = 64
"""Of units that are no one text, pairs of pieces at more places of the copy than this propose nothing."""

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def proposals(units: list[Unit], copy: str, settled: set[int], *, apart: bool = False) -> list[list[int]]:
    """For each unit the likeliest starts in the folded copy, best first.

    Args:
        units: In order.
        copy: The folded copy.
        settled: Indexes of units that need no proposal.
        apart: The units are no one text, but quotes of their own: what many of them share counts for each, and their
            gaps are wider than `REACH`.
    """
    tokens = _tokens([unit for index, unit in enumerate(units) if index not in settled], copy)
    votes: list[list[tuple[int, int]]] = [[] for _ in units]
    _vote_singles(units, tokens, votes, settled, apart)
    _vote_pairs(units, tokens, votes, settled, apart)
    return [_clusters(found) for found in votes]


def _tokens(units: list[Unit], copy: str) -> list[tuple[int, int]]:
    """Every occurrence in the copy of a piece that is not too short, as position and key, in order.

    Arabic words carry prepositions and articles, so that a piece may begin within one; Latin words are taken whole.
    """
    keys = {p.folded: p.key for unit in units for p in unit.pieces if len(p.folded) >= SHORTEST}
    sizes: dict[str, set[int]] = defaultdict(set)
    for folded in keys:
        sizes[folded[:SHORTEST]].add(len(folded))
    ordered = {head: sorted(found) for head, found in sizes.items()}
    latin = bytes(map(_LATIN.__contains__, copy)) + bytes(1 + max(map(len, keys), default=0))
    found = []
    for start in [at for at in range(len(copy)) if copy[at : at + SHORTEST] in ordered]:
        if start and latin[start] and latin[start - 1]:
            continue
        for size in ordered[copy[start : start + SHORTEST]]:
            end = start + size
            if latin[end - 1] and latin[end]:  # most lengths end inside a word, the more the longer the reference
                continue
            key = keys.get(copy[start:end])
            if key is not None:
                found.append((start, key))
    return found


Votes = list[list[tuple[int, int]]]


def _vote_singles(
    units: list[Unit], tokens: list[tuple[int, int]], votes: Votes, settled: set[int], apart: bool
) -> None:
    places: dict[int, list[int]] = defaultdict(list)
    for position, key in tokens:
        if len(places[key]) <= COMMON:
            places[key].append(position)
    times: dict[int, int] = defaultdict(int)
    for unit in units:
        for piece in unit.pieces:
            times[piece.key] += 1
    for index, unit in enumerate(units):
        if index in settled:
            continue
        for piece, offset in zip(unit.pieces, unit.offsets, strict=True):
            found = places.get(piece.key, ())
            if (apart or times[piece.key] <= COMMON) and len(found) <= COMMON:
                worth = min(len(piece.folded), WORTH)
                votes[index] += [(position - offset, worth) for position in found]


Pair = tuple[int, int, int]
"""The keys of two pieces, and their distance."""


def _vote_pairs(units: list[Unit], tokens: list[tuple[int, int]], votes: Votes, settled: set[int], apart: bool) -> None:
    pairs = _pairs(units, settled, apart)
    met = _met(pairs, tokens)
    if apart:
        listed = list(met)
        times = Counter(pair for pair, _ in listed)
        met = (item for item in listed if times[item[0]] <= SPREAD)
    for pair, position in met:
        for unit, offset, worth in pairs[pair]:
            votes[unit].append((position - offset, worth))


def _met(pairs: Mapping[Pair, object], tokens: list[tuple[int, int]]) -> Iterator[tuple[Pair, int]]:
    """The pairs that stand in the copy, with where."""
    firsts = {first for first, _, _ in pairs}
    for index, (position, key) in enumerate(tokens):
        if key not in firsts:
            continue
        for other, second in tokens[index + 1 : index + 1 + FOLLOWERS]:
            distance = other - position
            if distance > REACH:
                break
            if (pair := (key, second, distance)) in pairs:
                yield pair, position


def _pairs(units: list[Unit], settled: set[int], apart: bool) -> dict[Pair, list[tuple[int, int, int]]]:
    """Keys and distance of two pieces -> units that hold one of them, where from the first piece, and the weight."""
    line = []
    base = 0
    for number, item in enumerate(units):
        base += item.gap
        for piece, offset in zip(item.pieces, item.offsets, strict=True):
            if len(piece.folded) >= SHORTEST:
                line.append((number, base, base + offset, piece))
        base += item.size
    found: dict[Pair, list[tuple[int, int, int]]] = defaultdict(list)
    for first, (unit, begin, start, piece) in enumerate(line):
        for other_unit, other_begin, other_start, other in line[first + 1 : first + 4]:
            distance = other_start - start
            if distance > REACH:
                break
            if unit in settled and other_unit in settled:
                continue
            worth = min(len(piece.folded), WORTH) + min(len(other.folded), WORTH)
            places = found[piece.key, other.key, distance]
            places.append((unit, start - begin, worth))
            if other_unit != unit:
                places.append((other_unit, start - other_begin, worth))
    return {key: places for key, places in found.items() if apart or len(places) <= COMMON}


def _clusters(votes: list[tuple[int, int]]) -> list[int]:
    """The starts with most votes; of close ones the strongest."""
    weights: dict[int, int] = defaultdict(int)
    for start, worth in votes:
        weights[start] += worth
    best: list[int] = []
    for start, _ in sorted(weights.items(), key=lambda item: -item[1]):
        if all(abs(start - other) > NEAR for other in best):
            best.append(start)
            if len(best) == KEPT:
                break
    return best
