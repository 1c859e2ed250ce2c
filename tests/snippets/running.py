"""Running the blocks of a page, as a reader would who follows it from an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.needs import missing
from tests.snippets.page import ROOT, RUN, SHOWN, Block, commands

if TYPE_CHECKING:
    from collections.abc import Iterator

CHILD = Path(__file__).with_name("child.py")


class Outcome(NamedTuple):
    """What came of a block."""

    block: Block
    printed: str
    error: str
    """Why it failed, or nothing."""


class Reader:
    """Who follows a page: an interpreter with the package, a folder that was empty at first, and a clone beside it.

    Args:
        python: The interpreter; `cte` stands beside it.
        folder: Where the blocks are run. `CLONE` in the environment is this checkout.
    """

    def __init__(self, python: Path, folder: Path) -> None:
        self.python, self.folder = python, folder
        path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
        self.environment = os.environ | {
            "PATH": path, "CLONE": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "HF_HUB_OFFLINE": "1",
            "LC_ALL": "C.UTF-8", "COLUMNS": "80",
        }  # fmt: skip
        self.child: subprocess.Popen[str] | None = None

    def close(self) -> None:
        """End the interpreter."""
        if self.child:
            self.child.communicate()

    def follow(self, found: list[Block]) -> Iterator[Outcome]:
        """Do what a page says; each block that is run with what came of it."""
        for block in found:
            if block.kind not in (*RUN, *SHOWN) and not block.kind.startswith("{") and block.does != "not run":
                raise ValueError(f"line {block.line}: a block in {block.kind} can neither be run nor is it only shown")
            if block.does == "file":
                (self.folder / block.of).write_text(block.body, encoding="utf-8")
            elif block.does == "mend":
                if error := self._mend(block):
                    yield Outcome(block, "", error)
            elif block.kind in RUN and not block.does:
                printed, error = getattr(self, f"_{block.kind}")(block)
                if block.picture and not error and not (self.folder / Path(block.picture).name).is_file():
                    error = f"it draws no {Path(block.picture).name}"
                yield Outcome(block, printed, error)

    def _mend(self, block: Block) -> str:
        """Replace the lines of a file that the block takes out; says which of them do not stand there once."""
        before, after = (
            "".join(line[1:] for line in block.body.splitlines(keepends=True) if line.startswith(sign)) for sign in "-+"
        )
        path = self.folder / block.of
        text = path.read_text(encoding="utf-8")
        if text.count(before) != 1:
            return f"{block.of} has not once:\n{before}"
        path.write_text(text.replace(before, after), encoding="utf-8")
        return ""

    def _python(self, block: Block) -> tuple[str, str]:
        return self._tell(block.body)

    def _sql(self, block: Block) -> tuple[str, str]:
        return self._tell(f"ask({block.body!r})")

    def _tell(self, code: str) -> tuple[str, str]:
        if self.child is None:
            self.child = subprocess.Popen(
                [self.python, CHILD], cwd=self.folder, env=self.environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
            )  # fmt: skip
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(json.dumps(code) + "\n")
        self.child.stdin.flush()
        printed, error = json.loads(self.child.stdout.readline())
        return printed, error

    def _console(self, block: Block) -> tuple[str, str]:
        """What the commands print, errors among it; the page shows exit codes by `echo`."""
        return "".join(f"$ {command}\n{self._shell(command).stdout}" for command in commands(block)), ""

    def _sh(self, block: Block) -> tuple[str, str]:
        done = self._shell(f"set -euo pipefail\n{block.body}")
        return done.stdout, f"exit code {done.returncode}: {done.stdout}" if done.returncode else ""

    def _r(self, block: Block) -> tuple[str, str]:
        if shutil.which("Rscript") is None:
            missing("needs Rscript: apt-get install --no-install-recommends r-base-core")
        script = self.folder / "lines.R"
        script.write_text(block.body, encoding="utf-8")
        done = self._shell("Rscript lines.R")
        script.unlink()
        return done.stdout, done.stdout if done.returncode else ""

    def _shell(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
