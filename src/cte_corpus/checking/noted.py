"""The findings of a check as they come: placed, those of one slip under its first, and no more than a reader reads."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, partial

from cte_corpus.checking.diagnose import Unit, cut, diagnostic, place, shown
from cte_corpus.checking.diagnostic import Diagnostic, Location, Related
from cte_corpus.checking.rules.catalogue import rules
from cte_corpus.checking.rules.doc import Found
from cte_corpus.checking.rules.file import FileFound
from cte_corpus.text.suggest import Hints

MOST = 100
"""How many findings of one rule in one file are listed; the others are counted."""

PLACED = 2000
"""How many findings of one rule are placed at a time, so that the files are known in which they stand."""

UNDER = 10
"""How many further places of one slip are listed under its first finding."""

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


class Noted:
    """What was found so far; only codes that are wanted are noted."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self._wanted = wanted
        self._hints = Hints()
        self._shown = cache(shown)
        self._listed: list[_Listed] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._left: Counter[tuple[str, str]] = Counter()
        """How many findings are listed, and how many are not, by path and code."""

        self.looked_at: set[tuple[str, str]] = set()
        """Warnings that a coder has looked at, and let stand: id of the event, and code."""

        self._slips: dict[str, _Listed | tuple[str, str]] = {}
        """The first finding of each slip; where it was not listed, its path and code."""

    def add(self, unit: Unit, found: Iterable[Found | FileFound]) -> bool:
        """Note findings about objects of a unit; whether there were any that stop what rests on the unit."""
        stops = False
        kept: list[Found | FileFound] = []
        seen: Counter[str] = Counter()
        for item in found:
            stops = stops or item.code not in PASSING
            if self._wanted(item.code):
                seen[item.code] += 1
                if seen[item.code] <= PLACED:
                    kept.append(item)
        if kept:
            last = self._counted(unit, kept) if self._is_full(unit, kept) else self._list(unit, kept)
            for code, number in seen.items():
                if number > PLACED:
                    self._left[last[code], code] += number - PLACED
        return stops

    def at(self, path: str, code: str, message: str, help_: str = "") -> None:
        """Note a finding about a whole file or folder."""
        if self._wanted(code):
            item = diagnostic(code, Location(shown(path)), message, help_)
            self._first(item.location.path, code, "", lambda: item)

    def result(self) -> list[Diagnostic]:
        """The findings in the order of their places; the last of a rule in a file says how many were not listed."""
        listed = sorted(self._listed, key=lambda one: (*one.item.location[:3], one.item.code))
        keys = [(one.item.location.path, one.item.code) for one in listed]
        last = {key: number for number, key in enumerate(keys)}
        return [
            one.diagnostic(self._left[key] if last[key] == number else 0)
            for number, (key, one) in enumerate(zip(keys, listed, strict=True))
        ]

    def _is_full(self, unit: Unit, items: list[Found | FileFound]) -> bool:
        """Whether nothing of a line of a packed file can be listed any more, so that no place need be looked for."""
        source = unit[0][0]
        if not source.line:
            return False
        path = self._shown(source.path)
        return all(self._counts[path, item.code] >= MOST for item in items)

    def _counted(self, unit: Unit, items: list[Found | FileFound]) -> dict[str, str]:
        """Count findings that are not listed; the path of each code."""
        path = self._shown(unit[0][0].path)
        self._left.update((path, item.code) for item in items)
        return {item.code: path for item in items}

    def _list(self, unit: Unit, items: list[Found | FileFound]) -> dict[str, str]:
        """List findings, or count them; the last path of each code."""
        paths = {}
        for placed in place(unit, items):
            item, path = placed.found, placed.location.path
            paths[item.code] = path
            if (placed.location.record, item.code) in self.looked_at and rules()[item.code].severity == "warning":
                continue
            slip = item.slip if isinstance(item, Found) else ""
            first = self._slips.get(slip) if slip else None
            if isinstance(first, _Listed):
                first.count += 1
                if len(first.under) < UNDER:
                    first.under.append(Related(placed.location, cut(item.message)))
            elif first:
                self._left[first] += 1
            else:
                self._first(path, item.code, slip, partial(placed.diagnostic, self._hints))
        return paths

    def _first(self, path: str, code: str, slip: str, make: Callable[[], Diagnostic]) -> None:
        """List the first finding of a slip, or the only one, as long as not too many of its rule are."""
        if self._counts[path, code] < MOST:
            self._counts[path, code] += 1
            listed = _Listed(make())
            self._listed.append(listed)
            self._slips[slip] = listed
        else:
            self._left[path, code] += 1
            self._slips[slip] = (path, code)
