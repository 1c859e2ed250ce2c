"""Whether a file is in canonical form, told without writing it anew.

What the form is, `canonical.dumps` says; this foresees what it would write, at a part of the cost. Yes is proof; no
only means that it has to be written to know. As the bytes are strict JSON of a value at hand, three things are left:

1. Every value is spelled as `dumps` spells it, and between them stand only the spaces and line ends of the form. One
   expression describes a whole file: lines indented by their depth, each a member or an item that nests at most two
   deep, or the first or last line of what is spread. The engine of jsonschema-rs runs it, which looks at each byte once
   and takes a fifth of the time of Python's. Another one finds objects and lists that are too long for their lines.
2. What is spread had to be. Where something in it is spread as well, it had: what is too long or too deep by itself
   makes so what is around it. Elsewhere its lines tell how long it would be on one. The root, and the records in it,
   are spread in any case.
3. Keys stand in the order of the model. What is known of the keys of one object holds for the next that has the same.
   Where fewer objects are found in order than there are braces, one is not, or none that the model knows.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jsonschema_rs import Draft4Validator, RegexOptions

from cte_corpus.store.canonical import INLINE_DEPTH, WIDTH, KeyOrder

_DEEPEST = 8
"""How deep what is spread may nest here; records go to six."""

_STRING = r'"(?:[^"\\]|\\["\\bfnrt])*"'
_FLOAT = r"-?(?:0\.0{0,3}[1-9]|0\.0{0,3}[1-9][0-9]{0,9}[1-9]|[1-9][0-9]{0,5}\.[0-9]{0,8}[1-9])"
"""With at most 15 digits, of which the last is no zero, a float is written as it was read, and with no exponent."""

_NUMBER = f"(?:-?[1-9][0-9]*|0|{_FLOAT})"
_WORD = f"{_STRING}|true|false|null"
_KEY = f"(?:{_STRING}: )?"


def is_canonical(data: bytes, value: Any, order: KeyOrder) -> bool:
    """Whether a file is surely what `canonical.dumps` writes.

    Args:
        data: Its bytes, which are strict JSON.
        value: What is decoded from them.
        order: The order of its keys.
    """
    text = data.decode()
    records = isinstance(value, dict) and isinstance(value.get("records"), list)
    return (
        _form(records).is_valid(text)
        and not _TOO_LONG.search(text)
        and all(_had_to(*block) for block in _innermost(records).findall(text))
        and _in_order((value,), order) == data.count(b"{")
    )


def _inline(depth: int) -> str:
    """What stands on one line, but for numbers. As it is JSON, brackets match, and only a number could seem two."""
    if not depth:
        return _WORD
    return rf"{_WORD}|[{{\[](?:{_KEY}(?:(?:{_inline(depth - 1)})(?:, )?|{_NUMBER}, ))*(?:{_KEY}{_NUMBER})?[}}\]]"


def _spread(level: int) -> str:
    """A value on several lines, those within it indented to a level."""
    indent, value = "  " * level, f"{_inline(INLINE_DEPTH)}|{_NUMBER}"
    if level < _DEEPEST:
        value += f"|{_spread(level + 1)}"
    return rf"[{{\[](?:\n{indent}{_KEY}(?:{value}),?)+\n{indent[2:]}[}}\]]"


@cache
def _form(records: bool) -> Draft4Validator:
    """What a whole file looks like."""
    if records:
        form = rf'\{{(?:\n  "\$schema": {_STRING},)?\n  "records": \[(?:(?:\n    {_spread(3)},?)+\n  )?\]\n\}}'
    else:
        form = _spread(1)
    return Draft4Validator({"type": "string", "pattern": f"^{form}\n$"}, pattern_options=RegexOptions())


_TOO_LONG = re.compile(rf"\n.{{{WIDTH - 1},}}[}}\]],?\n")
"""A line that ends with an object or a list, and is longer than the form has it, not counting a comma."""


@cache
def _innermost(records: bool) -> re.Pattern[str]:
    """What is spread, and has nothing in it that is: its indent, and its lines without that of the last."""
    least = 6 if records else 2
    return re.compile(rf"\n( {{{least},}}+)(.*+(?<=[{{\[])\n(?:\1  [^ }}\]].*+(?<![{{\[])\n)++)\1[}}\]]")


_NESTED = re.compile(rf"^ *{_KEY}[{{\[](?:{_KEY}(?:{_WORD}|{_NUMBER}), )*{_KEY}[{{\[]", re.MULTILINE)
"""A line with an object or a list that has another in it."""


def _had_to(indent: str, lines: str) -> bool:
    """Whether what is spread is too long for one line or nests too deep."""
    within = lines.count("\n") - 1
    width = len(indent) + len(lines) - 1 - within * (len(indent) + 2)
    return width >= WIDTH or _NESTED.search(lines, lines.index("\n")) is not None


def _in_order(values: Iterable[Any], order: KeyOrder) -> int:
    """How many objects that the model knows are in some values; none at all where the keys of one are in no order."""
    found = 0
    for value in values:
        if type(value) is dict:
            nested = order.nested(tuple(value))
            if nested is None:
                return 0
            found += 1
            for key, _, inner in nested:
                held = value[key]
                found += _in_order(held if type(held) is list else (held,), inner)
    return found
