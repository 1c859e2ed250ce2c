"""How far two codings of the same documents agree, on the engine of the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.errors import CteError, need
from cte_corpus.score.coded import coding
from cte_corpus.score.codings import side
from cte_corpus.score.events import ATTRIBUTES
from cte_corpus.score.scores import VERSION, Scores
from cte_corpus.score.scoring import LAYERS, paired, tallied, units
from cte_corpus.score.tally import RESAMPLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.score.scoring import Only
    from cte_corpus.score.spans import Match


def agreement(
    one: Corpus | str | Path,
    other: Corpus | str | Path,
    *,
    match: Match = "exact",
    only: Only = "all",
    document: str | None = None,
    seed: int = 0,
) -> Scores:
    """Say how far two codings agree: F1 of every measure, and Krippendorff's α of what events are said to be.

    F1 is what chance-corrected agreement tends to where what neither coded cannot be counted (Hripcsak and Rothschild
    2005). It is the same whichever coding comes first, but for `dates, contained` and `CEAF-REE`. Only documents that
    both have are compared.

    Args:
        one: A coding: a corpus, its path or a document of it, a document folder by itself, a pack, a version.
        other: The other.
        match: As for `score`.
        only: As for `score`.
        document: Compare only the document of that id.
        seed: As for `score`.

    Raises:
        CteError: a side cannot be read, they have no document in common or count in different texts, or the extra
            `score` is not installed.
    """
    need("scipy", "scipy", "score")
    need("krippendorff", "krippendorff", "score")
    sides = side(one, document), side(other, document)
    first, second = (found.documents for found in sides)
    both = [key for key in first if key in second]
    if not both:
        raise CteError(
            "the two sides have no document in common", f"one has {', '.join(first)}, the other {', '.join(second)}"
        )
    pairs = [
        paired(coding(first[key], only == "explicit"), coding(second[key], only == "explicit"), match) for key in both
    ]
    alphas = {}
    for name in ATTRIBUTES:
        codes = [
            (getattr(pair.gold.events[gold], name), getattr(pair.pred.events[pred], name))
            for pair in pairs
            for gold, pred in pair.events
        ]
        alphas[name] = alpha([pair for pair in codes if all(pair)])
    choices = f"documents:{','.join(both)}|match:{match}|only:{only}|resamples:{RESAMPLES}|seed:{seed}"
    signature = f"cte-agreement:{VERSION}|one:{sides[0].signature}|other:{sides[1].signature}|{choices}"
    return Scores(signature, tallied(pairs, LAYERS), units(pairs), seed, alphas=alphas)


def alpha(codes: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's α of two coders on a nominal scale; None where all codes are one, and chance explains all."""
    import krippendorff

    known = sorted({code for pair in codes for code in pair})
    if len(known) < 2:
        return None
    data = [[known.index(pair[coder]) for pair in codes] for coder in (0, 1)]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))
