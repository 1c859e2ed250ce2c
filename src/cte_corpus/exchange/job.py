"""One export: of which corpus, with which copies of its texts, how, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.exchange.loss import Loss, beside
from cte_corpus.store import layout
from cte_corpus.store.files import write as write_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from cte_corpus.attach.attached import AttachedCorpus
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.records.coded import Raw
    from cte_corpus.tabular.bio import Policy

Files = bytes | dict[str, bytes]
"""What a format makes: a file, or the files of a folder by name."""


@dataclass
class Job:
    """What a format is given. It tells `loss` what it leaves out, and `holds` what it has written.

    A format is a module with `SUFFIX`, how the name of its file ends, empty where it makes a folder; `OPTIONS`, the
    names of the options that it takes; and `export(job)`, which makes its files and writes none.
    """

    corpus: Corpus
    text: Path | None = None
    """A copy of the text, or a folder of copies."""
    policy: Policy = "expand"
    loss: Loss = field(default_factory=Loss)
    holds: dict[str, int] = field(default_factory=dict)
    """How many things of each kind are in the files."""

    @cached_property
    def copies(self) -> AttachedCorpus | None:
        """The documents with the copies of their texts; None where none are given.

        Raises:
            CteError: it cannot be told of which document a file is a copy.
        """
        return None if self.text is None else self.corpus.attach(self.text)

    def need_copies(self, what: str) -> AttachedCorpus:
        """The copies, for a format that is nothing without them.

        Raises:
            CteError: none are given.
        """
        if self.copies is None:
            raise CteError(f"{what} need the texts, which are no part of the corpus", "give a folder of them by --text")
        return self.copies

    def leave(self, why: str, *parts: str) -> None:
        """Tell the loss that no record of these parts is in the files.

        Args:
            why: The reason.
            parts: Of `sections`, `sentences`, `mentions`, `events`, `sanctions` and `entities`.
        """
        for raw in self.corpus.one_by_one():
            for part in (part for part in parts if part != "entities"):
                ids = (one["id"] for one in raw[part]) if part != "sentences" else sentences_of(raw)
                self.loss.add(part.removesuffix("s"), why, *ids)
        if "entities" in parts:
            self.loss.add("entity", why, *(one["id"] for one in self.corpus.raw_entities))

    def leave_fields(self, why: str, part: str, kept: str, only: Collection[str] | None = None) -> None:
        """Tell the loss of which fields the records of a part have nothing in the files, as `…:e01/note`.

        Args:
            why: The reason.
            part: `documents`, `mentions`, `events`, `sanctions` or `entities`.
            kept: The names of the fields of which something is in the files.
            only: The ids of the records that are in the files, if not all are.
        """
        names = {"id", "document", *kept.split()}
        records = (
            self.corpus.raw_entities
            if part == "entities"
            else (
                one
                for raw in self.corpus.one_by_one()
                for one in ([raw["document"]] if part == "documents" else raw[part])
            )
        )
        for record in records:
            if only is None or record["id"] in only:
                left = (f"{record['id']}/{field}" for field in record if field not in names and field != "$schema")
                self.loss.add(f"field of {part}", why, *left)


def sentences_of(raw: Raw) -> Iterator[str]:
    """The ids of the sentences of a decoded document."""
    return (f"{section['id']}.{one['n']}" for section in raw["sections"] for one in section.get("sentences", ()))


def save(files: Files, loss: Loss, target: Path, corpus: Corpus) -> None:
    """Write what a format made, each file atomically, and at last, beside it, what was left out.

    Raises:
        CteError: the target lies in the corpus, or is a folder where a file is to be, or a file where a folder is.
        OSError: something cannot be written.
    """
    if layout.real(target).is_relative_to(layout.real(corpus.path)):
        raise CteError(f"{target} lies in the corpus", "an export is no part of it; choose another --out")
    if target.is_dir() != isinstance(files, dict) and target.exists():
        kinds = ("a folder", "a file") if target.is_dir() else ("a file", "a folder")
        raise CteError(f"{target} is {kinds[0]}, and what is written is {kinds[1]}", "choose another --out")
    if isinstance(files, dict):
        target.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_file(target / name, data)
    else:
        write_file(target, files)
    if target.is_dir() or target.is_file():
        write_file(beside(target), loss.encoded())
