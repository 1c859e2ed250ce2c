"""`cte import`: what other tools annotated becomes a draft, and nothing is lost in silence."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from cte_corpus.authoring import drafts
from cte_corpus.authoring.anchor import anchor
from cte_corpus.authoring.run import anchor_file
from cte_corpus.cli import cte
from cte_corpus.errors import CteError
from cte_corpus.exchange import brat_in, importing, web_annotation_in
from cte_corpus.exchange import mapping as maps
from cte_corpus.exchange.annotated import Annotated, Link, Mark, annotated
from cte_corpus.exchange.loss import Loss
from tests.conftest import ROOT
from tests.exchange.annotating import DOCUMENTS, TEXTS, TIDEWATER, WITHOUT_CLIENTS, coded, real, to_brat

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = maps.Mapping({}, {}, {})
NEW = importing.New("en", "org:tidewater-post", "news-article")

TEXT = """\
Port Sable holds Joren Maas

Guards in Port Sable held Joren Maas on 3 June 2022. He paid Kara Veld, Veltania said."""
ANN = """\
T1\tPER 17 27\tJoren Maas
T2\tLocation 0 10\tPort Sable
T3\tPER 55 65\tJoren Maas
T4\tDetention 50 54\theld
E1\tDetention:T4 Who:T3 Where:T2
T5\tPER 90 99\tKara Veld
A1\tCertainty E1 Low
N1\tReference T5 Wikidata:Q1\tKara Veld
R1\tPaid Arg1:T3 Arg2:T5
T6\tDATE 69 80\t3 June 2022
#1\tAnnotatorNotes E1\tOn which charge?
*\tSame T1 T3
"""
MAPPING = """\
labels: {PER: person, Location: gpe, Detention: legal.arrest, DATE: date}
links: {Who: detainee, Where: site, Paid: drop, Same: same}
attributes: {Certainty=Low: status=alleged, Reference: drop, AnnotatorNotes: note}
"""


@pytest.fixture
def sable(tmp_path: Path) -> Path:
    """A document of brat, and a copy of the invented corpus beside it."""
    (tmp_path / "sable.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sable.ann").write_text(ANN, encoding="utf-8")
    (tmp_path / "sable.mapping.yaml").write_text(MAPPING, encoding="utf-8")
    shutil.copytree(TIDEWATER, tmp_path / "corpus")
    return tmp_path


def run(folder: Path, *arguments: str | Path) -> Result:
    """Run the command in a folder."""
    done = CliRunner().invoke(cte, ["import", *map(str, arguments), "--corpus", str(folder / "corpus")])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def imported(
    one: Annotated, name: str, mapping: maps.Mapping | None = None, new: importing.New | None = None
) -> tuple[importing.Imported, Loss]:
    loss = Loss()
    source = None if new else ((TEXTS / f"{name}.txt").read_bytes(), f"{name}.txt")
    return importing.imported(one, name, TIDEWATER, source, new, mapping, loss), loss


@pytest.mark.parametrize("form", list(WITHOUT_CLIENTS))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_draft_of_what_comes_back_anchors_to_the_same_records(form: str, name: str, tmp_path: Path) -> None:
    write, _ = WITHOUT_CLIENTS[form]
    raw, text = coded(name)
    path = write(annotated(raw, text), tmp_path)
    loss = Loss()
    made, more = imported(importing.read(form, path, None, name, loss), name)
    assert (made.changes, made.notes, loss.rows(), more.rows()) == ((), (), [], [])
    source = raw["document"]["text"]["source_sha256"]
    came = anchor(drafts.read(made.draft), text, source, raw, raw["document"]["text"]["recipe"])
    assert (came.bundle, came.problems) == (raw, [])


@pytest.mark.long
def test_real_drafts_anchor_to_the_same_records(sources: Path, tmp_path: Path) -> None:
    write, _ = WITHOUT_CLIENTS["label-studio"]
    for raw, text in real(sources):
        name = raw["document"]["id"]
        source = next(sources.glob(f"{name}.*"))
        one = importing.read("label-studio", write(annotated(raw, text), tmp_path), None, name, Loss())
        loss = Loss()
        made = importing.imported(one, name, ROOT / "data", (source.read_bytes(), source.name), None, None, loss)
        known = raw["document"]["text"]
        came = anchor(drafts.read(made.draft), text, known["source_sha256"], raw, known["recipe"])
        assert (came.bundle, came.problems, made.changes, made.notes, loss.rows()) == (raw, [], (), (), [])


def test_without_a_mapping_a_draft_of_it_is_written_first(sable: Path) -> None:
    (sable / "sable.mapping.yaml").unlink()
    new = ("--lang", "en", "--publisher", "org:tidewater-post")
    done = run(sable, "brat", sable / "sable.ann", "--document", "sable", "--out", sable / "d.yaml", *new)
    assert done.exit_code == 1
    assert "settle it" in done.stderr
    written = (sable / "sable.mapping.yaml").read_text(encoding="utf-8")
    assert '  PER: person  # 3\n  Location: loc  # 1\n  Detention: "?"  # 1\n  DATE: date  # 1\n' in written
    assert '  "Certainty=Low": "?"  # 1\n' in written
    assert "  Reference: entity  # 1\n" in written
    assert "  AnnotatorNotes: note  # 1\n" in written
    assert not (sable / "d.yaml").exists()
    with pytest.raises(CteError, match=r"mapping.yaml:\d+:\d+: `Detention`: not settled"):
        maps.load(sable / "sable.mapping.yaml")


def test_a_new_document_is_begun_with_proposals(sable: Path) -> None:
    new = ("--lang", "en", "--publisher", "org:tidewater-post", "--mapping", sable / "sable.mapping.yaml")
    done = run(sable, "brat", sable / "sable.ann", "--document", "sable", "--out", sable / "d.yaml", *new)
    assert done.exit_code == 0, done.output
    draft = drafts.load(sable / "d.yaml")
    mentions = [one for group in draft["mentions"].values() for one in group]
    assert all(one["proposed"] is True for one in (draft["document"], *draft["events"], *mentions))
    assert Counter(one["entity"] for one in mentions) == {
        "person:joren-maas": 2, "person:kara-veld": 1, "gpe:port-sable": 1
    }  # fmt: skip
    (event,) = draft["events"]
    assert (event["type"], event["trigger"], event["status"]) == ("legal.arrest", "held", "alleged")
    assert event["note"] == "On which charge?"
    assert [(one["role"], one["entity"]) for one in event["arguments"]] == [
        ("detainee", "person:joren-maas"), ("site", "gpe:port-sable")
    ]  # fmt: skip
    assert "not in the entity registry: person:kara-veld" in done.stderr
    told = json.loads((sable / "d.yaml.loss.json").read_bytes())
    assert {(row["kind"], row["why"]) for row in told} == {
        ("link", "Paid: dropped by the mapping"), ("attribute", "Reference: dropped by the mapping")
    }  # fmt: skip
    anchored = anchor_file(sable / "d.yaml", sable / "sable.txt", sable / "corpus")
    assert anchored.problems == []
    assert [one["span"]["text"] for one in anchored.bundle["mentions"]].count("Joren Maas") == 2


def test_a_new_document_needs_to_be_told_of(sable: Path) -> None:
    with pytest.raises(CteError, match="no document `sable`") as caught:
        run(sable, "brat", sable / "sable.ann", "--document", "sable", "--mapping", sable / "sable.mapping.yaml")
    assert "--lang" in caught.value.hint


def test_the_text_of_the_file_is_written_beside_the_draft(sable: Path) -> None:
    (sable / "work").mkdir()
    new = ("--lang", "en", "--publisher", "org:tidewater-post", "--mapping", sable / "sable.mapping.yaml")
    out = sable / "work" / "d.yaml"
    run(sable, "brat", sable / "sable.ann", "--document", "sable", "--out", out, *new)
    assert (sable / "work" / "sable.txt").read_text(encoding="utf-8") == TEXT
    (sable / "work" / "sable.txt").write_text("mine", encoding="utf-8")
    out.unlink()
    with pytest.raises(CteError, match="another text"):
        run(sable, "brat", sable / "sable.ann", "--document", "sable", "--out", out, *new)


def test_a_new_span_and_a_new_link_join_the_records_that_came_back() -> None:
    raw, text = coded("harbour-talks")
    one = annotated(raw, text)
    at = text.index("more than 40 states")
    states = Mark("x1", "group", at + 13, at + 19)
    guest = Link("participant", "harbour-talks:e01", "x1")
    topic = Link("topic", "harbour-talks:e01", "harbour-talks:m005")
    made, loss = imported(one._replace(marks=(*one.marks, states), links=(*one.links, guest, topic)), "harbour-talks")
    draft = drafts.read(made.draft)
    event = next(item for item in draft["events"] if item["id"] == "e01")
    assert event["proposed"] is True
    assert event["arguments"][-2:] == [
        {"role": "participant", "entity": "group:states", "mentions": [{"quote": "states", "in": "s02.1"}]},
        {"role": "topic", "entity": "org:veltanian-foreign-ministry", "mentions": ["m005"]},
    ]
    came = anchor(draft, text, raw["document"]["text"]["source_sha256"], raw)
    assert (came.problems, loss.rows()) == ([], [])
    assert [one["id"] for one in came.bundle["mentions"] if "proposed" in one] == ["harbour-talks:m015"]


def test_records_that_changed_meanwhile_are_told(tmp_path: Path) -> None:
    raw, text = coded("harbour-talks")
    raw["events"][0]["status"] = "planned"
    made, _ = imported(annotated(raw, text), "harbour-talks")
    assert "changed since they were exported" in made.notes[0]


QUOTES = [
    {"quote": "Ina Torvald", "label": "person"},
    {"extractions": [{"extraction_text": "Osterhavn", "extraction_class": "gpe"}]},
    {"entities": {"org": ["Grey Lantern", "Nobody at All"]}},
    {"quote": "hosted", "label": "dipl.meeting", "start": 0, "end": 6},
]


def test_quotes_are_grounded_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text("\n".join(map(json.dumps, QUOTES)), encoding="utf-8")
    raw, text = coded("harbour-talks")
    loss = Loss()
    found = importing.read("quotes", path, None, "harbour-talks", loss)
    assert len(found.marks) == 5
    made, loss = imported(found, "harbour-talks")
    draft = drafts.read(made.draft)
    new = [one for group in draft["mentions"].values() for one in group if one.get("proposed")]
    placed = {one["entity"] for one in new}
    told = {row["why"]: row["ids"] for row in loss.rows()}
    assert told["the words do not stand in the text"]
    proposed = len(new) + len([one for one in draft["events"] if "proposed" in one])
    assert proposed + made.counts["there already"] + sum(map(len, told.values())) == 5
    assert made.counts["there already"] == 2
    assert placed <= {"person:ina-torvald", "gpe:osterhavn", "org:grey-lantern"}
    assert anchor(draft, text, "", raw).problems == []


@pytest.mark.parametrize("change", [lambda text: text.replace("\n\n", "\n\n\n  "), lambda text: f"Lead. {text}"])
def test_another_form_of_the_text_is_looked_up_by_its_words(change: Any, tmp_path: Path) -> None:
    _, text = coded("harbour-talks")
    other = change(text)
    at = other.index("Ina Torvald")
    one = Annotated("x", other, (Mark("1", "person", at, at + 11),), ())
    made, loss = imported(one, "harbour-talks")
    assert (made.counts["there already"], loss.rows()) == (1, [])  # the mention m003 is found again, at its place
    assert "proposed" not in made.draft


def test_a_mention_that_is_marked_twice_is_proposed_once_and_an_event_twice() -> None:
    raw, text = coded("harbour-talks")
    at = text.index("hidden cash")
    twice = [Mark(f"{label}{n}", label, at, at + 11) for label in ("org", "other") for n in (1, 2)]
    made, loss = imported(Annotated("x", text, tuple(twice), (Link("subject", "other1", "org2"),)), "harbour-talks")
    draft = drafts.read(made.draft)
    assert [one["proposed"] for one in draft["events"] if "proposed" in one] == [True, True]
    assert len([one for group in draft["mentions"].values() for one in group if "proposed" in one]) == 1
    assert (made.counts["there already"], loss.rows()) == (1, [])
    assert anchor(draft, text, "", raw).problems == []


def test_more_than_a_draft_holds_is_refused() -> None:
    text = coded("harbour-talks")[1]
    marks = tuple(Mark(str(n), "org", 0, 4) for n in range(20_001))
    with pytest.raises(CteError, match=r"20,001 spans"):
        imported(Annotated("x", text, marks, ()), "harbour-talks")


def test_what_stands_across_two_sentences_is_told_and_noted() -> None:
    raw, text = coded("harbour-talks")
    ends = [one["end"] for section in raw["sections"] for one in section.get("sentences", ())]
    one = Annotated("x", text, (Mark("1", "person", ends[1] - 5, ends[1] + 8),), ())
    made, loss = imported(one, "harbour-talks")
    assert [row["why"] for row in loss.rows()] == ["no one sentence or heading holds the span"]
    assert drafts.read(made.draft)["candidates"]["imported"][0]["words"]


def brat_samples(shared: Path) -> list[Path]:
    return sorted((shared / "peers" / "brat").rglob("*.ann"))


def test_every_line_of_the_samples_of_brat_comes_in_or_is_told(shared: Path) -> None:
    lines: Counter[str] = Counter()
    for path in brat_samples(shared):
        loss = Loss()
        (found,) = brat_in.read(path, loss)
        rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
        kinds = Counter(row[0] for row in rows)
        lines += kinds
        assert len(found.marks) == kinds["T"] + sum(1 for one in found.marks if one.id.startswith("E"))
        assert all(found.text[one.start : one.end] == one.words for one in found.marks if one.words), path
        arguments = sum(len(row.split()) - 2 for row in rows if row[0] == "E")
        same = sum(len(row.split()) - 3 for row in rows if row[0] == "*")
        assert len(found.links) == arguments + same + kinds["R"], path
        features = sum(value.count("; ") + 1 for one in found.marks for value in one.features.values())
        told = sum(row["count"] for row in loss.rows() if row["kind"] in ("note", "attribute"))
        assert features + told >= kinds["A"] + kinds["M"] + kinds["N"] + kinds["#"], path
    assert lines["T"] > 3000
    assert lines["E"] > 500


@pytest.mark.long
def test_the_samples_of_brat_become_drafts_that_anchor(shared: Path, tmp_path: Path) -> None:
    """Half of the labels as mentions, half as events, every link as an argument: what is left out is counted."""
    done = 0
    for path in brat_samples(shared):
        loss = Loss()
        (found,) = brat_in.read(path, loss)
        if not found.marks or len(found.text.strip()) < 20:
            continue
        triggers = {link.source for link in found.links}
        events = {one.label for one in found.marks if one.id in triggers}
        mapping = maps.Mapping(
            {one.label: "other" if one.label in events else "org" for one in found.marks},
            {link.label: "subject" for link in found.links},
            {name: maps.DROP for one in found.marks for name in one.features},
        )
        made, told = imported(found, "sample", mapping, NEW)
        draft = drafts.read(made.draft)
        came = anchor(draft, made.text, "")
        assert came.problems == [], path
        left = sum(row["count"] for row in told.rows() if row["kind"] in {one.label for one in found.marks} | {"span"})
        left += made.counts["there already"]
        assert len(came.bundle["mentions"]) + len(came.bundle["events"]) + left == len(found.marks), path
        done += 1
    assert done > 80


def test_the_samples_of_the_w3c_come_in_or_are_told(shared: Path) -> None:
    folder = shared / "peers" / "w3c-web-annotation" / "tools" / "samples" / "correct"
    taken = told = 0
    for path in sorted(folder.glob("*.json")):
        loss = Loss()
        if path.stem == "example41":  # a collection whose pages lie elsewhere
            with pytest.raises(CteError, match="holds no annotation"):
                web_annotation_in.read(path, loss)
            continue
        (found,) = web_annotation_in.read(path, loss)
        taken += len(found.marks) + len(found.links)
        told += len(loss.rows())
        assert found.marks or found.links or loss.rows(), path
    assert taken >= 2
    assert told > 30


LS = {"data": {"text": "abc"}, "annotations": [{"result": [{"id": "a", "type": "labels", "value": {}}]}]}


@pytest.mark.parametrize(
    ("form", "name", "content", "said"),
    [
        ("brat", "a.ann", "T1\tPerson 0 x\tab", r"a.ann:1: expected a label and offsets"),
        ("brat", "a.ann", "T1\tPerson 0 1\ta\nT1\tPerson 0 1\ta", r"a.ann:2: T1 stands twice"),
        ("brat", "a.ann", "\n\nE1\tDie:T9", r"a.ann:3: there is no trigger T9"),
        ("brat", "a.ann", "R1\tIn Arg1:T1 Arg2:T2", r"a.ann:1: there is no annotation T1"),
        ("brat", "a.ann", "what\tis this", r"a.ann:1: expected an annotation"),
        ("brat", "a.ann", b"T1\tPerson 0 1\t\xff", r"a.ann:1: expected UTF-8"),
        ("brat", "a.ann", "#1\tCTE document\t{", r"a.ann:1: the record that travels along is no JSON"),
        ("brat", "a.ann", '#1\tCTE events\t{"id": "x:e01"}', r"not the record of their document"),
        ("label-studio", "a.json", "[{]", r"a.json:1:3"),
        ("label-studio", "a.json", [3], r"a.json: task 1: expected an object with `data`"),
        ("label-studio", "a.json", LS, r"a.json: task 1, result 1: expected `start` and `end`"),
        ("label-studio", "a.json", {"data": {"cte": {}, "text": ""}}, r"task 1: `data.cte` does not hold"),
        ("web-annotation", "a.json", {"x": 1}, r"a.json holds no annotation"),
        ("web-annotation", "a.json", [[["x"]]], r"a.json: expected an annotation, got str"),
        ("quotes", "a.jsonl", '{"label": "x"}', r"a.jsonl"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_with_its_place(
    form: str, name: str, content: Any, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    data = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(CteError) as caught:
        importing.read(form, path, None, "a", Loss())
    assert re.search(said, caught.value.message), caught.value.message


def test_offsets_that_do_not_fit_are_told_or_looked_up() -> None:
    text = coded("harbour-talks")[1]
    marks = (
        Mark("1", "person", 10_000, 10_005, where="f:1"),
        Mark("2", "person", 9, 3, where="f:2"),
        Mark("3", "person", 0, 11, words="Ina Torvald", where="f:3"),
        Mark("4", "person", -1, -1, words="…", where="f:4"),
    )
    made, loss = imported(Annotated("x", text, marks, (Link("same", "1", "3"),)), "harbour-talks", NOTHING)
    rows = {row["why"]: row["ids"] for row in loss.rows()}
    assert rows["the offsets are outside the text, or no span"] == ["f:1", "f:2"]
    assert rows["there is no letter or digit to look for"] == ["f:4"]
    assert "1 3" not in made.draft


def test_of_several_documents_one_is_named(tmp_path: Path) -> None:
    for name in DOCUMENTS:
        to_brat(annotated(*coded(name)), tmp_path)
    assert importing.read("brat", tmp_path, None, "harbour-talks", Loss()).name == "harbour-talks"
    assert importing.read("brat", tmp_path, "bayan-al-marfa", "other", Loss()).name == "bayan-al-marfa"
    with pytest.raises(CteError, match="holds 2 documents") as caught:
        importing.read("brat", tmp_path, None, "other", Loss())
    assert "--item" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("labels: {A: perso}", "m.yaml:1:10: `A`: `perso` is no class"),
        ("links: {A: hots}", "`hots` is no role"),
        ("attributes: {A: status=occured}", "`status=occured` is no FIELD=CODE"),
        ("labels: {A: 3}", "expected a word"),
        ("labels: [A]", "expected a word"),
        ("label: {A: person}", "expected labels, links, attributes"),
        ("labels: {A: person, A: org}", "m.yaml:1"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_its_place(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CteError) as caught:
        maps.load(tmp_path / "m.yaml")
    assert said in caught.value.message
