"""The page's attaching against Python's: the same verdicts, places and statuses."""

import random
import re
import runpy
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.attach.attach import Attachment, attach
from cte_corpus.attach.known import Known, read
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.store.layout import data_dir
from cte_corpus.text.html import html_text, is_html
from cte_corpus.text.view import RECIPES, digest, plain_1, reference_text, sha256
from tests.attach.test_attach import ALTERATIONS, ARABIC, ARABIC_NAMES, ENGLISH, alter, known_of, sentence
from tests.conftest import ROOT
from tests.explorer.asking import ask

DOCUMENTS = sorted(path.name for path in (data_dir() / "documents").iterdir())
GROUPS = ("spans", "sentences", "sections")
FIGURES = ("found", "known", "verbatim", "own")
Change = Callable[[str, random.Random], str]


def alterations(related: str) -> dict[str, Change]:
    """Those of the benchmark, on plain strings; `related` is another article."""
    changes = runpy.run_path(str(ROOT / "benchmarks" / "alterations.py"))

    def on_text(change: Any) -> Change:
        return lambda text, rng: "".join(char for char, _ in change([(c, n) for n, c in enumerate(text)], rng))

    among = {name: make(related) for name, make in changes["AMONG_OTHERS"].items()}
    return {
        **{name: on_text(change) for name, change in {**changes["LOSSLESS"], **changes["LOSSY"], **among}.items()},
        "as it is": lambda text, rng: text,
        "another article": lambda text, rng: related,
        "its first half": lambda text, rng: text[: len(text) // 2],
        "emoji between words": lambda text, rng: text.replace(" ", " 😀 𝐀 "),
        "nothing": lambda text, rng: "",
    }


def as_json(known: Known) -> dict[str, Any]:
    """What is known, as the page has it."""
    groups = {group: [[*key, value] for key, value in sorted(getattr(known, group).items())] for group in GROUPS}
    return {"recipe": known.recipe, "sha256": known.sha256, **groups}


def compare(known: Known, copies: Mapping[str, str], recipe: str = "plain-1") -> None:
    """Hold the page's answers to Python's, copy by copy."""
    compare_all([(known, copies)], recipe)


def compare_all(cases: list[tuple[Known, Mapping[str, str]]], recipe: str = "plain-1") -> None:
    """The same for several texts."""
    texts = [
        (known, {name: html_text(copy) if is_html(copy) else copy for name, copy in copies.items()})
        for known, copies in cases
    ]
    questions = [
        {"ask": "attach", "known": as_json(known), "copies": [{"text": t, "recipe": recipe} for t in copies.values()]}
        for known, copies in texts
    ]
    for (known, copies), answers in zip(texts, ask(*questions), strict=True):
        for (name, text), answer in zip(copies.items(), answers, strict=True):
            judge(name, attach(known, text, recipe), answer)


def judge(name: str, expected: Attachment, answer: dict[str, Any]) -> None:
    """Verdict, places and statuses are the same."""
    assert answer["text"] == expected.text, name
    assert answer["verdict"]["kind"] == expected.verdict.kind, name
    for figure in FIGURES:
        assert answer["verdict"][figure] == pytest.approx(getattr(expected.verdict, figure)), (name, figure)
    for group in GROUPS:
        places = sorted(getattr(expected, group).items())
        for (key, placed), found in zip(places, answer[group], strict=True):
            assert found == [placed.start, placed.end, placed.status], (name, group, key, placed)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_source_altered_in_many_ways(document: str, sources: Path) -> None:
    corpus = Corpus()
    known = read(corpus[document].raw)
    texts = [source_text(sources, other, corpus) for other in DOCUMENTS]
    text = texts[DOCUMENTS.index(document)]
    changes = alterations(texts[DOCUMENTS.index(document) - 1])
    assert len(changes) > 20
    compare(known, {name: change(text, random.Random(name)) for name, change in changes.items()})


def source_text(sources: Path, document: str, corpus: Corpus) -> str:
    [path] = sources.glob(f"{document}.*")
    return reference_text(path.read_bytes(), corpus[document].raw["document"]["text"]["recipe"])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_source_as_it_is_delivered(document: str, sources: Path) -> None:
    raw = Corpus()[document].raw
    [path] = sources.glob(f"{document}.*")
    recipe = raw["document"]["text"]["recipe"]
    compare(read(raw), {"source": path.read_text(encoding="utf-8")}, recipe)


@pytest.mark.parametrize(("text", "names"), [(ENGLISH, ()), (ARABIC, ARABIC_NAMES)], ids=["en", "ar"])
def test_changes_of_typography(text: str, names: tuple[str, ...]) -> None:
    text = plain_1(text)
    compare(known_of(text, names), {name: change(text) for name, change in ALTERATIONS.items()})


def test_invented_texts_altered_at_random() -> None:
    """Paragraphs dropped, reordered, framed by lines with the same names, words replaced by words of the text."""
    cases: list[tuple[Known, Mapping[str, str]]] = []
    for seed in range(12):
        rng = random.Random(seed)
        paragraphs = [" ".join(sentence(rng) for _ in range(rng.randint(1, 4))) for _ in range(12)]
        paragraphs += rng.sample(paragraphs, 2)
        text = "\n\n".join(paragraphs)
        copies = {}
        for number in range(4):
            altered = alter([(char, index) for index, char in enumerate(text)], rng)
            copies[f"{seed}.{number}"] = "".join(char for char, _ in altered)
        cases.append((known_of(text), copies))
    compare_all(cases)


def test_characters_beyond_16_bits_count_as_one() -> None:
    text = "The 😀 harbour of 𐐀stan was closed on Monday, said Ina Torvald. 🚢🚢 Nobody came to the harbour of 𐐨stan."
    spans = {match.span(): match[0] for match in re.finditer("harbour|.stan|Ina Torvald|🚢", text)}
    sentences = {(0, 64): digest(text[:64]), (65, len(text)): digest(text[65:])}
    known = Known("plain-1", sha256(text), spans, sentences, {(0, len(text)): sha256(text)})
    copies = {
        "😀 before": f"😀 Port Sable\n\n{text}",
        "without": text.replace("🚢", ""),
        "private": f"\ue000{text}\ue000",
    }
    compare(known, copies)


def test_hostile_texts_are_answered_as_in_python() -> None:
    known = known_of(plain_1(ENGLISH))
    copies = {
        "markup": "<script>alert(1)</script>" * 200,
        "bidi": "\u202e".join(plain_1(ENGLISH)),
        "one letter": "a" * 50_000,
        "white space": " \n\t" * 20_000,
        "quotes": "\"'" * 5_000,
        "marks": "e" + "\u0301\u0302" * 15,
        "punctuation": ". " * 20_000,
        "nul": "\0".join(ENGLISH),
    }
    compare(known, copies)


def test_recipes(sources: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(sources.iterdir())]
    texts += [ENGLISH, ARABIC, unicodedata.normalize("NFD", ARABIC), *MARKDOWN]
    for recipe, apply in RECIPES.items():
        [answers] = ask({"ask": "recipe", "texts": texts, "recipe": recipe})
        assert answers == [apply(text) for text in texts]


MARKDOWN = (
    "---\ntitle: Harbour talks\ndate: 2022\n---\n\n# Harbour talks\n\nA *first* line\nand a second  \nand a third.\n",
    "---\ntitle: 'It''s late'\ntags:\n- a\n- b\n---\nText with `code` and <b>tags</b><br>and a break.\n",
    '---\ntitle: "Port \\"Sable\\""\n---\n<div>\nblock\n</div>\n\n<br>\n\nafter **bold ** x\n',
    "---\ntitle: >-\n  Two\n  lines\n---\ntext\n",
    "---\nNo mapping here\n---\ntext\n",
    "---\ntitle: plain # comment\n\n---\ntext [link](http://example.org) ![img](a.png)\n",
    "\ufeff---\r\ntitle: T\r\n---\r\n\r\n> quote\r\n\r\n    code\r\n\r\n```\r\nfence\r\n```\r\n\r\n1. one\r\n",
    "\x1c a \x85 b \u3000 c \ufeff d \u2028 e",
    "",
)


def test_sha256() -> None:
    texts = ["", "a", "é😀", *("x" * size for size in (54, 55, 56, 57, 63, 64, 65, 1000)), "\u0627" * 999]
    [answers] = ask({"ask": "sha256", "texts": texts})
    assert answers == [sha256(text) for text in texts]


def test_a_megabyte_takes_less_than_two_seconds() -> None:
    rng = random.Random(1)
    text = "\n\n".join(" ".join(sentence(rng) for _ in range(4)) for _ in range(80))
    other = "\n\n".join(" ".join(sentence(rng) for _ in range(4)) for _ in range(3_400))
    copy = f"{other}\n\n{text}"
    assert len(copy) > 1_000_000
    [[answer]] = ask(
        {"ask": "attach", "known": as_json(known_of(text)), "copies": [{"text": copy, "recipe": "plain-1"}]}
    )
    assert answer["seconds"] < 2
