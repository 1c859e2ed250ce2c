"""Ids stay: whatever is changed, the other records keep theirs."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cte_corpus.authoring import folder, redraft
from cte_corpus.authoring.anchor import Anchored, anchor
from cte_corpus.authoring.ids import Ids
from cte_corpus.authoring.run import anchor_file, draft_of
from cte_corpus.errors import CteError
from tests.authoring.conftest import TEXTS

NAME = "harbour-talks"
TEXT = TEXTS / f"{NAME}.txt"
WORDS = folder.read_text(TEXT)
ROOT = Path(__file__).parents[1] / "corpora" / "tidewater"
OLD = folder.read(ROOT, NAME)
RETIRED = (f"{NAME}:e11", f"{NAME}:m020")
LISTS = ("sections", "mentions", "events", "sanctions")

Draft = dict[str, Any]


def items(draft: Draft, part: str) -> list[tuple[list[Any], int]]:
    """The places of the items of a part: a list, and the place in it."""
    lists = list(draft[part].values()) if part == "mentions" else [draft[part]]
    return [(group, n) for group in lists for n in range(len(group))]


def without_ids(draft: Draft) -> Draft:
    """A draft whose items have no ids; events keep their keys."""
    for part in LISTS:
        for group, n in items(draft, part):
            name = group[n].pop("id")
            if part in ("events", "sections"):
                group[n]["key"] = name
    return draft


def again(draft: Draft, old: Draft = OLD, **more: Any) -> Anchored:
    ids = Ids(NAME, copy.deepcopy(old), **{"retired": RETIRED, **more})
    return anchor(
        copy.deepcopy(draft), WORDS, old["document"]["text"]["source_sha256"], copy.deepcopy(old), "plain-1", ids
    )


def by_id(bundle: Draft) -> dict[str, Any]:
    return {record["id"]: record for part in LISTS for record in bundle[part]}


def mentioning(name: str, record: Any) -> bool:
    return name in json.dumps(record)


def edits(draft: Draft, part: str, pick: int, what: str) -> str | None:
    """Change one item of a draft; its id, or None where it has become another."""
    group, n = items(draft, part)[pick % len(items(draft, part))]
    item = group[n]
    name = item.get("id") or item.get("key", "")
    if what == "drop":
        del group[n]
        return None
    if what == "reorder":
        random.Random(pick).shuffle(group)
        return None
    if part == "mentions":
        item |= {"form": "nominal"} if what == "field" else {"entity": "org:tidal-front"}
    elif part == "sections":
        item |= {"kind": "other"} if what == "field" else {"gist": [{"text": "Told otherwise.", "lang": "en"}]}
    elif part == "events":
        item |= {"status": "planned"} if what == "field" else {"label": [{"text": "Told otherwise", "lang": "en"}]}
    else:
        item |= {"programme": ["other"]} if what == "field" else {"measures": ["other"]}
    return str(name)


@settings(max_examples=60)
@given(
    st.sampled_from(LISTS), st.integers(0, 40), st.sampled_from(["field", "value", "drop", "reorder"]), st.booleans()
)
def test_an_edit_of_one_item_changes_no_other_id(part: str, pick: int, what: str, bare: bool) -> None:
    draft = redraft.redraft(copy.deepcopy(OLD), WORDS)
    if bare:
        without_ids(draft)
    if part == "sections" and what in ("drop", "reorder"):
        return  # sections tile the text: see below
    before = by_id(OLD)
    edits(draft, part, pick, what)
    result = again(draft)
    after = by_id(result.bundle)
    gone = before.keys() - after.keys()
    assert after.keys() <= before.keys()
    assert len(gone) == (what == "drop")
    if gone and part == "mentions":  # what named it is told so, and is to be mended by hand
        assert all(
            gone & set(json.dumps(before[name]).split('"')) for name in before if before[name] != after.get(name)
        )
        return
    assert result.problems == [] or (gone and part == "events")
    changed = {name for name in after if after[name] != before[name]}
    assert len(changed - {name for name in changed if any(mentioning(lost, before[name]) for lost in gone)}) <= 1
    if what == "reorder":
        assert changed == set()


def inserted(draft: Draft) -> Iterator[tuple[str, Draft]]:
    """A new item at the start of each part, with the id that it must get."""
    first = next(iter(draft["mentions"].values()))
    first.insert(0, {"entity": "gpe:veltania", "span": "foreign", "form": "nominal"})
    yield f"{NAME}:m021", draft
    event = {**draft["events"][1], "trigger": "sanctions", "evidence": ["s02.2"], "key": "new"}
    for key in ("id", "relations"):
        event.pop(key, None)
    draft["events"].insert(0, event)
    yield f"{NAME}:e12", draft


@pytest.mark.parametrize("bare", [True, False])
def test_what_is_new_comes_after_the_highest_ever_used(bare: bool) -> None:
    draft = redraft.redraft(copy.deepcopy(OLD), WORDS)
    if bare:
        without_ids(draft)
    for name, changed in inserted(draft):
        after = by_id(again(changed).bundle)
        assert name in after
        assert by_id(OLD).keys() <= after.keys()


def test_a_section_that_is_split_keeps_its_id_and_the_new_one_is_called_by_its_key() -> None:
    draft = without_ids(redraft.redraft(copy.deepcopy(OLD), WORDS))
    second = draft["sections"][1]
    more = {"key": "more", "kind": "body", "starts": second["sentences"][2], "sentences": [second["sentences"].pop(2)]}
    draft["sections"].insert(2, more)
    draft["mentions"]["more.1"] = draft["mentions"].pop("s02.3")
    for event in draft["events"]:
        event["evidence"] = ["more.1" if name == "s02.3" else name for name in event["evidence"]]
    result = again(draft)
    assert result.problems == []
    assert [s["id"].rpartition(":")[2] for s in result.bundle["sections"]] == ["s01", "s02", "s03", "s04"]
    assert [s["order"] for s in result.bundle["sections"]] == [1, 2, 4, 3]
    assert any("harbour-talks:s04.1" in event["evidence"] for event in result.bundle["events"])
    assert (result.ids.added, result.ids.dropped) == (["harbour-talks:s04"], [])


@pytest.mark.parametrize("bare", [True, False])
def test_ids_stay_where_the_text_has_changed(bare: bool) -> None:
    draft = redraft.redraft(copy.deepcopy(OLD), WORDS)
    if bare:
        without_ids(draft)
    ids = Ids(NAME, copy.deepcopy(OLD))
    longer = WORDS.replace("Background", "Background of the group", 1)
    draft["sections"][2]["heading"] = "Background of the group"
    result = anchor(draft, longer, "0" * 64, copy.deepcopy(OLD), "plain-1", ids)
    assert result.problems == []
    assert (ids.added, ids.dropped) == ([], [])
    entities = {record["id"]: record["entity"] for record in OLD["mentions"]}
    assert {record["id"]: record["entity"] for record in result.bundle["mentions"]} == entities


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({0: {"id": "e02"}, 1: {"id": "e01"}}, "events[e02]: it asks for the id `e02`, and is `e01`; leave `id` out"),
        ({0: {"id": "e02"}}, "the id `e02` stands twice"),
        ({0: {"id": "e11"}}, "`e11` was retired and may not be used again"),
    ],
)
def test_an_id_is_not_given_to_another_record(change: dict[int, Draft], message: str) -> None:
    draft = redraft.redraft(copy.deepcopy(OLD), WORDS)
    for n, fields in change.items():
        draft["events"][n] |= fields
    assert any(message in problem for problem in again(draft).problems)


def test_a_published_record_does_not_go_without_a_tombstone() -> None:
    draft = redraft.redraft(copy.deepcopy(OLD), WORDS)
    dropped = draft["events"].pop()["id"]
    published = by_id(OLD).keys()
    refused = f"events: 1 published ids are of no record of the draft: `{dropped}`; put them back, or enter them in"
    assert any(problem.startswith(refused) for problem in again(draft, published=published).problems)
    retired = (*RETIRED, f"{NAME}:{dropped}")
    assert not any("published" in problem for problem in again(draft, published=published, retired=retired).problems)
    assert any(
        "published" in problem
        for problem in again(without_ids(draft), {**OLD, "events": []}, published=published).problems
    )


def test_the_number_of_a_published_sentence_stays() -> None:
    draft = redraft.redraft(copy.deepcopy(OLD), WORDS)
    draft["sections"][1]["sentences"].insert(1, "minister")
    problems = again(draft, published=by_id(OLD).keys()).problems
    assert any("the published sentence `s02.2` would become another" in problem for problem in problems)
    assert not any("would become" in problem for problem in again(draft).problems)


def test_a_document_that_is_a_proposal_is_numbered_anew_and_so_is_one_that_asks_for_it() -> None:
    draft = without_ids(redraft.redraft(copy.deepcopy(OLD), WORDS))
    draft["events"].insert(0, draft["events"].pop())
    later = copy.deepcopy(OLD)
    later["events"] = [{**event, "id": event["id"].replace(":e0", ":e5")} for event in later["events"]]
    names = [event["id"] for event in OLD["events"]]
    assert [event["id"] for event in again(draft, later, retired=(), renumber=True).bundle["events"]] == names
    later["document"]["proposed"] = True
    assert [event["id"] for event in again(draft, later, retired=()).bundle["events"]] == names


@pytest.mark.parametrize("name", [NAME, "bayan-al-marfa"])
def test_a_draft_written_from_records_anchors_to_the_same_bytes(name: str, corpus: Path, tmp_path: Path) -> None:
    place = corpus / "documents" / name
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    path = tmp_path / "again.draft.yaml"
    path.write_text(draft_of(corpus, name, TEXTS), "utf-8")
    for file in place.iterdir():
        file.unlink()
    place.rmdir()
    assert anchor_file(path, TEXTS, corpus).problems == []
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_every_bundled_document_becomes_a_draft_and_comes_back(sources: Path, tmp_path: Path) -> None:
    data = Path(__file__).parents[2] / "data"
    for name in ("alamsar-2022-marrakesh", "treasury-jy0772", "treasury-jy0791"):
        written = draft_of(data, name, sources)  # which anchors it again, and holds that against the records
        assert "quote" in written


def test_a_published_document_is_not_renumbered(sources: Path, tmp_path: Path) -> None:
    data = Path(__file__).parents[2] / "data"
    path = tmp_path / "d.draft.yaml"
    path.write_text("document: treasury-jy0791\nevents: []\n", "utf-8")
    root = tmp_path / "corpus"
    (root / "documents" / "treasury-jy0791").mkdir(parents=True)
    for file in (data / "documents" / "treasury-jy0791").iterdir():
        (root / "documents" / "treasury-jy0791" / file.name).write_bytes(file.read_bytes())
    for top in ("corpus.json", "retired.json"):
        (root / top).write_bytes((data / top).read_bytes())
    with pytest.raises(CteError, match=r"`treasury-jy0791` was published in .*, and its ids stay"):
        anchor_file(path, sources, root, renumber=True)
    assert "published ids are of no record" in anchor_file(path, sources, root).problems[0]


def test_records_that_a_draft_cannot_say_are_not_written_as_one(corpus: Path) -> None:
    with pytest.raises(CteError, match="there is no whole document `absent`"):
        draft_of(corpus, "absent", TEXTS)
    with pytest.raises(CteError, match="is not the text of `harbour-talks`"):
        draft_of(corpus, NAME, TEXTS / "bayan-al-marfa.txt")
