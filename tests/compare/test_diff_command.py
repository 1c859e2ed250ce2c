"""`cte diff` from end to end: every kind of side, every format, and every way to go wrong."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from cte_corpus import cli
from cte_corpus.published import ledger, versions
from cte_corpus.published.ledger import Release
from cte_corpus.release.build import build
from cte_corpus.store.layout import SCHEMA_VERSION, schema_dir
from cte_corpus.text.terminal import FSI, PDI
from tests.cli.test_group import on_terminal
from tests.compare.states import ALONE, BAYAN, TALKS, commit, edit, entity, events, git, put, record, without_bayan
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "7.1.0", "7.2.0"


class Done(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def cte(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `cte diff` as the command does, in this process."""

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["cte", "diff", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Done(int(end.value.code or 0), captured.out, captured.err)

    return run


class World(NamedTuple):
    """Two states of an invented corpus, the second with one document more: as commits and as releases."""

    checkout: Path
    """A git checkout with data/ and schemas/; its working tree is the second state."""

    dist: Path
    """Holds a pack and an archive of each."""

    ledger: Path
    """Knows both as releases."""

    def archive(self, version: str) -> Path:
        return self.dist / f"tidewater-{version}.tar"

    def folder(self, version: str) -> Path:
        return self.dist / f"tidewater-{version}"


@pytest.fixture(scope="session")
def world(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("states")
    checkout, known = home / "checkout", b'{"releases": []}'
    shutil.copytree(schema_dir(), checkout / "schemas" / schema_dir().name)
    git(checkout, "init", "--quiet", "--initial-branch", "main")
    for version in (OLD, NEW):
        shutil.rmtree(checkout / "data", ignore_errors=True)
        shutil.copytree(tidewater, checkout / "data")
        edit(checkout / "data" / "corpus.json", put(version=version))
        if version == OLD:
            without_bayan(checkout / "data")
        commit(checkout, f"Data {version}")
        git(checkout, "tag", f"v{version}")
        made = build(checkout / "data", home / "dist", date="2024-02-01")
        release = Release(
            version=version, schema_version=made.manifest.schema_version, date=made.manifest.date,
            records=made.manifest.records, root_digest=made.root_digest, archive=made.archive.name,
            archive_sha256=made.archive_sha256, archive_size=made.archive.stat().st_size, schemas={},
        )  # fmt: skip
        known = ledger.with_entry(release, known)
    (home / "releases.json").write_bytes(known)
    return World(checkout, home / "dist", home / "releases.json")


@pytest.fixture
def inside(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """In the checkout, with a package that knows the releases and where they are."""
    monkeypatch.chdir(world.checkout)
    monkeypatch.setattr(ledger, "PATH", world.ledger)
    monkeypatch.setenv(versions.BASE, str(world.dist))
    monkeypatch.setenv(versions.CACHE, str(tmp_path / "cache"))
    return world


@pytest.fixture
def data(tidewater: Path, tmp_path: Path) -> Path:
    """A copy of the invented corpus, to be changed."""
    return shutil.copytree(tidewater, tmp_path / "data")


# Sides

SIDES = [
    "rev:v{version}", "{checkout}/data", "{checkout}", "{dist}/tidewater-{version}", "{dist}/tidewater-{version}.tar",
    "file://{dist}/tidewater-{version}.tar", "{version}",
]  # fmt: skip


@pytest.mark.parametrize("side", SIDES)
def test_every_kind_of_side(cte: Run, inside: World, side: str) -> None:
    name = side.format(version=NEW, **inside._asdict())
    done = cte(f"rev:v{OLD}", name, "-o", "json")
    report = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    assert report["step"] == "minor"
    assert report["from"] == {"name": f"rev:v{OLD}", "version": OLD, "schema_version": SCHEMA_VERSION}
    assert report["to"] == {"name": name, "version": NEW, "schema_version": SCHEMA_VERSION}
    assert report["removed"] == []
    assert report["schema"] == []
    documents = [item["id"] for item in report["added"] if item["table"] == "documents"]
    assert documents == [BAYAN]
    assert cte(name, f"rev:v{NEW}").code == 0


def test_revisions_by_hash_branch_and_ancestor(cte: Run, inside: World) -> None:
    by_hash = git(inside.checkout, "rev-parse", "HEAD~1")
    reports = [json.loads(cte(f"rev:{name}", "rev:main", "-o", "json").out) for name in ("HEAD~1", by_hash)]
    for report in reports:
        report["from"].pop("name")
    assert reports[0] == reports[1]
    assert reports[0]["from"]["version"] == OLD


def test_a_revision_from_a_folder_deep_inside(cte: Run, inside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(inside.checkout / "data" / "documents")
    assert cte(f"rev:v{OLD}", f"rev:v{NEW}").code == 1


def test_the_working_tree_is_what_is_on_disk_and_not_what_was_committed(
    cte: Run, inside: World, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(inside.checkout), str(clone))
    edit(events(clone / "data"), lambda value: record(value, f"{TALKS}:e01")["label"][0].update(text="Talks."))
    done = cte(f"rev:v{NEW}", clone)
    assert (done.code, done.out.splitlines()[-1]) == (1, f"Step: patch, as {TALKS}:e01: label[0].text was changed.")


def test_the_installed_corpus(cte: Run) -> None:
    done = cte("installed", ROOT)
    assert (done.code, done.out.splitlines()[-1], done.err) == (0, "No differences.", "")


def test_what_was_unpacked_is_gone_afterwards(
    cte: Run, inside: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    cte(f"rev:v{OLD}", "rev:main")
    assert list((tmp_path / "temporary").iterdir()) == []


# What is told


def test_added_documents_in_text(cte: Run, inside: World) -> None:
    lines = cte(OLD, NEW).out.splitlines()
    assert lines[0] == f"{OLD} -> {NEW}"
    at = lines.index(BAYAN)
    assert lines[at + 1] == "  + the document, with 4 sections, 14 mentions, 8 events  minor"
    assert f"  + 5 entities: {', '.join(ALONE)}  minor" in lines
    assert lines[-1].startswith("Step: minor, as gpe:iceland is new; ")
    assert re.search(r", and others\. In all: 5 entities, .*, 8 events new; 2 events changed\.$", lines[-1]), lines[-1]


def test_records_added_to_a_document_in_text(cte: Run, data: Path, tidewater: Path) -> None:
    def more(value: Any) -> None:
        value["records"] += [value["records"][0] | {"id": f"{TALKS}:e{number}"} for number in (20, 21, 22, 31)]

    edit(events(data), more)
    assert "  + 4 events: e20 to e22, e31  minor" in cte(tidewater, data).out.splitlines()
    gone = [line for line in cte(data, tidewater).out.splitlines() if line.startswith("  - ")]
    assert gone[0] == f"  - event {TALKS}:e20 removed, without a tombstone  major"
    assert len(gone) == 4


def test_a_document_that_is_gone_in_text_and_markdown(cte: Run, inside: World) -> None:
    assert (
        "  - the document, with 4 sections, 14 mentions, 8 events, removed, without a tombstone  major"
        in cte(NEW, OLD).out
    )
    markdown = cte(NEW, OLD, "-o", "markdown").out
    assert f"- document `{BAYAN}` with 4 sections, 14 mentions, 8 events (major)\n" in markdown


def test_a_retired_id_in_text_and_markdown(cte: Run, data: Path, tidewater: Path) -> None:
    entity(data, "loc:salt-islands").unlink()
    tombstone = {
        "id": "loc:salt-islands",
        "since": "0.3.0",
        "reason": "Two *names* of one <place>.",
        "replaced_by": "gpe:osterhavn",
    }
    edit(data / "retired.json", lambda value: value["records"].append(tombstone))
    text = cte(tidewater, data).out
    assert (
        "  - entity loc:salt-islands retired in 0.3.0, replaced by gpe:osterhavn: Two *names* of one <place>.  major\n"
        in text
    )
    assert "tombstone" not in text
    markdown = cte(tidewater, data, "-o", "markdown").out
    assert "#### Retired\n\n- entity `loc:salt-islands`, replaced by `gpe:osterhavn`: " in markdown
    assert ": Two \\*names\\* of one \\<place\\>. (major)\n" in markdown
    (gone,) = json.loads(cte(tidewater, data, "-o", "json").out)["removed"]
    assert gone == {"table": "entities", "id": "loc:salt-islands", "retired": tombstone}


def test_both_values_of_what_changed(cte: Run, data: Path, tidewater: Path) -> None:
    edit(events(data), lambda value: record(value, f"{TALKS}:e01").update(status="planned"))
    assert (
        f'  ~ event {TALKS}:e01\n      status  major\n        - "occurred"\n        + "planned"\n'
        in cte(tidewater, data).out
    )
    assert f'- `{TALKS}:e01` `status`: `"occurred"` → `"planned"` (major)' in cte(tidewater, data, "-o", "markdown").out
    (changed,) = json.loads(cte(tidewater, data, "-o", "json").out)["changed"]
    change = {"path": "status", "kind": "changed", "before": "occurred", "after": "planned", "step": "major"}
    assert changed == {
        "table": "events",
        "id": f"{TALKS}:e01",
        "step": "major",
        "changes": [change | {"place": False}],
    }


def test_a_list_in_another_order(cte: Run, data: Path, tidewater: Path) -> None:
    edit(events(data), lambda value: record(value, f"{TALKS}:e01")["arguments"].reverse())
    assert "      arguments in another order  patch\n" in cte(tidewater, data).out
    assert f"- `{TALKS}:e01` `arguments`: in another order (patch)" in cte(tidewater, data, "-o", "markdown").out
    report = json.loads(cte(tidewater, data, "-o", "json").out)
    assert report["changed"][0]["changes"][0]["kind"] == "reordered"
    assert report["step"] == "patch"


def test_arabic_is_isolated_in_text_and_whole_in_json(cte: Run, data: Path, tidewater: Path) -> None:
    arabic = "اجتماع ٣٦ دولة"
    edit(events(data), lambda value: record(value, f"{TALKS}:e01")["label"][1].update(text=arabic))
    for form in ("text", "markdown"):
        out = cte(tidewater, data, "-o", form).out
        assert f'"{FSI}{arabic}{PDI}"' in out
        for line in out.splitlines():
            assert line.count(FSI) == line.count(PDI)
    out = cte(tidewater, data, "-o", "json").out
    assert json.loads(out)["changed"][0]["changes"][0]["after"] == arabic
    assert FSI not in out


def test_bidi_and_control_characters_cannot_act(cte: Run, data: Path, tidewater: Path) -> None:
    edit(entity(data, "org:grey-lantern"), lambda value: value.update(kind="\u202ex\x1b[2J`\n# y"))
    for form in ("text", "markdown"):
        out = cte(tidewater, data, "-o", form).out
        assert "<U+202E>" in out
        assert "\x1b" not in out
        assert "\n# y" not in out
    assert '``"<U+202E>x\\u001b[2J`\\n# y"``' in cte(tidewater, data, "-o", "markdown").out


def test_huge_values_are_cut_in_text_and_whole_in_json(cte: Run, data: Path, tidewater: Path) -> None:
    before, after = (f"{'word ' * 4000}{middle}{' word' * 4000}" for middle in ("this", "that"))
    other = shutil.copytree(tidewater, data.parent / "other")
    edit(events(other), lambda value: record(value, f"{TALKS}:e01").update(note=before))
    edit(events(data), lambda value: record(value, f"{TALKS}:e01").update(note=after))
    done = cte(other, data)
    assert max(map(len, done.out.splitlines())) < 200
    assert '- "…d word word word word this word' in done.out
    assert '+ "…d word word word word that word' in done.out
    assert cte(other, data, "-o", "markdown").out.count("word") < 50
    assert after in cte(other, data, "--all").out
    assert after in cte(other, data, "--all", "-o", "markdown").out
    change = json.loads(cte(other, data, "-o", "json").out)["changed"][0]["changes"][0]
    assert (change["before"], change["after"]) == (before, after)
    added = cte(tidewater, data).out
    assert re.search(r'note added  patch\n        \+ "(word )+\w*…\n', added)


def test_long_lists_are_counted(cte: Run, data: Path, tidewater: Path) -> None:
    def more(value: Any) -> None:
        value["records"] = [one | {"polarity": "negative"} for one in value["records"]]
        value["records"][0].update({f"x{number:02}": number for number in range(20)})

    edit(events(data), more)
    edit(events(data, BAYAN), more)
    for number in range(20):
        shutil.copy(entity(data, "org:tidal-front"), entity(data, f"org:front-{number:02}"))
        edit(entity(data, f"org:front-{number:02}"), put(id=f"org:front-{number:02}"))
    short, long = cte(tidewater, data).out, cte(tidewater, data, "--all").out
    assert "      … 9 more changes; --all shows them\n" in short
    assert "org:front-11, and 8 more; --all shows them" in short
    assert "org:front-12" not in short
    assert "--all" not in long
    assert "x19 added" in long
    assert "org:front-19" in long
    gone = cte(data, tidewater).out
    assert gone.count("removed, without a tombstone") == 12
    assert "  … 8 more records removed; --all shows them\n" in gone
    markdown = cte(tidewater, data, "-o", "markdown").out
    assert "`org:front-11` and 8 more" in markdown


def test_what_follows_from_a_new_text_is_one_line(cte: Run, data: Path, tidewater: Path) -> None:
    from tests.compare.test_diff import shift

    shift(data / "documents" / TALKS)
    told = "offsets and digests in 3 sections, 14 mentions, 8 events, 1 sanction follow the new text"
    text = cte(tidewater, data).out
    assert f"  ~ {told}; --all shows them  major\n" in text
    assert "      text.recipe  major\n" in text
    assert "start" not in text
    assert f"- `{TALKS}`: {told} (major)" in cte(tidewater, data, "-o", "markdown").out
    assert "      trigger.start  major\n" in cte(tidewater, data, "--all").out
    report = json.loads(cte(tidewater, data, "-o", "json").out)
    assert sum(change["place"] for one in report["changed"] for change in one["changes"]) > 50


def test_schemas_in_every_format(cte: Run, inside: World, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(inside.checkout), str(clone))
    path = clone / "schemas" / schema_dir().name / "events.schema.json"
    value = json.loads(path.read_bytes())
    event = value["$defs"]["Event"]["properties"]
    event["status"]["enum"].append("dreamt")
    event["status"]["enumDescriptions"].append("It was dreamt.")
    event["mood"] = {"type": "string"}
    event["note"]["description"] = "Why."
    del event["outside"]
    path.write_text(json.dumps(value), "utf-8")
    assert cte(f"rev:v{NEW}", clone).out.partition("schemas\n")[2].splitlines() == [
        "  + code added: Event.status: dreamt  minor",
        "  - field removed: Event.outside: list of Outside  major",
        "  + field added: Event.mood: string  minor",
        "  ~ 1 description worded anew; --all shows them  patch",
        "",
        "Step: major, as Event.outside: field removed.",
    ]
    markdown = cte(f"rev:v{NEW}", clone, "-o", "markdown").out
    assert "#### Schemas\n\n- code added: `Event.status`: `dreamt` (minor)\n" in markdown
    assert "- 1 description worded anew (patch)" in markdown
    assert "description changed: Event.note: Why it is coded so" in cte(f"rev:v{NEW}", clone, "--all").out
    report = json.loads(cte(f"rev:v{NEW}", clone, "-o", "json").out)
    assert {
        "what": "code added",
        "where": ["Event.status"],
        "before": None,
        "after": "dreamt",
        "step": "minor",
    } in report["schema"]
    assert report["counts"]["schema"] == 4


def test_no_differences_in_every_format(cte: Run, tidewater: Path) -> None:
    assert cte(tidewater, tidewater) == Done(0, f"0.2.0 ({tidewater}) -> 0.2.0 ({tidewater})\n\nNo differences.\n", "")
    assert cte(tidewater, tidewater, "-o", "markdown").out == "### Data from 0.2.0 to 0.2.0: no differences\n"
    report = json.loads(cte(tidewater, tidewater, "-o", "json").out)
    assert report["step"] == "none"
    assert report["counts"] == {"added": {}, "removed": {}, "changed": {}, "schema": 0}


def test_versions_alone(cte: Run, data: Path, tidewater: Path) -> None:
    edit(data / "corpus.json", lambda value: value.update(version="0.2.1"))
    done = cte(tidewater, data)
    assert (done.code, done.out.splitlines()[-1]) == (1, "Only versions differ.")
    assert cte(tidewater, data, "-o", "markdown").out.startswith("### Data from 0.2.0 to 0.2.1: only versions differ\n")


# On a terminal


@pytest.mark.parametrize("columns", [48, 80, 200])
def test_on_a_terminal(data: Path, tidewater: Path, columns: int) -> None:
    arabic = "اجتماع تستضيفه فلتانيا في مدينة أوسترهافن " * 2
    edit(events(data), lambda value: record(value, f"{TALKS}:e01")["label"][1].update(text=arabic.strip()))
    edit(events(data), lambda value: record(value, f"{TALKS}:e02").update(status="planned"))
    code, out = on_terminal("diff", tidewater, data, "--all", columns=columns)
    assert code == 1
    assert "\x1b[31mmajor\x1b[0m" in out
    plain = re.sub("\x1b\\[[0-9;]*m|\u2068|\u2069", "", out).splitlines()
    assert all(len(line) <= columns for line in plain if str(data) not in line)
    assert all(line.count(FSI) == line.count(PDI) for line in out.splitlines())
    assert "تستضيفه" in out
    assert (arabic.strip() in out) == (columns > 100)


def test_without_color(data: Path, tidewater: Path) -> None:
    edit(events(data), lambda value: record(value, f"{TALKS}:e02").update(status="planned"))
    assert "\x1b" not in on_terminal("diff", tidewater, data, columns=80, env={"NO_COLOR": "1"})[1]


# What cannot run


@pytest.mark.parametrize(
    ("before", "message", "hint"),
    [
        ("rev:no-such", "no revision 'no-such' in ", "git fetch --unshallow"),
        ("rev:", "no revision '' in ", "a commit, a branch or a tag"),
        ("rev:--all", "no revision '--all' in ", "a commit, a branch or a tag"),
        ("rev:empty", "no corpus in data/ at revision 'empty'", "`rev:<git revision>`"),
        ("nowhere", "no corpus at nowhere", "a checkout or corpus folder"),
        ("schemas", "no corpus at schemas", "a checkout or corpus folder"),
        ("9.9.9", "no release 9.9.9 in the ledger", f"it knows {OLD}, {NEW}"),
        ("nowhere.tar", "no archive at nowhere.tar", "`cte build`"),
        ("data/corpus.json", "is no release archive", "cte build"),
        ("file:///nowhere/x.tar", "/nowhere/x.tar", ""),
    ],
)  # fmt: skip
def test_sides_that_are_not_there(cte: Run, inside: World, before: str, message: str, hint: str) -> None:
    if before == "rev:empty":
        git(inside.checkout, "branch", "--force", "empty", git(inside.checkout, "commit-tree", "-m", "Nothing", EMPTY))
    for sides in ((before, "."), (".", before)):
        done = cte(*sides)
        assert (done.code, done.out) == (2, "")
        assert message in done.err.splitlines()[0]
        assert hint in done.err


EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The tree without a file, which every git has."""


def test_no_checkout(cte: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = cte("rev:main", "installed")
    assert (done.code, done.out) == (2, "")
    assert f"git in {tmp_path}: not a git repository" in done.err
    assert "`rev:` reads the git checkout of the folder that you are in" in done.err


def test_no_git(cte: Run, inside: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = cte("rev:main", "installed")
    assert done == Done(
        2, "", "error: there is no git here\n  help: install git: revisions and releases are read from it\n"
    )


def test_a_link_out_of_a_revision(cte: Run, inside: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(inside.checkout), str(clone))
    (clone / "data" / "out").symlink_to("/etc")
    commit(clone, "A link")
    monkeypatch.chdir(clone)
    done = cte("rev:HEAD", ".")
    assert (done.code, done.out) == (2, "")
    assert "revision 'HEAD' is not taken: " in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not a JSON object"),
        ("[]", "is not a JSON object"),
        ('{"records": 1}', "has no list `records`"),
        ('{"records": [1]}', "has no list `records`"),
        ('{"records": [{}]}', "is not valid, and cannot be read"),
        ('{"records": [{"id": ["x"]}]}', "is not valid, and cannot be read"),
        ('{"records": [{"id": "x"}, {"id": "x"}]}', "has two records x in events"),
        ('{"records": [{"id": "harbour-talks:eX"}, {"id": "harbour-talks:eY"}]}', "is not valid, and cannot be read"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("broken_first", [True, False])
def test_a_broken_corpus(cte: Run, data: Path, tidewater: Path, content: str, message: str, broken_first: bool) -> None:
    events(data).write_text(content, "utf-8")
    done = cte(*((data, tidewater) if broken_first else (tidewater, data)))
    if "eX" in content and broken_first:
        assert done.code == 1  # ids that are gone need not have the right form
        return
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "cte check" in done.err


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"version": "0.2.0", "schema_version": "1"}'])
def test_a_broken_corpus_file(cte: Run, data: Path, tidewater: Path, content: str) -> None:
    (data / "corpus.json").write_text(content, "utf-8")
    done = cte(tidewater, data)
    assert (done.code, done.out) == (2, "")
    assert "cte check" in done.err


def test_a_corpus_of_a_newer_schema(cte: Run, data: Path, tidewater: Path) -> None:
    shutil.copytree(schema_dir(), data.parent / "schemas" / "v9")
    edit(data / "corpus.json", lambda value: value.update(version="9.0.0", schema_version="9.0"))
    done = cte(tidewater, data)
    assert (done.code, done.out) == (2, "")
    assert f"the corpus follows schema 9.0; this package reads up to {SCHEMA_VERSION}" in done.err
    assert 'pip install "cte-corpus>=9.0.0"' in done.err


def test_a_damaged_archive(cte: Run, inside: World, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar"
    archive = bytearray(inside.archive(NEW).read_bytes())
    archive[archive.index(b"PAR1")] ^= 1
    damaged.write_bytes(archive)
    done = cte(OLD, damaged)
    assert (done.code, done.out) == (2, "")
    assert "is not what its manifest says" in done.err
