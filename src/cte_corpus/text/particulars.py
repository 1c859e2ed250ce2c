"""Lists that describe persons or bodies: names, birth dates, passports. Nothing in them is coded."""

import re

HEAD = re.compile(r"Identifying [Ii]nformation:?(?= )")
"""The words that head such a list."""

_LABEL = re.compile(
    r"(?P<of>DOB|POB|AKA|a\.k\.a\.|Date of [Bb]irth|Place of [Bb]irth|Passport|Nationality|Citizenship|National ID"
    r"|تاريخ (?:الميلاد|الولادة)|(?:مكان|محل) (?:الميلاد|الولادة)|جواز السفر|الجنسية)[^:;\n]{0,20}:"
)


def is_list(text: str) -> bool:
    """Whether a paragraph is such a list: it begins with a label, as "DOB: 1 January 1953", or has two."""
    first = _LABEL.match(text.lstrip("*• "))
    return bool(first) or len({match["of"] for match in _LABEL.finditer(text)}) > 1
