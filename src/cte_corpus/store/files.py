"""Writing files so that a killed process leaves the old file or the new one, never a torn one."""

import os
import stat
import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Replace a file atomically: a temporary file beside it is written, synced and renamed. Its mode is kept.

    Raises:
        OSError: the folder is missing or not writable; the old file stays as it was.
    """
    path = path.resolve()
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
