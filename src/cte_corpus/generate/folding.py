"""The folding of `text/fold.py` for the explorer's pages: its tables, and cases that hold both to one answer."""

import json
import sys
import unicodedata
from collections.abc import Iterator

from cte_corpus.text.fold import HYPHENS, VARIANTS, clean, fold

TABLE = "src/cte_corpus/explorer/static/fold-table.js"
CASES = "tests/explorer/folding.json"
BEYOND = 0x10000
"""Digits from here on stay as they are in a page: new versions of Unicode still add some."""

_HEAD = "// Generated from cte_corpus/text/fold.py by `cte schema --write`: do not edit.\n"
_TEXTS = (
    "The  Harbour\tGazette\r\n\r\nNo. 7",
    "a harb-\nour, a har\u00ad\n  bour, a Har-\nbour, 4-\n5",
    "\ufeffGrey\u00a0\u200f\u2068Lantern\u2069 \u200e met",
    "Ｆｕｌｌ ﬁﬂ ½ ⁄ ² ①⑳ ㎏ ª",
    "STRASSE Straße ſ ς Σ İ ı ŉ ǰ ΐ և",
    "“a” ‘b’ «c» ‹d› „e‟ ′f″ – — − －",
    "بيانٌ بشأن الفانوس الرماديّ، والتنظـيم",
    "أإآٱا ىيیےېۍێ كک ةهہھەۀۂۃ",
    "ﻻ ﷲ ﷺ ﻦ ﺐ",
    "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३ ፩ ➀",
    "e\u0301 é \u0301 x\u20dd a\u0301\u0302\u0303b",
    "𝐁𝐨𝐥𝐝 😀 𐐀 👩\u200d👩\u200d👧 \ue000",
    "각 ᄀ\u1161 漢 豈",
    " \x1c\x1d\x85\u2028\u2029\u3000 ",
    "",
)


def render() -> dict[str, bytes]:
    """The table as a script that sets `CTE.foldTable`, and the cases as JSON."""
    table = {
        "variants": {chr(code): to for code, to in VARIANTS.items()},
        "folded": {char: char.casefold() for char in _chars() if char.casefold() != char.lower()},
        "digits": list(_digits()),
        "hyphens": "".join(sorted(HYPHENS, reverse=True)),
        "spaces": "".join(char for char in _chars() if char.isspace()),
    }
    lines = ",\n".join(f"  {name}: {json.dumps(value)}" for name, value in table.items())
    script = f'{_HEAD}"use strict";\nvar CTE = CTE || {{}};\nCTE.foldTable = {{\n{lines},\n}};\n'
    cases = [_case(text) for text in _TEXTS]
    return {TABLE: script.encode(), CASES: (json.dumps(cases, indent=1) + "\n").encode()}


def _chars() -> Iterator[str]:
    return map(chr, range(sys.maxunicode + 1))


def _digits() -> Iterator[list[int]]:
    """Runs of digits that no compatibility form resolves: code point of the first, its value, how many."""
    run: list[int] = []
    for code in range(0x80, BEYOND):
        value = unicodedata.digit(chr(code), None)
        if value is None or unicodedata.normalize("NFKD", chr(code)) != chr(code):
            continue
        if run and code == run[0] + run[2] and value == run[1] + run[2]:
            run[2] += 1
        else:
            if run:
                yield run
            run = [code, value, 1]
    yield run


def _case(text: str) -> dict[str, object]:
    """A text, its forms, and where each offset of one comes from and goes to."""
    case: dict[str, object] = {"text": text}
    for name, form in (("clean", clean(text)), ("fold", fold(text))):
        case[name] = {
            "text": form.text,
            "back": [form.back(position) for position in range(len(form.text) + 1)],
            "forth": [form.forth(offset) for offset in range(len(text) + 1)],
        }
    return case
