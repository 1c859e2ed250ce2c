"""How a notebook shows attached copies: how much was found, and the words of each sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from cte_corpus.show.tree import Tree, html
from cte_corpus.text.terminal import isolate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from cte_corpus.attach.attach import Placed
    from cte_corpus.records.section import Section, Sentence


class Attached(Protocol):
    """What is read of an `AttachedDocument`, whose module imports this one."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def sections(self) -> tuple[Section, ...]: ...

    def place(self, item: Sentence) -> Placed: ...

    def text_of(self, item: Sentence) -> str | None: ...

    def report(self) -> list[dict[str, Any]]: ...


def document(attached: Attached) -> str:
    """A document as HTML: its sections, folded, with the words of each sentence in the copy."""
    parts = []
    for section in attached.sections:
        lines = []
        for sentence in section.sentences:
            status = attached.place(sentence).status
            name = sentence.id if status == "exact" else f"{sentence.id} ({status})"
            lines.append((name, isolate(attached.text_of(sentence) or "")))
        parts.append(Tree(f"section {section.id} {section.kind}", tuple(lines)))
    lines = [("text", f"{len(attached.text):,} code points"), *_found(attached)]
    return html(Tree(f"document {attached.id}, with a copy of its text", tuple(lines), tuple(parts)))


def documents(attached: Iterable[Attached]) -> str:
    """Several documents as HTML: of each, how much was found."""
    lines = [(one.id, "; ".join(f"{what}: {found}" for what, found in _found(one))) for one in attached]
    return html(Tree("copies of texts", tuple(lines)))


def _found(attached: Attached) -> list[tuple[str, str]]:
    """What was found, and how surely: `sentences`, `36 exact, 1 loose`."""
    counts: dict[str, Counter[str]] = {}
    for row in attached.report():
        counts.setdefault(f"{row['what']}s", Counter())[row["status"]] += 1
    return [
        (what, ", ".join(f"{number:,} {status}" for status, number in found.items())) for what, found in counts.items()
    ]
