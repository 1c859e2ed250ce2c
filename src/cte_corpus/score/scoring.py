"""Predictions against a gold standard: every measure, summed over the documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cte_corpus.errors import CteError, need
from cte_corpus.score import coreference, events, lines, mentions, values
from cte_corpus.score.coded import Coding, coding
from cte_corpus.score.codings import claims, side
from cte_corpus.score.pair import Pair
from cte_corpus.score.quoted import anchored
from cte_corpus.score.scores import VERSION, Scores
from cte_corpus.score.splits import part as part_of
from cte_corpus.score.tally import RESAMPLES, Row, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Set

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.score.coded import Raw
    from cte_corpus.score.spans import Match
    from cte_corpus.score.splits import Part
    from cte_corpus.score.tally import Unit

Only = Literal["all", "explicit"]

LAYERS: dict[str, tuple[Callable[[Pair], dict[str, list[Row]]], ...]] = {
    "mentions": (mentions.rows,),
    "coreference": (coreference.rows,),
    "triggers": (events.triggers,),
    "events": (events.arguments, events.entity_arguments, events.attributes, values.rows),
    "sanctions": (values.sanctions,),
}
"""What is measured, by what a side must speak of for it."""


def score(
    gold: Corpus | str | Path,
    pred: Corpus | str | Path,
    *,
    match: Match = "exact",
    only: Only = "all",
    document: str | None = None,
    part: Part | None = None,
    text: Path | None = None,
    seed: int = 0,
) -> Scores:
    """Score predictions against a gold standard: see docs/scoring.md for every measure.

    Args:
        gold: A corpus: itself, its path or a document of it, a pack, a version.
        pred: The same; or JSON Lines of records without words; or a file of quotes, or a folder of such files named by
            the documents' ids.
        match: When spans are the same: `exact`, `overlap` (half of what either covers) or `proclitics` (exact but for
            Arabic proclitics). Mentions are measured in all three ways.
        only: `explicit` leaves out arguments that no words show and attributions that are implicit.
        document: Score only the document of that id.
        part: Score only the documents of that part of `cte.splits()`: `train`, `dev` or `test`.
        text: The source text, or a folder of them, named by the documents' ids: for quotes.
        seed: Of the random numbers by which sentences are drawn for the intervals.

    Raises:
        CteError: a side cannot be read, the two count in different texts, or the extra `score` is not installed.
    """
    need("scipy", "scipy", "score")
    standard = side(gold, document)
    wanted = {key: raw for key, raw in standard.documents.items() if part is None or part_of(key) == part}
    if not wanted:
        raise CteError(f"{standard.name}: no document is in the part {part}", "see `cte.splits()`")
    said = _predictions(wanted, pred, standard.only or part, text, only)
    notes = list(said.notes)
    if said.unanchored:
        listed = ", ".join(f"{number} {why}" for why, number in said.unanchored.items())
        total = sum(said.unanchored.values())
        notes.append(f"quotes that could not be anchored, and count as wrong: {total} ({listed})")
    pairs = []
    for key, raw in wanted.items():
        one = coding(raw, only == "explicit")
        pairs.append(paired(one, said.codings.get(key, Coding(key, one.text, ())), match))
    choices = f"documents:{standard.only or part or 'all'}|match:{match}|only:{only}|resamples:{RESAMPLES}|seed:{seed}"
    signature = f"cte-score:{VERSION}|gold:{standard.signature}|pred:{said.kind}|{choices}"
    return Scores(signature, tallied(pairs, said.layers), units(pairs), seed, notes, said.unanchored)


class _Said(NamedTuple):
    """What was predicted."""

    kind: str
    codings: dict[str, Coding]
    layers: Set[str]
    notes: list[str]
    unanchored: dict[str, int]


def _predictions(
    wanted: dict[str, Raw], pred: Corpus | str | Path, some: str | None, text: Path | None, only: Only
) -> _Said:
    """What was predicted of the documents that are wanted; `some` says which, if they are not all of the gold ones."""
    if lines.is_lines(pred):
        of = lines.read(Path(str(pred)), wanted, only == "explicit")
        notes = _apart(wanted, [*of.codings, *of.others], some)
        if of.unknown:
            named = ", ".join(f"`{name}`" + (f" ({meant})" if meant else "") for name, meant in of.unknown.items())
            notes.append(f"no record has such a field, and nothing is scored of it: {named}")
        return _Said("records", of.codings, of.measured, notes, {})
    files = claims(pred, some if some in wanted else None, list(wanted))
    if not files:
        found = side(pred).documents
        codings = {key: coding(raw, only == "explicit") for key, raw in found.items() if key in wanted}
        return _Said("records", codings, LAYERS.keys(), _apart(wanted, found, some), {})
    if text is None:
        raise CteError("quotes are looked up in the text, and none is given", "give it by --text")
    read = {key: anchored(wanted[key], path, text) for key, path in files.items() if key in wanted}
    unanchored: Counter[str] = Counter()
    for one in read.values():
        unanchored.update(one.unanchored)
    layers = frozenset().union(*(one.layers for one in read.values()))
    codings = {key: one.coding for key, one in read.items()}
    return _Said("quotes", codings, layers, _apart(wanted, files, some), dict(sorted(unanchored.items())))


def _apart(wanted: Collection[str], found: Collection[str], some: str | None) -> list[str]:
    """What is to be said of documents that only one side has.

    Raises:
        CteError: they have none in common.
    """
    missing = [key for key in wanted if key not in found]
    if len(missing) == len(wanted):
        raise CteError(f"nothing is predicted of {', '.join(wanted)}", f"predicted: {', '.join(found) or 'nothing'}")
    notes = [f"not predicted, so that all is missed: {', '.join(missing)}"] if missing else []
    others = [key for key in found if key not in wanted]
    return [*notes, f"not in the gold standard, and not scored: {', '.join(others)}"] if others and not some else notes


def paired(gold: Coding, pred: Coding, match: Match) -> Pair:
    """Two codings of one document side by side.

    Raises:
        CteError: they count in different texts.
    """
    if gold.text != pred.text:
        raise CteError(
            f"{gold.document}: the two sides count in different texts", "compare `text.sha256` of the documents"
        )
    return Pair(gold, pred, match)


def tallied(pairs: Iterable[Pair], layers: Collection[str]) -> dict[str, Tally]:
    """Every measure over all documents."""
    rows: dict[str, list[Row]] = {}
    for pair in pairs:
        for layer, measures in LAYERS.items():
            for measure in measures if layer in layers else ():
                for name, found in measure(pair).items():
                    rows.setdefault(name, []).extend(found)
    return {name: Tally(found) for name, found in rows.items()}


def units(pairs: Iterable[Pair]) -> list[Unit]:
    """The sentences of all documents, in one order, by which they are drawn."""
    return sorted(unit for pair in pairs for unit in pair.sentences.units)
