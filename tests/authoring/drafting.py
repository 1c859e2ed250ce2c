"""Drafts of records that are known to be right."""

import copy
from typing import Any

from cte_corpus.authoring.redraft import redraft

Record = dict[str, Any]


def draft_of(bundle: Record, text: str, *, published: bool = False) -> Record:
    """A draft that means the records, its events called as they are. Events and sanctions ask for their ids only where
    they are published, as some of theirs may be retired."""
    draft = redraft(copy.deepcopy(bundle), text)
    for event in draft["events"]:
        event["key"] = event["id"]
    for record in [] if published else (*draft["events"], *draft["sanctions"]):
        del record["id"]
    return draft
