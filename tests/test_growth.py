"""What large corpora cost must not creep up: ratios of CPU time in one run, with wide margins, tried three times."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRIES = 3

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def growth(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, tuple[float, float]]]:
    """Seconds and megabytes of each command at 100 and at 400 documents, the best of three times."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        benchmark = import_module("growth")
    finally:
        sys.path.pop(0)
    work = tmp_path_factory.mktemp("growth")
    runs = [benchmark.measured(work, [100, 400]) for _ in range(TRIES)]
    return {
        name: {size: (min(run[name][size][0] for run in runs), times[size][1]) for size in times}
        for name, times in runs[0].items()
    }


def test_one_record_costs_the_same_in_a_larger_corpus(growth: dict[str, dict[int, tuple[float, float]]]) -> None:
    for name in ("check one document, tree", "show an event, tree", "show an event, packed", "Corpus()[id], packed"):
        (small, memory), (large, more) = growth[name][100], growth[name][400]
        assert large < 1.6 * small, name
        assert more < memory + 20, name


def test_all_records_cost_no_more_than_their_number(growth: dict[str, dict[int, tuple[float, float]]]) -> None:
    for name, times in growth.items():
        assert times[400][0] < 1.4 * 4 * times[100][0], name


def test_memory_does_not_grow_where_nothing_is_kept(growth: dict[str, dict[int, tuple[float, float]]]) -> None:
    for name in ("check, packed, cold", "stats, packed", "diff, 1 % changed"):
        assert growth[name][400][1] < growth[name][100][1] + 25, name


def test_the_check_keeps_its_distance_to_decoding(growth: dict[str, dict[int, tuple[float, float]]]) -> None:
    """Both without the start of the process: the difference of the two sizes."""
    cost = {name: times[400][0] - times[100][0] for name, times in growth.items()}
    loads = cost["orjson.loads, packed"]
    assert cost["check, packed, warm"] < 2 * loads
    assert cost["check, packed, cold"] < 25 * loads
