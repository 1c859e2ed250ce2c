"""Predictions as JSON Lines of records without words: offsets and codes, which anybody may share and score again."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus import vocabulary
from cte_corpus.errors import CteError
from cte_corpus.score.coded import Coding, coding, intact
from cte_corpus.store import canonical, layout, strict
from cte_corpus.store.locate import position
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Raw = dict[str, Any]

SAYS = {
    "mentions": frozenset({"mentions", "coreference"}),
    "events": frozenset({"triggers", "events"}),
    "sanctions": frozenset({"sanctions"}),
}
"""The layers of which a line may be, and what is measured of them."""

CODES = {
    "mentions": {"entity": "entity-class"},
    "events": {
        "type": "event-type",
        "status": "status",
        "polarity": "polarity",
        "genericity": "genericity",
        "arguments.role": "role",
        "places.role": "place-role",
        "times.role": "time-role",
        "quantities.measure": "measure",
        "quantities.comparator": "comparator",
        "attributions.act": "act",
    },
    "sanctions": {"measures": "sanction-measure"},
}
"""The fields of each layer that are scored and hold codes, each with its list; of an entity's id, the class."""

FORM = 'each line is {"document": …, "layer": "mentions", "events" or "sanctions", …}: see docs/scoring.md'


FEW = 10
"""Codes of a list, or unknown fields, that are named one by one."""


class Lines(NamedTuple):
    """Codings made of lines."""

    codings: dict[str, Coding]
    """By document, those that are in the gold standard."""
    measured: frozenset[str]
    others: list[str]
    """Documents that the gold standard does not have."""
    unknown: dict[str, str]
    """The first fields that no record has, as `events.sttaus`, each with the one that may be meant."""


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
        CteError: a line is none, or what it holds cannot be scored, as an unknown code or a place beyond the text; it
            names the line, or the record.
    """
    held: dict[str, dict[str, list[Raw]]] = defaultdict(lambda: {layer: [] for layer in SAYS})
    measured: set[str] = set()
    names: set[tuple[str, str, str]] = set()
    unknown: dict[str, str] = {}
    for where, one in _values(path):
        if not isinstance(one, dict) or not isinstance(one.get("document"), str):
            raise CteError(f"{where}: this is no prediction", FORM)
        if one.get("layer") not in list(SAYS):
            raise CteError(f"{where}: there is no layer {one.get('layer')!r}", FORM)
        _refuse_unknown(one, where)
        own = {name: held for name, held in one.items() if name not in ("document", "layer")}
        if len(unknown) < FEW:
            unknown |= _unknown(own, _fields(one["layer"]), one["layer"])
        if one["document"] in wanted:
            with intact(one["document"]):
                length = wanted[one["document"]]["document"]["text"]["length"]
            _refuse_beyond(one, length, where)
        document, layer, name = one["document"], one["layer"], str(one.get("id", where))
        if (document, layer, name) in names:
            raise CteError(f"{where}: the id {name!r} stands twice", "an id is of one record; leave it out if unused")
        names.add((document, layer, name))
        held[document][layer].append({**one, "id": name})
        measured |= SAYS[layer]
    if not held:
        nothing = {key: Coding(key, raw["document"]["text"]["sha256"], ()) for key, raw in wanted.items()}
        return Lines(nothing, frozenset().union(*SAYS.values()), [], {})
    codings = {}
    for key, layers in held.items():
        if key in wanted:
            try:
                told = {"document": wanted[key]["document"], "sections": wanted[key]["sections"]}
                codings[key] = coding(told | layers, only_explicit)
            except CteError as error:
                raise CteError(f"{path}: {error.message}", FORM) from error
    return Lines(codings, frozenset(measured), sorted(held.keys() - wanted.keys()), dict(islice(unknown.items(), FEW)))


def _refuse_unknown(one: Raw, where: str) -> None:
    """Nothing, where all codes of a line are known. What is no text is left to `coding`.

    Raises:
        CteError: one is not.
    """
    for path, name in CODES[one["layer"]].items():
        known = vocabulary.codes(name)
        for value in _at(one, path.split(".")):
            code = value.partition(":")[0] if isinstance(value, str) and path == "entity" else value
            if isinstance(code, str) and code not in known:
                few = f"one of {', '.join(known)}" if len(known) <= FEW else "see docs/codebook.md"
                raise CteError(f"{where}: `{path}` has no code {code!r}", hint(code, known) or few)


@cache
def _fields(layer: str) -> canonical.KeyOrder:
    """The fields of a layer's records, each with those of what it holds."""
    schema = strict.loads((layout.schema_dir() / f"{layer}.schema.json").read_bytes())
    return canonical.key_order(schema).children["records"]


def _unknown(value: Any, fields: canonical.KeyOrder, path: str) -> dict[str, str]:
    """Fields that records do not have, by their path, each with the field that may be meant."""
    found: dict[str, str] = {}
    if isinstance(value, dict):
        for name, held in value.items():
            if name in fields.children:
                found |= _unknown(held, fields.children[name], f"{path}.{name}")
            elif fields.children:
                found[f"{path}.{name}"] = hint(name, fields.children)
    elif isinstance(value, list):
        for item in value:
            found |= _unknown(item, fields, path)
    return found


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    """What stands in a decoded value at the names of fields, in each item of a list."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])


def _refuse_beyond(value: Any, length: int, where: str) -> None:
    """Nothing, where all spans of a line lie in the text.

    Args:
        value: The line, or what is in it.
        length: Code points of the reference text.
        where: The line.

    Raises:
        CteError: one does not.
    """
    if isinstance(value, dict):
        end = value.get("end")
        if type(end) is int and "start" in value and end > length:
            message = f"{where}: a span ends at {end}, and the text has {length} code points"
            raise CteError(message, "offsets are in code points of the reference text, half-open: see docs/scoring.md")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_beyond(item, length, where)


def _values(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line := line.rstrip():
                try:
                    yield f"{path}:{number}", strict.loads(line)
                except strict.JsonError as error:
                    column = position(line, error.offset)[1]
                    raise CteError(f"{path}:{number}:{column}: {error.message}", FORM) from None
