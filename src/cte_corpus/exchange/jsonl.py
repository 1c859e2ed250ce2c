"""What `spans` and `tokens` share: rows of a dataset as JSON Lines, which `datasets` and everything else reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.exchange import spans
from cte_corpus.tabular import labelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.exchange.job import Job

_LINES = re.compile("[\x85\u2028\u2029]")
"""What some readers take for the end of a line."""


def lines(job: Job, name: str) -> bytes:
    """A row of the dataset on each line, and nothing in a line that any reader takes for its end.

    Raises:
        CteError: it needs the texts, and there are none.
    """
    copies = job.need_copies(name) if name == "tokens" else job.copies
    rows = list(labelled.rows(name, job.corpus, copies, job.policy, job.loss.add))
    spans.rest(job, "sanctions", *(("sections", "sentences") if name == "spans" else ()))
    if name == "tokens":
        for raw in job.corpus.one_by_one():
            shown = {
                f"{event['id']}/arguments/{number}"
                for event in raw["events"]
                for number, one in enumerate(event.get("arguments", ()))
                if one.get("mentions") or "span" in one
            }
            job.loss.add("argument", "tags say nothing of who takes part in which event", *sorted(shown))
    job.holds["rows"] = len(rows)
    return encoded(rows)


def encoded(rows: Iterable[dict[str, Any]]) -> bytes:
    """A row on each line."""
    text = "".join(orjson.dumps(row).decode() + "\n" for row in rows)
    return _LINES.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
