"""Where a document's records lie while it is coded: reading and writing its folder in a corpus tree."""

import posixpath
import re
from pathlib import Path
from typing import Any

from cte_corpus.errors import CteError
from cte_corpus.store import bundles, canonical, files, layout, strict
from cte_corpus.text.view import recipe_of, reference_text

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def corpus(path: Path | None) -> Path:
    """The corpus tree to write to: the one given, or that of the checkout.

    Raises:
        CteError: there is none, or it is packed.
    """
    if path is None and layout.checkout() is None:
        raise CteError("no corpus to write to", "name one by --corpus; the installed one is for reading")
    root = layout.data_dir() if path is None else layout.corpus_dir(path)
    if layout.is_packed(root):
        raise CteError(f"no corpus tree at {root}", "a corpus tree holds corpus.json and documents/")
    return root


def checked_id(document: str) -> str:
    """The id of a document, if it can be one.

    Raises:
        CteError: it cannot.
    """
    if not _ID.fullmatch(document):
        raise CteError(f"`{document}` is no document id", "small letters, digits and hyphens, as harbour-talks-2022")
    return document


def entity_registry(root: Path) -> list[dict[str, Any]]:
    """The entities of a corpus tree.

    Raises:
        CteError: an entity cannot be read.
    """
    found = []
    for source in bundles.entities(root):
        value = _load(source.data, source.path)
        if not isinstance(value, dict) or not {"id", "kind", "names"} <= value.keys():
            raise CteError(f"{source.path} is no entity", "run `cte check` for all that is wrong")
        found.append(value)
    return found


def read_text(path: Path, recipe: str = "") -> str:
    """The reference text of a source file, by the recipe that its name asks for if none is given.

    Raises:
        CteError: it is not UTF-8, or empty.
        OSError: the file cannot be read.
    """
    try:
        text = reference_text(path.read_bytes(), recipe or recipe_of(path.name))
    except ValueError as error:
        raise CteError(f"{path}: {error}") from None
    if not text:
        raise CteError(f"{path} holds no text")
    return text


def read(root: Path, document: str) -> dict[str, Any]:
    """The records of a document by part, as far as it has any."""
    parts = {}
    for part in layout.PARTS:
        path = root / "documents" / checked_id(document) / f"{part}.json"
        if path.is_file():
            value = _load(path.read_bytes(), str(path))
            value.pop("$schema", None)
            parts[part] = value if part == "document" else value.get("records", [])
    return parts


def write(root: Path, document: str, bundle: dict[str, Any]) -> list[Path]:
    """Write all parts of a document in canonical form; the paths of the files.

    Raises:
        CteError: the id of the document cannot be one.
    """
    from cte_corpus.checking.rules.file import order

    folder = root / "documents" / checked_id(document)
    folder.mkdir(exist_ok=True)
    schemas = _schemas(root)
    paths = []
    for part in layout.PARTS:
        head = {"$schema": f"{schemas}/{part}.schema.json"} if schemas else {}
        body = bundle[part] if part == "document" else {"records": bundle[part]}
        path = folder / f"{part}.json"
        files.write(path, canonical.dumps({**head, **body}, order(part)))
        paths.append(path)
    return paths


def _schemas(root: Path) -> str:
    """Where a document's files find the schemas, told from where `corpus.json` finds its own; empty if it does not."""
    own = _load((root / "corpus.json").read_bytes(), str(root / "corpus.json")).get("$schema", "")
    return posixpath.join("../..", posixpath.dirname(own)) if own else ""


def _load(data: bytes, path: str) -> Any:
    try:
        return strict.loads(data)
    except strict.JsonError as error:
        raise CteError(f"{path}: {error}", "run `cte check` for all that is wrong") from None
