"""Sections of a draft: from their first words to records that tile the text, with sentences and digests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cte_corpus.authoring.ids import Ids, number
from cte_corpus.authoring.quotes import Place, QuoteError, Source, read
from cte_corpus.text.segment import BARE
from cte_corpus.text.sentences import sentences
from cte_corpus.text.view import digest, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.authoring.problems import Problems, Record

Keys = dict[str, str]
"""The short ids of sections, `s02`, by what a draft calls them."""

OWN = frozenset({"id", "key", "starts", "heading", "sentences", "functions", "parent"})
"""Keys of a section in a draft that anchoring turns into others."""


_PLACE = re.compile(r"s\d{2,}(?:\.\d+)?")
"""The short id of a section or sentence."""


class Names:
    """What a draft calls sections and sentences."""

    def __init__(self, document: str, called: Keys) -> None:
        self._own = f"{document}:"
        self._called = called

    def short(self, name: Any) -> str:
        """The short id of a section or sentence, by the key of its section or by an id."""
        text = str(name)
        if text.startswith(self._own):
            return text.removeprefix(self._own)
        section, dot, number = text.partition(".")
        return f"{self._called.get(section, section)}{dot}{number}"

    def full(self, name: Any) -> str:
        """The id of a section or sentence of this document; what names none stays."""
        short = self.short(name)
        return self._own + short if _PLACE.fullmatch(short) else str(name)

    def complete(self, upstream: Any) -> None:
        """Give the sections of each source in a document's list their ids."""
        for item in upstream if isinstance(upstream, list) else ():
            if isinstance(item, dict) and isinstance(item.get("sections"), list):
                item["sections"] = [self.full(name) for name in item["sections"]]

    def holding(self, records: Iterable[Record]) -> dict[str, Place]:
        """Where mentions may stand, in text order: sentences, headings, and sections without either but particulars."""
        found = {}
        called = {short: key for key, short in self._called.items()}
        for section in sorted(records, key=lambda section: int(section["start"])):
            short = section["id"].removeprefix(self._own)
            name = called.get(short, short)
            heading, own = section.get("heading"), section.get("sentences", ())
            if heading or not (own or section.get("kind") == "particulars"):
                place = heading or section
                found[name] = place["start"], place["end"]
            found |= {f"{name}.{one['n']}": (one["start"], one["end"]) for one in own}
        return found


def sections(drafts: list[Record], text: str, lang: str, ids: Ids, problems: Problems) -> tuple[list[Record], Keys]:
    """The section records of a draft, in the order of their ids, and the short id that each key means.

    Each draft has `heading` (a quote) or `starts` (its first words), but for the first, which starts at 0; sentences
    are found by the segmenter, unless `sentences` lists their first words.

    Args:
        drafts: The sections in text order.
        text: The reference text.
        lang: BCP 47 tag of its language.
        ids: The ids of the document.
        problems: Where to put what stands in the way.
    """
    source = Source(text)
    starts, headings = _starts(drafts, source, problems)
    records = []
    for order, draft in enumerate(drafts, 1):
        path = f"sections[{order - 1}]"
        start, end = starts[order - 1], starts[order]
        record: Record = {"document": ids.document, "order": order}
        heading = headings[order - 1]
        if heading:
            record["heading"] = heading
        record |= {"start": start, "end": end, "sha256": sha256(text[start:end])}
        body = (heading["end"] if heading else start, end)
        found = _sentences(draft, body, source, lang, problems, path)
        if found:
            record["sentences"] = [
                {"n": n, "start": first, "end": last, "digest": digest(text[first:last])}
                for n, (first, last) in enumerate(found, 1)
            ]
        if "functions" in draft:
            _functions(draft["functions"], record.get("sentences", []), problems, f"{path}.functions")
        records.append(record | {key: value for key, value in draft.items() if key not in OWN})
    ids.place(records, text)
    sketches = [{**record, **_part(draft, "id")} for record, draft in zip(records, drafts, strict=True)]
    names = ids.give("sections", sketches, [f"sections[{n}]" for n in range(len(drafts))], problems)
    keys = _keys(drafts, names, problems)
    for record, draft, name in zip(records, drafts, names, strict=True):
        record["id"] = name
        if "parent" in draft:
            record["parent"] = f"{ids.document}:{keys.get(str(draft['parent']), draft['parent'])}"
    ids.guard(records, problems)
    return sorted(records, key=lambda record: number(record["id"])), keys


def _part(draft: Record, key: str) -> Record:
    return {key: draft[key]} if key in draft else {}


def _keys(drafts: list[Record], names: list[str], problems: Problems) -> Keys:
    """What the draft calls each section, and its short id."""
    keys: Keys = {}
    for n, (draft, name) in enumerate(zip(drafts, names, strict=True)):
        key = str(draft.get("key", name.rpartition(":")[2]))
        if key in keys:
            problems.note(f"sections[{n}]", f"the key `{key}` stands twice")
        keys[key] = name.rpartition(":")[2]
    return keys


def _functions(value: Any, found: list[Record], problems: Problems, path: str) -> None:
    """Give sentences the functions that the draft gives them by their numbers."""
    given = {str(n): function for n, function in value.items()} if isinstance(value, dict) else {"": value}
    for n, function in given.items():
        if n not in map(str, range(1, len(found) + 1)):
            problems.note(path, f"expected the number of one of its {len(found)} sentences, got `{n}`")
        else:
            found[int(n) - 1]["function"] = function


def places(records: Iterable[Record], document: str) -> dict[str, Place]:
    """The places of sections and sentences by their ids without the document's."""
    places = {}
    for section in records:
        name = section["id"].removeprefix(f"{document}:")
        places[name] = (section["start"], section["end"])
        for sentence in section.get("sentences", ()):
            places[f"{name}.{sentence['n']}"] = (sentence["start"], sentence["end"])
    return places


def _starts(drafts: list[Record], source: Source, problems: Problems) -> tuple[list[int], list[Record | None]]:
    """Where each section starts, and where the last ends; the headings."""
    length = len(source.text)
    starts: list[int] = []
    headings: list[Record | None] = []
    for order, draft in enumerate(drafts):
        path = f"sections[{order}]"
        after = starts[-1] if starts else 0
        heading = None
        start = after
        for key in ("heading", "starts"):
            if key in draft:
                try:
                    place = source.find(read(draft[key]), [(after, length)]).span
                except QuoteError as error:
                    problems.note(f"{path}.{key}", error)
                    continue
                if key == "heading":
                    heading = place
                    start = place["start"]
                elif heading is None:
                    start = place["start"]
        if order and start == after and not any(key in draft for key in ("heading", "starts")):
            problems.note(path, "expected `heading`, or `starts` with its first words")
        starts.append(start if order else 0)
        headings.append(heading)
    return [*starts, length], headings


def _sentences(draft: Record, body: Place, source: Source, lang: str, problems: Problems, path: str) -> list[Place]:
    start, end = body
    stretch = source.text[start:end]
    first = start + len(stretch) - len(stretch.lstrip())
    last = start + len(stretch.rstrip())
    if "sentences" in draft:
        return _listed(draft["sentences"], (first, last), source, problems, f"{path}.sentences")
    if draft.get("kind") in BARE or first >= last:
        return []
    return [(first, last)] if draft.get("kind") == "title" else sentences(source.text, start, end, lang)


def _listed(quotes: Any, body: Place, source: Source, problems: Problems, path: str) -> list[Place]:
    """Sentences by their first words: each ends where the next begins, white space aside."""
    starts: list[int] = []
    for n, quote in enumerate(quotes if isinstance(quotes, list) else [quotes]):
        after = starts[-1] + 1 if starts else body[0]
        try:
            starts.append(source.find(read(quote), [(after, body[1])]).span["start"])
        except QuoteError as error:
            problems.note(f"{path}[{n}]", error)
    ends = [*starts[1:], body[1]] if starts else []
    return [(a, a + len(source.text[a:b].rstrip())) for a, b in zip(starts, ends, strict=True)]
