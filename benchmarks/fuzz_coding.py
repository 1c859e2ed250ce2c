"""Targets of `fuzz.py` for what coders and readers bring from outside: drafts, texts, copies and archives."""

import io
import json
import shutil
import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from fuzz_inputs import ROOT, TEXTS, TIDEWATER, Inputs, hold

from cte_corpus.attach.attach import PROVEN
from cte_corpus.authoring import drafts, folder, plain_yaml, scaffold
from cte_corpus.authoring.anchor import anchor
from cte_corpus.authoring.run import anchor_file
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import archive, pack
from cte_corpus.store import strict
from cte_corpus.text.fold import fold_short
from cte_corpus.text.limits import judge
from cte_corpus.text.view import digest

DOCUMENT = "harbour-talks"
TEXT = TEXTS / f"{DOCUMENT}.txt"
PARTS = ("document", "sections", "mentions", "events", "sanctions")

YAML = (
    "document: ", "events:\n", "a: ", "b", "- ", "- a\n", "\n", "\n  ", "{", "}", "[", "]", ", ", ": ", "? ", "&a ",
    "*a", "*b", "!!int ", "!x ", "!!python/object:os.system ", "|\n  ", ">-\n  ", "'", '"', "%YAML 1.1\n", "---\n",
    "...\n", "<<: *a", "\t", "#", "~", "null", "no", "true", "1", "-0", "0x1f", "1_0", "1e999", ".inf", "-.nan",
    "9007199254740993", "2022-05-11", "é", "م", "\x85", "\ufeff", "\u2028", "\x00", "\x1b", '"\\x1b"', '"\\ud83d"',
    "id: x\n", "key: e1\n",
)  # fmt: skip
QUOTES = (
    {"quote": "harbour"}, {"quote": "the", "nth": 2}, {"quote": "the", "nth": 10**9}, {"quote": "the", "in": "s02"},
    {"quote": "talks", "context": "harbour talks"}, {"quote": ""}, {"quote": 5}, {"span": "x"}, [], {},
    ["s01", "s02.1"], "s01", "s02.1", "s99", "the", " ", "m001", "e01", "candidates", ["Arab", None],
    {"text": "x", "lang": "en"},
)  # fmt: skip


def _draft(inputs: Inputs) -> Any:
    """The draft of the walk, or one of the records of a document without their places, after changes."""
    walk, records = _drafts()
    value = orjson.loads(inputs.pick((walk, records, records)))
    for _ in range(1 + inputs.small() % 3):
        inputs.spoil(value, QUOTES)
    if isinstance(value, dict) and inputs.small() > 2:
        value.pop(inputs.pick(PARTS), None)
    return value


@cache
def _drafts() -> tuple[bytes, bytes]:
    walk = plain_yaml.read((ROOT / "docs" / "walk" / "courier-verdict.draft.yaml").read_text("utf-8")).value
    sys.path.insert(0, str(ROOT))
    from tests.authoring.drafting import draft_of

    records = draft_of(folder.read(TIDEWATER, DOCUMENT), folder.read_text(TEXT))
    return orjson.dumps(walk), orjson.dumps(records)


def draft(inputs: Inputs) -> None:
    """A draft in YAML or JSON is what JSON could hold, or a CteError says why it is not."""
    kind = inputs.small()
    if kind < 4:
        data = "".join(inputs.pick(YAML) for _ in range(1 + inputs.small() * 2)).encode()
    else:
        data = inputs.cut(orjson.dumps(_draft(inputs)))
    path = inputs.work / inputs.pick(("draft.yaml", "draft.yaml", "draft.json"))
    inputs.last = data
    path.write_bytes(data)
    try:
        value = drafts.load(path)
    except CteError:
        return
    hold(strict.loads(json.dumps(value, allow_nan=False).encode()) == value, "no value of JSON")


def anchored(inputs: Inputs) -> None:
    """Anchoring a draft writes records that can be read again, or says what is wrong and writes nothing."""
    root = _tree(inputs)
    value = _draft(inputs)
    path = inputs.work / "anchored.json"
    path.write_bytes(orjson.dumps(value))
    inputs.last = value
    if inputs.small() > 4:  # what is there already may be no better
        old = root / "documents" / DOCUMENT / f"{inputs.pick(PARTS)}.json"
        records = orjson.loads(old.read_bytes())
        inputs.spoil(records)
        old.write_bytes(orjson.dumps(records))
        inputs.last = (value, old.name, records)
    before = _files(root)
    try:
        done = anchor_file(path, TEXT, root)
    except CteError:
        hold(_files(root) == before, "refused, and something is written")
        return
    hold(not done.problems or _files(root) == before, "problems, and something is written")
    if not done.problems:
        text = folder.read_text(TEXT)
        written = folder.read(root, done.bundle["document"]["id"])
        for mention in written["mentions"] if "mentions" in value else ():
            span = mention["span"]
            hold(text[span["start"] : span["end"]] == span["text"], "a mention elsewhere")


def _tree(inputs: Inputs) -> Path:
    """The invented corpus, as it was."""
    root = inputs.work / "tree"
    if not root.exists() or _files(root) != _files(TIDEWATER):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(TIDEWATER, root)
    return root


def _files(root: Path) -> dict[str, bytes]:
    """All files of a corpus but its lock."""
    found = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".tmp")
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def proposed(inputs: Inputs) -> None:
    """What is proposed of a text leads back to it, whatever the registry holds; or a CteError says why not."""
    text = _copy(inputs) if inputs.small() > 2 else inputs.text(paragraphs=True)
    root = inputs.work / "tree"
    path = root / "entities" / "org" / "grey-lantern.json"
    if not root.exists():
        shutil.copytree(TIDEWATER, root)
    entity = orjson.loads((TIDEWATER / path.relative_to(root)).read_bytes())
    if inputs.small() > 3:
        inputs.spoil(entity)
    path.write_bytes(orjson.dumps(entity))
    source = inputs.work / inputs.pick(("notice.txt", "notice.md"))
    source.write_bytes(text.encode("utf-8", "replace"))
    inputs.last = (source.name, text, entity)
    lang, publisher, genre = (inputs.pick(("en", "ar", "no", "x\u202ey", "org:grey-lantern", "1")) for _ in range(3))
    try:
        reference = folder.read_text(source)
        made = scaffold.scaffold(reference, "notice", lang, publisher, genre, folder.entity_registry(root))
    except CteError:
        return
    path = inputs.work / "notice.draft.yaml"
    path.write_bytes(made.draft.encode())
    problems = [line for line in anchor(drafts.load(path), reference, "0" * 64).problems if "choose the" not in line]
    hold(not problems, f"it does not lead back: {problems}")


def _copy(inputs: Inputs) -> str:
    """The text of a document after changes: words lost, doubled, moved, put in; sometimes as a page."""
    words = TEXT.read_text("utf-8").split(" ")
    for _ in range(inputs.small()):
        at, size = inputs.below(len(words)), inputs.below(1 + inputs.pick((1, 3, 60, len(words))))
        there = words[at : at + size]
        change = inputs.below(4)
        words[at : at + size] = (there * 2, [], [inputs.text()], there[::-1])[change]
        if change == 1 and inputs.below(2):
            words[inputs.below(len(words) + 1) : 0] = there
    text = " ".join(words)
    if inputs.small() > 5:
        text = "<html><body><p>" + text.replace("\n\n", inputs.pick(("</p><p>", "<br>", "<div>", "</x>"))) + "</body>"
    inputs.last = text
    return text


@cache
def _corpus() -> Corpus:
    return Corpus(TIDEWATER)


def attached(inputs: Inputs) -> None:
    """What is proven of a copy holds: at the offsets that are said stand the words that are known."""
    text = _copy(inputs) or " "  # an empty string is no text but a path
    try:
        one = _corpus().attach(text, DOCUMENT, inputs.pick((0.0, 0.5, 1.0)))[DOCUMENT]
    except CteError:
        judge_refuses(text)
        return
    known = {(s["start"], s["end"]): s["text"] for s in _spans(one.raw)}
    for group in (one.attachment.spans, one.attachment.sentences, one.attachment.sections):
        for extent, (start, end, status, *_) in group.items():
            hold((start is None) == (status == "lost") == (end is None), f"{extent} is {status} at {start}")
            if start is None or end is None:
                continue
            hold(0 <= start <= end <= len(one.text), f"{extent} lies outside")
            hold(status != "exact" or (start, end) == extent, f"{extent} is elsewhere")
            if status in PROVEN and group is one.attachment.spans:
                hold(fold_short(one.text[start:end]) == fold_short(known[extent]), f"{extent} has other words")
    for section in one.raw["sections"]:
        for item in section.get("sentences", ()):
            start, end, status, *_ = one.attachment.sentences[item["start"], item["end"]]
            hold(status not in PROVEN or digest(one.text[start:end]) == item["digest"], "a sentence has another digest")


def judge_refuses(text: str) -> None:
    """A copy is refused only where its text is empty, or out of bounds."""
    try:
        judge(text)
    except ValueError:
        return
    hold("<" in text or not any(map(str.isalnum, text)), "refused, and within bounds")


def _spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict) and {"start", "end", "text"} <= value.keys():
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [span for item in items for span in _spans(item)]


NAMES = (
    "p/corpus.json", "p/manifest.json", "p/SHA256SUMS", "p/data/x", "p", "p/", "../x", "/tmp/x", "p/../../x",
    "P/Corpus.json", "p/\u202e", "p/" + "x" * 300, "x" * 90 + "/" + "y" * 90, ".", "", "p/corpus.json/x", "q/x",
    "p/a\nb", "p/\udcff",
)  # fmt: skip
KINDS = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE,
         tarfile.CHRTYPE, tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE, b"x", b"L", b"K", b"g", b"?")  # fmt: skip


def archived(inputs: Inputs) -> None:
    """Unpacking writes plain files below its folder and nothing else; whatever else there is becomes a fault."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=inputs.pick((tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT))) as tar:
        for _ in range(inputs.small()):
            body = inputs.changed(inputs.manifest) if inputs.below(2) else inputs.raw()
            member = tarfile.TarInfo(inputs.pick(NAMES[:4]) if inputs.below(4) else inputs.pick(NAMES))
            member.type = tarfile.REGTYPE if inputs.below(4) else inputs.pick(KINDS)
            member.linkname = inputs.pick(NAMES) if member.type in (tarfile.LNKTYPE, tarfile.SYMTYPE) else ""
            member.size = len(body) if inputs.below(8) else inputs.pick((0, 1, 511, 10**6, 10**9, 8**11 - 1))
            try:
                tar.addfile(member, io.BytesIO(body) if member.size == len(body) else None)
            except (ValueError, OSError):
                continue
    content = data.getvalue()
    inputs.last = inputs.cut(content) if inputs.below(3) == 0 else content
    outer = inputs.work / "unpacked"
    shutil.rmtree(outer, ignore_errors=True)
    (outer / "into").mkdir(parents=True)
    (outer / "a.tar").write_bytes(inputs.last)
    faults = list(archive.unpack(outer / "a.tar", outer / "into"))
    hold({path.name for path in outer.iterdir()} == {"a.tar", "into"}, "written outside")
    hold(not Path("/tmp/x").exists(), "written outside")
    for path in (outer / "into").rglob("*"):
        hold(path.is_dir() or (path.is_file() and not path.is_symlink()), f"{path} is no plain file")
    for fault in faults:
        str(fault)
    for inner in (outer / "into").iterdir():
        if inner.is_dir():
            list(map(str, pack.verify_files(inner)))
