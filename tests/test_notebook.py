"""The tutorial as a notebook says what the page says, and runs from its first cell to its last.

CTE_UPDATE=1 writes it anew from the page.
"""

import json
import os
import sys
from pathlib import Path

import pytest

import cte_corpus as cte
from tests.snippets.notebook import NOTEBOOK, PAGE, notebook, written


def test_the_notebook_is_made_from_the_page() -> None:
    expected = written(PAGE.read_text(encoding="utf-8"))
    if os.environ.get("CTE_UPDATE") == "1":
        NOTEBOOK.write_text(expected, encoding="utf-8")
    assert NOTEBOOK.read_text(encoding="utf-8") == expected


def test_what_a_page_prints_is_not_in_the_notebook_and_a_picture_is_shown() -> None:
    page = (
        '# One\n\n```python\ncte.plot.save(cte.plot.map(), "map.png", scale=1)\n```\n\n![A map](img/map.png)\n\nTwo\n\n'
        "```sql\nselect 1\n```\n\n| 1 |\n|---|\n| 1 |\n\n```console\n$ cte cite\nsomething\n```\n"
    )
    cells = [(cell["cell_type"], cell["source"]) for cell in notebook(page)["cells"]]
    assert cells == [
        ("markdown", "# One"),
        ("code", "cte.plot.map()"),
        ("markdown", "Two"),
        ("code", 'cte.connect(corpus).sql("""\nselect 1\n""").df()'),
        ("code", "!cte cite"),
    ]
    with pytest.raises(ValueError, match="no cells in 'r'"):
        notebook("```r\n1\n```\n")


@pytest.mark.long
def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbclient
    import nbformat

    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    found = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(found)
    nbclient.NotebookClient(found, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = json.dumps([cell.get("outputs") for cell in found.cells], ensure_ascii=False)
    for said in (
        f"{len(cte.Corpus().events)} events",
        "MAP news agency",
        "said by org:us-treasury",
        "image/png",
        "urn:cte-corpus",
    ):
        assert said in shown, said
