"""The codebook: every field, code and event type, as a page to read."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from cte_corpus import vocabulary
from cte_corpus.generate.schemas import RECORDS, definitions
from cte_corpus.store.layout import SCHEMA_VERSION

PATH: Final = "docs/codebook.md"

SCHEMES: Final = {"plover": "PLOVER", "cameo": "CAMEO", "acled": "ACLED", "gtd": "GTD"}
"""The schemes of the crosswalk, in the order in which they are shown."""

GRADES: Final = {
    "exact": "exactly this",
    "close": "close to this",
    "broad": "covers more",
    "narrow": "covers a part",
    "related": "related only",
    "none": "no target",
}
"""The SKOS grades of a match, nearest first: what the target is to the type."""

_INTRO: Final = """\
# Codebook

Generated from the record models and the vocabulary; `cte schema` writes it. How texts are coded stands in
[guidelines.md](guidelines.md).

Offsets are code points, 0-based and half-open, in the reference text of the document. Dates are EDTF. An optional field
is absent, never null or empty. Fields marked ● are required.

- [Records](#records)
- [Code lists](#code-lists)
- [Event types](#event-types)
- [Roles](#roles)
- [Coverage of other schemes](#coverage-of-other-schemes)
"""


def render() -> dict[str, bytes]:
    """The codebook by its path in the repository."""
    parts = [_INTRO, *_records(), *_code_lists(), *_event_types(), *_roles(), *_coverage()]
    return {PATH: ("\n".join(parts).rstrip() + "\n").encode()}


def coverage() -> dict[str, dict[str, int]]:
    """For each scheme, how many event types have each grade as the nearest of their matches."""
    counts = {scheme: dict.fromkeys(GRADES, 0) for scheme in SCHEMES}
    for entry in vocabulary.event_types().values():
        for scheme in SCHEMES:
            grades = {match["match"] for match in entry["crosswalk"] if match["scheme"] == scheme}
            counts[scheme][next(grade for grade in GRADES if grade in grades)] += 1
    return counts


def _records() -> Iterator[str]:
    shared = "What several records share stands once, after the first that needs it."
    yield f"## Records\n\nSchema {SCHEMA_VERSION}. {shared}\n"
    seen: set[str] = set()
    for kind, model in RECORDS.items():
        models = definitions(model)
        for name in (model.__name__, *(name for name in models if name != model.__name__)):
            if name not in seen:
                seen.add(name)
                level = "###" if name == model.__name__ else "####"
                file = f" (`{kind}`)" if name == model.__name__ else ""
                yield f"{level} {name}{file}\n\n{models[name]['description']}\n"
                yield from _table(("field", "type", "what it holds"), _fields(models[name]))


def _fields(model: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, field in model["properties"].items():
        mark = " ●" if name in model["required"] else ""
        yield f"`{name}`{mark}", _type(field), field["description"]


def _type(field: dict[str, Any]) -> str:
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        name = _list_name(field["enum"])
        return f"[{name}](#{_ANCHORS.get(name, name)})"
    if "pattern" in field:
        return f"string `{field['pattern']}`"
    return str(field["type"])


_ANCHORS: Final = {"event-type": "event-types", "role": "roles", "mode": "event-types"}


def _list_name(codes: list[str]) -> str:
    """The name of the list that has exactly these codes."""
    names = (*vocabulary.lists(), *_ANCHORS)
    return next(name for name in names if list(vocabulary.codes(name)) == codes)


def _code_lists() -> Iterator[str]:
    yield "## Code lists\n"
    for name, about in vocabulary.lists().items():
        yield f"### {name}\n\n{about}\n"
        yield from _table(("code", "meaning"), ((f"`{code}`", text) for code, text in vocabulary.codes(name).items()))


def _event_types() -> Iterator[str]:
    yield (
        "## Event types\n\nThe examples are invented. The target of a match marked ? exists in its scheme, but whether "
        "it is meant so could not be checked. What is an incident has codes of other schemes only where the event is "
        "specific, is so, and is told as happening or alleged. Macro-roles are explained [above](#macro-role).\n"
    )
    for code, entry in vocabulary.event_types().items():
        yield f"### {code}\n\n**{entry['label']['en']}** · {entry['label']['ar']}\n\n{entry['definition']}\n"
        yield f"- This: {entry['good']}\n- Not this: {entry['bad']['text']} That is `{entry['bad']['type']}`.\n"
        yield _nature(entry)
        if "modes" in entry:
            yield f"Modes: {', '.join(f'`{mode}`' for mode in entry['modes'])}.\n"
        yield from _table(("role", "macro-role", "filled by", "times"), (_role(role) for role in entry["roles"]))
        yield from _table(("scheme", "target", "match", "note"), (_match(match) for match in entry["crosswalk"]))


def _nature(entry: dict[str, Any]) -> str:
    """What an event of the type is by nature, and whether it is an incident."""
    modes = "".join(f"; mode `{mode}`: {nature}" for mode, nature in entry.get("mode_natures", {}).items())
    incident = " An incident." if entry.get("incident") else ""
    return f"Nature: {entry.get('nature', 'happening')}{modes}.{incident}\n"


def _role(role: dict[str, Any]) -> tuple[str, ...]:
    times = f"{role.get('min', 0)}–{role['max']}" if "max" in role else f"{role.get('min', 0)} or more"
    return f"`{role['role']}`", role["macro"], ", ".join(role["fillers"]), times


def _match(match: dict[str, Any]) -> tuple[str, ...]:
    contexts = f" [{', '.join(match['contexts'])}]" if "contexts" in match else ""
    target = f"{match['target']}{contexts}" if "target" in match else "–"
    doubt = "" if match.get("verified", True) else " ?"
    kinds = (("mode", "modes"), ("status", "statuses"))
    limits = [f"{kind} {' or '.join(match[key])}" for kind, key in kinds if key in match]
    only = f"Only {', '.join(limits)}." if limits else ""
    return SCHEMES[match["scheme"]], target, match["match"] + doubt, f"{only} {match.get('note', '')}".strip()


def _roles() -> Iterator[str]:
    yield "## Roles\n\nA role means the same in every frame.\n"
    yield from _table(("role", "meaning"), ((f"`{code}`", text) for code, text in vocabulary.codes("role").items()))


def _coverage() -> Iterator[str]:
    counts = coverage()
    total = len(vocabulary.event_types())
    yield (
        "## Coverage of other schemes\n\nCounted: how near the nearest target of each event type is. What the other "
        "schemes leave out is why this one exists.\n"
    )
    yield from _table(
        ("scheme", *(f"{grade}: {meaning}" for grade, meaning in GRADES.items()), "exact or close"),
        (
            (name, *(str(count) for count in counts[scheme].values()), _near(counts[scheme], total))
            for scheme, name in SCHEMES.items()
        ),
    )


def _near(counts: dict[str, int], total: int) -> str:
    return f"{counts['exact'] + counts['close']} of {total}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = tuple(head)
    yield _row(head)
    yield _row("---" for _ in head)
    for row in rows:
        yield _row(row)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
