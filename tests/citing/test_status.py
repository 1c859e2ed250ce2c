"""`cte status`: what became of what was cited, against the digests and tombstones themselves."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.citing import FORMATS
from cte_corpus.citing.citation import cite, records
from cte_corpus.citing.cited import Cited, read
from cte_corpus.citing.status import Status, status
from cte_corpus.compare.diff import diff
from cte_corpus.compare.sides import side
from cte_corpus.compare.step import Step
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError, UnknownIdError
from cte_corpus.published import ledger
from cte_corpus.store.digests import record_digest
from tests.cli.conftest import Cte, cte
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["cte"]

MERGED = "alamsar-2022-marrakesh:e02"
RETIRED = "alamsar-2022-marrakesh:e99"
FIRST, SECOND = "0.1.0", "1.0.0"


def one(argument: str, corpus: Corpus | None = None) -> Status:
    (found,) = status(read(argument), corpus or Corpus())
    return found


# What became of records of the first two releases


@pytest.mark.parametrize("version", [FIRST, SECOND])
def test_every_record_of_a_release_gets_the_verdict_of_its_digest_and_tombstone(version: str) -> None:
    then, now = Corpus(version=version), Corpus()
    before, after = records(then.stored), records(now.stored)
    stones = {stone["id"]: stone for stone in now.raw_retired}
    found = status([Cited(version, key) for key in before], now)
    counts: dict[str, int] = {}
    for key, judged in zip(before, found, strict=True):
        if key in after:
            expected = "unchanged" if record_digest(before[key]) == record_digest(after[key]) else "corrected"
            assert bool(judged.changes) == (expected == "corrected"), key
        else:
            expected = "merged" if "replaced_by" in stones[key] else "retired"
            assert judged.since == stones[key]["since"]
            assert judged.why == stones[key]["reason"]
        assert judged.verdict == expected, key
        counts[judged.verdict] = counts.get(judged.verdict, 0) + 1
    assert set(counts) == {"unchanged", "corrected", "merged", "retired"}, counts


def test_a_merged_record_leads_to_one_that_is_there() -> None:
    now = Corpus()
    there = records(now.stored)
    found = status([cited for stone in now.raw_retired for cited in read(f"{stone['id']}@{SECOND}")], now)
    assert len(found) == len(now.raw_retired)
    for judged in found:
        assert (judged.verdict == "merged") == bool(judged.now)
        assert not judged.now or judged.now in there


def test_a_correction_is_named_with_the_first_release_that_has_it() -> None:
    assert one(f"gpe:marrakesh@{FIRST}").since == SECOND
    middle = Corpus(version=SECOND)
    judged = one(f"gpe:marrakesh@{FIRST}", middle)
    assert (judged.verdict, judged.since) == ("corrected", SECOND)
    assert [change.path for change in judged.changes] == ["names[2]"]
    later = one(f"org:daesh@{SECOND}")
    assert later.verdict == "corrected"
    assert later.since not in (FIRST, SECOND)


def test_the_corpus_itself_is_counted() -> None:
    judged = one(f"cte-corpus@{FIRST}", Corpus(version=SECOND))
    assert (judged.verdict, judged.since) == ("corrected", SECOND)
    assert re.fullmatch(r"\d+ of its 582 records are corrected, 0 gone; [\d,]+ new", judged.why)
    with side(FIRST) as was, side(SECOND) as now:
        assert judged.step == diff(was, now).step > Step.NONE
    assert one(f"cte-corpus@{SECOND}", Corpus(version=SECOND)).verdict == "unchanged"


# From what was cited


@pytest.mark.parametrize("form", FORMATS)
def test_a_citation_in_any_format_is_understood(form: str) -> None:
    then = Corpus(version=SECOND)
    keys = [MERGED, RETIRED, "org:daesh", "alamsar-2022-marrakesh:s04.1", "treasury-jy0772"]
    citations = [cite(then, key) for key in keys]
    text = FORMATS[form](*citations)
    found = [cited for cited in read(text) if cited.record]  # a CFF file is about the corpus, and cites it as well
    assert [(cited.record, cited.version) for cited in found] == [(key, SECOND) for key in keys]
    assert [cited.digest for cited in found] == [citation.digest for citation in citations]
    verdicts = [judged.verdict for judged in status(found, Corpus())]
    assert verdicts[:4] == ["merged", "retired", "corrected", "unchanged"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_citation_of_the_corpus_is_one_of_the_corpus(form: str) -> None:
    then = Corpus(version=SECOND)
    (found,) = read(FORMATS[form](cite(then)))
    assert (found.record, found.version, found.corpus) == ("", SECOND, "cte-corpus")
    assert one(FORMATS[form](cite(then)), then).verdict == "unchanged"


def test_a_bibliography_is_read_as_other_programs_write_it(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    entry = FORMATS["bibtex"](cite(Corpus(version=SECOND), "org:daesh")).replace("SHA-256 ", "SHA-256\n    ")
    path.write_bytes(b"\xef\xbb\xbf@book{other, title={Another}}\r\n" + entry.encode())
    assert [cited.name for cited in read(str(path))] == ["org:daesh@1.0.0"]
    assert read(str(path))[0].digest


def test_what_was_cited_from_an_unreleased_state_is_told_by_its_digest(tidewater: Path, tmp_path: Path) -> None:
    state = Corpus(tidewater)
    citation = FORMATS["text"](cite(state, "harbour-talks:e01"))
    assert one(citation, state).verdict == "unchanged"
    path = shutil.copytree(tidewater, tmp_path / "later") / "documents" / "harbour-talks" / "events.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"prominence": "main"', '"prominence": "background"', 1), encoding="utf-8")
    judged = one(citation, Corpus(tmp_path / "later"))
    assert (judged.verdict, judged.changes) == ("corrected", ())
    assert judged.why == "the ledger of this package knows no release 0.2.0, so what changed cannot be told"
    judged = one("harbour-talks:e01@0.2.0", Corpus(tmp_path / "later"))
    assert judged.verdict == "unknown"


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        ("org:nobody@1.0.0", "release 1.0.0 has no record 'org:nobody'"),
        ("org:daesh@99.0.0", "it is newer than the corpus that is asked"),
        ("org:daesh@0.0.1", "the ledger of this package knows no release 0.0.1, and no digest is given to compare"),
        (f"Record urn:cte-corpus:1.0.0:org:daesh, SHA-256 {'0' * 64}.", "its digest is not that of release 1.0.0"),
    ],
)
def test_what_cannot_be_told_says_why(argument: str, why: str) -> None:
    judged = one(argument)
    assert judged.verdict == "unknown"
    assert judged.why.startswith(why)


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("org:daesh", "'org:daesh' names no release"),
        ("nosuch.bib", "'nosuch.bib' names no release"),
        ("urn:cte-corpus:1.0", "'urn:cte-corpus:1.0' has no permanent name that is whole"),
    ],
)
def test_what_cites_nothing_is_refused(argument: str, message: str) -> None:
    with pytest.raises(CteError, match=message):
        read(argument)


def test_a_file_without_citations_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.bib").write_text("@book{other, title={Another}}", encoding="utf-8")
    with pytest.raises(CteError, match=r"empty.bib cites no corpus"):
        read(str(tmp_path / "empty.bib"))


def test_a_citation_of_another_corpus_is_refused(tidewater: Path) -> None:
    with pytest.raises(CteError, match=r"org:daesh@1.0.0 is of the corpus cte-corpus, and this is tidewater"):
        one("urn:cte-corpus:1.0.0:org:daesh", Corpus(tidewater))


# Installed, where there is no history


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a wheel installs it: without its checkout."""
    home = tmp_path_factory.mktemp("site")
    package = shutil.copytree(ROOT / "src" / "cte_corpus", home / "cte_corpus")
    shutil.copytree(ROOT / "data", package / "_data")
    shutil.copytree(ROOT / "schemas", package / "_schemas")
    return home


def asked(installed: Path, cache: Path, *arguments: str) -> list[dict[str, Any]]:
    """What the installed package says, with nothing in its cache."""
    done = subprocess.run(
        [sys.executable, "-m", "cte_corpus", "status", *arguments, "-o", "json"],
        cwd=cache,
        env=os.environ | {"PYTHONPATH": str(installed), "CTE_CACHE": str(cache / "cache"), "CTE_RELEASES": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("version", [FIRST, SECOND])
def test_an_installed_package_tells_the_verdicts_from_the_citation_alone(
    installed: Path, tmp_path: Path, version: str
) -> None:
    then = Corpus(version=version)
    keys = [MERGED, RETIRED, "org:daesh", "alamsar-2022-marrakesh:s04.1"]
    path = tmp_path / "references.bib"
    path.write_text(FORMATS["bibtex"](*(cite(then, key) for key in keys)), encoding="utf-8")
    found = asked(installed, tmp_path, str(path))
    assert [row["verdict"] for row in found] == ["merged", "retired", "corrected", "unchanged"]
    assert found[2]["why"] == f"release {version} is not at hand, so what changed cannot be told"
    assert not found[2]["changes"]


def test_an_installed_package_cannot_compare_an_id_alone(installed: Path, tmp_path: Path) -> None:
    (row,) = asked(installed, tmp_path, f"org:daesh@{FIRST}")
    assert row["verdict"] == "unknown"
    assert row["why"] == f"release {FIRST} is not at hand, and no digest is given to compare"
    (row,) = asked(installed, tmp_path, f"{MERGED}@{FIRST}")
    assert row["verdict"] == "merged"


def test_a_release_between_that_is_not_at_hand_makes_the_since_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ledger.entry(SECOND)
    nowhere = replace(entry, version="0.9.0", archive_sha256="0" * 64, root_digest="1" * 64, commit="", urls=())
    between = ledger.with_entry(nowhere)
    (tmp_path / "releases.json").write_bytes(between)
    monkeypatch.setattr(ledger, "PATH", tmp_path / "releases.json")
    assert one(f"gpe:marrakesh@{FIRST}").since == f"by {SECOND}"


# The commands


def test_the_command_says_what_changed_and_ends_with_1(cte: Cte) -> None:
    done = cte("status", f"gpe:marrakesh@{FIRST}", f"{MERGED}@{FIRST}", "--corpus-version", SECOND)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "gpe:marrakesh@0.1.0: corrected since 1.0.0, minor"
    assert lines[1].split()[:3] == ["names[2]", "(minor)", "added:"]
    assert lines[-1] == "2 cited: 1 corrected, 1 unchanged"


def test_the_command_ends_with_0_where_all_is_unchanged(cte: Cte, tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    assert cte("cite", "org:daesh", MERGED, "--corpus-version", SECOND, "--out", path).returncode == 0
    done = cte("status", path, "--corpus-version", SECOND)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("2 cited: 2 unchanged\n")


def test_cite_says_what_became_of_a_record_and_how_to_cite_it_as_it_was(cte: Cte) -> None:
    with pytest.raises(UnknownIdError, match=r"it was merged into alamsar-2022-marrakesh:e31 in 2\.0\.0: "):
        cite(Corpus(), MERGED)
    done = cte("cite", RETIRED)
    assert done.returncode == 2
    assert "help: it was retired in 2.0.0: " in done.stderr
    command = f"cite {RETIRED} --corpus-version 1.0.0"
    assert f"`cte {command}` cites it as it was" in done.stderr
    assert cte(*command.split()).returncode == 0
