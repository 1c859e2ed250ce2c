"""`cte rule`: what the checker checks, and why."""

from typing import TYPE_CHECKING

import click

from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cte_corpus.rules.registry import Rule


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    from cte_corpus.rules.registry import rules

    return [
        CompletionItem(word, help=rule.summary)
        for rule in rules().values()
        for word in (rule.code, rule.name)
        if word.lower().startswith(incomplete.lower())
    ]


@click.command(
    epilog="""\b
Examples:
  cte rule                      all rules
  cte rule CTE304               one of them, with an example and how to mend it
  cte rule span-text-mismatch   the same by name"""
)
@click.argument("code", required=False, shell_complete=_complete)
@click.option(
    "--output", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
def command(code: str | None, output: str) -> None:
    """Explain the rules of the checker.

    CODE is the code or name of a rule; without it all are listed.
    """
    from cte_corpus.rules.registry import find, rules

    if code is None:
        chosen = list(rules().values())
    else:
        try:
            chosen = [find(code)]
        except KeyError as error:
            raise CteError(str(error.args[0]), "`cte rule` lists all rules") from None
    if output == "json":
        import orjson

        found = [rule._asdict() for rule in chosen]
        click.echo(orjson.dumps(found if code is None else found[0], option=orjson.OPT_INDENT_2))
    elif code is None:
        from cte_corpus.terminal import columns, table

        rows = [(rule.code, rule.name, _grade(rule), rule.summary) for rule in chosen]
        click.echo(table(("code", "name", "severity", "what it checks"), rows, fit=columns()))
    else:
        click.echo(page(chosen[0]))


def page(rule: "Rule") -> str:
    """The page of a rule."""
    grade = f"{rule.severity}, {rule.status}, level {rule.level}, since {rule.since}"
    parts = [f"{rule.code} {rule.name}", rule.summary, grade]
    for title, text in (("Why", rule.why), ("Bad", rule.bad), ("Good", rule.good), ("Mend", rule.mend)):
        indented = "\n".join(f"  {line}" if line else "" for line in text.strip().splitlines())
        if indented:
            parts.append(f"{title}\n{indented}")
    return "\n\n".join(parts)


def _grade(rule: "Rule") -> str:
    """The severity, and the status where it is not the usual one."""
    return rule.severity if rule.status == "stable" else f"{rule.severity}, {rule.status}"
