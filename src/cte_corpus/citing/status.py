"""What became of what was cited, from the ledger, the tombstones and the digests of records, without a network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cte_corpus.citing.citation import records, released, tombstone
from cte_corpus.compare import fields, sides
from cte_corpus.compare.diff import diff
from cte_corpus.compare.step import MODELS, Step
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import ledger, versions
from cte_corpus.store import digests
from cte_corpus.store.layout import data_dir
from cte_corpus.store.stored import Stored
from cte_corpus.store.version import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.citing.cited import Cited
    from cte_corpus.compare.fields import Change, Raw
    from cte_corpus.compare.sides import Side

VERDICTS = {
    "unchanged": "What was cited is what the corpus holds.",
    "corrected": "It is still there, and says something else.",
    "merged": "It was retired, and another record stands for it.",
    "retired": "It was retired, and nothing stands for it.",
    "unknown": "That cannot be told here; the reason is given.",
}
"""What can have become of what was cited."""


@dataclass(frozen=True)
class Status:
    """What became of one thing that was cited."""

    cited: Cited
    verdict: str
    """One of `VERDICTS`."""

    since: str = ""
    """The release with which it changed; after `by`, the first that is known to have the change."""

    why: str = ""
    """The reason that the corpus gives, or why nothing can be told."""

    now: str = ""
    """Id of the record that stands for it; empty where none does."""

    changes: tuple[Change, ...] = ()
    """What was corrected, field by field; empty where the cited release is not at hand, and for a whole corpus."""

    step: Step = Step.NONE
    """The farthest grade of what changed, as of a version: major where what was read may no longer hold."""


@dataclass(frozen=True)
class _State:
    """A release, or the corpus that is asked, with its records."""

    name: str
    corpus: Corpus

    @cached_property
    def sha256(self) -> dict[str, str]:
        """SHA-256 of each record by its id; that of the corpus has no id."""
        found = {key: digests.record_digest(record) for key, record in records(self.corpus.stored).items()}
        return found | {"": digests.root_digest(self.corpus.stored)}

    @cached_property
    def side(self) -> Side:
        """The same as a side of a comparison, with the schemas that its records follow."""
        return sides.of(self.name, self.corpus.path)

    @cached_property
    def tables(self) -> dict[str, tuple[str, Raw]]:
        """Each record by its id as the current models have it, after the name of its table."""
        rows = {record["id"]: (table, record) for table, record in digests.records(self.corpus) if table != "retired"}
        for raw in self.corpus.raw_documents:
            for section in raw["sections"]:
                for sentence in section.get("sentences", ()):
                    rows[f"{section['id']}.{sentence['n']}"] = "sentences", sentence
        return rows


def status(cited: Sequence[Cited], corpus: Corpus) -> list[Status]:
    """What became of what was cited, as far as a corpus, the ledger and the releases at hand tell.

    Raises:
        CteError: a citation is of another corpus, or a release at hand is not what the ledger says.
    """
    judge = _Judge(corpus)
    return [judge.judged(one) for one in cited]


class _Judge:
    def __init__(self, corpus: Corpus) -> None:
        root = digests.root_digest(corpus.stored)
        day = released(corpus, root)
        self.now = _State(corpus.version if day else f"{corpus.version} (not released)", corpus)
        ours = corpus.info.name == Stored(data_dir()).info["name"]
        self.known = [entry.version for entry in ledger.ledger()] if ours else []
        self._states: dict[str, _State | None] = {corpus.version: self.now} if day else {}

    def judged(self, cited: Cited) -> Status:
        name = self.now.corpus.info.name
        if cited.corpus not in ("", name):
            raise CteError(f"{cited.name} is of the corpus {cited.corpus}, and this is {name}", "name it by --corpus")
        if cited.record == name:
            return self.judged(type(cited)(cited.version, "", cited.digest, name))
        was = self._state(cited.version)
        digest = cited.digest or (was.sha256.get(cited.record, "") if was else "")
        if digest and self.now.sha256.get(cited.record) == digest:
            return Status(cited, "unchanged")
        if was and cited.record not in was.sha256:
            return Status(cited, "unknown", why=f"release {was.name} has no record {cited.record!r}")
        if numbers(cited.version) > numbers(self.now.corpus.version):
            return Status(cited, "unknown", why=f"it is newer than the corpus that is asked, {self.now.name}")
        if cited.record not in self.now.sha256:
            return self._gone(cited)
        if not digest:
            return Status(cited, "unknown", why=f"{self._absent(cited)}, and no digest is given to compare")
        if was and cited.digest and was.sha256[cited.record] != cited.digest:
            why = f"its digest is not that of release {was.name}: it was cited from another state"
            return Status(cited, "unknown", why=why)
        changes = self._changes(was, cited.record) if was else ()
        why = "" if was else f"{self._absent(cited)}, so what changed cannot be told"
        step = max((change.step for change in changes), default=Step.NONE)
        if was and not cited.record:
            why, step = self._counts(was), diff(was.side, self.now.side).step
        return Status(cited, "corrected", self._since(cited, digest), why, cited.record, changes, step)

    def _state(self, version: str) -> _State | None:
        """A release where it is at hand."""
        if version not in self._states:
            folder = versions.at_hand(version) if version in self.known else None
            self._states[version] = _State(version, Corpus(folder)) if folder else None
        return self._states[version]

    def _absent(self, cited: Cited) -> str:
        if cited.version not in self.known:
            return f"the ledger of this package knows no release {cited.version}"
        return f"release {cited.version} is not at hand"

    def _gone(self, cited: Cited) -> Status:
        stone = tombstone(self.now.corpus.stored, cited.record)
        if stone is None:
            return Status(cited, "unknown", why=f"{self.now.name} does not have it, and does not say why")
        instead = stone.get("replaced_by", "")
        return Status(cited, "merged" if instead else "retired", stone["since"], stone["reason"], instead)

    def _changes(self, was: _State, record: str) -> tuple[Change, ...]:
        if not record:
            return ()
        table, before = was.tables[record]
        return tuple(fields.compare(before, self.now.tables[record][1], MODELS.get(table), was.side.schemas.has))

    def _counts(self, was: _State) -> str:
        """How many records of the corpus at a release are others now."""
        then, now = was.sha256.keys() - {""}, self.now.sha256.keys() - {""}
        other = sum(was.sha256[key] != self.now.sha256[key] for key in then & now)
        return (
            f"{other:,} of its {len(then):,} records are corrected, {len(then - now):,} gone; {len(now - then):,} new"
        )

    def _since(self, cited: Cited, digest: str) -> str:
        """The first later release that has another digest; after `by` where one before it is not at hand."""
        first, last = numbers(cited.version), numbers(self.now.corpus.version)
        missing = False
        for version in self.known:
            if first < numbers(version) <= last:
                state = self._state(version)
                if state is None:
                    missing = True
                elif state.sha256.get(cited.record) != digest:
                    return f"by {version}" if missing else version
        return f"by {self.now.name}" if missing else self.now.name
