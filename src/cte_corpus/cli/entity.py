"""`cte entity`: entities as they come and go, with every record that names them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cte_corpus.authoring.entity_changes import Changed

_entity = click.argument("entity", metavar="ID", shell_complete=options.ids)


def _reason(more: str, *, required: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--reason", metavar="WHY", required=required, help=f"What its tombstone says, in a sentence. {more}".rstrip()
    )


@click.group(
    epilog="""\b
Examples:
  cte entity new person:tavo-merrin --kind person --privacy named-private \\
      --name "en=Tavo Merrin" --name "ar=تافو ميرين" --description "en=Courier."
  cte entity rename org:al-qaida org:al-qaeda
  cte entity merge org:isis org:daesh
  cte entity retire loc:grey-rock --reason "No document names it." """
)
def command() -> None:
    """Add, rename, merge or retire an entity, wherever it is named.

    Each command writes all files or none, prints what changed and the step of the version, and refuses what the check
    would find. An id that goes leaves a tombstone in `retired.json`, which says why and what stands for it.
    """


@command.command(
    "new",
    epilog="""\b
Examples:
  cte entity new org:dune-front --kind armed-group --name "en=Dune Front" --description en=Group.
  cte entity new gpe:lornhaven --kind city --name en=Lornhaven --description "en=City." \\
      --country located-in=IS
  cte entity new gpe:lornhaven --kind city --name en=Lornhaven --description "en=City." \\
      --country located-in=IS --identifier geonames=NUMBER --point LAT,LON --source ADDRESS""",
)
@_entity
@click.option("--kind", metavar="KIND", required=True, help="The finer kind, one of its class.")
@click.option(
    "--name", "names", metavar="LANG=NAME", multiple=True, required=True,
    help="A name; the first of a language is preferred, others are aliases. LANG/SCRIPT=NAME says the script.",
)  # fmt: skip
@click.option(
    "--description",
    metavar="LANG=WORDS",
    multiple=True,
    required=True,
    help="What it is, in own words; first language first.",
)
@click.option("--privacy", metavar="CLASS", help="What protection it needs. Told by its kind, but for a person.")
@click.option("--country", "countries", metavar="ROLE=CODE", multiple=True, help="A country, ISO 3166-1 alpha-2.")
@click.option("--identifier", "identifiers", metavar="SCHEME=VALUE", multiple=True, help="Its number in another list.")
@click.option("--point", metavar="LAT,LON", help="Where it lies, in degrees, as the source has it.")
@click.option("--source", metavar="ADDRESS", help="Where identifiers and point were looked up.")
@click.option("--distinct", is_flag=True, help="It is none of the entities that are like it.")
@options.corpus(written=True)
def new(
    entity: str,
    kind: str,
    names: tuple[str, ...],
    description: tuple[str, ...],
    privacy: str | None,
    countries: tuple[str, ...],
    identifiers: tuple[str, ...],
    point: str | None,
    source: str | None,
    distinct: bool,
    path: Path | None,
) -> None:
    """Add an entity to the registry.

    Entities with a like name or the same identifier are shown first, and nothing is written until --distinct says that
    it is none of them. Identifiers and coordinates are given with the source where they were looked up, or left out:
    then what the check asks for is printed, and the exit code is 1.
    """
    from cte_corpus.authoring import entity_changes, folder, new_entity

    record = new_entity.entity(
        new_entity.Said(entity, kind, names, description, privacy, countries, identifiers, point, source)
    )
    with _work(path) as (root, work):
        near = list(new_entity.alike(record, folder.entity_registry(root)))
        if near and not distinct:
            raise CteError(
                f"{entity} may be in the registry already; nothing was written",
                "if it is none of these, say so by --distinct; a name is added in the file of its entity",
                "\n".join(f"{key} {why}" for key, why in near[:8]),
            )
        changed = entity_changes.add(root, work, record)
        _say(changed)
        sys.exit(any(finding.severity == "error" for finding in changed.left))


@command.command(
    "rename",
    epilog="""\b
Examples:
  cte entity rename org:al-qaida org:al-qaeda
  cte entity rename loc:akureyri gpe:lornhaven --reason "It is a city, and no region."
  cte entity rename org:isis org:daesh --corpus data""",
)
@click.argument("old", metavar="OLD", shell_complete=options.ids)
@click.argument("new", metavar="NEW")
@_reason("Without it: that the id was changed.")
@options.corpus(written=True)
def rename(old: str, new: str, reason: str | None, path: Path | None) -> None:
    """Give an entity another id. Every record that names it follows, and a tombstone leads from OLD to NEW."""
    from cte_corpus.authoring import entity_changes

    with _work(path) as (root, work):
        _say(entity_changes.rename(root, work, old, new, reason or "The id was changed."))


@command.command(
    "merge",
    epilog="""\b
Examples:
  cte entity merge org:isis org:daesh
  cte entity merge org:isis org:daesh --reason "Two names of one group."
  cte entity merge person:t-merrin person:tavo-merrin --corpus data""",
)
@click.argument("a", metavar="A", shell_complete=options.ids)
@click.argument("b", metavar="B", shell_complete=options.ids)
@_reason("Without it: that they are one.")
@options.corpus(written=True)
def merge(a: str, b: str, reason: str | None, path: Path | None) -> None:
    """Make two entities one: A goes, and B stays.

    Every record that names A names B, and a tombstone leads from A to B. B takes over the names, identifiers, countries
    and links of A that it lacks; its own kind, privacy, point and description stay. A link between the two goes.
    """
    from cte_corpus.authoring import entity_changes

    with _work(path) as (root, work):
        _say(entity_changes.merge(root, work, a, b, reason or "Two entries for one entity."))


@command.command(
    "retire",
    epilog="""\b
Examples:
  cte entity retire loc:grey-rock --reason "No document names it."
  cte entity retire person:tavo-merrin --reason "A private person whom no event needs."
  cte entity retire loc:grey-rock --reason "It was made up." --corpus data""",
)
@_entity
@_reason("", required=True)
@options.corpus(written=True)
def retire(entity: str, reason: str, path: Path | None) -> None:
    """Take away an entity that no record names. A tombstone says why."""
    from cte_corpus.authoring import entity_changes

    with _work(path) as (root, work):
        _say(entity_changes.retire(root, work, entity, reason))


@contextmanager
def _work(path: Path | None) -> Iterator[tuple[Path, Path]]:
    """The corpus that is written into, and a folder for its states."""
    from cte_corpus.authoring import folder
    from cte_corpus.cli.reading import writable

    with TemporaryDirectory(prefix="cte-") as work:
        yield writable(folder.corpus(path)), Path(work)


def _say(changed: Changed) -> None:
    """Print what changed, and the step of the version."""
    from cte_corpus.compare.changes import render
    from cte_corpus.compare.diff import diff
    from cte_corpus.compare.sides import of
    from cte_corpus.text.terminal import safe

    was, now = of("before", changed.before), of("after", changed.after)
    say(render("text", was, now, diff(was, now)), form="styled")
    if changed.places:
        say(f"references changed: {', '.join(f'{n:,} in {kind}' for kind, n in sorted(changed.places.items()))}")
    for finding in changed.left:
        say(safe(f"left open, {finding.severity} {finding.code}: {finding.message}"), err=True)
