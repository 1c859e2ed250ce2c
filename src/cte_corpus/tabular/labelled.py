"""Texts with labels, as models are trained on: `spans`, a row per document, and `tokens`, a row per sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.tabular import bio, marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from cte_corpus.attach.attach import Attachment, Placed
    from cte_corpus.attach.attached import AttachedCorpus
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.tabular.bio import Policy
    from cte_corpus.tabular.marks import Mark, Marked, Tell

Raw = dict[str, Any]

NAMES = ("spans", "tokens")

WHAT = {
    "spans": "Documents with the places of their mentions, triggers and arguments, and with their text if it is given.",
    "tokens": "Sentences as tokens with BIO tags of mentions and of triggers.",
}
"""What the rows are."""


def rows(
    name: str, corpus: Corpus, copies: AttachedCorpus | None, policy: Policy, tell: Tell
) -> Iterator[dict[str, Any]]:
    """The rows of `spans` or `tokens`.

    `spans` has `document`, `lang`, `text` (null where there is no copy), and three lists: `spans` with `start`, `end`,
    `label`, `entity` and `mention`; `triggers` with `event` instead; `arguments` with all of them. Offsets are code
    points in `text`, or in the reference text where there is no copy.

    `tokens` has `document`, `passage` (the id of a sentence, or of a section for what stands outside of its
    sentences), `lang`, `tokens`, their
    `starts` and `ends` in the text of the document, `ner_tags` of mentions and `trigger_tags`.

    Args:
        name: `spans` or `tokens`.
        corpus: The corpus.
        copies: Its documents with copies of their texts; `tokens` need them.
        policy: What becomes of a span that begins or ends inside a word.
        tell: Is told what is left out.

    Raises:
        CteError: there are no copies, and the name is `tokens`.
    """
    if name == "tokens" and copies is None:
        raise CteError("tokens need the texts, which are no part of the corpus", "give a folder of them as the text")
    for found in marks.documents(corpus, copies, tell):
        if name == "spans":
            yield _document(found)
        elif found.copy is not None:
            yield from _passages(found, policy, tell)


def table(name: str, corpus: Corpus, copies: AttachedCorpus | None, policy: Policy, tell: Tell) -> pa.Table:
    """The rows as an Arrow table.

    Raises:
        CteError: as `rows`.
    """
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    span = {"start": number, "end": number, "label": text}
    filled = {"entity": text, "mention": text}
    schemas = {
        "spans": {
            "document": text, "lang": text, "text": text,
            "spans": pa.list_(pa.struct(span | filled)),
            "triggers": pa.list_(pa.struct(span | {"event": text})),
            "arguments": pa.list_(pa.struct(span | {"event": text} | filled)),
        },
        "tokens": {
            "document": text, "passage": text, "lang": text, "tokens": pa.list_(text), "starts": pa.list_(number),
            "ends": pa.list_(number), "ner_tags": pa.list_(text), "trigger_tags": pa.list_(text),
        },
    }  # fmt: skip
    return pa.Table.from_pylist(list(rows(name, corpus, copies, policy, tell)), pa.schema(schemas[name]))


def _document(found: Marked) -> dict[str, Any]:
    listed: dict[str, list[dict[str, Any]]] = {"mention": [], "trigger": [], "argument": []}
    for mark in found.marks:
        span = {"start": mark.start, "end": mark.end, "label": mark.label}
        if mark.kind != "mention":
            span |= {"event": mark.event}
        if mark.kind != "trigger":
            span |= {"entity": mark.entity, "mention": mark.mention}
        listed[mark.kind].append(span)
    said = {"document": found.id, "lang": found.raw["document"]["lang"], "text": found.text}
    return said | {"spans": listed["mention"], "triggers": listed["trigger"], "arguments": listed["argument"]}


def _passages(found: Marked, policy: Policy, tell: Tell) -> Iterator[dict[str, Any]]:
    left = [mark for mark in found.marks if mark.kind != "argument"]
    text = str(found.text)
    for key, start, end in _extents(found):
        within = [mark for mark in left if start <= mark.start and mark.end <= end]
        left = [mark for mark in left if not (start <= mark.start and mark.end <= end)]
        tokens = bio.tokens(text, start, end, split=policy == "split-clitics")
        yield {
            "document": found.id,
            "passage": key,
            "lang": found.raw["document"]["lang"],
            "tokens": [text[token.start : token.end] for token in tokens],
            "starts": [token.start for token in tokens],
            "ends": [token.end for token in tokens],
            "ner_tags": bio.tags(tokens, _of("mention", within), policy, tell),
            "trigger_tags": bio.tags(tokens, _of("trigger", within), policy, tell),
        }
    for mark in left:
        tell(mark.kind, "no one sentence or section that the copy has holds the span", mark.id)


def _of(kind: str, found: list[Mark]) -> list[Mark]:
    return [mark for mark in found if mark.kind == kind]


def _extents(found: Marked) -> list[tuple[str, int, int]]:
    """The text in pieces, as far as they stand in the copy: id, start and end, in order, none in another.

    They are the sentences, and what stands in a section outside of its sentences, such as a heading.
    """
    assert found.copy is not None
    places, text = found.copy.attachment, found.copy.text
    pieces: list[tuple[str, int, int]] = []
    for key, placed in _placed(found.raw, places):
        for start, end in _free(placed.start or 0, placed.end or 0, pieces):
            if text[start:end].strip():
                pieces.append((key, start, end))
    return sorted(pieces, key=lambda piece: piece[1:])


def _placed(raw: Raw, places: Attachment) -> Iterator[tuple[str, Placed]]:
    """First the sentences that stand in the copy, then the sections, each with its id."""
    sentences = [
        (f"{section['id']}.{one['n']}", places.sentences[one["start"], one["end"]])
        for section in raw["sections"]
        for one in section.get("sentences", ())
    ]
    sections = [(section["id"], places.sections[section["start"], section["end"]]) for section in raw["sections"]]
    for key, placed in (*sentences, *sections):
        if placed.start is not None and placed.status != "ambiguous":
            yield key, placed


def _free(start: int, end: int, pieces: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """What of an extent lies in none of the pieces."""
    for _, first, last in sorted(pieces, key=lambda piece: piece[1:]):
        if first < end and start < last:
            if start < first:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end
