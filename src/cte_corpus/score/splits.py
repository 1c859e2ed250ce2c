"""Training, development and test parts, fixed by the ids, so that nobody makes his own."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from cte_corpus.corpus.corpus import Corpus

if TYPE_CHECKING:
    from pathlib import Path

Part = Literal["train", "dev", "test"]

SALT = "cte-splits-17"
"""Chosen so that the first three documents fall into three parts: the article is to test on."""


def splits(
    corpus: Corpus | str | Path | None = None, *, by: Literal["document", "passage"] = "document"
) -> dict[str, Part]:
    """The part of each document, or of each passage (section), by its id, in the order of the corpus.

    The part follows from the id alone: of 100 documents or passages some 70 are to train on, 15 to develop and 15 to
    test. So it stays as it is when the corpus grows, and is the same in every release. By document nothing of a text
    is in two parts; by passage a text is in several, and what is learned of its names is known in the others.

    Args:
        corpus: As for `load_dataset`; without it the bundled corpus.
        by: `document`, or `passage`: the sections that have sentences.

    Raises:
        CteError: there is no such corpus.
    """
    documents = Corpus.of(corpus).raw_documents
    if by == "document":
        return {raw["document"]["id"]: part(raw["document"]["id"]) for raw in documents}
    return {one["id"]: part(one["id"]) for raw in documents for one in raw["sections"] if one.get("sentences")}


def part(key: str) -> Part:
    """The part of an id: a digest of it as a fraction of all, below 0.7, below 0.85, or above."""
    share = int.from_bytes(sha256(f"{SALT} {key}".encode()).digest()[:8]) / 2**64
    return "train" if share < 0.7 else "dev" if share < 0.85 else "test"
