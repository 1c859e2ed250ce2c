"""Building the site: the documents a group at a time, then the pages that show all of them."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cte_corpus.citing.citation import Citation, released
from cte_corpus.errors import CteError
from cte_corpus.explorer import sharing
from cte_corpus.explorer.groups import together
from cte_corpus.explorer.shared import Shared, repository
from cte_corpus.explorer.spool import Row, Spool
from cte_corpus.show.lookup import linked
from cte_corpus.store.digests import LISTED, record_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.explorer.pages import Pages

Raw = dict[str, Any]

MARK = "site.txt"
"""A file by which a folder is known as a site of ours: only such a one, or an empty one, is replaced."""


def build(corpus: Corpus, out: Path, *, text: Path | None = None, docs: Path | None = None, processes: int = 1) -> int:
    """Write the site of a corpus into a folder; how many records can be searched for.

    What lay there is replaced when all is written, so that a reader finds the old site or the new one.

    Args:
        corpus: The corpus.
        out: A new or empty folder, or one in which a site was written before.
        text: A folder of source texts: those whose rights are open are shown.
        docs: A folder with the built documentation, which is copied into `docs/`.
        processes: How many may work on it at most; a small corpus takes one. Several are started anew, so that a script
            must be guarded by `if __name__ == "__main__"`.

    Raises:
        CteError: the folder holds something else; an extra is missing; the corpus cannot be read.
    """
    free(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as work:
            site, spool = Path(work) / "site", Spool(Path(work) / "spool")
            site.mkdir()
            try:
                number = _write(corpus, site, spool, text, docs, processes)
            finally:
                spool.close()
            old = Path(work) / "old"
            if out.exists():
                out.rename(old)
            site.rename(out)
    except sqlite3.OperationalError as error:  # what is spooled finds no room
        raise CteError(f"{out.parent} cannot hold the site: {error}", "is there room on the disk?") from error
    return number


def free(out: Path) -> None:
    """Check that a site may be written there.

    Raises:
        CteError: it is a file, or a folder that holds something else.
    """
    if out.is_dir() and (not any(out.iterdir()) or (out / MARK).is_file()):
        return
    if out.exists():
        raise CteError(f"{out} is there and is no site of `cte site`", "name a new or empty folder")


def _write(corpus: Corpus, site: Path, spool: Spool, text: Path | None, docs: Path | None, processes: int) -> int:
    links, holds, coded = _surveyed(corpus, spool)
    root = hashlib.sha256()
    for line in spool.lines("digest"):
        root.update(line.encode())
    citation = Citation(corpus.info, released(corpus, root.hexdigest()), coded, root.hexdigest())
    shared = Shared(
        citation, {raw["id"]: raw for raw in corpus.raw_entities}, repository(corpus.info), docs is not None
    )
    holds |= {"entities": len(corpus.raw_entities)}
    processes = min(processes, 1 + len(links) // sharing.WORTH)
    plan = sharing.Plan(corpus, shared, site, spool.path, text, together(links), holds, processes)
    number = sharing.do(plan, spool)
    _static(plan.pages(), docs)
    return number


def _surveyed(corpus: Corpus, spool: Spool) -> tuple[dict[str, set[str]], dict[str, int], str]:
    """A first look at all documents: which refer to which, how many records there are, and the last day of coding."""
    links: dict[str, set[str]] = {}
    holds = dict.fromkeys(("documents", *LISTED), 0)
    coded = ""
    for stored, raw in corpus.each_document():
        document = stored["document"]
        if document["id"] in links:
            raise CteError(f"there are two documents {document['id']}", "run `cte check` for all that is wrong")
        links[document["id"]] = linked(raw)
        holds["documents"] += 1
        for part in LISTED:
            holds[part] += len(raw[part])
        coded = max(coded, *(coder["date"] for coder in document["coding"]["coders"]))
        spool.add(_digests(stored))
    others = [("entities", record) for record in corpus.stored.raw_entities]
    others += [("retired", record) for record in corpus.stored.raw_retired]
    spool.add(_digest(table, record) for table, record in others)
    return links, holds, coded


def _digests(stored: Raw) -> Iterator[Row]:
    yield _digest("documents", stored["document"])
    for part in LISTED:
        for record in stored[part]:
            yield _digest(part, record)


def _digest(table: str, record: Raw) -> Row:
    return Row("digest", "", f"{table} {record['id']} {record_digest(record)}\n", None)


def _static(pages: Pages, docs: Path | None) -> None:
    """Style sheet, scripts, font, and the documentation."""
    shutil.copytree(Path(str(files(__package__))) / "static", pages.out / "static")
    pages.put(MARK, f"cte site, {pages.shared.info.name} {pages.shared.info.version}\n".encode())
    pages.put(".nojekyll", b"")
    if docs is not None:
        shutil.copytree(docs, pages.out / "docs", ignore=shutil.ignore_patterns(".doctrees", ".buildinfo"))
