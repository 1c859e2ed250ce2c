"""Where things lie: the bundled data and schemas, a corpus tree, a packed corpus."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

SCHEMA_VERSION = "1.0"
"""The version of the schemas that this package writes, checks and generates: see docs/schema-policy.md."""

PARTS = ("document", "sections", "mentions", "events", "sanctions")
"""The files of a document, and the keys of a packed one; the first is one record, the others are lists."""


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


def checkout() -> Path | None:
    """The root of the checkout that the package runs from, or None where it is installed."""
    root = PACKAGE.parent.parent
    return root if PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file() else None


def _bundled(name: str) -> Path:
    root = checkout()
    return root / name if root else PACKAGE / f"_{name}"


def is_packed(root: Path) -> bool:
    """Whether a corpus folder is packed: documents and entities in one file each, one record a line."""
    return packed_file(root, "documents").is_file()


def packed_file(root: Path, kind: str) -> Path:
    """The file of a packed corpus with its `documents` or `entities`: as plain lines, or compressed as in a release."""
    plain = root / f"{kind}.jsonl"
    return plain if plain.is_file() else root / f"{kind}.jsonl.zst"


def is_pack(root: Path) -> bool:
    """Whether a folder is a release pack: a packed corpus with a manifest, and with files besides the corpus."""
    return is_packed(root) and (root / "manifest.json").is_file()


def is_corpus(path: Path) -> bool:
    """Whether a folder is a corpus, as a tree or packed."""
    return (path / "corpus.json").is_file() and ((path / "documents").is_dir() or is_packed(path))


def is_document(path: Path) -> bool:
    """Whether a folder is one document of a corpus tree."""
    folder = path.resolve().parent
    return path.is_dir() and folder.name == "documents" and is_corpus(folder.parent)


def corpus_of(path: Path) -> Path:
    """The folder of a corpus that is named by itself, or by one of its documents."""
    return path.resolve().parent.parent if is_document(path) else path


def entity_path(entity: str) -> str:
    """Path of an entity's file in a corpus tree: `person:ina-torvald` -> `entities/person/ina-torvald.json`."""
    kind, _, slug = entity.partition(":")
    return f"entities/{kind}/{slug}.json"
