"""Recipes: from the bytes of a source to the reference text in which all offsets count."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.text import front_matter, sources
from cte_corpus.text.limits import judge
from cte_corpus.text.narrow import characters

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"\A\ufeff?---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_STARS = re.compile(r"\*{2,}")
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_INLINE = {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}
"""What stands for an inline token that is neither text nor code; marks that open and close have no content."""


def plain_1(text: str) -> str:
    """NFC; line ends to LF; runs of white space to one space; lines stripped; at most one blank line; ends stripped.

    Bidi controls, tatweel and harakat stay and count.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    for blank in filter(str.isspace, characters(text)):
        if blank != "\n":
            text = text.replace(blank, " ")
    text = _shortened(text, "  ", " ").replace(" \n", "\n").replace("\n ", "\n")
    return _shortened(text, "\n\n\n", "\n\n").strip()


def _shortened(text: str, long: str, short: str) -> str:
    """A text in which no run is as long as that."""
    while long in text:
        text = text.replace(long, short)
    return text


def markdown_1(text: str) -> str:
    """What a reader of the page sees: no front matter or Markdown, a blank line between blocks; then `plain_1`.

    Text and code stay, a soft line break is a space. HTML tags within a paragraph go, and a block of HTML as a whole,
    with the text in it. Runs of two or more asterisks go too: CommonMark leaves them as text where a space follows
    them, but in releases they are bold type that was badly converted.
    """
    body = _FRONT_MATTER.sub("", _unix(text))
    blocks = []
    for token in _parser().parse(body):
        if token.type == "inline":
            blocks.append("".join(_INLINE.get(child.type, child.content) for child in token.children or ()))
        elif token.type in {"code_block", "fence"}:
            blocks.append(token.content)
    return plain_1(_STARS.sub("", "\n\n".join(blocks)))


def markdown_2(text: str) -> str:
    """As `markdown_1`, with the headline, and without losing what it lost.

    The title in the front matter is the first block, unless the text itself begins with it. A rule in the first line
    opens front matter only where a mapping follows; otherwise it is a rule, and the text stays. A `<br>` is a line end.
    """
    title, body = front_matter.split(_unix(text))
    blocks = [_STARS.sub("", block) for block in _blocks(body)]
    if title and plain_1(title) != plain_1(next((block for block in blocks if block.strip()), "")):
        blocks.insert(0, title)
    return plain_1("\n\n".join(blocks))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(body: str) -> Iterator[str]:
    """The text of each block of a Markdown text; one of HTML has none, unless its only tags are line breaks."""
    for token in _parser().parse(body):
        if token.type == "inline":
            yield "".join(
                "\n" if _BREAK.fullmatch(child.content) and child.type == "html_inline"
                else _INLINE.get(child.type, child.content)
                for child in token.children or ()
            )  # fmt: skip
        elif token.type in {"code_block", "fence"}:
            yield token.content
        elif token.type == "html_block":
            content = _BREAK.sub("\n", token.content)
            yield "" if "<" in content else content


RECIPES: dict[str, Callable[[str], str]] = {"plain-1": plain_1, "markdown-1": markdown_1, "markdown-2": markdown_2}
"""The recipes by name and version. A published recipe never changes: a better one gets a new version."""


def recipe_of(name: str) -> str:
    """The recipe for a new document, by the name of its source: `markdown-2` for `.md`, else `plain-1`."""
    return "markdown-2" if sources.suffix_of(name) in sources.MARKDOWN else "plain-1"


def reference_text(data: bytes, recipe: str, name: str = "") -> str:
    """The reference text of a source; of a page by `plain-1`, unless its name and the recipe say that it is Markdown.

    Raises:
        ValueError: the recipe is not known, the source is no text, its encoding would have to be guessed, or the text
            is one that would take too long.
    """
    if recipe not in RECIPES:
        raise ValueError(f"no recipe `{recipe}`; known: {', '.join(RECIPES)}")
    is_page = sources.suffix_of(name) in sources.PAGES or (recipe == "plain-1" and sources.is_page(data, name))
    try:
        source = sources.of_bytes(data, "page.html" if is_page else "text.md")
        if source.doubt:
            data.decode("utf-8")
    except sources.EmptyError:
        return ""
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x} at {error.start}"
        raise ValueError(f"expected UTF-8, got byte {byte}; {source.doubt}") from None
    except CteError as error:
        raise ValueError(error.message) from None
    judge(source.text)
    return RECIPES["plain-1" if source.is_page else recipe](source.text)


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest(text: str) -> str:
    """The first 16 hex digits of the SHA-256: what a sentence carries."""
    return sha256(text)[:16]
