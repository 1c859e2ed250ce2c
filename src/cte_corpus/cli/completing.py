"""Completion of ids in the shell. bash cuts words at colons, and ids have them; this puts them together again."""

import os
from collections.abc import Iterator
from contextlib import suppress

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, split_arg_string

from cte_corpus.errors import CteError

SCRIPT = """\
%(complete_func)s() {
    local IFS=$'\\n'
    local completion type value
    COMPREPLY=()
    for completion in $(env COMP_LINE="${COMP_LINE:0:$COMP_POINT}" WORDBREAKS="$COMP_WORDBREAKS" \\
            %(complete_var)s=bash_complete $1); do
        IFS=',' read -r type value <<< "$completion"
        if [[ $type == 'dir' ]]; then
            compopt -o dirnames
        elif [[ $type == 'file' ]]; then
            compopt -o default
        elif [[ $type == 'plain' ]]; then
            COMPREPLY+=("$value")
        fi
    done
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Bash(BashComplete):
    """Completion for bash from the line as it was typed; of a word with a colon it is given what follows the colon."""

    source_template = SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is completed, and that one."""
        line = os.environ["COMP_LINE"]
        _, *words = split_arg_string(line)
        if not words or line[-1].isspace():
            return words, ""
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """As bash takes it."""
        typed = self.get_completion_args()[1]
        cut = typed.rfind(":") + 1 if ":" in os.environ.get("WORDBREAKS", ":") else 0
        return f"{item.type},{item.value[cut:]}"


def register() -> None:
    """Let bash complete words with colons."""
    add_completion_class(Bash)


def ids(ctx: click.Context, incomplete: str) -> list[str]:
    """The ids of a corpus that begin so: of documents and entities; of other records once their document is given."""
    with suppress(CteError, OSError, ValueError, LookupError, TypeError, AttributeError):
        return sorted(key for key in _ids(ctx, incomplete) if key.startswith(incomplete))
    return []


def documents(ctx: click.Context, incomplete: str) -> list[str]:
    """The ids of the documents that begin so."""
    return [key for key in ids(ctx, incomplete) if ":" not in key]


def _ids(ctx: click.Context, incomplete: str) -> Iterator[str]:
    from cte_corpus.cli.reading import located
    from cte_corpus.corpus.corpus import Corpus

    given = ctx.params
    corpus = Corpus(located(given.get("path"), given.get("corpus"), given.get("corpus_version")))
    document = incomplete.partition(":")[0]
    for raw in corpus.raw_documents:
        yield raw["document"]["id"]
        if raw["document"]["id"] == document:
            for part in ("sections", "mentions", "events", "sanctions"):
                yield from (record["id"] for record in raw[part])
    yield from (entity["id"] for entity in corpus.raw_entities)
