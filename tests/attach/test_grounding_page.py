"""The page on grounding: its commands and snippets print what stands there.

CTE_UPDATE=1 writes what they print into the page.
"""

import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "grounding.md"
FILE = re.compile(r"<!-- file (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"```console\n\$ (.*?)\n(.*?)```", re.DOTALL)
SNIPPET = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def test_the_page_prints_what_stands_there(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, body in FILE.findall(page):
        (tmp_path / name).write_text(body, encoding="utf-8")

    def told(match: re.Match[str]) -> str:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(
            ["bash", "-c", match[1]],
            cwd=tmp_path,
            env=os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
        return f"```console\n$ {match[1]}\n{done.stdout}```"

    def printed(match: re.Match[str]) -> str:
        with redirect_stdout(StringIO()) as out:
            exec(match[1], {})
        return f"```python\n{match[1]}```\n\n```text\n{out.getvalue()}```"

    assert (len(COMMAND.findall(page)), len(SNIPPET.findall(page))) == (1, page.count("```python"))
    new = SNIPPET.sub(printed, COMMAND.sub(told, page))
    if os.environ.get("CTE_UPDATE") == "1":
        PAGE.write_text(new, encoding="utf-8")
    assert new == PAGE.read_text(encoding="utf-8")
