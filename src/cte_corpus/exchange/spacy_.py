"""spaCy: a `DocBin` whose documents have `doc.spans["mentions"]`, `["triggers"]` and `["arguments"]`.

Never `doc.ents`, which cannot overlap. The tokens are those of spaCy's own tokenizer of the language, so a span that
begins or ends inside one covers all of it. The exact offsets are kept beside the spans of a group, in their order:
`doc.spans["mentions"].attrs["offsets"]`. `span.id_` is the id of the record, `span.kb_id_` that of the entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError, need
from cte_corpus.exchange.spans import documents, rest

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Job
    from cte_corpus.tabular.marks import Marked

SUFFIX = ".spacy"
OPTIONS = ("text",)

GROUPS = {"mention": "mentions", "trigger": "triggers", "argument": "arguments"}


def export(job: Job) -> bytes:
    """The `DocBin`; its `user_data` has the id of each document.

    Raises:
        CteError: spaCy is not installed, no texts are given, or a copy cannot be read.
    """
    need("spacy", "spaCy", "spacy")
    from spacy.tokens import DocBin

    bin_ = DocBin(attrs=["ORTH"], store_user_data=True)
    tokenizers: dict[str, Any] = {}
    for found in documents(job, need_text="spaCy documents"):
        lang = found.raw["document"]["lang"].partition("-")[0]
        if lang not in tokenizers:
            tokenizers[lang] = _blank(lang)
        bin_.add(_document(job, found, tokenizers[lang]))
    rest(job, "sections", "sentences", "sanctions")
    job.holds["documents"] = len(bin_)
    return bytes(bin_.to_bytes())


def _blank(lang: str) -> Any:
    """The tokenizer of a language, or that of none in particular."""
    import spacy

    try:
        return spacy.blank(lang)
    except ImportError:
        return spacy.blank("xx")


def _document(job: Job, found: Marked, nlp: Any) -> Any:
    from spacy.tokens import SpanGroup

    try:
        doc = nlp.make_doc(found.text)
    except ValueError as error:  # no text that spaCy takes
        raise CteError(f"{found.id}: spaCy does not read this text: {error}", "export other documents") from error
    doc.user_data["document"] = found.id
    spans: dict[str, list[Any]] = {name: [] for name in GROUPS.values()}
    offsets: dict[str, list[list[int]]] = {name: [] for name in GROUPS.values()}
    for mark in found.marks:
        span = doc.char_span(
            mark.start, mark.end, mark.label, kb_id=mark.entity or "", span_id=mark.id, alignment_mode="expand"
        )
        if span is None:
            job.loss.add(mark.kind, "no token of spaCy is covered", mark.id)
            continue
        if (span.start_char, span.end_char) != (mark.start, mark.end):
            why = "a token of spaCy goes on beyond the edge, and the span covers all of it; exact offsets stand beside"
            job.loss.add(f"edge of {mark.kind}", why, mark.id)
        spans[GROUPS[mark.kind]].append(span)
        offsets[GROUPS[mark.kind]].append([mark.start, mark.end])
    for name, group in spans.items():
        doc.spans[name] = SpanGroup(doc, name=name, attrs={"offsets": offsets[name]}, spans=group)
        job.holds[name] = job.holds.get(name, 0) + len(group)
    return doc
