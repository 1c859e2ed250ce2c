"""Charts as files: SVG, PNG, or the Vega-Lite specification."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError, need
from cte_corpus.store.files import write

if TYPE_CHECKING:
    import altair as alt

KINDS = (".svg", ".png", ".json")
"""Endings of the files that can be written; `.json` is the Vega-Lite specification."""


def save(chart: alt.TopLevelMixin, target: str | Path, *, scale: float = 2) -> None:
    """Write a chart atomically in the format that the ending of the file names; the same chart gives the same bytes.

    Args:
        chart: One that a function of `cte_corpus.plot` made, or any other.
        target: The file: `.svg`, `.png` or `.json`.
        scale: Pixels of a PNG for each pixel of the chart.

    Raises:
        CteError: another ending, or the converter is not installed.
        OSError: the file cannot be written.
    """
    path = Path(target)
    if path.suffix not in KINDS:
        raise CteError(f"no picture of the kind {path.suffix or path.name!r}", f"end the name in {', '.join(KINDS)}")
    spec: dict[str, Any] = chart.to_dict()
    if path.suffix == ".json":
        write(path, f"{json.dumps(spec, ensure_ascii=False, indent=1)}\n".encode())
    elif path.suffix == ".svg":
        write(path, _renumbered(_converter().vegalite_to_svg(spec)).encode())
    else:
        write(path, _converter().vegalite_to_png(spec, scale=scale))


def in_notebook(chart: alt.TopLevelMixin) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a notebook shows of a chart: a picture, as Altair's own way asks another host for the scripts that draw it.

    Returns:
        The PNG by its type, and by its type how wide it is to be shown.
    """
    png = _converter().vegalite_to_png(chart.to_dict(), scale=2)
    return {"image/png": png}, {"image/png": {"width": int.from_bytes(png[16:20], "big") // 2}}


def _renumbered(svg: str) -> str:
    """The picture with its clips numbered from 0: the converter counts on through all pictures of a process."""
    names = list(dict.fromkeys(re.findall(r'id="(clip[0-9]+)"', svg)))
    return re.sub(
        r'(id="|url\(#)(clip[0-9]+)',
        lambda match: f"{match[1]}clip{names.index(match[2])}" if match[2] in names else match[0],
        svg,
    )


@cache
def _converter() -> Any:
    """The converter, with the font of the pictures."""
    need("vl_convert", "vl-convert", "plot")
    import vl_convert

    vl_convert.register_font_directory(str(Path(__file__).parent / "fonts"))
    return vl_convert
