"""W3C Web Annotation (JSON-LD): one collection per document. The text stays out of it: a few characters around a span.

A span is an annotation with a position and a quotation; a link one whose target is another annotation; and each record
is one of the whole document, with JSON as its body.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cte_corpus.exchange.carried import documents, packed

if TYPE_CHECKING:
    from cte_corpus.exchange.annotated import Annotated, Link, Mark, Raw
    from cte_corpus.exchange.job import Files, Job

SUFFIX = ""
OPTIONS = frozenset({"text"})

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 32
"""Code points before and after a span that are quoted with it."""

RIGHTS = "Beside each span these files quote a few words of the text, which belongs to its publisher.\n"


def export(job: Job) -> Files:
    """Write the collections.

    Raises:
        CteError: no text is at hand.
    """
    base = f"urn:{job.corpus.info.name}:{job.corpus.version}:"
    files = {"RIGHTS": RIGHTS.encode()}
    for one in documents(job, "annotations with quotations"):
        files[f"{one.name}.jsonld"] = written(one, base)
    return files


def written(one: Annotated, base: str) -> bytes:
    """A document as an annotation collection.

    Args:
        one: The document.
        base: What stands before the id of a record, so that it becomes an IRI.
    """
    raw = one.records or {"document": {}}
    addresses = [item["url"] for item in raw["document"].get("urls", ())]
    source = addresses[0] if addresses else base + one.name
    items = [_span(one, mark, base, source) for mark in one.marks]
    items += [_link(link, number, base) for number, link in enumerate(one.links)]
    items += [_record(part, record, base, source) for part, record in (packed(raw) if one.records else ())]
    page = {"id": f"{base}{one.name}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {"@context": CONTEXT, "id": f"{base}{one.name}#annotations", "type": "AnnotationCollection"}
    whole = {**collection, "label": one.name, "total": len(items), "first": page}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _span(one: Annotated, mark: Mark, base: str, source: str) -> Raw:
    body: list[Raw] = [_words("classifying", mark.label)]
    for field, value in mark.features.items():
        if field == "entity":
            body.append({"type": "SpecificResource", "purpose": "identifying", "source": base + value})
        else:
            body.append(_words("tagging", f"{field}={value}"))
    quote = {
        "type": "TextQuoteSelector",
        "exact": one.text[mark.start : mark.end],
        "prefix": one.text[max(0, mark.start - AROUND) : mark.start],
        "suffix": one.text[mark.end : mark.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
    return {
        "id": base + mark.id,
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": {"type": "SpecificResource", "source": source, "selector": [position, quote]},
    }


def _link(link: Link, number: int, base: str) -> Raw:
    target = {"type": "SpecificResource", "purpose": "linking", "source": base + link.target}
    return {
        "id": f"{base}{link.source}#link/{number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [_words("tagging", link.label), target],
        "target": base + link.source,
    }


def _record(part: str, record: str, base: str, source: str) -> Raw:
    name = json.loads(record)["id"]
    body = {**_words("describing", record), "format": "application/json"}
    target = {"id": f"{base}{name}#record/{part}", "type": "Annotation", "motivation": "describing"}
    return {**target, "body": body, "target": source}


def _words(purpose: str, value: str) -> Raw:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
