"""Where things lie: the bundled data and schemas, a corpus tree, a packed corpus."""

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from cte_corpus.errors import CteError

PACKAGE = Path(__file__).resolve().parent.parent

SCHEMA_VERSION = "1.2"
"""The version of the schemas that this package writes, checks and generates: see docs/schema-policy.md."""

DRAFT_SCHEMA = "editor/draft.schema.json"
"""The schema of drafts, below the folder of schemas: for editors, and of no version."""

KINDS = "a corpus is a folder with corpus.json and documents/ or documents.jsonl, or a repository with that in data/"

PARTS = ("document", "sections", "mentions", "events", "sanctions")
"""The files of a document, and the keys of a packed one; the first is one record, the others are lists."""

TEXTS = (".txt", ".md", ".markdown")
"""Suffixes of source texts: what is coded is a text, and no page of the web."""

LONGEST_NAME = 200
"""Characters of a document's or an entity's own name: systems take 255 bytes, of which some are for a suffix."""

_OF_DEVICES = r"(?i:con|prn|aux|nul|(?:com|lpt)[0-9])"


@cache
def data_dir() -> Path:
    """The bundled corpus: in a checkout its `data/`, in an installed package its own copy."""
    return _bundled("data")


@cache
def schema_dir() -> Path:
    """The bundled schemas of the current version."""
    return schemas() / schema_folder(SCHEMA_VERSION)


def schemas() -> Path:
    """The bundled schemas, with a folder for each version that was published."""
    return _bundled("schemas")


def schema_folder(version: str) -> str:
    """The folder below `schemas/` of a version of the schemas: `v1` for 1.0, `v1.1` for 1.1."""
    return f"v{version.removesuffix('.0')}"


def schema_versions() -> list[str]:
    """The versions of the schemas that were published, up to that of this package."""
    found = [path.name[1:] for path in schemas().iterdir() if path.name.startswith("v")]
    return sorted(name if "." in name else f"{name}.0" for name in found)


def checkout() -> Path | None:
    """The root of the checkout that the package runs from, or None where it is installed."""
    root = PACKAGE.parent.parent
    return root if PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file() else None


def is_installed(path: Path) -> bool:
    """Whether a resolved path lies in an installed package, this one or another."""
    inside = checkout() is None and path.is_relative_to(PACKAGE)
    return inside or not {"site-packages", "dist-packages"}.isdisjoint(path.parts)


def _bundled(name: str) -> Path:
    root = checkout()
    return root / name if root else PACKAGE / f"_{name}"


def is_packed(root: Path) -> bool:
    """Whether a corpus folder is packed: documents and entities in files of one record per line."""
    return any((root / name).is_file() for name in packed_files(root, "documents"))


def packed_files(root: Path, kind: str) -> list[str]:
    """The names of the files of a packed corpus with its `documents` or `entities`, in the order of their records.

    One file, as plain lines or compressed as in a release; or shards, of which each says how many there are:
    `documents-00000-of-00012.jsonl.zst`. Of shards that are missing the names are here as well.
    """
    for name in (f"{kind}.jsonl", f"{kind}.jsonl.zst"):
        if (root / name).is_file():
            return [name]
    found = (re.fullmatch(_SHARD, path.name) for path in sorted(root.glob(f"{kind}-*.jsonl*")))
    first = next(filter(None, found), None)
    if first is None:
        return [f"{kind}.jsonl.zst"]
    return [f"{kind}-{number:05d}-of-{first[1]}{first[2]}" for number in range(int(first[1]))]


_SHARD = r"[a-z]+-[0-9]{5}-of-([0-9]{5})(\.jsonl(?:\.zst)?)"


def is_pack(root: Path) -> bool:
    """Whether a folder is a release pack: a packed corpus with a manifest, and with files besides the corpus."""
    return is_packed(root) and (root / "manifest.json").is_file()


def is_corpus(path: Path) -> bool:
    """Whether a folder is a corpus, as a tree or packed."""
    return (path / "corpus.json").is_file() and ((path / "documents").is_dir() or is_packed(path))


def is_archive(path: str | Path) -> bool:
    """Whether a corpus is named by an archive: a path that ends in `.tar`, or an address."""
    return "://" in str(path) or str(path).endswith(".tar")


def corpus_in(path: Path) -> Path | None:
    """The corpus that a folder is, or that it holds in `data/` as the root of a repository does; None if neither."""
    return next((folder for folder in (path, path / "data") if is_corpus(folder)), None)


def corpus_dir(path: Path, also: str = "") -> Path:
    """The folder of the corpus that a path names: the path itself, or the `data/` of a repository's root.

    Raises:
        CteError: it names none; the hint says what a corpus is and what is taken `also`, and names the corpora near it.
    """
    found = corpus_in(path)
    if found is None:
        kinds = f"{KINDS}{also}" if path.exists() else "there is no such path"
        raise CteError(f"no corpus at {path}", f"{kinds}{near(path)}")
    return found


def near(path: Path) -> str:
    """`; near it: …`, up to four corpora around a path that names none; empty where there are none."""
    found = dict.fromkeys(os.path.relpath(folder) for folder in _around(real(path)))
    return f"; near it: {', '.join(islice(found, 4))}" if found else ""


def _around(path: Path) -> Iterator[Path]:
    """The corpora up to two levels above a path, and two below it, or below its parent where it is no folder."""
    here = path if path.is_dir() else path.parent
    above = (corpus_in(folder) for folder in path.parents[:2])
    below = (file.parent for pattern in ("*", "*/*") for file in sorted(here.glob(f"{pattern}/corpus.json")))
    yield from filter(None, (*above, *filter(is_corpus, below)))


def source_texts(folder: Path) -> dict[str, list[str]]:
    """The names of the source texts in a folder, by the ids of their documents: drafts, backups and folders are none.

    Raises:
        OSError: the folder cannot be read.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in TEXTS and not path.is_dir():
            found.setdefault(path.stem, []).append(path.name)
    return found


def source_text(names: dict[str, list[str]], document: str, folder: Path) -> str | None:
    """The name of a document's source text among those in a folder; None if there is none.

    Raises:
        CteError: it has several.
    """
    found = names.get(document, [])
    if len(found) > 1:
        raise CteError(
            f"{folder} has {' and '.join(found)}, texts of one document", "leave the one that was coded there"
        )
    return found[0] if found else None


def why_no_name(slug: str) -> str:
    """Why some systems can have no file or folder of that name, in words; empty where all can."""
    if re.fullmatch(_OF_DEVICES, slug):
        return f"Windows can have no file or folder called `{slug}`"
    return f"a name has at most {LONGEST_NAME} characters, this has {len(slug):,}" if len(slug) > LONGEST_NAME else ""


def real(path: Path) -> Path:
    """A path without links, as far as it has none that lead in a circle: `Path.resolve` ends there with an error."""
    return Path(os.path.realpath(path))


def is_document(path: Path) -> bool:
    """Whether a folder is one document of a corpus tree."""
    folder = real(path).parent
    return path.is_dir() and folder.name == "documents" and is_corpus(folder.parent)


def corpus_of(path: Path) -> Path:
    """The folder of a corpus that is named by itself, or by one of its documents."""
    return real(path).parent.parent if is_document(path) else path


def entity_path(entity: str) -> str:
    """Path of an entity's file in a corpus tree: `person:ina-torvald` -> `entities/person/ina-torvald.json`."""
    kind, _, slug = entity.partition(":")
    return f"entities/{kind}/{slug}.json"


def may_stand(root: Path, name: str) -> bool:
    """Whether a record may have an id: of an entity in a tree, whether there is its file."""
    try:
        return (
            not (root / "entities" / name.partition(":")[0]).is_dir()
            or (root / entity_path(name)).is_file()
            or is_packed(root)
        )
    except OSError:
        return True  # it cannot be seen


ENTITY_CLASSES = frozenset({"person", "org", "gpe", "loc", "group", "work"})
"""With one of these and a colon the id of an entity begins; those of other records, with their document's."""


def entity_of(path: str) -> str:
    """The entity whose file lies at a path: the other way round."""
    folder, _, name = path.rpartition("/")
    return f"{folder.rpartition('/')[2]}:{name.removesuffix('.json')}"
