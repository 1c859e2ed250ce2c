"""Documents with a copy of their text: every record of the corpus back in its place."""

from __future__ import annotations

from errno import ENAMETOOLONG
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.attach import copies_html, known
from cte_corpus.attach.attach import LOST, Placed, attach
from cte_corpus.errors import CteError, UnknownIdError
from cte_corpus.records.coded import CodedDocument, CodedDocuments, Raw
from cte_corpus.scale.progress import doing
from cte_corpus.text import limits, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cte_corpus.attach.attach import Attachment
    from cte_corpus.attach.verdict import Verdict
    from cte_corpus.records.base import Home
    from cte_corpus.records.section import Section, Sentence
    from cte_corpus.records.span import Span
    from cte_corpus.scale.workers import Workers
    from cte_corpus.text.sources import Source

STATUSES = ("exact", "moved", "loose", "ambiguous", "lost")


class AttachedDocument(CodedDocument):
    """A coded document with a copy of its text. `sections`, `mentions`, `events` … are those of the corpus."""

    def __init__(
        self,
        raw: dict[str, Any],
        copy: str | Source,
        threshold: float = 0.0,
        home: Home | None = None,
        attachment: Attachment | None = None,
    ) -> None:
        """Align a copy: plain text, Markdown, or HTML. What is not proven and scores less than `threshold` is lost.
        Where an `attachment` is given, the copy was aligned.

        Raises:
            CteError: the copy is empty, too long, or no text; or was edited inside quoted words and the extra `attach`
                is not installed.
        """
        super().__init__(raw, home)
        self.source: Source = sources.of_text(copy) if isinstance(copy, str) else copy
        self.attachment: Attachment = attachment or attachment_of(raw, self.source, threshold)

    @property
    def text(self) -> str:
        """The copy after the document's recipe, of HTML after `plain-1`: what all places refer to, in code points."""
        return self.attachment.text

    @property
    def verdict(self) -> Verdict:
        """What the copy is of this document: a copy, an edited one, a part of it, or none; with the shares found."""
        return self.attachment.verdict

    def place(self, item: Span | Sentence | Section) -> Placed:
        """Where a span, sentence or section of this document stands in `text`, and how sure that is.

        Raises:
            UnknownIdError: the document has nothing of that extent.
        """
        from cte_corpus.records.section import Section, Sentence

        group = self.attachment.spans
        if isinstance(item, Section):
            group = self.attachment.sections
        elif isinstance(item, Sentence):
            group = self.attachment.sentences
        if (item.start, item.end) not in group:
            raise UnknownIdError(f"{self.id} has no such {type(item).__name__.lower()}: {item.start} to {item.end}")
        return group[item.start, item.end]

    def text_of(self, item: Span | Sentence | Section) -> str | None:
        """The words of the copy at the place of a span, sentence or section; None where it is lost."""
        start, end = self.place(item)[:2]
        return None if start is None or end is None else self.text[start:end]

    def report(self) -> list[dict[str, Any]]:
        """A row for each section, sentence and quoted span: what, id, both extents, status, score, and what differs.

        `id` is that of the record; a span has also the `pointer` to it within the record.
        """
        rows = []
        for section in self.raw["sections"]:
            rows.append(_row("section", section["id"], "", section, self.attachment.sections))
            for item in section.get("sentences", ()):
                rows.append(_row("sentence", f"{section['id']}.{item['n']}", "", item, self.attachment.sentences))
        for part in ("sections", "mentions", "events", "sanctions"):
            for record in self.raw[part]:
                for pointer, span in _spans(record, ""):
                    rows.append(_row("span", record["id"], pointer, span, self.attachment.spans))
        return rows

    def _repr_html_(self) -> str:
        """The document as a notebook shows it, with the words of its sentences."""
        return copies_html.document(self)


class AttachedCorpus(CodedDocuments[AttachedDocument]):
    """The documents of a corpus for which a copy of the text was given. Iterates and indexes as the corpus does."""

    def __init__(self, documents: Mapping[str, AttachedDocument]) -> None:
        self._attached = dict(documents)

    @property
    def _by_document(self) -> Mapping[str, AttachedDocument]:
        return self._attached

    def document(self, key: str) -> AttachedDocument:
        """One document with its records and its copy.

        Raises:
            UnknownIdError: there is no copy of such a document; it is a KeyError, and names the nearest.
        """
        if key not in self._attached:
            from cte_corpus.text.suggest import hint

            raise UnknownIdError(f"no copy of a document {key!r}", hint(key, self._attached))
        return self._attached[key]

    def __repr__(self) -> str:
        return f"<AttachedCorpus: {', '.join(self._attached)}>"

    def _repr_html_(self) -> str:
        """The copies as a notebook shows them."""
        return copies_html.documents(self)


def attach_copies(
    documents: Mapping[str, Raw],
    copy: str | Path | Source,
    document: str | None = None,
    threshold: float = 0.0,
    home: Home | None = None,
    workers: Workers | None = None,
) -> AttachedCorpus:
    """Attach copies to documents.

    Args:
        documents: Id -> the decoded records, as in `CodedDocument.raw`.
        copy: A text; or the path of a file; or a folder with files called after documents: `<slug>.txt`, .md, .html;
            or a source that was read.
        document: Id of the document of which a single text or file is a copy. Without it, a file is a copy of the
            document after which it is called, or of the only one there is.
        threshold: What is not proven and has a lower score, 0 to 1, is lost.
        home: The corpus of the documents, by which their records find others.
        workers: Other processes that place the copies of a folder.

    Raises:
        CteError: it cannot be told of which document this is a copy, or the folder has several of one; or the file
            is no text.
    """
    path = _path(copy)
    if path is not None and path.is_dir():
        wanted = documents if document is None else [document]
        files = copies_in(path, set(wanted))
        if not files:
            raise CteError(f"no copy of a document in {path}", "call the files after the documents: <slug>.txt")
        copies = [Copy(documents[key], file, threshold) for key, file in files.items()]
        done = workers.map(attach_file, copies) if workers else map(attach_file, copies)
        found = {}
        with doing(len(copies), "copies") as step:
            for key, (source, attachment) in zip(files, done, strict=True):
                found[key] = AttachedDocument(documents[key], source, threshold, home, attachment)
                step(1)
        return AttachedCorpus(found)
    key = document or _meant(documents, path)
    if path is not None:
        copy = sources.read_file(path)
    source = copy if isinstance(copy, sources.Source) else sources.of_text(str(copy))
    return AttachedCorpus({key: AttachedDocument(documents[key], source, threshold, home)})


class Copy(NamedTuple):
    """A copy of a document in a file, for another process."""

    raw: Raw
    path: Path
    threshold: float

    def __str__(self) -> str:
        return f"the copy {self.path}"


def attach_file(copy: Copy) -> tuple[Source, Attachment]:
    """A copy that was read, and everything in its place there."""
    source = sources.read_file(copy.path)
    return source, attachment_of(copy.raw, source, copy.threshold)


def attachment_of(raw: Raw, source: Source, threshold: float) -> Attachment:
    """A copy of a document with everything in its place.

    Raises:
        CteError: the copy is empty, too long, or no text; or was edited inside quoted words and the extra `attach`
            is not installed.
    """
    try:
        limits.judge(source.text)
    except ValueError as error:
        raise CteError(f"this is no copy of {raw['document']['id']}: {error}", "give the text alone") from error
    recipe = "plain-1" if source.is_page else None  # its text is plain, whatever the document's source is
    return attach(known.read(raw), source.text, recipe, threshold)


def copies_in(folder: Path, keys: set[str]) -> dict[str, Path]:
    """The copies of documents in a folder."""
    found: dict[str, Path] = {}
    for file in sorted(folder.iterdir()):
        if file.stem in keys and file.suffix.lower() in sources.SUFFIXES and file.is_file():
            if file.stem in found:
                names = f"{found[file.stem].name} and {file.name}"
                raise CteError(f"{folder} has {names}, copies of one document", "give the file that is meant")
            found[file.stem] = file
    return found


def _path(copy: str | Path | Source) -> Path | None:
    """The path that is meant, if it is one: a text has several lines, or is no existing path."""
    if isinstance(copy, Path):
        return copy
    if not isinstance(copy, str) or not copy or "\n" in copy or len(copy) > 1000 or "<" in copy:
        return None
    path = Path(copy)
    try:
        return path if path.exists() or sources.suffix_of(copy) in sources.SUFFIXES else None
    except OSError as error:
        if error.errno != ENAMETOOLONG:
            raise
        return None


def _meant(documents: Mapping[str, Raw], path: Path | None) -> str:
    if path is not None and path.stem in documents:
        return path.stem
    if len(documents) == 1:
        return next(iter(documents))
    raise CteError("of which document is this a copy?", "name it, or call the file after the document: <slug>.txt")


def _row(
    what: str, key: str, pointer: str, item: dict[str, Any], places: Mapping[tuple[int, int], Placed]
) -> dict[str, Any]:
    placed = places.get((item["start"], item["end"]), LOST)
    return {
        "what": what,
        "id": key,
        "pointer": pointer,
        "text": item.get("text"),
        "reference": [item["start"], item["end"]],
        "place": None if placed.start is None else [placed.start, placed.end],
        "status": placed.status,
        "score": placed.score,
        "differs": placed.differs,
    }


def _spans(value: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spans(item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        if "text" in value and "start" in value and "end" in value:
            yield pointer, value
        else:
            for name, item in value.items():
                yield from _spans(item, f"{pointer}/{name}")
