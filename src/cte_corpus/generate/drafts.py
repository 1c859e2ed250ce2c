"""The JSON Schema of drafts, for editors alone: by it they complete and explain what a coder writes.

It is made from the schemas of the records: quotes for spans, no ids and offsets, and what only drafts have. It offers
of roles and modes those of the event's type, and holds dates to the form of EDTF. The checker does not read it: a
condition for each type would cost a check of seventy on each event. It is no part of a release, and not frozen.
"""

from typing import Any, Final

from cte_corpus import vocabulary
from cte_corpus.generate.schemas import AS_GIVEN, DIALECT, RECORDS, definitions
from cte_corpus.store import canonical
from cte_corpus.store.layout import DRAFT_SCHEMA

Schema = dict[str, Any]

_DATE = r"-?[0-9X]{4}(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?[?~%]?|Y-?[1-9][0-9]{4,}"
EDTF: Final = rf"^((({_DATE})|\.\.)?/(({_DATE})|\.\.)?|{_DATE}|\[[^\]]+\])$"
"""The form of dates, as far as a pattern tells: that there is such a day the checker sees."""

_LEFT_OUT: Final = {
    "Document": ("text",),
    "Section": ("document", "order", "start", "end", "sha256", "sentences"),
    "Mention": ("document",),
    "Event": ("document",),
    "Sanction": ("document",),
}
_NOT_ASKED: Final = {"Section": ("id",), "Mention": ("id",), "Event": ("id",), "Sanction": ("id", "mentions")}
"""What is given by `cte anchor` where the draft does not say it."""

_SPANS: Final = frozenset({"span", "trigger", "via_span", "heading", "head"})
_SHOWN: Final = frozenset({"mentions", "via_mentions"})
_KEY: Final = {"type": "string", "description": "What other items of the draft call it."}
_ID: Final = {"type": "string", "description": "The id of the record that it was: leave it. A new item has none."}
_PROPOSED: Final = {"const": True, "description": "Not settled: delete the mark, or mend or delete the item."}


def render() -> dict[str, bytes]:
    """The schema file by its path in the repository."""
    return {f"schemas/{DRAFT_SCHEMA}": canonical.dumps(schema(), AS_GIVEN)}


def schema() -> Schema:
    """The schema of a draft; it needs no other file."""
    found: Schema = {}
    for kind in ("document", "sections", "mentions", "events", "sanctions"):
        for name, model in definitions(RECORDS[kind]).items():
            found[name] = _drafted(name, model)
    del found["Span"], found["Sentence"], found["ReferenceText"]
    _add_own(found)
    groups = {"type": "array", "items": {"$ref": "#/$defs/Mention"}}
    return {
        "$schema": DIALECT,
        "$id": "urn:cte-corpus:schema:draft",
        "title": "The draft of a document",
        "description": "Quotes instead of numbers; `cte anchor` turns it into records. docs/drafts.md says how.",
        "type": "object",
        "additionalProperties": False,
        "required": ["document"],
        "properties": {
            "document": {
                "description": "The document's record; its id alone, if nothing of it changes.",
                "anyOf": [{"$ref": "#/$defs/Document"}, {"type": "string"}],
            },
            "sections": _list("Section", "The sections, in the order of the text."),
            "mentions": {
                "description": "Lists of mentions, each under the id of its sentence, or of a section for its heading.",
                "type": "object",
                "additionalProperties": groups,
            },
            "events": _list("Event", "The events, in any order."),
            "sanctions": _list("Sanction", "The sanctions: one for each target."),
            "candidates": {
                "description": "Dates and figures to copy from, and what was proposed; no record comes of them.",
                "type": "object",
            },
            "review": {
                "description": "What `cte review` did, by the names of items and fields; no record comes of it.",
                "type": "object",
                "additionalProperties": _verdict(),
            },
        },
        "$defs": {"Quote": _quote(), **dict(sorted(found.items()))},
    }


def _list(model: str, description: str) -> Schema:
    return {"description": description, "type": "array", "items": {"$ref": f"#/$defs/{model}"}}


def _verdict() -> Schema:
    verdicts = {"accepted": "It is right.", "questioned": "It is doubtful.", "dropped": "It is left out."}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["verdict"],
        "properties": {
            "verdict": {"enum": list(verdicts), "enumDescriptions": list(verdicts.values())},
            "by": {"type": "string", "description": "Who reviewed."},
            "date": {"type": "string", "description": "On which day."},
            "of": {"type": "string", "description": "A digest of what was judged."},
            "note": {"type": "string", "description": "What is doubtful."},
        },
    }


def _quote() -> Schema:
    return {
        "title": "Quote",
        "description": "Words as they are printed; an object, where they stand in several places.",
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["quote"],
                "properties": {
                    "quote": {"type": "string", "minLength": 1, "description": "The words."},
                    "nth": {"type": "integer", "minimum": 1, "description": "Which of several places, from 1."},
                    "context": {"type": "string", "description": "A few more words around it, itself among them."},
                    "in": {"type": "string", "description": "The sentence or section in which to look."},
                },
            },
        ],
    }


def _drafted(name: str, model: Schema) -> Schema:
    """A record's schema as a draft has it."""
    left_out = _LEFT_OUT.get(name, ())
    not_asked = {*left_out, *_NOT_ASKED.get(name, ())}
    fields = {key: _field(key, field) for key, field in model["properties"].items() if key not in left_out}
    required = [key for key in model["required"] if key not in not_asked]
    return {**model, "required": required, "properties": fields}


def _field(name: str, field: Schema) -> Schema:
    said = {"description": field["description"]} if "description" in field else {}
    if name in _SPANS:
        return {"$ref": "#/$defs/Quote", **said}
    if name in _SHOWN:
        return {**said, "type": "array", "items": {"$ref": "#/$defs/Quote"}}
    if name == "edtf" or name == "as_of":
        return {**said, "type": ["string", "integer"], "pattern": EDTF}  # a year without quotes is a number in YAML
    return field


def _add_own(found: Schema) -> None:
    """Add what only drafts have."""
    quotes = {"type": "array", "items": {"$ref": "#/$defs/Quote"}}
    functions = vocabulary.codes("sentence-function")
    sentence = {"enum": list(functions), "enumDescriptions": list(functions.values())}
    for name in _NOT_ASKED:
        found[name]["properties"] |= {"id": _ID, "proposed": _PROPOSED}
    found["Document"]["properties"] |= {"proposed": _PROPOSED}
    found["Mention"]["properties"] |= {
        "or": {"type": "string", "description": "Others whom the name may mean: choose one, and delete this."}
    }
    found["Section"]["properties"] |= {
        "key": _KEY,
        "starts": {"$ref": "#/$defs/Quote", "description": "Its first words, where it has no heading."},
        "sentences": {**quotes, "description": "The first words of each, where the segmenter is wrong."},
        "functions": {
            "description": "What sentences are for that tell nothing, by their numbers.",
            "type": "object",
            "additionalProperties": sentence,
        },
    }
    event = found["Event"]
    event["properties"] |= {"key": _KEY}
    role = found["Argument"]["properties"]["role"]
    for codes in (role, event["properties"]["mode"]):  # those of the type are offered, and no others
        codes.pop("enum"), codes.pop("enumDescriptions")
    event["allOf"] = [_frame(code, entry) for code, entry in vocabulary.event_types().items()]


def _frame(code: str, entry: dict[str, Any]) -> Schema:
    """The roles and modes of one event type."""
    said = vocabulary.codes("role")
    roles = [one["role"] for one in entry["roles"]]
    role = {"enum": roles, "enumDescriptions": [said[one] for one in roles]}
    modes = entry.get("modes", [])
    then = {
        "arguments": {"items": {"properties": {"role": role}}},
        "mode": {"enum": modes} if modes else False,
    }
    return {"if": {"properties": {"type": {"const": code}}, "required": ["type"]}, "then": {"properties": then}}
