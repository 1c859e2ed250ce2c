"""Reading tells whether a line of a packed corpus is written as orjson writes it."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.store import strict

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text('aé"\\/\n \u200f😀', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('kl"', max_size=3), inner, max_size=3),
)


@given(VALUES, st.sampled_from(["", "\n", "\n\n", " \n"]), st.booleans())
def test_compact_is_what_orjson_writes_with_a_line_end(value: object, end: str, spread: bool) -> None:
    data = orjson.dumps(value, option=orjson.OPT_INDENT_2 if spread else None) + end.encode()
    assert strict.decode(data) == (value, data == orjson.dumps(value) + b"\n")


@pytest.mark.parametrize("data", [b'{"a":1.50}\n', b'{"a":"\\u0041"}\n', b'{"a": 1}\n', b'{"a":1}'])
def test_other_spellings_are_not_compact(data: bytes) -> None:
    assert not strict.decode(data)[1]


def test_a_key_that_stands_twice_is_found_in_a_line() -> None:
    with pytest.raises(strict.JsonError, match="twice"):
        strict.decode(b'{"a":1,"a":1}\n')
