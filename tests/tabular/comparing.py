"""A row of a table as the record that it was made from."""

from typing import Any


def stated(value: Any) -> Any:
    """A row, or several, without what is null, empty, false or derived."""
    if isinstance(value, dict):
        given = {key: item for key, item in value.items() if not key.startswith("derived_")}
        return {key: stated(item) for key, item in given.items() if not (item is None or item is False or item == [])}
    return [stated(item) for item in value] if isinstance(value, list) else value
