"""What the page of a review shows of an item: its fields with their verdicts, its marks, what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.authoring import items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cte_corpus.authoring.items import Field, Item, Mark, Placed
    from cte_corpus.authoring.problems import Record
    from cte_corpus.store.pointer import Pointer


def shown_item(item: Item, draft: Record, placed: Placed, problems: list[str]) -> Record:
    """What the page shows of an item; its problems are taken out of the list of all."""
    marks = placed.marks.get(item.pointer, [])
    places = {mark.path: [mark.start, mark.end] for mark in marks}
    record = placed.records.get(item.pointer)
    wrong = items.faults(record, item.part) if record else []
    own = [one for one in problems if one.startswith(_prefix(item))]
    problems[:] = [one for one in problems if one not in own]
    listed = [_shown_field(item, field, draft, places) for field in items.fields(item.value)]
    entry = entry_of(draft, item.name)
    status = _status(entry, item.value)
    if any(field["status"] == "questioned" for field in listed):
        status = "questioned"
    elif status == "open" and listed and all(field["status"] == "accepted" for field in listed):
        status = "accepted"
    code, words, lang = title(item)
    return {
        "name": item.name,
        "part": item.part,
        "code": code,
        "words": words,
        "lang": lang,
        "status": status,
        **_said(entry),
        "proposed": item.value.get("proposed") is True,
        "problems": [one.removeprefix(_prefix(item)).lstrip(".: ") for one in own] or wrong,
        "marks": shown_marks(marks),
        "fields": listed,
    }


def entry_of(draft: Record, name: str) -> Record:
    """What became of an item or field; empty where nothing did."""
    found: Record = draft.get("review", {}).get(name, {})
    return found


def is_fresh(entry: Record, value: Any) -> bool:
    """Whether a value was accepted, and is still the one that was."""
    return entry.get("verdict") == "accepted" and entry.get("of") == items.digest(value)


def joined(name: str, path: Pointer) -> str:
    """What the review calls a field."""
    return "/".join((name, *map(str, path)))


def _status(entry: Record, value: Any) -> str:
    if not entry:
        return "open"
    if entry["verdict"] == "questioned":
        return "questioned"
    return "accepted" if is_fresh(entry, value) else "changed"


def _said(entry: Record) -> Record:
    return {key: entry[key] for key in ("note", "by", "date") if key in entry}


def shown_marks(marks: Iterable[Mark]) -> list[Record]:
    """Marks as the page takes them."""
    return [{"start": mark.start, "end": mark.end, "path": "/".join(map(str, mark.path))} for mark in marks]


def _shown_field(item: Item, field: Field, draft: Record, places: Mapping[Pointer, list[int]]) -> Record:
    path = "/".join(map(str, field.path))
    entry = entry_of(draft, f"{item.name}/{path}")
    value = items.at(item.value, field.path)
    place = {"mark": places[field.path]} if field.path in places else {}
    lang = field.label.rpartition(" ")[2] if field.path[-1] == "text" else ""
    said = {"status": _status(entry, value), **_said(entry), **place}
    return {"path": path, "label": field.label, "shown": field.shown, "lang": lang, **said}


def _prefix(item: Item) -> str:
    """How messages of anchoring name an item."""
    if item.part == "mentions":
        return f"mentions.{item.pointer[1]}[{item.pointer[2]}]"
    key = {"events": item.value.get("key", item.value.get("id")), "sanctions": item.value.get("target")}.get(item.part)
    return f"{item.part}[{item.pointer[-1] if key is None else key}]" if item.part != "document" else "document."


def title(item: Item) -> tuple[str, str, str]:
    """Code, words and their language by which a person knows an item."""
    code = next((item.value[key] for key in ("entity", "type", "target", "kind", "genre") if key in item.value), "")
    told = next((item.value[key] for key in ("label", "title", "gist", "span", "grounds") if key in item.value), "")
    first = told[0] if isinstance(told, list) and told else told
    if isinstance(first, dict):
        return str(code), str(first.get("text", first.get("quote", ""))), str(first.get("lang", ""))
    return str(code), str(first), ""
