"""Anchoring a draft file: read, resolve, write."""

import hashlib
from pathlib import Path
from typing import Any

from cte_corpus.authoring import folder
from cte_corpus.authoring.anchor import Anchored, anchor
from cte_corpus.authoring.drafts import load
from cte_corpus.errors import CteError
from cte_corpus.store import folders, layout
from cte_corpus.text.limits import MAX_FILE, bounded
from cte_corpus.text.view import recipe_of


def anchor_file(draft_path: Path, text_path: Path, root: Path) -> Anchored:
    """Anchor a draft and write the document's folder; nothing is written where there are problems.

    Args:
        draft_path: The draft, YAML or JSON.
        text_path: The source text, or a folder with the file named by the document's id.
        root: The corpus tree.

    Raises:
        CteError: the draft or the text cannot be read, or the text is not the one of the records.
        OSError: a file cannot be read or written.
    """
    draft = load(draft_path)
    document = draft["document"]
    name = folder.checked_id(document["id"] if isinstance(document, dict) else document)
    with folders.writing(root):  # what is written follows from what was there
        folders.clear(root, name)
        return _anchored(draft, text_path, root, name)


def _anchored(draft: dict[str, Any], text_path: Path, root: Path, name: str) -> Anchored:
    document = draft["document"]
    old = folder.read(root, name)
    if not isinstance(document, dict) and "document" not in old:
        raise CteError(f"there is no document `{name}` in {root}", "give its record as `document`, or run `cte new`")
    found = text_path
    if text_path.is_dir():
        own = layout.source_text(layout.source_texts(text_path), name, text_path)
        if own is None:
            raise CteError(f"no text named {name}.txt or .md in {text_path}", "give the file")
        found = text_path / own
    known = old.get("document", {}).get("text", {})
    recipe = known.get("recipe", recipe_of(found.name))
    text = folder.read_text(found, recipe)
    source = hashlib.sha256(bounded(found, MAX_FILE)).hexdigest()
    anchored = anchor(draft, text, source, old, recipe)
    changed = known.get("sha256", "") not in ("", anchored.bundle["document"]["text"]["sha256"])
    if changed and not {"sections", "mentions", "events"} <= draft.keys():
        raise CteError(
            f"{found} is not the text of `{name}`", "offsets of the parts that the draft leaves out would shift"
        )
    if not anchored.problems:
        folder.write(root, name, anchored.bundle)
    return anchored
