"""Executors of others: the same function, the same findings."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cte_corpus.checking import engine, merge, partial, piecework
from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from cte_corpus.scale.workers import Workers, workers
from cte_corpus.store import pieces
from cte_corpus.store.layout import real
from tests.checking.corpora import TIDEWATER


def threads() -> Executor:
    """Threads are no faster, but many an executor has them."""
    return ThreadPoolExecutor(3)


def nothing() -> object:
    return object()


def failing() -> Executor:
    raise OSError("the scheduler does not answer")


def asking(address: str) -> Executor:
    raise ConnectionError(address)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("tests.checking.test_engines:nothing", "which is no executor"),
        ("tests.checking.test_engines:none", "no executor tests.checking"),
        ("no_such_module_anywhere:x", "no executor no_such"),
        ("x", "no executor x"),
        (":", "no executor :"),
        ("tests.checking.test_engines:failing", "failing gives no executor: OSError: the scheduler does not answer"),
        ("tests.checking.test_engines:asking", "asking gives no executor: TypeError"),
        ("tests.checking.test_engines:TIDEWATER", "TIDEWATER gives no executor: TypeError"),
        ("no_module_for_python", "cannot be imported: SyntaxError"),
    ],
)
def test_what_is_no_executor_is_said_to_be_none(
    named: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no_module_for_python.py").write_text("def executor(:\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(CteError, match=said), workers(1, named):
        pass


def test_the_command_takes_any_executor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LEAST", 1)
    runner = CliRunner()
    given = ["check", "--corpus", str(TIDEWATER), "--no-cache", "-o", "json"]
    found = [
        runner.invoke(group, [*given, *more]) for more in ([], ["--executor", "tests.checking.test_engines:threads"])
    ]
    assert json.loads(found[0].output) == json.loads(found[1].output)
    assert [one.exit_code for one in found] == [0, 0]


@contextmanager
def dask(**how: Any) -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, **how) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor()


@pytest.mark.long
def test_dask_finds_the_same(tmp_path: Path) -> None:
    with dask() as executor:
        for cache in (None, tmp_path, tmp_path):
            found = piecework.run(TIDEWATER, workers=Workers(executor, 2, "dask"), cache=cache)
            assert found._replace(recalled=0) == engine.run(TIDEWATER)
        with pytest.raises(CteError, match="dask failed on a: "):
            list(Workers(executor, 2, "dask").map(int, ["a"]))
    assert found.recalled == found.documents


@pytest.mark.long
def test_shards_are_checked_by_jobs_of_submitit(tmp_path: Path) -> None:
    submitit = pytest.importorskip("submitit")
    root = real(TIDEWATER)
    executor = submitit.AutoExecutor(folder=tmp_path / "logs", cluster="local")
    executor.update_parameters(timeout_min=2)
    jobs = executor.map_array(partial.write, *zip(*[(root, tmp_path / "parts", n, 2) for n in (1, 2)], strict=True))
    assert [job.result()[1] for job in jobs] == [True, True]
    assert merge.merge([tmp_path / "parts"], root) == engine.run(root)
