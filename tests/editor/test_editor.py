"""VS Code's language services complete and explain records and drafts from the schemas that they name: in this
repository, and in a corpus of one's own with an installed package."""

import subprocess
from pathlib import Path

import pytest

from cte_corpus import vocabulary
from cte_corpus.authoring.schema_place import modeline
from cte_corpus.authoring.start import About, start
from cte_corpus.store.layout import SCHEMA_VERSION, data_dir, schema_folder
from tests.conftest import ROOT
from tests.needs import node

HERE = Path(__file__).parent
OFFERED = f"{len(vocabulary.event_types())} event types offered"


def test_json_language_service_completes_event_types() -> None:
    assert OFFERED in run([node(HERE), "editor.mjs"])


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A repository of one's own, as `cte init` begins it."""
    start(tmp_path / "harbour", About("harbour", "Harbour news", ("A. Coder",), "CC-BY-4.0", ""))
    return tmp_path / "harbour"


@pytest.mark.long
def test_it_does_so_in_a_corpus_of_ones_own(begun: Path) -> None:
    events = begun / "data" / "documents" / "notice" / "events.json"
    events.parent.mkdir()
    place = f"schemas/{schema_folder(SCHEMA_VERSION)}"
    text = (HERE / "events.json").read_text("utf-8")
    events.write_text(text.replace(f"../../{place}", f"../../../{place}"), "utf-8")
    assert OFFERED in run([node(HERE), "editor.mjs", str(events)])


@pytest.mark.long
def test_yaml_language_service_completes_drafts(begun: Path, tmp_path: Path) -> None:
    for root, draft in ((data_dir(), tmp_path / "a.draft.yaml"), (begun / "data", begun / "b.draft.yaml")):
        body = (ROOT / "docs" / "walk" / "courier-verdict.draft.yaml").read_text("utf-8")
        draft.write_text(modeline(root, draft) + body, "utf-8")
        assert OFFERED in run([node(HERE), "drafts.mjs", str(draft)])


def run(command: list[str]) -> str:
    """Run a command beside this file; its output."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
