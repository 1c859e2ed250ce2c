"""Any release beside any other: from a folder, from a server that fails in every way, and never half of one."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace as replace_
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

import cte_corpus as cte
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError
from cte_corpus.published import download, ledger, pack, versions
from cte_corpus.published.ledger import Release
from cte_corpus.release.build import Pack, build
from cte_corpus.store.digests import root_digest
from cte_corpus.store.stored import Stored
from tests.published.serving import Server, serving

OLD, NEW = "7.1.0", "7.2.0"
EVENT = "harbour-talks:e01"
PACKAGE = Path(cte.__file__).parent


class World(NamedTuple):
    """Two releases of an invented corpus, and a ledger that knows them."""

    folder: Path
    """Holds the packs and their archives."""

    ledger: bytes
    releases: dict[str, Release]

    def archive(self, version: str) -> Path:
        return self.folder / self.releases[version].archive


@pytest.fixture(scope="session")
def world(tidewater: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("releases")
    known, releases = b'{"releases": []}', {}
    for version in (OLD, NEW):
        tree = shutil.copytree(tidewater, home / f"tree-{version}")
        replace(tree / "corpus.json", '"version": "0.2.0"', f'"version": "{version}"')
        if version == NEW:
            replace(
                tree / "documents" / "harbour-talks" / "events.json",
                '{"text": "Veltania hosts',
                '{"text": "Newly: Veltania hosts',
            )
        made = build(tree, home / "dist", date="2024-02-01")
        releases[version] = Release(
            version=version,
            schema_version=made.manifest.schema_version,
            date=made.manifest.date,
            records=made.manifest.records,
            root_digest=made.root_digest,
            archive=made.archive.name,
            archive_sha256=made.archive_sha256,
            archive_size=made.archive.stat().st_size,
            schemas={},
        )
        known = ledger.with_entry(releases[version], known)
    return World(home / "dist", known, releases)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def known(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The package knows the two releases, but not where they are; the cache is empty."""
    path = tmp_path / "releases.json"
    path.write_bytes(world.ledger)
    monkeypatch.setattr(ledger, "PATH", path)
    monkeypatch.setenv(versions.CACHE, str(tmp_path / "cache"))
    monkeypatch.delenv(versions.BASE, raising=False)
    return world


@pytest.fixture
def server(known: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with the archives, where the package looks for them."""
    with serving(known.folder) as server:
        monkeypatch.setenv(versions.BASE, server.url)
        yield server


def kept() -> list[str]:
    """What is in the cache."""
    return sorted(path.name for path in versions.cache().glob("*"))


def assert_both(corpora: dict[str, Corpus], world: World) -> None:
    for version, corpus in corpora.items():
        assert corpus.version == version
        assert root_digest(corpus) == world.releases[version].root_digest
    assert not corpora[OLD].events[EVENT].label[0].text.startswith("Newly: ")
    assert corpora[NEW].events[EVENT].label[0].text.startswith("Newly: ")


# Two versions beside each other


@pytest.mark.parametrize("form", ["{}", "file://{}", "{}/"])
def test_two_versions_beside_each_other_from_a_folder(form: str, known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(versions.BASE, form.format(known.folder))
    assert_both({version: Corpus(version=version) for version in (OLD, NEW)}, known)
    assert kept() == sorted(release.archive_sha256 for release in known.releases.values())


def test_two_versions_beside_each_other_from_a_server(server: Server, known: World) -> None:
    assert_both({version: Corpus(version=version) for version in (OLD, NEW)}, known)
    assert server.sent == sum(release.archive_size for release in known.releases.values())


def test_a_version_is_downloaded_once(server: Server, known: World) -> None:
    first = Corpus(version=OLD).path
    asked = len(server.asked)
    server.shutdown()
    assert Corpus(version=OLD).path == first
    assert len(server.asked) == asked


def test_the_address_in_the_ledger_is_used_where_no_other_is_set(
    known: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = json.loads(known.ledger)
    urls = [(tmp_path / "nowhere.tar").as_uri(), known.archive(OLD).as_uri()]
    raw["releases"][0]["urls"] = urls
    ledger.PATH.write_text(json.dumps(raw))
    assert Corpus(version=OLD).version == OLD
    raw["releases"][1]["urls"] = urls[:1]
    ledger.PATH.write_text(json.dumps(raw))
    with pytest.raises(CteError, match=r"cannot get file://.*nowhere\.tar: nothing is there"):
        Corpus(version=NEW)


def test_the_bundled_version_needs_no_ledger_and_no_address(known: World) -> None:
    bundled = Corpus()
    assert Corpus(version=bundled.version).path == bundled.path
    assert kept() == []


def test_changed_data_of_a_checkout_are_not_the_release_of_their_version(known: World) -> None:
    raw = json.loads(known.ledger)
    raw["releases"] = [raw["releases"][0] | {"version": Corpus().version}]
    ledger.PATH.write_text(json.dumps(raw))
    with pytest.raises(CteError, match="nothing says where release"):
        Corpus(version=Corpus().version)


def test_what_a_failing_disk_has_spoilt_is_brought_again(
    server: Server, known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Corpus(version=OLD)
    expected = root_digest(good)
    (good.path / "documents.jsonl.zst").write_bytes(b"")
    assert root_digest(Corpus(version=OLD)) == expected
    (good.path / "manifest.json").unlink()
    (good.path / "README.md").unlink()
    monkeypatch.delenv(versions.BASE)
    with pytest.raises(CteError, match=r"nothing says where release 7\.1\.0 is"):
        Corpus(version=OLD)
    assert Corpus(known.archive(OLD)).path == good.path
    assert root_digest(Corpus(version=OLD)) == expected


def test_whatever_takes_a_corpus_takes_a_version(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(versions.BASE, str(known.folder))
    for version in (OLD, NEW):
        corpus = Corpus(version=version)
        assert cte.tables(version=version)["events"] == cte.tables(corpus)["events"]
        assert cte.flat_tables(version=version)["times"] == cte.flat_tables(corpus)["times"]
        assert cte.merged_events(version=version) == cte.merged_events(corpus)
        assert cte.check(version=version).documents == 2
    assert cte.tables(version=OLD)["events"] != cte.tables(version=NEW)["events"]
    takers: list[Callable[..., object]]
    takers = [cte.tables, cte.flat_tables, cte.merged_events, cte.check, cte.connect]
    takers.append(lambda *path, version: cte.load_dataset("events", *path, version=version))
    for take in takers:
        with pytest.raises(cte.UnknownIdError, match=r"no release 9\.9\.9"):
            take(version="9.9.9")
    with pytest.raises(CteError, match=rf"a corpus is given, and version {OLD} too"):
        cte.check(Corpus().path, version=OLD)


def test_load_dataset_and_connect_take_a_version(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(versions.BASE, str(known.folder))
    old, new = (cte.load_dataset("events", version=version) for version in (OLD, NEW))
    assert (str(old.info.version), str(new.info.version)) == (OLD, NEW)
    assert old.features == new.features
    assert old["id"] == new["id"]
    assert old._fingerprint != new._fingerprint
    found = cte.connect(version=NEW).sql(f"select label[1].text from events where id = '{EVENT}'").fetchall()
    assert found[0][0].startswith("Newly: ")
    with pytest.raises(CteError, match=r"a corpus is given, and version 7\.1\.0 too"):
        cte.load_dataset("events", Corpus(), version=OLD)


# What is not there


def test_an_unknown_version_is_refused_with_the_known_ones(known: World) -> None:
    with pytest.raises(CteError, match=r"no release 9\.9\.9") as refused:
        Corpus(version="9.9.9")
    assert "7.1.0, 7.2.0" in refused.value.hint


def test_without_an_address_it_is_said_what_to_set(known: World) -> None:
    with pytest.raises(CteError, match=r"nothing says where release 7\.1\.0 is") as refused:
        Corpus(version=OLD)
    assert refused.value.hint == "set CTE_RELEASES to the folder or address that holds tidewater-7.1.0.tar"


def test_a_missing_archive_is_named(server: Server, known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(versions.BASE, f"{server.url}/elsewhere")
    with pytest.raises(CteError, match=r"cannot get http://.*/elsewhere/tidewater-7\.1\.0\.tar: nothing is there"):
        Corpus(version=OLD)
    with pytest.raises(CteError, match=r"cannot get http://.*/unknown\.tar: nothing is there \(404\)"):
        Corpus(f"{server.url}/unknown.tar")
    assert kept() == []


@pytest.mark.parametrize("name", ["tidewater-7.1.0.tar", "unknown.tar"])
def test_offline_the_address_is_named(known: World, name: str) -> None:
    with serving(known.folder) as gone:
        url = gone.url
    with pytest.raises(CteError, match=rf"cannot get {url}/{name}: .*[Cc]onnect") as refused:
        Corpus(f"{url}/{name}")
    assert "online" in refused.value.hint
    assert kept() == []


def test_a_scheme_that_needs_what_is_not_there(known: World) -> None:
    with pytest.raises(CteError, match=r"cannot get nonsense://host/x\.tar: Protocol not known"):
        Corpus("nonsense://host/x.tar")


# Servers that fail


def test_a_break_in_the_middle_is_mended_by_asking_for_the_rest(server: Server, known: World) -> None:
    server.budget, server.cuts = download.BLOCK + 1000, 1
    assert Corpus(version=OLD).version == OLD
    assert server.asked == ["", f"bytes={download.BLOCK + 1000}-"]
    assert server.sent == known.releases[OLD].archive_size


def test_what_came_before_a_break_is_kept_for_the_next_run(server: Server, known: World) -> None:
    server.budget, server.cuts = download.BLOCK + 1000, -1
    size = known.releases[OLD].archive_size
    with pytest.raises(CteError, match=f"broke off after {download.BLOCK + 1000:,} of {size:,} bytes") as refused:
        Corpus(version=OLD)
    assert "goes on from there" in refused.value.hint
    assert kept() == [f"{known.releases[OLD].archive_sha256}.part"]
    server.budget, before = None, len(server.asked)
    assert Corpus(version=OLD).version == OLD
    assert server.asked[before:] == [f"bytes={download.BLOCK + 1000}-"]
    assert kept() == [known.releases[OLD].archive_sha256]


def test_a_server_without_ranges_serves_the_whole(server: Server, known: World) -> None:
    server.ranges = False
    assert_both({version: Corpus(version=version) for version in (OLD, NEW)}, known)


def test_a_server_without_ranges_that_breaks_off_is_said_and_begun_anew(server: Server, known: World) -> None:
    server.ranges, server.budget, server.cuts = False, 1000, -1
    with pytest.raises(CteError, match=r"cannot get .*tidewater-7\.1\.0\.tar: the end came early") as refused:
        Corpus(version=OLD)
    assert "online" in refused.value.hint
    server.budget = None
    assert Corpus(version=OLD).version == OLD


def test_a_part_is_gone_on_with_where_ranges_are_no_longer_honoured(server: Server, known: World) -> None:
    server.budget, server.cuts = download.BLOCK, -1
    with pytest.raises(CteError, match="broke off"):
        Corpus(version=OLD)
    server.budget, server.ranges = None, False
    assert Corpus(version=OLD).version == OLD


def test_a_beginning_of_something_else_is_thrown_away(server: Server, known: World) -> None:
    release = known.releases[OLD]
    part = versions._part(release.archive_sha256)
    for content in (b"x" * 1000, b"x" * release.archive_size, b"x" * (release.archive_size + 1)):
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
        assert Corpus(version=OLD).version == OLD
        assert kept() == [release.archive_sha256]
        shutil.rmtree(versions.cache())


def test_what_one_address_began_wrongly_another_does_not_end(
    server: Server, known: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = known.archive(OLD)
    bad = tmp_path / good.name
    bad.write_bytes(b"x" + good.read_bytes()[1:1000])
    raw = json.loads(known.ledger)
    raw["releases"][0]["urls"] = [bad.as_uri(), f"{server.url}/{good.name}"]
    ledger.PATH.write_text(json.dumps(raw))
    monkeypatch.delenv(versions.BASE)
    assert Corpus(version=OLD).version == OLD


@pytest.mark.parametrize("offset", [0, 5000, 300_000, -1])
def test_altered_bytes_are_refused_with_both_digests_and_deleted(server: Server, known: World, offset: int) -> None:
    server.flipped = offset
    wrong = bytearray(known.archive(OLD).read_bytes())
    wrong[offset] ^= 1
    expected, got = known.releases[OLD].archive_sha256, sha256(wrong).hexdigest()
    with pytest.raises(CteError, match=f"expected SHA-256 {expected}, got {got}; what came was deleted"):
        Corpus(version=OLD)
    assert kept() == []
    server.flipped = None
    assert Corpus(version=OLD).version == OLD


def test_a_shorter_or_longer_file_is_refused(known: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(versions.BASE, str(tmp_path))
    good, bad = known.archive(OLD).read_bytes(), tmp_path / known.archive(OLD).name
    size = len(good)
    bad.write_bytes(good[:-1])
    with pytest.raises(CteError, match=f"broke off after {size - 1:,} of {size:,} bytes: the end came early"):
        Corpus(version=OLD)
    bad.write_bytes(b"x" + good)
    versions._part(known.releases[OLD].archive_sha256).unlink()
    with pytest.raises(CteError, match="expected SHA-256"):
        Corpus(version=OLD)
    assert kept() == []


# Packs by path and address


def test_a_pack_by_its_archive_its_address_or_its_folder(server: Server, known: World) -> None:
    archive = known.archive(OLD)
    folder = known.folder / archive.stem
    found = [Corpus(archive), Corpus(str(archive)), Corpus(archive.as_uri()), Corpus(f"{server.url}/{archive.name}")]
    assert len({corpus.path for corpus in found}) == 1
    assert {root_digest(corpus) for corpus in [*found, Corpus(folder)]} == {known.releases[OLD].root_digest}
    assert Corpus(archive, version=OLD).version == OLD
    with pytest.raises(CteError, match=r"is version 7\.1\.0, not 7\.2\.0"):
        Corpus(archive, version=NEW)
    with pytest.raises(CteError, match=r"no archive at nowhere\.tar"):
        Corpus("nowhere.tar")


def test_an_address_that_the_ledger_does_not_know_is_read_anew_each_time(server: Server, world: World) -> None:
    ledger.PATH.write_text('{"releases": []}')
    url = f"{server.url}/{world.releases[OLD].archive}"
    assert Corpus(url).version == OLD
    server.flipped = world.archive(OLD).read_bytes().index(b"PAR1") + 100
    with pytest.raises(CteError, match=f"^{url} is not what its manifest says: altered: "):
        Corpus(url)
    assert kept() == [world.releases[OLD].archive_sha256]


def test_an_archive_must_be_what_its_own_manifest_says(known: World, tmp_path: Path) -> None:
    folder = tmp_path / "tidewater-7.1.0"
    for change, message in {
        "altered": "is not what its manifest says: altered: corpus.json",
        "missing": "is not what its manifest says: missing: corpus.json",
        "extra": "is not what its manifest says: extra: more.json",
    }.items():
        shutil.copytree(known.folder / folder.name, folder)
        if change == "missing":
            (folder / "corpus.json").unlink()
        else:
            (folder / {"altered": "corpus.json", "extra": "more.json"}[change]).write_text("{}")
        with pytest.raises(CteError, match=message):
            Corpus(tar_of(folder, tmp_path / "changed.tar"))
        shutil.rmtree(folder)
    assert kept() == []


def test_the_root_digest_is_that_of_the_records(known: World, tmp_path: Path) -> None:
    folder = shutil.copytree(known.folder / "tidewater-7.1.0", tmp_path / "tidewater-7.1.0")
    digest = known.releases[OLD].root_digest
    replace(folder / "manifest.json", digest, "0" * 64)
    (folder / "SHA256SUMS").write_bytes(pack.sums(pack.Manifest.read(folder)))
    with pytest.raises(CteError, match=f"expected root digest {'0' * 64}, got {digest}"):
        Corpus(tar_of(folder, tmp_path / "changed.tar"))


@pytest.mark.parametrize("line", [b"{}", b'{"document": {}}', b'{"document": 1}', b"[]", b"{"])
def test_what_is_no_record_is_said_even_where_its_digests_hold(known: World, tmp_path: Path, line: bytes) -> None:
    folder = shutil.copytree(known.folder / "tidewater-7.1.0", tmp_path / "tidewater-7.1.0")
    path = folder / "documents.jsonl.zst"
    path.write_bytes(pa.Codec("zstd").compress(line + b"\n", asbytes=True))
    with pytest.raises(CteError, match=r"/changed\.tar holds what is no record: "):
        Corpus(tar_of(sealed(folder), tmp_path / "changed.tar"))
    assert kept() == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("documents.jsonl.zst", None, "documents cannot be read: No such file"),
        ("retired.json", None, "retired.json cannot be read: No such file"),
        ("entities.jsonl.zst", b"no zstd at all", "entities.jsonl.zst cannot be read: ZSTD"),
    ],
)
def test_records_that_are_not_there_are_said_even_where_the_digests_hold(
    known: World, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    folder = shutil.copytree(known.folder / "tidewater-7.1.0", tmp_path / "tidewater-7.1.0")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(CteError, match=rf"/changed\.tar holds what is no record: {message}"):
        Corpus(tar_of(sealed(folder), tmp_path / "changed.tar"))
    assert kept() == []


def sealed(folder: Path) -> Path:
    """The folder with a manifest and sums that say what is in it."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    files = tuple(pack.file_of(folder, path) for path in paths if path not in (pack.MANIFEST, pack.SUMS))
    manifest = replace_(pack.Manifest.read(folder), files=files)
    (folder / pack.MANIFEST).write_bytes(manifest.dumps())
    (folder / pack.SUMS).write_bytes(pack.sums(manifest))
    return folder


def tar_of(folder: Path, target: Path) -> Path:
    with tarfile.open(target, "w") as tar:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            tar.add(path, path.relative_to(folder.parent))
    return target


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("../outside.json", tarfile.REGTYPE, r"unsafe: \.\./outside\.json: a name that no pack holds"),
        ("/outside.json", tarfile.REGTYPE, "unsafe: /outside.json: a name that no pack holds"),
        ("pack/link", tarfile.SYMTYPE, "pack/link: the archive holds something that is no plain file"),
        ("pack/link", tarfile.LNKTYPE, "pack/link: the archive holds something that is no plain file"),
        ("pack/pipe", tarfile.FIFOTYPE, "pack/pipe: the archive holds something that is no plain file"),
        ("pack/folder", tarfile.DIRTYPE, "pack/folder: the archive holds something that is no plain file"),
        ("pack/sparse", tarfile.GNUTYPE_SPARSE, "no plain file|no release archive"),
    ],
)
def test_nothing_is_unpacked_outside_or_as_a_link(
    known: World, tmp_path: Path, name: str, kind: bytes, message: str
) -> None:
    path = tmp_path / "hostile.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/hostname"
        tar.addfile(member, io.BytesIO())
    with pytest.raises(CteError, match=message):
        Corpus(path)
    assert kept() == []
    assert not list(tmp_path.rglob("outside.json"))


@pytest.mark.parametrize("names", [("pack/a", "pack/a/b"), ("pack/" + "x" * 300,), ("pack/a\0b",)])
def test_names_that_no_file_can_have_are_said(known: World, tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "hostile.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for name in names:
            member = tarfile.TarInfo("pack/x")
            member.pax_headers = {"path": name}
            tar.addfile(member, io.BytesIO())
    with pytest.raises(CteError, match=r"hostile\.tar is no release archive: "):
        Corpus(path)
    assert kept() == []


@pytest.mark.parametrize("data", [b"", b"no archive", b"\0" * 10240])
def test_what_is_no_archive_is_said(known: World, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(data)
    with pytest.raises(CteError, match=r"is no release archive|a release archive holds one folder"):
        Corpus(tmp_path / "x.tar")
    assert kept() == []


# Killed, and several at once

KILLED = """
import os, signal, sys
from itertools import count
from pathlib import Path
import fsspec.implementations.local, filelock, pyarrow, tarfile
from cte_corpus.published import ledger, pack, unpacked, versions
from cte_corpus.corpus.corpus import Corpus

ledger.PATH = Path(sys.argv[1])
WATCHED = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.utime"}

def attempt(last):
    seen = 0
    def watch(name, _):
        nonlocal seen
        if name in WATCHED:
            seen += 1
            if seen > last:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    Corpus(version=sys.argv[2]).raw_documents

for last in count():
    child = os.fork()
    if not child:
        try:
            attempt(last)
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    folder = versions.cache() / sys.argv[3]
    if folder.exists():
        faults = list(pack.verify_files(unpacked.inside(folder)))
        assert not faults, faults
    if status != -signal.SIGKILL:
        print(last)
        sys.exit(status)
"""


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
def test_a_process_killed_at_any_step_leaves_no_half_release(known: World) -> None:
    """Each step that touches the file system is the last of one process; the next one goes on with what it left."""
    environment = os.environ | {versions.BASE: str(known.folder)}
    command = [sys.executable, "-c", KILLED, str(ledger.PATH), OLD, known.releases[OLD].archive_sha256]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40
    digest = known.releases[OLD].archive_sha256
    assert {name for name in kept() if not name.endswith((".part", ".lock"))} == {digest}


def test_several_processes_at_once_download_one_archive_once(server: Server, known: World) -> None:
    script = """
import sys
from pathlib import Path
from cte_corpus import Corpus
from cte_corpus.published import ledger
ledger.PATH = Path(sys.argv[1])
print(Corpus(version=sys.argv[2]).path)
"""
    command = [sys.executable, "-c", script, str(ledger.PATH), OLD]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    paths = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0] * 4
    assert set(paths) == {f"{Corpus(version=OLD).path}\n"}
    assert server.sent == known.releases[OLD].archive_size


# The command


@pytest.fixture
def run(known: World, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command of an installed package whose ledger knows the two releases; they lie in a folder."""
    site = tmp_path / "site"
    shutil.copytree(PACKAGE, site / "cte_corpus", ignore=shutil.ignore_patterns("__pycache__"))
    root = PACKAGE.parent.parent
    for name in ("data", "schemas"):
        shutil.copytree(root / name, site / "cte_corpus" / f"_{name}")
    (site / "cte_corpus" / ledger.NAME).write_bytes(known.ledger)
    environment = os.environ | {
        "PYTHONPATH": str(site),
        versions.BASE: str(known.folder),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "200",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cte_corpus", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)
        assert "Traceback" not in done.stderr
        return done

    return run


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.long
def test_every_command_that_reads_a_corpus_reads_any_release(run: Run, known: World) -> None:
    def ask(*arguments: str) -> str:
        done = run(*arguments, "--corpus-version", NEW)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Newly: " in ask("show", EVENT)
    assert json.loads(ask("stats", "-o", "json")) == json.loads(
        run("stats", str(known.archive(NEW)), "-o", "json").stdout
    )
    assert ask("sql", "select count(*) as n from events where label[1].text like 'Newly: %'", "-o", "csv") == "n\n1\n"
    assert ask("check").startswith("No findings in 2 documents")
    copy = Path(__file__).parent.parent / "corpora" / "tidewater-texts" / "harbour-talks.txt"
    assert ask("attach", str(copy), "--document", "harbour-talks").startswith("harbour-talks: copy. ")


def test_a_path_and_a_version_are_too_much(run: Run, tidewater: Path) -> None:
    done = run("stats", str(tidewater), "--corpus-version", OLD)
    assert done.returncode == 2
    assert "the corpus is named twice; name it once" in done.stderr


def test_a_command_that_writes_reads_no_release(run: Run) -> None:
    for command in ("fmt", "schema", "rule"):
        done = run(command, "--corpus-version", OLD)
        assert done.returncode == 2
        assert done.stderr.startswith("error: no option '--corpus-version'\n  help: ")


def test_errors_of_releases_are_errors_of_the_command(run: Run) -> None:
    done = run("stats", "--corpus-version", "9.9.9")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: no release 9.9.9 in the ledger of this package\n"
        "  help: it knows 7.1.0, 7.2.0; a newer package knows newer releases\n"
    )
    assert run("stats", "--corpus-version", "9.9.9", "--help").returncode == 0


def test_the_stored_records_are_those_of_the_pack(known: World) -> None:
    stored = Stored(known.folder / "tidewater-7.1.0")
    assert root_digest(stored) == known.releases[OLD].root_digest
    assert stored.raw_retired == Corpus(known.archive(OLD)).raw_retired


def test_the_folder_of_a_pack_is_read_from_an_address(small: Pack, tmp_path: Path) -> None:
    """Whatever fsspec reads; what comes is verified, once."""
    away = shutil.copytree(small.folder, tmp_path / "away")
    folder = versions.open_pack(f"{away.as_uri()}/")
    assert not list(pack.verify_files(folder))
    assert len(Corpus(f"{away.as_uri()}/")) == len(Corpus(small.folder))
    shutil.rmtree(away / "data")  # nothing is asked for again as long as the manifest is the same
    assert versions.open_pack(f"{away.as_uri()}/") == folder
    shutil.rmtree(folder)
    with pytest.raises(CteError, match="data/"):
        versions.open_pack(f"{away.as_uri()}/")
    (away / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CteError, match="is no manifest of a release pack"):
        versions.open_pack(f"{away.as_uri()}/")
