"""Where the quote of a correction stands: in the document's own text, or in a copy that is proven to hold its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.attach import known
from cte_corpus.attach.attach import PROVEN, attach
from cte_corpus.attach.verdict import COPIES
from cte_corpus.authoring import folder, quotes
from cte_corpus.errors import CteError
from cte_corpus.text import limits, sources
from cte_corpus.text.view import digest, sha256

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cte_corpus.text.sources import Source

Raw = dict[str, Any]
Named = tuple[str, int, int]
"""A sentence, as s02.1, with its start and end in code points."""

NO_COPY = "give the text of the document, or a copy of the whole page"


def own_text(path: Path, bundle: Raw) -> str | None:
    """The reference text, if a file holds it.

    Raises:
        CteError: it is too large, or no text.
        OSError: it cannot be read.
    """
    data = limits.bounded(path, limits.MAX_PAGE)
    if sources.is_page(data, path.name):
        return None
    text = folder.read_text(path, bundle["document"]["text"]["recipe"])
    return text if sha256(text) == bundle["document"]["text"]["sha256"] else None


def in_text(quote: quotes.Quote, text: str, bundle: Raw) -> Raw:
    """The span of a quote in the reference text.

    Raises:
        CteError: it stands at no one place.
    """
    return _find(quote, text, [(name, *extent) for name, extent in _sentences(bundle)])


def in_copy(quote: quotes.Quote, copy: Source, bundle: Raw) -> Raw:
    """The span, in the reference text, of a quote that stands at one place of a copy.

    The sentence or section around it must be letter for letter the document's, by its digest.

    Raises:
        CteError: it is no copy, or the quote stands at no one place, or where it stands nothing is proven.
    """
    document = bundle["document"]["id"]
    try:
        limits.judge(copy.text)
    except ValueError as error:
        raise CteError(f"this is no copy of {document}: {error}", NO_COPY) from None
    reference = known.read(bundle)
    found = attach(reference, copy.text, "plain-1" if copy.is_page else None)
    if found.verdict.kind not in COPIES:
        raise CteError(f"this is no copy of {document} (verdict: {found.verdict.kind})", NO_COPY)
    if quote.nth is not None and quote.inside is None:
        raise CteError("in a copy, places are not counted as in the document", "say `in` with `nth`, or give `context`")
    named = [
        (name, placed.start, placed.end)
        for name, extent in _sentences(bundle)
        if (placed := found.sentences[extent]).start is not None and placed.end is not None
    ]
    span = _find(quote, found.text, named)
    for group, digests, made in (
        (found.sentences, reference.sentences, digest),
        (found.sections, reference.sections, sha256),
    ):
        for extent, placed in group.items():
            if placed.start is None or placed.end is None or placed.status not in PROVEN:
                continue
            inside = placed.start <= span["start"] and span["end"] <= placed.end
            if inside and made(found.text[placed.start : placed.end]) == digests[extent]:
                shift = extent[0] - placed.start
                return {"start": span["start"] + shift, "end": span["end"] + shift, "text": span["text"]}
    raise CteError(
        "the quote stands in the copy, but not in a sentence that is proven to be the document's",
        "the page may have been edited there; give the text that was coded",
    )


def _sentences(bundle: Raw) -> list[tuple[str, tuple[int, int]]]:
    return [
        (f"{section['id'].partition(':')[2]}.{item['n']}", (item["start"], item["end"]))
        for section in bundle["sections"]
        for item in section.get("sentences", ())
    ]


def _find(quote: quotes.Quote, text: str, named: Sequence[Named]) -> Raw:
    scope = [(start, end) for name, start, end in named if name == quote.inside]
    if quote.inside and not scope:
        raise CteError(f"there is no sentence {quote.inside}", "name it as s02.1")
    try:
        return quotes.Source(text, named).find(quote, scope or [(0, len(text))]).span
    except quotes.QuoteError as error:
        raise CteError("the quote does not show one place", detail=str(error)) from None
