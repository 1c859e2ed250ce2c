"""Where the files of a corpus say that their schemas are, so that an editor completes and explains what is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cte_corpus.authoring import folder
from cte_corpus.checking import rewrite
from cte_corpus.checking.rules.file import order
from cte_corpus.checking.schema_places import Places
from cte_corpus.errors import CteError
from cte_corpus.store import canonical, files, folders, layout
from cte_corpus.store.inside import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator


def name(root: Path, base: str) -> Iterator[str]:
    """Let every file of a corpus tree name its schema at a place; a folder gets what it lacks of them.

    Args:
        root: The corpus tree.
        base: An address, or a folder.

    Yields:
        The files that were written: schemas first, then those of the corpus, which are written all or none.

    Raises:
        CteError: the corpus follows schemas that this package does not have, or a file is no JSON.
        OSError: a file cannot be read or written.
    """
    version = str(folder.about(root).get("schema_version"))
    own = layout.schemas() / layout.schema_folder(version)
    if not (own / "corpus.schema.json").is_file():
        raise CteError(f"there are no schemas of version {version!r} here", folder.CHECK)
    place = layout.real(Path(base)) / own.name
    if "://" not in base:
        place.mkdir(parents=True, exist_ok=True)
        for path in (*sorted(own.glob("*.json")), layout.schemas() / layout.DRAFT_SCHEMA):
            copy = place.parent / path.relative_to(layout.schemas())
            if not copy.exists():
                copy.parent.mkdir(exist_ok=True)
                files.write(copy, path.read_bytes())
                yield str(Path(base) / copy.relative_to(place.parent))
    with folders.writing(root):
        folders.clear(root)
        changes: dict[str, bytes | None] = {}
        top = Folder(root).path
        for source, kind in rewrite.data_files(root):
            value = folder.load(source.data, source.path)
            if isinstance(value, dict):
                inside = Path(source.path).parent
                at = f"{base.rstrip('/')}/{own.name}" if "://" in base else _from(layout.real(inside), place)
                named = {**value, "$schema": f"{at}/{kind}.schema.json"}
                if named != value:
                    data = rewrite.canonical_form(canonical.dumps(named, order(kind)), kind)
                    changes[source.path.removeprefix(f"{top}/")] = data
        folders.write_tree(root, changes)
    yield from (str(root / path) for path in changes)


def lost(root: Path) -> list[str]:
    """The files of a corpus tree that name a schema, beside them or elsewhere on this machine, that is not there.

    Raises:
        OSError: a file cannot be read.
    """
    places = Places(root)
    found = ((source.path, places.lost(source)) for source, _ in rewrite.data_files(root))
    return [f"{path}: {lost.named} is not there" for path, lost in found if lost]


def modeline(root: Path, draft: Path) -> str:
    """The line at the head of a draft by which an editor finds its schema; empty where the corpus has none beside it.

    Args:
        root: The corpus tree, whose `corpus.json` says where the schemas are.
        draft: Where the draft is written.

    Raises:
        CteError: `corpus.json` is no corpus.
    """
    own = folder.about(root).get("$schema")
    if not isinstance(own, str):
        return ""
    at = f"{own.rpartition('/')[0].rpartition('/')[0]}/{layout.DRAFT_SCHEMA}"
    if "://" not in own:
        place = layout.real(root) / at
        if not place.is_file():
            return ""
        at = _from(layout.real(draft.parent), layout.real(place))
    return f"# yaml-language-server: $schema={at}\n"


def _from(inside: Path, place: Path) -> str:
    return os.path.relpath(place, inside).replace(os.sep, "/")
