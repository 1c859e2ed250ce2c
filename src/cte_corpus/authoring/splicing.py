"""One value of a draft is written anew in its text: comments, layout and all else stay as they are.

Whatever is done to the text, the draft is read again afterwards, and has to say what it was to say, or nothing is done.
"""

from __future__ import annotations

import copy
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import orjson

from cte_corpus.authoring import drafts, plain_yaml
from cte_corpus.authoring.writing import block, flow, word
from cte_corpus.errors import CteError

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.authoring.drafts import Draft
    from cte_corpus.store.pointer import Pointer

BY_HAND = "change it by hand in the file"


class Splicing:
    """A draft that is changed value by value."""

    def __init__(self, path: Path, draft: Draft) -> None:
        self.path = path
        self.draft = draft
        """The draft as it is by now."""

    def put(self, pointer: Pointer, value: Any) -> None:
        """Give a field a value, or a list one item more: then the pointer ends in the length of the list.

        Raises:
            CteError: the text is laid out in a way in which that cannot be done.
        """
        wanted = copy.deepcopy(self.draft.value)
        parent = _at(wanted, pointer[:-1])
        key = pointer[-1]
        is_new = key == len(parent) if isinstance(parent, list) else key not in parent
        if isinstance(parent, list) and is_new:
            parent.append(value)
        else:
            parent[key] = value
        if self.draft.is_json:
            self._dump(wanted)
        elif is_new:
            self._add(pointer, value, wanted)
        else:
            start, end = self._extent(pointer)
            self._become(self.draft.text[:start] + flow(value) + self.draft.text[end:], wanted)

    def drop(self, pointer: Pointer) -> None:
        """Take a field or an item of a list away, with the lines that it fills.

        Raises:
            CteError: the text is laid out in a way in which that cannot be done.
        """
        wanted = copy.deepcopy(self.draft.value)
        parent = _at(wanted, pointer[:-1])
        del parent[pointer[-1]]
        if self.draft.is_json:
            self._dump(wanted)
        elif not self._is_block(pointer[:-1]) or (not parent and len(pointer) > 1):
            self.put(pointer[:-1], parent)
        else:
            text, extent = self.draft.text, self._extent(pointer)
            begin = text.rfind("\n", 0, self._start(pointer)) + 1
            end = text.find("\n", extent[1])
            self._become(text[:begin] + (text[end + 1 :] if end >= 0 else ""), wanted)

    def raw(self, pointer: Pointer) -> str:
        """The text of a value as it is written, set in no further than it needs."""
        if self.draft.is_json:
            return orjson.dumps(_at(self.draft.value, pointer), option=orjson.OPT_INDENT_2).decode()
        start, end = self._extent(pointer)
        return dedent(" " * self._column(start) + self.draft.text[start:end])

    def write(self, pointer: Pointer, text: str) -> None:
        """Put a text in place of that of a value.

        Raises:
            CteError: it is no YAML, or the draft would say something else than that.
        """
        try:
            value = plain_yaml.read(text).value
        except plain_yaml.YamlError as error:
            where = f"line {error.place.line}, column {error.place.column}: " if error.place else ""
            raise CteError(f"{where}{error}") from None
        if value is None:
            raise CteError("nothing at all is no value", "to take it away is another command")
        wanted = copy.deepcopy(self.draft.value)
        _at(wanted, pointer[:-1])[pointer[-1]] = value
        if self.draft.is_json:
            self._dump(wanted)
            return
        start, end = self._extent(pointer)
        indent = self._newline() + " " * self._column(start)
        lines = indent.join(dedent(text).strip("\r\n").splitlines())
        self._become(self.draft.text[:start] + lines + self.draft.text[end:], wanted)

    def _add(self, pointer: Pointer, value: Any, wanted: Any) -> None:
        text, parent, key = self.draft.text, pointer[:-1], pointer[-1]
        start, end = self._extent(parent)
        if not self._is_block(parent):
            item = flow(value) if isinstance(key, int) else f"{word(key)}: {flow(value)}"
            inside = text[start + 1 : end - 1].rstrip()
            comma = ", " if inside and not inside.endswith(",") else ""
            self._become(f"{text[: start + 1]}{inside}{comma}{item}{text[end - 1 :]}", wanted)
            return
        first = self._start((*parent, next(iter(_at(self.draft.value, parent))) if isinstance(key, str) else 0))
        indent = " " * self._column(first)
        lines = list(block([value] if isinstance(key, int) else {key: value}, indent))
        if not parent and isinstance(value, dict):
            lines = ["", f"{word(str(key))}:", *block(value, "  ")]
        after = text.find("\n", end)
        before, rest = (text, "") if after < 0 else (text[:after], text[after + 1 :])
        newline = self._newline()
        self._become(f"{before.removesuffix(chr(13))}{newline}{newline.join(lines)}{newline}{rest}", wanted)

    def _become(self, text: str, wanted: Any) -> None:
        try:
            found = drafts.parsed(self.path, text.encode())
        except CteError as error:
            raise CteError(f"the draft would be none: {error.message}", BY_HAND) from None
        if found.value != wanted:
            raise CteError("the draft is laid out in a way in which this cannot be changed alone", BY_HAND)
        self.draft = found

    def _dump(self, wanted: Any) -> None:
        self._become(orjson.dumps(wanted, option=orjson.OPT_INDENT_2).decode() + "\n", wanted)

    def _extent(self, pointer: Pointer) -> tuple[int, int]:
        if pointer not in self.draft.extents:
            raise CteError("the draft repeats this from another place by an alias", BY_HAND)
        start, end = self.draft.extents[pointer]
        return start, start + len(self.draft.text[start:end].rstrip())

    def _is_block(self, pointer: Pointer) -> bool:
        """Whether a list or an object has lines of its own, and no brackets."""
        return self.draft.text[self._extent(pointer)[0]] not in "[{"

    def _start(self, pointer: Pointer) -> int:
        """Where the key of a field or the dash of an item begins."""
        place = self.draft.places[pointer]
        line = 0
        for _ in range(place.line - 1):
            line = self.draft.text.index("\n", line) + 1
        at = line + place.column - 1
        return self.draft.text.rindex("-", line, at) if isinstance(pointer[-1], int) else at

    def _column(self, at: int) -> int:
        return at - self.draft.text.rfind("\n", 0, at) - 1

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.draft.text else "\n"


def _at(value: Any, pointer: Pointer) -> Any:
    for key in pointer:
        value = value[key]
    return value
