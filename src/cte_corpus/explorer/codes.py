"""The codebook: a page for each type of event, with its frame and the events of that type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus import vocabulary
from cte_corpus.explorer.brief import ORDER
from cte_corpus.explorer.paging import by_standing, paged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.explorer.pages import Pages
    from cte_corpus.explorer.spool import Row, Spool


def draw(pages: Pages, spool: Spool) -> None:
    """Write them."""
    types = vocabulary.event_types()
    counts = spool.counts("type")
    pages.write("codebook", "codebook/index.html", [], {"types": types, "counts": counts})
    for code, entry in types.items():
        number = counts.get(code, 0)
        twin = [
            {
                "@id": f"urn:cte-corpus:term:{code}",
                "@type": "EventType",
                "name": entry["label"]["en"],
                "description": entry["definition"],
            }
        ]
        for name, rows, around, place, last in paged(spool.values("type", code), number, code):
            values = {
                "code": code, "entry": entry, "rows": rows, "around": around, "place": place, "last": last,
                "total": number, "counts": by_standing(rows, ORDER), "roles": vocabulary.codes("role"),
            }  # fmt: skip
            pages.write("type", f"codebook/{name}.html", twin, values)


def entries() -> Iterator[Row]:
    """What a search finds of each type."""
    from cte_corpus.explorer.spool import Row

    for code, entry in vocabulary.event_types().items():
        value = {
            "id": code,
            "kind": "codebook",
            "texts": entry["label"],
            "more": [entry["definition"], code.replace(".", " ").replace("_", " ")],
        }
        yield Row("search", "0", code, value | {"page": f"codebook/{code}.html"})
