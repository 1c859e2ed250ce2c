"""No sentence of a source stands anywhere in the repository, and none can be put together from the spans."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.store.layout import PARTS, data_dir
from cte_corpus.text import prose
from cte_corpus.text.chains import chains
from cte_corpus.text.folded_words import words
from cte_corpus.text.view import reference_text

from .conftest import ROOT


@pytest.fixture(scope="module")
def originals(shared: Path) -> list[str]:
    """Every text whose sentences may not be shipped."""
    paths = [path for name in ("sources", "texts") for path in sorted((shared / name).rglob("*")) if path.is_file()]
    assert len(paths) > 3
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths]


@pytest.fixture(scope="module")
def index(originals: list[str]) -> prose.SourceIndex:
    return prose.SourceIndex("\n\n".join(originals))


def repository_files() -> list[Path]:
    """Every file that is tracked, or would be if it were added."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_file_repeats_a_source(index: prose.SourceIndex) -> None:
    files = repository_files()
    assert ROOT / "data" / "corpus.json" in files
    assert Path(__file__) in files
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{path.relative_to(ROOT)}: {text[run.start : run.end]}" for run in prose.shared_runs(text, index)]
    assert found == []


def test_a_sentence_would_be_found_in_any_dress(originals: list[str], index: prose.SourceIndex) -> None:
    for source in originals[:3]:
        own = words(source)[200:220]
        quoted = source[own[0].start : own[-1].end]
        assert list(prose.shared_runs(quoted, index))
        dressed = " — ".join(f"«{word.text.upper()}»\n" for word in own)
        assert list(prose.shared_runs(f"It says: {dressed}, as far as we know.", index))


DOCUMENTS = sorted((data_dir() / "documents").iterdir())


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value["start"], value["end"], value["text"]
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda folder: folder.name)
def test_spans_do_not_add_up_to_prose(folder: Path, sources: Path) -> None:
    parts = {part: json.loads((folder / f"{part}.json").read_bytes()) for part in PARTS}
    (path,) = sources.glob(f"{folder.name}.*")
    text = reference_text(path.read_bytes(), parts["document"]["text"]["recipe"])
    found = list(spans(list(parts.values())))
    assert found
    assert [span for span in found if prose.too_long(span[2])] == []
    assert list(chains(found, text)) == []
    assert list(chains(found)) == []


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda folder: folder.name)
def test_what_the_spans_cover_holds_no_long_run(folder: Path, sources: Path) -> None:
    """The same by other means: blot out all that no span covers, and read what is left."""
    parts = {part: json.loads((folder / f"{part}.json").read_bytes()) for part in PARTS}
    (path,) = sources.glob(f"{folder.name}.*")
    text = reference_text(path.read_bytes(), parts["document"]["text"]["recipe"])
    shown = {place for start, end, _ in spans(list(parts.values())) for place in range(start, end)}
    run: list[str] = []
    for word in words(text):
        if shown.isdisjoint(range(word.start, word.end)):
            run = []
            continue
        run.append(word.text)
        assert len(run) <= prose.MAX_WORDS, run
        assert len(" ".join(run)) <= prose.MAX_CHARS, run
