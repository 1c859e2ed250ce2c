"""Baselines: what names, rules and majorities predict, with nothing trained and nothing asked of a network.

    python benchmarks/baselines.py --texts DIR

It writes three files of predictions, offsets and codes alone, which `cte score` takes:

- `names.jsonl`: where the text prints a name of the entity registry.
- `words.jsonl`: the same, and an event wherever a word stands that is mostly a trigger in the documents to train on, of
  the type that it mostly has there.
- `given.jsonl`: events alone, with the triggers and types of the gold standard, so that what else is said of them is
  seen by itself.

What is said of events in the latter two is the same. Status, polarity and genericity are what events of the type mostly
have in training. A printed date, or a figure, belongs to the event of its sentence whose trigger is nearest. A name
takes part in the events of its sentence, in the role that its class mostly has in the type.

An event that is mostly `ongoing` and has no printed date was so on the day of the document.

The documents to train on are those of `cte.splits()`; of them the latter two say nothing.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import cte_corpus as cte
from cte_corpus.authoring import folder, propose
from cte_corpus.errors import CteError
from cte_corpus.store import files, layout
from cte_corpus.text.dates import Date, dates
from cte_corpus.text.figures import Figure, figures
from cte_corpus.text.view import reference_text, sha256

Raw = dict[str, Any]
Triggers = list[tuple[int, int, str]]
"""Places of triggers with the types of their events."""

OUT = Path(__file__).with_name("predictions")

ATTRIBUTES = frozenset({"status", "polarity", "genericity"})


class Text(NamedTuple):
    """A document with its text."""

    raw: Raw
    text: str

    def around(self, start: int) -> tuple[int, int]:
        """The sentence of a place. Sections and sentences are given: they follow from the layout."""
        sentences = (one for part in self.raw["sections"] for one in part.get("sentences", ()))
        return next(((one["start"], one["end"]) for one in sentences if one["start"] <= start < one["end"]), (0, 0))


def main() -> None:
    """Write the predictions."""
    options = argparse.ArgumentParser(description="Write the predictions of the baselines.")
    options.add_argument("--texts", type=Path, required=True, help="folder with the texts, named by the documents' ids")
    options.add_argument("--corpus", type=Path, default=layout.data_dir(), help="corpus tree")
    options.add_argument("--out", type=Path, default=OUT, help="folder for the predictions")
    given = options.parse_args()
    for name, lines in predictions(given.corpus, given.texts).items():
        written = "".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in lines)
        files.write(given.out / f"{name}.jsonl", written.encode())


def predictions(corpus: Path, texts: Path) -> dict[str, list[Raw]]:
    """The lines of each baseline, of the documents that have a text.

    Raises:
        CteError: a text is not that of its document, or no document to train on has one.
    """
    read = [Text(raw, text) for raw in cte.Corpus(corpus).raw_documents if (text := _text(raw, texts)) is not None]
    part = cte.splits(corpus)
    known = Known([one for one in read if part[one.raw["document"]["id"]] == "train"])
    registry = folder.entity_registry(corpus)
    found: dict[str, list[Raw]] = {"names": [], "words": [], "given": []}
    for one in read:
        key = one.raw["document"]["id"]
        names = list(_named(key, propose.mentions(one.text, registry, folder.printed_names(corpus, key))))
        triggers = [(e["trigger"]["start"], e["trigger"]["end"], e["type"]) for e in one.raw["events"]]
        found["names"] += names
        if part[key] == "train":
            continue
        found["words"] += [*names, *known.events(one, known.triggers(one.text), names)]
        found["given"] += known.events(one, triggers, names)
    return found


def _text(raw: Raw, texts: Path) -> str | None:
    key = raw["document"]["id"]
    name = layout.source_text(layout.source_texts(texts), key, texts)
    if name is None:
        return None
    text = reference_text((texts / name).read_bytes(), raw["document"]["text"]["recipe"], name)
    if sha256(text) != raw["document"]["text"]["sha256"]:
        raise CteError(f"{texts / name} is not the text of {key}", "run `cte attach` on it to see what it is")
    return text


def _named(document: str, proposals: Iterable[propose.Proposal]) -> Iterator[Raw]:
    """Mentions; of a name that may mean several, the first entity is taken."""
    for one in proposals:
        span = {"start": one.start, "end": one.end}
        yield {"document": document, "layer": "mentions", "entity": one.entities[0], "span": span}


class Known:
    """What the documents to train on say of words, types and units."""

    def __init__(self, texts: list[Text]) -> None:
        events = [event for one in texts for event in one.raw["events"]]
        if not events:
            raise CteError("there is no document to train on", "`cte.splits()` says which are; see --texts")
        types: dict[str, Counter[str]] = defaultdict(Counter)
        codes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        roles: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for event in events:
            types[event["trigger"]["text"].lower()][event["type"]] += 1
            for one in event.get("arguments", ()):
                if one.get("mentions"):
                    roles[event["type"], one.get("entity", "").partition(":")[0]][one["role"]] += 1
            for name in event.keys() & ATTRIBUTES:
                codes[name, event["type"]][event[name]] += 1
                codes[name, ""][event[name]] += 1
        together = "\n".join(one.text for one in texts)
        self._types = {
            words: _most(found) for words, found in types.items() if 2 * found.total() >= len(_found(words, together))
        }
        self._codes = {key: _most(found) for key, found in codes.items()}
        self._roles = {key: _most(found) for key, found in roles.items()}
        printed = [time for event in events for time in event.get("times", ()) if "span" in time]
        self._role = _most(Counter(time["role"] for time in printed))
        measures: dict[str, Counter[str]] = defaultdict(Counter)
        for figure in (figure for event in events for figure in event.get("quantities", ())):
            measures[figure.get("unit", "")][figure["measure"]] += 1
        self._measures = {unit: _most(found) for unit, found in measures.items()}

    def triggers(self, text: str) -> Triggers:
        """Where words stand that are mostly triggers; of words within others, the longer."""
        found: Triggers = []
        taken: set[int] = set()
        for words in sorted(self._types, key=lambda words: (-len(words), words)):
            for start, end in _found(words, text):
                if taken.isdisjoint(range(start, end)):
                    taken.update(range(start, end))
                    found.append((start, end, self._types[words]))
        return found

    def events(self, text: Text, triggers: Triggers, names: list[Raw]) -> list[Raw]:
        """Events at places, with what is mostly said of their types, and names, dates and figures next to them."""
        triggers = sorted(triggers)
        told: list[Raw] = [self._said(text.raw["document"]["id"], *one) for one in triggers]
        for date in dates(text.text):
            at = _nearest(date, triggers, text)
            if at is not None and date.edtf and not date.is_particular:
                times = told[at].setdefault("times", [])
                times.append({"role": self._role, "edtf": date.edtf, "span": {"start": date.start, "end": date.end}})
        for one in figures(text.text):
            at = _nearest(one, triggers, text)
            if at is not None:
                told[at].setdefault("quantities", []).append(self._counted(one))
        for event in told:
            if arguments := list(self._taking_part(event, text.around(event["trigger"]["start"]), names)):
                event["arguments"] = arguments
            if event["status"] == "ongoing":
                event.setdefault("times", [{"role": "as-of", "edtf": text.raw["document"]["published"]["edtf"]}])
        return told

    def _said(self, document: str, start: int, end: int, kind: str) -> Raw:
        codes = {name: self._codes.get((name, kind), self._codes[name, ""]) for name in sorted(ATTRIBUTES)}
        place = {"start": start, "end": end}
        return {"document": document, "layer": "events", "type": kind, "trigger": place, **codes}

    def _taking_part(self, event: Raw, around: tuple[int, int], names: list[Raw]) -> Iterator[Raw]:
        for one in names:
            role = self._roles.get((event["type"], one["entity"].partition(":")[0]))
            if role and around[0] <= one["span"]["start"] < around[1]:
                yield {"role": role, "entity": one["entity"], "span": one["span"]}

    def _counted(self, one: Figure) -> Raw:
        measure = "money" if len(one.unit) == 3 else self._measures.get(one.unit, self._measures.get("", "items"))
        told = {key: getattr(one, key) for key in ("value", "lower", "upper", "unit")}
        told = {key: value for key, value in told.items() if value not in (None, "")}
        span = {"start": one.start, "end": one.end}
        return {"measure": measure, "comparator": one.comparator, **told, "span": span}


def _most(found: Counter[str]) -> str:
    """The most frequent; of several, the first in the alphabet."""
    return min(found, key=lambda one: (-found[one], one), default="")


def _found(words: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)]


def _nearest(one: Date | Figure, triggers: Triggers, text: Text) -> int | None:
    """The index of the trigger that is nearest in the sentence, of two the first."""
    around = text.around(one.start)
    inside = [index for index, place in enumerate(triggers) if around[0] <= place[0] < around[1]]
    return min(inside, key=lambda at: max(triggers[at][0] - one.end, one.start - triggers[at][1]), default=None)


if __name__ == "__main__":
    main()
