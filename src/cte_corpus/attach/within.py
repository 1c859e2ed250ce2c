"""Finding the known pieces inside one unit whose digest does not hold: an edited sentence, or one typeset anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.attach.seeds import NEAR

if TYPE_CHECKING:
    from cte_corpus.attach.chain import Place
    from cte_corpus.attach.known import Piece, Unit

MISSING = 8.0
"""Cost of leaving a piece out; a piece may drift about as far as twice this before it is rather missing."""

OPTIONS = 5
"""So many occurrences of a piece around its expected place are weighed."""

DRIFT = 4
"""One code point in so many may have been added or dropped by edits."""


def spots(unit: Unit, place: Place, copy: str) -> list[int]:
    """Where each piece stands in the folded copy, or -1: in order, at distances most like the known.

    Args:
        unit: The unit, with its pieces and their offsets.
        place: Where it was found.
        copy: The folded copy.
    """
    states: list[tuple[float, int, int, tuple[int, ...]]] = [(0.0, place.start, 0, ())]  # cost, position, offset, spots
    for piece, offset in zip(unit.pieces, unit.offsets, strict=True):
        reach = NEAR + offset // DRIFT
        options = _occurrences(piece, copy, place.start + offset, reach)
        new = [(cost + MISSING, position, before, (*path, -1)) for cost, position, before, path in states]
        for spot in options:
            best = None
            for cost, position, before, path in states:
                apart = abs((spot - position) - (offset - before))
                if spot < position and any(taken >= 0 for taken in path):
                    continue
                total = cost + (_drift(apart) if path and max(path) >= 0 else apart * 0.4)
                total += 0 if _whole(copy, spot, len(piece.folded)) else 1
                if best is None or total < best[0]:
                    best = (total, spot + len(piece.folded), offset + len(piece.folded), (*path, spot))
            if best:
                new.append(best)
        states = sorted(new, key=lambda state: state[0])[: OPTIONS + 1]
    return list(states[0][3])


def _drift(apart: int) -> float:
    return 0.0 if not apart else 1.5 + 0.5 * apart


def _occurrences(piece: Piece, copy: str, expected: int, reach: int) -> list[int]:
    """The occurrences nearest to where the piece is expected."""
    low, high = max(0, expected - reach), expected + reach + len(piece.folded)
    found = []
    spot = copy.find(piece.folded, low, high)
    while spot >= 0:
        found.append(spot)
        spot = copy.find(piece.folded, spot + 1, high)
    return sorted(found, key=lambda spot: abs(spot - expected))[:OPTIONS]


def _whole(copy: str, start: int, size: int) -> bool:
    """Whether no word is cut at either end."""
    before, after = copy[start - 1 : start], copy[start + size : start + size + 1]
    return not (before.isalnum() and copy[start].isalnum()) and not (
        after.isalnum() and copy[start + size - 1].isalnum()
    )
