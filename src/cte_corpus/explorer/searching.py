"""The index of the search: words in shards of sorted terms, and what they lead to in shards of entries.

A page loads the manifest, then the shards in which the words of a query lie, then the entries that it shows: a few
files, however large the corpus. All are scripts that call one function, as a page from a folder may load nothing else.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.explorer import addresses
from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.explorer.pages import Pages
    from cte_corpus.explorer.spool import Spool

ENTRIES = 400
"""Entries of a shard."""

TERMS = 60_000
"""Characters of a shard of terms, about."""

MOST = 5_000
"""Entries that a term leads to; of more the first count, and entities and documents come first."""

LETTERS = 40
"""Characters of a term; what is longer is cut."""

_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0621-\u064a]")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def terms(text: str) -> Iterator[str]:
    """The terms of a text: its words folded, and Arabic ones without proclitics and article too."""
    for word in _WORD.findall(fold_short(text)):
        yield word[:LETTERS]
        yield from _bare(word[:LETTERS])


@lru_cache(maxsize=65536)
def _bare(word: str) -> tuple[str, ...]:
    """An Arabic word without what is written to it in front: `للتنظيم` is found as `تنظيم`, at least three letters."""
    if not _ARABIC.match(word):
        return ()
    found = []
    for front in ("وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال", "و", "ف", "ب", "ك", "ل"):
        if word.startswith(front) and len(word) - len(front) >= 3:
            found.append(word[len(front) :])
    return tuple(dict.fromkeys(found))


def write(pages: Pages, spool: Spool) -> int:
    """Write the index below `data/search/`; how many entries it holds."""
    found: dict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("I")))
    shard: list[Any] = []
    number = 0
    for entry in spool.values("search"):
        called = {term for text in entry["texts"].values() for term in terms(text)}
        others = {term for text in (*entry["more"], entry["id"]) for term in terms(text)} - called
        for which, words in enumerate((called, others)):
            for term in words:
                if len(found[term][which]) < MOST:
                    found[term][which].append(number)
        shard.append(_entry(entry, pages))
        number += 1
        if len(shard) == ENTRIES:
            _put_entries(pages, number, shard)
            shard = []
    _put_entries(pages, number, shard)
    firsts = list(_terms(pages, found))
    kinds = {lang: {kind: words.say(kind) for kind in KINDS} for lang, words in pages.words.items()}
    standings = {lang: {key: words.say(key) for key in STANDINGS} for lang, words in pages.words.items()}
    manifest = {"firsts": firsts, "size": ENTRIES, "number": number, "kinds": kinds, "standings": standings}
    _put(pages, "index", "index", manifest, None)
    return number


KINDS = ("codebook", "entities", "documents", "sanctions", "sections", "events")
STANDINGS = ("not_so", "alleged", "denied", "planned", "feared", "demanded")


def _entry(entry: dict[str, Any], pages: Pages) -> list[Any]:
    """An entry as the page has it: kind, address, English, Arabic, and how it stands."""
    words, arabic = pages.words["en"], pages.words["ar"]
    english, other = entry["texts"].get("en") or next(iter(entry["texts"].values())), entry["texts"].get("ar", "")
    if "entity" in entry:
        english, other = words.name(entry["entity"])["text"], arabic.name(entry["entity"])["text"]
    page = entry.get("page") or addresses.address(entry["id"])
    standing = entry.get("standing", "fact")
    return [KINDS.index(entry["kind"]), page, english, other, "" if standing == "fact" else standing]


def _terms(pages: Pages, found: dict[str, tuple[array[int], array[int]]]) -> Iterator[str]:
    """Write the shards of terms; the first term of each."""
    lines: list[str] = []
    size = count = 0
    first = ""
    for term in sorted(found):
        if not lines:
            first = term
        called, others = found[term]
        line = f"{term} {_packed(called)} {_packed(others)}"
        lines.append(line)
        size += len(line)
        if size > TERMS:
            _put(pages, f"t{count}", "terms", count, "\n".join(lines))
            yield first
            lines, size, count = [], 0, count + 1
    if lines:
        _put(pages, f"t{count}", "terms", count, "\n".join(lines))
        yield first


def _packed(numbers: array[int]) -> str:
    """Rising numbers as differences in base 36: `3,a,1f`."""
    before, parts = 0, []
    for number in numbers:
        parts.append(_base36(number - before))
        before = number
    return ",".join(parts)


def _base36(number: int) -> str:
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
        if not number:
            return text


def _put_entries(pages: Pages, number: int, shard: list[Any]) -> None:
    """Write the last entries of so many; none where the shard before was full."""
    if shard:
        place = (number - 1) // ENTRIES
        _put(pages, f"e{place}", "entries", place, shard)


def _put(pages: Pages, name: str, what: str, key: Any, value: Any) -> None:
    """Write a script that hands its data to the page."""
    pages.put(
        f"data/search/{name}.js",
        b"CTE.lookup(" + orjson.dumps(what) + b"," + _safe(key) + b"," + _safe(value) + b");\n",
    )


def _safe(value: Any) -> bytes:
    """A value as JavaScript; line ends of Unicode are written out, as old engines end a line there."""
    return orjson.dumps(value).replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
