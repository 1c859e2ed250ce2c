"""A row of a table as the record that it was made from."""

from typing import Any


def stated(value: Any) -> Any:
    """A row, or several, without what is null and what is derived."""
    if isinstance(value, dict):
        return {key: stated(item) for key, item in value.items() if item is not None and not key.startswith("derived_")}
    return [stated(item) for item in value] if isinstance(value, list) else value
