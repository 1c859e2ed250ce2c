"""Corrections that prove themselves: a field, its new value, and the words of the text that bear it out."""

from __future__ import annotations

import re
import shutil
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.attach import fetch
from cte_corpus.attach.attached import copies_in
from cte_corpus.attach.known import spans_in
from cte_corpus.authoring import folder, judged, quotes, showing
from cte_corpus.checking.rules.file import order
from cte_corpus.errors import CteError
from cte_corpus.store import folders, layout, strict
from cte_corpus.text import sources
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from cte_corpus.store.canonical import KeyOrder
    from cte_corpus.text.sources import Source

SPAN = {"start", "end", "text"}

FIXED = {"document": ("id", "text"), "sections": ("id", "document", "start", "end", "sentences")}
"""Fields by part that are not corrected: ids, and what the text gives; of sentences only `function` is coded."""

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


def fetched(wanted: Correction, root: Path) -> Source:
    """The page at the address of the document that is to be corrected, by the rules of `attach.fetch`.

    Raises:
        CteError: there is no such document, it has no address, or the page cannot be had.
    """
    urls = _bundle(wanted, root)["document"].get("urls", ())
    if not urls:
        raise CteError(f"the document of {wanted.record} has no address", "give its text by --text")
    return fetch.fetch(urls[0]["url"])


def correct(wanted: Correction, text: Path | Source, root: Path, work: Path) -> Corrected:
    """Apply a correction to a corpus tree, if the quote bears it out and the result is clean.

    Args:
        wanted: What is to be changed.
        text: The source text, or a folder of them; or a copy of it, as a file or read.
        root: The corpus tree.
        work: An empty folder for the states before and after.

    Raises:
        CteError: the record, the field or the quote is not there, or what comes out does not pass the check.
        OSError: a file cannot be read or written.
    """
    document = folder.checked_id(wanted.record.partition(":")[0])
    with folders.writing(root):  # what is written follows from what was there
        folders.clear(root, document)
        bundle = _bundle(wanted, root)
        changed = deepcopy(bundle)
        part, record = _record(changed, wanted.record)
        span, own = _shown(wanted, text, document, bundle)
        _change(part, record, wanted, span)
        if own is None:
            _only(span, record, bundle)
        if "evidence" in record and not wanted.field.startswith("evidence"):
            _add_evidence(record, span, bundle)
        before, after = work / "before", work / "after"
        for copy in (before, after):
            shutil.copytree(root, copy / "data")
        folder.write(after / "data", document, changed)
        judged.refuse(before / "data", after / "data", {document: own} if own else {})
        if changed == bundle:
            raise CteError(f"{wanted.record} says so already", "nothing was written")
        folder.write(root, document, changed)
    return Corrected(before / "data", after / "data")


def _bundle(wanted: Correction, root: Path) -> Raw:
    """The records of the document that is meant."""
    document = folder.checked_id(wanted.record.partition(":")[0])
    bundle = folder.read(root, document)
    if bundle:
        return bundle
    entities = {f"{path.parent.name}:{path.stem}" for path in (root / "entities").glob("*/*.json")}
    if wanted.record in entities:
        raise CteError(
            f"{wanted.record} is an entity: no field of it rests on one text, so no quote can show it",
            f"change {layout.entity_path(wanted.record)} itself; an identifier has its `source`, and a name that no"
            " document prints, too",
        )
    if any(wanted.record.startswith(f"{key.partition(':')[0]}:") for key in entities):
        raise CteError(f"no entity {wanted.record!r}", hint(wanted.record, entities))
    known = [path.name for path in (root / "documents").iterdir()]
    raise CteError(f"no document {document!r} in {root}", hint(document, known))


def _record(bundle: Raw, key: str) -> tuple[str, Raw]:
    """The part of a record, and the record."""
    if ":" not in key:
        return "document", bundle["document"]
    records = {record["id"]: (part, record) for part in layout.PARTS[1:] for record in bundle[part]}
    if key not in records:
        raise CteError(f"no record {key!r}", hint(key, records))
    return records[key]


def _shown(wanted: Correction, text: Path | Source, document: str, bundle: Raw) -> tuple[Raw, Path | None]:
    """The span of the quote, and the file of the document's own text, if it is one."""
    if not isinstance(text, Path):
        return showing.in_copy(wanted.quote, text, bundle), None
    if text.is_dir():
        copies = copies_in(text, {document})
        if document not in copies:
            raise CteError(f"no text named {document}.* in {text}", "give the file")
        text = copies[document]
    own = showing.own_text(text, bundle)
    if own is None:
        return showing.in_copy(wanted.quote, sources.read_file(text), bundle), None
    return showing.in_text(wanted.quote, own, bundle), text


def _change(part: str, record: Raw, wanted: Correction, span: Raw) -> None:
    """Put the value into its field, and the place of the quote beside it where there is a span.

    What is missing on the way there is made: an object, or one more item at the end of a list.
    """
    if not _PATH.fullmatch(wanted.field):
        raise CteError(f"{wanted.field!r} is no field", "as `cte diff` writes it: times[0].edtf")
    steps = [name or int(index) for name, index in _STEP.findall(wanted.field)]
    if steps[0] in FIXED.get(part, ("id", "document")) and (steps[0] != "sentences" or steps[-1] != "function"):
        raise CteError(f"`{steps[0]}` is not corrected", "a record keeps its id, and follows the text")
    form = order(part) if part == "document" else order(part).children["records"]
    holder: Any = record
    is_new = False
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        around, form = form, _form(holder, step, form, wanted)
        is_there = step < len(holder) if isinstance(step, int) else step in holder
        if after is None:
            break
        if form.children.keys() == SPAN:
            raise CteError(f"{wanted.field} is a part of a span", "correct the span: it becomes the place of the quote")
        if not is_there:
            _put(holder, step, [] if isinstance(after, int) else {})
            is_new = True
        holder = holder[step]
    value = wanted.value
    if form.children.keys() == SPAN:
        value = span
    elif isinstance(value, dict) and "span" in form.children:
        value = {**value, "span": span}
    elif isinstance(holder, dict) and ("span" in holder or (is_new and "span" in around.children)):
        holder["span"] = span
    _put(holder, step, value)
    if steps[0] != "absent" and (absent := record.get("absent")):
        record["absent"] = [item for item in absent if item["field"] != steps[0]]
        if not record["absent"]:
            del record["absent"]


def _form(holder: Any, step: str | int, form: KeyOrder, wanted: Correction) -> KeyOrder:
    """What a step leads to, by the schema.

    Raises:
        CteError: it leads nowhere.
    """
    if isinstance(step, int):
        if isinstance(holder, list) and step <= len(holder):
            return form
        size = len(holder) if isinstance(holder, list) else 0
        why = f"[{size}] would be the next of it" if isinstance(holder, list) else "it is no list"
    else:
        if isinstance(holder, dict) and step in form.children:
            return form.children[step]
        why = f"there may be {', '.join(form.children)}" if isinstance(holder, dict) else "it holds no fields"
    raise CteError(f"{wanted.record} has no {wanted.field!r}", why)


def _put(holder: Any, step: str | int, value: Any) -> None:
    if isinstance(step, int) and step == len(holder):
        holder.append(value)
    else:
        holder[step] = value


def _only(span: Raw, record: Raw, bundle: Raw) -> None:
    """Refuse spans that nothing shows: without the document's own text the check cannot look at them."""
    known = [*spans_in([bundle[part] for part in layout.PARTS[1:]]), span]
    for other in spans_in(record):
        if other not in known:
            raise CteError(
                f"a copy shows the span of the quote alone, and the value has another: {other['text']}",
                "give the text of the document by --text, or correct one span at a time",
            )


def _add_evidence(record: Raw, span: Raw, bundle: Raw) -> None:
    for section in bundle["sections"]:
        for item in section.get("sentences", ()):
            name = f"{section['id']}.{item['n']}"
            if item["start"] <= span["start"] and span["end"] <= item["end"] and name not in record["evidence"]:
                record["evidence"] = sorted([*record["evidence"], name])
