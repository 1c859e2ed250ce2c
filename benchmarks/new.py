"""How far the proposals of `cte new` agree with what people wrote down of texts.

    python benchmarks/new.py --coded ../shared/sources --releases ../shared/texts/treasury

Of each coded document the coding is compared, and of the releases in `proposals.json` what was written down of them
before any proposal was looked at. A value agrees where its place, and with it entity, EDTF or comparator and bounds, is
the same. Names are counted against the mentions coded as names. Of a figure only the start is compared: whether the
noun that it counts belongs to the span is the coder's choice. Ordinals and figures without a number are not counted.
Names that other documents of the corpus print of an entity are known, those of the document itself are not. A date of
which the year is not printed is right where the coding has a time that it resolved.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from cte_corpus.authoring import folder, source
from cte_corpus.authoring.scaffold import scaffold
from cte_corpus.store import layout

Values = set[tuple[Any, ...]]
Told = dict[str, Values]
"""The values of a text by kind."""

KINDS = ("names", "sentences", "sections", "title", "dates", "figures")
NUMBERS = frozenset({"eq", "approx", "gt", "ge", "lt", "le", "between"})
WRITTEN = Path(__file__).with_name("proposals.json")


class Text(NamedTuple):
    """A text, and what it holds by somebody who read it."""

    name: str
    source: Path
    text: str
    lang: str
    told: Told
    resolved: frozenset[tuple[int, int]] = frozenset()
    """Places of dates that the text prints in a relative form."""


def main() -> None:
    """Print a table with a line for each text."""
    options = argparse.ArgumentParser(description="Agreement of what `cte new` proposes with what people wrote down.")
    options.add_argument("--coded", type=Path, help="folder with the texts of the coded documents")
    options.add_argument("--releases", type=Path, help="folder with the releases of proposals.json")
    options.add_argument("--corpus", type=Path, default=layout.data_dir(), help="corpus tree")
    options.add_argument("--wrong", action="store_true", help="print what is missed and what is wrong")
    given = options.parse_args()
    entities = folder.entity_registry(given.corpus)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    print("| text | " + " | ".join(KINDS) + " |\n|---|" + "---|" * len(KINDS))
    for one in [*coded(given.corpus, given.coded), *releases(given.releases)]:
        found = proposed(one, entities, folder.printed_names(given.corpus, one.name))
        cells = []
        for kind in KINDS:
            if kind == "dates":
                found[kind] -= {
                    day for day in found[kind] if not day[2] and any(a <= day[0] < b for a, b in one.resolved)
                }
            numbers = [len(one.told[kind] & found[kind]), len(one.told[kind]), len(found[kind])]
            sums[kind] = [a + b for a, b in zip(sums[kind], numbers, strict=True)]
            cells.append(cell(*numbers))
            if given.wrong:
                show(one, kind, found[kind])
        print(f"| {one.name} | {' | '.join(cells)} |", flush=True)
    print(f"| all | {' | '.join(cell(*sums[kind]) for kind in KINDS)} |")


def cell(both: int, told: int, found: int) -> str:
    """Recall and precision, and of how many values."""
    recall = f"{both / told:.3f}" if told else "-"
    precision = f"{both / found:.3f}" if found else "-"
    return f"{recall} / {precision} of {told}"


def show(one: Text, kind: str, found: Values) -> None:
    """Print the values that are missed, and those that are wrong."""
    for mark, values in (("missed", one.told[kind] - found), ("wrong", found - one.told[kind])):
        for value in sorted(values, key=str):
            end = value[1] if len(value) > 1 and isinstance(value[1], int) else value[0] + 30
            print(f"    {one.name} {kind} {mark}: {one.text[value[0] : end]!r} {value}")


def proposed(one: Text, entities: list[dict[str, Any]], names: Any) -> Told:
    """What is proposed of a text."""
    tells = source.read(one.source.read_bytes(), one.source.name)
    given = (one.text, one.name, one.lang, "org:us-treasury", "press-release", entities)
    made = scaffold(*given, names=names, told=tells)
    title = next((part.sentences[0] for part in made.parts if part.kind == "title"), None)
    return {
        "names": {(m.start, m.end, m.entities[0]) for m in made.mentions if m.form == "name"},
        "sentences": {sentence for part in made.parts for sentence in part.sentences},
        "sections": {(part.start,) for part in made.parts},
        "title": {title} if title else set(),
        "dates": {(d.start, d.end, d.edtf) for d in made.dates},
        "figures": {(f.start, f.comparator, f.value, f.lower, f.upper) for f in made.figures},
    }


def coded(corpus: Path, texts: Path | None) -> Iterator[Text]:
    """The coded documents of which there is a text."""
    for path in sorted((corpus / "documents").iterdir()) if texts else ():
        bundle = folder.read(corpus, path.name)
        for file in sorted(texts.glob(f"{path.name}.*")) if texts else ():
            text = folder.read_text(file, bundle["document"]["text"]["recipe"])
            yield Text(path.name, file, text, bundle["document"]["lang"], of_bundle(bundle), resolved(bundle))


def of_bundle(bundle: dict[str, Any]) -> Told:
    """What a coding holds."""
    sections, events = bundle["sections"], bundle["events"]
    title = [place(one["sentences"][0]) for one in sections if one["kind"] == "title" and "sentences" in one]
    times = [item for event in events for item in event.get("times", ()) if item["basis"] == "stated"]
    quantities = [item for event in events for item in event.get("quantities", ())]
    return {
        "names": {(*place(m["span"]), m["entity"]) for m in bundle["mentions"] if m["form"] == "name"},
        "sentences": {place(one) for section in sections for one in section.get("sentences", ())},
        "sections": {(section["start"],) for section in sections},
        "title": {min(title)} if title else set(),
        "dates": {(*place(item["span"]), item["edtf"]) for item in times},
        "figures": {
            (item["span"]["start"], item["comparator"], *map(item.get, ("value", "lower", "upper")))
            for item in quantities
            if item["comparator"] in NUMBERS and item["measure"] != "ordinal"
        },
    }


def resolved(bundle: dict[str, Any]) -> frozenset[tuple[int, int]]:
    """The places of times that are resolved in a coding."""
    times = [item for event in bundle["events"] for item in event.get("times", ())]
    return frozenset(place(item["span"]) for item in times if item["basis"] == "resolved" and "span" in item)


def releases(texts: Path | None) -> Iterator[Text]:
    """The releases of which it was written down what they hold."""
    written = json.loads(WRITTEN.read_text("utf-8")) if texts else {}
    for name, told in written.items():
        path = texts / f"{name}.md" if texts else Path()
        if sha256(path.read_bytes()).hexdigest() != told["source_sha256"]:
            raise SystemExit(f"{path} is not the text that was read")
        values = {kind: {tuple(value) for value in told[kind]} for kind in ("names", "sentences", "dates", "figures")}
        values |= {"sections": {(start,) for start in told["sections"]}, "title": {tuple(told["title"])}}
        yield Text(name, path, folder.read_text(path), "en", values)


def place(span: dict[str, Any]) -> tuple[int, int]:
    """Start and end."""
    return span["start"], span["end"]


if __name__ == "__main__":
    main()
