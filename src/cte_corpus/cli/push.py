"""`cte push`: a pack on the Hugging Face Hub."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say

if TYPE_CHECKING:
    from cte_corpus.release.push import Plan


@click.command(
    epilog="""\b
Examples:
  cte push dist/cte-corpus-1.0.0 --dry-run             what would go where
  cte push dist/cte-corpus-1.0.0                       to the address in its corpus.json
  cte push dist/cte-corpus-1.0.0 --to owner/name"""
)
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--to", "dataset", metavar="OWNER/NAME", help="The dataset [default: `addresses.hub` of the pack].")
@click.option("--dry-run", is_flag=True, help=f"{options.DRY_RUN} Needs no network and no token.")
def command(pack: Path, dataset: str | None, dry_run: bool) -> None:
    """Publish a pack on the Hugging Face Hub.

    PACK is the folder of a pack; it is verified first. The dataset must exist. It then holds the files of the pack and
    no others, and a tag such as v1.0.0, which comes last; a version that has its tag is never pushed again. The token
    is that of `hf auth login`, or HF_TOKEN.
    """
    from cte_corpus.release.push import plan, push

    planned = plan(pack, dataset)
    if dry_run:
        say(_listed(planned), form="styled")
    else:
        _no_bar_in_a_pipe()
        say(f"pushed {planned.manifest.name} {planned.manifest.version}: {push(planned)}")


def _no_bar_in_a_pipe() -> None:
    """The client shows how far it is on any stream, unless told not to."""
    from huggingface_hub.utils import disable_progress_bars

    if not sys.stderr.isatty():
        disable_progress_bars()


def _listed(planned: "Plan") -> str:
    from cte_corpus.cli.build import size
    from cte_corpus.text.terminal import columns, painted, pairs, visible

    total = sum(file.size for file in planned.files)
    rows = [
        ("dataset", planned.dataset),
        ("tag", planned.tag),
        ("root digest", planned.manifest.root_digest),
        ("files", f"{len(planned.files)}, {size(total)}"),
    ]
    head = f"would push {planned.manifest.name} {planned.manifest.version} of {planned.manifest.date}"
    width = max(len(size(file.size)) for file in planned.files)
    files = "\n".join(f"  {size(file.size):>{width}}  {visible(file.path)}" for file in planned.files)
    return f"{painted(head, 'bold')}\n{pairs(rows, columns())}\n{files}"
