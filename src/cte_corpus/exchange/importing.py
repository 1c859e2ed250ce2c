"""From a file of another tool to a draft: read, mapped, put into the reference text, and joined with the records."""

from __future__ import annotations

import copy
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import drafts, folder, redraft, run, scaffold, supported
from cte_corpus.authoring.anchor import anchor
from cte_corpus.errors import CteError
from cte_corpus.exchange import mapping as maps
from cte_corpus.exchange.annotated import PARTS, Annotated, Raw
from cte_corpus.exchange.fitting import fitted
from cte_corpus.exchange.incoming import Incoming
from cte_corpus.exchange.naming import Naming
from cte_corpus.exchange.returned import returned
from cte_corpus.text.limits import MAX_FILE, bounded
from cte_corpus.text.suggest import hint
from cte_corpus.text.view import recipe_of, reference_text, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.exchange.loss import Loss

FORMATS = {
    "cas": "cas_in",
    "label-studio": "label_studio_in",
    "brat": "brat_in",
    "web-annotation": "web_annotation_in",
    "quotes": "quotes_in",
}
"""What is read, by name, each with its module here."""


class New(NamedTuple):
    """What must be told of a document that the corpus has not."""

    lang: str
    publisher: str
    genre: str | None
    """By default that of the publisher's last document."""


class Imported(NamedTuple):
    """What an import comes to."""

    draft: str
    """The draft in YAML; empty where a mapping is to be settled first."""

    text: str
    """The reference text of the document."""

    mapping: str
    """The draft of a mapping; empty where all labels are mapped."""

    changes: tuple[str, ...]
    """What was changed in records that had been exported."""

    notes: tuple[str, ...]
    """What else is to be known."""

    counts: dict[str, int]


def read(kind: str, path: Path, item: str | None, document: str, loss: Loss) -> Annotated:
    """The annotations of one document in a file.

    Args:
        kind: The format, one of FORMATS.
        path: The file or folder.
        item: What the file calls the document; needed where it holds several and none is called as in the corpus.
        document: The id of the document in the corpus.
        loss: Where to tell what has no place.

    Raises:
        CteError: it cannot be read, or it holds several documents and it is not said which is meant.
        OSError: a file cannot be read.
    """
    found: list[Annotated] = import_module(f"{__package__}.{FORMATS[kind]}").read(path, loss)
    names = [one.name for one in found]
    wanted = item or (document if document in names or len(found) > 1 else names[0])
    if names.count(wanted) != 1:
        said = f"holds {len(found):,} documents, and {names.count(wanted) or 'none'} of them is called `{wanted}`"
        shown = ", ".join(f"`{name}`" for name in names[:20]) + (", …" if len(names) > 20 else "")
        raise CteError(f"{path} {said}", f"{hint(wanted, names)} name one by --item: {shown}".strip())
    return found[names.index(wanted)]


def imported(
    found: Annotated,
    document: str,
    root: Path,
    source: tuple[bytes, str] | None,
    new: New | None,
    mapping: maps.Mapping | None,
    loss: Loss,
) -> Imported:
    """Make a draft of what was read.

    Args:
        found: The annotations.
        document: Id of the document.
        root: The corpus tree.
        source: The bytes of the source text and the name of its file; None for the text that the file itself holds.
        new: What to tell of a document that the corpus has not.
        mapping: What foreign labels become.
        loss: Where to tell what has no place.

    Raises:
        CteError: the document is not in the corpus and nothing is told of it, or there is no text, or it is not that of
            the document; or no draft can say what the records hold.
        OSError: a file cannot be read.
    """
    folder.checked_id(document)
    try:
        return _joined(found, document, root, source, new, mapping, loss)
    except (LookupError, TypeError, AttributeError):
        if found.records is None and not folder.read(root, document):
            raise
        raise CteError(
            f"the records of `{document}` are not such as were exported",
            "what travels along is not to be edited; export it again",
        ) from None


def _joined(
    found: Annotated,
    document: str,
    root: Path,
    source: tuple[bytes, str] | None,
    new: New | None,
    mapping: maps.Mapping | None,
    loss: Loss,
) -> Imported:
    old = folder.read(root, document)
    carried = found.records if found.records and found.records["document"].get("id") == document else None
    base = carried or (old if "document" in old else None)
    text = _text(found, base, source, document)
    empty = maps.Mapping({}, {}, {})
    back = _back(found, base, text, loss)
    marks, links = back.marks, back.links
    missing = maps.unmapped(marks, links, {mark.id for mark in back.kept}, mapping or empty)
    if any(missing):
        settled = mapping or empty
        whole = maps.Mapping(*(have | more for have, more in zip(settled, missing, strict=True)))
        return Imported("", text, maps.drafted(whole, marks, links), (), (), {})
    registry = folder.entity_registry(root)
    if base is not None:
        records = back.records
        draft = redraft.redraft(copy.deepcopy(records), text)
    else:
        draft, records = _begun(text, document, new, root, registry)
    naming = Naming(text, registry, folder.printed_names(root))
    incoming = Incoming(draft, records, text, mapping or empty, naming, loss)
    incoming.add(marks, links, {mark.id: mark.key for mark in back.kept})
    notes = [f"not in the entity registry: {', '.join(sorted(naming.new.values()))}"] if naming.new else []
    if carried and "document" in old and _by_id(old) != _by_id(carried):
        notes.append(
            f"the records of `{document}` were changed since they were exported; the draft has them as exported"
        )
    counts = {
        "new spans": len(marks),
        "new links": len(links),
        "there already": incoming.again,
        "changes": len(back.changes),
    }
    return Imported(redraft.written(draft), text, "", back.changes, tuple(notes), counts)


def source(path: Path | None, document: str) -> tuple[bytes, str] | None:
    """The bytes of a source text and the name of its file; of a folder the file that is called after the document.

    Raises:
        CteError: it is too large, or not there.
        OSError: it cannot be read.
    """
    if path is None:
        return None
    file = run.source_of(path, document)
    return bounded(file, MAX_FILE), file.name


class _Back(NamedTuple):
    records: Raw
    marks: tuple[Any, ...]
    links: tuple[Any, ...]
    changes: tuple[str, ...]
    kept: tuple[Any, ...]


def _back(found: Annotated, base: Raw | None, text: str, loss: Loss) -> _Back:
    """What of the annotations is ours, with what was changed, and what is new; all with offsets in the text."""
    placed = fitted(found, text, loss)
    lost = {mark.id for mark in found.marks} - {mark.id for mark in placed.marks}
    if base is None:
        return _Back({}, placed.marks, placed.links, (), ())
    keys = {record["id"] for part in PARTS for record in base[part]}
    ours = [mark for mark in found.marks if mark.key.partition("#")[0] in keys]
    if not ours and found.records is None:  # nothing of ours went out, so nothing was deleted
        return _Back(base, placed.marks, placed.links, (), ())
    if stray := [mark for mark in ours if mark.id in lost]:
        names = ", ".join(mark.key for mark in stray[:5])
        raise CteError(
            f"{len(stray)} spans of the corpus have no place in the text: {names}", "give the text that was coded"
        )
    back = returned(placed, base, loss)
    new = {mark.id for mark in back.marks}
    kept = tuple(mark for mark in placed.marks if mark.id not in new)
    return _Back(back.records, back.marks, back.links, back.changes, kept)


def _text(found: Annotated, base: Raw | None, source: tuple[bytes, str] | None, document: str) -> str:
    """The reference text: of the source that is given, or else of what the file itself holds."""
    known = base["document"].get("text", {}) if base else {}
    if source is not None:
        data, name = source
        text = _reference(data, known.get("recipe") or recipe_of(name), name)
    elif not found.text:
        raise CteError("the file holds no text", "give the source text by --text")
    else:
        is_it = sha256(found.text) == known.get("sha256")
        text = found.text if is_it else _reference(found.text.encode(), "plain-1", f"{document}.txt")
    if known and known.get("sha256") != sha256(text):
        raise CteError(f"the text is not that of `{document}`", "give the text that was coded by --text")
    if not text:
        raise CteError("the text is empty", "give the source text by --text")
    return text


def _by_id(raw: Raw) -> dict[str, Raw]:
    return {"": raw["document"]} | {one["id"]: one for part in PARTS for one in raw.get(part, ())}


def _reference(data: bytes, recipe: str, name: str) -> str:
    try:
        return reference_text(data, recipe, name)
    except ValueError as error:
        raise CteError(f"{name}: {error}", "save the text alone as .txt or .md, in UTF-8") from None


def _begun(text: str, document: str, new: New | None, root: Path, registry: list[Raw]) -> tuple[Raw, Raw]:
    """The draft of a new document without mentions, and the records that it anchors to."""
    if new is None:
        raise CteError(
            f"there is no document `{document}` in the corpus", "to begin it, tell --lang and --publisher, as `cte new`"
        )
    supported.language(new.lang)
    if new.genre:
        supported.judge(new.genre)
    owner = [entity for entity in registry if entity["id"] == new.publisher]
    last = folder.last_of(root, new.publisher)
    genre = new.genre or last.get("genre", "news-article")
    made = scaffold.scaffold(text, document, new.lang, new.publisher, genre, owner, rights=last.get("rights"))
    draft = drafts.read(made.draft) | {"mentions": {}, "events": []}
    draft.get("candidates", {}).pop("seen", None)
    return draft, anchor(copy.deepcopy(draft), text, "").bundle
