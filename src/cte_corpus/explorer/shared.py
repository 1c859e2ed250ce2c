"""What every page knows: what the corpus is, how it and its records are cited, where a correction is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson

from cte_corpus.citing import text
from cte_corpus.citing.citation import called, label_of
from cte_corpus.records import Entity
from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cte_corpus.citing.citation import Citation, Source
    from cte_corpus.records import CorpusInfo

Raw = dict[str, Any]


@dataclass(frozen=True)
class Shared:
    """The same for all pages of a site."""

    citation: Citation
    """Of the corpus at its version."""

    entities: dict[str, Raw]
    """The registry by id."""

    repository: str
    """Where issues are opened; empty where no address is known."""

    docs: bool
    """Whether the documentation lies beside the pages, in `docs/`."""

    @property
    def info(self) -> CorpusInfo:
        """What the corpus is."""
        return self.citation.info

    @cached_property
    def cited(self) -> str:
        """How the corpus is cited."""
        return text.render(self.citation)

    @cached_property
    def licence(self) -> str:
        """Where the licence of the records stands."""
        return words.licence_address(self.info.licences.records)

    def urn(self, *parts: str) -> str:
        """The permanent name of a record at this version; without an id, of the corpus."""
        return words.urn(self.info, *parts)

    def cite(self, record: Raw, digest: str, source: Source | None = None) -> str:
        """How a record is cited: the document, the corpus, the record with its digest."""
        named = {"record": record["id"], "label": self.label(record)}
        return text.render(replace(self.citation, digest=digest, source=source, **named))

    def label(self, record: Raw) -> str:
        """What a record is called where it is cited."""
        return label_of(record["id"], record, lambda key: called(Entity.model_validate(self.entities[key])))

    def twin(self, kind: str, record: Raw, **more: Any) -> Raw:
        """A record as JSON-LD: under its permanent name, its fields as they are."""
        return {"@id": self.urn(record["id"]), "@type": kind, "license": self.licence, **more, **record}

    def correction(self, key: str) -> str:
        """Where a correction of a record is proposed: a new issue with the form of `cte correct`, to be filled in."""
        if not self.repository:
            return ""
        block = {"record": key, "field": "", "value": "", "quote": ""}
        body = f"```json\n{orjson.dumps(block, option=orjson.OPT_INDENT_2).decode()}\n```\n"
        asked = {"title": f"Correct {key} of {self.info.version}", "labels": "data", "body": body}
        return f"{self.repository}/issues/new?{urlencode(asked)}"


def repository(info: CorpusInfo) -> str:
    """The address of the repository: that of the corpus, or else of this package; empty where neither names one."""
    if info.addresses.repository:
        return info.addresses.repository.rstrip("/")
    urls: Iterable[str] = metadata.metadata("cte-corpus").get_all("Project-URL") or ()
    named = dict(url.split(", ", 1) for url in urls)
    return next((named[name].rstrip("/") for name in ("Repository", "Source") if name in named), "")
