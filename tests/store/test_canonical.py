"""Canonical writing: the same value, the same bytes, one fact per line."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.checking.rewrite import data_files
from cte_corpus.checking.rules import file
from cte_corpus.store.canonical import WIDTH, dumps, key_order
from cte_corpus.store.layout import data_dir
from cte_corpus.store.strict import MAX_INTEGER, loads

SCHEMA = {
    "properties": {
        "$schema": {"type": "string"},
        "records": {"type": "array", "items": {"$ref": "#/$defs/Event"}},
        "id": {"type": "string"},
        "times": {"$ref": "#/$defs/Event/properties/times"},
    },
    "$defs": {
        "Event": {
            "properties": {
                "id": {},
                "type": {},
                "times": {"type": "array", "items": {"$ref": "#/$defs/a~1time"}},
                "part_of": {"$ref": "#/$defs/Event"},
            }
        },
        "a/time": {
            "properties": {"role": {}, "edtf": {}, "span": {"properties": {"start": {}, "end": {}, "text": {}}}}
        },
    },
}
ORDER = key_order(SCHEMA)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=50)
)
KEYS = st.sampled_from(["id", "type", "times", "part_of", "role", "span", "records", "$schema", "other", 'q"é'])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=20
)


def test_a_file_is_laid_out_for_review() -> None:
    event = {
        "zeta": 1,
        "times": [{"span": {"text": "في ٣ أيار", "end": 19, "start": 10}, "edtf": "2022-05-03", "role": "when"}],
        "evidence": ["tidewater-post:s01.1", "tidewater-post:s01.2"],
        "absent": [],
        "id": "tidewater-post:e01",
        "alpha": {"deep": {"deeper": {"value": 1.50}}},
    }
    assert dumps({"records": [event, {"id": "x"}], "$schema": "s.json"}, ORDER).decode() == (
        """{
  "$schema": "s.json",
  "records": [
    {
      "id": "tidewater-post:e01",
      "times": [
        {"role": "when", "edtf": "2022-05-03", "span": {"start": 10, "end": 19, "text": "في ٣ أيار"}}
      ],
      "zeta": 1,
      "evidence": ["tidewater-post:s01.1", "tidewater-post:s01.2"],
      "absent": [],
      "alpha": {
        "deep": {"deeper": {"value": 1.5}}
      }
    },
    {
      "id": "x"
    }
  ]
}
"""
    )


def test_a_single_record_is_spread_too() -> None:
    assert dumps({"id": "a", "times": []}, ORDER) == b'{\n  "id": "a",\n  "times": []\n}\n'


def test_an_empty_list_of_records_stays_on_its_line() -> None:
    assert dumps({"records": []}, ORDER) == b'{\n  "records": []\n}\n'


def test_references_that_go_in_a_circle_are_followed() -> None:
    value = {"records": [{"id": "a", "part_of": {"type": "t", "id": "b", "part_of": {"type": "t", "id": "c"}}}]}
    assert b'{"id": "b", "type": "t", "part_of": {"id": "c", "type": "t"}}' in dumps(value, ORDER)


@pytest.mark.parametrize("letter", ["a", "ع", "😀"])
@pytest.mark.parametrize("last", [True, False])
def test_a_line_holds_120_code_points_with_its_comma(letter: str, last: bool) -> None:
    room = WIDTH - len('  "id": [""],')
    for size, lines in ((room, 1), (room + 1, 3)):
        value = {"id": [letter * size]} if last else {"id": [letter * size], "z": 1}
        written = dumps(value, ORDER).decode()
        assert len(written.splitlines()) == 2 + lines + (not last)
        assert max(map(len, written.splitlines())) <= WIDTH


def without_points(value: Any) -> Any:
    """The value with whole floats as the integers that they are, as far as these go."""
    if isinstance(value, list):
        return [without_points(item) for item in value]
    if isinstance(value, dict):
        return {key: without_points(item) for key, item in value.items()}
    return int(value) if type(value) is float and value.is_integer() and abs(value) <= MAX_INTEGER else value


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (166.0, "166"),
        (-0.0, "0"),
        (1e15, "1000000000000000"),
        (34.5, "34.5"),
        (1e16, "1e+16"),
        (2.0**53 - 1, "9007199254740991"),
        (2.0**53, "9007199254740992.0"),
    ],
)
def test_a_whole_number_has_no_point_as_far_as_integers_go(number: float, written: str) -> None:
    assert dumps(number, ORDER).decode() == f"{written}\n"


@given(VALUES)
def test_values_come_back_exactly_and_the_form_is_stable(value: Any) -> None:
    written = dumps(value, ORDER)
    again = loads(written)
    sort = orjson.OPT_SORT_KEYS
    assert orjson.dumps(again, option=sort) == orjson.dumps(without_points(value), option=sort)
    assert dumps(again, ORDER) == written
    assert written.endswith(b"\n")
    assert not any(line != line.rstrip(" ") for line in written.decode().split("\n"))


@given(st.dictionaries(KEYS, SCALARS, max_size=6), st.randoms())
def test_known_keys_are_written_the_same_in_whatever_order_they_come(value: dict[str, Any], random: Any) -> None:
    known = [key for key in value if key in ORDER.children]
    random.shuffle(known)
    shuffled = {key: value[key] for key in known} | value
    assert dumps(shuffled, ORDER) == dumps(value, ORDER)


@given(VALUES)
def test_only_a_long_scalar_passes_the_width(value: Any) -> None:
    for line in dumps(value, ORDER).decode().split("\n"):
        assert len(line) <= WIDTH or not line.endswith(("}", "]", "},", "],"))


def test_letters_stand_as_they_are_and_control_characters_are_escaped() -> None:
    text = "داعش é \u202a\u00a0 😀 \u2028"
    assert text.encode() in dumps({"id": text}, ORDER)
    spoilt = 'a\n\t\x00\x1f"\\/'
    written = dumps({"id": spoilt}, ORDER)
    assert written.count(b"\n") == 3
    assert loads(written) == {"id": spoilt}


def test_half_a_surrogate_pair_is_not_written() -> None:
    with pytest.raises(UnicodeEncodeError):
        dumps({"id": "\ud83d"}, ORDER)


@pytest.mark.parametrize("value", [{}, [], "x", 1, None, True, 1.0, 1e300, {"a": {}, "b": [[]]}])
def test_any_value_can_be_a_file(value: Any) -> None:
    assert loads(dumps(value, ORDER)) == value


def backwards(value: Any) -> Any:
    """The value with the keys of each object in the opposite order."""
    if isinstance(value, list):
        return [backwards(item) for item in value]
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return value


@pytest.mark.parametrize("corpus", ["bundled", "tidewater"])
def test_real_files_are_their_own_canonical_form(corpus: str, tidewater: Path) -> None:
    """Also where their keys come in another order: the published schema gives it, all the way down."""
    found = list(data_files(data_dir() if corpus == "bundled" else tidewater))
    assert len(found) > 20
    for source, kind in found:
        value = json.loads(source.data)
        assert dumps(value, file.order(kind)) == source.data, source.path
        assert dumps(backwards(value), file.order(kind)) == source.data, source.path
