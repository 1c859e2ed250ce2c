"""Where in a folded text something may stand that a slow pattern looks for: near words that are found quickly."""

import re
from collections.abc import Iterable, Iterator


class Telling:
    """Words of which a pattern needs one."""

    def __init__(self, pattern: str, words: Iterable[str] = ()) -> None:
        """
        Args:
            pattern: What is found quickly, as digits are.
            words: Words, each with no letter after it.
        """
        self._pattern = re.compile(pattern)
        self.words = sorted(set(words))

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand in a folded text, or something that begins as they do."""
        for match in self._pattern.finditer(text):
            yield match.span()
        for word in self.words:
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                if not text[end : end + 1].isalnum():
                    yield at, end
                at = text.find(word, end)


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
