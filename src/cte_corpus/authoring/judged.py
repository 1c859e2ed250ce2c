"""A change of a corpus is written only if the check finds nothing new in what comes of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cte_corpus.checking import engine
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from cte_corpus.checking.diagnostic import Diagnostic

SHOWN = 8
"""Findings that a refusal lists."""


class Begun(engine.Checker):
    """A run over a corpus that may have no document yet."""

    needs_documents = False


def refuse(
    before: Path,
    after: Path,
    texts: Mapping[str, Path],
    *,
    left: Collection[str] = (),
    now: Callable[[str], str] = str,
) -> list[Diagnostic]:
    """Refuse a change that brings a finding; hints are none.

    Args:
        before: The corpus tree as it was.
        after: The tree as it would be.
        texts: The source texts that are at hand, by document.
        left: Codes of findings that a change may bring.
        now: What an id, or words with it, of the state before say now.

    Returns:
        The new findings of the codes in `left`.

    Raises:
        CteError: the check finds something that it did not find before.
    """
    with TemporaryDirectory(prefix="cte-") as alone:
        for document, text in texts.items():
            shutil.copyfile(text, Path(alone) / f"{document}{text.suffix or '.txt'}")
        was, found = (
            engine.run(state, text=alone if texts else None, make=Begun).diagnostics for state in (before, after)
        )
    known = {(one.code, now(one.location.record), now(one.message)) for one in was}
    new = [one for one in found if (one.code, one.location.record, one.message) not in known and one.severity != "info"]
    if wrong := [one for one in new if one.code not in left]:
        lines = [f"{one.code} {one.location.record}: {one.message}" for one in wrong[:SHOWN]]
        lines += [f"and {len(wrong) - SHOWN} more"] * (len(wrong) > SHOWN)
        raise CteError("the corpus would no longer pass its check; nothing was written", detail="\n".join(lines))
    return new
