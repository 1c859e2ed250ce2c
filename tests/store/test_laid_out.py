"""What is said to be in canonical form, without writing it, surely is."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cte_corpus.checking.rewrite import data_files
from cte_corpus.checking.rules import file
from cte_corpus.store import strict
from cte_corpus.store.canonical import WIDTH, KeyOrder, dumps, key_order
from cte_corpus.store.laid_out import is_canonical
from cte_corpus.store.layout import data_dir
from tests.conftest import ROOT

SPAN: dict[str, Any] = {"properties": {"start": {}, "end": {}, "text": {}}}
TIME: dict[str, Any] = {"properties": {"role": {}, "span": SPAN, "ids": {}}}
EVENT: dict[str, Any] = {
    "properties": {"id": {}, "label": TIME, "times": {"items": TIME}, "note": {}, "part_of": {"properties": {"id": {}}}}
}
ORDER = key_order({"properties": {"$schema": {}, "records": {"items": EVENT}, **EVENT["properties"]}})

WORDS = st.text(st.sampled_from('ab ع é😀,:"\\/{}[]\n\t\x01\x7f\u2028'), max_size=6) | st.sampled_from(
    ["x" * 30, "ع" * 50, "y" * 90, ": {", "[{", ", ", "TODO"]
)
NUMBERS = st.integers(-strict.MAX_INTEGER, strict.MAX_INTEGER) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = WORDS | NUMBERS | st.sampled_from([0, 1.5, 0.0001, 0.00001, 5.0, 1e16, True, None])
PLAIN = st.sampled_from(["", "x", "two words", "é", "ع" * 20, "x" * 40]) | st.integers(0, 9999)


def objects(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values with objects and lists as records have them, and as they have not."""
    known = st.dictionaries(
        st.sampled_from(["id", "role", "span", "start", "end", "text", "ids", "times", "label", "note", "part_of"]),
        st.deferred(lambda: values),
        max_size=4,
    )
    values = scalars | st.lists(st.deferred(lambda: values), max_size=4) | known
    root = st.fixed_dictionaries({}, optional={"$schema": PLAIN, "id": values, "records": st.lists(known, max_size=3)})
    return root | known | values


def agrees(data: bytes, order: KeyOrder = ORDER) -> bool:
    """What is said of bytes, which is not wrong; of what is no strict JSON nothing is."""
    try:
        value = strict.loads(data)
    except strict.JsonError:
        return False
    said = is_canonical(data, value, order)
    assert not said or dumps(value, order) == data, data
    return said


def laid(value: Any, draw: Any, indent: str = "") -> str:
    """JSON with lines broken here and there."""
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    start, end = "{}" if isinstance(value, dict) else "[]"
    spread = draw(st.booleans())
    deeper = indent + "  " if spread else indent
    heads = [f"{json.dumps(key, ensure_ascii=False)}: " for key in value] if start == "{" else [""] * len(value)
    items = value.values() if isinstance(value, dict) else value
    parts = [head + laid(item, draw, deeper) for head, item in zip(heads, items, strict=True)]
    if not spread:
        return f"{start}{', '.join(parts)}{end}"
    lines = f",\n{deeper}".join(parts)
    return f"{start}\n{deeper}{lines}\n{indent}{end}"


@settings(max_examples=50)
@given(objects(SCALARS))
def test_what_is_written_anew_is_not_doubted_wrongly(value: Any) -> None:
    agrees(dumps(value, ORDER))
    agrees(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")


@settings(max_examples=30)
@given(objects(PLAIN), st.data())
def test_lines_broken_elsewhere_are_seen(value: Any, data: st.DataObject) -> None:
    agrees(f"{laid(value, data.draw)}\n".encode())


EDITS = st.sampled_from([b"", b" ", b"\n", b"\n  ", b",", b"\r", b"\t", b"0", b"e1", b".0", b"-", b"/", b"\\u00e9"])


@given(objects(SCALARS), st.data())
def test_an_edit_anywhere_is_seen(value: Any, data: st.DataObject) -> None:
    before = dumps(value, ORDER)
    start = data.draw(st.integers(0, len(before)))
    size = data.draw(st.integers(0, 7))
    agrees(before[:start] + data.draw(EDITS) + before[start + size :])


@pytest.mark.parametrize("root", [data_dir(), ROOT / "tests" / "corpora" / "tidewater"], ids=["bundled", "tidewater"])
def test_files_of_corpora_need_not_be_written_to_know(root: Any) -> None:
    for source, kind in data_files(root):
        value = strict.loads(source.data)
        assert is_canonical(source.data, value, file.order(kind)), source.path
        assert dumps(value, file.order(kind)) == source.data


def test_numbers_are_taken_as_they_are_written() -> None:
    for number in ("0", "-7", "33.3152", "-0.0001", "0.5", "-0.12574", "51.50853", "123456.123456789"):
        assert agrees(f'{{\n  "id": {number}\n}}\n'.encode()), number
        assert agrees(f'{{\n  "ids": [{number}, {number}]\n}}\n'.encode()), number
    for number in ("-0", "1.50", "-0.12570", "5.0", "1e3", "0.00001", "1E-3", "9007199254740993.5", "0.10"):
        assert not agrees(f'{{\n  "id": {number}\n}}\n'.encode()), number
        assert not agrees(f'{{\n  "ids": [{number}]\n}}\n'.encode()), number


WIDE = "x" * (WIDTH - len('  "note": [""]'))
"""So many characters in a list are one too many for its line, and one fewer are not."""

LETTERS = "ع" * (len(WIDE) - 1)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('{\n  "id": "a"\n}\n', '{\n  "id": "a"\n}'),
        ('{\n  "id": "a"\n}\n', '{\n  "id":  "a"\n}\n'),
        ('{\n  "id": "a"\n}\n', '{\n  "id": "a" \n}\n'),
        ('{\n  "id": "a"\n}\n', '{\n   "id": "a"\n}\n'),
        ('{\n  "id": "a"\n}\n', '{\r\n  "id": "a"\r\n}\r\n'),
        ('{\n  "id": "a"\n}\n', '{\n  "id": "\\u0061"\n}\n'),
        ('{\n  "id": "a/b"\n}\n', '{\n  "id": "a\\/b"\n}\n'),
        ('{\n  "id": "a",\n  "note": 1\n}\n', '{\n  "note": 1,\n  "id": "a"\n}\n'),
        ('{\n  "records": []\n}\n', '{\n  "records": [\n  ]\n}\n'),
        ('{\n  "records": [\n    {\n      "id": "a"\n    }\n  ]\n}\n', '{\n  "records": [\n    {"id": "a"}\n  ]\n}\n'),
        ('{\n  "records": [\n    {\n      "id": "a"\n    }\n  ]\n}\n', '{\n  "records": [{"id": "a"}]\n}\n'),
        ('{\n  "times": [{"role": 1}]\n}\n', '{\n  "times": [\n    {"role": 1}\n  ]\n}\n'),
        ('{\n  "times": [{"role": 1}]\n}\n', '{\n  "times": [{"role":1}]\n}\n'),
        ('{\n  "times": [{"role": 1, "ids": 2}]\n}\n', '{\n  "times": [{"ids": 2, "role": 1}]\n}\n'),
        (
            '{\n  "times": [\n    {"span": {"start": 1}}\n  ]\n}\n',
            '{\n  "times": [{"span": {"start": 1}}]\n}\n',
        ),
        (f'{{\n  "note": [\n    "{WIDE}"\n  ]\n}}\n', f'{{\n  "note": ["{WIDE}"]\n}}\n'),
        (f'{{\n  "note": ["{WIDE[1:]}"]\n}}\n', f'{{\n  "note": [\n    "{WIDE[1:]}"\n  ]\n}}\n'),
        (f'{{\n  "note": ["{LETTERS}"]\n}}\n', f'{{\n  "note": [\n    "{LETTERS}"\n  ]\n}}\n'),
    ],
)
def test_what_is_written_otherwise_is_told_apart(right: str, wrong: str) -> None:
    assert agrees(right.encode())
    assert not agrees(wrong.encode())
