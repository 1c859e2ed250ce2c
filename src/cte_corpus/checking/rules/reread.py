"""Level 3 with the text: words that a span cuts, lines and sentences, quotation marks."""

import re

from cte_corpus.checking.rules import uncoded
from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import Doc, Findings, Found
from cte_corpus.checking.rules.evidence import FURNITURE
from cte_corpus.text import edges
from cte_corpus.text.fold import fold

_QUOTES = re.compile("[\"“”«»„‹›‘’']")
_QUOTED = re.compile('“[^”\n]{20,}|«[^»\n]{20,}|"[^"\n]{20,}(?=")')
"""Quotations that are more than words in quotation marks."""

_SEVERAL = re.compile('(?<!\\w)(\\w++)(?:[.؟]|[!?]++)["”»\'’)\\]]*+\\s++(?=["“«(]*[A-Z\u0621-\u064a])')
_NEXT = re.compile('[.؟!?]["”»\'’)\\]]*+\\s++["“«(]*[A-Z\u0621-\u064a]')
"""Where a sentence may end before its end: before a full stop there is a word, and what may follow; and a part of that,
which is found faster."""

_SHORT = 3
"""Letters of a word that may be an abbreviation, after which a sentence goes on, or the number of an item."""

_ABBREVIATED = frozenset({"Corp", "Dept", "Capt", "Prof", "Bros", "Assn", "Govt", "Sept"})

_ENDS = ".!?؟…:\"”»'’)]*"


def check(doc: Doc, corpus: Context, cut: set[int]) -> Findings:
    """All findings of one document whose text is the one that was coded; `cut`, sections with text in no sentence."""
    assert doc.text is not None
    yield from _cut(doc, doc.text)
    yield from _title(doc, doc.text)
    yield from _places(doc, doc.text, cut)
    yield from _quoted(doc, doc.text)
    yield from uncoded.check(doc, doc.text, corpus)


def _cut(doc: Doc, text: str) -> Findings:
    inside, size = edges.insides(text), len(text)
    cut = [
        (span, start, end)
        for span, (start, end, _) in zip(doc.spans, doc.extents, strict=True)
        if inside[start] or inside[end if end < size else size]
    ]
    for span, start, end in cut:
        if edges.cuts_word(text, start, end):
            message = f"the span cuts a word: “{_around(text, start, end)}”"
            yield Found(
                "CTE339", span, message, "text", "take in the whole word; what Arabic writes to it may stay out"
            )


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 8) : min(end, start + 40)] + "|" + text[end : end + 8]


def _title(doc: Doc, text: str) -> Findings:
    """The title of the document stands in a section that is one."""
    title: str = doc.document["title"]["text"]
    heads = [text[one["start"] : one["end"]] for one in doc.sections if one["kind"] == "title"]
    if heads and not _among(title, heads) and not _among(_letters(title), list(map(_letters, heads))):
        yield Found("CTE352", doc.document["title"], "no section that is a title has these words", "text")


def _among(title: str, heads: list[str]) -> bool:
    return any(title in head or head in title for head in heads)


def _letters(words: str) -> str:
    return "".join(char for char in fold(words).text if char.isalnum())


def _places(doc: Doc, text: str, cut: set[int]) -> Findings:
    """Sections begin with a line; sentences are whole, one by one, and of one line."""
    for section in doc.sections:
        start = section["start"]
        if start and text[start - 1 : start] != "\n":
            yield Found(
                "CTE343", section, "the section begins inside a line", "start", "it begins where its first line does"
            )
        elif text[start : start + 1].isspace():
            yield Found(
                "CTE343", section, "the section begins with white space", "start", "that belongs to the one before"
            )
        start = section["heading"]["end"] if "heading" in section else start
        for sentence in section.get("sentences", ()):
            why = _sentence(text, sentence["start"], sentence["end"])
            if not why and section["kind"] not in FURNITURE and id(section) not in cut:
                why = _cuts(text, sentence["start"], sentence["end"], start)
                if not why and section["kind"] != "title" and _NEXT.search(text, sentence["start"], sentence["end"]):
                    why = _several(text, sentence["start"], sentence["end"])
            if why:
                yield Found("CTE343", sentence, f"the sentence {why}", "start" if why.startswith("begins") else "end")


def _sentence(text: str, start: int, end: int) -> str:
    words = text[start:end]
    if not words or words[0].isspace():
        return "begins with white space"
    if words[-1].isspace():
        return "ends with white space"
    if "\n" in words:
        return "runs over the end of a line"
    if start and edges.is_letter(text[start - 1]) and edges.is_letter(words[0]):
        return "begins inside a word"
    if end < len(text) and edges.is_letter(text[end]) and edges.is_letter(words[-1]):
        return "ends inside a word"
    return ""


def _cuts(text: str, start: int, end: int, first: int) -> str:
    """Whether a sentence is part of one."""
    before = text[max(first, text.rfind("\n", 0, start) + 1) : start].rstrip()
    if before and (before[-1].isalnum() or before[-1] in ",،;؛-"):
        return "begins in the middle of one"
    after = text[end : text.find("\n", end) % (len(text) + 1)]
    if after.strip() and text[end - 1] not in _ENDS:
        return "ends in the middle of one"
    return ""


def _several(text: str, start: int, end: int) -> str:
    """Whether a sentence ends before its end."""
    for match in _SEVERAL.finditer(text, start, end):
        word = match[1]
        if (len(word) > _SHORT and word not in _ABBREVIATED) or not word.isascii():
            return f"ends before {end}: another begins at {match.end()}"
    return ""


def _quoted(doc: Doc, text: str) -> Findings:
    quotes = {section["id"] for section in doc.sections if section["kind"] == "quote"}
    for event, item in doc.attributions:
        if item["quote"] in ("direct", "mixed"):
            evidence = event["evidence"]
            if any(ref.rpartition(".")[0] in quotes for ref in evidence):
                continue
            extents = [doc.sentences[ref] for ref in evidence]
            if not any(_QUOTES.search(text, one["start"], one["end"] + 1) for one in extents):
                message = f"{item['quote']}, and no quotation mark stands in {', '.join(evidence)}"
                yield Found("CTE342", item, message, "quote", "words that are told in other words are `indirect`")
    ranges = [match.span() for match in _QUOTED.finditer(text)]
    for event in doc.events if ranges else ():
        told = event.get("attributions", ())
        if told and not any(item["quote"] in ("direct", "mixed") for item in told):
            place = event["trigger"]["start"]
            if any(start < place < end for start, end in ranges):
                message = f"{told[0]['quote']}, and the trigger stands in a quotation"
                yield Found("CTE342", told[0], message, "quote", "words that are quoted are `direct`, or `mixed`")
