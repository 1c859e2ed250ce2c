"""Citing a release, and one record of it: one module a format, each from one `Citation`.

Own code, as no library writes what is needed here whole: see docs/decisions.md. The formats are held by the parsers of
others in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.citing import bibtex, cff, csl_json, datacite, ris, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cte_corpus.citing.citation import Citation

FORMATS: dict[str, Callable[[Citation], str]] = {
    "text": text.render,
    "bibtex": bibtex.render,
    "ris": ris.render,
    "csl-json": csl_json.render,
    "cff": cff.render,
    "datacite": datacite.render,
}
"""What renders a citation by the name of its format; the text ends without a line end."""
