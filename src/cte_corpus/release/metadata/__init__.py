"""The descriptions in a release pack: one module per standard, each rendering the same facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.release.metadata import card, cff, croissant, datacite, datapackage, licence

if TYPE_CHECKING:
    from collections.abc import Callable

    from cte_corpus.release.facts import Facts

DESCRIPTIONS: dict[str, Callable[[Facts], bytes]] = {
    "CITATION.cff": cff.render,
    "LICENSE-DATA": licence.render,
    "README.md": card.render,
    "croissant.json": croissant.render,
    "datacite.json": datacite.render,
    "datapackage.json": datapackage.render,
}
"""File name in the pack, and what renders it: the same bytes for the same facts.

`ro-crate-metadata.json` lists the others, and so comes after them: see `rocrate`.
"""
