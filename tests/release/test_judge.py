"""What `cte release` judges: all findings at once, against the earlier release wherever that is found."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from cte_corpus.errors import CteError
from cte_corpus.generate.schemas import FOLDER
from cte_corpus.published import history, ledger, versions
from cte_corpus.release import cut
from cte_corpus.release.earlier import earlier
from cte_corpus.release.judge import LEDGER, Source, judge, source, stands
from cte_corpus.store.stored import Stored
from tests.release import checkouts
from tests.release.checkouts import FIRST, commit, git, name_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cte_corpus.checking.result import Result

EVENTS = "data/documents/harbour-talks/events.json"
TEXTS = checkouts.ROOT / "tests" / "corpora" / "tidewater-texts"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one release, and the working directory in it."""
    root = checkouts.checkout(tmp_path / "repo")
    monkeypatch.chdir(root)
    return root


def change(path: str, edit: Callable[[Any], None]) -> None:
    value = orjson.loads(Path(path).read_bytes())
    edit(value)
    Path(path).write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def reword(value: Any) -> None:
    value["records"][7]["label"][0]["text"] = "A bomb in a fish market"


def codes(result: Result) -> list[str]:
    """What was found, the layout of files left out."""
    return sorted({item.code for item in result.diagnostics} - {"CTE012"})


def judged(repo: Path, version: str, text: Path | None = TEXTS) -> list[str]:
    return codes(judge(Source(repo, repo), version, text)[0])


# All findings at once


def test_all_that_is_wrong_is_found_at_once(repo: Path) -> None:
    name_version(repo, "1.0.1", "2026-02-28")
    change("data/documents/harbour-talks/sanctions.json", lambda value: value["records"].clear())
    change(EVENTS, lambda value: value["records"][7]["trigger"].update(text="bombed"))
    Path(f"{FOLDER}/retired.schema.json").unlink()
    Path("CITATION.cff").unlink()
    result, facts = judge(Source(repo, repo), "1.0.2", TEXTS)
    assert codes(result) == [
        *["CTE302", "CTE304"],
        *["CTE601", "CTE602", "CTE603", "CTE604", "CTE605", "CTE606", "CTE607"],
    ]
    assert facts.earlier == FIRST
    places = {(item.code, item.location.path, item.location.line) for item in result.diagnostics}
    assert {("CTE602", "CHANGELOG.md", 5), ("CTE603", "CITATION.cff", 0), ("CTE604", "pyproject.toml", 3)} <= places


def test_a_clean_checkout_may_be_released(repo: Path) -> None:
    name_version(repo, "1.0.1", "2026-02-28")
    commit(repo, "Version 1.0.1")
    result, facts = judge(Source(repo, repo), "1.0.1", TEXTS)
    assert result.ok
    assert (facts.earlier, facts.least, facts.day.value, facts.reasons) == (FIRST, "1.0.1", "2026-02-28", ())


def test_records_that_cannot_be_read_are_not_compared(repo: Path) -> None:
    name_version(repo, "1.0.1", "2026-02-28")
    Path(EVENTS).write_text("{")
    commit(repo, "Broken")
    assert judged(repo, "1.0.1") == ["CTE005"]


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("## [1.0.1]", "the section of 1.0.1 has no day"),
        ("## [1.0.1] - soon", "the section of 1.0.1 has no day, but `soon`"),
        ("## [1.0.1] - 2026-02-30", "the section of 1.0.1 has no day, but `2026-02-30`"),
        ("## [1.0.1] - 2026-02-28\n\n## [1.0.0]", "the section of 1.0.1 has no entry"),
        ("# 1.0.1", "the newest section is of 1.0.0, expected one of 1.0.1"),
    ],
)
def test_the_section_of_the_changelog(repo: Path, heading: str, message: str) -> None:
    name_version(repo, "1.0.1", "2026-02-28")
    text = Path("CHANGELOG.md").read_text()
    Path("CHANGELOG.md").write_text(text.replace("## [1.0.1] - 2026-02-28", heading))
    commit(repo, "Version 1.0.1")
    found = [item for item in judge(Source(repo, repo), "1.0.1", TEXTS)[0].diagnostics if item.code == "CTE602"]
    assert [item.message for item in found] == [message]


def test_without_a_changelog_the_file_itself_is_named(repo: Path) -> None:
    name_version(repo, "1.0.1", "2026-02-28")
    Path("CHANGELOG.md").unlink()
    commit(repo, "Version 1.0.1")
    found = judge(Source(repo, repo), "1.0.1", TEXTS)[0].diagnostics
    assert [(item.code, item.location.path, item.location.line) for item in found] == [("CTE602", "CHANGELOG.md", 0)]


# The step


@pytest.mark.parametrize("version", ["1.0.1", "1.1.0", "2.0.0"])
def test_a_larger_step_than_needed_is_allowed(repo: Path, version: str) -> None:
    change(EVENTS, reword)
    name_version(repo, version, "2026-02-28")
    commit(repo, f"Version {version}")
    assert judged(repo, version) == []


def test_before_the_first_stable_version_a_major_change_asks_for_the_second_figure(repo: Path) -> None:
    entry = ledger.ledger(repo / LEDGER)[0]
    early = ledger.with_entry(ledger.Release(**{**vars(entry), "version": "0.1.0"}), b'{"releases": []}')
    git(repo, "checkout", "-q", "HEAD~1")
    name_version(repo, "0.1.0", "2026-01-31")
    commit(repo, "Version 0.1.0")
    (repo / LEDGER).write_bytes(early)
    change(EVENTS, lambda value: value["records"][7].update(type="attack.armed_assault"))
    name_version(repo, "0.2.0", "2026-02-28")
    commit(repo, "Version 0.2.0")
    facts = judge(Source(repo, repo), "0.2.0", None)[1]
    assert (facts.least, facts.schemas) == ("0.2.0", ())
    assert facts.reasons[0].startswith("harbour-talks:e08: type")


def test_the_first_release_has_nothing_to_compare_with(repo: Path) -> None:
    (repo / LEDGER).write_bytes(b'{"releases": []}')
    commit(repo, "No release yet")
    result, facts = judge(Source(repo, repo), FIRST, TEXTS)
    assert result.ok
    assert (facts.earlier, facts.least, facts.schemas, facts.released) == ("", "", (), "")


# What vanished


def test_the_tombstone_of_a_document_stands_for_its_records(repo: Path) -> None:
    shutil.rmtree("data/documents/harbour-talks")
    name_version(repo, "2.0.0", "2026-02-28")
    commit(repo, "Version 2.0.0")
    facts = judge(Source(repo, repo), "2.0.0", None)[1]
    assert {gone.id for gone in facts.gone} >= {"harbour-talks", "harbour-talks:s01", "harbour-talks:e08"}
    change("data/retired.json", lambda value: value["records"].append(TOMBSTONE))
    commit(repo, "Tombstone")
    assert judge(Source(repo, repo), "2.0.0", None)[1].gone == ()


TOMBSTONE = {"id": "harbour-talks", "since": "2.0.0", "day": "2026-02-28", "reason": "It was withdrawn."}


def test_a_tombstone_stays(repo: Path) -> None:
    change("data/retired.json", lambda value: value["records"].clear())
    name_version(repo, "2.0.0", "2026-02-28")
    commit(repo, "Version 2.0.0")
    (found,) = [item for item in judge(Source(repo, repo), "2.0.0", TEXTS)[0].diagnostics if item.code == "CTE605"]
    assert found.message == "the tombstone of `org:harbour-press` stands in release 1.0.0, and no longer here"


# Schemas


def test_a_published_folder_of_schemas_takes_no_new_file_and_a_new_folder_is_free(repo: Path) -> None:
    shutil.copytree(FOLDER, "schemas/proposed")
    Path("schemas/proposed/more.schema.json").write_text("{}")
    assert [code for code in codes(stands(Source(repo, repo), None)[0]) if code > "CTE6"] == []
    Path(f"{FOLDER}/README.md").write_text("more")
    found = [item for item in stands(Source(repo, repo), None)[0].diagnostics if item.code == "CTE606"]
    message = "the schemas of this folder were published without it"
    assert [(item.location.path, item.message) for item in found] == [(f"{FOLDER}/README.md", message)]


# The tree


def test_the_entry_that_a_release_writes_is_no_dirt_and_any_other_change_of_the_ledger_is(repo: Path) -> None:
    name_version(repo, "1.0.1", "2026-02-28")
    commit(repo, "Version 1.0.1")
    committed = (repo / LEDGER).read_bytes()
    (first,) = ledger.read(committed)
    entry = ledger.Release(**{**vars(first), "version": "1.0.1"})
    (repo / LEDGER).write_bytes(ledger.with_entry(entry, committed))
    assert judged(repo, "1.0.1") == []
    (repo / LEDGER).write_bytes(b'{"releases": []}')
    assert judged(repo, "1.0.1") == ["CTE607"]


def test_a_folder_without_git_is_said(repo: Path) -> None:
    shutil.rmtree(repo / ".git")
    with pytest.raises(CteError, match="not a git repository"):
        judge(Source(repo, repo), "1.0.1", TEXTS)


# Where the earlier release is found


def first(repo: Path) -> ledger.Release:
    return ledger.ledger(repo / LEDGER)[0]


def events(repo: Path) -> int:
    with earlier(repo, first(repo)) as side:
        assert side.version == FIRST
        return sum(len(document["events"]) for document in side.corpus.raw_documents)


def test_the_earlier_release_is_found_in_the_history_by_its_digest(repo: Path) -> None:
    change(EVENTS, reword)
    commit(repo, "Still called 1.0.0, and not that release")
    assert history.commit(repo, first(repo)) == git(repo, "rev-parse", "HEAD~2").strip()
    assert events(repo) == 16


def test_the_earlier_release_is_found_on_another_branch(repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "other")
    change(EVENTS, reword)
    commit(repo, "Begin anew")
    assert events(repo) == 16


def test_the_earlier_release_is_found_by_its_tag(repo: Path) -> None:
    git(repo, "tag", f"v{FIRST}")
    change(EVENTS, reword)
    commit(repo, "Change")
    assert events(repo) == 16


def test_a_tag_on_other_records_is_said(repo: Path) -> None:
    change(EVENTS, reword)
    commit(repo, "Change")
    git(repo, "tag", "-a", f"v{FIRST}", "-m", "Too late")
    with pytest.raises(CteError, match=r"the tag v1\.0\.0 is not on the records of that release") as refused:
        events(repo)
    assert first(repo).root_digest in refused.value.hint


def shallow(repo: Path) -> Path:
    """A clone that holds the last commit alone, in which a record has changed."""
    change(EVENTS, reword)
    commit(repo, "Change")
    git(repo, "clone", "-q", "--depth", "1", repo.as_uri(), str(repo.parent / "shallow"))
    return repo.parent / "shallow"


def test_in_a_shallow_clone_it_is_said_what_to_fetch(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = shallow(repo)
    monkeypatch.setattr(ledger, "PATH", clone / LEDGER)
    with pytest.raises(CteError, match=r"release 1\.0\.0 is not here .* nothing says where release 1\.0\.0 is") as no:
        events(clone)
    assert no.value.hint == (
        "`git fetch --tags --unshallow` brings the history of a shallow clone; "
        "or set CTE_RELEASES to the folder or address that holds tidewater-1.0.0.tar"
    )


def test_in_a_shallow_clone_the_pack_serves(repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (repo / LEDGER).write_bytes(b'{"releases": []}')
    cut.prepare(Source(repo, repo), "2026-01-31", tmp_path / "dist")
    clone = shallow(repo)
    monkeypatch.setattr(ledger, "PATH", clone / LEDGER)
    monkeypatch.setenv(versions.CACHE, str(tmp_path / "cache"))
    monkeypatch.setenv(versions.BASE, str(tmp_path / "dist"))
    assert events(clone) == 16


# What must hold of every commit


def test_between_releases_the_version_may_lag_behind(repo: Path) -> None:
    change(EVENTS, lambda value: value["records"][7].update(type="attack.armed_assault"))
    result, facts = stands(Source(repo, repo), None)
    assert [code for code in codes(result) if code > "CTE6"] == []
    assert (facts.earlier, facts.version) == (FIRST, FIRST)


def test_what_must_hold_of_every_commit(repo: Path) -> None:
    change("data/documents/harbour-talks/sanctions.json", lambda value: value["records"].clear())
    change("data/corpus.json", lambda value: value.update(version="1.0.1"))
    published = Path(f"{FOLDER}/retired.schema.json")
    published.write_bytes(published.read_bytes() + b"\n")
    found = codes(stands(Source(repo, repo), TEXTS)[0])
    assert [code for code in found if code > "CTE6"] == ["CTE602", "CTE603", "CTE604", "CTE605", "CTE606"]


def test_a_corpus_without_a_version_is_a_finding_of_its_own(repo: Path) -> None:
    change("data/corpus.json", lambda value: value.pop("version"))
    assert codes(stands(Source(repo, repo), None)[0]) == ["CTE102"]


# What a commit holds


def test_what_a_commit_holds_is_judged_apart_from_the_tree(repo: Path) -> None:
    Path(EVENTS).write_text("{")
    with source(repo, "HEAD~1") as found:
        assert judge(found, FIRST, TEXTS)[0].diagnostics == []
        assert Stored(found.data).info["version"] == FIRST
        assert found.schemas == found.root / FOLDER
        wrong = judge(found, "1.0.1", TEXTS)[0].diagnostics
    assert {(item.code, item.location.path) for item in wrong} == {
        ("CTE602", "HEAD~1:CHANGELOG.md"),
        ("CTE603", "HEAD~1:CITATION.cff"),
        ("CTE604", "HEAD~1:data/corpus.json"),
        ("CTE604", "HEAD~1:pyproject.toml"),
    }


def test_a_commit_that_is_not_there_or_holds_no_corpus_is_said(repo: Path) -> None:
    with pytest.raises(CteError, match="no revision 'nowhere'"), source(repo, "nowhere"):
        pass
    git(repo, "rm", "-q", "-r", "data")
    commit(repo, "Nothing")
    with pytest.raises(CteError, match="no corpus in data/ at HEAD"), source(repo, "HEAD"):
        pass
