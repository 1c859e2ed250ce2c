"""Nouns with their number."""

import re

_HEAD = re.compile(r"(?P<noun>.*?)(?P<rest>(?: of | `).*)?", re.DOTALL)


def count(number: int, noun: str) -> str:
    """`1 event`, `2 entities`, `2 fields of events`; what stands after `of`, or in backticks, stays as it is."""
    match = _HEAD.fullmatch(noun)
    head, rest = (match["noun"], match["rest"] or "") if match else (noun, "")
    many = f"{head.removesuffix('y')}ies" if head.endswith("y") else f"{head}s"
    return f"{number:,} {head if number == 1 else many}{rest}"
