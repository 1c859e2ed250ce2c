"""Quotes and values against a text: what stands there, where, and what does not."""

import csv
import io
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cte_corpus as cte
from cte_corpus.attach.grounded import STATUSES, Grounded
from cte_corpus.cli import cte as group

TEXT = """Veltania's minister, Ina Torvald, opened a meeting in Osterhavn on 11 May 2022.
“Grey Lantern has moved money through Port Sable,” she said. More than 40,000 people were not
harmed, officials in Osterhavn said. It killed forty people in March and took 3.5 million dollars.

أعلنت الوزيرة إينا تورفالد أن التنظـيم لم يهاجم الميناء، وأن ٣٦ وفداً حضروا.
The harbour-\nmaster left by the well-\nknown road, a co\u00adope\u00adra\u00adtive said. See note 4² of the report.
"""


def one(claim: Any, text: str = TEXT) -> Grounded:
    (found,) = cte.ground(text, [claim])
    return found


def words(found: Grounded, text: str = TEXT) -> list[str]:
    return [text[spot.start : spot.end] for spot in found.spots]


@pytest.mark.parametrize(
    ("quote", "status", "there"),
    [
        ("Ina Torvald", "exact", ["Ina Torvald"]),
        ("Osterhavn", "ambiguous", ["Osterhavn", "Osterhavn"]),
        ("people were not harmed", "exact", ["people were not\nharmed"]),
        ("harbourmaster", "exact", ["harbour-\nmaster"]),
        ("the well-known road", "exact", ["the well-\nknown road"]),
        ("cooperative", "exact", ["co\u00adope\u00adra\u00adtive"]),
        ("التنظـيم", "exact", ["التنظـيم"]),
        ("ميناء", "exact", ["ميناء"]),
        ("الميناء", "exact", ["الميناء"]),
        ("وفداً", "exact", ["وفداً"]),
        ("grey lantern", "loose", ["Grey Lantern"]),
        ('"Grey Lantern has moved', "loose", ["“Grey Lantern has moved"]),
        ("36 وفدا", "loose", ["٣٦ وفداً"]),
        ("اينا تورفالد", "loose", ["إينا تورفالد"]),
    ],
)
def test_what_stands_there_is_found(quote: str, status: str, there: list[str]) -> None:
    found = one(quote)
    assert (found.status, words(found), found.found) == (status, there, True)
    assert found.differs == ("typography" if status == "loose" else "")


@pytest.mark.parametrize(
    ("quote", "differs", "warning"),
    [
        ("Grey Lantern has moved cash through Port Sable", "money for cash", ""),
        ("More than 45,000 people were not", "40 for 45", "figures: >40,000 in the text, >45,000 in the quote"),
        ("40,000 people were harmed", "not added", "negation: “not” is in the text, not in the quote"),
        (
            "It never killed forty people in March",
            "never missing",
            "negation: “never” is in the quote, not in the text",
        ),
        ("It killed fifty people in March", "forty for fifty", "figures: 40 in the text, 50 in the quote"),
        ("money has moved through Port Sable Grey Lantern", "", ""),
        ("أن التنظيم هاجم الميناء", "لم يهاجم for هاجم", "negation: “لم” is in the text, not in the quote"),
        ("وأن ٣٥ وفداً حضروا", "٣٦ for ٣٥", "figures: 36 in the text, 35 in the quote"),
        ("40", "40,000 for 40", "figures: 40,000 in the text, 40 in the quote"),
        ("3", "3.5 for 3", ""),
        ("Torv", "Torvald for Torv", ""),
        ("note 42 of the report", "", ""),
    ],
)
def test_what_was_altered_is_not_found(quote: str, differs: str, warning: str) -> None:
    found = one(quote)
    assert (found.status in ("loose", "absent"), found.found) == (True, False)
    assert differs in found.differs
    assert warning in "\n".join(found.warnings)


def test_absent() -> None:
    found = one("A sentence that nobody has ever written about ships")
    assert (found.status, found.spots, found.score, found.found) == ("absent", (), 0.0, False)


def test_lines_and_code_points() -> None:
    found = one("وفداً")
    (spot,) = found.spots
    assert (spot.line, TEXT[spot.start : spot.end]) == (5, "وفداً")
    assert one("𝒟 Sable", "🚢\n🚢 𝒟 Sable").spots == ((4, 11, 2),)


@pytest.mark.parametrize(
    ("claim", "status", "differs"),
    [
        ({"quote": "Osterhavn", "context": "a meeting in Osterhavn on"}, "exact", ""),
        (
            {"quote": "Osterhavn", "context": "a gathering in Osterhavn on 11 May"},
            "loose",
            "context: meeting for gathering",
        ),
        ({"quote": "Osterhavn", "context": "never written anywhere at all"}, "loose", "the context is not in the text"),
        ({"quote": "Ina Torvald", "context": "officials in Osterhavn"}, "exact", ""),
        (
            {"quote": "Ina Torvald", "context": "by the well-known road"},
            "loose",
            "the quote does not stand in the context",
        ),
        ({"quote": "Osterhavn", "start": 54, "end": 63}, "exact", ""),
        ({"quote": "Osterhavn", "start": 55, "end": 63}, "ambiguous", ""),
        ({"quote": "Ina Torvald", "start": 0, "end": 11}, "moved", ""),
        ({"quote": "ina torvald", "start": 21, "end": 32}, "loose", "typography"),
    ],
)
def test_context_and_offsets(claim: dict[str, Any], status: str, differs: str) -> None:
    found = one(claim)
    assert (found.status, found.differs) == (status, differs)
    assert found.found == (differs in ("", "typography"))


def test_claims_out_of_their_order_have_moved() -> None:
    quotes = ["Ina Torvald", "11 May 2022", "Port Sable", "in March"]
    kept = cte.ground(TEXT, [{"quote": quote, "order": n} for n, quote in enumerate(quotes)])
    assert [answer.status for answer in kept] == ["exact"] * 4
    quotes[0], quotes[3] = quotes[3], quotes[0]
    mixed = cte.ground(TEXT, [{"quote": quote, "order": n} for n, quote in enumerate(quotes)])
    assert [answer.status for answer in mixed] == ["moved", "exact", "exact", "moved"]
    assert mixed.ok


@pytest.mark.parametrize(
    ("value", "quote", "agrees"),
    [
        (40000, "More than 40,000 people", True),
        ("40,000", "More than 40,000 people", True),
        (40, "More than 40,000 people", False),
        ("40", "More than 40,000 people", False),
        (40, "forty people", True),
        (3500000, "took 3.5 million dollars", True),
        ("$3.5 million", "took 3.5 million dollars", True),
        ("3.6 million", "took 3.5 million dollars", False),
        (36, "٣٦ وفداً", True),
        ("2022-05-11", "on 11 May 2022", True),
        ("2022-05", "on 11 May 2022", True),
        ("2022-05-12", "on 11 May 2022", False),
        ("ina torvald", "Veltania's minister, Ina Torvald", True),
        ("Grey Lantern", "Veltania's minister, Ina Torvald", False),
        ("forty boats", "forty people", False),
    ],
)
def test_a_value_is_compared_with_its_quote(value: Any, quote: str, agrees: bool) -> None:
    found = one({"value": value, "quote": quote})
    assert (found.value, found.found) == ("agrees" if agrees else "differs", agrees)


@pytest.mark.parametrize(
    ("value", "status", "found"),
    [
        ("Port Sable", "exact", True),
        (40, "loose", True),
        (40000, "loose", True),
        ("2022-05-11", "loose", True),
        (41, "absent", False),
        ("Port Cable", "loose", False),
        ("40 boats", "absent", False),
    ],
)
def test_a_value_alone_is_looked_for(value: Any, status: str, found: bool) -> None:
    answer = one({"value": value})
    assert (answer.status, answer.found) == (status, found)


def test_what_stands_beside_a_place_is_pointed_out() -> None:
    assert one("people were").warnings == ("negation near: “not”",)
    assert one("40,000 people").warnings == ("negation near: “not”", "figure: the text has “More than 40,000”")
    assert one("Port Sable").warnings == ()


def test_scripts_without_spaces() -> None:
    assert one("港口", "他们在港口见面。").status == "exact"


SHAPES: list[tuple[Any, list[str]]] = [
    ("Ina Torvald", ["exact"]),
    ({"quote": "Ina Torvald"}, ["exact"]),
    (
        {
            "extractions": [
                {
                    "extraction_class": "person", "extraction_text": "Ina Torvald", "char_interval": None,
                    "alignment_status": None, "extraction_index": 1, "group_index": 0, "description": None,
                    "attributes": {},
                },
                {
                    "extraction_class": "place", "extraction_text": "Osterhavn",
                    "char_interval": {"start_pos": 54, "end_pos": 63}, "alignment_status": "match_exact",
                    "extraction_index": 2, "group_index": 1, "description": None, "attributes": None,
                },
            ],
            "text": TEXT,
            "document_id": "doc_1",
        },
        ["exact", "exact"],
    ),
    ({"entities": {"a": ["Ina Torvald"], "b": [{"text": "Osterhavn", "start": 54, "end": 63}]}}, ["exact", "exact"]),
    ([{"start": 21, "end": 32, "text": "Ina Torvald", "label": "person", "score": 0.98}], ["exact"]),
    ([[{"start": 20, "end": 32, "text": "Ina Torvald", "label": "person", "score": 0.98}], []], ["moved"]),
    ({"text": TEXT, "ents": [{"start": 21, "end": 32, "label": "PERSON"}], "tokens": [{"id": 0}]}, ["exact"]),
    ({"text": TEXT, "spans": {"sc": [{"start": 21, "end": 32, "label": "P"}], "x": []}}, ["exact"]),
    ({"text": TEXT, "spans": [{"start": 54, "end": 63, "label": "P"}]}, ["exact"]),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "statuses"), SHAPES)
def test_claims_as_others_write_them(shape: Any, statuses: list[str], tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text(json.dumps(shape, ensure_ascii=False) + "\n", encoding="utf-8")
    (tmp_path / "claims.json").write_text(json.dumps(shape, indent=1), encoding="utf-8")
    for given in ([shape], tmp_path / "claims.jsonl", tmp_path / "claims.json"):
        assert [answer.status for answer in cte.ground(TEXT, given)] == statuses


def test_claims_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text('id,evidence,value\n1,Ina Torvald,\n2,"forty\npeople",40\n', encoding="utf-8-sig")
    found = cte.ground(TEXT, path, column="evidence")
    assert [(answer.claim.id, answer.status, answer.claim.where) for answer in found] == [
        ("1", "exact", f"{path}:2"),
        ("2", "exact", f"{path}:4"),
    ]
    path.with_suffix(".tsv").write_text("quote\tstart\tend\nOsterhavn\t54\t63\n", encoding="utf-8")
    assert cte.ground(TEXT, path.with_suffix(".tsv"))[0].status == "exact"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("c.jsonl", '{"quote": "a"}\n{"quote": }\n', "c.jsonl:2:11: expected a value"),
        ("c.jsonl", '"a"\n\n{"words": "b"}\n', "c.jsonl:3: it has no `quote` and no `value`"),
        ("c.jsonl", '"a"\n7\n', "c.jsonl:2: expected a claim, got int"),
        ("c.jsonl", '"a"\n{"quote": " … "}\n', "c.jsonl:2: expected `quote` to be words"),
        ("c.jsonl", '"a"\n{"quote": ["b"]}\n', "c.jsonl:2: expected `quote` to be words"),
        ("c.jsonl", '"a"\n{"quote": "b", "start": 5, "end": 2}\n', "c.jsonl:2: expected `start` and `end`"),
        ("c.jsonl", '"a"\n{"quote": "b", "start": 5}\n', "c.jsonl:2: expected `start` and `end`"),
        ("c.jsonl", '"a"\n{"quote": "b", "value": true}\n', "c.jsonl:2: expected `value`"),
        ("c.jsonl", '"a"\n{"quote": "b", "quote": "c"}\n', "c.jsonl:2:16: the key `quote` stands twice"),
        ("c.jsonl", '"a"\n{"extractions": {}}\n', "c.jsonl:2: expected `extractions` to be a list"),
        ("c.jsonl", '"a"\n{"extractions": [{"extraction_class": "x"}]}\n', "c.jsonl:2: expected an extraction"),
        ("c.jsonl", '"a"\n{"ents": [{"start": 0, "end": 2}]}\n', "c.jsonl:2: spans by offsets need their `text`"),
        ("c.jsonl", '"a"\n{"text": "b", "ents": [{"start": 0, "end": 9}]}\n', "c.jsonl:2: 0 to 9 is no place"),
        ("c.jsonl", "", "expected a value"),
        ("c.json", "[]", "there is no claim"),
        ("c.csv", "quote,quote\nIna,Maas\n", "several columns 'quote'"),
        ("c.csv", "quote,value,value\nIna,1,2\n", "several columns 'value'"),
        ("c.json", '[\n "a",\n ]', "c.json:3:2: expected a value"),
        ("c.jsonl", f'"{"a" + chr(0x301) * 40}"\n', "combining marks stand in a row"),
        ("c.csv", "a,b\n1,2\n", "c.csv:1: there is no column 'quote'"),
        ("c.csv", "quote,b\n1,2\n1,2,3\n", "c.csv:3: expected 2 cells, got 3"),
        ("c.csv", "quote,b\nx,2\n,2\n", "c.csv:3: it has no `quote`"),
        ("c.csv", 'quote\n"x\n', "c.csv:2: "),
        ("c.csv", "quote,start,end\nx,one,2\n", "c.csv:2: expected `start` and `end`"),
    ],
)
def test_claims_that_cannot_be_read(name: str, content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(cte.CteError) as error:
        cte.ground(TEXT, path)
    assert said in error.value.message


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"quote\nIna\n\xff\n")
    with pytest.raises(cte.CteError, match=r"bad\.csv:3: expected UTF-8"):
        cte.ground(TEXT, bad)
    with pytest.raises(cte.CteError, match="a list of them"):
        cte.ground(TEXT, "Ina Torvald")
    with pytest.raises(cte.CteError, match="claim 1: it holds half of a surrogate pair"):
        cte.ground(TEXT, ["Ina \ud800"])


def test_a_file_in_any_encoding_is_read_as_every_source_is(tmp_path: Path) -> None:
    arabic = "أعلنت الوزيرة أن التنظيم لم يهاجم الميناء، وأن 36 وفداً حضروا."
    page = f"<!doctype html><meta charset=windows-1256><p>{arabic}"
    for name, data, doubt in (
        ("a.html", page.encode("cp1256"), False),
        ("b.txt", arabic.encode("utf-16"), False),
        ("c.txt", (arabic * 9).encode("cp1256"), True),
        ("d.txt", arabic.encode("utf-8-sig"), False),
    ):
        (tmp_path / name).write_bytes(data)
        found = cte.ground(tmp_path / name, ["الميناء"])
        assert found[0].spots, name
        assert found.text.strip() in (arabic, arabic * 9), name
        assert bool(found.doubt) == doubt, name
    for data, said in ((b"%PDF-1.7", "PDF"), (b"", "empty"), (b"\0\1\2", "no text")):
        (tmp_path / "e.txt").write_bytes(data)
        with pytest.raises(cte.CteError, match=rf"e\.txt: .*{said}"):
            cte.ground(tmp_path / "e.txt", ["Ina"])


@pytest.mark.parametrize(
    ("quote", "status", "differs"),
    [
        ("37 وفدا", "loose", "37"),
        ("۳۷ وفدا", "loose", "۳۷"),
        ("۳۶ وفدا", "loose", "typography"),
        ("التنظيم يهاجم الميناء", "loose", "لم added"),
        ("التنظيم لن يهاجم الميناء", "loose", "لم for لن"),
        ("أن التنظيم ليس يهاجم الميناء", "loose", "لم for ليس"),
        ("أن التنظيم لا يهاجم الميناء", "loose", "لم for لا"),
        ("حضروا … الميناء", "absent", ""),
        ("أن التنظيم … يهاجم الميناء", "loose", "لم for …"),
        ("أعلنت الوزيرة" * 90, "absent", ""),
    ],
)
def test_arabic_that_was_altered_never_passes_as_it_is(quote: str, status: str, differs: str) -> None:
    [one] = cte.ground("أعلنت الوزيرة أن التنظيم لم يهاجم الميناء، وأن ٣٦ وفداً حضروا.", [quote])
    assert (one.status, one.found) == (status, differs == "typography")
    assert differs in one.differs


def test_of_html_the_text_is_taken() -> None:
    page = "<!doctype html><html><body><p>Ina <b>Torvald</b> met 36 delegations.</p><p>Port Sable</p></body></html>"
    found = cte.ground(page, ["Ina Torvald", "Port Sable"])
    assert [answer.status for answer in found] == ["exact", "exact"]
    assert found.text_of(found[0]) == "Ina Torvald"


def test_a_notebook_shows_the_answers_escaped() -> None:
    found = cte.ground("Ina <script>alert(1)</script> said", ["Ina", "no <script>alert(2)</script> here"])
    shown = found._repr_html_()
    assert "<script>" not in shown
    assert "not found as they are" in shown
    assert repr(found) == f"<Grounding: {found}>"


def run(tmp_path: Path, claims: str, *options: str) -> tuple[int, str]:
    (tmp_path / "t.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(claims, encoding="utf-8")
    done = CliRunner().invoke(group, ["ground", str(tmp_path / "t.txt"), str(tmp_path / "c.jsonl"), *options])
    return done.exit_code, done.stdout


def test_the_command_fails_closed(tmp_path: Path) -> None:
    assert run(tmp_path, '"Ina Torvald"\n"Osterhavn"\n')[0] == 0
    assert run(tmp_path, '"Ina Torvald"\n"Port Cable"\n')[0] == 1
    assert run(tmp_path, '{"quote": "Ina Torvald", "value": "Port Sable"}\n')[0] == 1


def test_what_the_command_prints(tmp_path: Path) -> None:
    claims = '{"id": "x", "quote": "Ina Torvald"}\n"Osterhavn"\n'
    told = json.loads(run(tmp_path, claims, "-o", "json")[1])
    assert told["counts"] == dict.fromkeys(STATUSES, 0) | {"exact": 1, "ambiguous": 1}
    first, second = told["claims"]
    assert (first["id"], first["start"], first["end"], first["line"], first["found"]) == ("x", 21, 32, 1, True)
    assert (second["start"], [place["line"] for place in second["places"]]) == (None, [1, 3])
    rows = list(csv.DictReader(io.StringIO(run(tmp_path, claims, "-o", "csv")[1])))
    assert [row["status"] for row in rows] == ["exact", "ambiguous"]
    assert rows[1]["places"].count("-") == 2


NAMES = ["Ina Torvald", "Joren Maas", "Grey Lantern", "Port Sable", "Osterhavn", "إينا تورفالد", "بورت سابل"]
PARTS = ["carried cash to", "met envoys of", "did not reach", "killed 36 people in", "moved 900 boats from", "لم يغادر"]


def made_up(rng: random.Random) -> list[str]:
    return [
        f"{rng.choice(NAMES)} {rng.choice(PARTS)} {rng.choice(NAMES)} on {rng.randrange(1, 28)} May 2021."
        for _ in range(60)
    ]


def altered(rng: random.Random, quote: str) -> str:
    parts = quote.split()
    at = rng.randrange(len(parts))
    kind = rng.randrange(4)
    if kind == 0:
        parts[at] = "zephyr"
    elif kind == 1:
        return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), quote, count=1)
    elif kind == 2:
        return quote.replace(" not ", " ") if " not " in quote else " ".join([*parts[:at], "not", *parts[at:]])
    else:
        parts[at], parts[at - 1] = parts[at - 1], parts[at]
    return " ".join(parts)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_altered_is_found_and_nothing_that_stands_there_is_missed(seed: int) -> None:
    rng = random.Random(seed)
    sentences = made_up(rng)
    text = "\n".join(sentences)
    wrong = [quote for quote in (altered(rng, sentence) for sentence in sentences) if quote not in text]
    found = cte.ground(text, [*sentences, *wrong])
    assert all(answer.status in ("exact", "ambiguous") for answer in found[: len(sentences)])
    assert not any(answer.found or answer.status in ("exact", "moved") for answer in found[len(sentences) :])
    assert len(wrong) > 30
