"""What comes of one document where it is judged: all that the check of the whole corpus needs to know of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cte_corpus.checking.diagnose import Placed
from cte_corpus.checking.noted import MOST, Note, Noted
from cte_corpus.checking.verdicts import Verdict


class Outcome(NamedTuple):
    """What came of one document."""

    id: str
    """Its id; empty where it did not get so far that it is compared with others."""

    text: str
    """Digest of its reference text, as the document gives it."""

    named: Sequence[str]
    """The entities that it names."""

    is_sound: bool
    """Whether it got past the levels on which the rules over the corpus rest."""

    counts: Sequence[int]
    """Documents, entities, records, files."""

    broken: Mapping[str, int]
    """Lines that are no records, by their packed file."""

    notes: Sequence[Note]
    verdict: Verdict | None = None
    """What may be remembered of it, where it is clean."""

    is_recalled: bool = False


class Recorder(Noted):
    """The findings in a piece of a corpus, as they are found, for whoever takes all pieces together.

    What is found elsewhere is not known here: so of each finding that may be listed all is kept that is said of it.
    """

    def __init__(self, wanted: Callable[[str], bool], slips: Iterable[str]) -> None:
        """Begin.

        Args:
            wanted: The codes that are noted.
            slips: Those of which the first finding was met before the documents.
        """
        super().__init__(wanted)
        self.notes: list[Note] = []
        self._met = set(slips)
        self._alone: Counter[tuple[str, str]] = Counter()
        """How many findings of no slip there are, by path and code: these are listed, or as many others are."""

    def _note(
        self,
        path: str,
        is_line: bool,
        codes: list[str],
        over: Mapping[str, int],
        placed: Callable[[], Iterable[Placed]],
    ) -> None:
        if is_line and all(self._alone[path, code] >= MOST for code in codes):
            self.notes.append(Note(path, is_line, [], dict(Counter(codes) + Counter(over))))
        else:
            self.notes.append(Note(path, is_line, [self._settled(item) for item in placed()], dict(over)))

    def _settled(self, item: Placed) -> Placed:
        if item.slip:
            may_be_listed = item.slip not in self._met
            self._met.add(item.slip)
        else:
            key = (item.location.path, item.code)
            may_be_listed = self._alone[key] < MOST
            self._alone[key] += 1
        return item.settled(self._hints if may_be_listed else None)
