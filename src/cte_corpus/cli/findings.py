"""What the commands that judge share: their findings as a report."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cte_corpus.checking.report import Context, RuleText, render
from cte_corpus.cli.printing import say
from cte_corpus.errors import CteError
from cte_corpus.text.terminal import colored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cte_corpus.checking.diagnostic import Diagnostic
    from cte_corpus.checking.result import Result


def rendered(result: "Result", form: str | None = None, *, to_file: bool = False) -> str:
    """The report on a result, without a final newline.

    Args:
        result: What was found.
        form: One of `report.FORMATS`; by default `full` on a terminal, else `concise`.
        to_file: Whether it goes to a file, and not to standard output.
    """
    chosen = form or ("full" if not to_file and sys.stdout.isatty() else "concise")
    return render(chosen, result.diagnostics, _context(result, chosen, color=not to_file and colored()))


def show(result: "Result", form: str | None = None) -> None:
    """Print the report on a result: by default `full` on a terminal, else `concise`."""
    say(rendered(result, form), form="json" if form in ("json", "sarif") else "styled")


def report(result: "Result", form: str | None, out: Path | None) -> None:
    """Print the report, or write it into a file.

    Raises:
        CteError: the file cannot be written.
    """
    if out is None:
        show(result, form)
        return
    from cte_corpus.store.files import write

    try:
        write(out, (rendered(result, form, to_file=True) + "\n").encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CteError(f"cannot write the report to {out}: {error.strerror}") from None


def _context(result: "Result", form: str, color: bool) -> Context:
    counts = {
        "documents": result.documents,
        "entities": result.entities,
        "records": result.records,
        "files": result.files,
    }
    version = root = ""
    if form == "sarif":
        root = _repository()
    if form in ("json", "sarif"):
        from cte_corpus import __version__ as version
    if not result.diagnostics:
        return Context(version, counts, {}, {}, color)  # which names no path
    from cte_corpus.checking.rules.catalogue import rules

    texts = {
        code: RuleText(rule.name, rule.summary, rule.severity, rule.mend)
        for code, rule in rules().items()
        if any(item.code == code for item in result.diagnostics)
    }
    lines = {}
    if form == "full":
        from cte_corpus.checking.report.full import spelled_out

        lines = _lines(spelled_out(result.diagnostics))
    return Context(version, counts, texts, lines, color, result.unjudged, root, Path.cwd().as_posix() if root else "")


def _repository() -> str:
    """The root of the repository that one is in, or the folder of the job; empty where there is neither."""
    here = Path.cwd()
    job = os.environ.get("GITHUB_WORKSPACE", "")
    roots = [folder for folder in (here, *here.parents) if (folder / ".git").exists()]
    if not roots and job and here.is_relative_to(job):
        roots = [Path(job)]
    return roots[0].as_posix() if roots else ""


def _lines(diagnostics: "Sequence[Diagnostic]") -> dict[tuple[str, int], str]:
    """The text of each line that a finding points at; each file is read once, a line at a time."""
    from cte_corpus.store import packed

    wanted: dict[str, set[int]] = {}
    for item in diagnostics:
        if item.location.line and Path(item.location.path).is_file():  # of a commit there may be no file
            wanted.setdefault(item.location.path, set()).add(item.location.line)
    lines = {}
    for name, numbers in wanted.items():
        with suppress(OSError):  # it was there a moment ago
            for source in packed.lines(Path(name)):
                if source.line in numbers:
                    lines[name, source.line] = source.data.decode("utf-8", "replace").rstrip("\n")
    return lines
