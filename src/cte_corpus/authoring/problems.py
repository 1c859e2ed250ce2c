"""What stands in the way of a draft."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
"""A record, or an item of a draft that becomes one."""

SHIFT = 3
"""Mentions of one section that stand in another sentence of it from which on these are held to be counted otherwise."""

_ELSEWHERE = re.compile(
    r"mentions\.(?P<section>[^.\[]+)\.(?P<named>\d+)\[\d+\].*does not stand there, but:"
    r"\n    1\. (?P=section)\.(?P<is>\d+), [^\n]*"
)


class Problems(list[str]):
    """What stands in the way, each with the path in the draft."""

    def note(self, path: str, error: object, hint: str = "") -> None:
        """Add a problem, with how to mend it."""
        self.append(f"{path}: {error}" + (f"; {hint}" if hint else ""))


def shifted(problems: Iterable[str]) -> str:
    """The one slip behind many problems, where it is that sentences of a section are counted otherwise; or empty."""
    found = (match for match in map(_ELSEWHERE.fullmatch, problems) if match)
    counts = Counter((match["section"], int(match["is"]) - int(match["named"])) for match in found)
    for (section, by), count in counts.most_common(1):
        if by and count >= SHIFT:
            where = f"{abs(by)} sentence{'s' * (abs(by) > 1)} {'later' if by > 0 else 'earlier'}"
            return (
                f"{count} mentions of `{section}` stand {where} than they are said to: was a heading or a sentence cut "
                "short, divided or joined there? Then mend that first"
            )
    return ""
