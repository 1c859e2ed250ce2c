"""`cte new`: the draft and the folder of a document to be coded."""

from pathlib import Path

import click

from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError


@click.command(
    epilog="""\b
Examples:
  cte new notice.txt --id lantern-notice --lang en --publisher org:tidewater-post
  cte new bayan.txt --id bayan-al-marfa --lang ar --publisher org:a --genre press-release
  cte new notice.txt --id notice --lang en --publisher org:a --corpus corpus --draft n.yaml"""
)
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--id", "document", required=True, metavar="SLUG", help="Id of the document.")
@click.option("--lang", required=True, metavar="TAG", help="BCP 47 tag of its language: ar, en.")
@click.option("--publisher", required=True, metavar="ENTITY", help="Id of the publishing entity: org:tidewater-post.")
@click.option(
    "--genre", default="news-article", show_default=True, metavar="CODE", help="What kind of publication it is."
)
@click.option(
    "--corpus", "root", type=click.Path(path_type=Path), metavar="DIR", help="Corpus tree [default: the checkout's]."
)
@click.option(
    "--draft",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the draft [default: SLUG.draft.yaml].",
)
def command(
    text: Path, document: str, lang: str, publisher: str, genre: str, root: Path | None, draft: Path | None
) -> None:
    """Begin the coding of a text: a draft with what can be proposed.

    The document's folder is written from the draft at once, as `cte anchor` does it.

    Sections, sentences and names of the registry are proposed, and marked so; `cte check` refuses the document until
    each proposal is settled. Dates and figures are noted in the draft. Work on the draft, then run `cte anchor`.
    """
    from cte_corpus.authoring import folder, scaffold
    from cte_corpus.store import files

    corpus = folder.corpus(root)
    target = draft or Path(f"{document}.draft.yaml")
    if (corpus / "documents" / folder.checked_id(document)).exists():
        raise CteError(f"the corpus has a document `{document}`", "choose another --id, or work on its draft")
    if target.exists():
        raise CteError(f"{target} exists", "choose another --draft, or move it away")
    if target.resolve().is_relative_to(corpus.resolve()):
        raise CteError(f"{target} lies in the corpus", "a draft quotes more than may be published; keep it elsewhere")
    source = folder.read_text(text)
    made = scaffold.scaffold(source, document, lang, publisher, genre, folder.registry(corpus))
    files.write(target, made.draft.encode())
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
