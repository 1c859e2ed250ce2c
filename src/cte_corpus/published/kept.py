"""Where releases are kept, and whatever else may be had again."""

import os
from pathlib import Path

CACHE = "CTE_CACHE"
"""Environment variable: the folder to keep releases in, instead of `~/.cache/cte-corpus`."""


def cache() -> Path:
    """The folder in which releases are kept; one that nobody can make where there is no home, as in some containers."""
    try:
        return Path(os.environ.get(CACHE) or Path.home() / ".cache" / "cte-corpus").absolute()
    except RuntimeError:
        return Path(os.devnull) / "cte-corpus"
