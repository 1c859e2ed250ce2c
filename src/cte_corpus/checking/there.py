"""What should lie in a corpus and does not, and what lies there and should not: code, path, message, help."""

from collections.abc import Iterator
from pathlib import Path

from cte_corpus.checking.rules.context import lost_id
from cte_corpus.checking.rules.doc import Findings, Found, Record
from cte_corpus.store import bundles, layout
from cte_corpus.store.bundles import Bundle
from cte_corpus.store.packed import Source

EMPTY = 'a file without records holds an empty list: {"records": []}'

_OUT = "move it out, or delete it"

Finding = tuple[str, str, str, str]


def strays(root: Path) -> Iterator[Finding]:
    """What does not belong at the top of a corpus, in its entity registry or among its documents.

    Raises:
        OSError: the folder cannot be read.
    """
    for path, out in bundles.strays(root):
        if out:
            yield "CTE017", path, "the link leads out of the corpus", "delete it, or put a copy there"
        else:
            also = "; a repository keeps its corpus in a folder data/" if Path(path).parent == root else ""
            yield "CTE016", path, "this does not belong in a corpus", _OUT + also


def is_none(bundle: Bundle) -> bool:
    """Whether a folder among the documents has none of the files of a document."""
    return len(bundle.missing) == len(layout.PARTS)


def of_document(bundle: Bundle) -> Iterator[Finding]:
    """What is missing in the folder of a document, and what does not belong there."""
    if is_none(bundle):
        folder = str(Path(bundle.missing[0]).parent)
        yield "CTE015", folder, "none of the five files of a document is here", "delete the folder"
    else:
        for path in bundle.missing:
            yield "CTE015", path, f"{Path(path).name} is missing", EMPTY
    for path in bundle.stray:
        yield "CTE016", path, "this does not belong in a document folder", _OUT


def twice(entity: Record, first: Record) -> Found:
    """The finding that an entity is not the first with its id."""
    return Found("CTE208", entity, f"`{entity['id']}` stands twice", "id", related=((first, "first defined here"),))


def elsewhere(entity: Record, source: Source) -> Findings:
    """Whether the file of an entity lies where its id says."""
    path = layout.entity_path(entity["id"])
    if not source.line and not source.path.endswith(path):
        slip = lost_id(layout.entity_of(source.path))  # what refers to it by its old id
        yield Found("CTE207", entity, f"expected {path} for `{entity['id']}`", "id", slip=slip)


def misnamed(document: Record, folder: str) -> Found:
    """The finding that a document lies in the folder of another."""
    return Found("CTE207", document, f"expected `{folder}`, the name of its folder, got `{document['id']}`", "id")
