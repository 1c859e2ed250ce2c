"""The page on Python: its snippets run one after the other, and print what stands under them.

CTE_UPDATE=1 writes what they print into the page.
"""

import os
import re
from contextlib import redirect_stdout
from io import StringIO

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "python.md"
SNIPPET = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def test_the_snippets_print_what_stands_under_them() -> None:
    page = PAGE.read_text(encoding="utf-8")
    names: dict[str, object] = {}

    def printed(match: re.Match[str]) -> str:
        with redirect_stdout(StringIO()) as out:
            exec(match[1], names)
        return f"```python\n{match[1]}```\n\n```text\n{out.getvalue()}```"

    assert len(SNIPPET.findall(page)) == page.count("```python") > 5
    new = SNIPPET.sub(printed, page)
    if os.environ.get("CTE_UPDATE") == "1":
        PAGE.write_text(new, encoding="utf-8")
    assert new == PAGE.read_text(encoding="utf-8")
