"""`cte check`: exit codes, what it reports, what it mends."""

import json
from pathlib import Path

import pytest

from cte_corpus.checking.report import FORMATS
from tests.cli.conftest import EVENTS, Cte

CLEAN = "No findings in 2 documents, 16 entities, 70 records, 28 files.\n"


def test_a_valid_corpus_is_clean(cte: Cte, tidewater: Path) -> None:
    done = cte("check", tidewater)
    assert (done.returncode, done.stdout, done.stderr) == (0, CLEAN, "")


def test_the_bundled_corpus_is_checked_without_a_path(cte: Cte, tmp_path: Path) -> None:
    done = cte("check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No findings in 5 documents, ")


def test_one_document_is_checked_with_the_registry_around_it(cte: Cte, tidewater: Path) -> None:
    folder = tidewater / "documents" / "harbour-talks"
    for done in (cte("check", folder), cte("check", ".", cwd=folder)):
        assert done.returncode == 0
        assert done.stdout.startswith("No findings in 1 document, 16 entities")


def test_a_packed_corpus_is_checked(cte: Cte, packed: Path) -> None:
    assert cte("check", packed).stdout == CLEAN.replace("28 files", "4 files")


def test_findings_are_exit_code_1(cte: Cte, broken: Path) -> None:
    done = cte("check", "corpus", cwd=broken.parent)
    assert done.returncode == 1
    line, last = done.stdout.splitlines()
    assert line.startswith(f"corpus/{EVENTS}:")
    assert "CTE201" in line
    assert "no entity `org:harbour-news-agent` in the entity registry" in line
    assert line.endswith("[harbour-talks:e06]")
    assert last.startswith("Found 1 error in 2 documents")


@pytest.mark.parametrize(
    ("arguments", "message", "help_"),
    [
        (["nosuch"], "no corpus at nosuch", "there is no such path"),
        (["empty"], "no corpus at empty", "a corpus is a folder with corpus.json and documents/"),
        (["corpus/corpus.json"], "no corpus at corpus/corpus.json", "give one document's folder"),
        (["corpus/documents"], "no corpus at corpus/documents", "give one document's folder; near it: corpus"),
        (["corpus/documents/nosuch"], "no corpus at corpus/documents/nosuch", "there is no such path"),
        (["corpus", "--select", "CTE999"], "no rule `CTE999`\n", "`cte rule` lists all rules"),
        (["corpus", "--ignore", "bidi-controll"], "did you mean `bidi-control`?", "`cte rule` lists all rules"),
        (["corpus", "--select", ","], "--select names no rule", "`cte rule` lists them"),
        (["corpus", "--select", "CTE6"], "CTE6 is not judged by a check", "`cte release` judges it"),
        (["corpus", "--ignore", "id-vanished"], "id-vanished is not judged by a check", "`cte release` judges it"),
        (["corpus", "--text", "nosuch"], "no folder with texts at nosuch", "one document is checked with its text"),
        (["corpus", "--output", "xml"], "'xml' is not one of 'full', 'concise'", ""),
        (["corpus", "--selct", "CTE1"], "no option '--selct'", "did you mean '--select'? try `cte check --help`"),
        (["corpus", "--out", "nosuch/report.txt"], "nosuch", "No such file or directory"),
    ],
)
def test_what_cannot_run_is_exit_code_2(cte: Cte, corpus: Path, arguments: list[str], message: str, help_: str) -> None:
    (corpus.parent / "empty").mkdir()
    done = cte("check", *arguments, cwd=corpus.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert help_ in done.stderr


def test_a_corpus_without_documents_is_no_success(cte: Cte, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "entities").mkdir()
    (tmp_path / "corpus.json").write_text("{}", encoding="utf-8")
    done = cte("check", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no document in" in done.stderr


def test_texts_are_found_by_the_ids_of_documents(cte: Cte, tidewater: Path, tmp_path: Path) -> None:
    assert cte("check", tidewater, "--text", tidewater.parent / "tidewater-texts").stdout == CLEAN
    done = cte("check", tidewater, "--text", tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("CTE317") == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--select", "CTE2"], 1),
        (["--select", "cte201"], 1),
        (["--select", "unknown-entity"], 1),
        (["--select", "CTE1, CTE201"], 1),
        (["--select", "CTE3,CTE4"], 0),
        (["--ignore", "CTE2"], 0),
        (["--ignore", "unknown-entity"], 0),
        (["--ignore", "CTE3"], 1),
        (["--select", "CTE2", "--ignore", "CTE201"], 0),
    ],
)
def test_select_and_ignore(cte: Cte, broken: Path, options: list[str], code: int) -> None:
    assert cte("check", broken, *options).returncode == code


def test_fix_mends_and_reports_the_rest(cte: Cte, broken: Path) -> None:
    good = (broken / "corpus.json").read_bytes()
    (broken / "corpus.json").write_bytes(good.replace(b"\n", b"\n\n", 1))
    before = cte("check", "corpus", cwd=broken.parent)
    assert before.returncode == 1
    assert before.stdout.endswith(" 1 can be mended with --fix.\n")
    done = cte("check", "corpus", "--fix", cwd=broken.parent)
    assert done.returncode == 1
    assert done.stderr == "mended corpus/corpus.json\n"
    assert "CTE012" not in done.stdout
    assert "CTE201" in done.stdout
    assert (broken / "corpus.json").read_bytes() == good


def test_fix_works_from_any_folder(cte: Cte, corpus: Path) -> None:
    path = corpus / "entities" / "gpe" / "iceland.json"
    good = path.read_bytes()
    path.write_bytes(b" " + good)
    done = cte("check", "../..", "--fix", cwd=path.parent)
    assert (done.returncode, done.stderr, done.stdout) == (0, "mended iceland.json\n", CLEAN)
    assert path.read_bytes() == good


def test_fix_leaves_a_packed_corpus_alone(cte: Cte, packed: Path) -> None:
    path = packed / "entities.jsonl"
    path.write_bytes(path.read_bytes().replace(b'":"', b'": "', 1))
    bad = path.read_bytes()
    done = cte("check", packed, "--fix")
    assert (done.returncode, done.stderr) == (1, "")
    assert "entities.jsonl:1:7: CTE012" in done.stdout
    assert "--fix" not in done.stdout
    assert path.read_bytes() == bad


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_goes_to_standard_output_or_a_file(cte: Cte, broken: Path, form: str) -> None:
    target = broken.parent / "report"
    printed = cte("check", "corpus", "-o", form, cwd=broken.parent)
    written = cte("check", "corpus", "--output", form, "--out", target, cwd=broken.parent)
    assert printed.returncode == written.returncode == 1
    assert printed.stderr == written.stderr == written.stdout == ""
    assert target.read_text(encoding="utf-8") == printed.stdout
    assert "CTE201" in printed.stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_clean_report_names_the_version_too(cte: Cte, tidewater: Path, form: str) -> None:
    from importlib.metadata import version

    report = json.loads(cte("check", tidewater, "-o", form).stdout)
    driver = report if form == "json" else report["runs"][0]["tool"]["driver"]
    assert driver["version"] == version("cte-corpus")


def test_a_file_that_cannot_be_read_is_a_finding(cte: Cte, corpus: Path) -> None:
    (corpus / EVENTS).unlink()
    (corpus / EVENTS).mkdir()
    done = cte("check", corpus)
    assert done.returncode == 1
    assert "CTE001" in done.stdout
    assert "expected a file, got a folder" in done.stdout


def test_what_is_no_utf8_is_shown(cte: Cte, corpus: Path) -> None:
    (corpus / EVENTS).write_bytes(b'{\n  "records": [\xff]\n}\n')
    done = cte("check", corpus, "-o", "full", "--select", "CTE0")
    assert done.returncode == 1
    assert '\n 2 |   "records": [�]\n   |               ^\n' in done.stdout
