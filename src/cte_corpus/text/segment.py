"""Sections of a reference text: what stands before the headline, headline, byline, lead, headings, captions.

All is told from the form of the text alone: blank lines, short lines without a full stop, and how they follow each
other. It is a proposal for a reader, who knows better.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cte_corpus.errors import CteError
from cte_corpus.text import prose
from cte_corpus.text.blocks import (
    FRONT_MATTER,
    MARKUP,
    MAX_HEADING_WORDS,
    PARTICULARS,
    PAST_QUOTE,
    Block,
    blocks_of,
    running_on,
)
from cte_corpus.text.fold import fold
from cte_corpus.text.sentences import Place, sentences

LEAST_HEADLINE = 5
"""Words of a line that is a headline wherever it stands before the text."""

NEAR = 12
"""Blocks at the start among which a headline stands that the source says."""

MAX_TITLE = 250
"""Code points of the longest headline."""

_FRONT_TITLE = re.compile(r"^title:", re.MULTILINE)
_OPENING = ("“", "«", '"')
_ENDING = ("”", "»", '"')
_BACKGROUND = re.compile(r"\b(background|context|who (?:is|are)|what (?:is|are)|خلفي[ةه]|ما هو|ما هي|من هو|من هم)\b")
_ASIDE = re.compile(
    r"[(\[{].*[)\]}]|(?=(?s:.*)[\d-]\Z)[\W\d_]*+(?:[A-Z]{1,3}+[\d-]++)?|by .*|.* (?:19|20)\d\d|for immediate release.*",
    re.IGNORECASE,
)
"""A line before the text that is no headline: a remark in brackets, a number, a byline, a date."""

BARE = frozenset({"masthead", "byline", "caption", "footer", "particulars"})
"""Kinds of section whose text has no sentences."""


class Part(NamedTuple):
    """A section; places are in code points, parents are indexes into the list of parts."""

    kind: str
    start: int
    end: int
    heading: Place | None = None
    parent: int | None = None
    sentences: tuple[Place, ...] = ()


def segment(text: str, lang: str, headings: Iterable[str] = (), title: str = "") -> list[Part]:
    """Propose the sections of a reference text, with their sentences.

    The parts tile the text: each starts where the one before ends, the white space between belongs to the earlier.

    Args:
        text: The reference text.
        lang: BCP 47 tag of its language.
        headings: Words at the start of paragraphs that the source sets off, as in bold type: headings that run on.
        title: The headline, where the source says it.

    Raises:
        CteError: the text is empty, or the sentence segmenter is not installed.
    """
    blocks = blocks_of(text)
    if not blocks:
        raise CteError("a document needs a text, got an empty one", "is it the right file?")
    front = _front(text, blocks, title)
    drafts = [_Draft(kind, block) for kind, block in front]
    drafts += _body(list(running_on(blocks[len(front) :], sorted(headings, key=len, reverse=True))))
    drafts[0].start = 0  # what cannot be seen may stand before
    return list(_parts(text, lang, drafts))


class _Draft:
    """A section in the making."""

    def __init__(self, kind: str, block: Block, heading: bool = False, level: int = 0) -> None:
        self.kind = kind
        self.start = block.start
        self.label = (block.start, block.end) if heading else None
        self.level = level
        self.blocks: list[Block] = [] if heading else [block]
        self.parent: int | None = None

    @property
    def heading(self) -> Place | None:
        """The place of its heading; one that is too long to be quoted is a section of its own, a caption."""
        return None if self.kind == "caption" else self.label

    def words(self, text: str) -> list[str]:
        """The folded words of the heading."""
        return _words(text[slice(*self.label)]) if self.label else []


def _front(text: str, blocks: list[Block], said: str) -> list[tuple[str, Block]]:
    """The blocks before the running text, each with its kind: the longest line among them is the headline.

    With front matter the first block is the headline. Below it a second one may stand.
    """
    told = next((n for n, block in enumerate(blocks[:NEAR]) if block.text == said), -1)
    count = next((n for n, block in enumerate(blocks) if n > told and _runs(block)), len(blocks))
    front = blocks[:count]
    matter = bool(front and FRONT_MATTER.match(text))
    if matter and _FRONT_TITLE.search(front[0].text):
        title = -1  # the front matter holds it, among other things
    else:
        lines = [n for n in range(matter, count) if "\n" not in front[n].text and not _ASIDE.fullmatch(front[n].text)]
        title = max(lines, key=lambda n: len(front[n].text), default=count)
        if lines and len(front[lines[0]].text.split()) >= LEAST_HEADLINE:
            title = lines[0]
        title = told if told >= 0 else title
    kinds = []
    for n, block in enumerate(front):
        below = n > title and len(block.text.split()) >= LEAST_HEADLINE and not _ASIDE.fullmatch(block.text)
        kinds.append("masthead" if n < max(title, matter) else "title" if n == title or below else "byline")
    return list(zip(kinds, front, strict=True))


def _runs(block: Block) -> bool:
    """Whether a block is running text: it is long, or ends as a sentence does and is no mere question."""
    if block.text.startswith("---\n"):
        return False
    return len(block.text) > MAX_TITLE or (block.ends_sentence and len(block.text.split()) > MAX_HEADING_WORDS // 2)


def _body(blocks: list[Block]) -> list[_Draft]:
    """Sections after the front: a lead, and one at each heading; a caption and the text below it are their own.

    So is each paragraph of a statement that a colon announces, a list of particulars, and what stands below the text.
    """
    drafts: list[_Draft] = []
    quoted = _quoted(blocks)
    for n, block in enumerate(blocks):
        below = drafts[-1] if drafts else None
        if n in quoted:
            drafts.append(_Draft("quote", block))
        elif block.is_particulars:
            if below is not None and below.kind == "particulars":
                below.blocks.append(block)
            elif below is not None and below.heading is not None and not below.blocks:
                below.kind = "particulars"  # of whom the heading names
                below.blocks.append(block)
            else:
                drafts.append(_Draft("particulars", block))
        elif drafts and n + 1 == len(blocks) and (block.is_line or not any(map(str.isalnum, block.text))):
            drafts.append(_Draft("footer", block))
        elif block.is_line and n + 1 < len(blocks):
            bare = below is not None and below.heading is not None and not below.blocks
            if bare and below is not None and set(_words(block.text)) <= set(_words(blocks[n - 1].text)):
                drafts.append(_Draft("caption", block))
            else:
                markup = MARKUP.match(block.text)
                level = len(markup["level"]) if markup and markup["level"] else 0
                kind = "caption" if prose.too_long(block.text) else "body"
                kind = "particulars" if PARTICULARS.match(f"{block.text} ") else kind
                drafts.append(_Draft(kind, block, heading=True, level=level))
        elif below is None:
            drafts.append(_Draft("lead", block))
        elif below.kind in {"lead", "caption", "quote"} or (below.kind == "particulars" and below.blocks):
            drafts.append(_Draft("body", block))
        else:
            below.blocks.append(block)
    return drafts


def _quoted(blocks: list[Block]) -> set[int]:
    """The blocks of statements that are quoted as a whole: after a colon, from an opening mark to the closing one."""
    found: set[int] = set()
    is_open = False
    for n, block in enumerate(blocks):
        begins = block.text[:1] in _OPENING
        if begins and n and (n - 1 in found or blocks[n - 1].text.rstrip(PAST_QUOTE).endswith(":")):
            is_open = True
        if is_open:
            found.add(n)
            is_open = block.text.rstrip()[-1:] not in _ENDING
    return found if not is_open else set()


def _parts(text: str, lang: str, drafts: list[_Draft]) -> Iterator[Part]:
    _nest(text, drafts)
    ends = [draft.start for draft in drafts[1:]] + [len(text)]
    for draft, end in zip(drafts, ends, strict=True):
        if draft.kind in BARE:
            own: list[Place] = []
        elif draft.kind == "title":
            own = [(draft.blocks[0].start, draft.blocks[0].end)]
        else:
            own = [place for block in draft.blocks for place in sentences(text, block.start, block.end, lang)]
        yield Part(draft.kind, draft.start, end, draft.heading, draft.parent, tuple(own))


def _nest(text: str, drafts: list[_Draft]) -> None:
    """Find parents, and tell background from news.

    A section belongs under another where its markup says so, where it is the caption of a bare heading or the text
    below that, or where it is one of several headings with the same first word after a text that ends with a colon.
    """
    opener: int | None = None  # the section whose text announces a list of headings
    for n, draft in enumerate(drafts):
        before = drafts[n - 1] if n else None
        words = draft.words(text)
        if draft.level:
            draft.parent = next((m for m in range(n - 1, -1, -1) if 0 < drafts[m].level < draft.level), None)
        elif draft.kind == "caption" and not draft.label:
            draft.parent = n - 1
        elif before is not None and before.kind == "caption" and not draft.label:
            draft.parent = n - 1 if before.label else before.parent
        elif before is not None and words:
            above = n - 1 if before.heading else before.parent
            if above is not None and before.blocks and before.blocks[-1].text.rstrip(PAST_QUOTE).endswith(":"):
                opener = above if any(w[:1] == words[:1] for w in (d.words(text) for d in drafts[n + 1 :])) else None
            elif opener is not None and words[:1] != before.words(text)[:1]:
                opener = None
            draft.parent = opener
    captioned = {draft.parent for draft in drafts if draft.kind == "caption" and not draft.label}
    for n, draft in enumerate(drafts):
        label = draft.label or (drafts[draft.parent].label if draft.parent == n - 1 and n else None)
        heading = fold(text[slice(*label)]).text if label else ""
        inherited = draft.parent is not None and drafts[draft.parent].kind == "background"
        if draft.kind == "body" and (n in captioned or inherited or _BACKGROUND.search(heading)):
            draft.kind = "background"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).text)
