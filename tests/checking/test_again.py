"""A check that remembers finds what a check that does not finds, whatever was changed in between."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from cte_corpus.checking import again, basis, engine, memory, verdicts
from cte_corpus.checking.result import Result
from cte_corpus.store import layout
from cte_corpus.store.packed import Source
from tests.checking.corpora import DOCUMENTS, TEXTS, TIDEWATER


def both(corpus: Path, cache: Path, text: Path | None = None) -> Result:
    """What a check with verdicts finds, which is what one without finds."""
    found = again.run(corpus, cache=cache, text=text)
    assert found._replace(recalled=0) == engine.run(corpus, text=text)
    return found


def test_what_has_not_changed_is_not_judged_again(corpus: Path, tmp_path: Path) -> None:
    assert both(corpus, tmp_path / "cache").recalled == 0
    assert both(corpus, tmp_path / "cache").recalled == DOCUMENTS


def test_of_one_that_changed_it_and_what_refers_to_it_is_judged(tmp_path: Path) -> None:
    shutil.copytree(TIDEWATER, tmp_path / "corpus")
    both(tmp_path / "corpus", tmp_path / "cache")
    path = sorted((tmp_path / "corpus" / "documents").glob("*/events.json"))[0]
    referring = sum(
        path.parent.name in other.read_text() for other in path.parent.parent.glob("*/events.json") if other != path
    )
    path.write_bytes(path.read_bytes() + b" ")
    found = both(tmp_path / "corpus", tmp_path / "cache")
    assert [item.code for item in found.diagnostics] == ["CTE012"]
    assert found.recalled == DOCUMENTS - 1 - referring


def _others(folder: Path, names: list[str]) -> list[str]:
    kept = basis.ROOMS if folder == layout.PACKAGE else names
    return [name for name in names if name not in kept or name == "__pycache__"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what judges, which stands for it where it is asked whether it has changed."""
    layout.schema_dir()  # is known from here on
    shutil.copytree(layout.PACKAGE, tmp_path / "package", ignore=lambda folder, names: _others(Path(folder), names))
    monkeypatch.setattr(layout, "PACKAGE", tmp_path / "package")
    return tmp_path / "package"


def test_a_rule_that_changed_judges_all_again(package: Path, tmp_path: Path) -> None:
    both(TIDEWATER, tmp_path / "cache")
    rule = package / "checking" / "rules" / "evidence.py"
    rule.write_bytes(rule.read_bytes().replace(b"find", b"seek", 1))
    assert both(TIDEWATER, tmp_path / "cache").recalled == 0
    assert both(TIDEWATER, tmp_path / "cache").recalled == DOCUMENTS


@pytest.mark.parametrize("settled", [0, 10**12], ids=["long ago", "just now"])
def test_rules_are_read_again_where_a_file_has_changed(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settled: int
) -> None:
    """Another size or time is enough; and of files that have just been written nothing is remembered."""
    monkeypatch.setattr(basis, "SETTLED", settled)
    cache = tmp_path / "cache"
    cache.mkdir()
    assert basis.known_rules(cache) == basis.rules()
    assert (cache / "rules.json").is_file() == (settled == 0)
    rule = package / "vocabulary" / "event-types.toml"
    state = rule.stat()
    rule.write_bytes(rule.read_bytes().replace(b"e", b"o", 1))
    os.utime(rule, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert basis.known_rules(cache) == basis.rules()


def test_what_is_remembered_of_rules_is_taken_where_no_file_has_changed(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basis, "SETTLED", 0)
    known = basis.known_rules(tmp_path)
    monkeypatch.setattr(basis, "rules", lambda: pytest.fail("all rules are read"))
    assert basis.known_rules(tmp_path) == known
    for damaged in (b"", b"[1]", b"null", b'["a", "b"]'):
        (tmp_path / "rules.json").write_bytes(damaged)
        with pytest.raises(pytest.fail.Exception):
            basis.known_rules(tmp_path)


def test_other_languages_of_the_corpus_judge_all_again(tmp_path: Path) -> None:
    shutil.copytree(TIDEWATER, tmp_path / "corpus")
    both(tmp_path / "corpus", tmp_path / "cache")
    path = tmp_path / "corpus" / "corpus.json"
    path.write_bytes(path.read_bytes().replace(b'  "addresses"', b'  "languages": ["en", "fr"],\n  "addresses"'))
    assert "CTE430" in {item.code for item in both(tmp_path / "corpus", tmp_path / "cache").diagnostics}


def test_rules_that_are_left_out_leave_no_verdict(tmp_path: Path) -> None:
    again.run(TIDEWATER, cache=tmp_path, ignore=frozenset({"CTE304"}))
    assert both(TIDEWATER, tmp_path).recalled == 0
    assert again.run(TIDEWATER, cache=tmp_path, ignore=frozenset({"CTE304"})).recalled == DOCUMENTS


def test_a_verdict_without_the_text_says_nothing_of_the_text(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(TEXTS, texts)
    assert both(TIDEWATER, tmp_path / "cache").recalled == 0
    assert both(TIDEWATER, tmp_path / "cache", texts).recalled == 0
    assert both(TIDEWATER, tmp_path / "cache", texts).recalled == DOCUMENTS
    assert both(TIDEWATER, tmp_path / "cache").recalled == DOCUMENTS
    text = next(path for path in sorted(texts.iterdir()) if (TIDEWATER / "documents" / path.stem).is_dir())
    text.write_bytes(b"Or " + text.read_bytes())
    found = both(TIDEWATER, tmp_path / "cache", texts)
    assert not found.ok
    assert found.recalled == DOCUMENTS - 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-40],
        lambda data: data.replace(b'"', b"'"),
        lambda data: b"\xff" + data,
        lambda data: data.split(b"\n")[0] + b'\n["harbour-notice"]\n',
        lambda data: data.split(b"\n")[0] + b"\nnull\n",
        lambda data: data.split(b"\n")[0] + b"\n[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n",
        lambda data: data.replace(b"0", b"1"),
        lambda data: data.replace(b"true", b"[]").replace(b"[", b"{"),
        lambda data: b"".join(reversed(data.splitlines(keepends=True))),
    ],
)
def test_what_is_no_verdict_is_ignored(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    both(TIDEWATER, tmp_path)
    for path in (tmp_path / verdicts.FOLDER).iterdir():
        path.write_bytes(spoil(path.read_bytes()))
    both(TIDEWATER, tmp_path)
    assert both(TIDEWATER, tmp_path).recalled == DOCUMENTS


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    assert both(TIDEWATER, tmp_path / "cache").ok
    assert both(TIDEWATER, tmp_path / "cache").recalled == 0


def test_nothing_is_left_of_a_run_that_ended_early(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("documents", "entities"):
        (tmp_path / "corpus" / name).mkdir()
    for name in ("corpus.json", "retired.json"):
        shutil.copy(TIDEWATER / name, tmp_path / "corpus")
    with pytest.raises(Exception, match="no document"):
        again.run(tmp_path / "corpus", cache=tmp_path / "cache")
    left = sorted(path.name.partition(".")[2] for path in (tmp_path / "cache" / verdicts.FOLDER).iterdir())
    assert left in (["json", "top.json"], ["top.json"])  # what was found clean by then


def _fresh(tmp_path: Path) -> tuple[Path, Path]:
    shutil.copytree(TIDEWATER, tmp_path / "corpus")
    return tmp_path / "corpus", tmp_path / "cache"


def test_a_document_that_could_not_be_read_and_is_gone_is_missed(tmp_path: Path) -> None:
    """While its events cannot be read, what refers to them has no finding; once it is gone, it has."""
    corpus, cache = _fresh(tmp_path)
    folder = min((corpus / "documents").iterdir())
    (folder / "events.json").unlink()
    both(corpus, cache)
    shutil.rmtree(folder)
    assert "CTE202" in {item.code for item in both(corpus, cache).diagnostics}


def test_two_texts_of_a_document_are_told_where_it_gets_so_far(tmp_path: Path) -> None:
    corpus, cache = _fresh(tmp_path)
    shutil.copytree(TEXTS, tmp_path / "texts")
    text = min((tmp_path / "texts").glob("*.txt"))
    shutil.copy(text, text.with_suffix(".md"))
    (corpus / "documents" / text.stem / "events.json").write_bytes(b"{")
    assert "CTE005" in {item.code for item in both(corpus, cache, tmp_path / "texts").diagnostics}


def test_a_text_that_is_called_otherwise_is_read_again(tmp_path: Path) -> None:
    """By its name a text may be a page."""
    text = Source("texts/harbour-talks.md", b"<!doctype html><p>x")
    assert memory.of_text(text) != memory.of_text(text._replace(path="texts/harbour-talks.txt"))


def test_the_rules_are_the_same_wherever_they_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards are checked on one machine and merged on another; another version of an engine is another judge."""

    def rules(site: str, version: str) -> str:
        for name in basis.ENGINES:
            (tmp_path / site / f"{name}-{version}.dist-info").mkdir(parents=True)
        monkeypatch.setattr(
            basis, "find_spec", lambda name: SimpleNamespace(origin=str(tmp_path / site / name / "__init__.py"))
        )
        return basis.rules()

    assert rules("here", "1.0") == rules("there", "1.0") != rules("elsewhere", "1.1")


def test_a_verdict_of_a_later_day_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that is still to come is a finding: it is none on that day, and one again once the clock is set back."""
    both(TIDEWATER, tmp_path)

    class Later(date):
        @classmethod
        def today(cls) -> "Later":
            return cls(2999, 1, 1)

    with monkeypatch.context() as patch:
        patch.setattr(verdicts, "date", Later)
        assert both(TIDEWATER, tmp_path).recalled == DOCUMENTS
    assert both(TIDEWATER, tmp_path).recalled == 0
    assert both(TIDEWATER, tmp_path).recalled == DOCUMENTS


class Edits:
    """Edits of every kind, one after the other, to one corpus."""

    def __init__(self, corpus: Path, texts: Path, seed: int) -> None:
        self.corpus = corpus
        self.texts = texts
        self.random = random.Random(seed)
        self.before: dict[Path, bytes] = {}

    def edit(self) -> None:
        """Change a file, take it away, add one, or take back what was done before."""
        kinds = [self._value, self._value, self._value, self._byte, self._gone, self._copied, self._back, self._back]
        kinds += [self._number, self._swapped, self._called_otherwise, self._folder_gone, self._folder_copied]
        kinds += [self._link, self._rows]
        self.random.choice(kinds)()

    def _files(self) -> list[Path]:
        """The files, without links: through these, one outside would be written."""
        found = [path for folder in (self.corpus, self.texts) for path in sorted(folder.rglob("*.*"))]
        return [path for path in found if path.is_file() and not path.is_symlink()]

    def _file(self) -> Path:
        path = self.random.choice(self._files())
        self.before.setdefault(path, path.read_bytes())
        return path

    def _byte(self) -> None:
        path = self._file()
        data = bytearray(path.read_bytes() or b" ")
        data[self.random.randrange(len(data))] = self.random.choice(b' "0aZ\n')
        path.write_bytes(bytes(data))

    def _value(self) -> None:
        path = self._file()
        lines = path.suffix == ".jsonl"
        rows = path.read_bytes().split(b"\n")
        place = self.random.randrange(max(len(rows) - 1, 1)) if lines else 0
        try:
            value = json.loads(rows[place] if lines else path.read_bytes())
        except ValueError:
            return
        self._changed(value)
        if lines:
            rows[place] = orjson.dumps(value)
            path.write_bytes(b"\n".join(rows))
        else:
            path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))

    def _changed(self, value: Any) -> None:
        """Change one value somewhere below."""
        while isinstance(value, dict | list) and value:
            key = self.random.choice(list(value) if isinstance(value, dict) else range(len(value)))
            inner = value[key]
            if not isinstance(inner, dict | list) or not inner or self.random.random() < 0.1:
                new: list[Any] = [None, 3, "", "x", "2022-05-11", [], {}, True, "org:tide-authority"]
                if isinstance(inner, str):
                    new += [inner + "s", inner[:-1], inner.replace("1", "2"), inner.replace("e0", "e9")]
                value[key] = self.random.choice(new)
                return
            value = inner

    def _number(self) -> None:
        """Another number of as many digits, and the time of the file as it was."""
        path = self._file()
        data, times = path.read_bytes(), path.stat()
        places = [match.start() for match in re.finditer(rb"[0-9]", data)]
        if places:
            at = self.random.choice(places)
            path.write_bytes(data[:at] + self.random.choice([b"1", b"2", b"9"]) + data[at + 1 :])
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def _swapped(self) -> None:
        """Two files, each in the place of the other."""
        path, other = self._file(), self._file()
        one, two = path.read_bytes(), other.read_bytes()
        path.write_bytes(two)
        other.write_bytes(one)

    def _called_otherwise(self) -> None:
        """A file with another name: the same in large letters, or with another suffix."""
        path = self._file()
        name = self.random.choice([path.name.upper(), f"{path.stem}.md", f"{path.stem}.html", f".{path.name}"])
        other = path.with_name(name)
        if not other.exists():
            self.before.setdefault(other, b"")
            path.rename(other)

    def _folder(self) -> Path | None:
        """The folder of a document or of a kind of entities, with what lies there as it was."""
        folders = [path for path in sorted(self.corpus.glob("*/*")) if path.is_dir()]
        if not folders:
            return None
        folder = self.random.choice(folders)
        for path in filter(Path.is_file, folder.iterdir()):
            self.before.setdefault(path, path.read_bytes())
        return folder

    def _folder_gone(self) -> None:
        folder = self._folder()
        if folder is not None:
            shutil.rmtree(folder)

    def _folder_copied(self) -> None:
        """A copy of a folder, in which its name stands in place of the old one, or not."""
        folder = self._folder()
        if folder is None:
            return
        other = folder.with_name(self.random.choice(["a-twin", "zz-twin"]))
        if other.exists():
            return
        other.mkdir()
        names = (folder.name.encode(), other.name.encode())
        renames = self.random.random() < 0.7
        for path in filter(Path.is_file, folder.iterdir()):
            self.before.setdefault(other / path.name, b"")
            data = path.read_bytes()
            (other / path.name).write_bytes(data.replace(*names) if renames else data)

    def _link(self) -> None:
        """A link to another file, to nothing, or out of the corpus."""
        path = self._file()
        path.unlink()
        path.symlink_to(self.random.choice([*self._files()[:3], path.with_name("nothing"), TIDEWATER / "corpus.json"]))

    def _rows(self) -> None:
        """The lines of a packed file in another order, or one of them twice."""
        path = self._file()
        if path.suffix == ".jsonl":
            rows = path.read_bytes().splitlines(keepends=True)
            self.random.shuffle(rows)
            path.write_bytes(b"".join(rows + rows[: self.random.randrange(2)]))

    def _gone(self) -> None:
        self._file().unlink()

    def _copied(self) -> None:
        path = self._file()
        other = path.with_name(f"{self.random.choice(['twin', 'a-copy'])}{path.suffix}")
        if other.is_symlink():
            return
        self.before.setdefault(other, b"")
        other.write_bytes(path.read_bytes())

    def _back(self) -> None:
        """Take back all that was done to some files."""
        count = self.random.choice([len(self.before) // 2, len(self.before)])
        for path in self.random.sample(sorted(self.before), count):
            data = self.before.pop(path)
            path.unlink(missing_ok=True)  # also a link
            if data:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            elif path.parent.is_dir() and not any(path.parent.iterdir()):
                path.parent.rmdir()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_the_findings_are_the_same(corpus: Path, tmp_path: Path, seed: int) -> None:
    shutil.copytree(TEXTS, tmp_path / "texts")
    edits = Edits(corpus, tmp_path / "texts", seed)
    both(corpus, tmp_path / "cache")
    recalled = both(corpus, tmp_path / "cache").recalled
    for _ in range(40):
        edits.edit()
        text = edits.random.choice([None, tmp_path / "texts"])
        try:
            whole: Result | str = engine.run(corpus, text=text)
        except Exception as error:  # the same must come of both
            whole = repr(error)
        try:
            found: Result | str = again.run(corpus, text=text, cache=tmp_path / "cache")
        except Exception as error:
            found = repr(error)
        if isinstance(found, Result):
            recalled += found.recalled
            found = found._replace(recalled=0)
        assert found == whole
    assert recalled >= DOCUMENTS
