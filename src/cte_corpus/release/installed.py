"""Verifying the installed package: that its files and its records are those that were published."""

from __future__ import annotations

import csv
from base64 import urlsafe_b64encode
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.published.pack import Fault, sha256_of
from cte_corpus.release import second_opinion
from cte_corpus.release.verify import Report, check_ledger, check_rules
from cte_corpus.store import layout
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cte_corpus.scale.workers import Workers

DISTRIBUTION = "cte-corpus"


def verify(workers: Workers | None = None) -> Report:
    """Verify the package that is running, by the RECORD that the installer wrote, its rules and its ledger.

    In a checkout there is no RECORD of the files, and the data may have changed since the release: then only schemas
    and rules are checked, and the report says so.

    Raises:
        CteError: the package was not installed, or another one is running than is installed.
    """
    data = layout.data_dir()
    stored = Stored(data)
    checkout = layout.checkout()
    if checkout:
        report = Report(f"checkout {checkout}, not an installed release")
        report.add("files", "a checkout has no digests of its files: `git status` says what changed", looked=False)
    else:
        found = _distribution()
        report = Report(f"{DISTRIBUTION} {found.version}, installed in {found.locate_file('')}")
        if not report.add("files", "every file is there with the digest in RECORD, and no other", _files(found)):
            return report
    says = "the records pass the bundled schemas (jsonschema)"
    if not report.add("schemas", says, second_opinion.faults(stored, layout.schema_dir(), workers)):
        return report
    version = str(stored.info["version"])
    if check_rules(report, data, version, workers):
        digest = root_digest(stored)
        if checkout:
            report.add("ledger", f"not asked of a checkout; its root digest is {digest}", looked=False)
        else:
            check_ledger(report, str(stored.info["name"]), version, digest)
    return report


def _distribution() -> Distribution:
    try:
        found = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        raise CteError(f"{DISTRIBUTION} is not installed", f"it runs from {layout.PACKAGE}") from None
    if Path(str(found.locate_file(layout.PACKAGE.name))).resolve() != layout.PACKAGE:
        hint = "run it in the environment that is meant"
        raise CteError(f"{layout.PACKAGE} is running, but {found.locate_file('')} is what is installed", hint)
    return found


def _files(found: Distribution) -> Iterator[Fault]:
    """What is missing, altered or extra, by the RECORD of the installed distribution.

    See https://packaging.python.org/en/latest/specifications/recording-installed-packages/. Compiled modules have no
    digest there and are not looked at.
    """
    listed = set()
    # `Distribution.files` leaves out what is missing, from Python 3.12 on.
    for name, digest, _ in csv.reader((found.read_text("RECORD") or "").splitlines()):
        path = Path(str(found.locate_file(name))).resolve()
        listed.add(path)
        if not digest:
            continue
        if not path.is_file():
            yield Fault(name, "missing")
        elif digest != f"sha256={_encoded(path)}":
            yield Fault(name, "altered", "not the digest in RECORD")
    if not listed:
        yield Fault("RECORD", "missing", "the installer wrote no list of files")
    for path in sorted(layout.PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and path not in listed:
            yield Fault(str(path.relative_to(layout.PACKAGE.parent)), "extra")


def _encoded(path: Path) -> str:
    """A digest as RECORD has it: base64 without its padding."""
    return urlsafe_b64encode(bytes.fromhex(sha256_of(path))).rstrip(b"=").decode()
