"""The ISO codes in use, taken from pycountry: `python -m cte_corpus.generate.iso` writes `vocabulary/iso.toml` anew.

pycountry is a development dependency; the package itself reads the TOML.
"""

from pathlib import Path
from textwrap import fill
from typing import Final

LISTS: Final = {
    "countries": "ISO 3166-1 alpha-2",
    "currencies": "ISO 4217",
    "languages": "ISO 639-1",
    "scripts": "ISO 15924",
}
"""The lists and the standard that each comes from."""

TARGET: Final = Path(__file__).parent.parent / "vocabulary" / "iso.toml"


def codes() -> dict[str, list[str]]:
    """The codes of each list, sorted."""
    import pycountry

    return {
        "countries": sorted(entry.alpha_2 for entry in pycountry.countries),
        "currencies": sorted(entry.alpha_3 for entry in pycountry.currencies),
        "languages": sorted(entry.alpha_2 for entry in pycountry.languages if hasattr(entry, "alpha_2")),
        "scripts": sorted(entry.alpha_4 for entry in pycountry.scripts),
    }


def toml() -> str:
    """The text of `iso.toml`."""
    parts = ["# ISO codes in use, from pycountry: `python -m cte_corpus.generate.iso` writes this file.\n"]
    for name, found in codes().items():
        body = fill(", ".join(f'"{code}"' for code in found), 118, initial_indent="  ", subsequent_indent="  ")
        parts.append(f"# {LISTS[name]}\n{name} = [\n{body},\n]\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(toml(), encoding="utf-8")
