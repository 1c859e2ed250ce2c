"""Predictions as JSON Lines of records without words: offsets and codes, which anybody may share and score again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.errors import CteError
from cte_corpus.score.coded import Coding, coding
from cte_corpus.store import strict
from cte_corpus.store.locate import position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Raw = dict[str, Any]

SAYS = {
    "mentions": frozenset({"mentions", "coreference"}),
    "events": frozenset({"triggers", "events"}),
    "sanctions": frozenset({"sanctions"}),
}
"""The layers of which a line may be, and what is measured of them."""

FORM = 'each line is {"document": …, "layer": "mentions", "events" or "sanctions", …}: see docs/scoring.md'


class Lines(NamedTuple):
    """Codings made of lines."""

    codings: dict[str, Coding]
    """By document, those that are in the gold standard."""
    measured: frozenset[str]
    others: list[str]
    """Documents that the gold standard does not have."""


def is_lines(path: object) -> bool:
    """Whether a file holds such lines, by its first one: a claim has no `layer`. An empty file predicts nothing."""
    if not isinstance(path, str | Path) or Path(path).suffix.lower() != ".jsonl" or not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    try:
        found = strict.loads(first or b'{"layer": ""}')
    except strict.JsonError:
        return False
    return isinstance(found, dict) and "layer" in found


def read(path: Path, wanted: Mapping[str, Raw], only_explicit: bool = False) -> Lines:
    """The codings that the lines of a file hold.

    A line is a record as the corpus has it, with the `document` and `layer` to which it belongs. Only what is scored
    need be there, and no words: a span is `start` and `end`, in code points of the reference text. An `id` is needed
    where another record refers to it. Evidence of sanctions is sentences of the gold standard.

    Args:
        path: The file.
        wanted: The decoded gold documents by id.
        only_explicit: As for `coding`.

    Raises:
        CteError: a line is none, or what it holds cannot be scored; it names the line, or the record.
    """
    held: dict[str, dict[str, list[Raw]]] = defaultdict(lambda: {layer: [] for layer in SAYS})
    measured: set[str] = set()
    names: set[tuple[str, str, str]] = set()
    for where, one in _values(path):
        if not isinstance(one, dict) or not isinstance(one.get("document"), str):
            raise CteError(f"{where}: this is no prediction", FORM)
        if one.get("layer") not in list(SAYS):
            raise CteError(f"{where}: there is no layer {one.get('layer')!r}", FORM)
        document, layer, name = one["document"], one["layer"], str(one.get("id", where))
        if (document, layer, name) in names:
            raise CteError(f"{where}: the id {name!r} stands twice", "an id is of one record; leave it out if unused")
        names.add((document, layer, name))
        held[document][layer].append({**one, "id": name})
        measured |= SAYS[layer]
    if not held:
        nothing = {key: Coding(key, raw["document"]["text"]["sha256"], ()) for key, raw in wanted.items()}
        return Lines(nothing, frozenset().union(*SAYS.values()), [])
    codings = {}
    for key, layers in held.items():
        if key in wanted:
            try:
                told = {"document": wanted[key]["document"], "sections": wanted[key]["sections"]}
                codings[key] = coding(told | layers, only_explicit)
            except CteError as error:
                raise CteError(f"{path}: {error.message}", FORM) from error
    return Lines(codings, frozenset(measured), sorted(held.keys() - wanted.keys()))


def _values(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line := line.rstrip():
                try:
                    yield f"{path}:{number}", strict.loads(line)
                except strict.JsonError as error:
                    column = position(line, error.offset)[1]
                    raise CteError(f"{path}:{number}:{column}: {error.message}", FORM) from None
