"""The command `cte`. Each command is a module here, imported when it is used."""

import gc
import os
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from keyword import iskeyword
from typing import NoReturn

try:
    gc.disable()  # of what is loaded here nothing is garbage
    import click

    from cte_corpus.cli import old
    from cte_corpus.cli.ending import INTERRUPTED, interruptible, open_streams
    from cte_corpus.errors import CteError

    gc.enable()
except KeyboardInterrupt:  # before `main` can say so
    sys.exit(130)

TABLES = {
    "For readers": {
        "show": "Print one record readably, with what it links to.",
        "find": "Find records by their names, labels, titles, gists or ids.",
        "list": "List documents, events, entities or sanctions, with filters.",
        "stats": "Count what a corpus holds: records, event types, coverage.",
        "sql": "Ask a corpus in SQL, over the same tables as `load_dataset`.",
        "plot": "Draw a picture of the corpus.",
        "site": "Write the corpus as a static web site.",
        "export": "Write the corpus in the format of another tool.",
        "cite": "Print how to cite the corpus, or records of it.",
        "status": "Say what became of records since they were cited.",
        "attach": "Put every span back into a copy of a document's text.",
        "drift": "Say whether web pages still hold the words that records quote.",
        "ground": "Say where quotes and values stand in a text; no corpus is needed.",
        "score": "Score predictions against a gold standard, with a signature.",
        "verify": "Verify a pack, or the installed package.",
    },
    "For coders": {
        "init": "Begin a corpus of your own in a folder.",
        "new": "Begin the coding of a text: a draft with what can be proposed.",
        "anchor": "Turn a draft with quotes into records with offsets.",
        "propose": "Add to a draft the mentions that can be found by now.",
        "draft": "Make the records of a document a draft again.",
        "import": "Make a draft of what was annotated in another tool.",
        "review": "Review a draft item by item in a page; settle two codings.",
        "entity": "Add, rename, merge or retire an entity, wherever it is named.",
        "correct": "Apply a correction that a quote from the text supports.",
        "check": "Check a corpus, or one document of it.",
        "merge": "Report on a corpus that was checked in shards.",
        "cache": "Show what is kept to save time, or delete it.",
        "rule": "Explain the rules of the checker.",
        "fmt": "Write data files in canonical form.",
        "agreement": "Say how far two codings of the same text agree.",
        "diff": "Compare two states of the corpus; name the step of the version.",
    },
    "For maintainers": {
        "schema": "List the schemas; compare or write the generated files.",
        "build": "Build the pack of a release: a folder and an archive.",
        "release": "Judge a release; prepare its pack and its entry in the ledger.",
        "push": "Publish a pack on the Hugging Face Hub.",
    },
}
"""The commands by who needs them, with their help in a line, so that `cte --help` imports none of them."""

COMMANDS = {name: summary for table in TABLES.values() for name, summary in table.items()}


COMPLETE = "_CTE_COMPLETE"
"""Environment variable: set while a shell asks what a word may be."""


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the tables."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        return old.understanding(cmd_name, import_module(f"{__name__}.{module}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; name the nearest where there is none."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            from cte_corpus.text.suggest import hint

            raise CteError(f"no command {args[0]!r}", f"{hint(args[0], COMMANDS)} try `cte --help`".strip())
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            rest = old.moved(ctx, name, command, rest)
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them, their lines in one column."""
        width = max(map(len, COMMANDS))
        for title, table in TABLES.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), summary) for name, summary in table.items()])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from cte_corpus import __version__
        from cte_corpus.cli.printing import say

        say(f"cte-corpus {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""A command that reads a corpus reads the one in the current folder, or else the bundled one. --corpus PATH
names another, and --corpus-version X.Y.Z a release. On a terminal the command says which one it reads. Where the
corpus is the main argument, PATH may stand without --corpus. PATH is the root of a repository or its data/, a packed
corpus, or a release pack: its folder, its .tar or the address of that. -o is the format in which a command prints,
and --out is where it writes.

\b
Examples:
  cte show org:daesh             what is known of it, and where it is mentioned
  cte sql "select type, count(*) from events group by 1"
  cte stats --corpus-version 0.1.0
  cte check .                    is the corpus of this repository valid?

\b
Shell completion, for bash (likewise zsh and fish):
  eval "$(_CTE_COMPLETE=bash_source cte)" """,
)
@old.before
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cte(corpus_version: str | None) -> None:
    """Counter-terrorism reporting, coded as checked records."""


def main() -> None:
    """Run `cte`: 0 is clean, 1 means findings, 2 that it could not run, 130 that it was interrupted.

    No user's error ends in a traceback. A fault of the program does, and with 2: 1 would blame the data.
    """
    gc.freeze()  # what click and its modules made is not looked at again, nor when the process ends
    with interruptible():
        open_streams()
        if COMPLETE in os.environ:
            from cte_corpus.cli import completing

            completing.register()
        try:
            with _progress():
                cte.main(prog_name="cte", standalone_mode=False)
        except CteError as error:
            _fail(error.message, error.hint, error.detail)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            _fail(*_said(error))
        except click.Abort:
            sys.exit(INTERRUPTED)
        except OSError as error:
            _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        except MemoryError:
            pass  # what is said of it below is said when the frames, and all that they hold, are gone
        except Exception:
            from traceback import format_exc

            from cte_corpus.cli.printing import say

            say(format_exc(), err=True, end="")
            sys.exit(2)
        else:
            return
        _fail("there is not enough memory for this", "give it less at a time, or more memory")


def _progress() -> AbstractContextManager[None]:
    """Tell a terminal how far long work has come, if it can clear a line."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return nullcontext()
    from cte_corpus.cli.progress import bar
    from cte_corpus.scale.progress import listening

    return listening(bar)


def _said(error: click.ClickException) -> tuple[str, str]:
    """What click has to say, as this package says it: the message in a line, and what may help."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    message, close = re.sub(r"\s*\n\s*", " ", error.format_message()), ""
    if isinstance(error, click.NoSuchOption) and context:
        shown = {name for item in context.command.params if not getattr(item, "hidden", False) for name in item.opts}
        nearest = next((name for name in error.possibilities or () if name in shown), "")
        message, close = f"no option {error.option_name!r}", f"did you mean {nearest!r}? " if nearest else ""
    command = context.command_path if context else "cte"
    return message[0].lower() + message[1:].removesuffix("."), f"{close}try `{command} --help`"


def _fail(message: str, hint: str = "", detail: str = "") -> NoReturn:
    from cte_corpus.cli.printing import say
    from cte_corpus.text.terminal import safe

    say(f"error: {safe(message)}", err=True)
    for line in detail.splitlines():
        say(f"  {safe(line)}".rstrip(), err=True)
    if hint:
        say(f"  help: {safe(hint)}", err=True)
    sys.exit(2)
