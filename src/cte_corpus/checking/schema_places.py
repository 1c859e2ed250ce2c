"""Whether the schema that a file names on this machine is there: an editor looks for it, and no other rule does.

What is found here lies outside of the file, so that no verdict on its bytes holds for it.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import orjson

from cte_corpus.checking.diagnose import Placed
from cte_corpus.checking.diagnostic import Location
from cte_corpus.checking.noted import Noted
from cte_corpus.store import folders, layout
from cte_corpus.store.locate import position
from cte_corpus.store.packed import Source

CODE = "CTE022"

HELP = "`cte schema --set DIR --corpus CORPUS` copies the schemas into a folder, and all files of the corpus name them"

_NAMED = re.compile(rb'"\$schema"\s*:\s*("(?:[^"\\\x00-\x1f]|\\.)*+")')
"""In a string these quotes would be escaped, so that it is found as a key alone."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""How an address or a name begins; a drive of Windows has one letter."""


class Lost(NamedTuple):
    """A schema that is not there."""

    named: str
    """As the file names it."""

    folder: str
    """Where it should lie."""

    offset: int
    """Where it is named, in bytes."""


class Places:
    """The places where the files of a corpus say that their schemas are; each is looked at once.

    A packed corpus has the schemas in its pack, if any; nobody edits it, nor one in an installed package.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._real = str(root), str(layout.real(root))
        self._is_edited = not (layout.is_packed(root) or layout.is_installed(Path(self._real)))
        self._missing: dict[tuple[str, bytes], tuple[str, str] | None] = {}
        self._slip = cache(lambda folder: f"$schema {os.path.relpath(folder, self._real)}")
        self._entities: set[str] = set()

    def lost(self, source: Source) -> Lost | None:
        """The schema that a file names beside it or elsewhere on this machine, if it is not there."""
        found = _NAMED.search(source.data) if self._is_edited else None
        if found is None:
            return None
        home = source.path.removeprefix(self._root).rpartition("/")[0].removesuffix(f"/{folders.PENDING}")
        # What is named by `../` is the same for all folders beside this one.
        key = (home[: home.rfind("/") + 1] if found[1].startswith(b'"../') else home, found[1])
        if key not in self._missing:
            self._missing[key] = self._look(home, found[1])
        missing = self._missing[key]
        return missing and Lost(*missing, found.start())

    def _look(self, home: str, written: bytes) -> tuple[str, str] | None:
        """The schema that a file in a folder of the corpus names, and where it should lie; None where it is there."""
        try:
            named = orjson.loads(written)
        except ValueError:  # no UTF-8, or an escape that is none
            return None
        if _ADDRESS.match(named):
            return None
        target = os.path.normpath(os.path.join(self._real + home, named.partition("#")[0]))  # noqa: PTH118 -- as named
        is_there = os.path.isfile(target)  # noqa: PTH113 -- False also for what no path can be
        return None if is_there else (named, target.rpartition("/")[0])

    def note(self, source: Source, kind: str, noted: Noted) -> None:
        """Note that the schema of a file is not there, under the first of those that should lie in the same folder.

        The entity registry may be read twice in a run; its files are noted once.
        """
        lost = self.lost(source)
        if lost is None or source.path in self._entities:
            return
        if kind == "entity":
            self._entities.add(source.path)
        where = Location(source.path, *position(source.data, lost.offset), ("$schema",))
        slip = self._slip(lost.folder)  # the same where the corpus lies elsewhere
        noted.put(Placed(CODE, where, f"`{lost.named}` is not there", HELP, slip=slip))
