"""Corrections that prove themselves: a field, its new value, and the words of the text that bear it out."""

from __future__ import annotations

import re
import shutil
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from cte_corpus.authoring import folder, quotes
from cte_corpus.checking import engine
from cte_corpus.errors import CteError
from cte_corpus.store import folders, layout, strict
from cte_corpus.text.suggest import hint

LONGEST = 100_000
"""Bytes of an issue that are read; GitHub takes 65,536 characters."""

FORM = 'a correction is {"record": …, "field": …, "value": …, "quote": …}, alone or in one block fenced as ```json'

_BLOCK = re.compile(r"^(`{3,})json[ \t]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"[a-z_]+(?:\[\d{1,4}\])*(?:\.[a-z_]+(?:\[\d{1,4}\])*)*")
_STEP = re.compile(r"([a-z_]+)|\[(\d+)\]")

Raw = dict[str, Any]


class Correction(NamedTuple):
    """What is to be changed, and the words that show it."""

    record: str
    field: str
    """As `cte diff` writes it: `times[0].edtf`."""
    value: Any
    quote: quotes.Quote


def read(data: bytes) -> Correction:
    """The correction in a JSON text, or in the one block of JSON in the body of an issue.

    Raises:
        CteError: there is none, or several, or it lacks something.
    """
    if len(data) > LONGEST:
        raise CteError(f"this has more than {LONGEST:,} bytes", FORM)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CteError(f"expected UTF-8, got byte 0x{data[error.start]:02x}", "save it as UTF-8") from None
    if not text.lstrip().startswith("{"):
        blocks = [match[2] for match in _BLOCK.finditer(text)]
        if len(blocks) != 1:
            raise CteError(f"expected one block of JSON, got {len(blocks)}", FORM)
        text = blocks[0]
    try:
        value = strict.loads(text.encode())
    except strict.JsonError as error:
        raise CteError(f"the correction is no JSON: {error}", FORM) from None
    if not isinstance(value, dict) or set(value) != {"record", "field", "value", "quote"}:
        raise CteError("expected record, field, value and quote, and nothing else", FORM)
    if not isinstance(value["record"], str) or not isinstance(value["field"], str):
        raise CteError("expected `record` and `field` to be strings", FORM)
    try:
        return Correction(value["record"], value["field"], value["value"], quotes.read(value["quote"]))
    except quotes.QuoteError as error:
        raise CteError(str(error), FORM) from None


class Corrected(NamedTuple):
    """A corpus before and after a correction, for comparing; both are temporary."""

    before: Path
    after: Path


def correct(wanted: Correction, text: Path, root: Path, work: Path) -> Corrected:
    """Apply a correction to a corpus tree, if the quote bears it out and the result is clean.

    Args:
        wanted: What is to be changed.
        text: The source text, or a folder of them.
        root: The corpus tree.
        work: An empty folder for the states before and after.

    Raises:
        CteError: the record, the field or the quote is not there, or what comes out does not pass the check.
        OSError: a file cannot be read or written.
    """
    document = folder.checked_id(wanted.record.partition(":")[0])
    with folders.writing(root):  # what is written follows from what was there
        folders.clear(root, document)
        bundle = folder.read(root, document)
        if not bundle:
            known = [path.name for path in (root / "documents").iterdir()]
            raise CteError(f"no document {document!r} in {root}", hint(document, known))
        changed = deepcopy(bundle)
        record = _record(changed, wanted.record)
        source = _text(text, document, bundle)
        span = _found(wanted, source, bundle)
        _change(record, wanted, span, bundle)
        before, after = work / "before", work / "after"
        for copy in (before, after):
            shutil.copytree(root, copy / "data")
        folder.write(after / "data", document, changed)
        _judge(before / "data", after / "data", document, text)
        if changed == bundle:
            raise CteError(f"{wanted.record} says so already", "nothing was written")
        folder.write(root, document, changed)
    return Corrected(before / "data", after / "data")


def _record(bundle: Raw, key: str) -> Raw:
    if ":" not in key:
        return bundle["document"]  # type: ignore[no-any-return]
    records = {record["id"]: record for part in layout.PARTS if part != "document" for record in bundle[part]}
    if key not in records:
        raise CteError(f"no record {key!r}", hint(key, records))
    return records[key]  # type: ignore[no-any-return]


def _text(path: Path, document: str, bundle: Raw) -> str:
    if path.is_dir():
        names = layout.source_texts(path)
        if document not in names:
            raise CteError(f"no text named {document}.* in {path}", "give the file")
        path = path / names[document]
    text = folder.read_text(path, bundle["document"]["text"]["recipe"])
    from cte_corpus.text.view import sha256

    if sha256(text) != bundle["document"]["text"]["sha256"]:
        raise CteError(f"{path} is not the text of {document}", "offsets can be told in the text of the records alone")
    return text


def _found(wanted: Correction, text: str, bundle: Raw) -> Raw:
    names = [
        (f"{section['id'].partition(':')[2]}.{item['n']}", item["start"], item["end"])
        for section in bundle["sections"]
        for item in section.get("sentences", ())
    ]
    scope = [(start, end) for name, start, end in names if name == wanted.quote.inside]
    if wanted.quote.inside and not scope:
        raise CteError(f"there is no sentence {wanted.quote.inside}", "name it as s02.1")
    try:
        found = quotes.Source(text, names).find(wanted.quote, scope or [(0, len(text))])
    except quotes.QuoteError as error:
        raise CteError("the quote does not show one place", detail=str(error)) from None
    return found.span


def _change(record: Raw, wanted: Correction, span: Raw, bundle: Raw) -> None:
    """Put the value into its field, and the place of the quote beside it where there is a span."""
    if not _PATH.fullmatch(wanted.field):
        raise CteError(f"{wanted.field!r} is no field", "as `cte diff` writes it: times[0].edtf")
    steps = [name or int(index) for name, index in _STEP.findall(wanted.field)]
    if steps[0] in ("id", "document"):
        raise CteError(f"`{steps[0]}` is not corrected", "a record keeps its id")
    holder: Any = record
    for step in steps[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            raise CteError(f"{wanted.record} has no {wanted.field!r}", f"it has {', '.join(record)}") from None
    last = steps[-1]
    if isinstance(last, int) and not (isinstance(holder, list) and last < len(holder)):
        raise CteError(f"{wanted.record} has no {wanted.field!r}", f"it has {', '.join(record)}")
    if isinstance(last, str) and not isinstance(holder, dict):
        raise CteError(f"{wanted.record} has no {wanted.field!r}", f"it has {', '.join(record)}")
    was = holder.get(last) if isinstance(holder, dict) else holder[last]
    if isinstance(was, dict) and was.keys() == {"start", "end", "text"}:
        holder[last] = span
    else:
        holder[last] = wanted.value
        if isinstance(holder, dict) and "span" in holder:
            holder["span"] = span
    if "evidence" in record:
        _add_evidence(record, span, bundle)


def _add_evidence(record: Raw, span: Raw, bundle: Raw) -> None:
    for section in bundle["sections"]:
        for item in section.get("sentences", ()):
            name = f"{section['id']}.{item['n']}"
            if item["start"] <= span["start"] and span["end"] <= item["end"] and name not in record["evidence"]:
                record["evidence"] = sorted([*record["evidence"], name])


def _judge(before: Path, after: Path, document: str, text: Path) -> None:
    """Refuse what brings a finding.

    Raises:
        CteError: the check finds something that it did not find before.
    """
    with TemporaryDirectory(prefix="cte-") as alone:
        texts = text
        if not text.is_dir():
            texts = Path(alone)
            shutil.copyfile(text, texts / f"{document}{text.suffix or '.txt'}")
        was, now = (engine.run(state, text=texts).diagnostics for state in (before, after))
    known = {(one.code, one.location.record, one.message) for one in was}
    found = [one for one in now if (one.code, one.location.record, one.message) not in known and one.severity != "info"]
    if found:
        lines = [f"{one.code} {one.location.record}: {one.message}" for one in found[:8]]
        raise CteError("the corpus would no longer pass its check; nothing was written", detail="\n".join(lines))
