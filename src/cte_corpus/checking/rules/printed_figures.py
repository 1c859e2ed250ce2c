"""Level 3: a figure is the one that its span prints, with its bounds, unit and rate."""

from collections.abc import Iterator
from functools import lru_cache

from cte_corpus.checking.rules.doc import Doc, Findings, Found, Record
from cte_corpus.checking.rules.meaning import BOUND_KEYS, BOUNDS_OF, DURATION
from cte_corpus.checking.rules.terms import known
from cte_corpus.text.printed_figures import printed_figure

NUMBERS = ("value", "lower", "upper")
HEDGES = frozenset({"most", "some", "many", "several", "range"})
"""Comparators that stand for words without a number."""

BROKEN = frozenset({"share", "money", "duration"})
"""Measures that need not be whole."""

COUNTLESS = frozenset({"share", "money", "duration", "ordinal"})
"""Measures of which the unit, or what they are, is no thing that is counted."""

Fault = tuple[str, str]


def check(doc: Doc) -> Findings:
    """Whether figures say what their spans print, and can be."""
    for event, item in doc.quantities:
        if not _bounded(item):
            continue  # that comes first
        words = item["span"]["text"]
        numbers = tuple(item[key] for key in NUMBERS if key in item)
        for key, message in _faults(
            words, item["comparator"], numbers, item.get("unit"), item.get("per"), item["measure"]
        ):
            yield Found(
                "CTE334", item, f"“{words}”: {message}", key, "read the span again, or take in the words that say it"
            )
        yield from _possible(event, item, numbers)


def _bounded(item: Record) -> bool:
    """Whether the numbers are those of the comparator."""
    given = BOUND_KEYS & item.keys()
    return given == BOUNDS_OF[item["comparator"]] and not (
        "lower" in given and "upper" in given and item["lower"] > item["upper"]
    )


@lru_cache(maxsize=8192)
def _faults(
    words: str, comparator: str, numbers: tuple[int | float, ...], unit: str | None, per: str | None, measure: str
) -> tuple[Fault, ...]:
    return tuple(_compared(words, comparator, numbers, unit, per, measure))


def _compared(
    words: str, comparator: str, numbers: tuple[int | float, ...], unit: str | None, per: str | None, measure: str
) -> Iterator[Fault]:
    printed = printed_figure(words)
    if printed.numbers:
        shown = ", ".join(f"{number:,}" for number in sorted(printed.numbers))
        wrong = [number for number in numbers if number not in printed.numbers]
        if wrong:
            yield "comparator", f"{shown} is printed, and {wrong[0]:,} coded"
        elif comparator in HEDGES and not (comparator == "many" and printed.hedges):
            yield "comparator", f"{shown} is printed, and `{comparator}` without a number coded"
        elif printed.comparator and comparator not in (printed.comparator, *HEDGES):
            yield "comparator", f"`{printed.comparator}` is printed, and `{comparator}` coded"
    elif numbers and printed.hedges:
        yield "comparator", f"{'/'.join(sorted(printed.hedges))} is printed, and {numbers[0]:,} coded"
    elif len(printed.hedges) == 1 and comparator not in printed.hedges:
        yield "comparator", f"`{min(printed.hedges)}` is printed, and `{comparator}` coded"
    if printed.unit and unit != printed.unit and (measure != "money" or unit in known("currencies")):
        yield "measure", f"{printed.unit} is printed, and {unit or 'no unit'} coded"
    elif measure == "money" and not printed.unit and unit == "percent":
        yield "unit", "a sum of money is no share"
    if printed.unit in known("currencies") and measure != "money":
        yield "measure", f"{printed.unit} is printed, and the measure is {measure}"
    elif printed.unit == "percent" and measure != "share":
        yield "measure", f"a share is printed, and the measure is {measure}"
    if per != (printed.per or None) and (per is None or DURATION.fullmatch(per)):
        yield "measure", f"{printed.per or 'no rate'} is printed, and {per or 'no `per`'} coded"


def _possible(event: Record, item: Record, numbers: tuple[int | float, ...]) -> Findings:
    measure = item["measure"]
    for key in NUMBERS:
        if key in item and (item[key] < 0 or (measure not in BROKEN and item[key] != int(item[key]))):
            yield Found(
                "CTE335",
                item,
                f"there are no {item[key]:,} {measure}",
                key,
                "counts are whole, and nothing is below zero",
            )
    if measure not in COUNTLESS and "unit" in item:
        yield Found("CTE335", item, f"{measure} are counted, and have no unit", "unit", "leave `unit` out")
    elif measure == "share" and item.get("unit") not in ("1", "percent"):
        yield Found("CTE335", item, f"a share is of unit `1` or `percent`, got {item.get('unit', 'none')}", "measure")
    elif measure in ("ordinal", "duration") and item.get("unit") in known("currencies"):
        yield Found(
            "CTE335", item, f"a figure of {measure} is no sum of money", "unit", "correct the measure or the unit"
        )
    if "within" in item and numbers:
        whole = event["quantities"][item["within"] - 1]
        most = max((whole[key] for key in NUMBERS if key in whole), default=None)
        if whole["measure"] != measure or whole.get("unit") != item.get("unit"):
            yield Found("CTE335", item, f"a part of {whole['measure']} is {whole['measure']}, got {measure}", "within")
        elif most is not None and min(numbers) > most:
            yield Found("CTE335", item, f"the part, {min(numbers):,}, is more than the whole, {most:,}", "within")
