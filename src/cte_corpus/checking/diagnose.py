"""From what a rule found to a diagnostic: the pointer of the object it points at, its line and column, its record."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cte_corpus.checking.diagnostic import Diagnostic, Fix, Location, Related
from cte_corpus.checking.rules import catalogue
from cte_corpus.checking.rules.doc import FileFound, Found
from cte_corpus.store import layout
from cte_corpus.store.inside import LinkOutError, TooLargeError
from cte_corpus.store.locate import locate, position
from cte_corpus.store.packed import Source
from cte_corpus.store.pointer import Pointer
from cte_corpus.text.suggest import Hints, Near, Worked

Unit = list[tuple[Source, Any]]
"""Decoded files that were judged together, each with its bytes."""

REWRITES = frozenset({"CTE012", "CTE013", "CTE018", "CTE212"})
"""Rules that are mended by writing the file again, canonically; a packed corpus is not mended."""

LONGEST = 500
"""Characters of the longest message; a value in it may be as long as its file."""

LONGEST_NAME = 200
"""Characters of the longest id, or key in a pointer."""


class Placed(NamedTuple):
    """What a rule found, with the places that belong to it."""

    code: str
    location: Location
    message: str
    help: str | Callable[[], str] = ""
    related: tuple[Related, ...] = ()
    near: Near | Worked | None = None
    slip: str = ""

    def diagnostic(self, hints: Hints) -> Diagnostic:
        """The finding as it is reported, with its help worked out and paths as they are shown."""
        help_ = hints.of(self.near) if self.near else ""
        if not help_:
            help_ = self.help if isinstance(self.help, str) else self.help()
        related = tuple(where._replace(location=_shown(where.location)) for where in self.related)
        return diagnostic(self.code, _shown(self.location), self.message, help_, related)

    def settled(self, hints: Hints | None) -> "Placed":
        """The finding for another process, with all worked out that it may be reported with; without `hints` it never
        is, but counted."""
        if hints is None:
            return self._replace(help="", near=None)
        help_ = self.help if isinstance(self.help, str) else self.help()
        return self._replace(help=help_, near=hints.worked(self.near) if isinstance(self.near, Near) else None)


def _shown(where: Location) -> Location:
    return where._replace(path=shown(where.path))


def place(unit: Unit, found: Iterable[Found | FileFound]) -> Iterator[Placed]:
    """Findings with their places; `found` may point at any object of the unit."""
    items = list(found)
    places = _places(unit, [item for item in items if isinstance(item, Found)])
    for item in items:
        if isinstance(item, FileFound):
            source = unit[0][0]
            line, column = position(source.data, item.offset)
            where = Location(source.path, source.line or line, column)
            yield Placed(item.code, where, item.message, item.help)
        else:
            related = tuple(Related(places[(id(where), None)], cut(message)) for where, message in item.related)
            where, near = places[(id(item.where), item.key)], Near(*item.near) if item.near else None
            yield Placed(item.code, where, item.message, item.help, related, near, item.slip)


def diagnostic(
    code: str, place: Location, message: str, help_: str = "", related: tuple[Related, ...] = ()
) -> Diagnostic:
    """A diagnostic with the name and severity of its rule."""
    rule = catalogue.rules()[code]
    mends = code in REWRITES and place.path.endswith(".json")
    fix = Fix("write the file canonically") if mends else None
    return Diagnostic(code, rule.name, rule.severity, place, cut(message), cut(help_), related, fix)


def unreadable(error: OSError, where: str) -> tuple[str, str, str]:
    """The code, message and help of the finding that something in a corpus, or a folder of it, cannot be read."""
    if isinstance(error, LinkOutError):
        return "CTE017", f"the link leads out of the {where}", "put a copy in its place"
    if isinstance(error, TooLargeError):
        return "CTE011", str(error.strerror), "look what makes it so large"
    return "CTE001", f"cannot be read: {error.strerror}", "what rests on it was not checked"


def cut(text: str, longest: int = LONGEST) -> str:
    """A text as it is, or its beginning where it is too long to be shown."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def shown(path: str) -> str:
    """A path as it is shown: relative to the working directory where it lies below it. A link is shown, not its end."""
    try:
        return str((layout.real(Path(path).parent) / Path(path).name).relative_to(Path.cwd()))
    except (ValueError, RuntimeError):  # it lies elsewhere, or in a circle of links
        return path


def _places(unit: Unit, found: list[Found]) -> dict[tuple[int, str | int | None], Location]:
    """Where each (object, key) stands that a finding or a related place points at."""
    wanted: dict[int, set[str | int | None]] = {}
    for item in found:
        wanted.setdefault(id(item.where), set()).add(item.key)
        for where, _ in item.related:
            wanted.setdefault(id(where), set()).add(None)
    places: dict[tuple[int, str | int | None], Location] = {}
    for source, root in unit:
        pointers: dict[tuple[int, str | int | None], tuple[Pointer, str]] = {}
        _walk(root, (), "", wanted, pointers)
        if not pointers:
            continue  # nothing is looked for here, and the bytes may be no JSON
        positions = locate(source.data, [pointer for pointer, _ in pointers.values()])
        for target, (pointer, record) in pointers.items():
            where = positions[pointer]
            short = tuple(cut(part, LONGEST_NAME) if isinstance(part, str) else part for part in pointer)
            line = source.line or where.line
            places[target] = Location(source.path, line, where.column, short, cut(record, LONGEST_NAME))
    return places


def _walk(
    value: Any,
    pointer: Pointer,
    record: str,
    wanted: dict[int, set[str | int | None]],
    places: dict[tuple[int, str | int | None], tuple[Pointer, str]],
) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            record = value["id"]
        children: Iterable[tuple[str | int, Any]] = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    elif pointer:
        return  # findings point at objects and lists, and at a root of any kind
    else:
        children = ()
    for key in wanted.get(id(value), ()):
        places[(id(value), key)] = (pointer if key is None else (*pointer, key), record)
    for name, child in children:
        _walk(child, (*pointer, name), record, wanted, places)
