"""Building the site: the documents a group at a time, then the pages that show all of them."""

from __future__ import annotations

import gc
import hashlib
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cte_corpus.citing.citation import Citation, released
from cte_corpus.errors import CteError
from cte_corpus.explorer import codes, drawing, entities, front, gather, lists, past, searching
from cte_corpus.explorer.connections import Connections
from cte_corpus.explorer.groups import groups, together
from cte_corpus.explorer.open_texts import Texts
from cte_corpus.explorer.pages import Pages
from cte_corpus.explorer.shared import Shared, repository
from cte_corpus.explorer.spool import Row, Spool
from cte_corpus.show.lookup import linked
from cte_corpus.store.digests import LISTED, record_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.corpus.corpus import Corpus

Raw = dict[str, Any]

MARK = "site.txt"
"""A file by which a folder is known as a site of ours: only such a one, or an empty one, is replaced."""


def build(corpus: Corpus, out: Path, *, text: Path | None = None, docs: Path | None = None) -> int:
    """Write the site of a corpus into a folder; how many records can be searched for.

    What lay there is replaced when all is written, so that a reader finds the old site or the new one.

    Args:
        corpus: The corpus.
        out: A new or empty folder, or one in which a site was written before.
        text: A folder of source texts: those whose rights are open are shown.
        docs: A folder with the built documentation, which is copied into `docs/`.

    Raises:
        CteError: the folder holds something else; an extra is missing; the corpus cannot be read.
    """
    free(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as work:
        site, spool = Path(work) / "site", Spool(Path(work) / "spool")
        site.mkdir()
        try:
            number = _write(corpus, site, spool, Texts(text), docs)
        finally:
            spool.close()
        old = Path(work) / "old"
        if out.exists():
            out.rename(old)
        site.rename(out)
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


def _write(corpus: Corpus, site: Path, spool: Spool, texts: Texts, docs: Path | None) -> int:
    links, holds, coded = _surveyed(corpus, spool)
    root = hashlib.sha256()
    for line in spool.lines("digest"):
        root.update(line.encode())
    citation = Citation(corpus.info, released(corpus, root.hexdigest()), coded, root.hexdigest())
    shared = Shared(
        citation, {raw["id"]: raw for raw in corpus.raw_entities}, repository(corpus.info), docs is not None
    )
    pages = Pages(site, shared)
    for group in groups(corpus, together(links)):
        seen = gather.views(group)
        known = Connections(group, seen["contested"])
        spool.add(gather.rows(group, known, seen))
        drawing.draw(pages, group, known, texts.open(group))
        gc.collect()  # a group and its tables refer to each other, and hold what Python does not count as memory
    spool.seal()
    spool.add([*codes.entries(), *entities.entries(spool, corpus.raw_entities)])
    entities.draw(pages, spool, corpus.raw_entities, corpus.stored.raw_entities)
    entities.draw_list(pages, spool, corpus.raw_entities)
    lists.draw(pages, spool)
    codes.draw(pages, spool)
    past.draw(pages, corpus.raw_retired)
    front.draw(pages, spool, holds | {"entities": len(corpus.raw_entities)})
    front.draw_network(pages, spool)
    number = searching.write(pages, spool)
    _static(pages, docs)
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
