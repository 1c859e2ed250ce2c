"""Where in a folded text something may stand that a slow pattern looks for: near words that are found quickly."""

import re
from collections.abc import Iterable, Iterator


class Telling:
    """Words of which a pattern needs one."""

    def __init__(self, pattern: str, words: Iterable[str] = ()) -> None:
        """
        Args:
            pattern: What is found quickly, as digits are.
            words: Words of letters, each with none after it.
        """
        self._pattern = pattern
        self._words = tuple(sorted(set(words), key=len, reverse=True))
        self._ends = {word[-2:] for word in self._words}

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand in a folded text, or something that ends as they do."""
        for match in re.finditer(self._pattern, text):
            yield match.span()
        for match in re.finditer(r"[^\W_]{2,}", text) if self._words else ():
            letters = match[0]
            if letters[-2:] in self._ends and letters.endswith(self._words):
                longest = next(word for word in self._words if letters.endswith(word))
                yield match.end() - len(longest), match.end()


def stretches(text: str, telling: Telling, around: int) -> list[tuple[int, int]]:
    """The parts of a folded text, from blank to blank, that hold its telling words and so many code points around."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(telling.places(text)):
        start = text.rfind(" ", 0, max(0, first - around)) + 1
        end = text.find(" ", last + around) % (len(text) + 1)
        if found and start <= found[-1][1]:
            start, before = found.pop()
            end = max(before, end)
        found.append((start, end))
    return found
