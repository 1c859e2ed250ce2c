"""`cte export spans|tokens|spacy`: what the tools that people train with read in the files."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cte_corpus as cte
from cte_corpus.cli import cte as group
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError, UnknownIdError
from cte_corpus.exchange.jsonl import encoded
from cte_corpus.score.spans import PROCLITICS
from cte_corpus.tabular import bio
from cte_corpus.tabular.marks import Mark
from cte_corpus.text.nouns import count
from tests.conftest import ROOT
from tests.exchange.giving import TEXTS, exported, lost

if TYPE_CHECKING:
    from pathlib import Path


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def source(document: str) -> str:
    """The reference text of a document."""
    return (TEXTS / f"{document}.txt").read_text(encoding="utf-8").rstrip("\n")


def mark(start: int, end: int, label: str = "org", key: str = "m1") -> Mark:
    return Mark("mention", key, label, start, end, (start, end), "")


def words(text: str, **options: Any) -> list[str]:
    return [text[one.start : one.end] for one in bio.tokens(text, **options)]


# Spans


def test_every_mention_trigger_and_shown_argument_stands_in_the_text(tidewater: Path) -> None:
    data, job = exported("spans", tidewater, TEXTS)
    corpus = Corpus(tidewater)
    found = rows(data)
    assert [row["document"] for row in found] == list(corpus.documents)
    for row in found:
        document = corpus[row["document"]]
        text = source(document.id)
        assert row["text"] == text
        spans = {one["mention"]: one for one in row["spans"]}
        assert len(spans) == len(row["spans"]) == len(document.mentions)
        for mention in document.mentions:
            one = spans[mention.id]
            assert (one["entity"], one["label"]) == (mention.entity, mention.entity.partition(":")[0])
            assert text[one["start"] : one["end"]] == mention.span.text
        assert {(one["event"], one["label"]) for one in row["triggers"]} == {(e.id, e.type) for e in document.events}
        told = {
            (event.id, one.role, one.entity)
            for event in document.events
            for one in event.arguments
            if one.mentions or one.span
        }
        assert {(one["event"], one["label"], one["entity"]) for one in row["arguments"]} == told
    unshown = [
        f"{event.id}/arguments/{number}"
        for event in corpus.events.values()
        for number, one in enumerate(event.arguments)
        if not one.mentions and not one.span
    ]
    assert sorted(lost(job)["argument"]) == sorted(unshown)
    assert unshown


def test_without_a_text_the_offsets_are_those_of_the_reference(tidewater: Path) -> None:
    bare, _ = exported("spans", tidewater)
    whole, _ = exported("spans", tidewater, TEXTS)
    assert [row | {"text": None} for row in rows(whole)] == rows(bare)


def test_an_edited_copy_keeps_what_is_proven_and_says_what_is_not(tidewater: Path, tmp_path: Path) -> None:
    text = (TEXTS / "harbour-talks.txt").read_text(encoding="utf-8")
    mention = Corpus(tidewater)["harbour-talks"].mentions[-1]
    gone = text[: mention.span.start] + "§" + text[mention.span.end :]
    (tmp_path / "harbour-talks.txt").write_text(f"Published again.\n\n{gone}", encoding="utf-8")
    data, job = exported("spans", tidewater, tmp_path)
    (row,) = (row for row in rows(data) if row["document"] == "harbour-talks")
    assert mention.id in lost(job)["mention"]
    assert row["spans"]
    quoted = {one.id: one.span.text for one in Corpus(tidewater)["harbour-talks"].mentions}
    assert all(row["text"][one["start"] : one["end"]] == quoted[one["mention"]] for one in row["spans"])
    assert lost(job)["document"] == ["bayan-al-marfa"]


def test_the_loss_names_all_that_is_no_span(tidewater: Path) -> None:
    _, job = exported("spans", tidewater, TEXTS)
    corpus, found = Corpus(tidewater), lost(job)
    assert found["sanction"] == list(corpus.sanctions)
    assert found["entity"] == list(corpus.entities)
    assert set(found["field of events"]) == {
        f"{key}/{field}"
        for key in corpus.events
        for field in corpus.events.raw(key)
        if field not in ("id", "document", "type", "trigger", "arguments")
    }


def test_nothing_in_a_line_is_taken_for_its_end() -> None:
    hostile = [{"text": "One\u2028two\u2029three\x85four\nfive\r\x0c\x1csix"}, {"text": "\\u2028"}]
    data = encoded(hostile)
    assert len(data.decode().splitlines()) == 2
    assert rows(data) == hostile


# Tokens


def test_a_token_is_a_word_or_one_sign_with_its_marks() -> None:
    assert words("Two words, 3.5 x_y") == ["Two", "words", ",", "3", ".", "5", "x_y"]
    assert words("وَصَلَ «الوفد»") == ["وَصَلَ", "«", "الوفد", "»"]
    assert words("نمی\u200cخواهم e\u0301t\u0301 \u200f\u200b\ufeff!") == ["نمی\u200cخواهم", "e\u0301t\u0301", "!"]
    assert words("👩\u200d👧❤\ufe0f") == ["👩\u200d", "👧", "❤\ufe0f"]


def test_clitics_are_cut_one_by_one_whatever_the_spans_are() -> None:
    assert words("وبالميناء", split=True) == ["و", "ب", "ال", "ميناء"]
    assert words("للتحالف وَالمرفأ بن the", split=True) == ["ل", "ل", "تحالف", "وَ", "ال", "مرفأ", "بن", "the"]
    for prefix in PROCLITICS:
        assert len(prefix) in {one.start for one in bio.tokens(f"{prefix}ميناء", split=True)}


@given(st.text(alphabet="وبال مرفأ٣aé\u0301\u064e\u200d\u200b\u200f👩\n،,._\U000e0001\ud7ff"), st.booleans())
def test_tokens_are_in_order_and_hold_all_that_is_seen(text: str, split: bool) -> None:
    found = bio.tokens(text, split=split)
    assert all(one.start < one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {at for one in found for at in range(one.start, one.end)}
    assert all(at in covered for at, character in enumerate(text) if character.isalnum())


def tagged(text: str, marks: list[Mark], policy: bio.Policy) -> tuple[list[str], list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    split = policy == "split-clitics"
    found = bio.tags(
        bio.tokens(text, split=split), marks, policy, lambda kind, _, *ids: told.extend((kind, i) for i in ids)
    )
    return found, told


def test_a_span_inside_a_word_is_expanded_left_out_or_cut() -> None:
    text, marks = "زار والتحالف", [mark(5, 12)]
    assert tagged(text, marks, "expand") == (["O", "B-org"], [("edge of mention", "m1")])
    assert tagged(text, marks, "strict") == (["O", "O"], [("mention", "m1")])
    assert tagged(text, marks, "split-clitics") == (["O", "O", "B-org", "I-org"], [])


def test_of_nested_spans_the_outer_one_is_tagged_in_any_order() -> None:
    text = "Bank of Osterhavn"
    marks = [mark(0, 17, key="m1"), mark(8, 17, "gpe", "m2"), mark(8, 17, "loc", "m3")]
    expected = (["B-org", "I-org", "I-org"], [("mention", "m2"), ("mention", "m3")])
    assert tagged(text, marks, "expand") == tagged(text, marks[::-1], "expand") == expected
    assert tagged(text, marks[:0:-1], "expand") == (["O", "O", "B-gpe"], [("mention", "m3")])


@given(
    st.text(alphabet="وبالمرفأ aé\u064e\u200d\u200b👩\n،.", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 6), st.sampled_from(["org", "gpe"])), max_size=6),
    st.sampled_from(bio.POLICIES),
)
def test_every_span_is_tagged_once_or_told(text: str, spans: list[tuple[int, int, str]], policy: bio.Policy) -> None:
    marks = [
        mark(start, min(start + size, len(text)), label, f"m{number}")
        for number, (start, size, label) in enumerate(spans)
        if start < len(text)
    ]
    found, told = tagged(text, marks, policy)
    assert (found, sorted(told)) == (lambda again: (again[0], sorted(again[1])))(tagged(text, marks[::-1], policy))
    left = [key for kind, key in told if kind == "mention"]
    assert len(left) == len(set(left))
    assert sum(tag.startswith("B-") for tag in found) + len(left) == len(marks)
    for before, tag in zip(["O", *found], found, strict=False):
        assert not tag.startswith("I-") or before[1:] == tag[1:]


def test_what_covers_no_token_is_told() -> None:
    assert tagged("a  b", [mark(1, 2)], "expand") == (["O", "O"], [("mention", "m1")])


def test_each_mention_is_tagged_or_told(tidewater: Path) -> None:
    for policy in bio.POLICIES:
        data, job = exported("tokens", tidewater, TEXTS, policy=policy)
        begun = Counter(tag[0] for row in rows(data) for tag in row["ner_tags"])["B"]
        assert begun + len(lost(job).get("mention", [])) == len(Corpus(tidewater).mentions)
        for row in rows(data):
            text = source(row["document"])
            parts = [text[a:b] for a, b in zip(row["starts"], row["ends"], strict=True)]
            assert parts == row["tokens"]
            assert len(parts) == len(row["ner_tags"]) == len(row["trigger_tags"]) > 0
    assert not set(lost(exported("tokens", tidewater, TEXTS, policy="split-clitics")[1])) & {"edge of mention"}


def test_no_word_of_the_text_is_in_two_passages_or_in_none(tidewater: Path) -> None:
    data, _ = exported("tokens", tidewater, TEXTS)
    for path in TEXTS.iterdir():
        own = [row for row in rows(data) if row["document"] == path.stem]
        assert [token for row in own for token in row["tokens"]] == words(path.read_text(encoding="utf-8"))


def test_tokens_without_texts_are_refused(tidewater: Path) -> None:
    with pytest.raises(CteError, match="tokens need the texts"):
        exported("tokens", tidewater)


# As datasets


@pytest.mark.parametrize("name", ["spans", "tokens"])
def test_the_dataset_has_the_rows_of_the_export(name: str, tidewater: Path) -> None:
    data, job = exported(name, tidewater, TEXTS)
    found = cte.load_dataset(name, tidewater, text=TEXTS)
    assert list(found) == rows(data)
    described = str(found.info.description)
    for row in job.loss.rows():
        if row["why"] not in ("the format holds spans alone", "the format has ids alone"):
            assert f"{count(row['count'], row['kind'])}: {row['why']}" in described or "who takes part" in row["why"]


def test_a_policy_is_one_of_the_three_and_of_tokens(tidewater: Path) -> None:
    strict = cte.load_dataset("tokens", tidewater, text=TEXTS, policy="strict")
    assert list(strict) == rows(exported("tokens", tidewater, TEXTS, policy="strict")[0])
    wrong: tuple[tuple[str, Any], ...] = (("tokens", "guess"), ("events", "strict"))
    for name, policy in wrong:
        with pytest.raises(CteError, match=f"no policy '{policy}' for {name}"):
            cte.load_dataset(name, tidewater, text=TEXTS, policy=policy)
    with pytest.raises(CteError, match="tokens need the texts"):
        cte.load_dataset("tokens", tidewater)
    with pytest.raises(UnknownIdError, match="did you mean `spans`"):
        cte.load_dataset("span", tidewater)


def test_the_command_says_what_is_lost(tidewater: Path, tmp_path: Path) -> None:
    command = ["export", "tokens", "--corpus", str(tidewater), "--text", str(TEXTS), "--policy", "strict"]
    done = CliRunner().invoke(group, [*command, "--out", str(tmp_path / "x.jsonl")], catch_exceptions=False)
    data, job = exported("tokens", tidewater, TEXTS, policy="strict")
    assert (tmp_path / "x.jsonl").read_bytes() == data
    assert json.loads((tmp_path / "x.jsonl.loss.json").read_bytes()) == job.loss.rows()
    assert done.stdout.splitlines()[1:] == job.loss.lines()


# The real clients


@pytest.mark.long
def test_a_tokenizer_is_aligned_with_the_tags(tidewater: Path, tmp_path: Path) -> None:
    """As in the common recipe: a fast tokenizer over `tokens`, with the tag of a word on its first piece."""
    import datasets
    import tokenizers

    data, _ = exported("tokens", tidewater, TEXTS)
    (tmp_path / "tokens.jsonl").write_bytes(data)
    loaded = datasets.load_dataset(
        "json", data_files=str(tmp_path / "tokens.jsonl"), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert list(loaded) == rows(data)
    made = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="?"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=True)
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=300, special_tokens=["?"], show_progress=False)
    made.train_from_iterator([path.read_text(encoding="utf-8") for path in sorted(TEXTS.iterdir())], trainer)

    def align(row: dict[str, Any]) -> dict[str, Any]:
        encoded = made.encode(row["tokens"], is_pretokenized=True)
        labels, before = [], None
        for word in encoded.word_ids:
            labels.append(None if word is None or word == before else row["ner_tags"][word])
            before = word
        return {"labels": labels, "ids": encoded.ids}

    aligned = loaded.map(align)
    for row in aligned:
        assert [label for label in row["labels"] if label is not None] == row["ner_tags"]
        assert len(row["ids"]) >= len(row["tokens"])
    assert any(len(row["ids"]) > len(row["tokens"]) for row in aligned)


@pytest.mark.long
def test_spacy_reads_overlapping_spans_with_exact_offsets(tidewater: Path, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    data, job = exported("spacy", tidewater, TEXTS)
    assert exported("spacy", tidewater, TEXTS)[0] == data
    (tmp_path / "x.spacy").write_bytes(data)
    corpus = Corpus(tidewater)
    read = {}
    for lang in ("ar", "en"):
        for doc in DocBin(store_user_data=True).from_disk(tmp_path / "x.spacy").get_docs(spacy.blank(lang).vocab):
            read[doc.user_data["document"]] = doc
    assert list(read) == list(corpus.documents)
    moved = 0
    for key, doc in read.items():
        assert doc.text == source(key)
        assert not doc.ents
        mentions = {one.id: one for one in corpus[key].mentions}
        group = doc.spans["mentions"]
        for span, (start, end) in zip(group, group.attrs["offsets"], strict=True):
            mention = mentions.pop(span.id_)
            assert (span.kb_id_, span.label_) == (mention.entity, mention.entity.partition(":")[0])
            assert doc.text[start:end] == mention.span.text
            assert mention.span.text in span.text
            moved += span.text != mention.span.text
        assert not mentions
        assert {(one.id_, one.label_) for one in doc.spans["triggers"]} == {(e.id, e.type) for e in corpus[key].events}
        assert len(doc.spans["arguments"]) == len(doc.spans["arguments"].attrs["offsets"]) > 0
    assert moved == len(lost(job).get("edge of mention", []))
    with pytest.raises(CteError, match="spaCy documents need the texts"):
        exported("spacy", tidewater)


@pytest.mark.long
def test_a_language_that_spacy_has_not_gets_its_plain_tokenizer() -> None:
    from cte_corpus.exchange.spacy_ import _blank

    assert _blank("qtx").lang == "xx"
    assert _blank("ar").lang == "ar"


@pytest.mark.long
def test_the_page_says_what_each_policy_loses(sources: Path) -> None:
    page = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    for policy in bio.POLICIES:
        found = lost(exported("tokens", Corpus(), sources, policy=policy)[1])
        kinds = ("mention", "edge of mention", "trigger", "edge of trigger")
        figures = " | ".join(str(len(found.get(kind, []))) for kind in kinds)
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{policy}`"))
        assert row.endswith(f" | {figures} |")
