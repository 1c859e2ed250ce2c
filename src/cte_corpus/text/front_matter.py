"""The front matter of a Markdown source: a mapping in YAML between two rules, of which only the title is text.

Read here and not by a YAML library, so that a reference text never changes with one.
"""

import json
import re

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\n(?P<lines>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"(?P<key>[\w-]+(?:\.[\w-]+)*):(?:[ \t]+(?P<value>.*))?")
_MORE = re.compile(r"[ \t]|#|- |-\Z|\Z")
"""How a line begins that goes on with what a key has: indented, a comment, an item of a list, or blank."""

_FOLDED = re.compile(r"[|>][-+0-9]*")
_COMMENT = re.compile(r"(?:\A|[ \t])#.*")


def split(text: str) -> tuple[str, str]:
    """The title in the front matter of a text, and the text after it; no title, and the whole text, where it has none.

    Between the two rules stands a mapping: the first line is a key, and each other line a key, or goes on with what one
    has. What stands between two rules and is no mapping is text.

    Args:
        text: The source, with LF for line ends.
    """
    block = _BLOCK.match(text)
    lines = block["lines"].removesuffix("\n").split("\n") if block else []
    if block is None or not lines or not _KEY.fullmatch(lines[0]):
        return "", text
    if not all(_KEY.fullmatch(line) or _MORE.match(line) for line in lines):
        return "", text
    return _value(lines, "title"), text[block.end() :]


def value(text: str, key: str) -> str:
    """The value of a key in the front matter of a text; empty where there is none.

    Args:
        text: The source, with LF for line ends.
        key: The key, as `date`.
    """
    block = _BLOCK.match(text)
    return _value(block["lines"].removesuffix("\n").split("\n"), key) if block and split(text)[1] != text else ""


def _value(lines: list[str], key: str) -> str:
    """The value of a key on one line, or nothing."""
    for number, line in enumerate(lines):
        found = _KEY.fullmatch(line)
        if found and found["key"] == key:
            parts = [found["value"] or ""]
            for more in lines[number + 1 :]:
                if not more.startswith((" ", "\t")):
                    break
                parts.append(more)
            if _FOLDED.fullmatch(parts[0].strip()):
                return " ".join(" ".join(parts[1:]).split())
            return _scalar(" ".join(" ".join(parts).split()))
    return ""


def _scalar(value: str) -> str:
    """A plain or quoted scalar as its text."""
    if value[:1] == "'":
        quoted = re.match(r"'((?:[^']|'')*)'", value)
        return quoted[1].replace("''", "'") if quoted else value
    if value[:1] == '"':
        quoted = re.match(r'"(?:[^"\\]|\\.)*"', value)
        try:
            return str(json.loads(quoted[0])) if quoted else value
        except ValueError:  # an escape that YAML has and JSON has not
            return value.strip('"')
    return _COMMENT.sub("", value)
