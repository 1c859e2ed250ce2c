"""Where a document's records lie while it is coded: reading and writing its folder in a corpus tree."""

import posixpath
import re
from pathlib import Path
from typing import Any

from cte_corpus.authoring import earlier_records as known
from cte_corpus.errors import CteError
from cte_corpus.store import bundles, canonical, folders, layout, strict
from cte_corpus.store.inside import Folder, LinkOutError
from cte_corpus.text import sources
from cte_corpus.text.limits import MAX_FILE, bounded
from cte_corpus.text.view import recipe_of, reference_text

CHECK = "run `cte check` for all that is wrong"

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
    if why := layout.why_no_name(document):
        raise CteError(why, "choose another id for the document")
    return document


def draft_path(root: Path, document: str, out: Path | None) -> Path:
    """Where a new draft of a document is written.

    Raises:
        CteError: the id of the document cannot be one, the file is there, or lies in the corpus.
    """
    target = out or Path(f"{checked_id(document)}.draft.yaml")
    if target.exists():
        raise CteError(f"{target} exists", "choose another --out, or move it away")
    if layout.real(target).is_relative_to(layout.real(root)):
        raise CteError(f"{target} lies in the corpus", "a draft quotes more than may be published; keep it elsewhere")
    return target


def entity_registry(root: Path) -> list[dict[str, Any]]:
    """The entities of a corpus tree.

    Raises:
        CteError: an entity cannot be read, or does not follow the schema.
    """
    from cte_corpus.checking.rules.schema import validator

    found = []
    for source in bundles.entities(root):
        value = load(source.data, source.path)
        if not validator("entity").is_valid(value):
            raise CteError(f"{source.path} is no entity", CHECK)
        found.append(value)
    return found


def printed_names(root: Path, but: str = "") -> list[tuple[str, str]]:
    """The names that the coded documents print of entities, each with the entity; a document may be left out.

    Raises:
        CteError: a document is nothing to go on from.
        OSError: a file cannot be read.
    """
    names: dict[tuple[str, str], None] = {}
    for path in sorted((root / "documents").iterdir()):
        if path.name != but and path.is_dir() and not path.name.startswith("."):
            for mention in read(root, path.name).get("mentions", ()):
                if mention.get("form") == "name" and "proposed" not in mention:
                    names[mention["span"]["text"], mention["entity"]] = None
    return list(names)


def last_of(root: Path, publisher: str) -> dict[str, Any]:
    """The record of the last document, by id, that a corpus has of a publisher; empty if there is none.

    Raises:
        CteError: a document is nothing to go on from.
        OSError: a file cannot be read.
    """
    for path in sorted((root / "documents").iterdir(), reverse=True):
        if path.is_dir() and not path.name.startswith("."):
            record: dict[str, Any] = read(root, path.name).get("document", {})
            if record.get("publisher") == publisher and "proposed" not in record:
                return record
    return {}


def tombstones(root: Path) -> list[dict[str, Any]]:
    """The tombstones of a corpus tree; none where it has no file of them.

    Raises:
        CteError: they cannot be read.
    """
    if not (root / "retired.json").exists():
        return []
    source = bundles.top(root, "retired.json")
    value = load(source.data, source.path)
    records = value.get("records") if isinstance(value, dict) else None
    if not isinstance(records, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in records
    ):
        raise CteError(f"{source.path} holds no tombstones", CHECK)
    return records


def read_text(path: Path, recipe: str = "") -> str:
    """The reference text of a source file, by the recipe that its name asks for if none is given.

    Raises:
        CteError: it is an HTML page, no text that is sure to be right, too large, or empty.
        OSError: the file cannot be read.
    """
    data = bounded(path, MAX_FILE)
    if sources.is_page(data, path.name):
        raise CteError(
            f"{path} is an HTML page, and what is coded is the text alone",
            "save the article's text, without menus, as .txt or .md",
        )
    try:
        text = reference_text(data, recipe or recipe_of(path.name), path.name)
    except ValueError as error:
        raise CteError(f"{path}: {error}", "save the text alone as .txt or .md, in UTF-8") from None
    if not text:
        raise CteError(f"{path} holds no text")
    return text


def read(root: Path, document: str) -> dict[str, Any]:
    """The records of a document by part, as far as it has any.

    Raises:
        CteError: the id of the document cannot be one, or what is there is nothing to go on from.
        OSError: a file cannot be read.
    """
    folder = root / "documents" / checked_id(document)
    if not folder.exists():
        return {}
    try:
        Folder(root).folder("documents").folder(document)
    except LinkOutError:
        raise CteError(f"{folder} leads out of the corpus", "put a folder in its place") from None
    parts = {}
    for part, source in bundles.document(folder).sources.items():
        value = load(source.data, source.path)
        if not known.is_part(part, value):
            raise CteError(f"{source.path} holds no records that could be taken over", CHECK)
        value.pop("$schema", None)
        parts[part] = value if part == "document" else value["records"]
    return parts


def write(root: Path, document: str, bundle: dict[str, Any]) -> None:
    """Write all parts of a document in canonical form, or none of them. Whoever calls is alone in the corpus.

    Raises:
        CteError: the id of the document cannot be one, or `corpus.json` is no corpus.
        OSError: they cannot be written; the folder is as it was.
    """
    folders.write(root / "documents" / checked_id(document), contents(bundle, schema_address(root)))


def contents(bundle: dict[str, Any], schemas: str = "") -> dict[str, bytes]:
    """The files of a document in canonical form, by their names; they name their schemas where these are given."""
    from cte_corpus.checking.rules.file import order

    found = {}
    for part in layout.PARTS:
        head = {"$schema": f"{schemas}/{part}.schema.json"} if schemas else {}
        body = bundle[part] if part == "document" else {"records": bundle[part]}
        found[f"{part}.json"] = canonical.dumps({**head, **body}, order(part))
    return found


def about(root: Path) -> dict[str, Any]:
    """What a corpus tree says of itself.

    Raises:
        CteError: `corpus.json` is no corpus.
    """
    source = bundles.top(root, "corpus.json")
    value = load(source.data, source.path)
    if not isinstance(value, dict):
        raise CteError(f"{source.path} is no description of a corpus", CHECK)
    return value


def schema_address(root: Path) -> str:
    """Where the files of a document or of an entity find the schemas, told from where `corpus.json` finds its own.

    Empty if it does not.

    Raises:
        CteError: `corpus.json` is no corpus.
    """
    own = about(root).get("$schema", "")
    if not isinstance(own, str):
        raise CteError(f"{root / 'corpus.json'} is no description of a corpus", CHECK)
    at = posixpath.dirname(own)
    return posixpath.join("../..", at) if own and "://" not in own else at


def load(data: bytes, path: str) -> Any:
    """The value of a data file.

    Raises:
        CteError: it is no strict JSON.
    """
    try:
        return strict.loads(data)
    except strict.JsonError as error:
        raise CteError(f"{path}: {error}", CHECK) from None
