"""`cte export`: the corpus in the formats of other tools."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import reading

if TYPE_CHECKING:
    from cte_corpus.tabular.bio import Policy

FORMATS = {
    "csv": "csv_",
    "xlsx": "xlsx",
    "parquet": "parquet",
    "spans": "hf_spans",
    "tokens": "hf_tokens",
    "spacy": "spacy_",
    "graphml": "graphml",
    "geojson": "geojson",
    "skos": "skos",
    "jsonld": "jsonld",
    "ftm": "ftm",
    "cas": "cas",
    "cas-json": "cas_json",
    "label-studio": "label_studio",
    "brat": "brat",
    "web-annotation": "web_annotation",
}
"""The formats by name, each with its module in `cte_corpus.exchange`."""


@click.command(
    epilog="""\b
Examples:
  cte export xlsx                       a workbook, with a sheet that explains its columns
  cte export csv --out tables           a folder of CSV files
  cte export tokens --text texts/ --policy split-clitics
  cte export brat --text texts/
  cte export geojson --corpus-version 1.0.0"""
)
@click.argument("kind", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@options.corpus()
@options.text()
@click.option(
    "--policy",
    metavar="POLICY",
    type=click.Choice(["expand", "strict", "split-clitics"]),
    help="Tokens, where a span begins inside a word: `expand` takes the whole word, which is the default; `strict` "
    "leaves the span out; `split-clitics` cuts what is written together with an Arabic word.",
)
@options.out(
    "A file, or a folder for csv, parquet and annotation tools [default: named by the corpus and its version]."
)
def command(kind: str, path: Path | None, text: Path | None, policy: "Policy | None", out: Path | None) -> None:
    """Write the corpus in the format of another tool.

    csv, xlsx and parquet are flat tables: one row per incident, event, pair of actors (edges) and designation; `codes`
    explains every column and code, `about` says how to cite it. No cell can run as a formula.

    spans and tokens are for training (JSON Lines), spacy is a DocBin; tokens and spacy need copies of the texts.
    graphml is a graph of who acts on whom, geojson a map of where, skos and jsonld are the controlled terms, ftm is for
    FollowTheMoney. What is alleged says so, and by whom.

    cas, cas-json (UIMA, INCEpTION), label-studio, brat and web-annotation are for annotation tools: they need the texts
    that were coded, and `cte import` takes them back.

    What an export leaves out, and why, is printed, and stands with all ids in a file beside it: `….loss.json`.
    """
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.exchange.job import Job, save

    module = import_module(f"cte_corpus.exchange.{FORMATS[kind]}")
    for name, given in (("text", text), ("policy", policy)):
        if given is not None and name not in module.OPTIONS:
            raise click.UsageError(f"{kind} takes no --{name}.")
    with reading(path):
        corpus = Corpus(path)
        job = Job(corpus, text, policy or "expand")
        files = module.export(job)
    target = out or Path(f"{corpus.info.name}-{corpus.version}{module.SUFFIX or f'-{kind}'}")
    save(files, job.loss, target, corpus)
    held = ", ".join(f"{name} {count}" for name, count in job.holds.items())
    say("\n".join([f"written: {target} ({held})", *job.loss.lines()]))
