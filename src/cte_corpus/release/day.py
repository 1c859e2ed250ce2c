"""The day of a release: given, or found where reproducible builds look for it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.published import git, history, ledger
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.published.ledger import Release

YEARS = range(1970, 2242)
"""The years that the times in an archive can say: 11 octal digits of seconds."""

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970: see https://reproducible-builds.org/specs/source-date-epoch/."""


def release_date(corpus: Path, given: str | None = None) -> str:
    """The day of a release, ISO, in UTC.

    What is given, else SOURCE_DATE_EPOCH, else the day in the ledger if the corpus is a release that stands there, else
    the day of the last commit of the checkout that holds the corpus.

    Raises:
        CteError: what is given is no date, or none that an archive can have; or nothing is, and the corpus is in no
            commit.
    """
    if given is not None:
        return _fit(_iso(given))
    seconds = os.environ.get(VARIABLE)
    if not seconds:
        entered = next((release.date for release in ledger.ledger() if _is(corpus, release)), None)
        if entered:
            return entered
        seconds = git.committed(corpus, "corpus.json")
    if not seconds:
        raise CteError(
            f"the day of the release is not known: {corpus} is in no commit",
            f"give it with --date, or set {VARIABLE} to seconds since 1970",
        )
    try:
        return _fit(datetime.fromtimestamp(int(seconds), UTC).date())
    except (ValueError, OverflowError, OSError):
        raise CteError(f"{VARIABLE} is {seconds!r}", "it is a number of seconds since 1970") from None


def _is(corpus: Path, release: Release) -> bool:
    return Stored(corpus).info.get("version") == release.version and history.holds(corpus, release)


def _iso(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CteError(f"{given!r} is no date", "as in 2026-01-31") from None


def _fit(day: date) -> str:
    """The day, ISO, where an archive can be of it."""
    if day.year not in YEARS:
        raise CteError(f"{day} lies before {YEARS.start} or after {YEARS.stop - 1}: no archive can be of that day")
    return day.isoformat()
