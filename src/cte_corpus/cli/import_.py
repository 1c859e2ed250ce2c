"""`cte import`: what other tools annotated becomes a draft."""

import sys
from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import writable
from cte_corpus.errors import CteError

FORMATS = ("cas", "label-studio", "brat", "web-annotation", "quotes")


@click.command(
    epilog="""\b
Examples:
  cte import brat harbour-talks.ann --document harbour-talks
  cte import cas project.zip --document harbour-talks --item harbour-talks.txt/ina
  cte import quotes found.jsonl --document notice --text notice.txt --mapping notice.mapping.yaml
  cte import brat doc.ann --document notice --lang en --publisher org:a --mapping n.yaml"""
)
@click.argument("kind", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@options.document("Of the corpus, or a new one.", required=True)
@click.option("--item", metavar="ITEM", help="Which of several documents of the file is meant.")
@click.option("--mapping", metavar="FILE", type=click.Path(path_type=Path), help="What foreign labels become here.")
@options.text()
@options.new_document()
@options.corpus(written=True)
@options.out("A file, for the draft; by default ID.draft.yaml.")
def command(
    kind: str,
    file: Path,
    document: str,
    item: str | None,
    mapping: Path | None,
    text: Path | None,
    lang: str | None,
    publisher: str | None,
    genre: str | None,
    path: Path | None,
    out: Path | None,
) -> None:
    """Make a draft of what was annotated in another tool.

    FORMAT is cas (UIMA: XMI, JSON, or an archive of INCEpTION), label-studio, brat, web-annotation, or quotes (JSON
    Lines of langextract, GLiNER, spaCy, or any {quote, label}). What was exported from here comes back with what was
    changed there; all else is proposed. `cte anchor` takes the draft.

    Labels that are no codes of this vocabulary need a mapping: without one, a draft of it is written, to be settled.
    What cannot be taken over is printed, and stands in a file beside the draft: ….loss.json. A document that the
    corpus has not needs --lang and --publisher.

    Exit code 0: the draft is written; 1: a mapping is to be settled first; 2: it could not run.
    """
    from cte_corpus.authoring import folder, schema_place
    from cte_corpus.exchange import importing
    from cte_corpus.exchange import mapping as maps
    from cte_corpus.exchange.loss import Loss, beside
    from cte_corpus.store import files

    corpus = writable(folder.corpus(path))
    target = folder.draft_path(corpus, folder.checked_id(document), out)
    settled = maps.load(mapping) if mapping else None
    new = importing.New(lang, publisher, genre) if lang and publisher else None
    loss = Loss()
    found = importing.read(kind, file, item, document, loss)
    made = importing.imported(found, document, corpus, importing.source(text, document), new, settled, loss)
    if made.mapping:
        _ask(made.mapping, document, mapping, target)
    is_new = not (corpus / "documents" / document).exists()
    own = target.with_name(f"{document}.txt") if is_new and text is None else None
    if own and own.exists() and own.read_bytes() != made.text.encode():
        raise CteError(f"{own} exists, and is another text", "move it away, or give the text that is meant by --text")
    files.write(target, (schema_place.modeline(corpus, target) + made.draft).encode())
    files.write(beside(target), loss.encoded())
    counts = ", ".join(f"{name} {count}" for name, count in made.counts.items() if count)
    say(f"wrote {target}: {counts or 'as it went out'}")
    if own:
        files.write(own, made.text.encode())
        say(f"wrote {own}, the text to which it refers")
    for line in (*made.changes, *made.notes):
        say(line, err=True)
    for line in loss.lines():
        say(line, err=True)


def _ask(draft: str, document: str, mapping: Path | None, target: Path) -> None:
    """Write the draft of a mapping, and end."""
    from cte_corpus.store import files

    where = target.with_name(f"{document}.mapping.yaml")
    if mapping is not None or where.exists():
        said = f"{mapping} does not map all labels" if mapping else f"{where} exists"
        raise CteError(said, "give it by --mapping, with these lines as well:", draft)
    files.write(where, draft.encode())
    say(f"wrote {where}: settle it, and give it by --mapping {where}", err=True)
    sys.exit(1)
