"""brat's standoff: a `.txt` and an `.ann` per document, and the `annotation.conf` that brat needs to show them.

Spans, events with their arguments, attributes and entities are brat's own; the records travel as notes of type `CTE`,
whose target is the id of a record, so that nothing that is deleted in brat takes them along.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cte_corpus import vocabulary
from cte_corpus.exchange.annotated import BY, EVENT, PLACE, VIA, Annotated, Mark
from cte_corpus.exchange.carried import RIGHTS, documents, packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.exchange.job import Files, Job

SUFFIX = ""
OPTIONS = frozenset({"text"})

FIELDS = (
    "heading",
    "head",
    "times",
    "quantities",
    "arguments",
    "attributions",
    "conditions",
    "certainty",
    "listed",
    "property",
)
"""Labels of spans that are neither mentions nor triggers: the fields that hold them."""


def export(job: Job) -> Files:
    """Write the documents whose text is at hand.

    Raises:
        CteError: there is none.
    """
    files = {"annotation.conf": _conf().encode(), "RIGHTS": f"{RIGHTS}\n".encode()}
    for one in documents(job, "brat's files"):
        files[f"{one.name}.txt"] = one.text.encode()
        files[f"{one.name}.ann"] = written(one).encode()
    return files


def written(one: Annotated) -> str:
    """The `.ann` file of a document."""
    return "".join(f"{line}\n" for line in _lines(one))


def type_name(label: str) -> str:
    """A label as brat takes it: letters, digits, `_` and `-`."""
    return label.replace(".", "-")


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a span: brat's spans hold no line end, so that one over several lines is several pieces."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])] or [(start, end)]


def _lines(one: Annotated) -> Iterator[str]:
    events = {mark.id: f"E{n}" for n, mark in enumerate((m for m in one.marks if _is_event(m)), 1)}
    names: dict[str, str] = {}
    attributes = notes = 0
    for n, mark in enumerate(one.marks, 1):
        names[mark.id] = f"T{n}"
        pieces = fragments(one.text, mark.start, mark.end)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(one.text[start:end] for start, end in pieces)
        yield f"T{n}\t{type_name(mark.label)} {places}\t{words}"
    for mark in one.marks:
        if mark.id in events:
            yield f"{events[mark.id]}\t{type_name(mark.label)}:{names[mark.id]}{_arguments(one, mark, events, names)}"
    for mark in one.marks:
        for field, value in mark.features.items():
            if field == "entity":
                words = " ".join(one.text[mark.start : mark.end].split())
                yield f"N{names[mark.id][1:]}\tReference {names[mark.id]} cte:{value}\t{words}"
            else:
                attributes += 1
                yield f"A{attributes}\t{field} {events.get(mark.id, names[mark.id])} {value}"
    for mark in one.marks:
        notes += 1
        pieces = fragments(one.text, mark.start, mark.end)
        trimmed = "" if (pieces[0][0], pieces[-1][1]) == (mark.start, mark.end) else f" {mark.start} {mark.end}"
        yield f"#{notes}\tCTE {names[mark.id]}\t{mark.key}{trimmed}"
    for part, record in packed(one.records or {}) if one.records else ():
        notes += 1
        yield f"#{notes}\tCTE {part}\t{record}"


def _is_event(mark: Mark) -> bool:
    return "#" not in mark.key and "entity" not in mark.features


def _arguments(one: Annotated, event: Mark, events: dict[str, str], names: dict[str, str]) -> str:
    counts: Counter[str] = Counter()
    found = []
    for link in one.links:
        if link.source == event.id:
            counts[link.label] += 1
            number = str(counts[link.label]) if counts[link.label] > 1 else ""
            found.append(f" {link.label}{number}:{events.get(link.target, names[link.target])}")
    return "".join(found)


def _conf() -> str:
    """brat's configuration: what may be annotated, so that it can be shown and changed."""
    classes = list(vocabulary.codes("entity-class"))
    lines = ["[entities]", *classes, *FIELDS, "", "[relations]", "", "[events]"]
    for code, entry in vocabulary.event_types().items():
        roles = [f"{role['role']}*:<ANY>" for role in entry["roles"]] + [f"{name}*:<ANY>" for name in (PLACE, BY, VIA)]
        lines.append(f"{type_name(code)}\t{', '.join(roles)}")
    lines += ["", "[attributes]", f"form\tArg:<ENTITY>, Value:{'|'.join(vocabulary.codes('mention-form'))}"]
    lines += [f"{field}\tArg:<EVENT>, Value:{'|'.join(vocabulary.codes(field))}" for field in EVENT]
    return "\n".join(lines) + "\n"
