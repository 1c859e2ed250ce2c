"""The findings of a check as they come: placed, those of one slip under its first, and no more than a reader reads."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from cte_corpus.checking.diagnose import Placed, Unit, below, cut, place, shown
from cte_corpus.checking.diagnostic import Diagnostic, Location, Related
from cte_corpus.checking.rules.catalogue import rules
from cte_corpus.checking.rules.doc import FileFound, Found
from cte_corpus.text.suggest import Hints

MOST = 100
"""How many findings of one rule in one file are listed; the others are counted."""

PLACED = 2000
"""How many findings of one rule are placed at a time, so that the files are known in which they stand."""

UNDER = 10
"""How many further places of one slip are listed under its first finding."""

Others = Callable[[list[Any]], Unit]
"""The units of findings, besides the one under which they are noted."""

PASSING = frozenset({"CTE020"})
"""Findings of the schema's pass that stop nothing: the record is sound, its words are not trimmed."""


class _Listed:
    """A finding that is listed, with what stands under it."""

    def __init__(self, item: Diagnostic) -> None:
        self.item = item
        self.under: list[Related] = []
        self.count = 0

    def diagnostic(self, more: int) -> Diagnostic:
        """The finding with what stands under it, and the count of those that are not listed."""
        message = self.item.message
        if self.count:
            message += f" (and {self.count:,} more {'place' if self.count == 1 else 'places'})"
        return self.item._replace(message=message, related=(*self.item.related, *self.under), more=more)


class Note(NamedTuple):
    """What was found at once about one file, or line of a packed file."""

    path: str
    is_line: bool
    items: list[Placed]
    over: dict[str, int]
    """How many more findings there are of each code."""


def no_others(found: list[Any]) -> Unit:
    """None."""
    return []


def is_wanted(select: frozenset[str] | None, ignore: frozenset[str], code: str) -> bool:
    """Whether findings of a code are reported."""
    return (select is None or code in select) and code not in ignore


class Noted:
    """What was found so far; only codes that are wanted are noted."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self._wanted = wanted
        self._hints = Hints()
        self._shown = cache(partial(shown, below=cache(below)))
        self._listed: list[_Listed] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._left: Counter[tuple[str, str]] = Counter()
        """How many findings are listed, and how many are not, by path and code."""

        self.standing: Mapping[str, set[int]] = {}
        """Warnings that a coder has looked at, and let stand: by code, the identities of what they may point at."""

        self.slips: dict[str, _Listed | tuple[str, str]] = {}
        """The first finding of each slip; where it was not listed, its path and code."""

    def add(self, unit: Unit, found: Iterable[Found | FileFound], others: Others = no_others) -> bool:
        """Note findings about objects of a unit, or of others that are read for those findings that are placed; whether
        there were any that stop what rests on the unit."""
        stops = False
        kept: list[Found | FileFound] = []
        seen: Counter[str] = Counter()
        for item in found:
            stops = stops or item.code not in PASSING
            if self._wanted(item.code) and not (self.standing and self._stands(item)):
                seen[item.code] += 1
                if seen[item.code] <= PLACED:
                    kept.append(item)
        if kept:
            over = {code: number - PLACED for code, number in seen.items() if number > PLACED}
            codes = [item.code for item in kept]
            self._note(unit[0][0].path, unit[0][0].line > 0, codes, over, lambda: place([*unit, *others(kept)], kept))
        return stops

    def at(self, path: str, code: str, message: str, help_: str = "") -> None:
        """Note a finding about a whole file or folder."""
        self.put(Placed(code, Location(path), message, help_))

    def put(self, item: Placed) -> None:
        """Note a finding whose place is known."""
        if self._wanted(item.code):
            self._note(item.location.path, False, [item.code], {}, lambda: [item])

    def replay(self, note: Note) -> None:
        """Note what another process has noted, as if it had been found here; a note says what came of one call."""
        self._note(note.path, note.is_line, [item.code for item in note.items], note.over, lambda: note.items)

    def result(self) -> list[Diagnostic]:
        """The findings in the order of their places; the last of a rule in a file says how many were not listed."""
        listed = sorted(self._listed, key=lambda one: (*one.item.location[:3], one.item.code))
        keys = [(one.item.location.path, one.item.code) for one in listed]
        last = {key: number for number, key in enumerate(keys)}
        return [
            one.diagnostic(self._left[key] if last[key] == number else 0)
            for number, (key, one) in enumerate(zip(keys, listed, strict=True))
        ]

    def _stands(self, item: Found | FileFound) -> bool:
        """Whether it is a warning that a coder lets stand."""
        objects = self.standing.get(item.code, ())
        return isinstance(item, Found) and id(item.where) in objects and rules()[item.code].severity == "warning"

    def _note(
        self,
        path: str,
        is_line: bool,
        codes: list[str],
        over: Mapping[str, int],
        placed: Callable[[], Iterable[Placed]],
    ) -> None:
        """Note findings about one file or line: their codes, how many more there are of each code, and their places,
        which are looked for only where some can be listed."""
        here = self._shown(path)
        last = dict.fromkeys(codes, here)
        if is_line and all(self._counts[here, code] >= MOST for code in last):
            self._left.update((here, code) for code in codes)
        else:
            for item in placed():
                last[item.code] = self._list(item)
        for code, number in over.items():
            self._left[last.get(code, here), code] += number

    def _list(self, item: Placed) -> str:
        """List a finding, under the first of its slip if it is not that, or count it; the path by which it is."""
        path = self._shown(item.location.path)
        first = self.slips.get(item.slip) if item.slip else None
        if isinstance(first, _Listed):
            first.count += 1
            if len(first.under) < UNDER:
                first.under.append(Related(item.location._replace(path=path), cut(item.message)))
        elif first:
            self._left[first] += 1
        else:
            self._first(path, item)
        return path

    def _first(self, path: str, item: Placed) -> None:
        """List the first finding of a slip, or the only one, as long as not too many of its rule are."""
        key = (path, item.code)
        if self._counts[key] < MOST:
            self._counts[key] += 1
            listed = _Listed(item.diagnostic(self._hints))
            self._listed.append(listed)
            self.slips[item.slip] = listed
        else:
            self._left[key] += 1
            self.slips[item.slip] = key
