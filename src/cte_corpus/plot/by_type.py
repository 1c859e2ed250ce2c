"""`types`: how often each type of event occurs with each status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cte_corpus import vocabulary
from cte_corpus.plot.look import COLORS, Words, altair, data, finished, nothing, rows

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt

    from cte_corpus.corpus.corpus import Corpus

QUERY = "select type, status, count(*) as events from events group by all order by all"

TOLD = {"occurred": "fact", "ongoing": "fact", "alleged": "alleged"}
"""How each status is told; the others are neither."""

STEP = 18
"""Pixels of a row."""


def types(
    corpus: Corpus | str | Path | None = None, *, version: str | None = None, lang: str = "en", width: int = 760
) -> alt.TopLevelMixin:
    """How many events of each type there are, one column for each status, so that none can be taken for another.

    The types stand in the order of their number of events. The area of a disc follows the number beside it.

    Raises:
        UnknownIdError: there is no release of that version.
        CteError: an extra is not installed, or there is no corpus, or no such language.
    """
    alt, words = altair(), Words(lang)
    found = rows(corpus, version, QUERY)
    if not found:
        return nothing("types", words, width)
    known = vocabulary.event_types()
    total = Counter({row["type"]: 0 for row in found})
    for row in found:
        total[row["type"]] += row["events"]
    order = [words.line(known[code]["label"][lang]) for code in sorted(total, key=lambda code: (-total[code], code))]
    statuses = [code for code in vocabulary.codes("status") if any(row["status"] == code for row in found)]
    columns = [words.line(words.say("status", code)) for code in statuses]
    cells = [
        {
            "type": words.line(known[row["type"]]["label"][lang]),
            "status": columns[statuses.index(row["status"])],
            "events": row["events"],
            "color": COLORS[TOLD.get(row["status"], "other")],
        }
        for row in found
    ]
    label = int(width * 0.3)
    x = alt.X(
        "status:N", sort=columns[::-1] if words.is_arabic else columns, title=None,
        axis=alt.Axis(
            orient="top", labelAngle=0 if width >= 640 else -40, ticks=False, domain=False, labelLimit=150,
            labelPadding=8,
        ),
    )  # fmt: skip
    y = alt.Y(
        "type:N", sort=order, title=None,
        axis=alt.Axis(
            orient="right" if words.is_arabic else "left", ticks=False, domain=False, grid=True, gridColor="#f0f0f0",
            labelLimit=label,
        ),
    )  # fmt: skip
    base = alt.Chart(data(cells)).encode(x=x, y=y)
    most = max((row["events"] for row in found), default=1)
    discs = base.mark_circle(opacity=0.9).encode(
        size=alt.Size("events:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, 400])),
        color=alt.Color("color:N", scale=None, legend=None),
        tooltip=["type:N", "status:N", "events:Q"],
    )
    figures = base.mark_text(fontSize=10, align="left", dx=13).encode(text="events:Q")
    chart = alt.layer(discs, figures).properties(width=width - label - 30, height=alt.Step(STEP))
    return finished(chart, "types", words, width)
