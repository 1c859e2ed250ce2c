"""What was cited: the permanent names in citations, whatever their format."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from cte_corpus.errors import CteError
from cte_corpus.text.limits import MAX_PAGE, bounded

_VERSION = r"[0-9]+\.[0-9]+\.[0-9]+"
_ID = r"[a-z0-9-]+(?::[a-z0-9-]+)?(?:\.[0-9]+)?"
_URN = re.compile(rf"urn:(?P<corpus>[a-z0-9-]+):(?P<version>{_VERSION})(?::(?P<record>{_ID}))?")
_AT = re.compile(rf"(?P<record>{_ID})@(?P<version>{_VERSION})")
_DIGEST = re.compile(r"(?:SHA-256\s+|sha256:)([0-9a-f]{64})")

HOW = "give an id with its version, as in org:daesh@1.0.0, a citation as `cte cite` prints it, or a file with citations"


@dataclass(frozen=True)
class Cited:
    """A record, or the whole corpus, at a version."""

    version: str
    record: str = ""
    """Id of the record; empty where the corpus is cited."""

    digest: str = ""
    """SHA-256 that the citation gives: of the record, or over all of them; empty where it gives none."""

    corpus: str = ""
    """Name of the corpus; empty where only an id and a version are given."""

    @property
    def name(self) -> str:
        """`org:daesh@1.0.0`; of the corpus, `cte-corpus@1.0.0`."""
        return f"{self.record or self.corpus}@{self.version}"


def read(argument: str) -> list[Cited]:
    """What an id with a version, a citation, or a file cites, in its order and each thing once.

    Raises:
        CteError: it is none of these, or the file cites nothing or is too large.
        OSError: the file cannot be read.
    """
    if match := _AT.fullmatch(argument):
        return [Cited(match["version"], match["record"])]
    if "urn:" not in argument:
        path = Path(argument)
        if not path.is_file():
            raise CteError(f"{argument!r} names no release and no file", HOW)
        found = _names(bounded(path, MAX_PAGE).decode("utf-8-sig", "replace"))
        if not found:
            raise CteError(f"{path} cites no corpus", "a citation has a permanent name, as in urn:cte-corpus:1.0.0")
        return found
    found = _names(argument)
    if not found:
        raise CteError(f"{argument!r} has no permanent name that is whole", HOW)
    return found


def _names(text: str) -> list[Cited]:
    """The permanent names in a text, each with the digest that follows it before the next name.

    A citation of a record names the corpus too, without a digest: that is no citation of the whole corpus.
    """
    found: dict[Cited, Cited] = {}
    matches = list(_URN.finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, after in zip(matches, ends, strict=False):
        bare = Cited(match["version"], match["record"] or "", corpus=match["corpus"])
        digest = _DIGEST.search(text, match.end(), after)
        if digest or bare not in found:
            found[bare] = replace(bare, digest=digest[1] if digest else "")
    of_records = {(cited.corpus, cited.version) for cited in found if cited.record}
    return [
        cited
        for cited in found.values()
        if cited.record or cited.digest or (cited.corpus, cited.version) not in of_records
    ]
