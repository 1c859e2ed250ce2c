"""Anchoring a draft file: read, resolve, write; and the way back, from records to a draft."""

import copy
import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from cte_corpus.authoring import additions, drafts, folder, redraft, released
from cte_corpus.authoring.anchor import Anchored, anchor
from cte_corpus.authoring.ids import Ids
from cte_corpus.errors import CteError
from cte_corpus.store import folders, layout
from cte_corpus.text.limits import MAX_FILE, bounded
from cte_corpus.text.view import recipe_of, sha256


class Coded(NamedTuple):
    """A text that is coded."""

    text: str
    """By its recipe."""
    recipe: str
    source_sha256: str
    """Of the source file."""
    old: dict[str, Any]
    """The records so far, by part."""


def anchor_file(draft_path: Path, text_path: Path, root: Path, *, renumber: bool = False) -> Anchored:
    """Anchor a draft and write the document's folder; nothing is written where there are problems.

    Args:
        draft_path: The draft, YAML or JSON.
        text_path: The source text, or a folder with the file named by the document's id.
        root: The corpus tree.
        renumber: Whether to give all ids anew, in text order.

    Raises:
        CteError: the draft or the text cannot be read, the text is not the one of the records, or the document was
            published and is to be renumbered.
        OSError: a file cannot be read or written.
    """
    draft = drafts.load(draft_path)
    name = name_of(draft)
    with folders.writing(root):  # what is written follows from what was there
        folders.clear(root, name)
        return _anchored(draft, text_path, root, name, renumber)


def _anchored(draft: dict[str, Any], text_path: Path, root: Path, name: str, renumber: bool) -> Anchored:
    document = draft["document"]
    if not isinstance(document, dict) and "document" not in folder.read(root, name):
        raise CteError(f"there is no document `{name}` in {root}", "give its record as `document`, or run `cte new`")
    text, recipe, source, old = coded(name, text_path, root)
    ids = _ids(root, name, old, renumber)
    anchored = anchor(draft, text, source, old, recipe, ids)
    changed = old.get("document", {}).get("text", {}).get("sha256", "") not in (
        "",
        anchored.bundle["document"]["text"]["sha256"],
    )
    if changed and not {"sections", "mentions", "events"} <= draft.keys():
        raise CteError(
            f"{text_path} is not the text of `{name}`", "offsets of the parts that the draft leaves out would shift"
        )
    if not anchored.problems:
        folder.write(root, name, anchored.bundle)
    return anchored


def draft_of(root: Path, name: str, text_path: Path) -> str:
    """The draft, in YAML, that anchors to exactly the records of a document.

    Args:
        root: The corpus tree.
        name: Id of the document.
        text_path: The source text, or a folder with the file named by the document's id.

    Raises:
        CteError: there is no such document, the text is not its text, or no draft can say what its records hold.
        OSError: a file cannot be read.
    """
    old = folder.read(root, name)
    if old.keys() != set(layout.PARTS):
        raise CteError(f"there is no whole document `{name}` in {root}", "`cte list documents` lists them")
    found = source_of(text_path, name)
    known = old["document"].get("text", {})
    text = folder.read_text(found, known.get("recipe", ""))
    if known.get("sha256") != sha256(text):
        raise CteError(f"{found} is not the text of `{name}`", "give the text that was coded")
    try:
        written = redraft.yaml(copy.deepcopy(old), text)
        tried = anchor(
            drafts.read(written), text, known.get("source_sha256", ""), {"document": old["document"]}, known["recipe"]
        )
    except (LookupError, TypeError, AttributeError):
        raise CteError(f"the records of `{name}` break the rules", folder.CHECK) from None
    wrong = [part for part in layout.PARTS if tried.bundle[part] != old[part]]
    if tried.problems or wrong:
        what = tried.problems[0] if tried.problems else f"its {wrong[0]}"
        raise CteError(f"no draft can say what the records of `{name}` hold: {what}", folder.CHECK)
    return written


def propose_again(draft_path: Path, text_path: Path, root: Path) -> additions.Additions:
    """Add to a draft what its text can be found to name by now; the draft is not written.

    Raises:
        CteError: the draft or the text cannot be read, or the sections or mentions of the draft are to be mended first.
        OSError: a file cannot be read.
    """
    source = drafts.written(draft_path)
    name = name_of(source.value)
    if not {"sections", "mentions"} <= source.value.keys():
        raise CteError(f"{draft_path} has no sections and mentions to add to", "write a whole one with `cte draft`")
    text, _, _, old = coded(name, text_path, root)
    anchored = anchor(copy.deepcopy(source.value), text, "", old)
    wrong = [one for one in anchored.problems if one.startswith(("sections", "mentions")) and "choose the" not in one]
    if wrong:
        raise CteError(f"mend this first: {wrong[0]}", "`cte anchor` says all that is to be mended")
    return additions.propose(
        source, text, anchored.bundle, anchored.places, folder.entity_registry(root), folder.printed_names(root, name)
    )


def name_of(draft: dict[str, Any]) -> str:
    """The id of the document of a draft.

    Raises:
        CteError: it cannot be one.
    """
    document = draft["document"]
    return folder.checked_id(document["id"] if isinstance(document, dict) else document)


def coded(name: str, text_path: Path, root: Path) -> Coded:
    """The text of a document, and the records that it has so far.

    Raises:
        CteError: the text or the records cannot be read.
        OSError: a file cannot be read.
    """
    old = folder.read(root, name)
    found = source_of(text_path, name)
    recipe = old.get("document", {}).get("text", {}).get("recipe", recipe_of(found.name))
    source = hashlib.sha256(bounded(found, MAX_FILE)).hexdigest()
    return Coded(folder.read_text(found, recipe), recipe, source, old)


def source_of(text_path: Path, name: str) -> Path:
    """The file with the source text of a document.

    Raises:
        CteError: the folder has none.
    """
    if not text_path.is_dir():
        return text_path
    own = layout.source_text(layout.source_texts(text_path), name, text_path)
    if own is None:
        raise CteError(f"no text named {name}.txt or .md in {text_path}", "give the file")
    return text_path / own


def _ids(root: Path, name: str, old: dict[str, Any], renumber: bool) -> Ids:
    release, published = released.ids(root, name)
    retired = [record["id"] for record in folder.tombstones(root)]
    ids = Ids(name, old, retired, published, renumber=renumber)
    if renumber and (published or ids.retired):
        raise CteError(
            f"`{name}` was published in {release or 'a release'}, and its ids stay",
            "leave --renumber out: what is still there keeps its id",
        )
    return ids
