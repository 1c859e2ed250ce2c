"""Strict JSON: what is refused, why and where; and that nothing else is."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cte_corpus.store.strict import MAX_DEPTH, JsonError, loads


def refused(data: bytes) -> JsonError:
    """The reason for which the bytes are refused."""
    with pytest.raises(JsonError) as caught:
        loads(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "problem", "offset"),
    [
        (b'\xef\xbb\xbf{"a": 1}', "byte-order-mark", 0),
        (b'{"a": "\xff"}', "not-utf8", 7),
        ('{"ا": "م'.encode()[:-1], "not-utf8", 8),
        (b'{"a": "\xed\xa0\x80"}', "not-utf8", 7),  # a surrogate in UTF-8
        (b'{"a": "\xc0\x80"}', "not-utf8", 7),  # NUL in two bytes
        ('{"a": 1}'.encode("utf-16-be"), "nul-byte", 0),
        (b'{"a": 1}\x00', "nul-byte", 8),
        (b'{"a": "\x00"}', "nul-byte", 7),
        (b'{"a": NaN}', "not-finite", 6),
        (b'{"a": Infinity}', "not-finite", 6),
        (b'{"a": -Infinity}', "not-finite", 6),
        (b"[1, 1e999]", "not-finite", 4),
        (b"[-1e999]", "not-finite", 1),
        (b'["\\ud83d"]', "lone-surrogate", 2),
        (b'["\\udc00x"]', "lone-surrogate", 2),
        (b'["\\ud83d\\ud83d\\ude00"]', "lone-surrogate", 2),
        (b'{"\\ud83d": 1}', "lone-surrogate", 2),
        (b"[9007199254740992]", "integer-range", 1),
        (b"[-9007199254740992]", "integer-range", 1),
        (b"[18446744073709551616]", "integer-range", 1),
        (b'{"a": 1, "a": 1}', "duplicate-key", 9),
        (b'{"a": {"b": 1}, "c": [{"b": 1, "b": 2}]}', "duplicate-key", 31),
        ('{"ميناء": 1, "ميناء": 2}'.encode(), "duplicate-key", 18),
        (b'{"a": 1, "\\u0061": 1}', "duplicate-key", 9),
        (b'{"": 1, "": 2}', "duplicate-key", 8),
        (b'{"\\u0022": 1, "\\"": 2}', "duplicate-key", 14),
    ],
)
def test_names_problem_and_place(data: bytes, problem: str, offset: int) -> None:
    error = refused(data)
    assert (error.problem, error.offset) == (problem, offset)
    assert error.message in str(error)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"", 0),
        (b'{"a": 1,}', 8),
        (b'{"a": 1', 7),
        (b'{"a" 1}', 5),
        (b"{'a': 1}", 1),
        (b"[1, 2", 5),
        (b"[1,]", 3),
        (b"[01]", 2),
        (b"[+1]", 1),
        (b"[.5]", 1),
        (b"[1] [2]", 4),
        (b"[True]", 1),
        (b"// a comment\n[]", 0),
    ],
)
def test_syntax_errors(data: bytes, offset: int) -> None:
    """orjson names the place, give or take the character before it."""
    error = refused(data)
    assert error.problem == "invalid-json"
    assert error.offset in (offset - 1, offset)


def test_line_of_the_first_key_is_named() -> None:
    error = refused(b'{\n  "a": 1,\n  "b": 2,\n  "a": 3\n}')
    assert error.offset == 24
    assert "line 2" in error.message


@pytest.mark.parametrize(
    "data",
    [
        b"9007199254740991",
        b"-9007199254740991",
        b"9007199254740993.5",
        b"1e300",
        b'"9007199254740992"',
        b'"NaN, Infinity and 18446744073709551616"',
        b'"\\ud83d\\ude00"',
        b'"\\\\ud83d"',
        b'{"a": {"a": {"a": 1}}, "b": [{"a": 1}, {"a": 1}]}',
        b'{"a": "a\\": 1, \\"a"}',
        b'{"\\"": 1, "\\\\\\"": 2}',
        b'{"a": 1, "A": 2, "a ": 3}',
        '{"é": 1, "e\u0301": 2}'.encode(),
        b"  \t\r\n[ 1 , 2 ]\n\n",
    ],
)
def test_valid_json_passes(data: bytes) -> None:
    assert loads(data) == orjson.loads(data) == json.loads(data)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a": ', "}]"), ("\n [ ", " ] ")])
def test_nesting_at_the_limit(opening: str, closing: str) -> None:
    deep = opening.count("[") + opening.count("{")

    def nested(depth: int) -> bytes:
        return (opening * (depth // deep) + "1" + closing * (depth // deep)).encode()

    assert loads(nested(MAX_DEPTH)) == json.loads(nested(MAX_DEPTH))
    assert refused(nested(MAX_DEPTH + deep)).problem == "nesting-depth"
    data = nested(MAX_DEPTH + deep)
    brackets = [i for i, byte in enumerate(data) if byte in b"[{"]
    assert refused(data).offset == brackets[MAX_DEPTH]
    assert refused(nested(20_000)).problem == "nesting-depth"


def test_empty_containers_count_as_nesting() -> None:
    at_limit = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert loads(at_limit) == json.loads(at_limit)
    assert refused(b"[" + at_limit + b"]").problem == "nesting-depth"


def test_depth_is_not_mistaken_for_breadth() -> None:
    data = b"[" + b", ".join([b'{"a": [[1], {}]}'] * 500) + b"]"
    assert loads(data) == json.loads(data)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
)
KEYS = st.sampled_from(["a", "b", "م", '"', "\\", '\\"', "", "\u2028", "😀"]) | st.text(max_size=3)

# An object is a list of pairs under a tag, so that a key may stand twice.
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(st.just("object"), st.lists(st.tuples(KEYS, inner), max_size=4))
    ),
    max_leaves=12,
)


class Writer:
    """Writes a value with any white space and any spelling of its strings; notes the first key that stands twice."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.data = b""
        self.twice: int | None = None

    def put(self, text: str) -> None:
        self.data += text.encode()

    def space(self) -> None:
        self.put(self.draw(st.sampled_from(["", "", " ", "\n", "\r\n\t"])))

    def string(self, text: str) -> None:
        self.put('"')
        for char in text:
            plain = json.dumps(char)[1:-1] if char in '"\\' or char < " " else char
            units = char.encode("utf-16-be")
            spelt = "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
            self.put(self.draw(st.sampled_from([plain, spelt, spelt.upper().replace("\\U", "\\u")])))
        self.put('"')

    def value(self, value: Any) -> None:
        self.space()
        if isinstance(value, str):
            self.string(value)
        elif isinstance(value, tuple):
            self.put("{")
            seen: set[str] = set()
            for i, (key, item) in enumerate(value[1]):
                self.put("," if i else "")
                self.space()
                if key in seen and self.twice is None:
                    self.twice = len(self.data)
                seen.add(key)
                self.string(key)
                self.space()
                self.put(":")
                self.value(item)
            self.put("}")
        elif isinstance(value, list):
            self.put("[")
            for i, item in enumerate(value):
                self.put("," if i else "")
                self.value(item)
            self.put("]")
        else:
            self.put(json.dumps(value))
        self.space()


@st.composite
def written(draw: st.DrawFn) -> tuple[bytes, int | None]:
    """JSON, and where its first duplicate key stands."""
    writer = Writer(draw)
    writer.value(draw(VALUES))
    return writer.data, writer.twice


@given(written())
@example((b'{"a":"","a":"\\u0022"}', 8))
@example((b'{"\\u0022":1,"\\"":2}', 12))
@example((b'{"a":1,"a":1,"b":"\\u0022\\u0022"}', 7))
def test_duplicates_are_found_in_any_spelling_and_nothing_else(case: tuple[bytes, int | None]) -> None:
    data, twice = case
    if twice is None:
        assert loads(data) == orjson.loads(data)
    else:
        error = refused(data)
        assert (error.problem, error.offset) == ("duplicate-key", twice)


@given(st.binary(max_size=40) | st.text('[]{}",:\\u0123456789abcdefEINnty+-. \n', max_size=30).map(str.encode))
@example(b'{"a":1,"a":}')
@example(b"[" * 2000)
@example(b'["\\ud800')
@example(b"-")
def test_any_bytes_are_judged(data: bytes) -> None:
    """What passes is what both decoders read alike; what does not pass has its reason, at a place in the file."""
    value, error = judged(data)
    if error is None:
        assert json.dumps(value) == json.dumps(json.loads(data)) == json.dumps(orjson.loads(data))
    else:
        assert 0 <= error.offset <= len(data)
        assert error.message


def judged(data: bytes) -> tuple[Any, JsonError | None]:
    try:
        return loads(data), None
    except JsonError as error:
        return None, error


@given(
    st.integers(2**53 - 3, 2**53 + 3) | st.integers(2**63 - 2, 2**64 + 2) | st.integers(10**19, 10**40), st.booleans()
)
def test_integers_that_other_readers_round(number: int, negative: bool) -> None:
    number = -number if negative else number
    data = f'{{"figure": {number}}}'.encode()
    if abs(number) < 2**53:
        assert loads(data) == {"figure": number}
    else:
        error = refused(data)
        assert (error.problem, error.offset) == ("integer-range", 11)
