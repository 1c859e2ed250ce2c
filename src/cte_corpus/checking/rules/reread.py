"""Levels 3 with the text: words that a span cuts, lines and sentences, quotation marks, what is named and not coded."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import Doc, Findings, Found, Record
from cte_corpus.checking.rules.evidence import FURNITURE
from cte_corpus.text import edges
from cte_corpus.text.dates import dates
from cte_corpus.text.figures import COINS, figures
from cte_corpus.text.fold import fold

_QUOTES = re.compile("[\"“”«»„‹›‘’']")
_QUOTED = re.compile('“[^”\n]{20,}|«[^»\n]{20,}|"[^"\n]{20,}(?=")')
"""Quotations that are more than words in quotation marks."""

_SEVERAL = re.compile('(?<!\\w)(\\w++)(?:[.؟]|[!?]++)["”»\'’)\\]]*+\\s++(?=["“«(]*[A-Z\u0621-\u064a])')
_SHORT = 3
"""Letters of a word that may be an abbreviation, after which a sentence goes on, or the number of an item."""

_ABBREVIATED = frozenset({"Corp", "Dept", "Capt", "Prof", "Bros", "Assn", "Govt", "Sept"})

_APART = " \n.,،؛:()"
"""Common characters that are no letters."""

_ENDS = ".!?؟…:\"”»'’)]*"
NAMED = ("person:", "gpe:", "org:")
LEAST = 4
"""Characters of the shortest name that is looked for."""


def check(doc: Doc, corpus: Context, cut: set[int]) -> Findings:
    """All findings of one document whose text is the one that was coded; `cut`, sections with text in no sentence."""
    assert doc.text is not None
    yield from _cut(doc, doc.text)
    yield from _title(doc, doc.text)
    yield from _places(doc, doc.text, cut)
    yield from _quoted(doc, doc.text)
    yield from _uncoded(doc, doc.text, corpus)


def _cut(doc: Doc, text: str) -> Findings:
    for span, (start, end, _) in zip(doc.spans, doc.extents, strict=True):
        if text[start - 1] in _APART and text[end : end + 1] in _APART:
            continue  # `start` 0 looks at the last character: what is no letter parts it as well
        if edges.cuts_word(text, start, end):
            message = f"the span cuts a word: “{_around(text, start, end)}”"
            yield Found(
                "CTE339", span, message, "text", "take in the whole word; what Arabic writes to it may stay out"
            )


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 8) : min(end, start + 40)] + "|" + text[end : end + 8]


def _title(doc: Doc, text: str) -> Findings:
    """The title of the document stands in a section that is one."""
    title = _letters(doc.document["title"]["text"])
    heads = [_letters(text[one["start"] : one["end"]]) for one in doc.sections if one["kind"] == "title"]
    if heads and not any(title in head or head in title for head in heads):
        yield Found("CTE352", doc.document["title"], "no section that is a title has these words", "text")


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
                if not why and section["kind"] != "title":
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


def _uncoded(doc: Doc, text: str, corpus: Context) -> Findings:
    """Names, dates and figures of the sentences that lie in no span."""
    covered = bytearray(len(text) + 1)
    for span in doc.spans:
        covered[span["start"] : span["end"]] = b"\x01" * (span["end"] - span["start"])
    owners: list[tuple[int, int, Record]] = [
        (one["start"], one["end"], one)
        for section in doc.sections
        if section["kind"] not in FURNITURE
        for one in section.get("sentences", ())
    ]
    dated = [(one.start, one.end) for one in dates(text)]
    found = [("date", start, end) for start, end in dated if not any(covered[start:end])]
    found += [("figure", one.start, one.end) for one in figures(text, dated) if not any(covered[one.start : one.end])]
    for start, end, called in _names(doc, text, corpus):
        if not all(covered[start:end]) or not _mentioned(doc, start, end, called):
            found.append(("name", start, end))
    for what, start, end in sorted(set(found), key=lambda item: item[1:]):
        sentence = next((one for first, last, one in owners if first <= start and end <= last), None)
        if sentence:
            message = f"the {what} “{text[start:end]}” at {start}-{end} lies in no span"
            yield Found("CTE346", sentence, message, "n", "code it, or take it into the span to whose words it belongs")


def _mentioned(doc: Doc, start: int, end: int, called: set[str]) -> bool:
    """Whether a mention of one of those who are called so stands there, a longer name around it, or no mention."""
    around = [one for one in doc.mentions if one["span"]["start"] < end and start < one["span"]["end"]]
    return not around or any(
        one["entity"] in called
        or (one["form"] == "name" and one["span"]["start"] <= start and end <= one["span"]["end"])
        for one in around
    )


def _names(doc: Doc, text: str, corpus: Context) -> Iterator[tuple[int, int, set[str]]]:
    """Where the names stand of whom the document mentions, and of whom they are."""
    folded = fold(text)
    named = {mention["entity"] for mention in doc.mentions if mention["entity"].startswith(NAMED)}
    entities = [entity for entity in named if entity in corpus.entities]
    names: dict[str, set[str]] = {}
    for entity in entities:
        for name in corpus.entities[entity]["names"]:
            names.setdefault(_folded(name["text"]), set()).add(entity)
    here = (re.escape(name) for name in names if len(name) >= LEAST and name in folded.text)
    wanted = sorted(here, key=len, reverse=True)
    if wanted:
        for match in re.finditer(rf"(?<!\w)(?:[وفبكل]|ول|وب)?({'|'.join(wanted)})(?!\w)", folded.text):
            if not re.compile(COINS).match(folded.text, match.end(1)):  # "South African rand" names no country
                yield folded.back(match.start(1)), folded.back_end(match.end(1)), names[match[1]]


@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    return fold(name).text
