"""Two codings side by side: what they agree on, and a third draft to which they are settled."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.authoring import beside, drafts, run
from cte_corpus.authoring.settling import Settling
from cte_corpus.checking import engine
from cte_corpus.errors import CteError
from cte_corpus.score.agree import agreement
from tests.authoring import two_codings
from tests.authoring.conftest import TEXTS


@pytest.fixture
def settling(corpus: Path, tmp_path: Path) -> Settling:
    one, other = two_codings.written(corpus, tmp_path)
    both = beside.codings({"a": drafts.load(one), "b": drafts.load(other)}, TEXTS, corpus)
    path = tmp_path / "settled.yaml"
    beside.begin(path, both, "coder-c", corpus)
    return Settling(path, TEXTS, corpus, "coder-c", both)


def do(settling: Settling, name: str, at: str, value: str = "") -> dict[str, Any]:
    return settling.do({"do": name, "at": at, "value": value, "version": settling.state()["version"]})


def compared(state: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Agreement and status of each record on which the codings do not agree."""
    return {
        one["name"]: (one["compared"], one["status"])
        for one in state["items"]
        if (one["compared"], one["status"]) != ("agreed", "agreed")
    }


def test_every_record_says_how_the_codings_agree(settling: Settling) -> None:
    state = settling.state()
    assert state["coders"] == ["coder-a", "coder-b"]
    assert compared(state) == {
        "m011": ("different", "open"),
        "m012": ("only coder-a", "open"),
        "2:m014": ("only coder-b, not taken", "open"),
        "e01": ("different", "open"),
        "e02": ("different", "open"),
        "e03": ("only coder-a", "open"),
        "e06": ("different", "open"),
        "e07": ("different", "open"),
        "e08": ("only coder-a", "open"),
    }
    event = next(one for one in state["items"] if one["name"] == "e01")
    assert [one for one in event["fields"] if one["sides"][0] != one["sides"][1]] == [
        {**one, "shown": "occurred", "sides": ["occurred", "planned"]}
        for one in event["fields"]
        if one["path"] == "status"
    ]


def test_the_settled_draft_names_both_coders_and_who_settles(settling: Settling) -> None:
    coding = drafts.load(settling.path)["document"]["coding"]
    assert [(one["id"], one["role"]) for one in coding["coders"]] == [
        ("coder-a", "coder"),
        ("coder-b", "second-coder"),
        ("coder-c", "adjudicator"),
    ]
    assert coding["status"] == "adjudicated"


def test_all_is_settled_anchored_and_checked(settling: Settling, corpus: Path) -> None:
    do(settling, "take", "m011", "2")
    do(settling, "take", "2:m014", "2")
    do(settling, "take", "e01/status", "1")
    do(settling, "accept", "e01")
    do(settling, "take", "e07", "2")
    for name in ("m012", "e02", "e03"):
        do(settling, "accept", name)
    do(settling, "accept", "e06")
    state = do(settling, "accept", "e08")
    assert {status for _, status in compared(state).values()} == {"accepted"}
    assert [one["problems"] for one in state["items"] if one["problems"]] == []
    assert run.anchor_file(settling.path, TEXTS, corpus).problems == []
    assert engine.run(corpus, text=TEXTS).diagnostics == []


def test_what_is_left_out_stays_settled_and_can_be_undone(settling: Settling, corpus: Path) -> None:
    before = settling.path.read_bytes()
    state = do(settling, "drop", "e08")
    assert compared(state)["1:e08"] == ("only coder-a, not taken", "dropped")
    do(settling, "undo", "")
    assert settling.path.read_bytes() == before
    state = do(settling, "drop", "2:m014")
    assert compared(state)["2:m014"][1] == "dropped"
    beside.begin(settling.path, settling.codings, "coder-d", corpus)
    again = Settling(settling.path, TEXTS, corpus, "coder-d", settling.codings)
    assert compared(again.state())["2:m014"][1] == "dropped"


def test_a_field_that_the_other_has_not_goes_and_comes(settling: Settling) -> None:
    do(settling, "take", "m011/head", "2")
    assert "head" not in next(one for one in drafts.load(settling.path)["mentions"]["s02.3"] if one.get("id") == "m011")
    state = do(settling, "take", "m011/head", "1")
    mention = next(one for one in state["items"] if one["name"] == "m011")
    assert next(one["shown"] for one in mention["fields"] if one["path"] == "head") == "group"


@pytest.mark.parametrize(
    ("name", "at", "value", "message"),
    [
        ("take", "e01", "3", "no coding '3'"),
        ("take", "e08", "2", "coder-b has not this record"),
        ("take", "2:m014", "1", "coder-a has not this record"),
        ("accept", "2:m014", "", "take it by 1 or 2"),
        ("take", "2:m099", "2", "there is no 2:m099"),
        ("question", "2:m014/span", "why", "take the whole record"),
        ("take", "e06/places/1/entity", "1", "nothing to hold"),
    ],
)
def test_what_cannot_be_taken_is_refused(settling: Settling, name: str, at: str, value: str, message: str) -> None:
    before = settling.path.read_bytes()
    with pytest.raises(CteError) as refused:
        do(settling, name, at, value)
    assert message in str(refused.value)
    assert settling.path.read_bytes() == before


def test_each_coding_is_kept_as_records_that_agreement_reads(settling: Settling, tmp_path: Path) -> None:
    one, other = beside.keep(tmp_path / "codings", settling.codings)
    assert one == tmp_path / "codings" / "coder-a" / "harbour-talks"
    found = agreement(one, other)
    assert "one:" in found.signature
    kept = beside.keep(tmp_path / "codings", settling.codings)
    assert kept == [one, other]


def test_codings_of_one_coder_or_not_finished_are_refused(corpus: Path, tmp_path: Path) -> None:
    one, other = (drafts.load(path) for path in two_codings.written(corpus, tmp_path))
    with pytest.raises(CteError, match="both codings are by coder-a"):
        beside.codings({"a": one, "again": one}, TEXTS, corpus)
    other["events"][0]["trigger"] = "nowhere"
    with pytest.raises(CteError, match="b is not finished"):
        beside.codings({"a": one, "b": other}, TEXTS, corpus)
    other["document"]["id"] = "bayan-al-marfa"
    with pytest.raises(CteError, match="of bayan-al-marfa, harbour-talks"):
        beside.codings({"a": one, "b": other}, TEXTS, corpus)


@pytest.mark.parametrize("is_new", [False, True], ids=["coded before", "new"])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_who_takes_all_of_a_coding_gets_its_records(corpus: Path, tmp_path: Path, order: str, is_new: bool) -> None:
    drafted = dict(zip("ab", map(drafts.load, two_codings.written(corpus, tmp_path)), strict=True))
    if is_new:  # then each coding numbers its records in its own way
        shutil.rmtree(corpus / "documents" / "harbour-talks")
        drafted["b"] = numbered_anew(drafted["b"])
    both = beside.codings({name: drafted[name] for name in order}, TEXTS, corpus)
    beside.begin(tmp_path / "settled.yaml", both, "coder-c", corpus)
    settling = Settling(tmp_path / "settled.yaml", TEXTS, corpus, "coder-c", both)
    for name, (agrees, _) in compared(settling.state()).items():
        do(settling, "drop" if agrees == f"only {settling.coders[0]}" else "take", name, "2")
    assert {status for _, status in compared(settling.state()).values()} <= {"accepted", "dropped"}
    anchored = run.anchor_file(settling.path, TEXTS, corpus)
    assert anchored.problems == []
    _, wanted = beside.keep(tmp_path / "codings", both)
    scores = agreement(corpus / "documents" / "harbour-talks", wanted)
    assert [name for name, tally in scores.measures.items() if tally.micro.f1 not in (None, 1.0)] == []


def numbered_anew(draft: dict[str, Any]) -> dict[str, Any]:
    """A draft whose records have keys and ids of its own, in another order."""
    text = json.dumps(draft)
    text = re.sub(r'"(e0|m0)([0-9]+)"', lambda match: f'"{match[1][0]}{int(match[2]) + 40:03}"', text)
    found: dict[str, Any] = json.loads(text)
    for n, event in enumerate(found["events"]):
        if n % 2:
            event["key"] = event.pop("id")
    return found
