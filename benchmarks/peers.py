"""Validators of other formats on valid files of their own kind, as whole processes."""

import os
import random
import subprocess
import sys
import time
import venv
from pathlib import Path
from statistics import median

import measure
import words

from cte_corpus.store.layout import schema_dir

PACKAGES = ("udtools", "check-jsonschema", "frictionless")
REPEATS = 3
SENTENCES = 4000
ROWS = 60_000

UD_TREE = (
    # form length, lemma is the form; tag, features, head, relation
    (3, "DET", "Definite=Def|PronType=Art", 2, "det"),
    (6, "NOUN", "Number=Sing", 4, "nsubj"),
    (4, "ADV", "_", 4, "advmod"),
    (7, "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", 0, "root"),
    (3, "ADP", "_", 7, "case"),
    (5, "ADJ", "Degree=Pos", 7, "amod"),
    (8, "NOUN", "Number=Plur", 4, "obl"),
)
"""A sentence that a Universal Dependencies validator accepts, whatever the words."""


def rows(folder: Path, corpus: Path) -> list[list[str]]:
    """Throughput of each validator, installed into `folder`/venv if it is not there."""
    bin_ = _installed(folder / "venv")
    conllu, csv = folder / "invented.conllu", folder / "invented.csv"
    conllu.write_text(_conllu(random.Random(1)), encoding="utf-8")
    csv.write_text(_csv(random.Random(1)), encoding="utf-8")
    events = sorted(corpus.glob("documents/*/events.json"))
    schema = str(schema_dir() / "events.schema.json")
    commands = {
        "cte check, a tree": (
            [sys.executable, "-m", "cte_corpus", "check", str(corpus)],
            [*corpus.rglob("*.json")],
        ),
        "Universal Dependencies (udvalidate), CoNLL-U": (
            [str(bin_ / "udvalidate"), "--lang", "ud", "--level", "3", "--quiet", str(conllu)],
            [conllu],
        ),
        "check-jsonschema, our events": (
            [str(bin_ / "check-jsonschema"), "--schemafile", schema, *map(str, events[:40])],
            events[:40],
        ),
        "frictionless validate, CSV": ([str(bin_ / "frictionless"), "validate", "--trusted", str(csv)], [csv]),
    }
    return [[name, f"{_throughput(command, files):.2f}"] for name, (command, files) in commands.items()]


def _throughput(command: list[str], files: list[Path]) -> float:
    """Megabytes a second; the run must find nothing."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, env=measure.environment())
        times.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"{command[0]} rejects a valid file:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return sum(path.stat().st_size for path in files) / 1e6 / median(times)


def _installed(folder: Path) -> Path:
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (bin_ / "udvalidate").exists():
        print(f"  installing {', '.join(PACKAGES)} into {folder}\n")
        venv.create(folder, with_pip=True)
        subprocess.run([str(bin_ / "python"), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return bin_


def _conllu(random_: random.Random) -> str:
    blocks = []
    for number in range(1, SENTENCES + 1):
        forms = [words.word(length, words.LATIN, random_) for length, *_ in UD_TREE]
        lines = [f"# sent_id = s{number}", f"# text = {' '.join(forms)}"]
        for place, (form, (_, tag, features, head, relation)) in enumerate(zip(forms, UD_TREE, strict=True), 1):
            lines.append(f"{place}\t{form}\t{form}\t{tag}\t_\t{features}\t{head}\t{relation}\t_\t_")
        blocks.append("\n".join(lines) + "\n\n")
    return "".join(blocks)


def _csv(random_: random.Random) -> str:
    lines = ["id,name,kind,start,end,published"]
    for number in range(1, ROWS + 1):
        name, kind = words.word(12, words.LATIN, random_), words.word(6, words.LATIN, random_)
        lines.append(
            f"{number},{name},{kind},{number * 3},{number * 3 + 12},20{number % 25:02}-0{number % 9 + 1}-1{number % 9}"
        )
    return "\n".join(lines) + "\n"
