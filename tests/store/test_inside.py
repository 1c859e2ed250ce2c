"""Plain files inside a folder, and nothing else."""

import errno
import os
from io import BytesIO
from pathlib import Path

import pytest

from cte_corpus.store.inside import Folder, LinkOutError, TooLargeError
from cte_corpus.store.unpacking import lines

pytestmark = pytest.mark.skipif(os.name != "posix", reason="making links needs rights elsewhere")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a file, a folder with a file, and something outside."""
    folder = tmp_path / "root"
    (folder / "inner").mkdir(parents=True)
    (folder / "file").write_bytes(b"here")
    (folder / "inner" / "file").write_bytes(b"in there")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(b"secret")
    (tmp_path / "root-too").mkdir()  # its name begins like the root's
    (tmp_path / "root-too" / "file").write_bytes(b"secret")
    return folder


def test_files_and_folders_are_read(root: Path) -> None:
    folder = Folder(root)
    assert folder.read("file") == b"here"
    assert folder.folder("inner").read("file") == b"in there"
    assert [entry.name for entry in folder.entries()] == ["file", "inner"]
    with folder.open("file") as file:
        assert file.read() == b"here"


@pytest.mark.parametrize("to", ["../outside", "../root-too", "/", "inner/../../outside"])
def test_a_link_out_is_followed_by_nothing(root: Path, to: str) -> None:
    (root / "link").symlink_to(to)
    (root / "other").symlink_to(f"{to}/file")
    (root / "step").symlink_to("link")  # a link to the link
    folder = Folder(root)
    for name in ("link", "other", "step"):
        assert folder.leads_out(name)
        with pytest.raises(LinkOutError, match=f"leads out of the corpus: '{root}/{name}'"):
            folder.read(name)
        with pytest.raises(LinkOutError):
            folder.open(name)
        with pytest.raises(LinkOutError):
            folder.folder(name)


def test_links_inside_are_followed(root: Path) -> None:
    (root / "link").symlink_to("inner")
    (root / "inner" / "up").symlink_to("../file")
    (root / "absolute").symlink_to(root / "inner" / "file")
    folder = Folder(root)
    assert folder.folder("link").read("file") == b"in there"
    assert folder.folder("link").read("up") == b"here"
    assert folder.read("absolute") == b"in there"
    assert not folder.leads_out("link")


def test_a_root_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "name").symlink_to("root")
    assert Folder(tmp_path / "name").folder("inner").read("file") == b"in there"
    assert Folder(tmp_path / "name").folder("inner").path == f"{tmp_path}/name/inner"


@pytest.mark.parametrize("name", ["", ".", "..", "../outside/file", "inner/file", "/etc/passwd", "a\0b", "x" * 300])
def test_what_is_no_name_is_not_there(root: Path, name: str) -> None:
    folder = Folder(root)
    assert not folder.has_folder(name)
    with pytest.raises(OSError, match=r"No such file|File name too long"):
        folder.read(name)


def test_a_circle_of_links_is_an_error(root: Path) -> None:
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    folder = Folder(root)
    for read in (folder.read, folder.open, lambda name: folder.folder(name).entries()):
        with pytest.raises(OSError, match="Too many levels") as caught:
            read("a")
        assert (caught.value.errno, caught.value.filename) == (errno.ELOOP, f"{root}/a")


def test_what_is_no_file_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "pipe")
    (root / "link").symlink_to("pipe")
    folder = Folder(root)
    for name, what in (("pipe", "a pipe"), ("link", "a pipe"), ("inner", "a folder")):
        with pytest.raises(OSError, match=f"expected a file, got {what}: '{root}/{name}'"):
            folder.read(name)
        with pytest.raises(OSError, match=f"expected a file, got {what}"):
            folder.open(name)


@pytest.mark.parametrize(("size", "most", "fits"), [(4, 4, True), (5, 4, False), (0, 0, True), (1, 0, False)])
def test_size_is_judged_first(root: Path, size: int, most: int, fits: bool) -> None:
    (root / "file").write_bytes(b"x" * size)
    if fits:
        assert Folder(root).read("file", most) == b"x" * size
    else:
        with pytest.raises(TooLargeError, match=f"expected at most {most} bytes, got {size}: '{root}/file'"):
            Folder(root).read("file", most)


def test_a_file_that_says_it_is_empty_is_read_no_further_than_the_limit() -> None:
    """As those are that the system makes while they are read."""
    if not Path("/proc/self/status").is_file():
        pytest.skip("needs such a file")
    assert len(Folder("/proc/self").read("status")) > 100
    with pytest.raises(TooLargeError):
        Folder("/proc/self").read("status", 100)


def test_lines_of_a_bounded_length() -> None:
    assert list(lines(BytesIO(b"abc\nabcd\n\nab"), "name", 5)) == [b"abc\n", b"abcd\n", b"\n", b"ab"]
    with pytest.raises(TooLargeError, match=r"expected at most 4 bytes in line 2, got more: 'name'"):
        list(lines(BytesIO(b"abc\nabcd\n"), "name", 4))
