"""Writing files so that a killed process leaves the old file or the new one, never a torn one."""

import os
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Replace a file atomically: a temporary file beside it is written, synced and renamed.

    The permission bits of the old file are kept; a new file gets those of the umask. A link stays, its target is
    replaced. What is no file, such as a pipe or /dev/null, is written to and never replaced.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full; the old file stays as it was.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path = Path(os.path.realpath(path))  # a circle of links, too, is replaced
    temporary = path.with_name(f".cte.{os.urandom(4).hex()}.tmp")  # short, as the name of the file may be long
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            if path.exists():
                temporary.chmod(path.stat().st_mode & 0o7777)
            os.fsync(file.fileno())
        place(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise


def place(temporary: Path, final: Path) -> None:
    """Give a finished file or folder its name, durably. A file takes the place of an older one, a folder does not.

    Raises:
        OSError: there is a folder already, or it is not writable.
    """
    temporary.replace(final)
    sync(final.parent)


def sync(folder: Path) -> None:
    """Make a rename durable, where the system can open a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
