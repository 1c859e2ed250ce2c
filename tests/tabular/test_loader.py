"""Hugging Face datasets: typed, equal to the records, never stale."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import datasets
import pytest

import cte_corpus as cte
from cte_corpus.errors import CteError
from cte_corpus.tabular import arrow, arrow_schema
from cte_corpus.tabular.loader import load_dataset

from .comparing import stated

SCRIPT = """
import json, sys
from cte_corpus.tabular.loader import load_dataset
found = load_dataset(corpus=sys.argv[1])
print(json.dumps({name: (rows._fingerprint, list(rows)) for name, rows in found.items()}))
"""


def load(corpus: Path, home: Path) -> dict[str, Any]:
    """All record types, loaded in a process of its own with a cache of its own, offline."""
    environment = os.environ | {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-c", SCRIPT, str(corpus)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def test_fresh_and_warm_cache_give_the_records(
    tidewater: Path, tmp_path: Path, records: dict[str, list[dict[str, Any]]]
) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    fresh = load(copy, tmp_path / "home")
    assert {name: stated(rows) for name, (_, rows) in fresh.items()} == records
    assert load(copy, tmp_path / "home") == fresh

    path = copy / "documents" / "harbour-talks" / "events.json"
    path.write_text(path.read_text(encoding="utf-8").replace("2016~", "2016-07~"), encoding="utf-8")
    edited = load(copy, tmp_path / "home")
    times = next(row["times"] for row in edited["events"][1] if row["id"] == "harbour-talks:e07")
    assert times[0]["edtf"] == "2016-07~"
    assert [name for name in fresh if fresh[name] != edited[name]] == ["events"]


def test_features_are_typed(tidewater: Path) -> None:
    features = load_dataset("events", tidewater).features
    assert features["id"] == datasets.Value("string")
    span = {"start": datasets.Value("int64"), "end": datasets.Value("int64"), "text": datasets.Value("string")}
    assert features["trigger"] == span
    assert features["times"].feature["edtf"] == datasets.Value("string")
    assert features["quantities"].feature["lower"] == datasets.Value("float64")
    assert features["arguments"].feature["implicit"] == datasets.Value("bool")


def test_features_do_not_depend_on_the_rows(tidewater: Path) -> None:
    for name, schema in arrow_schema.record_schemas().items():
        assert load_dataset(name, tidewater).features.arrow_schema.equals(schema)


def test_one_name_gives_a_dataset_and_none_gives_all(tidewater: Path) -> None:
    everything = load_dataset(corpus=tidewater)
    assert isinstance(everything, datasets.DatasetDict)
    assert tuple(everything) == arrow.RECORD_TYPES
    one = load_dataset("mentions", tidewater)
    assert isinstance(one, datasets.Dataset)
    assert list(one) == list(everything["mentions"])
    assert str(one.info.version) == "0.2.0"


def test_an_unknown_name_lists_the_known(tidewater: Path) -> None:
    with pytest.raises(
        CteError, match=r"no record type 'event'\ndid you mean `events`\? the record types are documents, "
    ):
        load_dataset("event", tidewater)


def test_a_data_set_says_what_it_is(tidewater: Path) -> None:
    found = cte.load_dataset("events", tidewater)
    assert (found.info.license, found.info.dataset_name, found.info.config_name) == (
        cte.Corpus(tidewater).info.licences.records,
        cte.Corpus(tidewater).info.name,
        "events",
    )
    assert str(found.info.version) == "0.2.0"
    assert "What the texts say happened" in found.info.description
    assert "version 0.2.0" in found.info.citation
    assert found.info.homepage == ""
    assert cte.load_dataset("clusters", tidewater).info.description.endswith("with what they say of it.")


def test_a_homepage_is_there_where_one_is_set(tidewater: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tidewater, tmp_path / "corpus")
    info = json.loads((folder / "corpus.json").read_bytes())
    info["addresses"]["repository"] = "https://code.example/tidewater"
    (folder / "corpus.json").write_text(json.dumps(info), "utf-8")
    found = cte.load_dataset("events", folder).info
    assert found.homepage == "https://code.example/tidewater"
    assert found.citation.endswith("https://code.example/tidewater")


def test_the_one_split(tidewater: Path) -> None:
    whole, train = cte.load_dataset("events", tidewater), cte.load_dataset("events", tidewater, split="train")
    assert (str(train.split), train.to_list()) == ("train", whole.to_list())
    assert set(cte.load_dataset(corpus=tidewater, split="train")) == set(cte.load_dataset(corpus=tidewater))
    with pytest.raises(cte.UnknownIdError, match="no split 'test'; there is `train` alone"):
        cte.load_dataset("events", tidewater, split="test")
