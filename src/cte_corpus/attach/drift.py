"""Drift: whether pages and copies still bear the spans of their documents, against the last time."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus.attach import fetch, known
from cte_corpus.attach.attach import PROVEN
from cte_corpus.attach.attached import STATUSES, AttachedDocument, copies_in
from cte_corpus.errors import CteError
from cte_corpus.store import canonical, files, strict
from cte_corpus.text import limits, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from cte_corpus.attach.known import Extent
    from cte_corpus.records.coded import Raw

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Figures(NamedTuple):
    """What is kept of a look at a page, for the next time."""

    document: str
    day: str
    """ISO."""
    source: str
    """The address, or the path of the copy."""
    reference: str
    """SHA-256 of the reference text in which offsets are counted."""
    verdict: str
    counts: dict[str, int]
    """Spans by status, each place of the reference once."""
    proven: list[Extent]
    """The spans whose place is proven; offsets are code points of the reference text."""


class Span(NamedTuple):
    """A span that the page does not prove."""

    start: int
    end: int
    text: str
    status: str
    differs: str


class Look(NamedTuple):
    """One look at a page or a copy."""

    document: str
    day: str
    source: str
    reason: str = ""
    """Why it could not be read; empty where it was."""
    figures: Figures | None = None
    """None where it could not be read."""
    unproven: tuple[Span, ...] = ()


class Row(NamedTuple):
    """A look beside what was seen before it."""

    look: Look
    before: Figures | None
    """The look before this one that could be read, of this run or of the last time."""
    gone: tuple[Span, ...]
    """What was proven at any time before, and is not now."""
    is_newest: bool
    """Whether it is the newest look at its document that could be read."""


def pages(documents: Iterable[Raw], day: str) -> Iterator[Look]:
    """The pages at the documents' addresses, of each the first, one after the other.

    Args:
        documents: The decoded records of each.
        day: Today, ISO.
    """
    for raw in documents:
        urls = raw["document"].get("urls", ())
        if urls:
            url = urls[0]["url"]
            yield _look(raw, day, url, partial(fetch.fetch, url))


def copies(documents: Mapping[str, Raw], folder: Path) -> Iterator[Look]:
    """The copies in a folder with a folder for each day: `2024-05-01/<document>.html`.

    Raises:
        CteError: a folder in it is no day, or has several copies of one document.
        OSError: a folder cannot be read.
    """
    for path in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if not _is_day(path.name):
            raise CteError(f"{path} is not called by a day", "as 2024-05-01, with files called <document>.html in it")
        for key, file in copies_in(path, set(documents)).items():
            yield _look(documents[key], path.name, str(file), partial(sources.read_file, file))


def _is_day(name: str) -> bool:
    try:
        return bool(_DAY.fullmatch(name) and date.fromisoformat(name))
    except ValueError:
        return False


def _look(raw: Raw, day: str, source: str, read: Callable[[], sources.Source]) -> Look:
    key = raw["document"]["id"]
    try:
        given = read()
        limits.judge(given.text)
    except CteError as error:
        return Look(key, day, source, error.message)
    except ValueError as error:
        return Look(key, day, source, str(error))
    except OSError as error:
        return Look(key, day, source, error.strerror or str(error))
    found = AttachedDocument(raw, given)
    spans = found.attachment.spans
    counts = dict.fromkeys(STATUSES, 0)
    for placed in spans.values():
        counts[placed.status] += 1
    proven = sorted(extent for extent, placed in spans.items() if placed.status in PROVEN)
    words = known.read(raw).spans
    unproven = tuple(
        Span(*extent, words[extent], placed.status, placed.differs)
        for extent, placed in sorted(spans.items())
        if placed.status not in PROVEN
    )
    reference = raw["document"]["text"]["sha256"]
    return Look(
        key, day, source, "", Figures(key, day, source, reference, found.verdict.kind, counts, proven), unproven
    )


def compared(looks: Iterable[Look], last: Mapping[str, Figures]) -> list[Row]:
    """The looks by document and day, each beside what was seen before.

    Args:
        looks: What was seen now.
        last: What was kept the last time, by document.
    """
    rows: list[Row] = []
    for key, own in groupby(sorted(looks, key=lambda look: (look.document, look.day)), lambda look: look.document):
        kept, before = last.get(key), None
        proven: set[tuple[str, Extent]] = set()
        found: list[Row] = []
        for look in own:
            if kept and kept.day <= look.day:
                before, kept = kept, None
                proven.update((before.reference, extent) for extent in before.proven)
            now = look.figures
            gone = [span for span in look.unproven if now and (now.reference, (span.start, span.end)) in proven]
            found.append(Row(look, before, tuple(gone), False))
            if now:
                before = now
                proven.update((now.reference, extent) for extent in now.proven)
        newest = max((number for number, row in enumerate(found) if row.look.figures), default=-1)
        rows += [row._replace(is_newest=number == newest) for number, row in enumerate(found)]
    return rows


def read(path: Path) -> dict[str, Figures]:
    """The figures of the last time by document; none where there is no such file yet.

    Raises:
        CteError: the file is another.
        OSError: it cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        value = strict.loads(limits.bounded(path, limits.MAX_FILE))
        kept = [Figures(**record) for record in value["records"]]
        if set(value) == {"records"} and all(map(_is_sound, kept)):
            return {one.document: one._replace(proven=[(start, end) for start, end in one.proven]) for one in kept}
    except (strict.JsonError, TypeError, KeyError):
        pass
    raise CteError(f"{path} holds no figures of `cte drift`", "name another file; a new one is made")


def _is_sound(one: Figures) -> bool:
    return (
        all(isinstance(value, str) for value in (one.document, one.source, one.reference, one.verdict))
        and isinstance(one.day, str)
        and _is_day(one.day)
        and isinstance(one.counts, dict)
        and set(one.counts) == set(STATUSES)
        and all(type(count) is int for count in one.counts.values())
        and isinstance(one.proven, list)
        and all(isinstance(pair, list) and [type(at) for at in pair] == [int, int] for pair in one.proven)
    )


def write(path: Path, rows: Iterable[Row], last: Mapping[str, Figures]) -> None:
    """Keep the newest figures of each document, those of the last time where there are no newer ones.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    newest = dict(last)
    for row in rows:
        now, kept = row.look.figures, newest.get(row.look.document)
        if now and (kept is None or kept.day <= now.day):
            newest[now.document] = now
    records = [{**one._asdict(), "proven": list(map(list, one.proven))} for _, one in sorted(newest.items())]
    files.write(path, canonical.dumps({"records": records}, canonical.KeyOrder()))
