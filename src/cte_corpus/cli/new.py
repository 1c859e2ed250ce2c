"""`cte new`: the draft and the folder of a document to be coded."""

from pathlib import Path

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.cli.reading import writable
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte new notice.txt --document lantern-notice --lang en --publisher org:tidewater-post
  cte new bayan.txt --document bayan-al-marfa --lang ar --publisher org:a --genre press-release
  cte new notice.txt --document notice --lang en --publisher org:a --corpus corpus --out n.yaml"""
)
@click.argument("text", type=click.Path(path_type=Path))
@options.document("Small letters, digits and hyphens.", required=True)
@options.new_document(required=True)
@click.option(
    "--page",
    metavar="PAGE",
    type=click.Path(path_type=Path),
    help="The saved page of the article, from whose metadata title, day and address are taken.",
)
@options.corpus(written=True)
@options.out("A file, for the draft; by default ID.draft.yaml.")
def command(
    text: Path,
    document: str,
    lang: str,
    publisher: str,
    genre: str | None,
    page: Path | None,
    path: Path | None,
    out: Path | None,
) -> None:
    """Begin the coding of a text: a draft with what can be proposed.

    The document's folder is written from the draft at once, as `cte anchor` does it.

    Sections, sentences and names of the entity registry are proposed, and marked so; `cte check` refuses the document
    until each proposal is settled. Dates and figures are noted in the draft. Work on the draft, then run `cte anchor`.
    """
    from cte_corpus.authoring import folder, scaffold, schema_place, supported
    from cte_corpus.authoring import page as pages
    from cte_corpus.authoring import source as described
    from cte_corpus.store import files
    from cte_corpus.text import limits

    if genre:
        supported.judge(genre)
    if said := supported.unread(lang):
        say(f"note: {said}", err=True)
    corpus = writable(folder.corpus(path))
    if (corpus / "documents" / folder.checked_id(document)).exists():
        raise CteError(
            f"the corpus already has a document `{document}`", "choose another --document, or work on its draft"
        )
    target = folder.draft_path(corpus, document, out)
    source = folder.read_text(text)
    told = described.read(text.read_bytes(), text.name)
    if page:
        told = described.filled(told, pages.read(limits.bounded(page, limits.MAX_PAGE)))
    names = folder.printed_names(corpus)
    entities = folder.entity_registry(corpus)
    last = folder.last_of(corpus, publisher)
    genre, rights = genre or last.get("genre", "news-article"), last.get("rights")
    made = scaffold.scaffold(source, document, lang, publisher, genre, entities, names=names, told=told, rights=rights)
    files.write(target, (schema_place.modeline(corpus, target) + made.draft).encode())
    _anchor(target, text, corpus)
    sentences = sum(len(part.sentences) for part in made.parts)
    say(f"wrote {target} and {corpus / 'documents' / document}")
    say(
        f"proposed: {len(made.parts)} sections, {sentences} sentences, {len(made.mentions)} mentions; "
        f"noted: {len(made.dates)} dates, {len(made.figures)} figures"
    )
    for line in made.unknown:
        say(f"not known: {line}", err=True)


def _anchor(draft: Path, text: Path, corpus: Path) -> None:
    from cte_corpus.authoring.run import anchor_file

    anchored = anchor_file(draft, text, corpus)
    if anchored.problems:
        raise CteError(f"the draft does not lead back to the text: {anchored.problems[0]}")
