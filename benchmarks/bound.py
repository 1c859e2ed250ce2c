"""Fails where the checker has become much slower: `python benchmarks/bound.py`. The bounds are ratios in one run."""

import sys
import tempfile
from functools import partial
from pathlib import Path

import check
import measure

DOCUMENTS = 400
TRIES = 3
BOUNDS = {
    "packed": {check.COLD: 0.065, check.WARM: 1.2, check.TEXT: 0.035},
    "tree": {check.COLD: 0.045, check.WARM: 0.55},
}
"""The least speed, as a multiple of decoding alone; half of what docs/performance.md has, or less."""


def main() -> int:
    """Measure; 1 if a bound is not kept in any of several tries."""
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for form, bounds in BOUNDS.items():
            root = check.corpus(work, DOCUMENTS, form)
            jobs = {
                check.LOADS: partial(check.loads_only, root),
                check.COLD: partial(check.full, root),
                check.WARM: partial(check.warm, root, work / "cache"),
                check.TEXT: partial(check.full, root, work / f"texts-{DOCUMENTS}"),
            }
            best = dict.fromkeys(bounds, 0.0)
            check.warm(root, work / "cache")
            for _ in range(TRIES):
                seconds = measure.turns({name: job for name, job in jobs.items() if name in {check.LOADS, *bounds}}, 3)
                for name in bounds:
                    best[name] = max(best[name], measure.ratio(seconds[check.LOADS], seconds[name]))
                if all(best[name] >= least for name, least in bounds.items()):
                    break
            rows += [(f"{form}: {name}", best[name], least) for name, least in bounds.items()]
    measure.table(
        [f"speed to {check.LOADS}", "measured", "bound", ""],
        [[name, f"{got:.2f}", f"{least}", "" if got >= least else "TOO SLOW"] for name, got, least in rows],
    )
    if all(got >= least for _, got, least in rows):
        return 0
    print("Run it again: python benchmarks/bound.py. If it fails again, look for the cause: python benchmarks/check.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
