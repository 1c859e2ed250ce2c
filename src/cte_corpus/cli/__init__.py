"""The command `cte`. Each command is a module here, imported when it is used."""

import sys
from importlib import import_module
from typing import NoReturn

try:
    import click

    from cte_corpus.cli.ending import INTERRUPTED, interruptible, open_streams
    from cte_corpus.errors import CteError
except KeyboardInterrupt:  # before `main` can say so
    sys.exit(130)

COMMANDS = {
    "check": "Check a corpus, or one document of it.",
    "new": "Begin the coding of a text: a draft with what can be proposed.",
    "anchor": "Turn a draft with quotes into records with offsets.",
    "attach": "Put every span back into a copy of a document's text.",
    "fmt": "Write data files in canonical form.",
    "rule": "Explain the rules of the checker.",
    "show": "Print one record readably, with what it links to.",
    "stats": "Count what a corpus holds: records, event types, status, coverage.",
    "schema": "List the schemas; compare or write the generated files.",
    "build": "Build the pack of a release: a folder and an archive.",
    "verify": "Verify a pack, or the installed package.",
    "diff": "Compare two states of the corpus, and name the step of the version.",
    "release": "Judge a release; prepare its pack and its entry in the ledger.",
    "push": "Publish a pack on the Hugging Face Hub.",
    "cite": "Print how to cite the corpus, or one record of it.",
    "sql": "Ask a corpus in SQL, over the same tables as `load_dataset`.",
}
"""Commands with their help in a line, so that `cte --help` imports none of them."""


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; name the nearest where there is none."""
        if args and args[0] not in COMMANDS:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"no command {args[0]!r}." + (f" Did you mean {close[0]!r}?" if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"cte-corpus {version('cte-corpus')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""What reads a corpus reads the bundled one when no path is given.

\b
Examples:
  cte check                      is the corpus valid?
  cte show org:daesh             what is known of it, and where it is mentioned
  cte sql "select type, count(*) from events group by 1"
  cte --corpus-version 0.1.0 stats

\b
Shell completion, for bash (likewise zsh and fish):
  eval "$(_CTE_COMPLETE=bash_source cte)" """,
)
@click.option("--corpus-version", metavar="X.Y.Z", help="Read this release instead of the bundled corpus.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
@click.pass_context
def cte(ctx: click.Context, corpus_version: str | None) -> None:
    """Counter-terrorism reporting, coded as checked records."""
    if corpus_version is not None and ctx.invoked_subcommand in COMMANDS:
        from cte_corpus.cli.reading import reads

        command = import_module(f"{__name__}.{ctx.invoked_subcommand}").command
        if not reads(command):
            ctx.fail(f"`cte {ctx.invoked_subcommand}` reads no release; leave --corpus-version out.")


def main() -> None:
    """Run `cte`: 0 is clean, 1 means findings, 2 that it could not run, 130 that it was interrupted.

    No user's error ends in a traceback. A fault of the program does, and with 2: 1 would blame the data.
    """
    with interruptible():
        open_streams()
        try:
            cte.main(prog_name="cte", standalone_mode=False)
        except CteError as error:
            _fail(error.message, error.hint)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except OSError as error:
            _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        except Exception:
            from traceback import print_exc

            print_exc()
            sys.exit(2)


def _fail(message: str, hint: str = "") -> NoReturn:
    from cte_corpus.terminal import safe

    click.echo(f"error: {safe(message)}", err=True)
    if hint:
        click.echo(f"  help: {safe(hint)}", err=True)
    sys.exit(2)
