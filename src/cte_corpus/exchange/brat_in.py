"""Reading brat's standoff: ours, and anybody's."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from cte_corpus import vocabulary
from cte_corpus.errors import CteError
from cte_corpus.exchange.annotated import Annotated, Link, Mark
from cte_corpus.exchange.brat import fragments, type_name
from cte_corpus.exchange.carried import unpacked
from cte_corpus.text.limits import MAX_FILE, bounded

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.exchange.loss import Loss

LARGEST = 20_000_000
"""Bytes of the largest `.ann` file."""

HINT = "https://brat.nlplab.org/standoff.html says what a line holds"

_TEXT = re.compile(r"(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)")
_KEY = re.compile(r"(\S+)(?: (\d{1,9}) (\d{1,9}))?")
_NAME = re.compile(r"[TERAMN#*]\S*")


class _Line(NamedTuple):
    where: str
    name: str
    head: list[str]
    tail: str


def read(path: Path, loss: Loss) -> list[Annotated]:
    """The documents of an `.ann` file, or of a folder of them, each with the `.txt` beside it, if there is one.

    Raises:
        CteError: a line cannot be understood; it names the file and the line.
        OSError: a file cannot be read.
    """
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    if not files:
        raise CteError(f"{path} holds no .ann file", "give the folder of a brat collection, or one .ann file")
    found = []
    for file in files:
        beside = file.with_suffix(".txt")
        text = _decoded(beside, bounded(beside, MAX_FILE)) if beside.exists() else ""
        found.append(_Reader(file, text, loss).read(_decoded(file, bounded(file, LARGEST))))
    return found


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig" if path.suffix == ".ann" else "utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CteError(
            f"{path}:{line}: expected UTF-8, got byte 0x{data[error.start]:02x}", "save it as UTF-8"
        ) from None


class _Reader:
    def __init__(self, path: Path, text: str, loss: Loss) -> None:
        self.path, self.text, self.loss = path, text, loss
        self.labels = {type_name(code): code for code in vocabulary.codes("event-type")}
        self.marks: dict[str, Mark] = {}
        self.events: dict[str, str] = {}  # the trigger of each event
        self.links: list[Link] = []

    def read(self, content: str) -> Annotated:
        lines = [
            line for n, row in enumerate(content.split("\n"), 1) if (line := self._line(n, row.removesuffix("\r")))
        ]
        for line in lines:
            if line.name[0] == "T":
                self._span(line)
        for line in lines:
            if line.name[0] == "E":
                self._event(line)
        for line in lines:
            if line.name[0] == "E":
                for argument in line.head[1:]:
                    label, _, target = argument.rpartition(":")
                    self._link(line, re.sub(r"\d+$", "", label), line.name, target)
        records = []
        for line in lines:
            if line.name[0] == "R":
                self._relation(line)
            elif line.name[0] == "*":
                for target in line.head[2:]:
                    self._link(line, line.head[0], line.head[1], target)
            elif line.name[0] in "AM":
                value = line.head[2] if len(line.head) > 2 else "true"
                self._feature(line, line.head[0], line.head[1], " ".join([value, *line.head[3:]]))
            elif line.name[0] == "N":
                self._feature(line, line.head[0], line.head[1], " ".join(line.head[2:]).removeprefix("cte:"))
            elif line.name[0] == "#" and line.head[0] == "CTE":
                if not self._is_key(line):
                    records.append((line.head[1], line.tail, line.where))
            elif line.name[0] == "#":
                self._feature(line, line.head[0], line.head[1], line.tail.strip())
        return Annotated(self.path.stem, self.text, tuple(self.marks.values()), tuple(self.links), unpacked(records))

    def _line(self, number: int, row: str) -> _Line | None:
        if not row.strip():
            return None
        where = f"{self.path}:{number}"
        name, *rest = row.split("\t", 2)
        head = rest[0].split() if rest else []
        if not _NAME.fullmatch(name) or len(head) < (1 if name[0] == "E" else 2):
            raise CteError(f"{where}: expected an annotation of brat, as `T1`, a tab, `Person 0 4`", HINT)
        return _Line(where, name, head, rest[1] if len(rest) > 1 else "")

    def _span(self, line: _Line) -> None:
        match = _TEXT.fullmatch(" ".join(line.head))
        if match is None or line.name in self.marks:
            said = f"{line.name} stands twice" if match else "expected a label and offsets, as `Person 0 4`"
            raise CteError(f"{line.where}: {said}", HINT)
        pieces = [(int(a), int(b)) for a, b in (piece.split() for piece in match[2].split(";"))]
        start, end = pieces[0][0], pieces[-1][1]
        words = line.tail
        if len(pieces) > 1:
            if any(self.text[a:b].strip() for (_, a), (b, _) in itertools.pairwise(pieces)):
                why = "a span of several pieces becomes one, with what lies between"
                self.loss.add("discontinuous span", why, line.where)
            words = "" if self.text else words
        label = self.labels.get(match[1], match[1])
        self.marks[line.name] = Mark(line.name, label, start, end, words=words, where=line.where)

    def _event(self, line: _Line) -> None:
        label, _, trigger = line.head[0].rpartition(":")
        if trigger not in self.marks:
            raise CteError(f"{line.where}: there is no trigger {trigger or line.head[0]}", HINT)
        mark = self.marks[trigger]._replace(label=self.labels.get(label, label))
        if trigger in self.events.values():  # brat lets several events share a trigger
            self.marks[line.name] = mark._replace(id=line.name, where=line.where)
            self.events[line.name] = line.name
        else:
            self.marks[trigger] = mark
            self.events[line.name] = trigger

    def _relation(self, line: _Line) -> None:
        ends = [argument.rpartition(":")[2] for argument in line.head[1:]]
        if len(ends) != 2:
            raise CteError(f"{line.where}: expected a relation of two, as `Located Arg1:T1 Arg2:T2`", HINT)
        self._link(line, line.head[0], *ends)

    def _link(self, line: _Line, label: str, source: str, target: str) -> None:
        for one in (source, target):
            if self.events.get(one, one) not in self.marks:
                raise CteError(f"{line.where}: there is no annotation {one}", HINT)
        ends = self.events.get(source, source), self.events.get(target, target)
        self.links.append(Link(label, *ends, line.where))

    def _feature(self, line: _Line, name: str, target: str, value: str) -> None:
        own = self.events.get(target, target)
        if own not in self.marks:
            what = "note" if line.name[0] == "#" else "attribute"
            self.loss.add(what, "only spans and events can have one", line.where)
            return
        mark = self.marks[own]
        name = "entity" if name == "Reference" and line.head[-1].startswith("cte:") else name
        if name in mark.features:
            value = f"{mark.features[name]}; {value}"
        self.marks[own] = mark._replace(features=mark.features | {name: value})

    def _is_key(self, line: _Line) -> bool:
        """Whether a note says which span of our records a mark is; then it is taken."""
        mark = self.marks.get(line.head[1])
        if mark is None:
            return bool(re.fullmatch(r"T\d+", line.head[1]))  # of a span that is gone
        match = _KEY.fullmatch(line.tail)
        if match is None:
            raise CteError(f"{line.where}: the note does not say which span of the records it is", HINT)
        key = match[1]
        if match[2]:  # line ends at its edges, which brat could not hold
            start, end = int(match[2]), int(match[3])
            pieces = fragments(self.text, start, end)
            if (pieces[0][0], pieces[-1][1]) == (mark.start, mark.end):
                mark = mark._replace(start=start, end=end, words="")
        self.marks[mark.id] = mark._replace(key=key)
        return True
