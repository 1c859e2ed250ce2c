"""Which records hold words, and which pass filters. Both look at decoded records, in the order of the corpus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cte_corpus import edtf
from cte_corpus.errors import CteError
from cte_corpus.scale.progress import doing
from cte_corpus.text.fold import fold_short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.show.lookup import Decoded

Raw = dict[str, Any]

KINDS = ("documents", "entities", "events", "sanctions")
"""What can be listed."""

TAKES = {
    "documents": ("document", "of_type", "entity", "since", "until"),
    "entities": ("document", "of_type", "entity"),
    "events": ("document", "of_type", "status", "entity", "since", "until"),
    "sanctions": ("document", "entity", "since", "until"),
}
"""The filters of each kind."""

_TYPES = {"documents": "genre", "entities": "entity-kind", "events": "event-type"}
"""The list of codes that is the type of each kind."""

LIST_CODES = "`cte sql \"from codes where list = '{}'\"` lists them"
"""What helps where a code is not known."""

_WORD = re.compile(r"\w+")
_PROCLITICS = re.compile("[وف]?(?:[بكلس]?ال|لل|[بكلس])?")
"""What Arabic writes together with the next word: and, so, by, as, for, the."""


def find(corpus: Decoded, words: str) -> Iterator[tuple[str, str]]:
    """The kind and id of each record that holds all the words, in ids, names, labels, titles, gists and descriptions.

    Case, marks and variants of letters do not count, in any script; a word may be the beginning of one in the record,
    and an Arabic word stands with or without what is written together with it. A name that only a text uses finds its
    entity as well. Of the entities, those called just so come first, then those with a name that begins so, then the
    others, each by their ids.
    """
    wanted = [_forms(word) for word in _WORD.findall(fold_short(words))]
    if not wanted:
        return
    used: dict[str, list[str]] = {}
    for raw in corpus.raw_documents:
        for mention in raw["mentions"]:
            used.setdefault(mention["entity"], []).append(mention["span"]["text"])
    entities = []
    with doing(len(corpus.raw_entities), "entities") as step:
        for entity in corpus.raw_entities:
            names = [name["text"] for name in entity["names"]]
            texts = names + [text["text"] for text in entity["description"]]
            if _holds(wanted, [entity["id"], *texts, *used.get(entity["id"], ())]):
                entities.append((_distance(words, names), entity["id"]))
            step(1)
    yield from (("entity", key) for _, key in sorted(entities))
    with doing(len(corpus.raw_documents), "documents") as step:
        for raw in corpus.raw_documents:
            yield from _in_document(raw, wanted, fold_short(words))
            step(1)


def _in_document(raw: Raw, wanted: list[set[str]], folded: str) -> Iterator[tuple[str, str]]:
    """The records of a document, and the document itself, that hold all the words; a mention by its id alone."""
    for kind, part in (("section", "sections"), ("event", "events"), ("sanction", "sanctions")):
        yield from ((kind, record["id"]) for record in raw[part] if _holds(wanted, [record["id"], *_said(record)]))
    document = raw["document"]
    if _holds(wanted, [document["id"], document["title"]["text"], *(text["text"] for text in document["gloss"])]):
        yield "document", document["id"]
    yield from (("mention", one["id"]) for one in raw["mentions"] if fold_short(one["id"]) == folded)


def select(
    corpus: Decoded, kind: str, *, document: str | None = None, of_type: str | None = None, status: str | None = None,
    entity: str | None = None, since: str | None = None, until: str | None = None,
) -> Iterator[str]:  # fmt: skip
    """The ids of the records of a kind, one of KINDS, that pass all filters that are given; see TAKES.

    Args:
        corpus: The corpus.
        kind: What is listed.
        document: The document to which a record belongs, or in which an entity is mentioned.
        of_type: The type of an event or its family (`fin`), the kind of an entity, the genre of a document.
        status: The status of an event.
        entity: Who or what an event names, a document mentions, a sanction is on or by, an entity is linked to.
        since: EDTF; only what may have been on its first day or later. What has no day is left out.
        until: EDTF; only what may have been on its last day or earlier.

    Raises:
        CteError: there is no such type or status, a date is not EDTF, or `since` is later than `until`.
    """
    for what, code in ((_TYPES.get(kind), of_type), ("status", status)):
        if what and code is not None:
            _known(what, code)
    first, last = _bound(since, 0), _bound(until, 1)
    if first and last and first > last:
        raise CteError(f"nothing is from {since} to {until}: the first is later than the last", "swap the two")
    mentioned = {raw["document"]["id"]: {item["entity"] for item in raw["mentions"]} for raw in corpus.raw_documents}
    for home, record in _records(corpus, kind):
        if (
            document is not None
            and home != document
            and not (kind == "entities" and record["id"] in mentioned.get(document, ()))
        ):
            continue
        if of_type is not None and of_type not in _types(record):
            continue
        if status is not None and record.get("status") != status:
            continue
        if entity is not None and entity not in (mentioned[home] if kind == "documents" else _named(record)):
            continue
        if (since or until) and not any(_within(day, first, last) for day in _days(record)):
            continue
        yield record["id"]


def _records(corpus: Decoded, kind: str) -> Iterator[tuple[str, Raw]]:
    """The records of a kind, each with its document; an entity has none."""
    if kind == "entities":
        yield from (("", entity) for entity in corpus.raw_entities)
        return
    for raw in corpus.raw_documents:
        found = [raw["document"]] if kind == "documents" else raw[kind]
        yield from ((raw["document"]["id"], record) for record in found)


def _known(what: str, code: str) -> None:
    """Nothing, where a code is in a list of the vocabulary, or is a family of event types.

    Raises:
        CteError: it is not.
    """
    from cte_corpus import vocabulary
    from cte_corpus.text.suggest import hint

    codes = vocabulary.codes(what)
    known = dict.fromkeys([*codes, *(one.partition(".")[0] for one in codes if what == "event-type")])
    if code not in known:
        meant = f"{hint(code, known)} {LIST_CODES.format(what)}".strip()
        raise CteError(f"no {what.replace('-', ' ')} {code!r}", meant)


def _forms(word: str) -> set[str]:
    """A folded word, and what is left of it without what Arabic writes together with it."""
    bare = word[len(_PROCLITICS.match(word)[0]) :]  # type: ignore[index]
    return {word, bare} if len(bare) > 2 else {word}


def _holds(wanted: list[set[str]], texts: list[str]) -> bool:
    there = {form for word in _WORD.findall(fold_short(" ".join(texts))) for form in _forms(word)}
    return all(any(word.startswith(form) for word in there for form in forms) for forms in wanted)


def _distance(words: str, names: list[str]) -> int:
    """How far words are from the names of an entity: 0 is one of them, 1 begins one, 2 is neither."""
    said, *called = (" ".join(_WORD.findall(fold_short(text))) for text in (words, *names))
    return 0 if said in called else 1 if any(name.startswith(said) for name in called) else 2


def _said(record: Raw) -> Iterator[str]:
    for field in ("label", "gist", "grounds"):
        yield from (text["text"] for text in record.get(field, ()))
    for field in ("trigger", "heading"):
        if field in record:
            yield record[field]["text"]


def _types(record: Raw) -> set[str]:
    found = record.get("type") or record.get("kind") or record.get("genre") or ""
    return {found, found.partition(".")[0]}


def _named(record: Raw) -> set[str]:
    items = [item for part in ("arguments", "places", "attributions", "links") for item in record.get(part, ())]
    named = {item[field] for item in items for field in ("entity", "by", "via") if field in item}
    return named | {record[field] for field in ("target", "authority") if field in record}


def _days(record: Raw) -> list[str]:
    dated = [*record.get("times", ()), *(record[field] for field in ("published", "listed") if field in record)]
    return [item["edtf"] for item in dated]


def _within(day: str, first: str | None, last: str | None) -> bool:
    earliest, latest = edtf.bounds(day)
    return not (first and latest and latest < first) and not (last and earliest and earliest > last)


def _bound(date: str | None, end: int) -> str | None:
    try:
        return edtf.bounds(date)[end] if date else None
    except ValueError as error:
        raise CteError(str(error), "give a day, a month or a year: 2022-05-09, 2022-05, 2022") from error
