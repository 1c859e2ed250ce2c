"""The pages that list what all documents say: documents, incidents, sanctions, statements, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus import vocabulary
from cte_corpus.explorer import addresses
from cte_corpus.explorer.brief import ORDER
from cte_corpus.explorer.paging import by_standing, paged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.explorer.pages import Pages
    from cte_corpus.explorer.spool import Spool

Raw = dict[str, Any]


def draw(pages: Pages, spool: Spool) -> None:
    """Write them all."""
    counts = spool.counts("document").get("", 0)
    _listed(pages, "documents", "documents/index", spool.values("document"), counts)
    _listed(pages, "incidents", "incidents/index", spool.values("incident"), sum(spool.counts("incident").values()))
    _listed(
        pages, "sanctions-list", "sanctions/index", spool.values("sanction"), sum(spool.counts("sanction").values())
    )
    _statements(pages, spool)
    _figures(pages, spool)


def _listed(pages: Pages, template: str, page: str, rows: Iterable[Raw], number: int, **more: Any) -> None:
    """Write a list in as many pages as it takes."""
    folder, _, first = page.rpartition("/")
    for name, part, around, place, last in paged(rows, number, first):
        known = [row["standing"] for row in part if "standing" in row]
        values = {
            "rows": part, "around": around, "place": place, "last": last, "total": number, "folder": folder,
            "counts": by_standing(part, ORDER) if known else [], **more,
        }  # fmt: skip
        twin = [{"@id": pages.shared.urn(row["id"]), "@type": "Record"} for row in part if "id" in row]
        pages.write(template, f"{folder}/{name}.html", twin, values)


def _statements(pages: Pages, spool: Spool) -> None:
    speakers = spool.counts("speech")
    order = sorted(speakers, key=lambda key: (-speakers[key], key))
    pages.write("speakers", "statements/index.html", [], {"order": order, "speakers": speakers})
    for key in order:
        page = addresses.page(key).removesuffix(".html").rpartition("/")[2]
        _listed(pages, "statements", f"statements/{page}", spool.values("speech", key), speakers[key], speaker=key)


def _figures(pages: Pages, spool: Spool) -> None:
    counts = spool.counts("figure")
    measures = [measure for measure in vocabulary.codes("measure") if measure in counts]
    sides: dict[str, list[Raw]] = {}
    for side in spool.values("contested"):
        if len(sides) < CONTESTED or f"{side['about']} {side['what']}" in sides:
            sides.setdefault(f"{side['about']} {side['what']}", []).append(side)
    pages.write(
        "measures",
        "figures/index.html",
        [],
        {"measures": measures, "counts": counts, "contested": list(sides.values())},
    )
    for measure in measures:
        _listed(
            pages, "figures", f"figures/{measure}", spool.values("figure", measure), counts[measure], measure=measure
        )


CONTESTED = 200
"""What is given differently that a page lists."""
