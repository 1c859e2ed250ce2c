"""The published vocabulary: complete, and its crosswalks lead to codes that exist."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from cte_corpus import vocabulary
from cte_corpus.generate import iso
from cte_corpus.generate.codebook import GRADES, SCHEMES
from cte_corpus.generate.vocabulary import table

TYPES = vocabulary.event_types()

types = pytest.mark.parametrize("code", TYPES)


def targets(scheme: str) -> set[str]:
    """The codes of a scheme to which some event type leads."""
    matches = (match for entry in TYPES.values() for match in entry["crosswalk"])
    found = {match["target"] for match in matches if match["scheme"] == scheme and "target" in match}
    assert found
    return found


@pytest.fixture(scope="module")
def lists(shared: Path) -> dict[str, Any]:
    facts = json.loads((shared / "reference/facts.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = facts["event_code_lists"]
    return found


def test_iso_codes_are_those_of_pycountry() -> None:
    assert iso.TARGET.read_text(encoding="utf-8") == iso.toml()
    published = table()
    assert {name: published[name] for name in iso.LISTS} == iso.codes()
    assert "NO" in published["countries"]
    assert "EUR" in published["currencies"]
    assert "ar" in published["languages"]
    assert "Arab" in published["scripts"]


def test_every_code_has_a_description() -> None:
    published = table()
    assert list(published["codes"]) == list(vocabulary.lists())
    for name, codes in (*published["codes"].items(), ("role", published["roles"])):
        for code, text in codes.items():
            assert text.endswith("."), f"{name} {code}"


@types
def test_type_is_complete(code: str) -> None:
    entry = TYPES[code]
    assert entry["label"].keys() == {"en", "ar"}
    assert entry["definition"].endswith(".")
    assert entry["good"].endswith(".")
    assert entry["bad"]["text"].endswith(".")
    assert entry["bad"]["type"] in TYPES.keys() - {code}
    assert entry["good"] not in {other["good"] for name, other in TYPES.items() if name != code}
    fillers = {*vocabulary.codes("entity-class"), "event", "text"}
    for role in entry["roles"]:
        assert role["role"] in vocabulary.codes("role")
        assert role["macro"] in vocabulary.codes("macro-role")
        assert fillers.issuperset(role["fillers"])
        assert role.get("min", 0) <= role.get("max", role.get("min", 0))
    assert len({role["role"] for role in entry["roles"]}) == len(entry["roles"])
    natures = {entry.get("nature", "happening"), *entry.get("mode_natures", {}).values()}
    assert natures <= vocabulary.codes("nature").keys()
    assert entry.get("mode_natures", {}).keys() <= {*entry.get("modes", ())}


@types
def test_crosswalk_is_sound(code: str) -> None:
    by_scheme = defaultdict(list)
    for match in TYPES[code]["crosswalk"]:
        by_scheme[match["scheme"]].append(match)
        assert match.keys() <= {"scheme", "target", "match", "contexts", "modes", "statuses", "verified", "note"}
        assert set(match.get("modes", ())) <= set(TYPES[code].get("modes", ()))
        assert set(match.get("statuses", ())) <= vocabulary.codes("status").keys()
        assert ("target" in match) == (match["match"] != "none")
        assert match.get("verified") in (None, False)
    assert list(by_scheme) == list(SCHEMES)
    for matches in by_scheme.values():
        grades = [match["match"] for match in matches]
        assert grades == sorted(grades, key=list(GRADES).index), "the nearest target comes first"
        assert "none" not in grades or len(grades) == 1
        assert len({match.get("target") for match in matches}) == len(matches)


def test_conflict_within_plover_is_told() -> None:
    designation = TYPES["legal.sanctions_designation"]["crosswalk"]
    close = {match["target"]: match["note"] for match in designation if match["scheme"] == "plover"}
    assert close.keys() == {"SANCTION.discontinue", "COERCE.restrict"}
    assert all("Conflict" in note for note in close.values())


def test_plover_targets_exist(lists: dict[str, Any]) -> None:
    plover = lists["plover"]
    known = set(plover["categories"])
    known |= {f"{event}.{mode}" for event, modes in plover["modes"].items() for mode in modes}
    assert targets("plover") <= known
    for entry in TYPES.values():
        for match in entry["crosswalk"]:
            assert set(match.get("contexts", ())) <= set(plover["contexts"])
            assert "contexts" not in match or match["scheme"] == "plover"


def test_cameo_targets_exist(shared: Path) -> None:
    with (shared / "peers/event-codes/cameo-codes.csv").open(encoding="latin-1", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert targets("cameo") <= known


def test_acled_targets_exist(shared: Path) -> None:
    with (shared / "peers/event-codes/acled_event_categories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["event_type"] for row in rows} | {row["sub_event_type"] for row in rows}
    assert targets("acled") <= known


def test_gtd_targets_exist_and_none_is_called_verified(lists: dict[str, Any]) -> None:
    assert targets("gtd") <= set(lists["gtd"]["attacktype1"])
    for entry in TYPES.values():
        for match in entry["crosswalk"]:
            if match["scheme"] == "gtd" and "target" in match:
                assert match["verified"] is False
