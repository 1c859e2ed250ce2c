"""Cutting a release that was judged: its pack is built and verified, and entered in the ledger, which comes last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.published import git, ledger
from cte_corpus.published.ledger import Release
from cte_corpus.release.build import build
from cte_corpus.release.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.release.build import Pack
    from cte_corpus.release.judge import Source


@dataclass(frozen=True)
class Prepared:
    """A release of which everything lies ready."""

    pack: Pack
    release: Release

    entered: bool
    """False where the ledger said so already."""


def prepare(found: Source, day: str, out: Path, *, text: Path | None = None, urls: tuple[str, ...] = ()) -> Prepared:
    """Build and verify the pack of a release, and enter it in the ledger of the checkout.

    Whatever kills it, each file and folder is there as a whole or not at all, and the ledger speaks only of a pack
    that is there; run again, it does what is left to do.

    Args:
        found: What is released; judged by `release.judge`.
        day: Of the release, ISO.
        out: Where the pack's folder and archive are to be.
        text: Folder with the source texts.
        urls: Where the archive will be: whole addresses.

    Raises:
        RefusedError: the corpus has findings.
        CteError: `out` or the ledger has this version already, with other bytes or facts.
        OSError: a file cannot be written.
    """
    made = build(found.data, out, date=day, text=text, schemas=found.schemas)
    release = entry(made, git.commit(found.repo, found.revision or "HEAD") or "", urls)
    ledger.with_entry(release, found.ledger.read_bytes())  # it is said at once where it has other facts
    report = verify(made.archive)
    if not report.ok:
        first = next(fault for check in report.checks for fault in check.faults)
        raise CteError(f"{made.archive} is not sound: {first}", f"`cte verify {made.archive}` says all that is wrong")
    entered = ledger.enter(release, found.ledger)
    return Prepared(made, ledger.entry(made.manifest.version, found.ledger), entered)


def entry(made: Pack, commit: str, urls: tuple[str, ...] = ()) -> Release:
    """The entry in the ledger for a pack, built from a commit."""
    manifest = made.manifest
    schemas = {
        file.path.removeprefix("schemas/"): file.sha256 for file in manifest.files if file.path.startswith("schemas/")
    }
    return Release(
        version=manifest.version,
        schema_version=manifest.schema_version,
        date=manifest.date,
        records=manifest.records,
        root_digest=made.root_digest,
        archive=made.archive.name,
        archive_sha256=made.archive_sha256,
        archive_size=made.archive.stat().st_size,
        schemas=schemas,
        commit=commit,
        urls=urls,
    )
