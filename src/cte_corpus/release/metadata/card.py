"""`README.md`: the dataset card of the Hugging Face Hub.

Its YAML makes the pack a dataset repository with one configuration a record table. `datasets` names its cache after the
configurations with all that they say, so each carries the digest of its files: two versions never share a cache, and
neither do two builds of one version that differ. A table without rows has no configuration, as `datasets` loads no
empty split. <https://huggingface.co/docs/hub/datasets-cards>
"""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.release.facts import Facts, PackFile

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def render(facts: Facts) -> bytes:
    """The card: YAML between two lines of dashes, then Markdown."""
    return f"---\n{_yaml(facts)}\n---\n{_text(facts)}".encode()


def _yaml(facts: Facts) -> str:
    from datasets.info import DatasetInfosDict
    from huggingface_hub import DatasetCardData

    info = facts.info
    data = DatasetCardData(
        pretty_name=info.title,
        license=info.licences.records.lower(),
        language=list(facts.languages),
        multilinguality="multilingual" if len(facts.languages) > 1 else "monolingual",
        size_categories=[_size(sum(facts.counts.values()))],
        source_datasets=["original"],
        task_categories=["token-classification", "other"],
        tags=list(words.KEYWORDS),
        version=info.version,
        configs=[_config(facts, table) for table in _loaded(facts)],
    )
    DatasetInfosDict({table: _info(facts, table) for table in _loaded(facts)}).to_dataset_card_data(data)
    return data.to_yaml(line_break="\n")


def _loaded(facts: Facts) -> list[str]:
    return [table for table in facts.schemas if facts.counts[table]]


def _config(facts: Facts, table: str) -> dict[str, Any]:
    content = sha256("".join(file.sha256 for file in _shards(facts, table)).encode()).hexdigest()[:16]
    config = {
        "config_name": table,
        "description": f"{words.TABLES[table]} Content {content}.",
        "version": facts.info.version,
        "data_files": [{"split": "train", "path": f"data/{table}/*.parquet"}],
    }
    return config | ({"default": True} if table == "events" else {})


def _info(facts: Facts, table: str) -> Any:
    from datasets import DatasetInfo, Features, SplitDict, SplitInfo

    shards = _shards(facts, table)
    memory = facts.memory[table]
    splits = SplitDict()
    splits.add(SplitInfo("train", num_bytes=memory, num_examples=sum(file.rows for file in shards)))
    return DatasetInfo(
        features=Features.from_arrow_schema(facts.schemas[table]),
        splits=splits,
        download_size=sum(file.size for file in shards),
        dataset_size=memory,
    )


def _shards(facts: Facts, table: str) -> list[PackFile]:
    return [file for file in facts.files if file.table == table]


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "1M<n<10M")


def _text(facts: Facts) -> str:
    info = facts.info
    hub = info.addresses.hub
    rows = [f"| `{table}` | {facts.counts[table]} | {words.TABLES[table]} |" for table in facts.schemas]
    template = Template(files(__package__).joinpath("card.md").read_text(encoding="utf-8"))
    return template.substitute(
        title=info.title,
        abstract=words.ABSTRACT,
        version=info.version,
        date=facts.date,
        schema_version=info.schema_version,
        languages=", ".join(f"`{tag}`" for tag in facts.languages),
        root_digest=facts.root_digest,
        tables="\n".join(["| table | rows | what a row is |", "|---|---:|---|", *rows]),
        documents=_name(facts, "documents"),
        entities=_name(facts, "entities"),
        offsets=words.OFFSETS,
        address=hub or "path/to/this/folder",
        where="A copy of this folder loads the same way, offline, by its path." if hub else "It loads offline.",
        others=", ".join(f"`{table}`" for table in _loaded(facts) if table != "events"),
        canary=f"## Canary\n\n{words.CANARY}\n\n`{info.canary}`\n\n" if info.canary else "",
        message=words.MESSAGE,
        citation=words.citation(facts),
        records_licence=words.licence_name(info.licences.records),
        records_spdx=info.licences.records,
        code_licence=words.licence_name(info.licences.code),
        code_spdx=info.licences.code,
    )


def _name(facts: Facts, kind: str) -> str:
    """The name of the file with the packed records of a kind, or of its shards together."""
    name = f"{kind}.jsonl.zst"
    return name if any(file.path == name for file in facts.files) else f"{kind}-*.jsonl.zst"
