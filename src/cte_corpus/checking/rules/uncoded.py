"""Level 3 with the text: names, dates and figures of the sentences that lie in no span.

First what surely tells that there are none: that is quick, and true of most documents.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import Doc, Findings, Found, Record
from cte_corpus.checking.rules.evidence import FURNITURE
from cte_corpus.text.dates import dates
from cte_corpus.text.figures import COINS, figures, may_hold
from cte_corpus.text.fold import fold, runs
from cte_corpus.text.narrow import narrow

NAMED = ("person:", "gpe:", "org:")
LEAST = 4
"""Characters of the shortest name that is looked for."""

ATTACHED = "وفبكل"
PREFIXES = ("ول", "وب")
"""What Arabic writes before a name, folded: one of these letters, or two."""

_PREFIX = f"(?<!\\w)(?:[{ATTACHED}]|{'|'.join(PREFIXES)})?"
_BEFORE = re.compile(rf"{_PREFIX}\Z")
_RUN = re.compile(r"\w")


def check(doc: Doc, text: str, corpus: Context) -> Findings:
    """Names, dates and figures of the sentences that lie in no span."""
    narrowed = narrow(text)
    owners: list[tuple[int, int, Record]] = [
        (one["start"], one["end"], one)
        for section in doc.sections
        if section["kind"] not in FURNITURE
        for one in section.get("sentences", ())
    ]
    covered = _Covered(doc, text)
    found: list[tuple[str, int, int]] = []
    if may_hold(_open(doc, narrowed, owners)):
        dated = [(one.start, one.end) for one in dates(text)]
        numbers = [(one.start, one.end) for one in figures(text, dated)]
        found += [("date", start, end) for start, end in dated if not any(covered.marks[start:end])]
        found += [("figure", start, end) for start, end in numbers if not any(covered.marks[start:end])]
    names = _names(doc, runs(narrowed), corpus)
    if any(not covered.by(called, start, end) for start, end, called in _doubtful(text, names, covered.named)):
        matches = ((start, end) for start, end, called in _matches(text, names) if not covered.by(called, start, end))
        found += [("name", start, end) for start, end in matches]
    for what, start, end in sorted(set(found), key=lambda item: item[1:]):
        sentence = next((one for first, last, one in owners if first <= start and end <= last), None)
        if sentence:
            message = f"the {what} “{text[start:end]}” at {start}-{end} lies in no span"
            yield Found("CTE346", sentence, message, "n", "code it, or take it into the span to whose words it belongs")


def _open(doc: Doc, narrowed: bytes, owners: list[tuple[int, int, Record]]) -> bytes:
    """A text in its narrow form, with blanks for all that lies in a span or in no sentence."""
    data = bytearray(b" " * len(narrowed))
    for start, end, _ in owners:
        data[start:end] = narrowed[start:end]
    for start, end, words in doc.extents:
        data[start:end] = b" " * len(words)
    return bytes(data)


class _Covered:
    """Which places of a text lie in spans, and in whose."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._doc, self._size = doc, len(text)

    @cached_property
    def marks(self) -> bytearray:
        """Whether each character lies in a span."""
        marks = bytearray(self._size + 1)
        for span in self._doc.spans:
            marks[span["start"] : span["end"]] = b"\x01" * (span["end"] - span["start"])
        return marks

    @cached_property
    def named(self) -> list[int]:
        """For each character the longest name that is mentioned there, by number."""
        spans = [mention["span"] for mention in self._doc.mentions if mention["form"] == "name"]
        spans.sort(key=lambda span: span["end"] - span["start"])
        named = [0] * (self._size + 1)
        for number, span in enumerate(spans, 1):
            named[span["start"] : span["end"]] = [number] * len(span["text"])
        return named

    def by(self, called: set[str], start: int, end: int) -> bool:
        """Whether a name lies in spans, and is mentioned as one of those who are called so, or in a longer name."""
        return all(self.marks[start:end]) and _mentioned(self._doc, start, end, called)


def _mentioned(doc: Doc, start: int, end: int, called: set[str]) -> bool:
    """Whether a mention of one of those who are called so stands there, a longer name around it, or no mention."""
    around = [one for one in doc.mentions if one["span"]["start"] < end and start < one["span"]["end"]]
    return not around or any(
        one["entity"] in called
        or (one["form"] == "name" and one["span"]["start"] <= start and end <= one["span"]["end"])
        for one in around
    )


def _names(doc: Doc, words: list[str] | None, corpus: Context) -> dict[str, set[str]]:
    """The names of whom the document mentions, folded, with those who have them; those alone whose first word the text
    has, if its words are known."""
    known = set(words or ())
    attached = [word for word in known if word[0] in ATTACHED]
    known.update([word[1:] for word in attached], [word[2:] for word in attached if word.startswith(PREFIXES)])
    names: dict[str, set[str]] = {}
    for entity in {entity for entity in doc.entity_of.values() if entity.startswith(NAMED)}:
        for form, first in corpus.called.forms(entity):
            if (first in known or words is None or not first) and len(form) >= LEAST:
                names.setdefault(form, set()).add(entity)
    return names


def _doubtful(text: str, names: dict[str, set[str]], named: list[int]) -> Iterator[tuple[int, int, set[str]]]:
    """The places where names may stand, in longer ones as well, that do not lie in one name that is mentioned."""
    folded = fold(text)
    find, back = folded.text.find, folded.back
    for name, called in names.items():
        at = find(name)
        while at >= 0:
            start, end = back(at), at + len(name)
            within = named[start]
            if (not within or within != named[back(end - 1)]) and _is_apart(folded.text, at, end):
                yield start, folded.back_end(end), called
            at = find(name, at + 1)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether no word goes on at the ends of a place, apart from what Arabic writes before one."""
    return not _RUN.match(text, end) and bool(_BEFORE.search(text, max(0, start - 3), start))


def _matches(text: str, names: dict[str, set[str]]) -> Iterator[tuple[int, int, set[str]]]:
    """The places where names stand, the longest first; not where money is named after a country."""
    folded = fold(text)
    here = (re.escape(name) for name in names if name in folded.text)
    wanted = sorted(here, key=len, reverse=True)
    if wanted:
        for match in re.finditer(rf"{_PREFIX}({'|'.join(wanted)})(?!\w)", folded.text):
            if not re.compile(COINS).match(folded.text, match.end(1)):  # "South African rand" names no country
                yield folded.back(match.start(1)), folded.back_end(match.end(1)), names[match[1]]
