"""What stops what: a fault is reported once, where it is, and other faults are reported beside it."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus.checking.engine import run
from cte_corpus.checking.rewrite import fix
from cte_corpus.errors import CteError

from .casework import apply, corpus, render

EVENTS = "documents/harbour-talks/events.json"
MENTIONS = "documents/harbour-talks/mentions.json"
SECTIONS = "documents/harbour-talks/sections.json"
OTHER = "documents/bayan-al-marfa/events.json"
HARBOUR = "entities/gpe/osterhavn.json"
LISTS = ("sections", "mentions", "events", "sanctions")


@pytest.fixture
def root(folder: Path) -> Path:
    return corpus(folder)


def edits(*items: tuple[str, str, Any]) -> dict[str, Any]:
    return {"edit": [{"file": file, "pointer": pointer, "value": value} for file, pointer, value in items]}


def codes(root: Path, **options: Any) -> list[str]:
    """The codes found, each with the name of its file."""
    return [f"{Path(item.location.path).name} {item.code}" for item in run(root, **options).diagnostics]


def break_json(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def test_the_untouched_corpus_is_clean(root: Path) -> None:
    result = run(root, text=root.parent / "texts")
    assert result.diagnostics == []
    assert (result.documents, result.entities, result.records, result.files) == (2, 16, 70, 28)


def test_a_file_that_does_not_parse_gets_no_other_finding(root: Path) -> None:
    apply(root, edits((EVENTS, "/records/0/status", "aleged"), (EVENTS, "/records/0/relations/0/event", "x:e01")))
    break_json(root / EVENTS)
    assert codes(root) == ["events.json CTE005"]


def test_a_break_of_the_schema_gets_no_reference_finding(root: Path) -> None:
    apply(root, edits((EVENTS, "/records/0/status", "aleged"), (MENTIONS, "/records/0/entity", "gpe:nowhere")))
    assert codes(root) == ["events.json CTE104"]


def test_a_reference_that_leads_nowhere_gets_no_finding_of_evidence_or_meaning(root: Path) -> None:
    apply(
        root,
        edits(
            (MENTIONS, "/records/8/entity", "org:nowhere"),
            (EVENTS, "/records/0/trigger/end", 999),
            (EVENTS, "/records/0/times/0/edtf", "2022-02-30"),
        ),
    )
    assert codes(root) == ["mentions.json CTE201"]


def test_an_invalid_date_is_not_compared(root: Path) -> None:
    apply(root, edits((EVENTS, "/records/0/times/0/edtf", "2023-02-30"), (EVENTS, "/records/7/times/0/edtf", "2023")))
    assert codes(root) == ["events.json CTE401"]


def test_another_text_is_not_compared_with_the_spans(root: Path) -> None:
    (root.parent / "texts" / "harbour-talks.txt").write_text("Another text.", encoding="utf-8")
    assert codes(root, text=root.parent / "texts") == ["document.json CTE311"]


def test_entities_are_unused_only_if_every_document_could_be_read(root: Path) -> None:
    break_json(root / EVENTS)
    (root / "entities/org/tidewater-post.json").unlink()
    (root / "documents/harbour-talks/mentions.json").unlink()
    assert codes(root) == ["events.json CTE005", "mentions.json CTE015"]


@pytest.mark.parametrize("break_it", [break_json, lambda path: path.write_bytes(b'{"id": "gpe:osterhavn"}\n')])
def test_references_to_an_entity_that_is_broken_are_no_findings(root: Path, break_it: Any) -> None:
    break_it(root / HARBOUR)
    apply(root, edits((EVENTS, "/records/0/trigger/end", 999)))
    assert {line.split()[0] for line in codes(root)} == {"osterhavn.json", "events.json"}
    assert not [line for line in codes(root) if "CTE2" in line]


def test_relations_to_a_document_that_is_broken_are_no_findings(root: Path) -> None:
    break_json(root / OTHER)
    assert codes(root) == ["events.json CTE005"]


@pytest.mark.parametrize("wrong", [[], {"records": [{}]}, {"records": [3]}, {"records": 3}, {}, 3, None, "text"])
def test_any_json_in_place_of_the_events_is_a_finding_and_no_crash(root: Path, wrong: Any) -> None:
    (root / OTHER).write_bytes(orjson.dumps(wrong) + b"\n")
    found = run(root).diagnostics
    assert found
    assert {item.location.path for item in found} == {OTHER}
    assert {item.code[:4] for item in found} == {"CTE1"}


def test_without_tombstones_a_gap_is_no_finding(root: Path) -> None:
    (root / "retired.json").unlink()
    apply(
        root,
        edits(
            (MENTIONS, "/records/13/id", "harbour-talks:m015"),
            (EVENTS, "/records/6/arguments/1/mentions/0", "harbour-talks:m015"),
        ),
    )
    assert codes(root) == ["retired.json CTE015"]


def test_no_document_is_no_success(root: Path) -> None:
    for path in sorted((root / "documents").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    with pytest.raises(CteError, match="no document"):
        run(root)


def test_several_faults_are_all_reported(root: Path) -> None:
    apply(
        root,
        edits(
            (HARBOUR, "/kind", "person"),
            (OTHER, "/records/0/type", "dipl.talk"),
            (OTHER, "/records/2/polarity", "maybe"),
            (EVENTS, "/records/0/times/0/edtf", "2022-02-30"),
            (EVENTS, "/records/2/mode", "hawala"),
            (EVENTS, "/records/3/trigger/end", 300),
            (SECTIONS, "/records/0/order", 7),
        ),
    )
    (root / "documents" / "notes.txt").touch()
    assert sorted(codes(root)) == [
        "events.json CTE104",
        "events.json CTE104",
        "events.json CTE302",
        "events.json CTE401",
        "events.json CTE409",
        "notes.txt CTE016",
        "osterhavn.json CTE206",
        "sections.json CTE305",
    ]


def test_findings_stand_in_the_order_of_their_places(root: Path) -> None:
    apply(
        root,
        edits(
            (EVENTS, "/records/7/mode", "hawala"), (EVENTS, "/records/0/mode", "hawala"), (HARBOUR, "/kind", "person")
        ),
    )
    places = [(item.location.path, item.location.line) for item in run(root).diagnostics]
    assert len(places) == 3
    assert places == sorted(places)


def test_select_and_ignore_choose_among_the_findings(root: Path) -> None:
    apply(root, edits((EVENTS, "/records/0/mode", "hawala"), (HARBOUR, "/kind", "person")))
    assert codes(root, select=frozenset({"CTE409"})) == ["events.json CTE409"]
    assert codes(root, ignore=frozenset({"CTE409"})) == ["osterhavn.json CTE206"]


def test_one_document_is_judged_with_the_registry_and_without_the_others(root: Path) -> None:
    apply(root, edits((OTHER, "/records/0/mode", "hawala"), (EVENTS, "/records/0/mode", "hawala")))
    assert [item.location.path for item in run(root / "documents" / "harbour-talks").diagnostics] == [EVENTS]


def test_a_packed_line_is_judged_like_a_document(root: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed"
    packed.mkdir()
    for name in ("corpus.json", "retired.json"):
        (packed / name).write_bytes((root / name).read_bytes())
    entities = [orjson.loads(path.read_bytes()) for path in sorted((root / "entities").glob("*/*.json"))]
    (packed / "entities.jsonl").write_bytes(b"".join(orjson.dumps(entity) + b"\n" for entity in entities))
    lines = []
    for folder in sorted((root / "documents").iterdir()):
        document = orjson.loads((folder / "document.json").read_bytes())
        del document["$schema"]
        lists = {part: orjson.loads((folder / f"{part}.json").read_bytes())["records"] for part in LISTS}
        lines.append({"document": document} | lists)
    lines[1]["events"][0]["status"] = "aleged"
    lines[1]["events"][0]["precison"] = "city"
    (packed / "documents.jsonl").write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    found = run(packed).diagnostics
    assert [(item.code, item.location.line, item.location.record) for item in found] == [
        ("CTE104", 2, "harbour-talks:e01"),
        ("CTE101", 2, "harbour-talks:e01"),
    ]


def test_fix_mends_what_writing_again_mends_and_leaves_a_clean_corpus(root: Path) -> None:
    mentions = orjson.loads((root / MENTIONS).read_bytes())
    mentions["records"][3], mentions["records"][9] = mentions["records"][9], mentions["records"][3]
    (root / EVENTS).write_bytes(orjson.dumps(orjson.loads((root / EVENTS).read_bytes())))
    apply(
        root,
        {
            "edit": [{"file": MENTIONS, "pointer": "/records", "value": mentions["records"]}],
            "replace": [{"file": HARBOUR, "old": "port city in", "new": "port city and cafe\u0301 in"}],
        },
    )
    found = run(root).diagnostics
    assert {item.code for item in found} == {"CTE012", "CTE013", "CTE212"}
    assert fix(found) == [EVENTS, MENTIONS, HARBOUR]
    assert render(run(root).diagnostics) == ""
    assert "café in" in (root / HARBOUR).read_text(encoding="utf-8")
    assert fix(run(root).diagnostics) == []


def test_marks_in_any_order_are_composed(root: Path) -> None:
    """Two marks of which only the second composes: no two neighbours alone are out of form."""
    apply(root, {"replace": [{"file": HARBOUR, "old": "port city in", "new": "port city a\u0327\u0302 in"}]})
    found = run(root).diagnostics
    assert [item.code for item in found] == ["CTE013"]
    fix(found)
    assert codes(root) == []


def test_a_help_names_few_of_many_mentions(root: Path) -> None:
    folder = root / "documents" / "harbour-talks"
    mentions, events = (orjson.loads((folder / f"{part}.json").read_bytes()) for part in ("mentions", "events"))
    first, *_ = mentions["records"]
    for number in range(len(mentions["records"]) + 1, 1001):
        mentions["records"].append(first | {"id": f"harbour-talks:m{number:03}"})
    events["records"][0]["arguments"][0]["mentions"] = ["harbour-talks:m002"]
    for part, value in (("mentions", mentions), ("events", events)):
        (folder / f"{part}.json").write_bytes(orjson.dumps(value))
    (found,) = run(root, select=frozenset({"CTE214"})).diagnostics
    assert found.help.count("`harbour-talks:m") == 8
    assert found.help.endswith(" …")


def test_fix_writes_to_the_end_of_a_link_within_the_corpus(root: Path) -> None:
    (root / HARBOUR).rename(root / "entities" / "org" / "elsewhere.json")
    (root / HARBOUR).symlink_to("../org/elsewhere.json")
    apply(root, {"replace": [{"file": HARBOUR, "old": "port city in", "new": "port city and cafe\u0301 in"}]})
    found = run(root, select=frozenset({"CTE013"})).diagnostics
    assert len(found) == 2
    assert fix(found) == [HARBOUR]
    assert (root / HARBOUR).is_symlink()
    assert codes(root, select=frozenset({"CTE013"})) == []
