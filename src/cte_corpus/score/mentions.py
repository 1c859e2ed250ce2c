"""Mentions: whether their spans are right, and of what class the entity is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.score.pair import place_of
from cte_corpus.score.spans import MATCHES, same

if TYPE_CHECKING:
    from cte_corpus.score.coded import Mention
    from cte_corpus.score.pair import Pair
    from cte_corpus.score.spans import Match
    from cte_corpus.score.tally import Row


def rows(pair: Pair) -> dict[str, list[Row]]:
    """The mentions with the same span, in each way in which spans can be the same, and with span and class."""
    golds, preds = pair.gold.mentions, pair.pred.mentions

    def spans(match: Match) -> list[Row]:
        return pair.rows(golds, preds, lambda one, other: same(one.place, other.place, match), _told, place_of)

    def typed(one: Mention, other: Mention) -> bool:
        return one.type == other.type and pair.same(one.place, other.place)

    found = {f"mentions, {match}": spans(match) for match in MATCHES}
    return found | {"mentions, span and type": pair.rows(golds, preds, typed, _told, place_of)}


def _told(mention: Mention) -> tuple[str, int]:
    return mention.type, mention.place.start
