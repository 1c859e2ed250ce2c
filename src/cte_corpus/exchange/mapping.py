"""What the labels of another scheme become here: a file that is drafted from what is found, and settled by a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus import vocabulary
from cte_corpus.authoring import plain_yaml
from cte_corpus.authoring.writing import word
from cte_corpus.errors import CteError
from cte_corpus.text.limits import bounded
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from cte_corpus.exchange.annotated import Link, Mark
    from cte_corpus.store.locate import Position
    from cte_corpus.store.pointer import Pointer

OPEN, DROP, SAME, DATE, FIGURE, ENTITY, NOTE = "?", "drop", "same", "date", "figure", "entity", "note"

FIELDS = {"form": "mention-form", "mode": "mode"}
FIELDS |= {name: name for name in ("genericity", "nature", "status", "polarity", "prominence")}
"""What an attribute may say of a mention or an event: the field, and the list of its codes."""

LARGEST = 1_000_000
"""Bytes of the largest mapping file."""

MANY = 12
"""An attribute with more values than this is mapped as a whole."""

ATTRIBUTES = frozenset({ENTITY, NOTE})

KNOWN = {
    **dict.fromkeys(("per", "person", "people", "human"), "person"),
    **dict.fromkeys(("org", "organization", "organisation", "company", "institution"), "org"),
    **dict.fromkeys(("gpe", "country", "city", "state", "nation"), "gpe"),
    **dict.fromkeys(("loc", "location", "facility", "fac", "place"), "loc"),
    **dict.fromkeys(("norp", "group", "nationality"), "group"),
    **dict.fromkeys(("work", "law", "work_of_art", "document"), "work"),
    **dict.fromkeys(("date", "time", "timex3"), DATE),
    **dict.fromkeys(("money", "percent", "quantity", "cardinal", "number"), FIGURE),
    **dict.fromkeys(("coref", "coreference", "equiv", "alias", "next", "first"), SAME),
    **dict.fromkeys(("token", "sentence", "paragraph", "lemma", "stem", "pos", "dependency"), DROP),
    "reference": ENTITY,
    "annotatornotes": NOTE,
}
"""What common labels mean, in small letters: proposals for the draft of a mapping."""

HEAD = """\
# What the labels of the file become here. Settle each "?", and see whether the others are right.
# labels: a class of entities ({classes}), a type of events (docs/codebook.md),
#   `date` or `figure` (noted among the candidates), or `drop`.
# links: a role of the event's frame, `same` (both mean one entity), or `drop`.
# attributes: FIELD=CODE ({fields}),
#   `entity` (the value is an identifier), `note`, or `drop`.
# What is dropped is told, and counted.
"""


class Mapping(NamedTuple):
    """A settled mapping, by the labels of the file."""

    labels: dict[str, str]
    links: dict[str, str]
    attributes: dict[str, str]

    def attribute(self, name: str, value: str) -> str:
        """What a value of an attribute becomes."""
        return self.attributes.get(f"{name}={value}", self.attributes.get(name, ""))


def _labels() -> set[str]:
    return {*vocabulary.codes("entity-class"), *vocabulary.codes("event-type"), DATE, FIGURE}


def unmapped(marks: Sequence[Mark], links: Sequence[Link], kept: AbstractSet[str], mapping: Mapping) -> Mapping:
    """What is found and not mapped yet, each with a proposal; the codes of this vocabulary need none.

    Args:
        marks: The marks that a tool made.
        links: The links that it made.
        kept: The ids of marks that stand for records of ours.
        mapping: What is mapped so far.
    """
    ours, roles = _labels(), vocabulary.codes("role")
    labels = dict.fromkeys(mark.label for mark in marks)
    dropped = {label for label in labels if mapping.labels.get(label, _guess(label, ours)) == DROP}
    taken = {mark.id: mark for mark in marks if mark.label not in dropped}
    attributes: dict[str, set[str]] = defaultdict(set)
    for mark in taken.values():
        for name, value in mark.features.items():
            if not (_is_own(name, value) or mapping.attribute(name, value)):
                attributes[name].add(value)
    named = []
    for name, values in attributes.items():
        named += (
            [name]
            if len(values) > MANY or _guess(name, ATTRIBUTES) != OPEN
            else [f"{name}={value}" for value in sorted(values)]
        )
    return Mapping(
        {label: _guess(label, ours) for label in labels if label not in ours and label not in mapping.labels},
        {
            label: _guess(label, {SAME})
            for label in dict.fromkeys(
                link.label for link in links if {link.source, link.target} <= taken.keys() | kept
            )
            if label not in roles and label not in mapping.links
        },
        {name: _guess(name, ATTRIBUTES) for name in named},
    )


def _is_own(name: str, value: str) -> bool:
    return name == ENTITY or (name in FIELDS and value in vocabulary.codes(FIELDS[name]))


def _guess(label: str, allowed: AbstractSet[str]) -> str:
    """What a label most likely means of what is allowed; OPEN if that cannot be told."""
    small = label.lower().rpartition("=")[2].rpartition(":")[2]
    code = KNOWN.get(small, small)
    return code if code in allowed or code == DROP else OPEN


def drafted(mapping: Mapping, marks: Iterable[Mark], links: Iterable[Link]) -> str:
    """A mapping in YAML, with how often each label stands in the file."""
    counts = {
        "labels": Counter(mark.label for mark in marks),
        "links": Counter(link.label for link in links),
        "attributes": Counter(
            key for mark in marks for name, value in mark.features.items() for key in (name, f"{name}={value}")
        ),
    }
    lines = [HEAD.format(classes=", ".join(vocabulary.codes("entity-class")), fields=", ".join(FIELDS)).rstrip()]
    for part, entries in mapping._asdict().items():
        lines.append(f"{part}:{'' if entries else ' {}'}")
        lines += [f"  {_key(key)}: {_key(value)}  # {counts[part][key]}" for key, value in entries.items()]
    return "\n".join(lines) + "\n"


def _key(value: str) -> str:
    return word(value)


def load(path: Path) -> Mapping:
    """The mapping in a file.

    Raises:
        CteError: it is none, or something in it is not settled or no code; the message has line and column.
        OSError: the file cannot be read.
    """
    try:
        found = plain_yaml.read(bounded(path, LARGEST).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CteError(f"{path}: expected UTF-8: {error.reason}") from None
    except plain_yaml.YamlError as error:
        place = f":{error.place.line}:{error.place.column}" if error.place else ""
        raise CteError(f"{path}{place}: {error}") from None
    value = found.value
    if not isinstance(value, dict) or not value.keys() <= set(Mapping._fields):
        raise CteError(f"{path}:1:1: expected {', '.join(Mapping._fields)}", "run the import without --mapping first")
    return Mapping(
        _settled(path, value, "labels", _label_error, found.places.__getitem__),
        _settled(path, value, "links", _link_error, found.places.__getitem__),
        _settled(path, value, "attributes", _attribute_error, found.places.__getitem__),
    )


def _settled(
    path: Path, value: dict[str, Any], part: str, wrong: Callable[[str], str], place: Callable[[Pointer], Position]
) -> dict[str, str]:
    entries = value.get(part) or {}
    for key, meant in entries.items() if isinstance(entries, dict) else ((part, entries),):
        said = "" if isinstance(meant, str) and meant == DROP else "expected a word"
        if isinstance(meant, str) and meant != DROP:
            said = "not settled: say what it becomes, or `drop`" if meant == OPEN else wrong(meant)
        if said:
            line, column = place((part, key) if isinstance(entries, dict) else (part,))
            raise CteError(f"{path}:{line}:{column}: `{key}`: {said}", "docs/exchange.md says what a mapping holds")
    return {str(key): str(meant) for key, meant in entries.items()}


def _label_error(meant: str) -> str:
    known = _labels()
    return "" if meant in known else f"`{meant}` is no class of entities and no type of events. {hint(meant, known)}"


def _link_error(meant: str) -> str:
    known = {*vocabulary.codes("role"), SAME}
    return "" if meant in known else f"`{meant}` is no role. {hint(meant, known)}"


def _attribute_error(meant: str) -> str:
    field, _, code = meant.partition("=")
    if meant in (ENTITY, NOTE) or (field in FIELDS and code in vocabulary.codes(FIELDS[field])):
        return ""
    codes = vocabulary.codes(FIELDS[field]) if field in FIELDS else FIELDS
    return f"`{meant}` is no FIELD=CODE. {hint(code if field in FIELDS else field, codes)}"
