"""One vocabulary: over all commands, a thing has one name, and a name means one thing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import click
import pytest
from click.testing import CliRunner

from cte_corpus.cli import COMMANDS, old
from cte_corpus.cli import cte as group
from tests.cli.test_group import commands, subcommands

TAKES = {
    "show": "ID --corpus --corpus-version --as-of --output",
    "find": "WORDS... --corpus --corpus-version --as-of --output",
    "list": "KIND --corpus --corpus-version --as-of --document --type --status --entity --from --to --output",
    "stats": "PATH --corpus --corpus-version --as-of --output",
    "sql": "QUERY --corpus --corpus-version --as-of --output --evidence --text --files",
    "plot": "KIND --corpus --corpus-version --lang --width --out",
    "site": "PATH OUT --corpus --corpus-version --text --docs --serve --port",
    "export": "FORMAT --corpus --corpus-version --text --policy --out",
    "cite": "ID... --corpus --corpus-version --output --out",
    "status": "CITED... --corpus --corpus-version --output",
    "attach": "COPY --document --corpus --corpus-version --fetch --strict --threshold --jobs --output",
    "drift": "COPIES --corpus --corpus-version --fetch --out --output",
    "ground": "TEXT CLAIMS --column --jobs --output",
    "score": "GOLD PRED --match --only --document --seed --types --part --text --output",
    "verify": "PACK --jobs",
    "init": "DIR --title --maintainer --language --licence --schemas",
    "new": "TEXT --document --lang --publisher --genre --page --corpus --out",
    "anchor": "DRAFT --text --renumber --corpus",
    "propose": "DRAFT --text --corpus",
    "draft": "DOCUMENT --text --corpus --out",
    "import": "FORMAT FILE --document --item --mapping --text --lang --publisher --genre --corpus --out",
    "review": "DRAFT OTHER --text --coder --list --layers --port --corpus --out",
    "entity": "",
    "entity new": "ID --kind --name --description --privacy --country --identifier --point --source"
    " --distinct --corpus",
    "entity rename": "OLD NEW --reason --corpus",
    "entity merge": "A B --reason --corpus",
    "entity retire": "ID --reason --corpus",
    "correct": "CORRECTION --text --fetch --corpus --output",
    "check": "PATH --corpus --corpus-version --select --ignore --text --fix --no-cache --statistics "
    "--jobs --executor --shard --partial --fail-on --output --out",
    "merge": "PARTIALS... --corpus --corpus-version --output --out",
    "cache": "--clear",
    "rule": "CODE --output",
    "fmt": "PATH --corpus --check --diff --jobs",
    "agreement": "A B --match --only --document --seed --types --output",
    "diff": "A B --output --all",
    "schema": "--check --diff --write --set --corpus",
    "build": "PATH --corpus --corpus-version --out --date --text --jobs",
    "release": "VERSION --text --out --rev --url --dry-run --check --output",
    "push": "PACK --to --dry-run",
}
"""What every command takes, as its help shows it."""

UNTOLD = {"", "CODES"}
"""Values that tell no option: a flag has none, and --select and --ignore ask opposite things of the same codes."""

TWICE = ("push", "--to")
"""The one name of two things: where a pack goes, and, beside --from, the last day of a list."""


def long_name(option: click.Option) -> str:
    return next(name for name in option.opts if name.startswith("--"))


def shown(command: click.Command) -> Iterator[click.Option]:
    """The options that the help of a command shows."""
    return (item for item in command.params if isinstance(item, click.Option) and not item.hidden)


def arguments(command: click.Command) -> list[str]:
    """The arguments that the usage line of a command shows, without brackets."""
    context = click.Context(command)
    found = [
        piece for item in command.params if isinstance(item, click.Argument) for piece in item.get_usage_pieces(context)
    ]
    return [piece.translate({ord(mark): None for mark in "[]"}) for piece in found]


def form(option: click.Option) -> str:
    """What kind of value an option takes: its word in the help, FORMAT for one of several, nothing for a flag."""
    if option.is_flag:
        return ""
    return (
        "FORMAT"
        if isinstance(option.type, click.Choice) and not option.metavar
        else option.make_metavar(click.Context(click.Command("x")))
    )


def meaning(option: click.Option) -> str:
    """The first sentence of its help."""
    return (option.help or "").partition(".")[0]


def several(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """What stands with several others."""
    found = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return [(key, sorted(values)) for key, values in found.items() if len(values) > 1]


def faults(found: Mapping[str, click.Command]) -> list[str]:
    """Things with two names, and names of two things."""
    options = [
        option for name, command in found.items() for option in shown(command) if (name, long_name(option)) != TWICE
    ]
    pairs = {
        "{} means {}": [(long_name(option), meaning(option)) for option in options],
        "{} takes {}": [(long_name(option), form(option)) for option in options],
        "{} is spelled {}": [(long_name(option), "/".join(option.opts)) for option in options],
        "{} is also {}": [(long_name(option), name) for option in options for name in option.opts if "--" in name],
        "{!r} is called {}": [(meaning(option), long_name(option)) for option in options],
        "{} is given by {}": [(form(option), long_name(option)) for option in options if form(option) not in UNTOLD],
    }
    wrong = [text.format(*found) for text, said in pairs.items() for found in several(said)]
    for name, command in found.items():
        taken = arguments(command)
        if "PATH" in taken and (taken != ["PATH"] or "--corpus" not in map(long_name, shown(command))):
            wrong.append(f"{name}: PATH is not the main argument, or --corpus cannot say it")
    return wrong


def test_what_every_command_takes() -> None:
    found = {
        name: " ".join([*arguments(command), *map(long_name, shown(command))])
        for name, command in (commands() | subcommands()).items()
    }
    assert found == TAKES


def test_a_thing_has_one_name_and_a_name_means_one_thing() -> None:
    assert faults(commands() | subcommands()) == []


def one(*options: click.Parameter) -> dict[str, click.Command]:
    return {**commands(), **subcommands(), "more": click.Command("more", params=list(options))}


@pytest.mark.parametrize(
    ("parameter", "fault"),
    [
        (click.Option(["--style"], type=click.Choice("ab")), "FORMAT is given by ['--output', '--style']"),
        (click.Option(["--into"], help="Where to write it."), "'Where to write it' is called ['--into', '--out']"),
        (click.Option(["--release"], metavar="X.Y.Z"), "X.Y.Z is given by ['--corpus-version', '--release']"),
        (click.Option(["--out"], metavar="DIR"), "--out takes ['DIR', 'TARGET']"),
        (click.Option(["--text"], metavar="TEXT", help="Say it."), "--text means ['Say it', "),
        (click.Option(["--check"], metavar="RULE"), "--check takes ['', 'RULE']"),
        (click.Option(["--fix", "--mend"], is_flag=True), "--fix is also ['--fix', '--mend']"),
        (click.Option(["--output"], type=click.Choice("ab")), "--output is spelled"),
        (click.Argument(["path"]), "more: PATH is not the main argument, or --corpus cannot say it"),
    ],
)
def test_another_name_is_found(parameter: click.Parameter, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(one(parameter)))


@pytest.mark.parametrize("name", [*old.OPTIONS, *old.ARGUMENTS])
def test_an_old_spelling_that_was_shown_would_be_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old, "_Unshown", click.Argument)
    found = commands()
    for parameter in found[name].params:
        if isinstance(parameter, click.Option):
            parameter.hidden = False
    assert faults(found) != []


@pytest.mark.parametrize("name", COMMANDS)
def test_an_old_spelling_is_shown_nowhere(name: str) -> None:
    text = CliRunner().invoke(group, [name, "--help"]).output.partition("Examples:")[0]
    assert not [spelling for spelling in old.OPTIONS.get(name, {}) if f"{spelling} " in text]
    assert name not in old.ARGUMENTS or "PATH]" not in text.splitlines()[0]


def test_the_help_says_how_a_corpus_is_named() -> None:
    text = " ".join(CliRunner().invoke(group, ["--help"]).output.split())
    assert "reads the one in the current folder, or else the bundled one. --corpus PATH names another, and" in text
    assert "Where the corpus is the main argument, PATH may stand without --corpus." in text
    assert "--corpus-version" not in text.partition("For readers:")[0]
