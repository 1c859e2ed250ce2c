"""How far the proposals of `cte new` agree with a coding: mentions, headings, sentences, dates, figures.

    python benchmarks/new.py --texts ../shared/sources
    python benchmarks/new.py --texts tests/corpora/tidewater-texts --corpus tests/corpora/tidewater
    python benchmarks/new.py --texts ../shared/sources --without     # as if a document's own entities were not known

A value agrees where its place, and with it entity, EDTF or comparator and bounds, is the same. Names are counted
against the mentions coded as names. Of a figure only the start is compared: whether the noun that it counts belongs to
the span is the coder's choice. "placed" counts dates with the place right, whatever the EDTF.
"""

import argparse
import time
from pathlib import Path
from typing import Any

from cte_corpus.authoring import folder
from cte_corpus.authoring.scaffold import scaffold
from cte_corpus.store import layout

Values = set[tuple[Any, ...]]


def main() -> None:
    """Print the figures of every document that has a text."""
    options = argparse.ArgumentParser(description="Agreement of what `cte new` proposes with what is coded.")
    options.add_argument("--texts", type=Path, required=True, help="folder with the source texts")
    options.add_argument("--corpus", type=Path, default=layout.data_dir(), help="corpus tree")
    options.add_argument("--without", action="store_true", help="leave out the entities that only this document uses")
    given = options.parse_args()
    registry = folder.registry(given.corpus)
    for path in sorted((given.corpus / "documents").iterdir()):
        texts = sorted(given.texts.glob(f"{path.name}.*"))
        if texts:
            known = (
                [e for e in registry if e["id"] not in only_here(given.corpus, path.name)]
                if given.without
                else registry
            )
            report(path.name, folder.read(given.corpus, path.name), folder.read_text(texts[0]), known)


def only_here(root: Path, name: str) -> set[str]:
    """The entities of a document's mentions that no other document mentions."""
    names = [path.name for path in (root / "documents").iterdir()]
    entities = {document: {m["entity"] for m in folder.read(root, document)["mentions"]} for document in names}
    return entities.pop(name) - set().union(*entities.values())


def report(name: str, coded: dict[str, Any], text: str, registry: list[dict[str, Any]]) -> None:
    """Print one document's figures."""
    document = coded["document"]
    began = time.perf_counter()
    made = scaffold(text, name, document["lang"], document["publisher"], document["genre"], registry)
    seconds = time.perf_counter() - began
    print(f"{name}: {len(text)} code points, {len(registry)} entities, {seconds:.2f} s")
    names = {(*place(m["span"]), m["entity"]) for m in coded["mentions"] if m["form"] == "name"}
    row("names", {(m.start, m.end, m.entities[0]) for m in made.mentions if m.form == "name"}, names)
    every = {(*place(m["span"]), m["entity"]) for m in coded["mentions"]}
    row("all mentions", {(m.start, m.end, m.entities[0]) for m in made.mentions}, every)
    row("headings", {part.heading for part in made.parts if part.heading}, headings(coded))
    row("sentences", {one for part in made.parts for one in part.sentences}, sentences(coded))
    row("sections", {(p.kind, p.start, p.end) for p in made.parts}, {(s["kind"], *place(s)) for s in coded["sections"]})
    times = [item for event in coded["events"] for item in event.get("times", ()) if item["basis"] == "stated"]
    row("stated dates", {(d.start, d.end, d.edtf) for d in made.dates}, {(*place(t["span"]), t["edtf"]) for t in times})
    row("  placed", {(d.start, d.end) for d in made.dates}, {place(t["span"]) for t in times})
    quantities = [item for event in coded["events"] for item in event.get("quantities", ())]
    row(
        "figures",
        {(f.start, f.comparator, f.value, f.lower, f.upper) for f in made.figures},
        {(q["span"]["start"], q["comparator"], *map(q.get, ("value", "lower", "upper"))) for q in quantities},
    )
    for line in made.unknown:
        print(f"  not known: {line}")


def row(what: str, proposed: Values, coded: Values) -> None:
    """Print recall and precision of one kind of value."""
    both = len(proposed & coded)
    recall = f"{both / len(coded):.1%}" if coded else "-"
    precision = f"{both / len(proposed):.1%}" if proposed else "-"
    print(
        f"  {what:<14} coded {len(coded):>4}  proposed {len(proposed):>4}  recall {recall:>6}  precision {precision:>6}"
    )


def place(span: dict[str, Any]) -> tuple[int, int]:
    """Start and end."""
    return span["start"], span["end"]


def headings(coded: dict[str, Any]) -> Values:
    """The places of the coded headings."""
    return {place(section["heading"]) for section in coded["sections"] if "heading" in section}


def sentences(coded: dict[str, Any]) -> Values:
    """The places of the coded sentences."""
    return {place(sentence) for section in coded["sections"] for sentence in section.get("sentences", ())}


if __name__ == "__main__":
    main()
