"""What a citation says: the document that was read, the corpus at its version, and the record in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cte_corpus.citing.when import When
from cte_corpus.corpus.mapping import unknown
from cte_corpus.errors import UnknownIdError
from cte_corpus.published import ledger, pack, versions
from cte_corpus.release.metadata import words
from cte_corpus.store import digests, layout
from cte_corpus.store.stored import Stored
from cte_corpus.store.version import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.records import CorpusInfo, Entity
    from cte_corpus.store.stored import Raw


@dataclass(frozen=True)
class Source:
    """A document as a bibliography names it."""

    id: str
    genre: str
    title: str
    lang: str
    """BCP 47 tag of the title."""

    publisher: str
    """Its preferred name."""

    authors: tuple[str, ...]
    """As printed: no name is split into given and family name, as no rule does that in every language."""

    published: When
    url: str
    """Where it stands, best at its publisher; empty where no address is known."""

    opened: str
    """Day on which the address was opened, ISO; may be empty."""

    sha256: str
    """SHA-256 of the source that was coded."""

    @property
    def is_news(self) -> bool:
        """Whether the publisher is a medium, in which the document stands."""
        return self.genre == "news-article"

    @property
    def makers(self) -> tuple[str, ...]:
        """Who is named first: the authors, or else the publisher."""
        return self.authors or (self.publisher,)

    @property
    def signed(self) -> tuple[str, ...]:
        """Who wrote it, in formats that name the medium apart: nobody where an article is not signed."""
        return self.authors if self.is_news else self.makers


@dataclass(frozen=True)
class Citation:
    """What is cited: the corpus at its version, or a record of it."""

    info: CorpusInfo
    date: str
    """Day of the release, ISO; empty where this state of the corpus was not released."""

    coded: str
    """Day of the newest coding, ISO; empty in a corpus without documents."""

    root_digest: str
    """SHA-256 over the digests of all records."""

    record: str = ""
    """Id of the record; empty where the corpus is cited."""

    label: str = ""
    """What the record is: an event's label, an entity's name, a document's title, a mention's words; else its id."""

    digest: str = ""
    """SHA-256 of the record: see `cte_corpus.store.digests`."""

    source: Source | None = None
    """The document to which the record belongs; an entity has none."""

    @property
    def urn(self) -> str:
        """The permanent name of what is cited."""
        return words.urn(self.info, *filter(None, [self.record]))

    @property
    def key(self) -> str:
        """What a list of works may call it by; another one for each record."""
        return self.urn.removeprefix("urn:")

    @property
    def title(self) -> str:
        """The title of the corpus, and what the record in it is: no two records of a list look alike."""
        return f"{self.info.title}: {self.label}" if self.record else self.info.title

    @property
    def proof(self) -> str:
        """The permanent name, the digest that shows whether one has the same, and whether it was released."""
        if not self.record:
            return f"{self.urn}, SHA-256 {self.root_digest}" + ("" if self.date else "; unreleased state")
        called = "" if self.label == self.record else f" ({self.label})"
        return f"Record {self.urn}{called}, SHA-256 {self.digest}{self.unreleased}"

    @property
    def unreleased(self) -> str:
        """What is said of a record after its digest where this state of the corpus was not released; else nothing."""
        return "" if self.date else f"; unreleased state of the corpus, with root digest {self.root_digest}"


def sources(citations: Sequence[Citation]) -> list[Source]:
    """The documents of several citations, each once."""
    return list({citation.source.id: citation.source for citation in citations if citation.source}.values())


def cite(corpus: Corpus, key: str | None = None) -> Citation:
    """What the citation of a record says, or, without an id, that of the corpus.

    Raises:
        UnknownIdError: there is no such record; names the nearest, or says why it is gone.
    """
    stored = corpus.stored
    root = digests.root_digest(stored)
    coders = [coder for raw in stored.raw_documents for coder in raw["document"]["coding"]["coders"]]
    coded = max((coder["date"] for coder in coders), default="")
    citation = Citation(corpus.info, released(corpus, root), coded, root)
    if key is None:
        return citation
    known = records(stored)
    if key not in known:
        gone = _gone(stored, key)
        raise UnknownIdError(f"no record {key!r}", gone) if gone else unknown("record", key, known)
    source = None if key in corpus.entities else source_of(corpus, key.partition(":")[0])
    label = label_of(key, known[key], lambda entity: called(corpus.entities[entity]))
    return replace(citation, record=key, label=label, digest=digests.record_digest(known[key]), source=source)


def label_of(key: str, record: Raw, named: Callable[[str], str]) -> str:
    """What a record is, in words; a section or a sentence has no more than its id.

    Args:
        key: Its id.
        record: The record as it is stored.
        named: What an entity is called, by its id.
    """
    if "label" in record:
        return str(record["label"][0]["text"])
    if "target" in record:
        return f"sanction on {named(record['target'])}"
    if "names" in record:
        return named(key)
    said = record.get("title") or (record.get("span") if "entity" in record else None)
    return str(said["text"]) if said else key


def records(stored: Stored) -> dict[str, Raw]:
    """Every record by its id, as it is stored."""
    found = {record["id"]: record for table, record in digests.records(stored) if table != "retired"}
    for raw in stored.raw_documents:
        for section in raw["sections"]:
            found |= {f"{section['id']}.{sentence['n']}": sentence for sentence in section.get("sentences", ())}
    return found


def tombstone(stored: Stored, key: str) -> Raw | None:
    """What `retired.json` says of a record or of its document; `replaced_by` is the id that stands for it today."""
    stones = {stone["id"]: stone for stone in stored.raw_retired}
    found = stones.get(key) or stones.get(key.partition(":")[0])
    while found and (later := stones.get(found.get("replaced_by", ""))):
        found = found | {"replaced_by": later.get("replaced_by", "")}
    return found


def _gone(stored: Stored, key: str) -> str:
    """What became of a record that is there no more, and how to cite it as it was; empty where nothing is known."""
    stone = tombstone(stored, key)
    if stone is None:
        return ""
    instead = stone.get("replaced_by")
    fate = f"merged into {instead}" if instead else "retired"
    said = f"it was {fate} in {stone['since']}: {stone['reason']}"
    for release in reversed(ledger.ledger()):
        if numbers(release.version) < numbers(stone["since"]):
            folder = versions.at_hand(release.version)
            then = Stored(folder) if folder else None
            if then and then.info["name"] == stored.info["name"] and key in records(then):
                return f"{said} `cte cite {key} --corpus-version {release.version}` cites it as it was"
    return said


def released(corpus: Corpus, root: str) -> str:
    """The day on which these very records were released, or empty."""
    if layout.is_pack(corpus.path):
        manifest = pack.Manifest.read(corpus.path)
        return manifest.date if manifest.root_digest == root else ""
    releases = [release for release in ledger.ledger() if release.root_digest == root]
    return next((release.date for release in releases if release.version == corpus.version), "")


def source_of(corpus: Corpus, key: str) -> Source:
    """A document of a corpus as a bibliography names it."""
    document = corpus.documents[key]
    urls = sorted(document.urls, key=lambda url: (*_NEAR, url.kind).index(url.kind))
    url = next((url for url in urls if url.kind in _NEAR), None)
    return Source(
        id=key,
        genre=document.genre,
        title=document.title.text,
        lang=document.title.lang,
        publisher=called(corpus.entities[document.publisher]),
        authors=tuple(document.authors),
        published=When.of(document.published.edtf if document.published else None),
        url=url.url if url else "",
        opened=(url.checked or "") if url else "",
        sha256=document.text.source_sha256,
    )


_NEAR = ("original", "archive", "mirror")
"""Kinds of addresses at which the document itself stands, the best first."""


def called(entity: Entity) -> str:
    """The preferred English name, as citations are sorted by it in most lists; else the first name."""
    preferred = [name for name in entity.names if name.use == "preferred"]
    english = [name for name in preferred if name.lang == "en"]
    return (english or preferred or entity.names)[0].text
