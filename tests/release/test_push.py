"""`cte push` against a Hub on this machine, and what it does where nothing may be pushed."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from cte_corpus.errors import CteError
from cte_corpus.release.build import build
from cte_corpus.release.push import plan
from tests.cli.conftest import Cte, cte
from tests.release.hub import TOKEN, Hub, hub

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Push = Callable[..., subprocess.CompletedProcess[str]]

__all__ = ["cte"]

DATASET = "invented/tidewater"


@pytest.fixture
def there() -> Iterator[Hub]:
    with hub(DATASET) as server:
        yield server


@pytest.fixture
def push(cte: Cte, there: Hub, tmp_path: Path) -> Push:
    """Run `cte push` with the Hub of this machine; nobody is logged in."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {"HF_ENDPOINT": there.url, "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path / "home"), "HF_TOKEN": TOKEN}
        return cte("push", *arguments, env={**env, "HF_HUB_DISABLE_TELEMETRY": "1", **environment})

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("large", [(), (".parquet", ".zst")], ids=["in the commit", "by LFS"])
def test_the_dataset_becomes_the_pack_and_the_tag_keeps_it(
    push: Push, there: Hub, pack: Path, large: tuple[str, ...]
) -> None:
    there.large = large
    done = push(pack, "--to", DATASET, HF_HUB_DISABLE_XET="1" if large else "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"pushed tidewater 0.2.0: {there.url}/datasets/{DATASET}/tree/v0.2.0\n"
    assert {path: data for path, data in there.files.items() if path != ".gitattributes"} == files(pack)
    assert len(there.objects) == sum(path.endswith(large) for path in files(pack)) if large else not there.objects
    assert there.commits == ["tidewater 0.2.0"]
    assert list(there.tags) == ["v0.2.0"]
    assert re.fullmatch("[0-9a-f]{40}", there.tags["v0.2.0"])


def test_a_version_that_is_there_is_not_pushed_again(push: Push, there: Hub, pack: Path) -> None:
    there.tags["v0.2.0"] = "0" * 40
    done = push(pack, "--to", DATASET)
    assert (done.returncode, there.commits) == (2, [])
    assert f"{DATASET} has v0.2.0 already" in done.stderr


def test_there_is_no_tag_where_not_everything_arrived(push: Push, there: Hub, pack: Path) -> None:
    there.refused = "/commit/"
    done = push(pack, "--to", DATASET, HF_HUB_DISABLE_XET="1")
    assert (done.returncode, there.tags) == (2, {})
    assert "the Hub did not take v0.2.0 of invented/tidewater: " in done.stderr
    assert "no space left" in done.stderr
    there.refused = ""
    assert push(pack, "--to", DATASET).returncode == 0


@pytest.mark.parametrize(
    ("dataset", "environment", "message"),
    [
        ("invented/other", {}, "no dataset invented/other on the Hub that the token may see"),
        (DATASET, {"HF_TOKEN": "hf_other"}, f"the Hub does not let the token write to {DATASET}"),
        (DATASET, {"HF_TOKEN": ""}, "no token for the Hub"),
        (DATASET, {"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE is set, and so nothing is pushed"),
        (DATASET, {"HF_ENDPOINT": "http://127.0.0.1:9"}, f"the Hub did not take v0.2.0 of {DATASET}: "),
    ],
)
def test_what_cannot_be_pushed(
    push: Push, there: Hub, pack: Path, dataset: str, environment: dict[str, str], message: str
) -> None:
    done = push(pack, "--to", dataset, **environment)
    assert (done.returncode, done.stdout, there.commits) == (2, "", [])
    assert done.stderr.startswith(f"error: {message}")
    assert "\n  help: " in done.stderr


# Without network and token


def test_a_dry_run_lists_all_that_would_go(cte: Cte, pack: Path) -> None:
    done = cte("push", pack, "--to", DATASET, "--dry-run", env={"HF_HUB_OFFLINE": "1", "HF_TOKEN": ""})
    assert done.returncode == 0, done.stderr
    head, *lines = done.stdout.splitlines()
    assert head == "would push tidewater 0.2.0 of 2024-02-01"
    assert lines[:2] == [f"  dataset      {DATASET}", "  tag          v0.2.0"]
    assert [line.split()[-1] for line in lines[4:]] == sorted(files(pack))


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_an_address_that_is_not_set_is_said(cte: Cte, pack: Path, option: list[str]) -> None:
    done = cte("push", pack, *option)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: the address of the dataset on the Hub is not set\n  help: give it with --to ")


def test_the_address_of_the_pack_is_taken(tidewater: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(tidewater, tmp_path / "tree")
    path = tree / "corpus.json"
    info = path.read_text(encoding="utf-8")
    assert '"hub": ""' in info
    path.write_text(info.replace('"hub": ""', f'"hub": "{DATASET}"'), encoding="utf-8")
    folder = build(tree, tmp_path, date="2024-02-01").folder
    assert plan(folder).dataset == DATASET
    assert plan(folder, "invented/other").dataset == "invented/other"


@pytest.mark.parametrize("name", ["other", "a b/c", "a/b/c", "-/-"])
def test_what_is_no_name_of_a_dataset(pack: Path, name: str) -> None:
    with pytest.raises(CteError, match=f"{name!r} is no name of a dataset: .*\nas in owner/name"):
        plan(pack, name)


def test_a_pack_that_is_not_as_it_was_built_is_not_pushed(own_pack: Path) -> None:
    (own_pack / "CITATION.cff").write_text("title: other\n")
    with pytest.raises(CteError, match=r"is not as it was built: altered: CITATION\.cff: "):
        plan(own_pack, DATASET)
    (own_pack / "corpus.json").write_text("{}")
    with pytest.raises(CteError, match=r"is not as it was built: altered: CITATION\.cff: "):
        plan(own_pack)


def test_only_the_folder_of_a_pack_is_pushed(pack: Path, tidewater: Path) -> None:
    for path, message in ((pack.with_name(f"{pack.name}.tar"), "no folder"), (tidewater, "no manifest.json in")):
        assert path.exists()
        with pytest.raises(CteError, match=message):
            plan(path, DATASET)
