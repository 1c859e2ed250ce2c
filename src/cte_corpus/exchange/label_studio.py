"""Label Studio: one file of tasks, and the labelling configuration of a project that shows them.

Regions are called by the spans of the records that they are; the records travel in `data.cte`. Offsets are code points.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from cte_corpus import vocabulary
from cte_corpus.exchange.annotated import BY, EVENT, PLACE, VIA, Annotated, Raw
from cte_corpus.exchange.brat import FIELDS
from cte_corpus.exchange.carried import RIGHTS, documents

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Files, Job

SUFFIX = ""
OPTIONS = frozenset({"text"})

LABEL, TEXT, ENTITY = "label", "text", "entity"
"""Names of the controls and of the object in the configuration."""

CHOICES = {"form": "mention-form", **{field: field for field in EVENT}}
"""Fields that are chosen per region, with the lists of their codes."""


def export(job: Job) -> Files:
    """Write the tasks and the configuration.

    Raises:
        CteError: no text is at hand.
    """
    tasks = [task(one) for one in documents(job, "Label Studio's tasks")]
    return {
        "tasks.json": (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode(),
        "config.xml": config().encode(),
        "RIGHTS": f"{RIGHTS}\n".encode(),
    }


def task(one: Annotated) -> Raw:
    """A document as a task with one annotation."""
    result: list[Raw] = []
    for mark in one.marks:
        value = {"start": mark.start, "end": mark.end, "text": one.text[mark.start : mark.end]}
        result.append(_region(mark.id, LABEL, "labels", {**value, "labels": [mark.label]}))
        for field, code in mark.features.items():
            if field == ENTITY:
                result.append(_region(mark.id, ENTITY, "textarea", {**value, "text": [code]}))
            else:
                result.append(_region(mark.id, field, "choices", {**value, "choices": [code]}))
    for link in one.links:
        ends = {"from_id": link.source, "to_id": link.target}
        result.append({"type": "relation", **ends, "direction": "right", "labels": [link.label]})
    data = {TEXT: one.text, "document": one.name, "cte": one.records}
    return {"data": data, "annotations": [{"result": result}]}


def _region(name: str, control: str, kind: str, value: Raw) -> Raw:
    return {"id": name, "from_name": control, "to_name": TEXT, "type": kind, "value": value}


def config() -> str:
    """The labelling configuration: labels of spans, what is chosen per span, roles as labels of relations."""
    labels = [*vocabulary.codes("entity-class"), *vocabulary.codes("event-type"), *FIELDS]
    links = [*vocabulary.codes("role"), PLACE, BY, VIA]
    lines = ["<View>", f'  <Labels name="{LABEL}" toName="{TEXT}">', *_listed("Label", labels), "  </Labels>"]
    lines += ["  <Relations>", *_listed("Relation", links), "  </Relations>"]
    lines.append(f'  <Text name="{TEXT}" value="${TEXT}"/>')
    lines.append(f'  <TextArea name="{ENTITY}" toName="{TEXT}" perRegion="true" maxSubmissions="1" editable="true"/>')
    for field, codes in CHOICES.items():
        lines.append(f'  <Choices name="{field}" toName="{TEXT}" perRegion="true" choice="single">')
        lines += [*_listed("Choice", vocabulary.codes(codes)), "  </Choices>"]
    return "\n".join([*lines, "</View>"]) + "\n"


def _listed(tag: str, values: Any) -> list[str]:
    return [f"    <{tag} value={quoteattr(value)}/>" for value in values]
