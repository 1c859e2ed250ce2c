"""Level 3: records stand in the order of the text, sections in their places, and printed figures are coded."""

from functools import lru_cache
from itertools import pairwise

from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record, Sound
from cte_corpus.checking.rules.evidence import in_text
from cte_corpus.text.figures import figures

_FIGURELESS = Sound[str]()
"""Words without a figure."""

HEAD = frozenset({"title", "masthead", "byline"})
"""Kinds of section that may stand before a title."""


def check(doc: Doc) -> Findings:
    """All findings in one document, whose offsets hold."""
    yield from _mentions(doc)
    yield from _sections(doc)
    yield from _figures(doc)


def _mentions(doc: Doc) -> Findings:
    """Mentions follow the text; those that were found later follow all that were coded first."""
    starts = [start for start, _, _ in doc.extents[: len(doc.mentions)]]
    if starts == sorted(starts):
        return
    turns = [index for index, (one, other) in enumerate(pairwise(starts), 1) if other < one]
    last = max(starts)
    for index in turns:
        if max(starts[:index]) < last or index == 1:  # more of the text follows, so these were coded first
            mention, before = doc.mentions[index], doc.mentions[index - 1]
            message = f"`{mention['id']}` stands in the text before `{before['id']}`"
            help_ = "number mentions in the order of the text; what is found later takes the next free number"
            yield Found("CTE348", mention, message, "id", help_, ((before, "the mention before"),))


def _sections(doc: Doc) -> Findings:
    """A title heads the document, and a section does not begin before the one that it belongs to."""
    body: Record | None = None
    for section in sorted(doc.sections, key=in_text):
        if section["kind"] not in HEAD:
            body = body or section
        elif section["kind"] == "title" and body:
            message = f"a title inside the text, after `{body['id']}`, a {body['kind']}"
            help_ = "the title heads the document; what heads a part of it is its `heading`"
            yield Found("CTE349", section, message, "kind", help_, ((body, "the text begins here"),))
    starts = {section["id"]: section["start"] for section in doc.sections}
    for section in doc.sections:
        if "parent" in section and starts.get(section["parent"], 0) > section["start"]:
            message = f"the section begins before `{section['parent']}`, to which it belongs"
            yield Found("CTE349", section, message, "parent", "a part lies after the beginning of its whole")


def _figures(doc: Doc) -> Findings:
    """A figure inside of words that are coded is a figure of an event."""
    spans = [mention["span"] for mention in doc.mentions if mention["form"] == "nominal"]
    spans += [event["trigger"] for event in doc.events]
    spans += [item["span"] for _, item in doc.arguments if "span" in item]
    spans += [item["span"] for event in doc.events if "conditions" in event for item in event["conditions"]]
    left = {span["text"] for span in spans} - _FIGURELESS
    printing = {words for words in left if _printed(words)}
    held: list[tuple[int, int]] | None = None
    for span in [span for span in spans if span["text"] in printing] if printing else NONE:
        for start, end in _printed(span["text"]):
            if held is None:
                coded = [item["span"] for items in (doc.quantities, doc.times) for _, item in items if "span" in item]
                held = [(one["start"], one["end"]) for one in coded]
            first, last = span["start"] + start, span["start"] + end
            if not any(one < last and first < other for one, other in held):
                message = f"“{span['text'][start:end]}” is printed in a coded span, and no figure or date holds it"
                yield Found("CTE350", span, message, "text", "add it to `quantities`, or leave it out of the span")


@lru_cache(maxsize=8192)
def _printed(words: str) -> tuple[tuple[int, int], ...]:
    """Where figures stand in some words."""
    found = tuple((one.start, one.end) for one in figures(words)) if words else NONE
    if not found:
        _FIGURELESS.add(words)
    return found
