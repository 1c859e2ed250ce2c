"""Blocks of a reference text: lines without a blank line between them, and what the form of each tells."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cte_corpus.text import prose
from cte_corpus.text.sentences import MARKS

MAX_HEADING = 100
"""Code points of the longest heading."""

MAX_HEADING_WORDS = 14

FRONT_MATTER = re.compile(r"\A---\n.*?\n---(?=\n|\Z)", re.DOTALL)
MARKUP = re.compile(r"(?P<level>#{1,6}) |\*\*[^*\n]+\*\*:?$")
_BLANK = " \u00a0\u200b\u200e\u200f\ufeff"
PAST_QUOTE = " \"'”’»“)*_"
_NO_PROSE = re.compile(r"[-*•·▪◦‣–—+] ?(?!\*)|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)] |\[?https?:|\|")
"""How an item of a list begins, an address or a row of a table."""

PARTICULARS = re.compile(r"Identifying [Ii]nformation:?(?= )")
"""The label of a block that describes persons or bodies: names, birth dates, passports."""

_LABEL = re.compile(
    r"(?P<of>DOB|POB|AKA|a\.k\.a\.|Date of [Bb]irth|Place of [Bb]irth|Passport|Nationality|Citizenship|National ID"
    r"|تاريخ (?:الميلاد|الولادة)|(?:مكان|محل) (?:الميلاد|الولادة)|جواز السفر|الجنسية)[^:;\n]{0,20}:"
)
""""DOB: 1 January 1953": several of these make a list of particulars, of which nothing is coded."""


class Block(NamedTuple):
    """Lines without a blank line between them."""

    start: int
    end: int
    text: str
    is_heading: bool = False
    """Whether the source sets it off from the text that it runs on into."""

    @property
    def is_line(self) -> bool:
        """Whether it is one short line that no full stop ends: a heading, a caption or the like."""
        text = self.text
        if self.is_heading:
            return True
        if not any(map(str.isalnum, text)):
            return False
        if "\n" in text or len(text) > MAX_HEADING or len(text.split()) > MAX_HEADING_WORDS or _NO_PROSE.match(text):
            return False
        return bool(MARKUP.match(text)) or text.rstrip(PAST_QUOTE)[-1:] not in {*".!…:;،,", ""}

    @property
    def is_particulars(self) -> bool:
        """Whether it is a list that describes somebody: it begins with a label, or has two."""
        first = _LABEL.match(self.text.lstrip("*• "))
        return bool(first) or len({match["of"] for match in _LABEL.finditer(self.text)}) > 1

    @property
    def ends_sentence(self) -> bool:
        """Whether it is running text that ends as a sentence does."""
        return self.text.rstrip(PAST_QUOTE)[-1:] in {*MARKS, ":"}


def blocks_of(text: str) -> list[Block]:
    matter = FRONT_MATTER.match(text)
    start = matter.end() if matter else 0
    found = [Block(*matter.span(), matter[0])] if matter else []
    return found + [
        Block(start + match.start(), start + match.end(), match[0])
        for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text[start:])
        if match[0].strip(_BLANK)
    ]


def running_on(blocks: list[Block], headings: list[str]) -> Iterator[Block]:
    """The blocks, those that begin with a heading, and those with the label of particulars in them, divided there."""
    for block in blocks:
        heading = next((words for words in headings if block.text.startswith(f"{words} ")), "")
        heading = "" if prose.too_long(heading) else heading
        cut = PARTICULARS.search(block.text)
        if heading:
            size = len(heading)
        elif cut and cut.start() == 0:
            size = cut.end()
        elif cut:
            before = block.text[: cut.start()].rstrip()
            yield Block(block.start, block.start + len(before), before)
            yield from running_on([Block(block.start + cut.start(), block.end, block.text[cut.start() :])], headings)
            continue
        else:
            yield block
            continue
        rest = block.text[size:].lstrip()
        yield Block(block.start, block.start + size, block.text[:size], is_heading=True)
        yield Block(block.end - len(rest), block.end, rest)
