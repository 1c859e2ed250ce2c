"""What the earlier records of a document must be, at the least, for anchoring to go on from them.

A document that is being coded breaks the schemas (it has proposals); but places and quotes are looked up in it.
"""

from collections.abc import Mapping
from typing import Any

_SPAN = {"start": int, "end": int}


def is_part(part: str, value: Any) -> bool:
    """Whether a decoded file can be gone on from: a document, or a list of records with the fields that are needed."""
    if not isinstance(value, dict):
        return False
    if part == "document":
        text = value.get("text", {})
        return (
            _has(value, {"id": str})
            and isinstance(text, dict)
            and _has(text, {key: str for key in ("recipe", "sha256") if key in text})
        )
    records = value.get("records")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return False
    if part == "sections":
        return all(map(_is_section, records))
    return part != "mentions" or all(
        _has(record, {"id": str, "entity": str, "span": dict}) and _has(record["span"], {**_SPAN, "text": str})
        for record in records
    )


def _is_section(record: dict[str, Any]) -> bool:
    heading, sentences = record.get("heading", {"start": 0, "end": 0}), record.get("sentences", [])
    return (
        _has(record, {"id": str, **_SPAN})
        and _has(heading, _SPAN)
        and isinstance(sentences, list)
        and all(_has(sentence, {"n": int, **_SPAN}) for sentence in sentences)
    )


def _has(record: Any, fields: Mapping[str, type]) -> bool:
    """Whether an object has fields of these very types."""
    return isinstance(record, dict) and all(type(record.get(name)) is kind for name, kind in fields.items())
