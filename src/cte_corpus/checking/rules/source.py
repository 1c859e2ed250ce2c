"""Level 3 with the source text at hand: slices, digests and leftovers."""

import hashlib
from functools import partial
from itertools import repeat
from operator import eq, getitem, sub

from cte_corpus.checking.rules import own_words, reread
from cte_corpus.checking.rules.context import COMPARED, Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.evidence import FURNITURE, in_text
from cte_corpus.text import prose
from cte_corpus.text.view import digest, sha256


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings that need `doc.text`, the reference text of the document, and `doc.source`, the file it is from."""
    assert doc.text is not None
    text = doc.text
    expected = doc.document["text"]
    if sha256(text) != expected["sha256"]:
        got = f"{len(text)} code points with sha256 {sha256(text)[:12]}…"
        yield Found(
            "CTE311",
            expected,
            f"expected a text of {expected['length']} code points with sha256 {expected['sha256'][:12]}…, got {got}",
            "sha256",
            "is this the same edition of the text, and the right recipe?",
        )
        return
    if doc.source and corpus.schema >= COMPARED:
        yield from _same_file(expected, doc.source)
    slices = list(_slices(doc, text))
    yield from slices
    yield from _digests(doc, text)
    leftovers = list(_leftovers(doc, text))
    yield from leftovers
    if not slices and corpus.schema >= COMPARED:
        yield from reread.check(doc, corpus, cut={id(item.where) for item in leftovers})
    yield from own_words.check(doc, text)


def _same_file(expected: Record, data: bytes) -> Findings:
    """The source is the file that was coded, byte for byte, or with other line ends only."""
    wanted, got = expected["source_sha256"], hashlib.sha256(data).hexdigest()
    if wanted != got and wanted != hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest():
        message = f"expected a file with sha256 {wanted[:12]}…, got {got}"
        help_ = "the text is the same: write this digest, or look which edition of the file it is"
        yield Found("CTE351", expected, message, "source_sha256", help_)


def _slices(doc: Doc, text: str) -> Findings:
    starts, ends, words = zip(*doc.extents, strict=True) if doc.extents else (NONE, NONE, NONE)
    printed = map(getitem, repeat(text), map(slice, starts, ends))
    if list(map(sub, ends, starts)) == list(map(len, words)) and all(map(eq, printed, words)):
        return
    for span in doc.spans:
        start, words = span["start"], span["text"]
        end = min(span["end"], start + len(words) + prose.MAX_CHARS)  # enough to differ, and to be read
        actual = text[start:end]
        if actual != words:
            yield Found(
                "CTE304",
                span,
                f"expected “{actual}” from the text, got “{words}”",
                "text",
                partial(_elsewhere, span, text),
            )


def _elsewhere(span: Record, text: str) -> str:
    words, start = span["text"], span["start"]
    places = [text.rfind(words, 0, start + len(words)), text.find(words, start)]
    there = [place for place in places if place >= 0]
    if not there:
        return "the text does not contain these words"
    nearest = min(there, key=lambda place: abs(place - start))
    return f"these words stand at {nearest}-{nearest + len(words)}"


def _digests(doc: Doc, text: str) -> Findings:
    """Digests of what lies in order: where sections or sentences overlap, that comes first."""
    position = 0
    for section in sorted(doc.sections, key=in_text):
        if section["start"] < position:
            continue
        position = section["end"]
        actual = sha256(text[section["start"] : section["end"]])
        if actual != section["sha256"]:
            yield Found("CTE310", section, f"expected sha256 {actual}, got {section['sha256']}", "sha256")
        done = section["start"]
        for sentence in section.get("sentences", NONE):
            if sentence["start"] < done:
                continue
            done = sentence["end"]
            actual = digest(text[sentence["start"] : sentence["end"]])
            if actual != sentence["digest"]:
                yield Found("CTE310", sentence, f"expected digest {actual}, got {sentence['digest']}", "digest")


def _leftovers(doc: Doc, text: str) -> Findings:
    """Running text lies in sentences: between them there is white space only."""
    for section in doc.sections:
        if section["kind"] in FURNITURE:
            continue
        position = section["heading"]["end"] if "heading" in section else section["start"]
        ends = [(s["start"], s["end"]) for s in section.get("sentences", NONE)]
        for start, end in [*ends, (section["end"], section["end"])]:
            if text[position:start].strip():
                yield Found(
                    "CTE313", section, f"characters {position}-{start} lie in no sentence and no heading", "sentences"
                )
            position = max(position, end)
