"""A pack: what is in it, that its bytes follow from the commit alone, and that there is no half of one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from cte_corpus.checking import engine
from cte_corpus.errors import CteError
from cte_corpus.published import archive, ledger, pack
from cte_corpus.release import second_opinion
from cte_corpus.release.build import LOCK, Pack, RefusedError, build
from cte_corpus.release.datafiles import TOOLS
from cte_corpus.release.day import release_date
from cte_corpus.release.judge import LEDGER
from cte_corpus.store import layout
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import Stored
from cte_corpus.tabular import arrow
from tests.conftest import ROOT
from tests.packs import DAY, altered
from tests.release import checkouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVENTS = Path("documents") / "harbour-talks" / "events.json"

DESCRIBED = {
    "CITATION.cff",
    "LICENSE-DATA",
    "README.md",
    "SHA256SUMS",
    "croissant.json",
    "datacite.json",
    "datapackage.json",
    "manifest.json",
    "ro-crate-metadata.json",
}
STORED = {"corpus.json", "retired.json", "documents.jsonl.zst", "entities.jsonl.zst"}


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is in it


def test_a_pack_holds_records_tables_schemas_descriptions_and_digests(bundled: Pack) -> None:
    schemas = {f"schemas/{path.parent.name}/{path.name}" for path in layout.schema_dir().glob("*.json")}
    tables = {f"data/{name}/{name}-00000-of-00001.parquet" for name in arrow.RECORD_TYPES}
    assert set(files(bundled.folder)) == DESCRIBED | STORED | schemas | tables
    for name in schemas:
        assert (bundled.folder / name).read_bytes() == (layout.schemas().parent / name).read_bytes()


def test_the_manifest_says_what_the_pack_is(bundled: Pack) -> None:
    manifest = json.loads((bundled.folder / "manifest.json").read_bytes())
    info = Stored(layout.data_dir()).info
    assert {name: manifest[name] for name in ("name", "version", "schema_version")} == {
        name: info[name] for name in ("name", "version", "schema_version")
    }
    assert manifest["date"] == DAY
    assert manifest["records"] == {name: table.num_rows for name, table in arrow.tables().items()}
    assert manifest["root_digest"] == root_digest(Stored(layout.data_dir())) == bundled.root_digest
    listed = {file["path"] for file in manifest["files"]}
    assert set(files(bundled.folder)) - listed == {"manifest.json", "SHA256SUMS"}
    assert manifest["tools"].keys() == TOOLS.keys()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_checks_a_pack(bundled: Pack) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=bundled.folder, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b": OK\n") == len(bundled.manifest.files) + 1


def test_the_records_are_those_of_the_corpus(bundled: Pack) -> None:
    packed, tree = Stored(bundled.folder), Stored(layout.data_dir())
    assert packed.info == tree.info
    assert packed.raw_documents == tree.raw_documents
    assert packed.raw_entities == tree.raw_entities
    assert packed.raw_retired == tree.raw_retired
    assert engine.run(bundled.folder).diagnostics == []


def test_the_tables_are_those_of_the_corpus_with_their_very_types(bundled: Pack) -> None:
    for name, table in arrow.tables().items():
        (path,) = (bundled.folder / "data" / name).iterdir()
        found = parquet.read_table(path, partitioning=None)
        assert found.equals(table)
        assert found.schema.equals(table.schema)
        metadata = parquet.read_metadata(path)
        assert metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_large_table_is_cut_into_files_of_as_many_rows_each(odd: Pack) -> None:
    tables = arrow.tables(odd.folder)
    assert tables["sanctions"].num_rows == 0
    for name, table in tables.items():
        paths = sorted((odd.folder / "data" / name).iterdir())
        count = len(paths)
        assert [path.name for path in paths] == [f"{name}-{i:05d}-of-{count:05d}.parquet" for i in range(count)]
        parts = [parquet.read_table(path, partitioning=None) for path in paths]
        rows = [part.num_rows for part in parts]
        assert max(rows) - min(rows) <= 1
        assert count == 1 or min(rows) > 0
        assert pa.concat_tables(parts).equals(table)
    assert {name for name in tables if len(list((odd.folder / "data" / name).iterdir())) > 1} > {"events", "entities"}


def test_the_archive_holds_the_folder_and_nothing_of_this_machine(bundled: Pack) -> None:
    with tarfile.open(bundled.archive) as tar:
        members = tar.getmembers()
        found = {member.name: data.read() for member in members if (data := tar.extractfile(member))}
    assert found == {f"{bundled.folder.name}/{name}": data for name, data in files(bundled.folder).items()}
    assert [member.name for member in members] == sorted(found)
    assert {(member.uid, member.gid, member.uname, member.gname, member.mode) for member in members} == {
        (0, 0, "", "", 0o644)
    }
    assert {member.mtime for member in members} == {1769817600}
    assert archive.digest(bundled.folder) == bundled.archive_sha256 == pack.sha256_of(bundled.archive)


def test_the_extra_for_releases_pins_what_they_are_built_with() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert sorted(extras["release"]) == sorted(f"{name.lower()}=={version}" for name, version in TOOLS.items())


# The same bytes


BUILD = "from cte_corpus.cli import main; main()"

IN_CLONE = f"import os, cte_corpus; assert cte_corpus.__file__.startswith(os.getcwd()), cte_corpus.__file__; {BUILD}"


def built(clone: Path, out: Path, *, prefix: tuple[str, ...] = (), umask: int, env: dict[str, str]) -> Path:
    """The archive that the code in a clone builds of the data in it."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    command = [*prefix, sys.executable, "-c", IN_CLONE, "build", "--out", str(out)]
    environment = kept | {"PYTHONPATH": str(clone / "src"), "HF_HUB_OFFLINE": "1"} | env
    done = subprocess.run(command, cwd=clone, env=environment, umask=umask, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = out.glob("*.tar")
    return found


@pytest.fixture(scope="module")
def clones() -> Iterator[Callable[[str], Path]]:
    """Makes clones of the repository, each in a folder of its own name, where other users can read."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    with TemporaryDirectory() as home:
        Path(home).chmod(0o755)

        def make(name: str) -> Path:
            clone = Path(home, name)
            subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), clone], check=True)
            return clone

        yield make


@pytest.fixture(scope="module")
def first(clones: Callable[[str], Path]) -> Path:
    """The archive of the first clone."""
    clone = clones("one")
    return built(
        clone,
        clone.parent / "dist",
        umask=0o077,
        env={"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": str(clone.parent / "home"), "PYTHONHASHSEED": "1"},
    )


def test_another_folder_zone_locale_umask_and_file_order_give_the_same_archive(
    clones: Callable[[str], Path], first: Path
) -> None:
    clone = clones("zweiter Ordner für Ḥ")
    backwards(clone / "data")
    day = datetime.fromisoformat(pack.Manifest.read(first.with_suffix("")).date).replace(tzinfo=UTC)
    env = {
        "TZ": "America/St_Johns",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "ar_MA.UTF-8",
        "HOME": str(clone),
        "PYTHONHASHSEED": "77",
        "PYTHONUTF8": "0",
        "SOURCE_DATE_EPOCH": f"{day.timestamp():.0f}",
    }
    other = built(clone, clone.parent / "dist ü" / "deeper", umask=0, env=env)
    assert other.name == first.name
    assert other.read_bytes() == first.read_bytes()


def backwards(folder: Path) -> None:
    """Make a folder anew, its files in the reverse order and of today."""
    old = folder.rename(folder.with_name("old"))
    for path in sorted(old.rglob("*"), reverse=True):
        if path.is_file():
            target = folder / path.relative_to(old)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    shutil.rmtree(old)


def as_nobody(clone: Path) -> tuple[str, ...]:
    """How to run Python as another user, who can read the clone and what is installed."""
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, with setpriv")
    for prefix in (nobody, (*nobody, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")):
        can = [*prefix, sys.executable, "-c", "import sys, os, datasets; os.stat(sys.argv[1])", clone / "src"]
        if subprocess.run(can, capture_output=True).returncode == 0:
            return prefix
    pytest.skip("another user can read neither this Python nor the clone")


@pytest.mark.long
def test_another_user_gets_the_same_archive(clones: Callable[[str], Path], first: Path) -> None:
    clone = clones("three")
    prefix = as_nobody(clone)
    for path in [clone, *clone.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)
    other = built(clone, clone / "dist", prefix=prefix, umask=0o027, env={"HOME": str(clone)})
    assert other.stat().st_uid == 65534
    assert other.read_bytes() == first.read_bytes()


# The date


def test_the_day_is_that_of_the_last_commit_in_utc_or_of_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_releases: None
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-05T23:30:00-05:00")
    repo = checkouts.checkout(tmp_path / "repo")
    assert release_date(repo / "data") == "2026-03-06"
    monkeypatch.setattr(ledger, "PATH", repo / LEDGER)
    assert release_date(repo / "data") == DAY
    altered(repo / "data" / EVENTS, "people who died in the bombing", "the dead")
    assert release_date(repo / "data") == "2026-03-06"


def test_without_a_date_and_outside_of_git_it_asks_for_one(
    tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    tree = shutil.copytree(tidewater, tmp_path / "tree")
    with pytest.raises(CteError, match="the day of the release is not known") as refused:
        build(tree, tmp_path / "dist")
    assert "--date" in refused.value.hint
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(CteError, match="SOURCE_DATE_EPOCH is 'soon'"):
        build(tree, tmp_path / "dist")
    for day, message in {
        "31 January": "is no date",
        "2026-02-30": "is no date",
        "1969-12-31": "before 1970",
        "2242-01-01": "after 2241",
    }.items():
        with pytest.raises(CteError, match=message):
            build(tree, tmp_path / "dist", date=day)
    for seconds, message in {
        "-1": "1969-12-31 lies before 1970",
        "9999999999": "2286-11-20 lies .* after 2241",
    }.items():
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        with pytest.raises(CteError, match=message):
            build(tree, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769900399")  # the last second of the day, UTC
    assert build(tree, tmp_path / "dist").manifest.date == DAY


# Refused, and never overwritten


def test_a_corpus_with_findings_is_refused_and_leaves_nothing(tidewater: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(tidewater, tmp_path / "tree")
    altered(tree / EVENTS, '"via": "org:harbour-news-agency"', '"via": "org:harbour-news-agent"')
    command = [sys.executable, "-m", "cte_corpus", "build", str(tree), "--out", str(tmp_path / "dist")]
    done = subprocess.run([*command, "--date", DAY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (f"refused: 1 finding in {tree}: no pack is made of it\n  help: see `cte check {tree}`\n")
    assert not (tmp_path / "dist").exists()


def test_findings_with_the_texts_count(tidewater: Path, tmp_path: Path) -> None:
    texts = ROOT / "tests" / "corpora" / "tidewater-texts"
    assert build(tidewater, tmp_path / "dist", date=DAY, text=texts).made
    copies = shutil.copytree(texts, tmp_path / "texts")
    altered(copies / "harbour-talks.txt", "Veltania", "Veltonia")
    with pytest.raises(RefusedError, match="1 finding in") as refused:
        build(tidewater, tmp_path / "other", date=DAY, text=copies)
    assert refused.value.hint == f"see `cte check {tidewater} --text {copies}`"
    assert not (tmp_path / "other").exists()


def test_what_only_the_reference_implementation_finds_is_refused_too(
    tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A published schema that the fast engine did not read: both opinions count."""
    schemas = shutil.copytree(layout.schemas(), tmp_path / "schemas")
    engine.run(tidewater)  # the fast engine has read its schemas
    altered(schemas / layout.schema_dir().name / "events.schema.json", '"minLength": 1', '"minLength": 4000')
    monkeypatch.setattr(layout, "schemas", lambda: schemas)
    with pytest.raises(RefusedError, match=r"jsonschema finds what the rules did not: .*is too short"):
        build(tidewater, tmp_path / "dist", date=DAY)
    assert not (tmp_path / "dist").exists()


def test_the_reference_implementation_fetches_nothing(small: Pack, tmp_path: Path) -> None:
    schemas = shutil.copytree(layout.schema_dir(), tmp_path / "schemas")
    for name, broken, found in (
        ("entity", {"$ref": "http://127.0.0.1:9/schema.json"}, "entity.schema.json: .*127.0.0.1"),
        ("corpus", {"type": "unheard-of"}, r"corpus.schema.json: \$.type: "),
    ):
        path = schemas / f"{name}.schema.json"
        path.write_text(json.dumps(broken), encoding="utf-8")
        faults = list(second_opinion.faults(Stored(small.folder), schemas))
        assert len(faults) == 1
        assert re.match(found, faults[0])


def test_a_pack_that_is_there_stays_what_it_is(small: Pack, tidewater: Path, tmp_path: Path) -> None:
    out = shutil.copytree(small.folder.parent, tmp_path / "dist")
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = build(tidewater, out, date=DAY)
    assert not again.made
    assert (again.archive_sha256, again.root_digest) == (small.archive_sha256, small.root_digest)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.name != LOCK} == {
        path: time for path, time in before.items() if path.name != LOCK
    }
    with pytest.raises(CteError, match=r"tidewater-0\.2\.0 is there already, with other bytes") as refused:
        build(tidewater, out, date="2026-02-01")
    assert "take a new version" in refused.value.hint
    shutil.rmtree(out / small.folder.name)
    with pytest.raises(CteError, match=r"tidewater-0\.2\.0\.tar is there already, with other bytes"):
        build(tidewater, out, date="2026-02-01")
    assert {path.name for path in out.iterdir()} == {small.archive.name}
    assert build(tidewater, out, date=DAY).made
    assert files(out / small.folder.name) == files(small.folder)


@pytest.mark.parametrize("change", ["altered", "missing", "extra", "file"])
def test_a_damaged_pack_is_not_taken_for_the_same(change: str, small: Pack, tidewater: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(small.folder, tmp_path / small.folder.name)
    if change == "altered":
        altered(folder / "README.md", "Tidewater", "Tidewaters")
    elif change == "missing":
        (folder / "retired.json").unlink()
    elif change == "extra":
        (folder / "more.txt").touch()
    else:
        shutil.rmtree(folder)
        folder.write_bytes(b"no folder")
    with pytest.raises(CteError, match="is there already, with other bytes"):
        build(tidewater, tmp_path, date=DAY)


def test_a_corpus_of_a_newer_schema_is_not_built(tidewater: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(tidewater, tmp_path / "tree")
    altered(tree / "corpus.json", f'"schema_version": "{layout.SCHEMA_VERSION}"', '"schema_version": "1.9"')
    with pytest.raises(CteError, match=r"1 finding .* no pack is made of it"):
        build(tree, tmp_path / "dist", date=DAY)
    assert not (tmp_path / "dist").exists()


# Several at once, and killed


@pytest.mark.long
def test_builds_at_once_into_one_folder_do_not_disturb_each_other(small: Pack, tidewater: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cte_corpus", "build", str(tidewater), "--out", str(tmp_path), "--date", DAY]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    heads = sorted(process.communicate(timeout=120)[0].partition(" ")[0] for process in started)
    assert [process.returncode for process in started] == [0, 0, 0]
    assert heads == ["already", "already", "built"]
    assert {path.name for path in tmp_path.iterdir()} == {small.folder.name, small.archive.name}
    assert (tmp_path / small.archive.name).read_bytes() == small.archive.read_bytes()


KILLED = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from cte_corpus.published import pack
from cte_corpus.release import build as builder, second_opinion

corpus, out, day, digest, first = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}

def attempt(last):
    seen = 0
    def step(name, arguments):
        nonlocal seen
        if name in STEPS and str(arguments[0]).startswith(str(out)) or name == "fsync":
            seen += 1
            if seen > last:
                os.kill(os.getpid(), signal.SIGKILL)
    os.fsync = lambda handle: step("fsync", ())  # what a killed process has written is there without
    sys.addaudithook(step)
    builder._check = lambda *_: None  # it writes nothing, and the parent has checked the corpus
    second_opinion.faults = lambda *_: ()
    builder.build(corpus, out, date=day)

def whole():
    found = [path for path in out.iterdir() if not path.name.startswith(".")]
    for path in found:
        if path.is_dir():
            assert not list(pack.verify_files(path)), path
        else:
            assert pack.sha256_of(path) == digest, path
    return found

made = builder.build(corpus, out, date=day)
stem, kills, placed = made.folder.name, 0, set()
for last in count(int(first), 2):
    for path in whole():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    child = os.fork()
    if not child:
        try:
            attempt(last)
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    placed.add(len(whole()))
    if status != -signal.SIGKILL:
        break
    kills += 1
print(kills, sorted(placed), sorted(path.name for path in out.iterdir()), sep="\\n")
sys.exit(status)
"""


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
def test_a_build_killed_at_any_step_leaves_nothing_that_passes_for_a_pack(
    small: Pack, tidewater: Path, tmp_path: Path
) -> None:
    """Each step that touches the output is the last of one process; the next one clears what it left.

    Two processes share the steps, the even and the odd.
    """
    started = []
    for first in ("0", "1"):
        script = [KILLED, str(tidewater), str(tmp_path / first), DAY, small.archive_sha256, first]
        command = [sys.executable, "-c", *script]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    total, most = 0, 0
    for process in started:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        kills, placed, left = out.splitlines()
        assert left == str([small.folder.name, small.archive.name])
        total += int(kills)
        most = max(most, *json.loads(placed))
    assert total >= 200
    assert most == 2


# The command


def test_the_command_says_what_it_built_and_warns_of_other_tools(tidewater: Path, small: Pack, tmp_path: Path) -> None:
    script = "from cte_corpus.release import datafiles; datafiles.TOOLS['pyarrow'] = '1.0'\n" + BUILD
    command = [sys.executable, "-c", script, "build", str(tidewater), "--out", str(tmp_path), "--date", DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == f"built tidewater 0.2.0 of {DAY}"
    assert f"  sha256       {small.archive_sha256}\n" in done.stdout
    assert (
        f"warning: a release is built with pyarrow 1.0 (here {pa.__version__}): the bytes may be others" in done.stderr
    )
    assert "help: pip install 'cte-corpus[release]'" in done.stderr
    assert done.stdout.splitlines()[-1].startswith("  records      documents 2, sections 7, ")
