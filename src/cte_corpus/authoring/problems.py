"""What stands in the way of a draft."""

from typing import Any

Record = dict[str, Any]
"""A record, or an item of a draft that becomes one."""


class Problems(list[str]):
    """What stands in the way, each with the path in the draft."""

    def note(self, path: str, error: object, hint: str = "") -> None:
        """Add a problem, with how to mend it."""
        self.append(f"{path}: {error}" + (f"; {hint}" if hint else ""))
