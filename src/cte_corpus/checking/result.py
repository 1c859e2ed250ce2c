"""What a check came to."""

from typing import NamedTuple

from cte_corpus.checking.diagnostic import Diagnostic


class Result(NamedTuple):
    """What a check found, and what it looked at."""

    diagnostics: list[Diagnostic]
    documents: int
    entities: int
    records: int
    files: int
    recalled: int = 0
    """How many of the documents were found clean by the last check, and were not judged again."""

    unjudged: tuple[tuple[str, int], ...] = ()
    """What was not judged as findings of an earlier level come first, and in how many documents."""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to mend; infos do not count."""
        return all(diagnostic.severity == "info" for diagnostic in self.diagnostics)

    def _repr_html_(self) -> str:
        """The findings as a notebook shows them."""
        from cte_corpus.checking import findings_html

        return findings_html.findings(self.diagnostics, f"{self.records:,} records of {self.documents:,} documents")
