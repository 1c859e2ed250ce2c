"""The two sides of a comparison: a checkout, a corpus, a git revision, a pack, a version, or what is installed."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.ledger import VERSION
from cte_corpus.release import git
from cte_corpus.release.schema_diff import Schemas
from cte_corpus.store.layout import data_dir, is_corpus, schema_dir
from cte_corpus.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

REVISION = "rev:"
INSTALLED = "installed"
KINDS = "a checkout or corpus folder, `rev:<git revision>`, a pack's folder or .tar, a version, or `installed`"

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")


@dataclass(frozen=True)
class Side:
    """One state of a corpus, with the schemas that travel with it."""

    name: str
    """As it was asked for: `.`, `rev:v1.0.0`, `1.0.0`."""

    corpus: Stored
    schemas: Schemas

    @property
    def version(self) -> str:
        """Version of its data."""
        return str(self.corpus.info.get("version", "?"))


@contextmanager
def side(name: str) -> Iterator[Side]:
    """The state that a name means; what had to be unpacked for it is there as long as the context.

    Raises:
        CteError: there is no such state, or it cannot be read.
    """
    if name == INSTALLED:
        yield of(name, data_dir())
    elif name.startswith(REVISION):
        with TemporaryDirectory(prefix="cte-") as folder:
            root = Path(folder)
            git.extract(git.top(Path()), name.removeprefix(REVISION), ("data", "schemas"), root)
            if not is_corpus(root / "data"):
                raise CteError(f"no corpus in data/ at {name.removeprefix(REVISION)}")
            yield of(name, root / "data")
    else:
        yield of(name, _folder(name))


def of(name: str, data: Path) -> Side:
    """The side whose corpus lies in a folder."""
    return Side(name, Stored(data), Schemas.read(_schemas(data)))


def _folder(name: str) -> Path:
    """Where the corpus lies that a path, an address or a version means."""
    path = Path(name)
    if is_corpus(path):
        return path
    if is_corpus(path / "data"):
        return path / "data"
    from cte_corpus import versions

    if VERSION.fullmatch(name):
        return versions.locate(name)
    if _ADDRESS.match(name) or path.is_file():
        return versions.open_pack(name)
    raise CteError(f"no corpus at {name}", f"give {KINDS}")


def _schemas(data: Path) -> Path:
    """The schemas of a corpus: in a pack inside it, in a checkout beside it; without any, the installed."""
    for parent in (data, data.resolve().parent):
        found = sorted(parent.glob("schemas/v*"), key=lambda path: (len(path.name), path.name))
        if found:
            return found[-1]
    return schema_dir()
