"""`cte rule`: what the checker checks, and why."""

from typing import TYPE_CHECKING

import click

from cte_corpus.cli import options
from cte_corpus.cli.printing import say, say_json

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cte_corpus.checking.rules.catalogue import Rule


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    from cte_corpus.checking.rules.catalogue import rules

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
@options.output(["text", "json"], default="text")
def command(code: str | None, output: str) -> None:
    """Explain the rules of the checker.

    CODE is the code or name of a rule; without it all are listed.
    """
    from cte_corpus.checking.rules.catalogue import find, rules

    chosen = list(rules().values()) if code is None else [find(code)]
    if output == "json":
        found = [rule._asdict() for rule in chosen]
        say_json(found if code is None else found[0])
        return
    from cte_corpus.text.terminal import columns, table

    if code is None:
        rows = [(rule.code, rule.name, _grade(rule), rule.summary) for rule in chosen]
        say(table(("code", "name", "severity", "what it checks"), rows, fit=columns()), form="styled")
    else:
        say(page(chosen[0], columns()), form="styled")


def page(rule: "Rule", fit: int = 0) -> str:
    """The page of a rule, its prose in lines of `fit` columns; 0 wraps none."""
    from cte_corpus.checking.report.full import COLORS
    from cte_corpus.text.terminal import painted, wrap

    grade = f"{rule.severity}, {rule.status}, level {rule.level}, since {rule.since}"
    parts = [
        f"{painted(rule.code, COLORS[rule.severity])} {painted(rule.name, 'bold')}",
        "\n".join(wrap(rule.summary, fit)),
        grade,
    ]
    for title, text, prose in (
        ("Why", rule.why, True),
        ("Bad", rule.bad, False),
        ("Good", rule.good, False),
        ("Mend", rule.mend, True),
    ):
        size = fit - 2 if fit and prose else 0
        lines = [part for line in text.strip().splitlines() for part in wrap(line, size)]
        if lines:
            parts.append(f"{painted(title, 'bold')}\n" + "\n".join(f"  {line}".rstrip() for line in lines))
    return "\n\n".join(parts)


def _grade(rule: "Rule") -> str:
    """The severity, and the status where it is not the usual one."""
    return rule.severity if rule.status == "stable" else f"{rule.severity}, {rule.status}"
