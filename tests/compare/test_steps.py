"""Which step each change of a record asks for."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from cte_corpus.compare import step
from cte_corpus.compare.step import MODELS, Step, alike
from cte_corpus.records.base import Model
from tests.compare.states import BAYAN, TALKS, between, edit, entity, events, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model, its bases and the models of its fields, that of all."""
    for base in model.__mro__:
        if issubclass(base, Model) and base is not Model:
            yield base
    for name in model.model_fields:
        inner = step.model_of(model, name)
        if inner:
            yield from models(inner)


def own_fields(model: type[BaseModel]) -> set[str]:
    """The fields that a model does not have from a base."""
    inherited = {name for base in model.__mro__[1:] if issubclass(base, BaseModel) for name in base.model_fields}
    return model.model_fields.keys() - inherited


ALL = {model.__name__: model for root in MODELS.values() for model in models(root)}
GRADES = {"major", "grows", "spelling", "minor", "patch", "place", "none"}


def test_there_are_models_of_all_depths() -> None:
    assert {"Event", "Hedge", "Span", "Text", "Dated", "Time", "Geo", "CorpusInfo", "Retired"} <= ALL.keys()


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_field_has_its_grade_and_no_other_name_has(name: str) -> None:
    assert step.table().get(name, {}).keys() == own_fields(ALL[name])


def test_no_table_is_of_a_model_that_is_no_more() -> None:
    assert step.table().keys() <= ALL.keys()


def test_every_grade_is_known() -> None:
    assert {grade for grades in step.table().values() for grade in grades.values()} == GRADES


def test_a_field_of_a_base_has_the_grade_of_the_base() -> None:
    time = step.model_of(MODELS["events"], "times")
    assert time is not None
    assert step.grade_of(time, "edtf") == step.table()["Dated"]["edtf"]


def test_every_grade_has_a_step_for_everything_that_can_happen() -> None:
    for grade in GRADES:
        for kind in ("added", "removed", "changed", "reordered"):
            assert step.step_of(grade, kind, "a", "b") in Step
        assert step.limit_of(grade) in Step


# By requirement: what may be told of a release


def event(key: str, change: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda value: change(record(value, f"{TALKS}:{key}"))


TALKS_E = f"documents/{TALKS}/events.json"
TALKS_M = f"documents/{TALKS}/mentions.json"
TALKS_S = f"documents/{TALKS}/sections.json"
TALKS_X = f"documents/{TALKS}/sanctions.json"
TALKS_D = f"documents/{TALKS}/document.json"
TORVALD = "entities/person/ina-torvald.json"
LANTERN = "entities/org/grey-lantern.json"

CASES: list[tuple[str, str, Callable[[Any], object], str]] = [
    # Own words, notes and spelling
    ("patch", TALKS_D, lambda v: v["gloss"][0].update(text="Quite another gloss."), "gloss[0].text"),
    ("patch", TALKS_D, lambda v: v["gloss"].append({"text": "Ein Text.", "lang": "de"}), "gloss[2]"),
    ("patch", TALKS_D, lambda v: v["gloss"].reverse(), "gloss"),
    ("patch", TALKS_S, lambda v: v["records"][0]["gist"][1].update(text="خلاصة أخرى تماما"), "gist[1].text"),
    ("patch", TALKS_E, event("e01", lambda e: e["label"][0].update(text="Talks.")), "label[0].text"),
    ("patch", TALKS_E, event("e01", lambda e: e["label"].pop()), "label[1]"),
    (
        "patch",
        TALKS_E,
        event("e01", lambda e: e["quantities"][0]["of"].update(text="who came")),
        "quantities[0].of.text",
    ),
    ("patch", TALKS_E, event("e01", lambda e: e["relations"][0].pop("note")), "relations[0].note"),
    ("patch", TALKS_E, event("e01", lambda e: e.update(note="Coded so since …")), "note"),
    (
        "patch",
        TALKS_E,
        event("e01", lambda e: e["identifiers"][0].update(checked="2023-01-01")),
        "identifiers[0].checked",
    ),
    ("patch", TORVALD, lambda v: v["names"][0].update(text="Ina Torwald"), "names[0].text"),
    ("patch", TORVALD, lambda v: v["names"][1].update(text="إينا تورفلد"), "names[1].text"),
    ("patch", TORVALD, lambda v: v["description"][0].update(text="Minister."), "description[0].text"),
    (
        "patch",
        TALKS_E,
        event("e01", lambda e: e["arguments"][2]["text"].update(text="money kept out of site")),
        "arguments[2].text.text",
    ),
    # More is said, or more of where it stands
    (
        "minor",
        TALKS_E,
        event("e02", lambda e: e["relations"].append({"rel": "same-as", "event": f"{BAYAN}:e01"})),
        "relations[1]",
    ),
    (
        "minor",
        TALKS_E,
        event("e03", lambda e: e.update(relations=[{"rel": "same-as", "event": f"{BAYAN}:e01"}])),
        "relations",
    ),
    ("minor", TALKS_E, event("e01", lambda e: e["evidence"].append(f"{TALKS}:s02.2")), "evidence[2]"),
    ("minor", TALKS_E, event("e01", lambda e: e["evidence"].pop()), "evidence[1]"),
    ("minor", TALKS_E, event("e01", lambda e: e["arguments"][1]["mentions"].pop()), "arguments[1].mentions[1]"),
    ("minor", TALKS_E, event("e01", lambda e: e["times"][0]["span"].update(start=150)), "times[0].span.start"),
    (
        "minor",
        TALKS_E,
        event(
            "e01", lambda e: e["arguments"].append({"role": "participant", "entity": "gpe:iceland", "implicit": True})
        ),
        "arguments[4]",
    ),
    ("minor", TALKS_E, event("e02", lambda e: e.update(mode="finer")), "mode"),
    ("minor", TALKS_E, event("e02", lambda e: e.pop("absent")), "absent"),
    ("minor", TALKS_E, event("e02", lambda e: e["absent"][0].update(reason="not-coded")), "absent[0].reason"),
    ("minor", TALKS_D, lambda v: v["coding"].update(status="single"), "coding.status"),
    ("minor", TALKS_D, lambda v: v["text"].update(source_sha256="0" * 64), "text.source_sha256"),
    (
        "minor",
        TORVALD,
        lambda v: v["names"].append({"text": "I. T.", "lang": "en", "script": "Latn", "use": "alias"}),
        "names[2]",
    ),
    (
        "minor",
        TORVALD,
        lambda v: v.update(identifiers=[{"scheme": "wikidata", "value": "Q0", "source": "x"}]),
        "identifiers",
    ),
    # What was said is said no more, or otherwise
    ("major", TALKS_E, event("e01", lambda e: e["relations"].clear()), "relations[0]"),
    ("major", TALKS_E, event("e01", lambda e: e["relations"][0].update(rel="conflicts-with")), "relations[0].rel"),
    ("major", TALKS_E, event("e01", lambda e: e.update(status="planned")), "status"),
    ("major", TALKS_E, event("e01", lambda e: e.update(type="dipl.conference")), "type"),
    ("major", TALKS_E, event("e01", lambda e: e["trigger"].update(text="one-day meeting")), "trigger.text"),
    ("major", TALKS_E, event("e01", lambda e: e["quantities"][0].update(lower=41)), "quantities[0].lower"),
    ("major", TALKS_E, event("e01", lambda e: e["quantities"].pop()), "quantities[1]"),
    ("major", TALKS_E, event("e01", lambda e: e["times"][0].update(edtf="2022-05-12")), "times[0].edtf"),
    ("major", TALKS_E, event("e01", lambda e: e["times"][0].update(mod="start")), "times[0].mod"),
    ("major", TALKS_E, event("e03", lambda e: e.pop("mode")), "mode"),
    # It is no longer the document that says it, or no longer for sure.
    (
        "major",
        TALKS_E,
        event("e01", lambda e: e.update(attributions=[{"by": "gpe:veltania", "act": "claims", "quote": "none"}])),
        "attributions",
    ),
    (
        "major",
        TALKS_E,
        event("e01", lambda e: e.update(certainty={"degree": "possible", "span": e["trigger"]})),
        "certainty",
    ),
    # Other own words of a value are another value.
    (
        "major",
        TALKS_E,
        event("e01", lambda e: e["arguments"][2]["text"].update(text="a new treaty")),
        "arguments[2].text.text",
    ),
    ("major", TALKS_M, lambda v: v["records"][0].update(entity="gpe:iceland"), "entity"),
    ("major", TALKS_X, lambda v: v["records"][0].update(target="gpe:iceland"), "target"),
    ("major", TORVALD, lambda v: v["names"][0].update(text="Joren Maas"), "names[0].text"),
    ("major", LANTERN, lambda v: v["names"].pop(), "names[2]"),
    ("major", LANTERN, lambda v: v.update(kind="organisation"), "kind"),
    ("major", LANTERN, lambda v: v.update(mood="grey"), "mood"),
    # Of the whole
    ("patch", "corpus.json", lambda v: v["addresses"].update(doi="10.5555/12345678"), "addresses.doi"),
    ("major", "corpus.json", lambda v: v["licences"].update(records="CC0-1.0"), "licences.records"),
    ("patch", "retired.json", lambda v: v["records"][0].update(reason="One agency."), "reason"),
]


@pytest.mark.parametrize(
    ("expected", "file", "change", "path"),
    CASES,
    ids=[f"{number}-{expected}-{path}" for number, (expected, _, _, path) in enumerate(CASES)],
)
def test_a_change_asks_for_its_step(
    expected: str, file: str, change: Callable[[Any], object], path: str, tidewater: Path, tmp_path: Path
) -> None:
    after = shutil.copytree(tidewater, tmp_path / "after")
    edit(after / file, change)
    found = between(tidewater, after)
    (changed,) = found.changed
    assert [(one.path, str(one.step)) for one in changed.changes] == [(path, expected)]
    assert str(found.step) == str(changed.step) == expected


def test_the_farthest_change_decides(tidewater: Path, tmp_path: Path) -> None:
    after = shutil.copytree(tidewater, tmp_path / "after")
    edit(entity(after, "person:ina-torvald"), lambda v: v["description"][0].update(text="Minister."))
    assert between(tidewater, after).step == Step.PATCH
    edit(entity(after, "person:ina-torvald"), lambda v: v.pop("links"))
    assert between(tidewater, after).step == Step.MAJOR
    edit(events(after), event("e01", lambda e: e["evidence"].pop()))
    assert between(tidewater, after).step == Step.MAJOR


# Spelling


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Nasr Burita", "Nasr Bourita", True),
        ("الفانوس الرمادي", "الفانوس الرمادى", True),
        ("Port Sable Ledger", "Port Sable Ledgers", True),
        ("Grey Lantern", "Black Lantern", False),
        ("Ali Hassan", "Ali Hussein", False),
        ("resolution 2253", "resolution 2254", False),
        ("القرار ٢٢٥٣", "القرار ٢٢٥٤", False),
        ("AB", "BA", False),
        ("a" * 3000, "a" * 2999 + "b", False),
        (["a"], ["a"], False),
        (None, "a", False),
    ],
)
def test_spelling(before: Any, after: Any, expected: bool) -> None:
    assert alike(before, after) == expected


def test_authors_are_paired_by_their_letters(tidewater: Path, tmp_path: Path) -> None:
    before, after = (shutil.copytree(tidewater, tmp_path / name) for name in ("before", "after"))
    edit(before / TALKS_D, lambda v: v.update(authors=["Mira Holt", "Sefa Arden"]))
    edit(after / TALKS_D, lambda v: v.update(authors=["Sefa Ardenn", "Mira Holt"]))
    (changed,) = between(before, after).changed
    assert [(one.path, one.before, one.after, str(one.step)) for one in changed.changes if one.path != "absent"] == [
        ("authors[0]", "Sefa Arden", "Sefa Ardenn", "patch")
    ]


# The version that a step leads to


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("0.2.9", {Step.PATCH: "0.2.10", Step.MINOR: "0.3.0", Step.MAJOR: "1.0.0"}),
        ("1.0.0", {Step.PATCH: "1.0.1", Step.MINOR: "1.1.0", Step.MAJOR: "2.0.0"}),
        ("10.20.30", {Step.PATCH: "10.20.31", Step.MINOR: "10.21.0", Step.MAJOR: "11.0.0"}),
    ],
)
def test_followers(version: str, expected: dict[Step, str]) -> None:
    assert step.followers(version) == expected


@given(st.sampled_from(Step))
def test_before_the_first_major_version_a_major_change_may_be_minor(asked: Step) -> None:
    assert step.enough("0.9.0", asked) == min(asked, Step.MINOR)
    assert step.enough("1.0.0", asked) == asked
    assert step.enough("10.0.0", asked) == asked
