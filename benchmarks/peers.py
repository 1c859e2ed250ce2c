"""Validators of other projects on valid files of their own kind, as whole processes."""

import csv
import json
import os
import random
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import which
from statistics import median

import measure
import words

from cte_corpus.store.layout import PARTS, schema_dir

PACKAGES = ("udtools", "pycldf", "check-jsonschema", "frictionless")
SCRIPTS = ("ajv",)
REPEATS = 3
SENTENCES = 4_000
ROWS = 20_000

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

AJV = """
const fs = require("fs")
const Ajv = require(process.argv[1] + "/node_modules/ajv/dist/2020")
const validators = new Map()
for (const path of fs.readFileSync(process.argv[3], "utf8").split("\\n")) {
  const part = path.slice(path.lastIndexOf("/") + 1, -".json".length)
  if (!validators.has(part)) {
    const schema = JSON.parse(fs.readFileSync(`${process.argv[2]}/${part}.schema.json`, "utf8"))
    validators.set(part, new Ajv({ strict: false, validateFormats: false }).compile(schema))
  }
  if (!validators.get(part)(JSON.parse(fs.readFileSync(path, "utf8")))) {
    console.error(path, validators.get(part).errors)
    process.exit(1)
  }
}
"""

CLDF = """
import sys
from pycldf import StructureDataset
dataset = StructureDataset.in_dir(sys.argv[1])
dataset.add_component("LanguageTable")
dataset.add_component("ParameterTable")
dataset.write()
"""
"""Writes the metadata of an empty dataset; its tables are written by us."""


def rows(folder: Path, corpus: Path) -> list[list[str]]:
    """What each validator is given, its megabytes for each second of processor, and its peak of memory.

    Args:
        folder: Where the validators are installed, into `venv` and `node_modules`, if they are not there.
        corpus: A corpus as a tree.
    """
    bin_ = _installed(folder)
    random_ = random.Random(1)
    conllu = folder / "invented.conllu"
    conllu.write_text(_conllu(random_), encoding="utf-8")
    package, tables = _data_package(folder / "package", random_)
    dataset, values = _cldf(folder / "cldf", bin_, random_)
    files = sorted(corpus.glob("documents/*/*.json"))
    events = [path for path in files if path.stem == "events"][:40]
    listed = folder / "files.txt"
    listed.write_text("\n".join(str(path) for path in files if path.stem in PARTS), encoding="utf-8")
    cte = (sys.executable, "-m", "cte_corpus", "check", str(corpus))
    schema = str(schema_dir() / "events.schema.json")
    commands: dict[str, tuple[Sequence[str], Iterable[Path]]] = {
        "cte check, cold: our tree, all rules": ((*cte, "--no-cache"), corpus.rglob("*.json")),
        "cte check, warm: the same again": (cte, corpus.rglob("*.json")),
        "ajv: our tree, schema only": (
            (_program("node"), "-e", AJV, str(folder), str(schema_dir()), str(listed)),
            files,
        ),
        "check-jsonschema: our events, schema only": (
            (str(bin_ / "check-jsonschema"), "--schemafile", schema, *map(str, events)),
            events,
        ),
        "frictionless: a Data Package with keys": (
            (str(bin_ / "frictionless"), "validate", "--trusted", str(package)),
            tables,
        ),
        "pycldf: a CLDF dataset": ((str(bin_ / "cldf"), "validate", str(dataset)), values),
        "udtools: CoNLL-U, level 3": (
            (str(bin_ / "udvalidate"), "--lang", "ud", "--level", "3", "--quiet", str(conllu)),
            [conllu],
        ),
    }
    costs: dict[str, list[measure.Cost]] = {name: [] for name in commands}
    for turn in range(REPEATS + 1):
        for name, (command, _) in commands.items():
            cost = measure.process(command, CTE_CACHE=str(folder / "cache"))
            if turn:  # the first fills caches
                costs[name].append(cost)
    made = []
    for name, (_, read) in commands.items():
        size = sum(path.stat().st_size for path in read) / 1e6
        seconds, peak = median(cost.seconds for cost in costs[name]), max(cost.peak for cost in costs[name])
        made.append([name, f"{size:.1f}", f"{size / seconds:.2f}", f"{peak:.0f}"])
    return made


def versions(folder: Path) -> str:
    """Names and versions of the validators."""
    asked = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    python = [str(_bin(folder) / "python"), "-c", asked, *PACKAGES]
    found = subprocess.run(python, check=True, capture_output=True, text=True).stdout.split()
    named = [f"{name} {number}" for name, number in zip(PACKAGES, found, strict=True)]
    named.append(f"ajv {json.loads((folder / 'node_modules' / 'ajv' / 'package.json').read_bytes())['version']}")
    node = subprocess.run([_program("node"), "--version"], check=True, capture_output=True, text=True)
    return ", ".join([*named, f"node {node.stdout.strip()}"])


def _program(name: str) -> str:
    found = which(name)
    if not found:
        raise SystemExit(f"{name} is not there: install Node.js")
    return found


def _bin(folder: Path) -> Path:
    return folder / "venv" / ("Scripts" if os.name == "nt" else "bin")


def _installed(folder: Path) -> Path:
    bin_ = _bin(folder)
    if not (bin_ / "cldf").exists():
        print(f"  installing {', '.join(PACKAGES)} into {folder}/venv\n")
        venv.create(folder / "venv", with_pip=True)
        subprocess.run([str(bin_ / "python"), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    if not (folder / "node_modules" / "ajv").exists():
        print(f"  installing {', '.join(SCRIPTS)} into {folder}/node_modules\n")
        subprocess.run(
            [_program("npm"), "install", "--silent", "--no-save", "--prefix", str(folder), *SCRIPTS], check=True
        )
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


def _data_package(folder: Path, random_: random.Random) -> tuple[Path, list[Path]]:
    """Two tables, one of which points at the other, and what describes them."""
    folder.mkdir(exist_ok=True)
    documents, mentions = folder / "documents.csv", folder / "mentions.csv"
    _table(documents, ("id", "name"), ([number, _word(12, random_)] for number in range(ROWS // 20)))
    _table(
        mentions,
        ("id", "document", "name", "start", "end", "published"),
        (
            [place, place % (ROWS // 20), _word(12, random_), place * 3, place * 3 + 12, f"20{place % 25:02}-03-14"]
            for place in range(ROWS)
        ),
    )
    integer, string = {"type": "integer"}, {"type": "string", "constraints": {"required": True}}
    key = {"fields": "document", "reference": {"resource": "documents", "fields": "id"}}
    schemas = {
        documents: {"fields": [{"name": "id", **integer}, {"name": "name", **string}], "primaryKey": "id"},
        mentions: {
            "fields": [{"name": name, **integer} for name in ("id", "document")]
            + [{"name": "name", **string}]
            + [{"name": name, **integer} for name in ("start", "end")]
            + [{"name": "published", "type": "date"}],
            "primaryKey": "id",
            "foreignKeys": [key],
        },
    }
    resources = [{"name": path.stem, "path": path.name, "schema": schema} for path, schema in schemas.items()]
    package = folder / "datapackage.json"
    package.write_text(json.dumps({"name": "invented", "resources": resources}), encoding="utf-8")
    return package, [documents, mentions]


def _cldf(folder: Path, bin_: Path, random_: random.Random) -> tuple[Path, list[Path]]:
    """A structure dataset: values of parameters in languages."""
    folder.mkdir(exist_ok=True)
    subprocess.run([str(bin_ / "python"), "-c", CLDF, str(folder)], check=True)
    metadata = folder / "StructureDataset-metadata.json"
    named = {table["dc:conformsTo"].rpartition("#")[2]: table for table in json.loads(metadata.read_bytes())["tables"]}
    heads = {name: [c["name"] for c in table["tableSchema"]["columns"]] for name, table in named.items()}
    paths = {name: folder / table["url"] for name, table in named.items()}
    some = range(ROWS // 100)
    lists = {
        "LanguageTable": ({"ID": number, "Name": _word(9, random_), "Latitude": number % 90} for number in some),
        "ParameterTable": ({"ID": number, "Name": _word(9, random_)} for number in some),
        "ValueTable": (
            {"ID": place, "Language_ID": place % 200, "Parameter_ID": place // 200, "Value": _word(12, random_)}
            for place in range(ROWS)
        ),
    }
    for name, records in lists.items():
        _table(paths[name], heads[name], ([record.get(column, "") for column in heads[name]] for record in records))
    return metadata, list(paths.values())


def _word(length: int, random_: random.Random) -> str:
    return words.word(length, words.LATIN, random_)


def _table(path: Path, head: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *lines])
