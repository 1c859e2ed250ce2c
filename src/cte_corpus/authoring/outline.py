"""Sections of a draft: from their first words to records that tile the text, with sentences and digests."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cte_corpus.authoring.quotes import Place, QuoteError, Source, read
from cte_corpus.text.sentences import sentences
from cte_corpus.text.view import digest, sha256

Record = dict[str, Any]

BARE = frozenset({"masthead", "byline", "caption", "footer"})
"""Kinds of section whose text has no sentences."""

OWN = frozenset({"id", "key", "starts", "heading", "sentences", "functions", "parent"})
"""Keys of a section in a draft that anchoring turns into others."""


class Problems(list[str]):
    """What stands in the way, each with the path in the draft."""

    def note(self, path: str, error: object, hint: str = "") -> None:
        """Add a problem, with how to mend it."""
        self.append(f"{path}: {error}" + (f"; {hint}" if hint else ""))


def sections(drafts: list[Record], document: str, text: str, lang: str, problems: Problems) -> list[Record]:
    """The section records of a draft, in the order of their ids.

    Each draft has `heading` (a quote) or `starts` (its first words), but for the first, which starts at 0; sentences
    are found by the segmenter, unless `sentences` lists their first words.

    Args:
        drafts: The sections in text order.
        document: Id of the document.
        text: The reference text.
        lang: BCP 47 tag of its language.
        problems: Where to put what stands in the way.
    """
    source = Source(text)
    starts, headings = _starts(drafts, source, problems)
    ids = [f"{document}:s{number:02}" for number in numbers(drafts, document)]
    keys = {str(draft.get("key", own.rpartition(":")[2])): own for draft, own in zip(drafts, ids, strict=True)}
    records = []
    for order, draft in enumerate(drafts, 1):
        path = f"sections[{order - 1}]"
        start, end = starts[order - 1], starts[order]
        record: Record = {"id": ids[order - 1], "document": document, "order": order}
        if "parent" in draft:
            record["parent"] = keys.get(str(draft["parent"]), f"{document}:{draft['parent']}")
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
    return sorted(records, key=lambda record: int(record["id"].rpartition(":s")[2]))


def _functions(value: Any, found: list[Record], problems: Problems, path: str) -> None:
    """Give sentences the functions that the draft gives them by their numbers."""
    given = {str(number): function for number, function in value.items()} if isinstance(value, dict) else {"": value}
    for number, function in given.items():
        if number not in map(str, range(1, len(found) + 1)):
            problems.note(path, f"expected the number of one of its {len(found)} sentences, got `{number}`")
        else:
            found[int(number) - 1]["function"] = function


def places(records: Iterable[Record], document: str) -> dict[str, Place]:
    """The places of sections and sentences by their ids without the document's."""
    places = {}
    for section in records:
        name = section["id"].removeprefix(f"{document}:")
        places[name] = (section["start"], section["end"])
        for sentence in section.get("sentences", ()):
            places[f"{name}.{sentence['n']}"] = (sentence["start"], sentence["end"])
    return places


def numbers(drafts: Sequence[Record], document: str) -> list[int]:
    """A number for each draft: that of its `id`, if it keeps one, else the next that is free."""
    kept = [
        int(re.sub(r"\D", "", str(draft["id"]).removeprefix(f"{document}:")) or 0) for draft in drafts if "id" in draft
    ]
    free = iter(number for number in range(1, len(drafts) + max(kept, default=0) + 1) if number not in kept)
    own = iter(kept)
    return [next(own) if "id" in draft else next(free) for draft in drafts]


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
