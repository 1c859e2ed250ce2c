"""Hostile input and faults in full size: `python benchmarks/hostile.py`; with `--write` into docs/hostile.md.

Takes some five minutes, and 1 GB of disk.
"""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import faults, hostile  # noqa: E402

from cte_corpus.release.build import build  # noqa: E402

PAGE = ROOT / "docs" / "hostile.md"


def inputs(space: Path) -> list[str]:
    """Rows: input, command, message, memory, time."""
    archive = build(hostile.TIDEWATER, space / "pack", date="2026-01-31").archive
    rows = ["| input | command | says | MB | s |", "|---|---|---|--:|--:|"]
    for case in hostile.CASES:
        home = space / "home"
        home.mkdir()
        command, done = hostile.run(case, home, archive)
        said = done.out + done.err
        if (done.code, case.message in said) != (case.code, True):
            sys.exit(f"{case.what}: {done.code}\n{said[:2000]}")
        shutil.rmtree(home)
        message = case.message.replace("|", "\\|")
        rows.append(f"| {case.what} | `{command}` | `{message}` | {done.peak} | {done.seconds:.1f} |")
        print(rows[-1], flush=True)
    return rows


def stops(space: Path, kills: int) -> list[str]:
    """Rows: command, kills, states found after them, limits on file size, states after them."""
    rows = ["| command | kills | states after them | full disks | states after them | s |", "|---|--:|--:|--:|--:|--:|"]
    for job in faults.JOBS:
        found = faults.measured(job, space / job.name, kills)
        rows.append(
            f"| `{job.shown}` | {found.kills} | {found.after_kills} | {found.full} | {found.after_full} | "
            f"{found.seconds:.0f} |"
        )
        print(rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the tables into docs/hostile.md")
    parser.add_argument("--only", choices=["input", "faults"], help="one of the tables")
    parser.add_argument("--kills", type=int, default=20, help="kills of each command, spread over its steps")
    wanted = parser.parse_args()
    memory = Path("/dev/shm")  # where the machine has it, the disk takes no part in the times
    with tempfile.TemporaryDirectory(prefix="cte-hostile-", dir=memory if memory.is_dir() else None) as folder:
        tables = {}
        if wanted.only != "faults":
            tables["input"] = inputs(Path(folder))
        if wanted.only != "input":
            tables["faults"] = stops(Path(folder), wanted.kills)
    if wanted.write:
        text = PAGE.read_text(encoding="utf-8")
        for name, rows in tables.items():
            body = "\n".join(rows)
            text = re.sub(
                rf"(<!-- table: {name} -->\n).*?(<!-- end -->)",
                lambda match, body=body: f"{match[1]}{body}\n{match[2]}",
                text,
                flags=re.DOTALL,
            )
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
