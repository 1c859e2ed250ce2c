"""`LICENSE-DATA`: under what terms the records may be used, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.release.facts import Facts

_TEXT = """\
The records of {title} ({name} {version})
are licensed under {licence}
(SPDX: {spdx}): {address}

Credit: "{credit}", with the version used.

The schemas (schemas/) are by the cte-corpus contributors, under the Creative
Commons Attribution 4.0 International licence (SPDX: CC-BY-4.0).

The licence covers the records. It does not cover the documents that the
records describe: these belong to their publishers, and none of their prose is
here. Names, dates, figures and trigger words are quoted as evidence only.
"""


def render(facts: Facts) -> bytes:
    """The text."""
    info = facts.info
    spdx = info.licences.records
    return _TEXT.format(
        title=info.title,
        name=info.name,
        version=info.version,
        licence=words.licence_name(spdx),
        spdx=spdx,
        address=words.licence_address(spdx),
        credit=", ".join(info.maintainers),
    ).encode()
