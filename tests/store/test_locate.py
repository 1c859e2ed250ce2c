"""Places: what `locate` says agrees with a search by hand."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.store.locate import Position, locate, position

TEXT = st.text(st.characters(codec="utf-8"), max_size=5) | st.sampled_from(['"', "\\", "}", "],", "é: 1", "0"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


def write(value: Any, pointer: tuple[str | int, ...], out: list[str], places: dict[Any, int]) -> None:
    """Write a value piece by piece and note where each part lands: the reference to compare with."""
    places.setdefault(pointer, sum(map(len, out)))
    if isinstance(value, dict):
        out.append("{\n ")
        for number, (key, item) in enumerate(value.items()):
            out.append("\n, " if number else "")
            places[(*pointer, key)] = sum(map(len, out))
            out += [json.dumps(key, ensure_ascii=number % 2 == 0), "\t: "]
            write(item, (*pointer, key), out, places)
        out.append("\r\n}")
    elif isinstance(value, list):
        out.append("[")
        for number, item in enumerate(value):
            out.append(" ,\n" if number else "\n")
            write(item, (*pointer, number), out, places)
        out.append(" ]")
    else:
        out.append(json.dumps(value, ensure_ascii=False))


def line_and_column(text: str, at: int) -> Position:
    line = column = 1
    for char in text[:at]:
        line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    return Position(line, column)


@given(VALUES, st.data())
def test_every_pointer_leads_to_where_the_value_was_written(value: Any, data: st.DataObject) -> None:
    out: list[str] = ["\n  "]
    places: dict[Any, int] = {}
    write(value, (), out, places)
    text = "".join(out)
    wanted = data.draw(st.lists(st.sampled_from(list(places)), max_size=6)) if data.draw(st.booleans()) else places
    found = locate(text.encode(), wanted)
    assert found == {pointer: line_and_column(text, places[pointer]) for pointer in wanted}


@given(VALUES, st.lists(st.integers(0, 9) | TEXT, max_size=3))
def test_a_pointer_that_leads_nowhere_gets_its_nearest_ancestor(value: Any, beyond: list[str | int]) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)

    def pointers(item: Any, at: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        yield at
        children = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
        for key, child in children:
            yield from pointers(child, (*at, key))

    known = set(pointers(value, ()))
    for pointer in known:
        lost = (*pointer, "no such key", *beyond)
        assert lost not in known
        found = locate(text.encode(), [pointer, lost])
        assert found[lost] == found[pointer]


@pytest.mark.parametrize("text", ["", "[1, 2", '{"a": [1, }', '{"a" 1', "{[1]: 2}", '{"a": "', "[" * 5000, "x"])
def test_broken_text_gives_the_last_place_that_is_known(text: str) -> None:
    assert locate(text.encode(), [("b", 7)]) == {("b", 7): Position(1, 1)}


def test_what_stands_before_the_break_is_found() -> None:
    data = b'{"a": 1,\n "b": [1, !]}'
    assert locate(data, [("b",), ("b", 1), ("c",)]) == {
        ("b",): Position(2, 2),
        ("b", 1): Position(2, 11),
        ("c",): Position(1, 1),
    }


@given(st.text(st.characters(codec="utf-8")))
def test_every_byte_belongs_to_the_place_of_its_character(text: str) -> None:
    data = text.encode()
    offset = 0
    for place, char in enumerate(text):
        for _ in char.encode():
            assert position(data, offset) == line_and_column(text, place)
            offset += 1
    assert position(data, offset) == line_and_column(text, len(text))


@given(st.binary(), st.integers(0, 99))
def test_any_offset_in_any_bytes_has_a_place(data: bytes, offset: int) -> None:
    place = position(data, offset)
    assert place.line == data[:offset].count(b"\n") + 1
    assert 1 <= place.column <= len(data) + 1


FILE = """{
  "records": [
    {"id": "x:e01", "نص": "مراكش", "span": {"start": 3}},
    {"id": "x:e02", "times": []}
  ]
}
"""


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ((), 1, 1),
        (("records",), 2, 3),
        (("records", 0), 3, 5),
        (("records", 0, "نص"), 3, 21),
        (("records", 0, "span"), 3, 36),
        (("records", 0, "span", "start"), 3, 45),
        (("records", 1, "times"), 4, 21),
        (("records", 1, "times", 0), 4, 21),
        (("records", 2), 2, 3),
        (("records", "0"), 2, 3),
        (("records", -1), 2, 3),
    ],
)
def test_columns_count_code_points_and_keys_stand_for_their_values(
    pointer: tuple[str | int, ...], line: int, column: int
) -> None:
    assert locate(FILE.encode(), [pointer]) == {pointer: Position(line, column)}


def test_many_pointers_into_a_long_file() -> None:
    data = json.dumps({"records": [{"span": {"start": n}} for n in range(5000)]}, indent=1).encode()
    found = locate(data, [("records", n, "span") for n in range(5000)])
    lines = data.split(b"\n")
    assert all(lines[line - 1][column - 1 :].startswith(b'"span"') for line, column in found.values())
    assert len(set(found.values())) == 5000
