"""Documents as annotation tools have them, and their way through a format and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cte_corpus.authoring import folder
from cte_corpus.exchange import brat, brat_in, label_studio, label_studio_in, web_annotation, web_annotation_in
from cte_corpus.exchange.fitting import fitted
from cte_corpus.exchange.loss import Loss
from cte_corpus.exchange.returned import Returned, returned
from cte_corpus.text.view import sha256
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cte_corpus.exchange.annotated import Annotated, Raw

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
DOCUMENTS = ("harbour-talks", "bayan-al-marfa")


def coded(name: str) -> tuple[Raw, str]:
    """A document of the invented corpus, and its reference text."""
    raw = folder.read(TIDEWATER, name)
    return raw, folder.read_text(TEXTS / f"{name}.txt", raw["document"]["text"]["recipe"])


def real(sources: Path) -> list[tuple[Raw, str]]:
    """The documents of the bundled corpus, with their texts, which are no part of the repository."""
    found = []
    for path in sorted((ROOT / "data" / "documents").iterdir()):
        raw = folder.read(ROOT / "data", path.name)
        source = next(sources.glob(f"{path.name}.*"))
        found.append((raw, folder.read_text(source, raw["document"]["text"]["recipe"])))
    return found


def to_brat(one: Annotated, target: Path) -> Path:
    (target / f"{one.name}.txt").write_bytes(one.text.encode())
    path = target / f"{one.name}.ann"
    path.write_bytes(brat.written(one).encode())
    return path


def to_label_studio(one: Annotated, target: Path) -> Path:
    path = target / "tasks.json"
    path.write_bytes(json.dumps([label_studio.task(one)]).encode())
    return path


def to_web_annotation(one: Annotated, target: Path) -> Path:
    path = target / f"{one.name}.jsonld"
    path.write_bytes(web_annotation.written(one, "urn:tidewater:1.0.0:"))
    return path


WITHOUT_CLIENTS: dict[str, tuple[Any, Any]] = {
    "brat": (to_brat, brat_in.read),
    "label-studio": (to_label_studio, label_studio_in.read),
    "web-annotation": (to_web_annotation, web_annotation_in.read),
}
"""Formats that need no package of others: how a file is written, and how it is read."""


def back(read: Callable[[Path, Loss], list[Annotated]], path: Path, base: Raw, text: str, loss: Loss) -> Returned:
    """What a file brings back."""
    (found,) = read(path, loss)
    assert found.records is None or found.name == base["document"]["id"]
    return returned(fitted(found, text, loss), found.records or base, loss)


def unchanged(read: Any, path: Path, raw: Raw, text: str) -> None:
    """Fail unless a file brings back the records, the whole of them, and nothing else."""
    loss = Loss()
    came = back(read, path, raw, text, loss)
    assert came.records == raw
    assert (came.marks, came.links, came.changes, loss.rows()) == ((), (), (), [])


LETTERS = "abz AB12.,-\n" + "بشرو\u0640\u064e\u0651ﷺ" + "e\u0301\u0327" + "\u200b\u200d\u200f\ufeff" + "😀👩🏽𐎀"
"""Latin, Arabic with tatweel and harakat, combining marks, characters without width, and beyond the first plane."""


@st.composite
def made(draw: st.DrawFn, letters: str = LETTERS) -> tuple[Raw, str]:
    """Records on a text, with spans anywhere in it: nested, overlapping, alike, inside words, over line ends."""
    text = draw(st.text(letters, min_size=1, max_size=60))

    def span() -> Raw:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return {"start": start, "end": end, "text": text[start:end]}

    entities = st.sampled_from(["person:ina-torvald", "org:grey-lantern", "gpe:veltania"])
    mentions: list[Raw] = []
    for number in range(draw(st.integers(0, 6))):
        one = {"id": f"made:m{number + 1:03}", "entity": draw(entities), "span": span(), "form": "name"}
        has_head = draw(st.booleans())
        mentions.append({**one, "head": span()} if has_head else one)
    names = [one["id"] for one in mentions]
    events: list[Raw] = []
    count = draw(st.integers(0, 4))
    for number in range(count):
        event: Raw = {
            "id": f"made:e{number + 1:02}",
            "type": draw(st.sampled_from(["dipl.meeting", "fin.transfer", "legal.sanctions_designation"])),
            "trigger": span(),
            "status": draw(st.sampled_from(["occurred", "alleged"])),
            "note": draw(st.text(max_size=8)),
        }
        arguments: list[Raw] = []
        for _ in range(draw(st.integers(0, 3))):
            kind = draw(st.integers(0, 2))
            role = draw(st.sampled_from(["host", "topic", "giver"]))
            if kind == 0 and names:
                some = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
                arguments.append({"role": role, "entity": draw(entities), "mentions": some})
            elif kind == 1:
                arguments.append({"role": role, "event": f"made:e{draw(st.integers(1, count)):02}"})
            else:
                arguments.append({"role": role, "text": {"text": "x", "lang": "en"}, "span": span()})
        if arguments:
            event["arguments"] = arguments
        if draw(st.booleans()):
            event["times"] = [{"edtf": "2022", "span": span()} for _ in range(draw(st.integers(1, 2)))]
        if draw(st.booleans()) and names:
            event["places"] = [{"role": "site", "entity": draw(entities), "mentions": [draw(st.sampled_from(names))]}]
            event["attributions"] = [{"by": "x", "span": span(), "via_span": span(), "mentions": names[:1]}]
        events.append(event)
    document = {"id": "made", "text": {"recipe": "plain-1", "sha256": sha256(text)}}
    sections = [{"id": "made:s01", "start": 0, "end": len(text), "heading": span()}]
    return {"document": document, "sections": sections, "mentions": mentions, "events": events, "sanctions": []}, text
