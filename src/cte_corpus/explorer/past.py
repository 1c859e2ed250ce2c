"""The releases: what each holds, what changed record by record, and what was retired."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cte_corpus.compare.diff import diff
from cte_corpus.compare.sides import of
from cte_corpus.published import ledger, versions
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from cte_corpus.compare.diff import Diff
    from cte_corpus.explorer.pages import Pages

Raw = dict[str, Any]

MOST = 12
"""Changed values of a record that are listed; the others are counted."""

SHORT = 160
"""Characters of a value that are shown."""


def draw(pages: Pages, tombstones: list[Raw]) -> None:
    """Write the list of releases, and a page for each with what changed since the one before.

    A release of another corpus than this is left out.
    """
    folders = {release.version: versions.at_hand(release.version) for release in ledger.ledger()}
    releases = [
        release for release in ledger.ledger()
        if (folder := folders[release.version]) is None or Stored(folder).info["name"] == pages.shared.info.name
    ]  # fmt: skip
    if not any(folders[release.version] for release in releases):
        releases = []
    values = {"releases": releases, "tombstones": tombstones}
    pages.write(
        "releases",
        "releases/index.html",
        [{"@type": "Release", "version": release.version} for release in releases],
        values,
    )
    found: dict[str, Diff | None] = {}
    for before, after in pairwise(releases):
        was, now = folders[before.version], folders[after.version]
        found[after.version] = diff(of(before.version, was), of(after.version, now)) if was and now else None
    for place, release in enumerate(releases):
        change = found.get(release.version)
        values = {"release": release, "first": place == 0, "diff": change, "MOST": MOST, "short": short}
        pages.write(
            "release",
            f"releases/{release.version}.html",
            [{"@type": "Release", "version": release.version, "sha256": release.root_digest}],
            values,
        )


def short(value: object) -> str:
    """A value of a record as it is shown: not more than `SHORT` characters."""
    if isinstance(value, dict) and "text" in value:
        value = value["text"]
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
