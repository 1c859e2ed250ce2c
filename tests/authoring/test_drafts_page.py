"""The example of the page on drafts is what it says."""

import re
from pathlib import Path

from click.testing import CliRunner

from cte_corpus.checking import engine
from cte_corpus.cli import cte

PAGE = Path(__file__).parents[2] / "docs" / "drafts.md"


def block(name: str) -> str:
    match = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert match
    return match[1]


def test_the_example_becomes_records_that_pass_the_check(corpus: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "sable-notice.txt").write_text(block("text"), "utf-8")
    draft = tmp_path / "sable-notice.draft.yaml"
    draft.write_text(block("draft"), "utf-8")
    args = ["anchor", str(draft), "--text", str(texts / "sable-notice.txt"), "--corpus", str(corpus)]
    result = CliRunner().invoke(cte, args)
    assert result.exit_code == 0, result.output
    assert "2 sections, 6 mentions, 2 events, 0 sanctions" in result.output
    assert engine.run(corpus / "documents" / "sable-notice", text=texts).diagnostics == []
