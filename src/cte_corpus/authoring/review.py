"""A review of a draft, item by item: what is accepted, mended or questioned is saved to the draft at once.

What became of an item stands under `review` in the draft, by the item's name, and of a field by that name and its path:
`e07` and `e07/times/0/edtf`. `of` is a digest of the value that was judged: where the value is another one by now, the
verdict counts no more.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import drafts, items, plain_yaml, run
from cte_corpus.authoring.item_view import entry_of, is_fresh, joined, shown_item
from cte_corpus.authoring.splicing import Splicing
from cte_corpus.errors import CteError
from cte_corpus.store import files
from cte_corpus.text.limits import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cte_corpus.authoring.drafts import Draft
    from cte_corpus.authoring.items import Item, Placed
    from cte_corpus.authoring.problems import Record
    from cte_corpus.store.pointer import Pointer

BOM = b"\xef\xbb\xbf"


class ChangedError(CteError):
    """The draft is not as it was when it was looked at."""


class Question(NamedTuple):
    """What was questioned in a draft."""

    name: str
    line: int
    """Where it stands in the file; 1 where that cannot be told."""
    note: str
    by: str
    date: str


class Review:
    """A draft under review. Each action reads the file and writes it; nothing is kept but what can be undone."""

    def __init__(self, path: Path, text_path: Path, root: Path, coder: str) -> None:
        """Take a draft up.

        Args:
            path: The draft.
            text_path: The source text, or a folder with the file named by the document's id.
            root: The corpus tree.
            coder: Who reviews.

        Raises:
            CteError: the draft or the text cannot be read.
            OSError: a file cannot be read.
        """
        self.path = path
        self.coder = coder
        draft = drafts.written(path).value
        self.coded = run.coded(run.name_of(draft), text_path, root)
        self._past: list[tuple[str, bytes]] = []
        """What the file was before each action, with the version that the action made."""

    def state(self) -> Record:
        """What there is to review: the items with their fields, marks and verdicts, and the version of the file.

        Raises:
            CteError: the file holds no draft by now.
        """
        return self._told(bounded(self.path, drafts.LARGEST))

    def _told(self, data: bytes) -> Record:
        draft = drafts.parsed(self.path, data).value
        placed = items.placed(draft, self.coded)
        problems = list(placed.anchored.problems)
        return {
            "version": _version(data),
            "file": self.path.name,
            "document": run.name_of(draft),
            "lang": str(placed.anchored.bundle["document"].get("lang", "und")),
            "items": self.shown(draft, placed, problems),
            "problems": problems,
        }

    def shown(self, draft: Record, placed: Placed, problems: list[str]) -> list[Record]:
        """What the page shows of each item; its problems are taken out of the list of all."""
        return [shown_item(item, draft, placed, problems) for item in items.listed(draft)]

    def do(self, action: Mapping[str, Any]) -> Record:
        """Do one thing to the draft, save it, and give the new state.

        Args:
            action: `do` says what: accept, question, mend, write, drop or undo; `at` the name of an item or field;
                `version` that of the file that was looked at; `value` what was typed.

        Raises:
            ChangedError: the file is another one by now; nothing was written.
            CteError: it cannot be done; nothing was written.
            OSError: the file cannot be written; it is as it was.
        """
        data = bounded(self.path, drafts.LARGEST)
        if _version(data) != action.get("version"):
            raise ChangedError(
                f"{self.path.name} was changed by somebody else since it was shown, and nothing was saved",
                "read it again, then repeat the last step",
            )
        name, at, value = (str(action.get(key, "")) for key in ("do", "at", "value"))
        if name == "undo":
            self._undo(_version(data))
            return self.state()
        work = Splicing(self.path, drafts.parsed(self.path, data))
        self.act(work, name, at, value)
        made = (BOM if data.startswith(BOM) else b"") + work.draft.text.encode()
        state = self._told(made)
        if made != data:
            files.write(self.path, made)
            self._past.append((_version(made), data))
        return state

    def raw(self, at: str) -> str:
        """The text of an item as it is written.

        Raises:
            CteError: there is no such item, or it has no text of its own.
        """
        draft = drafts.written(self.path)
        return Splicing(self.path, draft).raw(items.find(draft.value, at)[0].pointer)

    def act(self, work: Splicing, name: str, at: str, value: str) -> None:
        """Do one thing to a draft in hand; see `do`.

        Raises:
            CteError: it cannot be done.
        """
        item, path = items.find(work.draft.value, at)
        if name == "accept":
            self._accept(work, item, path)
        elif name == "question":
            if not value.strip():
                raise CteError("a question needs a note", "say what is doubtful")
            self.judge(work, at, "questioned", items.at(item.value, path), value.strip())
        elif name == "mend" and path:
            was_accepted = is_fresh(entry_of(work.draft.value, item.name), item.value)
            work.put((*item.pointer, *path), meant(value, items.at(item.value, path)))
            now = self._kept(work, item)
            self.judge(work, joined(now.name, path), "accepted", items.at(now.value, path))
            if was_accepted:
                self.judge(work, now.name, "accepted", now.value)
        elif name == "write" and not path:
            work.write(item.pointer, value)
            self._forget(work, item.name)
            now = self._kept(work, item)
            self.judge(work, now.name, "accepted", now.value)
        elif name == "drop" and not path and len(item.pointer) > 1:
            work.drop(item.pointer)
            self._forget(work, item.name)
        else:
            raise CteError(f"{name!r} cannot be done to {at}")

    def _accept(self, work: Splicing, item: Item, path: Pointer) -> None:
        if not path:
            if item.value.get("proposed") is True:
                work.drop((*item.pointer, "proposed"))
            self._forget(work, item.name)
        now, _ = items.find(work.draft.value, item.name)
        self.judge(work, joined(item.name, path), "accepted", items.at(now.value, path))

    def _kept(self, work: Splicing, item: Item) -> Item:
        """An item as it is by now; if words of it that were changed are its name, the old name is forgotten."""
        now = next((one for one in items.listed(work.draft.value) if one.pointer == item.pointer), None)
        if now is None:
            raise CteError(f"{item.name} would be no item", "an item is an object with fields")
        if now.name != item.name:
            self._forget(work, item.name)
        return now

    def judge(self, work: Splicing, name: str, verdict: str, value: Any, note: str = "") -> None:
        """Note what became of an item or field, by whom and on which day."""
        entry = {"verdict": verdict, "by": self.coder, "date": date.today().isoformat(), "of": items.digest(value)}
        entry |= {"note": note} if note else {}
        if work.draft.value.get("review"):
            work.put(("review", name), entry)
        else:
            work.put(("review",), {name: entry})

    @staticmethod
    def _forget(work: Splicing, name: str) -> None:
        """Take away what became of an item and of its fields."""
        for key in list(work.draft.value.get("review", {})):
            if key == name or key.startswith(f"{name}/"):
                is_last = len(work.draft.value["review"]) == 1
                work.drop(("review",) if is_last else ("review", key))

    def _undo(self, version: str) -> None:
        if not self._past or self._past[-1][0] != version:
            raise CteError("there is nothing to undo", "what was done before this page was opened stays")
        files.write(self.path, self._past.pop()[1])


def questions(path: Path) -> list[Question]:
    """What is questioned in a draft, in its order.

    Raises:
        CteError: it is no draft.
        OSError: the file cannot be read.
    """
    draft = drafts.written(path)
    return list(_questions(draft))


def _questions(draft: Draft) -> Iterator[Question]:
    review = draft.value.get("review", {})
    for item in items.listed(draft.value):
        for name, entry in review.items():
            if entry["verdict"] == "questioned" and (name == item.name or name.startswith(f"{item.name}/")):
                place = draft.places.get(item.pointer)
                said = (entry.get(key, "") for key in ("note", "by", "date"))
                yield Question(name, place.line if place else 1, *said)


def meant(text: str, old: Any) -> Any:
    """The value that somebody typed in place of another.

    Raises:
        CteError: it is none.
    """
    text = text.strip()
    if not text:
        raise CteError("nothing at all is no value", "the whole item can be edited to leave a field out")
    is_words = isinstance(old, str) or (isinstance(old, dict) and "quote" in old)
    if is_words and not (text.startswith("{") and "quote" in text):
        return text
    try:
        value = plain_yaml.read(text).value
    except plain_yaml.YamlError as error:
        raise CteError(str(error), "a list is typed as [one, other], a quote as {quote: words, nth: 2}") from None
    if value is None:
        raise CteError("null is no value", "the whole item can be edited to leave a field out")
    return value


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
