"""Changes that copies of a text suffer, each with the origin of every character kept: the truth to measure against."""

import html
import random
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

Chars = list[tuple[str, int]]
"""Characters with their offsets in the reference text; -1 for what was added or replaced, -2 for markup."""

DIVIDED = -3
"""Stands for the offset of a hyphen that divides a word at the end of a line."""

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


def div_soup(chars: Chars, rng: random.Random) -> Chars:
    """No paragraphs: nested blocks, words cut by inline elements, a menu and a sidebar around it all."""
    menu = '<!DOCTYPE html><html><body><div class="menu"><a href="/">'
    out = [*_tags(menu), *_added("Home"), *_tags('</a></div><div id="main"><div>')]
    for char, origin in chars:
        if char == "\n":
            out += _tags("</div><div><div></div>\n")
        elif char.isalpha() and rng.random() < 0.01:
            out += [*_tags("<span>"), (char, origin), *_tags("</span>")]
        else:
            out.append((html.escape(char), origin))
    return [*out, *_tags("</div></div><div>"), *_added("Most read"), *_tags("</div></body></html>")]


def wordpress(chars: Chars, rng: random.Random) -> Chars:
    """As a block editor writes it: comments, figures with captions, share lines, typographic characters as numbers."""
    out = _tags('<!DOCTYPE html>\n<html lang="en"><head><title>x</title></head><body class="single"><article>\n')
    for part in paragraphs(quotes(chars, rng)):
        out += _tags("<!-- wp:paragraph -->\n<p>")
        out += [(f"&#{ord(char)};" if char in "‘’“”–" else html.escape(char), origin) for char, origin in part]
        out += _tags("</p>\n<!-- /wp:paragraph -->\n")
        if rng.random() < 0.15:
            out += [
                *_tags('<figure><img alt=""><figcaption>'),
                *_added("A file picture"),
                *_tags("</figcaption></figure>"),
            ]
    return [*out, *_tags("<p>"), *_added("Share this: Mail"), *_tags("</p></article></body></html>")]


def xhtml(chars: Chars, rng: random.Random) -> Chars:
    """As XML: empty elements end themselves, and some characters are marked as such."""
    head = '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/><title/></head>'
    out = _tags(head + "<body><p>")
    for char, origin in chars:
        if char == "\n":
            out += _tags("</p><p>")
        elif char == " " and rng.random() < 0.05:
            out += [*_tags("<![CDATA["), (char, origin), *_tags("]]>")]
        else:
            out.append((html.escape(char), origin))
    return out + _tags("</p></body></html>")


def hidden(chars: Chars, rng: random.Random) -> Chars:
    """With what no reader sees: the text itself, for phones, before it; words within it; a notice."""
    text = html.escape("".join(char for char, _ in chars))
    out = _tags(f"<!-- cached --><section><div hidden><div>{text}</div></div><dialog>Cookies</dialog><p>")
    for char, origin in chars:
        if char == "\n":
            out += _tags("</p><p>")
        else:
            out.append((html.escape(char), origin))
            if rng.random() < 0.01:
                out += _tags(rng.choice(("<i hidden>zz9</i>", '<span style="display: none">zz9 and more</span>')))
    return out + _tags("</p></section>")


def unknown(chars: Chars, rng: random.Random) -> Chars:
    """Words and parts of words in elements that HTML does not know, or shows inline."""
    out = _tags("<article><p>")
    for char, origin in chars:
        if char == "\n":
            out += _tags("</p><p>")
        elif char.isalpha() and rng.random() < 0.02:
            name = rng.choice(("x-term", "nobr", "button", "amp-fit-text"))
            out += [*_tags(f"<{name}>"), (char, origin), *_tags(f"</{name}>")]
        else:
            out.append((html.escape(char), origin))
    return out + _tags("</p></article>")


def labelled(label: str) -> Change:
    """A page that names an encoding."""

    def change(chars: Chars, rng: random.Random) -> Chars:
        return _tags(f"<!doctype html><meta charset='{label}'>") + markup(chars, rng)

    return change


def pdf(chars: Chars, rng: random.Random) -> Chars:
    """Lines of 80 characters, one in five ending within a word with a hyphen; page numbers and running heads."""
    out: Chars = []
    lines = column = 0
    size = len(chars)
    for index, (char, origin) in enumerate(chars):
        if char == "\n":
            column = 0
        elif column > 72:
            around = "".join(chars[at][0] if at < size else " " for at in range(max(0, index - 3), index + 4))
            if char == " " or (rng.random() < 0.03 and re.fullmatch(r"[a-z]{7}", around)):
                out += [("\n", origin)] if char == " " else [("-", DIVIDED), ("\n", -1), (char, origin)]
                column = 0
                lines += 1
                if lines % 45 == 0:
                    out += _added(f"\n{lines // 45}\n\fThe Harbour Gazette, No. 7\n\n")
                continue
        out.append((char, origin))
        column += 1
    return out


def columns(chars: Chars, rng: random.Random) -> Chars:
    """A page of two columns read straight across: a line of the left half, then one of the right."""
    lines: list[Chars] = [[]]
    for char, origin in chars:
        lines[-1].append((char, origin))
        if char == "\n" or (char == " " and len(lines[-1]) > 45):
            lines.append([])
    middle = (len(lines) + 1) // 2
    rows = zip(lines[:middle], [*lines[middle:], []], strict=False)
    return [item for left, right in rows for item in (*left, *_added("    "), *right, ("\n", -1))]


def ocr(chars: Chars, rng: random.Random) -> Chars:
    """One letter or digit in 200 read as another."""
    out: Chars = []
    for char, origin in chars:
        if char.isalnum() and rng.random() < 0.005:
            like = "0123456789" if char.isdigit() else "ابتثجدرسعفلمن" if char > "\u0600" else "abcdeilmnorstu"
            out.append((rng.choice(like.replace(char.lower(), "")), -1))
        else:
            out.append((char, origin))
    return out


def live_blog(related: str) -> Change:
    """The text as one entry among others: times, notes, and a whole other article."""

    def change(chars: Chars, rng: random.Random) -> Chars:
        parts = [_added("LIVE 10:40"), _added(related), _added("10:12 Our reporter sends this:")]
        return _joined([*parts, chars, _added("09:55 More soon. Read also what was said before.")])

    return change


def spliced(related: str) -> Change:
    """The first seven tenths of the text, then the second half of another article."""

    def change(chars: Chars, rng: random.Random) -> Chars:
        parts = paragraphs(chars)
        kept = parts[: max(1, len(parts) * 7 // 10)]
        return _joined([*kept, _added(related[len(related) // 2 :])])

    return change


def interleaved(related: str) -> Change:
    """Paragraphs of two articles by turns; one in four of the text's own left out."""

    def change(chars: Chars, rng: random.Random) -> Chars:
        others = iter(related.split("\n\n"))
        out = []
        for part in paragraphs(chars):
            out += [part, _added(next(others, ""))] if rng.random() >= 0.25 else [_added(next(others, ""))]
        return _joined(out)

    return change


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
    "HTML, div soup": div_soup,
    "HTML, block editor": wordpress,
    "XHTML": xhtml,
    "HTML, hidden text": hidden,
    "HTML, unknown elements": unknown,
    "windows-1252, iso-8859-1": labelled("iso-8859-1"),
    "windows-1256": labelled("windows-1256"),
    "windows-1252, said utf-8": labelled("utf-8"),
    "PDF text": pdf,
}
ENCODED = {"windows-1252, iso-8859-1": "cp1252", "windows-1256": "cp1256", "windows-1252, said utf-8": "cp1252"}
"""In what encoding a page is, where it is not UTF-8. Letters that are not in it are references."""

LOSSY: dict[str, Change] = {
    "paragraphs dropped (10 %)": dropped,
    "one word in 50 replaced": replaced,
    "OCR, 1 letter in 200": ocr,
    "two columns read across": columns,
}
AMONG_OTHERS: dict[str, Callable[[str], Change]] = {
    "live blog, related article": live_blog,
    "spliced with a related one": spliced,
    "interleaved with related": interleaved,
}
"""Changes that put the text beside another one."""

ALL = [dropped, reordered, replaced, boilerplate, bare, digits, quotes, forms, reflow, invisible, markup]
