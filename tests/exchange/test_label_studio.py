"""Label Studio's tasks and configuration, judged by its own client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cte_corpus.exchange import label_studio
from cte_corpus.exchange.annotated import annotated
from tests.exchange.annotating import DOCUMENTS, coded
from tests.needs import missing

CLIENT = Path(__file__).with_name("label_studio_client.py")


@pytest.mark.long
def test_the_client_finds_no_fault_and_every_span(tmp_path: Path) -> None:
    python = os.environ.get("CTE_LABEL_STUDIO", sys.executable)
    found = subprocess.run([python, "-c", "import label_studio_sdk"], capture_output=True, check=False)
    if found.returncode:
        missing("needs label-studio-sdk; CTE_LABEL_STUDIO names the Python that has it")
    ones = [annotated(*coded(name)) for name in DOCUMENTS]
    lead = "😀𐎀 "
    marks = [
        tuple(mark._replace(start=mark.start + len(lead), end=mark.end + len(lead)) for mark in one.marks)
        for one in ones
    ]
    shifted = [one._replace(text=lead + one.text, marks=own) for one, own in zip(ones, marks, strict=True)]
    tasks = [label_studio.task(one) for one in shifted]
    (tmp_path / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    (tmp_path / "config.xml").write_text(label_studio.config(), encoding="utf-8")
    done = subprocess.run(
        [python, "-W", "ignore", str(CLIENT), str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["faults"] == []
    for one, labels in zip(shifted, told["labels"], strict=True):
        assert [(item["start"], item["end"], *item["labels"]) for item in labels] == [
            (mark.start, mark.end, mark.label) for mark in one.marks
        ]
        assert all(one.text[item["start"] : item["end"]] == item["text"] for item in labels)


def test_the_configuration_offers_every_code_once() -> None:
    lines = label_studio.config().splitlines()
    labels = [line.split('"')[1] for line in lines if line.strip().startswith("<Label ")]
    relations = [line.split('"')[1] for line in lines if line.strip().startswith("<Relation ")]
    assert len(labels) == len(set(labels)) > 60
    assert {"person", "attack.bombing", "times"} <= set(labels)
    assert len(relations) == len(set(relations)) > 70
