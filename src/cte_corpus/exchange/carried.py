"""What the formats of annotation tools share: which documents are written, and how records travel along as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.exchange.annotated import PARTS, Annotated, Raw, annotated
from cte_corpus.store import strict
from cte_corpus.text.view import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cte_corpus.exchange.job import Job

RIGHTS = "The text belongs to the publisher of each document and is no part of the corpus: do not pass these files on."
"""Said of files that hold texts."""


def documents(job: Job, what: str) -> Iterator[Annotated]:
    """The documents of which the very text that was coded is at hand; of the others the loss is told.

    Raises:
        CteError: no text is given, or one cannot be read.
    """
    copies = job.need_copies(what)
    found = False
    for raw in job.corpus.one_by_one():
        name = raw["document"]["id"]
        if name not in copies:
            job.loss.add("document", "there is no copy of the text", name)
        elif sha256(text := copies[name].text) != raw["document"]["text"]["sha256"]:
            job.loss.add("document", "the copy is not the text that was coded, to the letter", name)
        else:
            found = True
            one = annotated(raw, text)
            for kind, count in (("documents", 1), ("spans", len(one.marks)), ("links", len(one.links))):
                job.holds[kind] = job.holds.get(kind, 0) + count
            yield one
    if not found:
        raise CteError("of no document the very text that was coded is at hand", "give the sources by --text")


def packed(raw: Raw) -> Iterator[tuple[str, str]]:
    """The records of a document one by one: the part and the record as JSON, in ASCII and on one line."""
    yield "document", _json(raw["document"])
    for part in PARTS:
        yield from ((part, _json(record)) for record in raw[part])


def unpacked(records: Iterable[tuple[str, str, str]]) -> Raw | None:
    """The records of a document, or None where there are none.

    Args:
        records: The part, the record as JSON, and where it stands.

    Raises:
        CteError: one is no record, or the record of the document is not there.
    """
    raw: Raw = {part: [] for part in PARTS}
    for part, written, where in records:
        value = _record(written, where)
        if part == "document":
            raw["document"] = value
        elif part in PARTS:
            raw[part].append(value)
        else:
            raise CteError(f"{where}: there is no part `{part}` of a document", ALONE)
    if not any(raw.values()):
        return None
    if "document" not in raw:
        raise CteError("records came along, but not the record of their document", ALONE)
    return raw


ALONE = "what travels along is not to be edited; take the file out of the tool again"


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _record(written: str, where: str) -> Raw:
    try:
        value = strict.loads(written.encode())
    except (strict.JsonError, UnicodeEncodeError) as error:
        raise CteError(f"{where}: the record that travels along is no JSON: {error}", ALONE) from None
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise CteError(f"{where}: the record that travels along has no id", ALONE)
    return value
