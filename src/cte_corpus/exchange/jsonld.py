"""JSON-LD: the controlled terms as SKOS has them, for those who read JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.exchange.skos import graph

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Job

SUFFIX = ".jsonld"
OPTIONS = ()


def export(job: Job) -> bytes:
    """The graph of `cte_corpus.exchange.skos`, sorted, with its context within.

    Raises:
        CteError: rdflib is not installed.
    """
    context = {"skos": "http://www.w3.org/2004/02/skos/core#"}
    found = orjson.loads(graph(job).serialize(format="json-ld", context=context))
    option = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(_sorted(found), option=option)


def _sorted(value: Any) -> Any:
    """With every list in order: rdflib writes them as they come, and no list here has an order of its own."""
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda one: orjson.dumps(one, option=orjson.OPT_SORT_KEYS))
    return value
