"""Records as Python objects: what they dump they validate, and nobody can change them."""

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from cte_corpus.generate.schemas import RECORDS
from cte_corpus.records import Event
from cte_corpus.records.base import Model
from tests.test_parity import records


def models() -> list[Model]:
    """Every record of both corpora, and of every kind."""
    return [RECORDS[kind].model_validate(record) for kind, record in records()]  # type: ignore[misc]


def event() -> Event:
    """An event with arguments."""
    return next(one for one in models() if isinstance(one, Event) and len(one.arguments) > 1)


def within(value: Any) -> Iterator[Any]:
    """A value and everything in it."""
    yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from within(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from within(item)


def test_what_a_model_dumps_it_validates() -> None:
    found = models()
    for one in found:
        model = type(one)
        assert model.model_validate(one.model_dump()) == one
        assert model.model_validate(one.model_dump(mode="json")) == one
        assert model.model_validate_json(one.model_dump_json()) == one
        assert pickle.loads(pickle.dumps(one)) == one
    assert {type(one) for one in found} == set(RECORDS.values())


def test_also_every_part_of_a_record() -> None:
    parts = {part for one in models() for part in within(one) if isinstance(part, Model)}
    for part in parts:
        assert type(part).model_validate(part.model_dump()) == part
        assert type(part).model_validate_json(part.model_dump_json()) == part
    assert len({type(part) for part in parts}) > 25


def test_a_copy_that_drops_a_field_leaves_it_out() -> None:
    dropped = event().model_copy(update={"note": None, "arguments": ()})
    assert not {"note", "arguments"} & dropped.model_dump().keys()
    assert Event.model_validate(dropped.model_dump()) == dropped


def test_records_are_hashable_and_equal_by_value() -> None:
    found = models()
    assert len({*found, *models()}) == len(set(found))
    assert all(hash(one) == hash(copy.deepcopy(one)) for one in found)


def test_there_is_nothing_in_a_record_that_can_be_changed() -> None:
    plain = (str, int, float, bool, type(None), tuple, Model)
    assert [value for one in models() for value in within(one) if not isinstance(value, plain)] == []
    with pytest.raises(ValidationError, match="frozen"):
        event().arguments = ()


def test_a_list_is_taken_in_python_and_its_items_stay_strict() -> None:
    raw = event().model_dump()
    assert Event.model_validate(raw | {"evidence": list(raw["evidence"])}) == Event.model_validate(raw)
    wrong: Any
    for wrong in (set(raw["evidence"]), iter(raw["evidence"]), "s01.1", {"s01.1": 1}, [1], [None], [], ()):
        with pytest.raises(ValidationError):
            Event.model_validate(raw | {"evidence": wrong})
