"""Whole runs: the invented corpus against itself and against worse codings, by records and by quotes."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import cte_corpus as cte
from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from cte_corpus.score import mentions
from cte_corpus.score.agree import alpha
from cte_corpus.score.coded import Coding
from cte_corpus.score.coded import coding as coded
from cte_corpus.score.pair import Pair
from cte_corpus.score.scoring import LAYERS, tallied
from cte_corpus.score.splits import part
from cte_corpus.score.tally import Row, Tally, figures
from tests.conftest import ROOT
from tests.score.making import pair

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
TEXTS = ROOT / "tests" / "corpora" / "tidewater-texts"
TALKS = TIDEWATER / "documents" / "harbour-talks"


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    return [coded(raw) for raw in cte.Corpus(TIDEWATER).raw_documents]


def test_a_corpus_against_itself_is_all_right() -> None:
    found = cte.score(TIDEWATER, TIDEWATER)
    assert {name: tally.micro.f1 for name, tally in found.measures.items()} == dict.fromkeys(found.measures, 1.0)
    assert all((row["low"], row["high"]) == (1.0, 1.0) for row in found.rows())
    assert found.notes == ()


def test_the_signature_names_the_gold_and_every_choice() -> None:
    one = cte.score(TIDEWATER, TIDEWATER, match="overlap", only="explicit", document="harbour-talks", seed=7)
    name, gold, *choices = one.signature.split("|")
    version, _, root = gold.removeprefix("gold:").partition("#")
    assert (name, version, len(root)) == ("cte-score:1", cte.Corpus(TIDEWATER).version, 12)
    assert choices == [
        "pred:records", "documents:harbour-talks", "match:overlap", "only:explicit", "resamples:1000", "seed:7",
    ]  # fmt: skip


def _worse(one: Coding, chance: random.Random) -> Coding:
    """Some records left out, some twice, some moved."""
    mentions = [item for item in one.mentions for _ in range(chance.choice((0, 1, 1, 1, 2)))]
    mentions = [
        item._replace(place=item.place._replace(end=item.place.end + chance.choice((0, 0, 1)))) for item in mentions
    ]
    events = [item for item in one.events for _ in range(chance.choice((0, 1, 1, 2)))]
    return replace(one, mentions=tuple(mentions), events=tuple(events))


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_scores_are_shares_and_both_is_never_more_than_either(codings: list[Coding], seed: int) -> None:
    preds = [_worse(one, random.Random(seed)) for one in codings]
    pairs = [Pair(gold, pred, "exact") for gold, pred in zip(codings, preds, strict=True)]
    found = {name: tally.micro for name, tally in tallied(pairs, LAYERS).items()}
    assert all(one.f1 is None or 0 <= one.f1 <= 1 + 1e-9 for one in found.values())
    for name, one in found.items():
        if name.endswith(": both"):
            assert one.right <= found[name.removesuffix("both") + "value"].right
    assert found["Arg-C+"].right <= found["Arg-C"].right <= found["Arg-I"].right
    assert found["Tri-C"].right <= found["Tri-I"].right


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ((0, 0, 0, 0), (None, None, None)),
        ((0, 2, 0, 0), (None, 0, 0)),
        ((0, 0, 0, 2), (0, None, 0)),
        ((1, 2, 1, 4), (0.25, 0.5, 1 / 3)),
        ((2, 2, 2, 2), (1, 1, 1)),
        ((0, 2, 0, 3), (0, 0, 0)),
        ((1, 4, 1, 1), (1, 0.25, 0.4)),
        ((3, 4, 3, 6), (0.5, 0.75, 0.6)),
        ((1, 1, 1, 3), (1 / 3, 1, 0.5)),
        ((0.5, 1, 1, 2), (0.5, 0.5, 0.5)),
    ],
)
def test_what_is_a_share_of_nothing_is_none(sums: tuple[int, ...], expected: tuple[float | None, ...]) -> None:
    assert figures(*sums)[:3] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rows", "micro", "macro", "interval"),
    [
        # type, sentence, gold right, gold, right of predicted, predicted
        ("", None, None, None),
        ("a 0 1 1 1 1", 1, 1, (1, 1)),
        ("a 0 0 1 0 0", 0, 0, (0, 0)),
        ("a 0 0 0 0 1", 0, 0, (0, 0)),
        ("a 0 1 1 1 1,a 0 0 1 0 0", 2 / 3, 2 / 3, (2 / 3, 2 / 3)),
        ("a 0 1 1 1 1,b 0 0 1 0 0", 2 / 3, 1 / 2, (2 / 3, 2 / 3)),
        ("a 0 1 1 0 0,b 0 0 0 1 1", 1, 0, (1, 1)),
        ("a 0 1 1 1 1,b 0 1 1 1 1,c 0 0 1 0 1", 2 / 3, 2 / 3, (2 / 3, 2 / 3)),
        ("a 0 1 2 1 1,a 1 1 2 1 1", 2 / 3, 2 / 3, (2 / 3, 2 / 3)),
        ("a 0 1 1 1 1,a 1 0 1 0 1", 1 / 2, 1 / 2, (0, 1)),  # each alone is drawn twice in a quarter of all draws
        (" 0 2 3 2 3", 2 / 3, None, (2 / 3, 2 / 3)),
    ],
)
def test_sums_by_hand(
    rows: str, micro: float | None, macro: float | None, interval: tuple[float, float] | None
) -> None:
    parts = [one.split(" ") for one in rows.split(",") if one]
    tally = Tally(Row(kind, ("d", int(at)), *map(float, sums)) for kind, at, *sums in parts)
    assert tally.micro.f1 == pytest.approx(micro)
    assert tally.macro == pytest.approx(macro)
    sentences = sorted({("d", int(at)) for _, at, *_ in parts}) or [("d", 0)]
    assert tally.interval(sentences, 0) == (None if interval is None else pytest.approx(interval))


def test_macro_is_the_mean_of_types_and_the_interval_holds_micro() -> None:
    rows = [Row("a", ("d", n), n % 2, 1, n % 2, 1) for n in range(20)] + [Row("b", ("d", 0), 0, 1, 0, 0)]
    tally = Tally(rows)
    assert tally.macro == pytest.approx(0.25)
    interval = tally.interval([("d", n) for n in range(20)], 1)
    assert interval is not None
    assert 0 < interval[0] < (tally.micro.f1 or 0) < interval[1] < 1
    assert interval == tally.interval([("d", n) for n in range(20)], 1)
    assert interval != tally.interval([("d", n) for n in range(20)], 2)


def test_a_type_has_the_recall_of_what_gold_calls_so_and_the_precision_of_what_was_predicted_so() -> None:
    golds, preds = "0-5:person:a 6-9:person:b 10-12:org:c", "0-5:person:a 6-9:org:b 10-12:org:c"
    tally = Tally(mentions.rows(pair(golds, preds))["mentions, span and type"])
    assert {kind: one[:2] for kind, one in tally.types.items()} == {"person": (1.0, 0.5), "org": (0.5, 1.0)}
    assert tally.macro == pytest.approx(tally.micro.f1) == pytest.approx(2 / 3)


def test_the_signature_names_the_only_document_and_the_part_that_were_scored() -> None:
    alone = cte.score(TALKS, TIDEWATER)
    assert "|documents:harbour-talks|" in alone.signature
    assert alone.rows() == cte.score(TIDEWATER, TIDEWATER, document="harbour-talks").rows()
    with pytest.raises(CteError, match="this is the document harbour-talks, and no 'bayan-al-marfa'"):
        cte.score(TALKS, TIDEWATER, document="bayan-al-marfa")
    train = cte.score(TIDEWATER, TIDEWATER, part="train")
    assert "|documents:train|" in train.signature
    assert train.rows() == cte.score(TIDEWATER, TIDEWATER).rows()
    with pytest.raises(CteError, match="no document is in the part test"):
        cte.score(TIDEWATER, TIDEWATER, part="test")


def test_a_document_that_was_not_predicted_is_all_missed(tmp_path: Path) -> None:
    shutil.copytree(TIDEWATER, tmp_path / "one")
    shutil.rmtree(tmp_path / "one" / "documents" / "harbour-talks")
    found = cte.score(TIDEWATER, tmp_path / "one")
    assert found.notes == ("not predicted, so that all is missed: harbour-talks",)
    assert found["Tri-C"].micro.precision == 1
    assert (found["Tri-C"].micro.recall or 1) < 1
    turned = cte.score(tmp_path / "one", TIDEWATER)
    assert turned.notes == ("not in the gold standard, and not scored: harbour-talks",)
    assert turned["Tri-C"].micro.f1 == 1


def test_sides_of_two_texts_do_not_compare(tmp_path: Path) -> None:
    shutil.copytree(TALKS, tmp_path / "talks")
    document = json.loads((tmp_path / "talks" / "document.json").read_bytes())
    document["text"]["sha256"] = "0" * 64
    (tmp_path / "talks" / "document.json").write_text(json.dumps(document))
    with pytest.raises(CteError, match="harbour-talks: the two sides count in different texts"):
        cte.agreement(TALKS, tmp_path / "talks")


@pytest.mark.parametrize(
    ("part", "change", "message"),
    [
        (
            "events",
            {"times": [{"role": "when", "edtf": "May 2022"}]},
            "e01: cannot be scored: 'May 2022' is not a date",
        ),
        ("events", {"trigger": {"start": 9, "end": 9}}, "e01: cannot be scored: 9 to 9 is no place"),
        ("events", {"trigger": None}, "e01: cannot be scored: "),
        ("events", {"type": ["dipl.meeting"]}, "expected `type` to be a string"),
        (
            "events",
            {"arguments": [{"role": "host", "mentions": ["m999"]}]},
            "e01: cannot be scored: there is no 'm999'",
        ),
        ("events", {"arguments": [{"entity": "gpe:osterhavn"}]}, "e01: cannot be scored: there is no 'role'"),
        ("events", {"quantities": [{"measure": "killed", "comparator": "eq", "value": "x"}]}, "could not convert"),
        ("mentions", {"span": {"start": "1", "end": 2, "text": "a"}}, "m001: cannot be scored: '1' to 2 is no place"),
        ("mentions", {"entity": 7}, "m001: cannot be scored: expected `entity` to be a string"),
        ("mentions", {"id": None}, "cannot be scored"),
    ],
)
def test_a_record_that_cannot_be_scored_is_named(
    tmp_path: Path, part: str, change: dict[str, object], message: str
) -> None:
    shutil.copytree(TALKS, tmp_path / "talks")
    found = json.loads((tmp_path / "talks" / f"{part}.json").read_bytes())
    found["records"][0].update(change)
    (tmp_path / "talks" / f"{part}.json").write_text(json.dumps(found))
    with pytest.raises(CteError) as caught:
        cte.agreement(TALKS, tmp_path / "talks")
    assert message in str(caught.value)


def test_what_a_system_need_not_say_is_only_missed(tmp_path: Path) -> None:
    shutil.copytree(TALKS, tmp_path / "talks")
    file = tmp_path / "talks" / "events.json"
    kept = ("id", "type", "trigger")
    events = [{key: one[key] for key in kept} for one in json.loads(file.read_bytes())["records"]]
    file.write_text(json.dumps({"records": events}))
    found = cte.score(TALKS, tmp_path / "talks")
    assert found["Tri-C"].micro.f1 == 1
    assert found["status"].micro[1:3] == (0, 0)


QUOTES = [
    {"quote": "Ina Torvald", "label": "person", "id": "ina"},
    {"quote": "Torvald", "label": "person", "id": "ina", "start": 354, "end": 361},
    {"quote": "Osterhavn", "label": "gpe"},
    {"quote": "Joren Maas", "label": "org"},
    {"quote": "Nobody Atall", "label": "person"},
    {"quote": "Grey Lantern", "label": "org"},
    {"quote": "meeting", "label": "dipl.meeting", "start": 104, "end": 111},
]


def _written(folder: Path, name: str = "harbour-talks.jsonl") -> Path:
    (folder / name).write_text("".join(f"{json.dumps(one)}\n" for one in QUOTES))
    return folder / name


def test_quotes_are_anchored_and_what_cannot_be_counts_and_is_named(tmp_path: Path) -> None:
    found = cte.score(TIDEWATER, _written(tmp_path), document="harbour-talks", text=TEXTS)
    assert found.unanchored == {"absent": 1, "ambiguous": 1}
    assert found.notes == ("quotes that could not be anchored, and count as wrong: 2 (1 absent, 1 ambiguous)",)
    assert found["mentions, exact"].micro[3:] == (14, 6, 4)
    assert found["mentions, span and type"].micro.right == 3
    assert found["Tri-C"].micro[4:] == (1, 1)
    assert "Arg-C" not in found.measures
    assert "pred:quotes" in found.signature
    assert cte.score(TIDEWATER, tmp_path, text=TEXTS, document="harbour-talks").rows() == found.rows()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"quote": "Ina Torvald", "label": "PER"}', "jsonl: label 'PER' is neither a class of entities nor an event"),
        ('{"quote": "Ina Torvald"}', "the quote has no `label`"),
        ('{"quote": ', "expected JSON Lines"),
    ],
)
def test_a_bad_quote_is_named_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "harbour-talks.jsonl").write_text(line)
    with pytest.raises(CteError) as caught:
        cte.score(TIDEWATER, tmp_path / "harbour-talks.jsonl", text=TEXTS)
    assert message in str(caught.value)


def test_quotes_need_their_text_and_their_document(tmp_path: Path) -> None:
    with pytest.raises(CteError, match="quotes are looked up in the text"):
        cte.score(TIDEWATER, _written(tmp_path), document="harbour-talks")
    with pytest.raises(CteError, match="of which document are these quotes"):
        cte.score(TIDEWATER, _written(tmp_path, "mine.jsonl"), text=TEXTS)
    with pytest.raises(CteError, match="is not the text of harbour-talks"):
        cte.score(TIDEWATER, _written(tmp_path), text=TEXTS / "bayan-al-marfa.txt")


EXPLICIT: dict[str, tuple[dict[str, Any], int, int]] = {
    # what an event holds; arguments, attributions and places that are left
    "nothing": ({}, 0, 0),
    "an argument by a mention": ({"arguments": [{"role": "host", "entity": "org:a", "mentions": ["m"]}]}, 1, 1),
    "an argument by words": ({"arguments": [{"role": "topic", "span": {"start": 7, "end": 9}}]}, 1, 1),
    "an implicit argument": ({"arguments": [{"role": "host", "entity": "org:a", "implicit": True}]}, 1, 0),
    "an argument that is an event": ({"arguments": [{"role": "content_event", "event": "e"}]}, 1, 0),
    "twins, one implicit": (
        {"arguments": [{"role": "host", "entity": "org:a"}, {"role": "host", "entity": "org:a", "mentions": ["m"]}]},
        2,
        1,
    ),
    "a stated place": ({"places": [{"role": "site", "entity": "gpe:b", "mentions": ["m"]}]}, 1, 1),
    "an inferred place": ({"places": [{"role": "site", "entity": "gpe:b"}]}, 1, 0),
    "a speaker": ({"attributions": [{"by": "org:a", "act": "claims"}]}, 1, 1),
    "an implicit speaker": ({"attributions": [{"by": "org:a", "act": "claims", "implicit": True}]}, 1, 0),
}


@pytest.mark.parametrize(("holds", "all_", "explicit"), EXPLICIT.values(), ids=EXPLICIT.keys())
def test_only_explicit_by_hand(holds: dict[str, Any], all_: int, explicit: int) -> None:
    told = {"id": "e", "type": "dipl.meeting", "trigger": {"start": 0, "end": 5}, **holds}
    raw = {
        "document": {"id": "harbour", "text": {"sha256": "0"}},
        "sections": [],
        "mentions": [{"id": "m", "entity": "org:a", "span": {"start": 7, "end": 9}}],
        "events": [told],
        "sanctions": [],
    }
    found = [coded(raw, only_explicit=only).events[0] for only in (False, True)]
    assert [len(one.arguments + one.places + one.attributions) for one in found] == [all_, explicit]


def test_only_explicit_leaves_out_what_no_words_show(codings: list[Coding]) -> None:
    raws = cte.Corpus(TIDEWATER).raw_documents
    explicit = [coded(raw, only_explicit=True) for raw in raws]
    counts = [
        [sum(bool(one.places) == shown for each in side for event in each.events for one in event.arguments)
         for shown in (True, False)] for side in (codings, explicit)
    ]  # fmt: skip
    assert counts[0][0] == counts[1][0] > 0
    assert counts[1][1] == 0


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -0.5),
        ([("a", "a"), ("a", "b")], 0.0),
        ([("a", "a"), ("a", "a"), ("b", "b"), ("b", "a")], 8 / 15),
        ([("a", "a")] * 3, None),
        ([("a", "b")], 0.0),
        ([], None),
        ([("a", "a"), ("b", "b"), ("c", "c")], 1.0),
        ([("a", "a"), ("b", "b"), ("c", "a")], 0.5454545454),
        ([("a", "b"), ("a", "b")], -0.5),
    ],
)
def test_alpha_by_hand(codes: list[tuple[str, str]], expected: float | None) -> None:
    """1 - (n - 1) · disagreeing / (n² - Σ nₖ²) · n, of n codes: Krippendorff 2011."""
    assert alpha(codes) == (None if expected is None else pytest.approx(expected))


def test_agreement_of_document_folders() -> None:
    found = cte.agreement(TALKS, TIDEWATER)
    assert found["Ent-C+"].micro.f1 == 1
    assert found.signature.startswith("cte-agreement:1|one:")
    assert set(found.alphas) == {"status", "polarity", "genericity"}


@pytest.mark.parametrize(
    "arguments",
    [["score", TIDEWATER, TIDEWATER], ["score", TIDEWATER, TALKS, "--part", "train"], ["agreement", TALKS, TALKS]],
)
def test_the_commands_print_a_table_and_json(arguments: list[object]) -> None:
    words = [str(one) for one in arguments]
    done = CliRunner().invoke(group, [*words, "--document", "harbour-talks", "--types"])
    assert done.exit_code == 0
    assert "| · person |" in done.output
    assert done.output.splitlines()[-1].startswith(f"cte-{words[0]}:1|")
    done = CliRunner().invoke(group, [*words, "--document", "harbour-talks", "-o", "json"])
    assert {"signature", "notes", "scores"} <= json.loads(done.output).keys()


def test_the_module_of_the_room_can_be_called() -> None:
    import cte_corpus.score.scoring

    assert cte_corpus.score is cte.score
    assert cte.score(TALKS, TALKS)["Tri-C"].micro.f1 == 1


def test_parts_follow_from_the_ids_alone() -> None:
    assert cte.splits() == {
        "alamsar-2022-marrakesh": "test",
        "treasury-jy0179": "train",
        "treasury-jy0616": "test",
        "treasury-jy0772": "train",
        "treasury-jy0791": "dev",
    }
    passages = cte.splits(by="passage")
    sentences = {one.rpartition(".")[0] for one in cte.Corpus().sentences}
    assert passages.keys() == sentences
    assert all(part(key) == found for key, found in passages.items())


def test_parts_have_their_sizes() -> None:
    found = [part(f"document-{number}") for number in range(10_000)]
    assert [round(found.count(name) / 10_000, 2) for name in ("train", "dev", "test")] == pytest.approx(
        [0.7, 0.15, 0.15], abs=0.02
    )
