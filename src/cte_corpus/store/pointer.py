"""Where a value stands in a JSON file."""

Pointer = tuple[str | int, ...]
"""Keys and indices from the root of a file to a value; rendered as a JSON pointer (RFC 6901)."""
