"""The records as Hugging Face datasets."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, overload

from cte_corpus.corpus import about
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError, UnknownIdError
from cte_corpus.tabular import arrow, bio, labelled, texts
from cte_corpus.tabular.rows import BATCH
from cte_corpus.text.nouns import count
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from collections.abc import Callable

    import datasets
    import pyarrow as pa

    from cte_corpus.tabular.bio import Policy

_WHAT = {
    **about.TABLES,
    **labelled.WHAT,
    arrow.MERGED: "Events merged over the documents that tell them, each with what they say of it.",
}


@overload
def load_dataset(
    name: str,
    corpus: Corpus | str | Path | None = None,
    *,
    version: str | None = None,
    text: str | Path | None = None,
    split: str | None = None,
    policy: Policy | None = None,
) -> datasets.Dataset: ...


@overload
def load_dataset(
    name: None = None,
    corpus: Corpus | str | Path | None = None,
    *,
    version: str | None = None,
    text: str | Path | None = None,
    split: str | None = None,
    policy: Policy | None = None,
) -> datasets.DatasetDict: ...


def load_dataset(
    name: str | None = None,
    corpus: Corpus | str | Path | None = None,
    *,
    version: str | None = None,
    text: str | Path | None = None,
    split: str | None = None,
    policy: Policy | None = None,
) -> datasets.Dataset | datasets.DatasetDict:
    """One record type as a `Dataset`, or all of them as a `DatasetDict` with the record types as keys.

    The record types are documents, sections, sentences, mentions, events, sanctions and entities, with the columns of
    `tables()`. The datasets are made in memory from the corpus itself: no network, no cache that could be stale.

    `clusters` is the merged view: one row per event, however many documents tell it, as `merged_events()` has it.

    With `version`, they are those of that release, as `Corpus(version=…)` finds it.

    With `text`, a folder with copies of the texts as `Corpus.attach` takes it, the columns `attached_text`,
    `attached_start`, `attached_end` and `attached_status` are added: see `cte_corpus.tabular.texts`.

    `spans` and `tokens` are for training models: see `cte_corpus.tabular.labelled`. `spans` has one row per document,
    with its text if `text` is given; `tokens`, which needs it, one per sentence, with BIO tags. `policy` says what
    becomes of a span that begins or ends inside a word: `expand`, the default, tags the whole word; `strict` leaves the
    span out; `split-clitics` cuts Arabic words before. The description of the dataset says what is left out;
    `cte export` also says which.

    There is one split, `train`, as `datasets` calls what is not divided; it is what `split="train"` loads as well. The
    `info` of a dataset says what it is, its licence, how it is cited, and where it is found if that is known.

    Raises:
        UnknownIdError: there is no record type of that name, or no such release, or another split is asked for.
        CteError: there is no corpus, or no copy of a text in the folder.
    """
    names = (*arrow.RECORD_TYPES, arrow.MERGED, *labelled.NAMES)
    if name is not None and name not in names:
        known = f"the record types are {', '.join(arrow.RECORD_TYPES)}; {arrow.MERGED} is the merged view"
        known += f", and {' and '.join(labelled.NAMES)} are for training"
        raise UnknownIdError(f"no record type {name!r}", f"{hint(name, names)} {known}".strip())
    if split not in (None, "train"):
        parts = "the records are not divided: take a part of them with `.train_test_split()` or `.filter(…)`"
        raise UnknownIdError(f"no split {split!r}; there is `train` alone", parts)
    if policy is not None and (name != "tokens" or policy not in bio.POLICIES):
        raise CteError(f"no policy {policy!r} for {name}", f"`tokens` has {', '.join(bio.POLICIES)}")
    import datasets

    source = Corpus.of(corpus, version)
    if name in labelled.NAMES:
        return _labelled(str(name), source, text, policy or "expand")
    if name == arrow.MERGED:
        if text is not None:
            raise CteError(f"{name} has no place in a text", "load `events` with the text instead")
        return _dataset(arrow.merged_events(source), name, source)
    wanted = arrow.RECORD_TYPES if name is None else (name,) if text is None else dict.fromkeys(("documents", name))
    found = arrow.tables(source, names=wanted)
    if text is not None:
        found = texts.with_text(found, source.attach(Path(text)))
    if name is not None:
        return _dataset(found[name], name, source)
    return datasets.DatasetDict({key: _dataset(table, key, source) for key, table in found.items()})


def _labelled(name: str, source: Corpus, text: str | Path | None, policy: Policy) -> datasets.Dataset:
    lost: Counter[tuple[str, str]] = Counter()

    def tell(kind: str, why: str, *ids: str) -> None:
        lost[kind, why] += len(ids)

    copies = None if text is None else source.attach(Path(text))
    table = labelled.table(name, source, copies, policy, tell)
    left_out = "".join(f" Left out: {count(number, kind)}: {why}." for (kind, why), number in lost.items() if number)
    return _dataset(table, name, source, left_out)


def _dataset(table: pa.Table, name: str, source: Corpus, left_out: str = "") -> datasets.Dataset:
    import datasets

    said = source.info
    info = datasets.DatasetInfo(  # its features are those of the Arrow schema
        config_name=name,
        dataset_name=said.name,
        version=said.version,
        description=f"{said.title}. {_WHAT[name]}{left_out}",
        license=said.licences.records,
        homepage=about.address(said),
        citation=about.citation(said, about.released(said.version)),
    )
    return datasets.Dataset(table, info=info, split=datasets.Split.TRAIN, fingerprint=_fingerprint(table))


def _fingerprint(table: pa.Table) -> str:
    """From the content alone: what a later `map` stores is found again if, and only if, the records are the same."""
    import pyarrow as pa

    digest = sha256()
    with pa.PythonFile(_Sink(digest.update), "w") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        for start in range(0, table.num_rows, BATCH):
            writer.write_table(table.slice(start, BATCH).combine_chunks())
    return digest.hexdigest()[:16]


class _Sink:
    """A file that only tells what is written into it."""

    closed = False

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self.write = write

    def flush(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is open."""
