"""However a number is spelled, what passes the check is to every reader what it is to the models."""

import json
import random
import re
from pathlib import Path

import pytest

from cte_corpus.checking import engine, rewrite
from cte_corpus.corpus.corpus import Corpus

NUMBER = re.compile(r"(?<=[:\[,] )-?[0-9]+(?:\.[0-9]+)?(?=[,}\]\s])")
PACKED = re.compile(r"(?<=[:\[,])-?[0-9]+(?:\.[0-9]+)?(?=[,}\]])")

ODD = ("-0", "-0.0", "1e400", "-1e400", "1e-400", "NaN", "-Infinity", "9007199254740993", "9007199254740993.0", "1e20",
       "123456789012345678901234567890", "true", '"1"', "null", "01", "1.", ".5", "+1", "0x1", "1_000", "\\u0031",
       '"\\ud800"', "[1]", '{"a": 1, "a": 1}')  # fmt: skip
"""Spellings that are none of a number, none of JSON, or beyond what every reader keeps."""


def whole(number: str) -> list[str]:
    """A number in other spellings."""
    if "." in number:
        return [f"{number}0", f"{number}e0", f"{number}E+00"]
    return [
        f"{number}.0",
        f"{number}.000",
        f"{number}e0",
        f"{number}E+0",
        *([f"{number}0e-1"] if number != "0" else []),
    ]


def places(root: Path) -> list[tuple[Path, int, int]]:
    """Every number in the files of a corpus."""
    files = [*root.glob("documents/*/*.json"), *root.glob("entities/*/*.json"), *root.glob("*.jsonl")]
    found = []
    for path in sorted(files):
        pattern = PACKED if path.suffix == ".jsonl" else NUMBER
        found += [(path, *match.span()) for match in pattern.finditer(path.read_text())]
    return found


def judged(root: Path) -> set[str]:
    """The codes found in a corpus; where there are none, its models are what its JSON says."""
    codes = {item.code for item in engine.run(root).diagnostics if item.severity == "error"}
    if not codes:
        corpus = Corpus(root)
        for document in corpus.stored.raw_documents:
            for kind in ("events", "mentions", "sections", "sanctions"):
                for record in document[kind]:
                    model = getattr(corpus, kind)[record["id"]].model_dump()
                    assert json.dumps(model, sort_keys=True) == json.dumps(record, sort_keys=True)
        for entity in corpus.stored.raw_entities:
            assert json.dumps(corpus.entities[entity["id"]].model_dump(), sort_keys=True) == json.dumps(
                entity, sort_keys=True
            )
    return codes


def respelled(root: Path, seed: int, count: int) -> None:
    """Spell numbers otherwise, one at a time."""
    rng = random.Random(seed)
    for path, start, end in rng.sample(places(root), count):
        before = path.read_text()
        same = rng.choice(whole(before[start:end]))
        path.write_text(before[:start] + same + before[end:])
        assert judged(root) & {"CTE012", "CTE018"}, (path, same)
        if path.suffix == ".json":
            rewrite.fix(engine.run(root).diagnostics)
            assert path.read_text() == before
        path.write_text(before[:start] + rng.choice(ODD) + before[end:])
        judged(root)
        path.write_text(before)


def test_a_number_that_is_spelled_otherwise_is_found_and_mended(corpus: Path) -> None:
    respelled(corpus, 1, 5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 4))
def test_many_numbers_that_are_spelled_otherwise_are_found_and_mended(corpus: Path, seed: int) -> None:
    respelled(corpus, seed, 30)


def test_the_same_number_in_every_place_is_a_finding_in_every_place(corpus: Path) -> None:
    """An offset with a point is no traceback, and no finding less."""
    for path in {path for path, _, _ in places(corpus)}:
        pattern = PACKED if path.suffix == ".jsonl" else NUMBER
        path.write_text(pattern.sub(lambda match: match[0] if "." in match[0] else f"{match[0]}.0", path.read_text()))
    result = engine.run(corpus)
    assert {item.code for item in result.diagnostics} <= {"CTE018", "CTE012"}
    assert sum(1 + item.more for item in result.diagnostics if item.code == "CTE018") > 100
