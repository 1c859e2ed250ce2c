"""The walk in CONTRIBUTING.md, done from an empty folder: its commands print what the page says, to a green check.

CTE_UPDATE=1 writes what the commands print into the page.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
BLOCK = re.compile(
    r"(?:^<!-- (?P<does>[a-z ]+) (?P<file>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)


class Block(NamedTuple):
    """A fenced block of the walk."""

    kind: str
    does: str
    """What the comment before it says of it: all of, part of, or mend."""

    file: str
    body: str
    start: int
    """Offset of the body in the page."""


def blocks(page: str) -> list[Block]:
    """The blocks of the section on the walk, in order."""
    start = page.index("\n## Walk: ")
    end = page.index("\n## ", start + 1)
    return [
        Block(match["kind"], match["does"] or "", match["file"] or "", match["body"], match.start("body"))
        for match in BLOCK.finditer(page, start, end)
    ]


def commands(block: Block) -> list[str]:
    return [line.removeprefix("$ ") for line in block.body.splitlines() if line.startswith("$ ")]


def run(command: str, folder: Path) -> str:
    """What a command prints; the page shows exit codes by `echo`."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "CLONE": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    return done.stdout


def mend(block: Block, folder: Path) -> None:
    """Put the lines marked `+` in the place of those marked `-`."""
    before, after = (
        "".join(line[1:] for line in block.body.splitlines(keepends=True) if line.startswith(sign)) for sign in "-+"
    )
    path = folder / block.file
    draft = path.read_text(encoding="utf-8")
    assert draft.count(before) == 1, before
    path.write_text(draft.replace(before, after), encoding="utf-8")


def walk(page: str, folder: Path) -> Iterator[tuple[Block, str]]:
    """Do what the page says; its console blocks, each with what should stand in it."""
    for block in blocks(page):
        if block.does == "mend":
            mend(block, folder)
        if block.kind == "console":
            yield block, "".join(f"$ {command}\n{run(command, folder)}" for command in commands(block))


def test_the_walk_is_what_the_page_says(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    walked = list(walk(page, tmp_path))
    if os.environ.get("CTE_UPDATE") == "1":
        for block, printed in reversed(walked):
            page = page[: block.start] + printed + page[block.start + len(block.body) :]
        PAGE.write_text(page, encoding="utf-8")
    else:
        assert [block.body for block, _ in walked] == [printed for _, printed in walked]


def test_the_walk_as_shown_fails_once_and_ends_green() -> None:
    console = [block.body for block in blocks(PAGE.read_text(encoding="utf-8")) if block.kind == "console"]
    assert re.findall(r"^exit code \d$", "".join(console), re.M) == ["exit code 1", "exit code 0", "exit code 0"]
    assert "nothing was written" in "".join(console)


def test_what_the_page_shows_of_files_stands_in_them() -> None:
    shown = [block for block in blocks(PAGE.read_text(encoding="utf-8")) if block.does in ("all of", "part of")]
    assert [block.does for block in shown] == ["all of", "part of"]
    for block in shown:
        content = (ROOT / block.file).read_text(encoding="utf-8")
        assert block.body == content if block.does == "all of" else block.body in content
