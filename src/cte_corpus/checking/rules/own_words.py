"""Level 3 with the source text at hand: our words against the source's."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from cte_corpus.checking.rules.doc import Doc, Findings, Found, Record
from cte_corpus.text import prose

OWN_WORDS = ("text", "note", "statement", "ground")

PLACES = {
    "document": "gloss.text published.note rights.statement rights.text upstream.note",
    "sections": "gist.text vintage.note",
    "mentions": "capacity.title.text",
    "events": "arguments.text.text conditions.text.text label.text note outside.note.text places.note"
    " quantities.of.text quantities.per_item.text relations.note times.note",
    "sanctions": "conduct_except.reason.text grounds.text legal_basis.ground.text listed.note registry.note.text"
    " relations.note",
}
"""Where own words stand in the records of each part of a document, in any version of the schemas."""

_PATHS = [(part, [path.split(".") for path in paths.split()]) for part, paths in PLACES.items()]


def check(doc: Doc, text: str) -> Findings:
    """Runs of the source's words in own words."""
    index = prose.SourceIndex(text)
    if not index.may_hold_any(_strings(doc)):
        return
    document = {key: value for key, value in doc.document.items() if key != "title"}  # that is the source's, to cite it
    for record in (document, *doc.sections, *doc.mentions, *doc.events, *doc.sanctions):
        for holder, key, words in _free_text(record):
            for run in prose.shared_runs(words, index):
                yield Found(
                    "CTE312",
                    holder,
                    f"repeats the source's words at {run.start}-{run.end} of this text",
                    key,
                    f"say it in your own words: no run of more than {prose.MAX_WORDS} words "
                    f"or {prose.MAX_CHARS} characters",
                )
                break


def _strings(doc: Doc) -> list[str]:
    """The strings of own words that can hold a run: a walk to their places alone is much faster than one to all."""
    found: list[str] = []
    for part, paths in _PATHS:
        records = getattr(doc, part)
        for path in paths:
            values = [records] if part == "document" else records
            for key in path:
                values = [value[key] for value in values if key in value]
                if values and isinstance(values[0], list):
                    values = list(chain.from_iterable(values))
            found += values
    return [words for words in found if len(words) >= prose.SHORTEST]


def _free_text(value: Any) -> Iterator[tuple[Record, str, str]]:
    """Every own-words string in a record, with the object and key that hold it. Spans are judged elsewhere."""
    if isinstance(value, dict):
        if "start" in value and "text" in value:
            return
        for key, item in value.items():
            if isinstance(item, str):
                if key in OWN_WORDS:
                    yield value, key, item
            else:
                yield from _free_text(item)
    elif isinstance(value, list):
        for item in value:
            yield from _free_text(item)
