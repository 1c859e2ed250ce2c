"""What was meant instead of a name that is not known: the one place where "did you mean" is decided.

Numbers are never near to each other: `e7` is `e07`, and not `e97`. Of an id the part after the colon is compared.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile
from typing import NamedTuple

from cte_corpus.text.fold import fold_short

CUT_OFF = 0.6
"""How like a name must be, by difflib's ratio: 1 is the same."""

LONGEST = 80
"""Characters of the longest name for which another is sought."""

COMPARED = 500
"""Names that are compared letter by letter at most; of more, the first that begin alike."""

SHOWN = 3
"""Names that a hint lists at most."""

HINTS = 100
"""Unknown names for which one run works out a hint."""

_NUMBERED = re.compile(r"(?:(.*):)?([A-Za-z])([0-9]{1,18})(?:\.([0-9]{1,18}))?")


class _Id(NamedTuple):
    """A numbered id, as `harbour-talks:s02.1`; `document` is empty where it stands without, `n` 0 for no sentence."""

    document: str
    letter: str
    number: int
    n: int
    name: str


def hint(unknown: str, known: Collection[str], called: Mapping[str, Iterable[str]] | None = None) -> str:
    """The nearest of the known names, or, for a number beyond them, the first and the last.

    Args:
        unknown: What was given.
        known: What there is: ids of records, with or without their document; codes, fields, commands.
        called: By what names entities are known, by their ids: `Daesh` may mean the one that is called so.

    Returns:
        "did you mean `e07`?", "there are `e01` to `e12`", "there are none", or an empty string.
    """
    if not known:
        return "there are none"
    if len(unknown) > LONGEST:
        return ""
    wanted = _read(unknown)
    if wanted:
        numbered = _of_document(wanted.document, filter(None, map(_read, known)))
        if numbered:
            return _meant(_by_number(wanted, numbered)) or _extent(wanted.letter, numbered)
        known = [name for name in known if _read(name) is None]
    return _meant(_same(unknown, known) or _called(unknown, called or {}) or _alike(unknown, known)) or _extent_of_all(
        known
    )


class Near(NamedTuple):
    """What is not known, and what is: the nearest of it is meant."""

    unknown: str
    known: Collection[str]


class Worked(NamedTuple):
    """A hint that was worked out, as another process did; `size` is how many names are known."""

    unknown: str
    size: int
    hint: str


class Hints:
    """The hints of one run. Each is worked out once, and after a hundred no more: thousands would take for ever."""

    def __init__(self) -> None:
        self._given: set[tuple[str, int]] = set()
        self._worked: dict[tuple[str, int], tuple[Collection[str], str]] = {}

    def of(self, near: Near | Worked) -> str:
        """What `hint` says, or an empty string once enough were given."""
        size = near.size if isinstance(near, Worked) else len(near.known)
        if (near.unknown, size) not in self._given:
            if len(self._given) >= HINTS:
                return ""
            self._given.add((near.unknown, size))
        return near.hint if isinstance(near, Worked) else self._hint(*near)

    def worked(self, near: Near) -> Worked:
        """The hint for another process, which decides whether enough were given: of few names, which costs little, or
        as long as it may be one of the first."""
        size = len(near.known)
        given = self.of(near) if size > COMPARED else self._hint(*near)
        return Worked(near.unknown, size, given)

    def _hint(self, unknown: str, known: Collection[str]) -> str:
        key = (unknown, id(known))
        if key not in self._worked:
            if len(self._worked) > HINTS:
                self._worked.clear()
            self._worked[key] = known, hint(unknown, known)  # held, so that its identity stays its own
        return self._worked[key][1]


def _meant(found: list[str]) -> str:
    return f"did you mean {' or '.join(f'`{name}`' for name in found[:SHOWN])}?" if found else ""


def _read(name: str) -> _Id | None:
    match = _NUMBERED.fullmatch(name)
    if match is None:
        return None
    document, letter, number, n = match.groups()
    return _Id(document or "", letter.lower(), int(number), int(n or 0), name)


def _of_document(document: str, ids: Iterable[_Id]) -> list[_Id]:
    """The ids of a document, or of the only or the likely one; all where none is named."""
    by_document: dict[str, list[_Id]] = {}
    for one in ids:
        by_document.setdefault(one.document, []).append(one)
    if not document:
        return [one for found in by_document.values() for one in found]
    if document not in by_document:
        document = next(iter([*by_document] if len(by_document) == 1 else _alike(document, by_document)), "")
    return by_document.get(document, [])


def _by_number(wanted: _Id, ids: list[_Id]) -> list[str]:
    """The id of that number in each document: of that letter, or of the only letter there is."""
    letters = {one.letter for one in ids}
    letter = wanted.letter if wanted.letter in letters or len(letters) > 1 else letters.pop()
    found: dict[str, _Id] = {}
    for one in ids:
        if (one.letter, one.number) == (letter, wanted.number):
            best = found.setdefault(one.document, one)
            found[one.document] = min(best, one, key=lambda each: _apart(wanted, each))
    return [one.name for one in found.values()]


def _apart(wanted: _Id, other: _Id) -> tuple[bool, int]:
    """How far an id of the same section is: a sentence is nearer to a sentence."""
    return bool(wanted.n) != bool(other.n), abs(wanted.n - other.n)


def _extent(letter: str, ids: list[_Id]) -> str:
    """The first and the last id of a letter in one document."""
    found = sorted((one for one in ids if one.letter == letter), key=lambda one: (one.number, one.n))
    if len({one.document for one in found}) != 1:
        return ""
    return f"there are `{found[0].name}` to `{found[-1].name}`" if len(found) > 1 else f"there is `{found[0].name}`"


def _extent_of_all(known: Collection[str]) -> str:
    """The first and the last of the known names, where they are numbered ids of one kind."""
    ids = [one for one in takewhile(bool, map(_read, known)) if one]  # mostly the first is none
    alike = len(ids) == len(known) and len({one.letter for one in ids}) == 1
    return _extent(ids[0].letter, ids) if alike else ""


def _same(unknown: str, known: Iterable[str]) -> list[str]:
    """The names that are the same but for case, marks, hyphens, or the class before the colon."""
    slug = re.sub(r"[\W_]+", "-", fold_short(unknown.rpartition(":")[2]))
    end = f":{slug}"
    return [name for name in known if name == slug or name.endswith(end)]


def _called(unknown: str, called: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of the entities in whose names the words stand, the shortest name first; those called just so alone."""
    words = fold_short(unknown.rpartition(":")[2].replace("-", " "))
    found: dict[str, int] = {}
    for key, names in called.items() if words else ():
        folded = [fold_short(name.replace("-", " ")) for name in names]
        sizes = [len(name) for name in folded if f" {words} " in f" {name} "]
        if sizes:
            found[key] = min(sizes)
    exact = [key for key, size in found.items() if size == len(words)]
    return exact or sorted(found, key=found.__getitem__)


def _alike(unknown: str, known: Iterable[str]) -> list[str]:
    """The name whose part after the colon is most alike; of several, one of the same class."""
    from difflib import get_close_matches

    head, _, tail = unknown.rpartition(":")
    longest = len(tail) * (2 - CUT_OFF) / CUT_OFF  # beyond it no name is like enough, whatever its letters
    pairs = [(own, name) for name in known if len(own := name.rpartition(":")[2]) <= longest]
    if len(pairs) > COMPARED:
        pairs = [pair for pair in pairs if pair[0][:1] == tail[:1]][:COMPARED]
    tails: dict[str, str] = {}
    for own, name in sorted(pairs, key=lambda pair: (pair[1].rpartition(":")[0] != head, pair[1])):
        tails.setdefault(own, name)
    return [tails[own] for own in get_close_matches(tail, tails, 1, CUT_OFF)]
