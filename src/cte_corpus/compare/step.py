"""The steps of Semantic Versioning, what each change of a field asks for, and which versions may follow which."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel

from cte_corpus import records

Kind = Literal["added", "removed", "changed", "reordered"]
"""What happened to a value. `reordered` is a list that holds the same items in another order."""


class Step(IntEnum):
    """How far a version must move: https://semver.org, version 2.0.0."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


MODELS: Final[dict[str, type[BaseModel]]] = {
    "corpus": records.CorpusInfo,
    "entities": records.Entity,
    "documents": records.Document,
    "sections": records.Section,
    "mentions": records.Mention,
    "events": records.Event,
    "sanctions": records.Sanction,
    "retired": records.Retired,
}
"""The model of each table, in the order in which differences are told."""

LONGEST: Final = 2000
"""Characters of the longest texts that are compared letter by letter, which takes the square of it in time."""


@cache
def table() -> dict[str, dict[str, str]]:
    """For each model by name its own fields, each with its grade: see `steps.toml`."""
    return tomllib.loads(files(__package__).joinpath("steps.toml").read_text(encoding="utf-8"))


def step_of(grade: str | None, kind: Kind, before: Any, after: Any) -> Step:
    """What a change of a value asks for, by the grade of its field; one without a grade is taken for `major`."""
    if kind == "reordered":
        return Step.PATCH
    if grade == "spelling" and kind == "changed" and alike(before, after):
        return Step.PATCH
    if grade in ("grows", "spelling"):
        return Step.MINOR if kind == "added" else Step.MAJOR
    return Step.MAJOR if grade in (None, "place") else Step[grade.upper()]


def limit_of(grade: str | None) -> Step:
    """The farthest step that a change inside a field's value asks for."""
    return Step[grade.upper()] if grade in ("minor", "patch", "none") else Step.MAJOR


def grade_of(model: type[BaseModel] | None, field: str) -> str | None:
    """The grade of a field in the table, its model's own or that of a base."""
    bases = () if model is None else model.__mro__
    return next((table()[base.__name__][field] for base in bases if field in table().get(base.__name__, {})), None)


def alike(before: Any, after: Any) -> bool:
    """Whether two texts differ by their spelling only: four letters in five are the same, and so is every digit."""
    if not (isinstance(before, str) and isinstance(after, str)) or max(len(before), len(after)) > LONGEST:
        return False
    digits = [[char for char in text if char.isdigit()] for text in (before, after)]
    return digits[0] == digits[1] and SequenceMatcher(None, before, after, autojunk=False).ratio() >= 0.8


def model_of(model: type[BaseModel] | None, field: str) -> type[BaseModel] | None:
    """The model of a field's value, or of the items of its list; None where these are plain values."""
    known = None if model is None else model.model_fields.get(field)
    return None if known is None else _inner(known.annotation)


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)


def followers(version: str) -> dict[Step, str]:
    """The versions that may follow a version, by the step that each takes."""
    major, minor, patch = map(int, version.split("."))
    return {
        Step.PATCH: f"{major}.{minor}.{patch + 1}",
        Step.MINOR: f"{major}.{minor + 1}.0",
        Step.MAJOR: f"{major + 1}.0.0",
    }


def enough(version: str, step: Step) -> Step:
    """The step that a version must take for changes of this step.

    Before 1.0.0 nothing is promised to stay (SemVer, item 4): there a major change asks for the second figure only.
    """
    return min(step, Step.MINOR) if version.startswith("0.") else step
