"""`cte review`: a page on this machine to accept, mend or question a draft item by item, by keyboard."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from cte_corpus.authoring.review import Review


@click.command(
    epilog="""\b
Examples:
  cte review notice.draft.yaml --text notice.txt --coder coder-b
  cte review harbour-talks --text texts/ --coder coder-b    its records
  cte review a.yaml b.yaml --text texts/ --coder coder-c --out settled.yaml --layers layers/
  cte review notice.draft.yaml --list                       what is questioned"""
)
@click.argument("draft", metavar="DRAFT", shell_complete=options.ids)
@click.argument("other", metavar="[OTHER]", required=False)
@options.text()
@click.option("--coder", metavar="CODER", help="Who reviews, as the coding notes call them.")
@click.option("--list", "listing", is_flag=True, help="Print what is questioned, and show no page.")
@click.option(
    "--layers", metavar="LAYERS", type=click.Path(path_type=Path),
    help="A folder in which two codings are kept as records, each in a folder named by its coder.",
)  # fmt: skip
@options.port(0)
@options.corpus(written=True)
@options.out("A file, for the draft of records, or for what two codings are settled to.")
def command(
    draft: str, other: str | None, text: Path | None, coder: str | None, listing: bool, layers: Path | None, port: int,
    path: Path | None, out: Path | None,
) -> None:  # fmt: skip
    """Review a draft item by item in a page; settle two codings.

    DRAFT is a draft, or the id of a document: then its records become a draft first. The page, which only this machine
    can open, shows the text and beside it every span, value and label, to accept, mend or question by keyboard. All is
    saved to the draft at once, where comments and whatever was not touched stay as they are. `cte anchor` makes records
    of it.

    With OTHER, a second coding of the same text, both stand side by side, and are settled into a third draft, --out.
    """
    from cte_corpus.authoring import folder

    if listing:
        _list(Path(draft))
        return
    if text is None or not (coder or "").strip():
        raise click.UsageError("--text and --coder are needed: the text that was coded, and who reviews.")
    _serve(_review(draft, other, text, str(coder).strip(), layers, folder.corpus(path), out), port)


def _review(
    draft: str, other: str | None, text: Path, coder: str, layers: Path | None, corpus: Path, out: Path | None
) -> "Review":
    from cte_corpus.authoring import folder, run, schema_place
    from cte_corpus.authoring.review import Review
    from cte_corpus.store import files

    if other is not None:
        return _settling([draft, other], text, coder, layers, corpus, out)
    if layers is not None:
        raise click.UsageError("--layers keeps two codings; there is one.")
    if not _is_draft(draft):
        own = out or Path(f"{draft}.draft.yaml")
        if own.is_file():
            raise CteError(f"{own} exists", f"go on with it by `cte review {own}`, or choose another --out")
        target = folder.draft_path(corpus, draft, out)
        files.write(target, (schema_place.modeline(corpus, target) + run.draft_of(corpus, draft, text)).encode())
        say(f"wrote {target}")
        return Review(target, text, corpus, coder)
    if out is not None:
        raise click.UsageError("--out is for a document or two codings; a draft is changed where it is.")
    return Review(Path(draft), text, corpus, coder)


def _settling(
    given: list[str], text: Path, coder: str, layers: Path | None, corpus: Path, out: Path | None
) -> "Review":
    from cte_corpus.authoring import beside, drafts, run, settling

    if out is None:
        raise click.UsageError("--out is needed: the draft to which the two are settled.")
    ones = {
        name: drafts.load(Path(name)) if _is_draft(name) else drafts.read(run.draft_of(corpus, name, text))
        for name in given
    }
    both = beside.codings(ones, text, corpus)
    beside.begin(out, both, coder, corpus)
    for kept in beside.keep(layers, both) if layers else ():
        say(f"wrote {kept}")
    return settling.Settling(out, text, corpus, coder, both)


def _is_draft(name: str) -> bool:
    from cte_corpus.authoring.drafts import SUFFIXES

    return Path(name).suffix in SUFFIXES


def _list(path: Path) -> None:
    from cte_corpus.authoring.review import questions
    from cte_corpus.text.terminal import safe

    found = questions(path)
    for one in found:
        say(safe(f"{path}:{one.line}: {one.name}: {one.note} ({one.by}, {one.date})"))
    say(f"{len(found)} questioned")


def _serve(review: "Review", port: int) -> None:
    from cte_corpus.explorer.reviewing.server import Server

    review.state()  # what is wrong with the draft is said before a page is shown
    with Server(review, port) as server:
        say(f"reviewing {review.path}: {server.address} (end with Ctrl+C)")
        server.serve_forever()
