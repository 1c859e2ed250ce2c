"""The two sides of a comparison: a checkout, a corpus, a git revision, a pack, a version, or what is installed."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cte_corpus.compare.schema_diff import Schemas
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import git, history, versions
from cte_corpus.published.pack import VERSION
from cte_corpus.store.layout import corpus_in, data_dir, is_archive, is_corpus, near, real, schema_dir, schema_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

REVISION = "rev:"
INSTALLED = "installed"
KINDS = "a checkout or corpus folder, `rev:<git revision>`, a pack's folder or .tar, a version, or `installed`"


@dataclass(frozen=True)
class Side:
    """One state of a corpus, with the schemas that travel with it."""

    name: str
    """As it was asked for: `.`, `rev:v1.0.0`, `1.0.0`."""

    corpus: Corpus
    schemas: Schemas

    @property
    def version(self) -> str:
        """Version of its data."""
        return self.corpus.version


@contextmanager
def side(name: str) -> Iterator[Side]:
    """The state that a name means; what had to be unpacked for it is there as long as the context.

    Raises:
        CteError: there is no such state, or it cannot be read.
    """
    if name.startswith(REVISION):
        revision = name.removeprefix(REVISION)
        with TemporaryDirectory(prefix="cte-") as unpacked:
            root = git.top(Path())
            git.extract(root, revision, history.FOLDERS, Path(unpacked))
            if not is_corpus(Path(unpacked) / "data"):
                raise CteError(f"no corpus in data/ at revision {revision!r} of {root}", f"give {KINDS}")
            yield of(name, Path(unpacked) / "data")
    else:
        yield of(name, folder(name))


def of(name: str, data: Path) -> Side:
    """The side whose corpus lies in a folder.

    Raises:
        CteError: its schemas cannot be found.
    """
    corpus = Corpus(data)
    return Side(name, corpus, Schemas.read(_schemas(corpus)))


def folder(name: str, kinds: str = KINDS) -> Path:
    """Where the corpus lies that a path, an address or a version means; `kinds` says what else can be given.

    Raises:
        CteError: there is none, or it cannot be had.
    """
    if name == INSTALLED:
        return data_dir()
    path = Path(name)
    if found := corpus_in(path):
        return found
    if VERSION.fullmatch(name):
        return versions.locate(name)
    if is_archive(name) or path.is_file():
        return versions.open_pack(name)
    raise CteError(f"no corpus at {name}", f"give {kinds}{near(path)}")


def _schemas(corpus: Corpus) -> Path:
    """The schemas that a corpus follows: in a pack inside it, in a checkout beside it, or those of the package."""
    version = str(corpus.stored.info.get("schema_version"))
    if not re.fullmatch(r"\d+\.\d+", version):
        raise CteError(f"{corpus.path / 'corpus.json'} names no version of the schemas", "run `cte check`")
    homes = (corpus.path / "schemas", real(corpus.path).parent / "schemas", schema_dir().parent)
    for home in homes:
        if (home / schema_folder(version)).is_dir():
            return home / schema_folder(version)
    raise CteError(
        f"no schemas {version} with the corpus at {corpus.path}, nor in this package",
        f"they belong into schemas/{schema_folder(version)} beside it, or take the package that came with it",
    )
