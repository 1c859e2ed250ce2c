"""Changes that copies of a text suffer, each with the origin of every character kept: the truth to measure against."""

import html
import random
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

Chars = list[tuple[str, int]]
"""Characters with their offsets in the reference text; -1 for what was added or replaced, -2 for markup."""

Change = Callable[[Chars, random.Random], Chars]

_BOILERPLATE = (
    "Share this page with your friends",
    "Read also: {} and the week in pictures",
    "Subscribe to the newsletter. Terms of use apply.",
    "Most read: {}, {}",
    "اقرأ أيضا: {}",
    "Advertisement",
)
_FORMS = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in [*range(0xFE80, 0xFEFD, 1), *range(0xFB00, 0xFB05)]
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_QUOTES = {'"': "“", "“": '"', "”": '"', "'": "’", "’": "'", "‘": "'", "-": "–", "–": "-", "—": "-", "«": '"', "»": '"'}
_INVISIBLE = "\u200e\u200f\u061c\u2068\u2069\ufeff"


def _added(text: str) -> Chars:
    return [(char, -1) for char in text]


def _tags(text: str) -> Chars:
    return [(char, -2) for char in text]


def paragraphs(chars: Chars) -> list[Chars]:
    """The stretches between blank lines."""
    text = "".join(char for char, _ in chars)
    cuts = [0, *(match.end() for match in re.finditer(r"\n[ ]*\n+", text)), len(chars)]
    return [chars[start:end] for start, end in pairwise(cuts) if end > start]


def _joined(parts: list[Chars]) -> Chars:
    return [item for part in parts for item in (*part, ("\n", -1), ("\n", -1))]


def reflow(chars: Chars, rng: random.Random) -> Chars:
    """Lines broken at about 60 characters; breaks within paragraphs elsewhere; several blanks for one."""
    out: Chars = []
    column = 0
    for char, origin in chars:
        if char == " " and column > 60:
            out.append(("\n", origin))
            column = 0
        elif char == " " and rng.random() < 0.1:
            out += [(" ", origin), ("\t", -1), (" ", -1)]
        else:
            out.append((char, origin))
            column = 0 if char == "\n" else column + 1
    return out


def invisible(chars: Chars, rng: random.Random) -> Chars:
    """No-break spaces for spaces, and bidi controls anywhere between words."""
    out: Chars = []
    for char, origin in chars:
        if char == " ":
            if rng.random() < 0.3:
                out.append((rng.choice(_INVISIBLE), -1))
            out.append(("\u00a0" if rng.random() < 0.5 else " ", origin))
            if rng.random() < 0.3:
                out.append((rng.choice(_INVISIBLE), -1))
        else:
            out.append((char, origin))
    return out


def quotes(chars: Chars, rng: random.Random) -> Chars:
    """Straight quotation marks and dashes typographic, and the other way round."""
    return [(_QUOTES.get(char, char), origin) for char, origin in chars]


def forms(chars: Chars, rng: random.Random) -> Chars:
    """NFKC, and presentation forms for every third Arabic letter; ligatures for fi and fl."""
    out: Chars = []
    for char, origin in chars:
        new = unicodedata.normalize("NFKC", char) if not char.isspace() else char
        out += [(_FORMS.get(part, part) if rng.random() < 0.33 else part, origin) for part in new]
    text = "".join(char for char, _ in out)
    for match in reversed(list(re.finditer("fi|fl", text))):
        if rng.random() < 0.5:
            first, second = out[match.start() : match.end()]
            out[match.start() : match.end()] = [("ﬁ" if match[0] == "fi" else "ﬂ", first[1]), ("", second[1])]
    return out


def bare(chars: Chars, rng: random.Random) -> Chars:
    """Harakat and tatweel removed."""
    return [item for item in chars if not ("\u064b" <= item[0] <= "\u0652" or item[0] in "\u0670ـ")]


def digits(chars: Chars, rng: random.Random) -> Chars:
    """ASCII digits Arabic-Indic."""
    return [(chr(0x660 + int(char)) if char in "0123456789" else char, origin) for char, origin in chars]


def boilerplate(chars: Chars, rng: random.Random) -> Chars:
    """Lines before, after, and between every fourth paragraph; they name what the text names."""
    names = re.findall(r"[A-Z]\w+(?: [A-Z]\w+)*|\b\w{6,}\b", "".join(char for char, _ in chars)) or ["News"]

    def block() -> Chars:
        lines = rng.sample(_BOILERPLATE, 2)
        return _added("\n".join(line.format(rng.choice(names), rng.choice(names)) for line in lines))

    parts = [block(), block()]
    for part in paragraphs(chars):
        parts += [part, block()] if rng.random() < 0.25 else [part]
    return _joined([*parts, block(), block()])


def dropped(chars: Chars, rng: random.Random) -> Chars:
    """One paragraph in ten left out."""
    return _joined([part for part in paragraphs(chars) if rng.random() >= 0.1])


def reordered(chars: Chars, rng: random.Random) -> Chars:
    """Paragraphs in another order."""
    parts = paragraphs(chars)
    rng.shuffle(parts)
    return _joined(parts)


def replaced(chars: Chars, rng: random.Random) -> Chars:
    """One word in fifty replaced by another word of the same text."""
    text = "".join(char for char, _ in chars)
    words = list(re.finditer(r"[^\W_]+", text))
    out = list(chars)
    for match in reversed(words):
        if rng.random() < 0.02:
            others = [new for new in (rng.choice(words)[0] for _ in range(8)) if new.casefold() != match[0].casefold()]
            out[match.start() : match.end()] = _added(others[0])
    return out


def markup(chars: Chars, rng: random.Random) -> Chars:
    """Paragraphs as elements, lines broken by <br>, some words in inline elements, characters as references."""
    out = _tags("<!DOCTYPE html><html><head><title>t</title><script>var a = 1;</script></head><body><div><p>")
    start = True
    for char, origin in chars:
        if char == "\n":
            out += _tags("</p>\n<p>" if not start and rng.random() < 0.7 else "<br/>\n")
            start = True
        elif start and not char.isspace() and rng.random() < 0.1:
            out += [*_tags("<b>"), (char, origin), *_tags("</b>")]
            start = False
        elif char in "&<>\"'":
            out.append((html.escape(char), origin))
        else:
            out.append((char, origin))
            start = False
    return out + _tags("</p></div></body></html>")


LOSSLESS: dict[str, Change] = {
    "white space, line breaks": reflow,
    "NBSP, bidi controls": invisible,
    "quotes, dashes": quotes,
    "NFKC, presentation forms": forms,
    "no harakat, tatweel": bare,
    "Arabic-Indic digits": digits,
    "boilerplate": boilerplate,
    "paragraphs reordered": reordered,
    "HTML": markup,
}
LOSSY: dict[str, Change] = {"paragraphs dropped (10 %)": dropped, "one word in 50 replaced": replaced}
ALL = [dropped, reordered, replaced, boilerplate, bare, digits, quotes, forms, reflow, invisible, markup]
