"""The steps of Semantic Versioning, what each change of a field asks for, and which versions may follow which."""

from __future__ import annotations

import tomllib
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, get_args

from pydantic import BaseModel

from cte_corpus import records

if TYPE_CHECKING:
    from typing import Any

Kind = Literal["added", "removed", "changed", "reordered"]
"""What happened to a value. `reordered` is a list that holds the same items in another order."""


class Step(IntEnum):
    """How far a version must move: https://semver.org, versions 2.0.0."""

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


@cache
def table() -> dict[str, dict[str, str]]:
    """For each model by name its own fields, each `major`, `grows`, `minor`, `patch` or `none`: see `steps.toml`."""
    return tomllib.loads(files(__package__).joinpath("steps.toml").read_text(encoding="utf-8"))


def step_of(model: type[BaseModel] | None, field: str, kind: Kind) -> Step:
    """What a change of a field asks for; a field of no model, such as one that is no more, is taken for `major`."""
    grade = grade_of(model, field)
    if kind == "reordered":
        return Step.PATCH
    if grade == "grows":
        return Step.MINOR if kind == "added" else Step.MAJOR
    return Step.MAJOR if grade is None else Step[grade.upper()]


def grade_of(model: type[BaseModel] | None, field: str) -> str | None:
    """The entry of a field in the table, its model's own or that of a base."""
    bases = () if model is None else model.__mro__
    return next((table()[base.__name__][field] for base in bases if field in table().get(base.__name__, {})), None)


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
