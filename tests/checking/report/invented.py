"""Invented findings that are hard to print."""

from cte_corpus.checking.diagnostic import Diagnostic, Fix, Location, Related
from cte_corpus.checking.report import Context, RuleText

EVENTS = "documents/harbour-talks/events.json"
PACKED = "/srv/corpora/tide water/entities.jsonl"
COUNTS = {"documents": 2, "entities": 1, "records": 1_500, "files": 12}

ARABIC_LINE = '  "text": "قالت إينا تورفالد إن المرفأ آمن", "lang": "ar"'

PLAIN = Diagnostic(
    "CTE201",
    "unknown-reference",
    "error",
    Location(EVENTS, 7, 11, ("records", 0, "arguments", 0, "entity"), "harbour-talks:e01"),
    "no entity `person:ina-torvalt`",
    "did you mean `person:ina-torvald`?",
)
ARABIC = Diagnostic(
    "CTE304",
    "span-text-mismatch",
    "error",
    Location(EVENTS, 9, 16, ("records", 1, "trigger", "text"), "harbour-talks:e02"),
    "expected “قالت إينا” (12 to 21), got “قال”",
)
HOSTILE = Diagnostic(
    "CTE101",
    "unknown-field",
    "warning",
    Location("a,b:c\n::error::%.json", 3, 1, ("records", 0, "a/b~c"), "x\x1b[31m:e01"),
    "got \x1b[2J\x00, \u202eright to left\u202c,\r\n::error file=other::100%",
    "take out \u2069 and \u0085",
)
WHOLE_FILE = Diagnostic(
    "CTE012",
    "not-canonical",
    "info",
    Location("corpus.json"),
    "the file is not in canonical form",
    fix=Fix("write the file canonically"),
)
TWICE = Diagnostic(
    "CTE208",
    "duplicate-id",
    "error",
    Location(PACKED, 4, 8, ("id",), "gpe:osterhavn"),
    "`gpe:osterhavn` stands twice",
    related=(
        Related(Location(PACKED, 2, 8, ("id",), "gpe:osterhavn"), "first defined here"),
        Related(Location("corpus.json"), "the corpus, مدينة"),
    ),
)

ALL = (PLAIN, ARABIC, HOSTILE, WHOLE_FILE, TWICE)

LINES = {
    (EVENTS, 7): '          "entity": "person:ina-torvalt"',
    (EVENTS, 9): ARABIC_LINE,
    ("a,b:c\n::error::%.json", 3): "\x1b[2J\u202e{",
}


def context(*found: Diagnostic, color: bool = False) -> Context:
    """What the command would hand to a report of these findings."""
    rules = {item.code: RuleText(item.name, f"About {item.name}.", item.severity, "Mend it.") for item in found}
    return Context("9.9.9", COUNTS, rules, LINES, color)
