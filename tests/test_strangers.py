"""What machines and habits of strangers bring: line ends, hidden files, names, suffixes, folders that are read-only."""

import json
import shutil
import threading
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from cte_corpus import Corpus, CteError
from cte_corpus.checking import engine
from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.report import Context, RuleText, render, sarif
from cte_corpus.cli import cte as group
from cte_corpus.generate import only_line_ends, write
from cte_corpus.published import pack, versions
from cte_corpus.release.build import Pack
from cte_corpus.store import layout, line_ends
from cte_corpus.text.sentences import sentences
from tests.checking.report.invented import COUNTS, PLAIN, WHOLE_FILE

ROOT = Path(__file__).parent.parent
EVENTS = Path("documents") / "harbour-talks" / "events.json"
ENTITY = Path("entities") / "org" / "grey-lantern.json"


@pytest.fixture
def root(tidewater: Path, tmp_path: Path) -> Path:
    """A copy of the invented corpus, with its texts beside it under `texts`."""
    shutil.copytree(tidewater.parent / "tidewater-texts", tmp_path / "texts")
    return Path(shutil.copytree(tidewater, tmp_path / "corpus"))


def found(root: Path, text: Path | None = None) -> list[Diagnostic]:
    return engine.run(root, text=text).diagnostics


def cte(*arguments: str | Path) -> Result:
    done = CliRunner().invoke(group, [*map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


class TestLineEnds:
    """A checkout on Windows, or an editor, may change them."""

    @pytest.mark.parametrize("end", [b"\r\n", b"\r"])
    @pytest.mark.parametrize("name", ["corpus.json", str(EVENTS), str(ENTITY), "retired.json"])
    def test_are_named_and_mended(self, root: Path, name: str, end: bytes) -> None:
        path = root / name
        before = path.read_bytes()
        path.write_bytes(before.replace(b"\n", end))
        (one,) = found(root)
        assert (one.code, one.location.line) == ("CTE012", 1)
        assert "git or an editor has changed the line ends, and nothing else" in one.message
        assert "* text=auto eol=lf" in one.help
        assert cte("fmt", root).exit_code == 0
        assert path.read_bytes() == before

    def test_with_another_change_are_not_said_to_be_all(self, root: Path) -> None:
        path = root / EVENTS
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").replace(b'"records":', b'"records" :'))
        (one,) = found(root)
        assert "not in canonical form" in one.message

    def test_of_a_packed_line_are_named(self, root: Path) -> None:
        name = "entities.jsonl"
        lines = [orjson.dumps(orjson.loads(path.read_bytes())) for path in sorted(root.glob("entities/*/*.json"))]
        (root / name).write_bytes(b"\r\n".join(lines) + b"\r\n")
        bundle = {}
        for part in layout.PARTS:
            value = orjson.loads((root / EVENTS.parent / f"{part}.json").read_bytes())
            bundle[part] = value if part == "document" else value["records"]
        (root / "documents.jsonl").write_bytes(orjson.dumps(bundle) + b"\n")
        for part in ("documents", "entities"):
            shutil.rmtree(root / part)
        ends = [item for item in found(root) if item.code == "CTE012"]
        assert len(ends) == len(lines)
        assert all("changed the line ends, and nothing else" in item.message for item in ends)

    def test_of_generated_files_are_named(self, tmp_path: Path) -> None:
        names = write(tmp_path)
        for name, end in zip(names[:3], (b"\r\n", b"\r", b"\r\n"), strict=True):
            path = tmp_path / name
            path.write_bytes(path.read_bytes().replace(b"\n", end))
        (tmp_path / names[3]).write_bytes(b"{}\r\n")
        assert only_line_ends(tmp_path) == names[:3]

    def test_of_a_pack_are_named(self, tmp_path: Path, small: Pack) -> None:
        folder = Path(shutil.copytree(small.folder, tmp_path / "pack"))
        name = next(file.path for file in pack.Manifest.read(folder).files if file.path.endswith(".md"))
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data.replace(b"\n", b"\r\n"))
        (fault,) = pack.verify_files(folder)
        assert (fault.path, fault.kind) == (name, "altered")
        assert "its line ends are not LF, and nothing else" in fault.detail
        (folder / name).write_bytes(data)
        (folder / pack.MANIFEST).write_bytes((folder / pack.MANIFEST).read_bytes().replace(b"\n", b"\r\n"))
        (fault,) = pack.verify_files(folder)
        assert fault.detail.startswith("its line ends are not LF")

    def test_are_kept_by_git(self) -> None:
        assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
        assert "* text=auto eol=lf" in line_ends.MEND


class TestHiddenFiles:
    """Files of systems, editors and git are no part of a corpus."""

    @pytest.mark.parametrize(
        "name",
        [
            ".DS_Store",
            "Thumbs.db",
            "DESKTOP.INI",
            ".git/config",
            ".gitignore",
            ".github/workflows/ci.yml",
            "documents/.ipynb_checkpoints/x.json",
            "documents/.DS_Store",
            "documents/desktop.ini",
            "documents/harbour-talks/.events.json.swp",
            "documents/harbour-talks/.idea/workspace.xml",
            "documents/harbour-talks/._events.json",
            "entities/.cache/x.json",
            "entities/org/._grey-lantern.json",
            "entities/org/thumbs.db",
        ],
    )
    def test_are_passed_over(self, root: Path, name: str) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x00\x05\x16\x07")
        assert found(root) == []
        assert len(Corpus(root).documents) == 2
        assert len(Corpus(root).entities) == 16
        assert cte("fmt", "--check", root).exit_code == 0

    @pytest.mark.parametrize("name", ["README.md", "LICENSE", "notes.txt"])
    def test_what_shows_is_found_and_said_where_to_go(self, root: Path, name: str) -> None:
        (root / name).write_bytes(b"x")
        (one,) = found(root)
        assert (one.code, one.location.path) == ("CTE016", str(root / name))
        assert "a repository keeps its corpus in a folder data/" in one.help

    @pytest.mark.parametrize("name", ["events.json~", "draft.yaml", "x/events.json"])
    def test_what_shows_in_a_document_stays_a_finding(self, root: Path, name: str) -> None:
        path = root / EVENTS.parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        assert [item.code for item in found(root)] == ["CTE016"]


class TestNames:
    """Ids whose files some systems cannot have."""

    @pytest.mark.parametrize("slug", ["con", "aux", "nul", "prn", "com0", "lpt9", "a" * 201])
    def test_of_an_entity_are_found(self, root: Path, slug: str) -> None:
        entity = orjson.loads((root / ENTITY).read_bytes()) | {"id": f"org:{slug}"}
        entity["names"] = [entity["names"][0] | {"text": "Convoy of Nine"}]
        entity.pop("identifiers", None)
        (root / ENTITY.parent / f"{slug}.json").write_bytes(orjson.dumps(entity))
        items = [item for item in found(root) if item.code == "CTE207"]
        assert [item.location.record[:150] for item in items] == [f"org:{slug}"[:150]]
        assert ("Windows can have no file or folder called" in items[0].message) == (len(slug) < 9)

    @pytest.mark.parametrize("slug", ["con", "lpt1", "nul"])
    def test_of_a_document_are_found_and_not_made(self, root: Path, slug: str) -> None:
        folder = root / "documents" / slug
        (root / EVENTS.parent).rename(folder)
        for path in folder.glob("*.json"):
            path.write_bytes(path.read_bytes().replace(b'"harbour-talks', f'"{slug}'.encode()))
        assert "CTE207" in {item.code for item in found(folder)}
        text = root.parent / "texts" / "harbour-talks.txt"
        shutil.rmtree(folder)
        new = [
            "new",
            str(text),
            "--document",
            slug,
            "--lang",
            "en",
            "--publisher",
            "org:tidewater-post",
            "--corpus",
            str(root),
        ]
        error = CliRunner().invoke(group, new).exception
        assert isinstance(error, CteError)
        assert error.message == f"Windows can have no file or folder called `{slug}`"

    @pytest.mark.parametrize("slug", ["console", "com", "com10", "aux-corps", "null", "lpt", "a" * 200])
    def test_that_only_look_like_them_are_held(self, slug: str) -> None:
        assert layout.why_no_name(slug) == ""


class TestFoldersOfTexts:
    """Of what lies in a folder of texts, texts are read."""

    @pytest.mark.parametrize("name", ["draft.yaml", "bak", "d/x", "html", "txt~", "txt.orig", "json"])
    def test_what_is_none_is_left_alone(self, root: Path, name: str) -> None:
        texts = root.parent / "texts"
        path = texts / f"harbour-talks.{name}"
        path.parent.mkdir(exist_ok=True)
        path.write_text("old")
        assert found(root, texts) == []
        (texts / "harbour-talks.txt").rename(texts / "harbour-talks.TXT")
        assert found(root, texts) == []
        (texts / "harbour-talks.TXT").unlink()
        assert [(item.code, item.location.record) for item in found(root, texts)] == [("CTE317", "harbour-talks")]

    @pytest.mark.parametrize("other", ["md", "markdown", "MD"])
    def test_two_of_one_document_are_refused_by_name(self, root: Path, other: str) -> None:
        texts = root.parent / "texts"
        shutil.copy(texts / "harbour-talks.txt", texts / f"harbour-talks.{other}")
        names = " and ".join(sorted(["harbour-talks.txt", f"harbour-talks.{other}"]))
        with pytest.raises(CteError, match=f"{texts} has {names}, texts of one document"):
            found(root, texts)
        (texts / "another.md").write_text("x")
        (texts / "another.txt").write_text("x")  # of a document that is not here
        assert found(root / "documents" / "bayan-al-marfa", texts) == []


class TestCaches:
    """A folder that cannot be written, as in a home that is read-only."""

    @pytest.mark.parametrize("place", ["/proc/nope", "file/below", "/dev/null"])
    def test_is_named_with_what_to_do(
        self, place: str, small: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_bytes(b"")
        folder = tmp_path / place
        monkeypatch.setenv(versions.CACHE, str(folder))
        with pytest.raises(CteError, match=f"the cache {folder} cannot be written: .+") as error:
            Corpus(small.archive)
        assert error.value.hint == "name another folder in the environment variable CTE_CACHE"

    def test_is_not_missed_by_a_check(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(versions.CACHE, "/proc/nope")
        assert cte("check", root).exit_code == 0

    def test_has_no_home(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def homeless() -> Path:
            raise RuntimeError("Could not determine home directory.")

        monkeypatch.delenv(versions.CACHE, raising=False)
        monkeypatch.setattr(Path, "home", homeless)
        assert versions.cache() == Path("/dev/null/cte-corpus")


class TestCodeScanning:
    """Paths from the root of the repository, and no more results than are shown."""

    def uris(self, root: Path, monkeypatch: pytest.MonkeyPatch, folder: str, *named: str) -> set[str]:
        monkeypatch.chdir(root / folder)
        log = json.loads(cte("check", *named, "-o", "sarif").output)
        places = [result["locations"][0] for result in log["runs"][0]["results"]]
        return {place["physicalLocation"]["artifactLocation"]["uri"] for place in places}

    @pytest.mark.parametrize(
        ("folder", "named"), [("", "data"), ("data", "."), ("data/documents", ".."), ("docs", "../data")]
    )
    def test_paths_lead_from_the_repository(
        self, root: Path, folder: str, named: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        repo = root.parent
        root.rename(repo / "data")
        (repo / ".git").mkdir()
        (repo / "docs").mkdir()
        (repo / "data" / ENTITY).unlink()
        uris = self.uris(repo, monkeypatch, folder, named)
        assert uris
        assert all(uri.startswith("data/documents/") for uri in uris)
        assert self.uris(repo, monkeypatch, folder, str(repo / "data")) == uris

    def test_paths_outside_stay(self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        repo = tmp_path / "repo"
        (repo / ".git").mkdir(parents=True)
        (root / ENTITY).unlink()
        uris = self.uris(repo, monkeypatch, "", str(root))
        assert all(uri.startswith(f"{root.as_uri()}/documents/") for uri in uris)

    def test_what_is_too_much_is_cut_and_said(self) -> None:
        many = [WHOLE_FILE] * sarif.MOST + [PLAIN] * 3
        texts = {item.code: RuleText(item.name, "x", item.severity, "y") for item in (PLAIN, WHOLE_FILE)}
        (run,) = json.loads(render("sarif", many, Context("9.9.9", COUNTS, texts, {})))["runs"]
        assert len(run["results"]) == sarif.MOST
        assert [result["ruleId"] for result in run["results"][:4]] == ["CTE201"] * 3 + ["CTE012"]
        (note,) = run["invocations"][0]["toolExecutionNotifications"]
        assert note["message"]["text"].startswith("3 of 5,003 findings are not in this report")
        (run,) = json.loads(render("sarif", many[:5], Context("9.9.9", COUNTS, texts, {})))["runs"]
        assert "invocations" not in run


ELLIPSES = ("...", "…", "....", ". . .", "……")


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("ar", "وقال سامي: «لن نغلق الباب{} أبدا».", 1),
        ("en", "She said: “No{} Never.” And left.", 2),
        ("en", 'Ina asked: "Who{} What for?" Nobody knew.', 2),
        ("en", "“We left{} Nobody stayed", 1),
        ("en", "He left{} Nobody stayed.", 2),
    ],
)
def test_an_ellipsis_cuts_alike_however_it_is_written(lang: str, text: str, count: int) -> None:
    for mark in ELLIPSES:
        line = text.replace("{}", mark)
        assert len(sentences(line, 0, len(line), lang)) == count, line


ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202e"
PRINTING = (
    ("show", "harbour-talks"),
    ("show", "harbour-talks:e01"),
    ("show", "org:grey-lantern"),
    ("list", "events"),
    ("list", "entities"),
    ("find", "grey"),
    ("find", "meeting"),
    ("stats",),
    ("cite", "harbour-talks"),
    ("sql", "select id, label, note from events"),
    ("sql", "select id, label, note from events", "-o", "csv"),
    ("check",),
    ("check", "-o", "full"),
    ("check", "-o", "github"),
    ("check", "-o", "sarif"),
)


@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_no_command_sends_a_terminal_what_it_would_obey(root: Path, command: tuple[str, ...]) -> None:
    """Escape codes in a label, a note, a name and a title are written out, whatever prints them."""

    def spoil(path: Path, *keys: str) -> None:
        value = orjson.loads(path.read_bytes())
        for record in [value, *value.get("records", ())]:
            for key in keys:
                for item in record.get(key, ()) if isinstance(record.get(key), list) else ():
                    item["text"] += ESCAPES
                if isinstance(record.get(key), str):
                    record[key] += ESCAPES
        path.write_bytes(orjson.dumps(value))

    spoil(root / EVENTS, "label", "note")
    spoil(root / ENTITY, "names", "description")
    spoil(root / EVENTS.with_name("document.json"), "title")
    words = [command[0], *command[1:], *([] if command[0] in ("check", "stats") else ["--corpus"]), str(root)]
    done = CliRunner().invoke(group, words)
    said = done.stdout + done.stderr
    assert said.strip() or isinstance(done.exception, CteError), done.exception
    assert not {char for char in said if char in ESCAPES and not char.isprintable()}, said[:500]


@pytest.mark.parametrize("name", [EVENTS, ENTITY, Path("corpus.json")], ids=str)
def test_a_file_that_changes_while_it_is_read_is_found_or_clean(root: Path, name: Path) -> None:
    path = root / name
    whole, done = path.read_bytes(), threading.Event()

    def change() -> None:
        while not done.is_set():
            path.write_bytes(whole[: len(whole) // 2])
            path.write_bytes(whole)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        codes = {item.code for _ in range(8) for item in found(root) if item.location.path == str(path)}
    finally:
        done.set()
        thread.join()
    assert codes <= {"CTE005", "CTE012"}
    assert found(root) == []
