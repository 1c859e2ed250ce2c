"""What large corpora cost must not creep up: ratios of CPU time in one run, with wide margins, tried three times."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRIES = 3

Figures = dict[str, dict[int, tuple[float, float]]]
"""Seconds and megabytes of each command at 100 and at 400 documents."""

RECORDS = ("check one document, tree", "show an event, tree", "show an event, packed", "Corpus()[id], packed")

pytestmark = pytest.mark.long


class Growth:
    """The best of what was measured, which is measured again while something does not hold."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._runs: list[Figures] = []
        sys.path.insert(0, str(ROOT / "benchmarks"))
        try:
            self._benchmark = import_module("growth")
        finally:
            sys.path.pop(0)

    def wrong(self, faults: Callable[[Figures], Iterator[str]]) -> list[str]:
        """What does not hold, whichever of three tries is best."""
        while True:
            found = list(faults(self._best())) if self._runs else ["not measured"]
            if not found or len(self._runs) == TRIES:
                return found
            self._runs.append(self._benchmark.measured(self._work, [100, 400]))

    def _best(self) -> Figures:
        return {
            name: {size: (min(run[name][size][0] for run in self._runs), times[size][1]) for size in times}
            for name, times in self._runs[0].items()
        }


@pytest.fixture(scope="module")
def growth(tmp_path_factory: pytest.TempPathFactory) -> Growth:
    return Growth(tmp_path_factory.mktemp("growth"))


def test_one_record_costs_the_same_in_a_larger_corpus(growth: Growth) -> None:
    def faults(figures: Figures) -> Iterator[str]:
        for name in (
            "check one document, tree",
            "show an event, tree",
            "show an event, packed",
            "Corpus()[id], packed",
        ):
            (small, memory), (large, more) = figures[name][100], figures[name][400]
            if large >= 1.6 * small or more >= memory + 20:
                yield f"{name}: {figures[name]}"

    assert growth.wrong(faults) == []


def test_all_records_cost_no_more_than_their_number(growth: Growth) -> None:
    def faults(figures: Figures) -> Iterator[str]:
        for name, times in figures.items():
            if times[400][0] >= 1.4 * 4 * times[100][0]:
                yield f"{name}: {times}"

    assert growth.wrong(faults) == []


def test_memory_does_not_grow_where_nothing_is_kept(growth: Growth) -> None:
    def faults(figures: Figures) -> Iterator[str]:
        for name in ("check, packed, cold", "stats, packed", "diff, 1 % changed"):
            if figures[name][400][1] >= figures[name][100][1] + 25:
                yield f"{name}: {figures[name]}"

    assert growth.wrong(faults) == []


def test_the_check_keeps_its_distance_to_decoding(growth: Growth) -> None:
    """Both without the start of the process: the difference of the two sizes."""

    def faults(figures: Figures) -> Iterator[str]:
        cost = {name: times[400][0] - times[100][0] for name, times in figures.items()}
        for name, most in (("check, packed, warm", 2), ("check, packed, cold", 25)):
            if cost[name] >= most * cost["orjson.loads, packed"]:
                yield f"{name}: {cost}"

    assert growth.wrong(faults) == []
