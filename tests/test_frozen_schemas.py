"""A published schema never changes: the files of the checkout against the digests in the ledger."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from cte_corpus.errors import CteError
from cte_corpus.published import ledger
from cte_corpus.published.ledger import Release
from cte_corpus.release.judge import frozen
from tests.conftest import ROOT


def digests(schemas: Path) -> dict[str, str]:
    """SHA-256 of each schema file by its path below `schemas/`."""
    files = (path for path in schemas.rglob("*") if path.is_file())
    return {path.relative_to(schemas).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def broken(schemas: Path, releases: list[Release]) -> list[str]:
    """Files in published folders that are not as they were published: altered, missing or new. CTE606 reports them."""
    found = [one for one in frozen(schemas, releases) if one.found != one.published]
    return ["/".join(Path(one.path).parts[-2:]) for one in found]


def release(version: str, schemas: dict[str, str]) -> Release:
    name = f"tidewater-{version}.tar"
    return Release(version, "1.0", "2024-02-01", {}, "0" * 64, name, "0" * 64, 1, schemas)


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A copy of the schemas of this checkout."""
    return shutil.copytree(ROOT / "schemas", tmp_path / "schemas")


def test_no_published_schema_of_this_checkout_has_changed() -> None:
    assert broken(ROOT / "schemas", ledger.ledger()) == []


def test_every_release_from_1_0_0_on_froze_its_schemas() -> None:
    """A ledger that took down no digests would freeze nothing."""
    names = {path.name for path in (ROOT / "schemas" / "v1").iterdir()}
    for one in ledger.ledger():
        if ledger.order(one) >= (1,):
            assert names <= {path.partition("/")[2] for path in one.schemas}


def test_what_was_published_may_not_change(schemas: Path) -> None:
    known = ledger.read(ledger.with_entry(release("1.0.0", digests(schemas)), b'{"releases": []}'))
    assert broken(schemas, known) == []
    (schemas / "v1" / "events.schema.json").write_bytes((schemas / "v1" / "events.schema.json").read_bytes() + b"\n")
    (schemas / "v1" / "vocabulary.json").unlink()
    (schemas / "v1" / "places.schema.json").write_text("{}", "utf-8")
    assert broken(schemas, known) == ["v1/events.schema.json", "v1/places.schema.json", "v1/vocabulary.json"]


def test_the_next_version_is_free_until_it_is_published(schemas: Path) -> None:
    known = [release("1.0.0", digests(schemas))]
    shutil.copytree(schemas / "v1", schemas / "v1.9")
    (schemas / "v1.9" / "vocabulary.json").write_text("{}", "utf-8")
    assert broken(schemas, known) == []
    known.append(release("1.1.0", digests(schemas)))
    (schemas / "v1.9" / "vocabulary.json").write_text("[]", "utf-8")
    assert broken(schemas, known) == ["v1.9/vocabulary.json"]


def test_before_1_0_0_nothing_is_frozen(schemas: Path) -> None:
    known = [release("0.9.0", digests(schemas))]
    (schemas / "v1" / "vocabulary.json").unlink()
    assert broken(schemas, known) == []


def test_two_releases_cannot_disagree_on_a_schema() -> None:
    known = [release("1.0.0", {"v1/x.json": "1" * 64}), release("1.1.0", {"v1/x.json": "2" * 64})]
    with pytest.raises(CteError, match=r"schemas/v1/x\.json of release 1\.1\.0 is not that of an earlier release"):
        ledger.frozen(known)


@pytest.mark.parametrize(("version", "folder"), [("1.9", "v1.9"), ("2.0", "v2"), ("10.12", "v10.12")])
def test_a_new_version_is_written_beside_the_old_one(schemas: Path, version: str, folder: str) -> None:
    """What `cte schema --write` does once the version in `store/layout.py` is another."""
    script = (
        "import sys; from pathlib import Path; from cte_corpus.store import layout\n"
        f"layout.SCHEMA_VERSION = {version!r}\n"
        "from cte_corpus import generate; generate.write(Path(sys.argv[1]))"
    )
    before = digests(schemas)
    subprocess.run([sys.executable, "-c", script, schemas.parent], check=True, env=os.environ)
    after = digests(schemas)
    assert {path: after.pop(path) for path in before} == before
    assert sorted(after) == sorted(path.replace("v1/", f"{folder}/") for path in before if path.startswith("v1/"))
    events = (schemas / folder / "events.schema.json").read_text("utf-8")
    assert f'"$id": "urn:cte-corpus:schema:{version}:events"' in events
    assert f'"schema_version": "{version}"' in (schemas / folder / "vocabulary.json").read_text("utf-8")
