"""The page of each entity, and the list of all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from cte_corpus.explorer import addresses
from cte_corpus.explorer.brief import ORDER
from cte_corpus.explorer.paging import SIZE, by_standing, paged
from cte_corpus.store.digests import record_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.explorer.pages import Pages
    from cte_corpus.explorer.spool import Row, Spool

Raw = dict[str, Any]

TOGETHER = 24
"""Entities named with an entity that its page lists."""

MOST = 200
"""Documents that a page lists."""

_SCHEMA = {"person": "Person", "org": "Organization", "gpe": "Place", "loc": "Place", "work": "CreativeWork"}


def draw(pages: Pages, spool: Spool, entities: list[Raw], stored: list[Raw], which: slice) -> None:
    """Write the page of each of some entities.

    Args:
        pages: Where they are written.
        spool: What the documents say of them.
        entities: The registry.
        stored: The same as stored, for the digests.
        which: Those of which pages are written.
    """
    counts = {kind: spool.counts(kind) for kind in ("part", "speech", "mentioned", "publishes", "sanction")}
    linking: dict[str, list[Raw]] = {}
    for entity in entities:
        for link in entity.get("links", ()):
            linking.setdefault(link["entity"], []).append({"entity": entity["id"], "rel": link["rel"]})
    for entity, raw in zip(entities[which], stored[which], strict=True):
        key = entity["id"]
        about: Raw = {
            "entity": entity, "linking": linking.get(key, []), "speeches": counts["speech"].get(key, 0),
            "mentioned": list(islice(spool.values("mentioned", key), MOST)),
            "documents": counts["mentioned"].get(key, 0),
            "together": spool.sums("pair", key, TOGETHER), "sanctioned": list(spool.values("sanction", key)),
            "publishes": list(islice(spool.values("publishes", key), MOST)), "digest": record_digest(raw),
            "cited": pages.shared.cite(entity, record_digest(raw)), "told": counts["part"].get(key, 0),
        }  # fmt: skip
        page = addresses.page(key).removesuffix(".html")
        kind = key.partition(":")[0]
        twin = pages.shared.twin("Entity", entity, name=[name["text"] for name in entity["names"]])
        twin["@type"] = ["Entity", f"schema:{_SCHEMA[kind]}"] if kind in _SCHEMA else "Entity"
        for name, rows, around, place, last in paged(
            spool.values("part", key), about["told"], page.rpartition("/")[2], SIZE
        ):
            values = about | {
                "rows": rows,
                "around": around,
                "place": place,
                "last": last,
                "counts": by_standing(rows, ORDER),
            }
            pages.write("entity", f"entities/{name}.html", [twin], values)


def draw_list(pages: Pages, spool: Spool, entities: list[Raw]) -> None:
    """Write the list of all entities, by class and then by how many events name them."""
    told = spool.counts("part")
    classes = list(dict.fromkeys(entity["id"].partition(":")[0] for entity in entities))
    rows = sorted(
        entities, key=lambda entity: (classes.index(entity["id"].partition(":")[0]), -told.get(entity["id"], 0))
    )
    for name, part, around, place, last in paged(rows, len(rows), "index", 400):
        values = {
            "rows": [row | {"class": row["id"].partition(":")[0]} for row in part],
            "told": told,
            "around": around,
            "place": place,
            "last": last,
            "total": len(rows),
        }
        twin = [
            {"@id": pages.shared.urn(entity["id"]), "@type": "Entity", "name": entity["names"][0]["text"]}
            for entity in part
        ]
        pages.write("entities", f"entities/{name}.html", twin, values)


def entries(spool: Spool, entities: list[Raw]) -> Iterator[Row]:
    """What a search finds of each entity: its names in all scripts, and how it is printed; the most told of first."""
    from cte_corpus.explorer.spool import Row

    told = spool.counts("mentioned")
    for entity in entities:
        key = entity["id"]
        texts: dict[str, str] = {}
        for name in sorted(entity["names"], key=lambda name: name["use"] != "preferred"):
            texts.setdefault(name["lang"], name["text"])
        printed = {form for row in islice(spool.values("mentioned", key), MOST) for form, _ in row["forms"]}
        more = (
            [name["text"] for name in entity["names"]]
            + [text["text"] for text in entity["description"]]
            + sorted(printed)
        )
        value = {"id": key, "kind": "entities", "texts": texts, "more": more}
        yield Row("search", "1", f"{10**9 - told.get(key, 0):010}", value)
