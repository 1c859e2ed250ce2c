"""Targets of `fuzz.py` that read what others hand in: claims, corrections, citations, printed dates and figures."""

from fuzz_inputs import Inputs, hold

from cte_corpus import edtf
from cte_corpus.attach import ground_claims
from cte_corpus.authoring import correct
from cte_corpus.citing import cited
from cte_corpus.errors import CteError
from cte_corpus.text import dates, figures, printed, printed_figures

SUFFIXES = (".json", ".jsonl", ".csv", ".tsv", "")
KEYS = ("quote", "value", "context", "start", "end", "order", "text", "spans", "entities", "label", "extractions",
        "extraction_text", "char_interval", "start_pos", "end_pos", "ents")  # fmt: skip
PARTS = (
    "urn:cte-corpus:", "1.0.0", ":", "org:daesh", "@", ".1", "SHA-256 ", "sha256:", "a" * 64, "0", "-", "\n", "urn:",
    "treasury-jy0772:e03", " ", "٢", "é", "\x00",
)  # fmt: skip
PRINTED = (
    "11 ", "May ", "2022", "أيار/مايو ", "في ", "nearly ", "at least ", "ما لا يقل عن ", "نحو ", "40,000", "٤٠", "$",
    "million ", "percent", "%", "-", "–", "to ", "between ", "and ", "mid-", "since ", "Wednesday", "الأربعاء ", "., ",
    "one hundred ", "مليون ", "½", "²", "1" * 40, "1e9", "\n", "early ",
)  # fmt: skip


def claims(inputs: Inputs) -> None:
    """Claims in any of their forms, or nearly, from memory and from files: claims, or an error that names the place."""
    if inputs.below(4):
        data = inputs.json_bytes()
    else:
        words = inputs.text()[:20]
        cells = [inputs.pick((*KEYS, words, '"', "7", "-1", "")) for _ in range(1 + inputs.below(12))]
        data = "".join(cell + inputs.pick((",", "\t", "\n", "\r\n")) for cell in cells).encode("utf-8", "replace")
        inputs.last = data
    for key in KEYS[: inputs.below(len(KEYS))]:
        data = data.replace(b'"id"', f'"{key}"'.encode(), 1)
    path = inputs.work / f"claims{inputs.pick(SUFFIXES)}"
    path.write_bytes(data)
    inputs.last = data
    try:
        found = ground_claims.read(path, "quote" if inputs.below(8) == 0 else None)
    except CteError as error:
        hold(bool(error.message), "an error without a word")
        return
    hold(bool(found), "no claim, and no error")
    for claim in found:
        hold(isinstance(claim.quote, str), "a quote that is no string")
        claim.quote.encode()


def corrections(inputs: Inputs) -> None:
    """A correction, alone or in an issue: it has its four parts, or an error says why not."""
    data = inputs.json_bytes()
    for key in ("record", "field", "value", "quote"):
        if inputs.below(2):
            data = data.replace(b'"id"', f'"{key}"'.encode(), 1)
    if inputs.below(2):
        head = inputs.text()[:200].encode("utf-8", "replace")
        data = head + b"\n```json\n" + data + inputs.pick((b"\n```\n", b"```", b"\n````\n", b"\n```json\n"))
    inputs.last = data
    try:
        found = correct.read(data)
    except CteError as error:
        hold(bool(error.message), "an error without a word")
        return
    hold(isinstance(found.record, str) and isinstance(found.field, str), "parts that are no strings")
    found.quote.encode()


def citations(inputs: Inputs) -> None:
    """Names in citations of any format: each has a version, each stands once."""
    text = "".join(inputs.pick(PARTS) for _ in range(1 + inputs.below(30)))
    inputs.last = text
    try:
        found = cited.read(text)
    except CteError:
        return
    except (OSError, ValueError) as error:
        hold("\x00" in text or len(text) > 200, f"{error}")  # which no path may be
        return
    hold(len({(one.name, one.corpus) for one in found}) == len(found), "one thing twice")
    for one in found:
        hold(one.version.count(".") == 2, one.version)


def printed_words(inputs: Inputs) -> None:
    """Dates and figures in words: what is read is a date that exists, and lies where it is said to."""
    text = "".join(inputs.pick(PRINTED) for _ in range(1 + inputs.below(12)))
    inputs.last = text
    printed.printed_date(text)
    printed_figures.printed_figure(text)
    days = dates.dates(text)
    for day in days:
        hold(0 <= day.start < day.end <= len(text), f"{day}")
        if day.edtf:
            edtf.bounds(day.edtf)
    for figure in figures.figures(text, [(day.start, day.end) for day in days]):
        hold(0 <= figure.start < figure.end <= len(text), f"{figure}")
