"""The reports for programs: each is read back with a reader of its format."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.report import render
from tests.checking.report.invented import ALL, ARABIC, COUNTS, HOSTILE, PLAIN, TWICE, WHOLE_FILE, context


def sarif(*found: Diagnostic) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", found, context(*found)))["runs"][0]
    return run


def test_concise_is_a_line_that_editors_link() -> None:
    lines = render("concise", [PLAIN, WHOLE_FILE], context(PLAIN, WHOLE_FILE)).splitlines()
    assert lines[:2] == [
        "documents/harbour-talks/events.json:7:11: CTE201 error no entity `person:ina-torvalt` [harbour-talks:e01]",
        "corpus.json: CTE012 info the file is not in canonical form",
    ]


def test_json_holds_everything() -> None:
    report = json.loads(render("json", [TWICE, WHOLE_FILE], context(TWICE, WHOLE_FILE)))
    assert report == {
        "version": "9.9.9",
        "summary": COUNTS | {"error": 1, "warning": 0, "info": 1},
        "diagnostics": [
            {
                "code": "CTE208",
                "name": "duplicate-id",
                "severity": "error",
                "path": "/srv/corpora/tide water/entities.jsonl",
                "line": 4,
                "column": 8,
                "pointer": "/id",
                "record": "gpe:osterhavn",
                "message": "`gpe:osterhavn` stands twice",
                "help": "",
                "related": [
                    {
                        "path": "/srv/corpora/tide water/entities.jsonl",
                        "line": 2,
                        "column": 8,
                        "pointer": "/id",
                        "record": "gpe:osterhavn",
                        "message": "first defined here",
                    },
                    {
                        "path": "corpus.json",
                        "line": 0,
                        "column": 0,
                        "pointer": "",
                        "record": "",
                        "message": "the corpus, مدينة",
                    },
                ],
                "fix": None,
                "more": 0,
            },
            {
                "code": "CTE012",
                "name": "not-canonical",
                "severity": "info",
                "path": "corpus.json",
                "line": 0,
                "column": 0,
                "pointer": "",
                "record": "",
                "message": "the file is not in canonical form",
                "help": "",
                "related": [],
                "fix": "write the file canonically",
                "more": 0,
            },
        ],
    }


def test_json_keeps_data_and_order_exactly() -> None:
    report = render("json", ALL, context(*ALL))
    assert report == render("json", ALL, context(*ALL))
    found = json.loads(report)["diagnostics"]
    assert [item["message"] for item in found] == [item.message for item in ALL]
    assert found[2]["path"] == HOSTILE.location.path
    assert found[2]["pointer"] == "/records/0/a~1b~0c"
    assert "قالت إينا" in report


def test_json_of_nothing() -> None:
    summary = COUNTS | {"error": 0, "warning": 0, "info": 0}
    assert json.loads(render("json", [], context())) == {"version": "9.9.9", "summary": summary, "diagnostics": []}


def test_github_escapes_what_would_end_a_command() -> None:
    line = render("github", [HOSTILE], context(HOSTILE)).splitlines()[0]
    assert line == (
        "::warning file=a%2Cb%3Ac<U+000A>%3A%3Aerror%3A%3A%25.json,line=3,col=1,title=CTE101 unknown-field"
        "::got <U+001B>[2J<U+0000>, <U+202E>right to left<U+202C>,<U+000D><U+000A>::error file=other::100%25"
        " [x<U+001B>[31m:e01]. Help: take out <U+2069> and <U+0085>"
    )


def test_github_names_no_line_where_there_is_none() -> None:
    line = render("github", [WHOLE_FILE], context(WHOLE_FILE)).splitlines()[0]
    assert line == "::notice file=corpus.json,title=CTE012 not-canonical::the file is not in canonical form"


@pytest.mark.parametrize("found", [(), ALL, (PLAIN,) * 300])
def test_sarif_is_valid_by_the_schema_of_the_standard(shared: Path, found: tuple[Diagnostic, ...]) -> None:
    path = shared / "peers" / "metadata-schemas" / "sarif" / "sarif-schema-2.1.0.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"].startswith("http://json-schema.org/draft-04/")
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    log = json.loads(render("sarif", found, context(*found)))
    assert [error.message for error in checker.iter_errors(log)] == []
    assert len(log["runs"][0]["results"]) == len(found)


def test_sarif_results_name_their_rule_and_place() -> None:
    run = sarif(PLAIN, WHOLE_FILE)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("cte", "9.9.9")
    assert run["columnKind"] == "unicodeCodePoints"
    first, second = run["results"]
    assert driver["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "CTE201"
    assert driver["rules"][second["ruleIndex"]]["id"] == second["ruleId"] == "CTE012"
    assert second["level"] == "note"
    place = first["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "documents/harbour-talks/events.json"
    assert place["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 11}
    name = "harbour-talks:e01/records/0/arguments/0/entity"
    assert place["logicalLocations"] == [{"fullyQualifiedName": name, "kind": "object"}]
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_sarif_paths_are_addresses() -> None:
    def uri(item: Diagnostic) -> Any:
        return sarif(item)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert uri(TWICE) == "file:///srv/corpora/tide%20water/entities.jsonl"
    assert uri(HOSTILE) == "a%2Cb%3Ac%0A%3A%3Aerror%3A%3A%25.json"
    assert uri(PLAIN._replace(location=PLAIN.location._replace(path="caf\udce9.json"))) == "caf%E9.json"


def test_sarif_related_places() -> None:
    related = sarif(TWICE)["results"][0]["relatedLocations"]
    assert [(item["id"], item["message"]["text"]) for item in related] == [
        (1, "first defined here"),
        (2, "the corpus, مدينة"),
    ]


def test_sarif_fingerprints_tell_findings_apart_and_outlive_a_moved_line() -> None:
    def fingerprint(item: Diagnostic) -> Any:
        return sarif(item)["results"][0]["partialFingerprints"]

    moved = PLAIN._replace(location=PLAIN.location._replace(line=70, column=1))
    assert fingerprint(moved) == fingerprint(PLAIN)
    assert len({str(fingerprint(item)) for item in ALL}) == len(ALL)


def test_junit_counts_and_cases() -> None:
    root = ElementTree.fromstring(render("junit", ALL, context(*ALL)))
    suite = root.find("testsuite")
    assert suite is not None
    assert suite.attrib == {"name": "cte check", "tests": "5", "failures": "4", "errors": "0"}
    cases = suite.findall("testcase")
    failures = suite.findall("testcase/failure")
    assert (len(cases), len(failures)) == (5, 4)
    assert cases[0].get("name") == "CTE201 unknown-reference documents/harbour-talks/events.json:7:11"
    assert failures[0].text == ("harbour-talks:e01\nno entity `person:ina-torvalt`\ndid you mean `person:ina-torvald`?")
    assert failures[1].get("message") == ARABIC.message
    assert [failure.get("type") for failure in failures] == ["error", "error", "warning", "error"]
    assert [said.text for said in suite.findall("testcase/system-out")] == [WHOLE_FILE.message]


def test_junit_of_nothing_is_one_passed_case() -> None:
    root = ElementTree.fromstring(render("junit", [], context()))
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert len(suite.findall("testcase")) == 1
    assert suite.find("testcase/failure") is None
