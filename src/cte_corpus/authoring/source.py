"""What a source tells besides its text: title, day and address in front matter, and the headings that it sets off."""

import re
from typing import NamedTuple

from cte_corpus.text import front_matter, sources
from cte_corpus.text.blocks import PARTICULARS
from cte_corpus.text.view import markdown_2, plain_1

_BOLD = re.compile(r"^[ \t]*\*\*[ \t]*(?P<words>[^*\n]{3,160}?)[ \t]*\*\*[ \t]*(?P<after>[^\s*])", re.MULTILINE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATELINE = ("-", "–", "—", ",")


class Told(NamedTuple):
    """What a source tells; empty where it does not."""

    title: str = ""
    day: str = ""
    """When it was published: ISO."""

    address: str = ""
    """Where it stands: an address, or the path in one."""

    headings: tuple[str, ...] = ()
    """Bold words at the start of paragraphs, which are no dateline."""


NOTHING = Told()


def read(data: bytes, name: str) -> Told:
    """What a source file tells.

    Args:
        data: Its bytes; they are a text.
        name: Its name, which says whether it is Markdown.
    """
    if sources.suffix_of(name) not in sources.MARKDOWN:
        return Told()
    text = sources.of_bytes(data, "text.md").text.replace("\r\n", "\n").replace("\r", "\n")
    day = _DAY.match(front_matter.value(text, "date"))
    bold = [_heading(match) for match in _BOLD.finditer(front_matter.split(text)[1])]
    title = plain_1(front_matter.split(text)[0])
    return Told(title, day[0] if day else "", front_matter.value(text, "url"), tuple(dict.fromkeys(filter(None, bold))))


def filled(told: Told, more: Told) -> Told:
    """What a source tells, and of the rest what another one does."""
    headings = told.headings or more.headings
    return Told(told.title or more.title, told.day or more.day, told.address or more.address, headings)


def _heading(match: re.Match[str]) -> str:
    """The heading in bold words that run on into a paragraph; empty where they are a dateline, or bold for emphasis."""
    words = markdown_2(match["words"])
    label = PARTICULARS.match(f"{words} ")
    if label:
        return label[0]
    if words.endswith(_DATELINE) or match["after"] in _DATELINE or words.isupper() or len(words.split()) < 2:
        return ""
    # Bold type that goes on too far: the name with which the text begins stands twice.
    parts = words.split()
    for size in range(len(parts) // 2, 1, -1):
        if parts[-size:] == parts[:size]:
            return " ".join(parts[:-size])
    return words
