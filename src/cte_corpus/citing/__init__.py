"""Citing a release, and records of it: one module per format, each from one or more `Citation`s.

Own code, as no library writes what is needed here whole: see docs/decisions.md. The formats are held by the parsers of
others in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.citing import bibtex, cff, csl_json, datacite, ris, text

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: dict[str, Callable[..., str]] = {
    "text": text.render,
    "bibtex": bibtex.render,
    "ris": ris.render,
    "csl-json": csl_json.render,
    "cff": cff.render,
    "datacite": datacite.render,
}
"""What renders citations by the name of its format: each a parameter. The text ends without a line end."""
