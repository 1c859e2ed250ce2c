"""Reading what Label Studio exports as JSON: ours, and anybody's labels on texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.exchange import foreign_json
from cte_corpus.exchange.annotated import PARTS, Annotated, Link, Mark, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cte_corpus.exchange.loss import Loss

HINT = "export the project from Label Studio again, as JSON"

SPANS = ("labels", "hypertextlabels", "paragraphlabels")


def read(path: Path, loss: Loss) -> list[Annotated]:
    """The tasks of a file, each with its annotation; of several annotations of a task the first that was not cancelled.

    Raises:
        CteError: the file is no export of Label Studio; the message says where.
        OSError: the file cannot be read.
    """
    value = foreign_json.read(path, HINT)
    tasks = value if isinstance(value, list) else [value]
    return [_task(task, f"{path}: task {number}", loss) for number, task in enumerate(tasks, 1)]


def _task(task: Any, where: str, loss: Loss) -> Annotated:
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        raise CteError(f"{where}: expected an object with `data`", HINT)
    result = _result(task, where, loss)
    objects = [region["to_name"] for region in result if region.get("type") in SPANS and "to_name" in region]
    text = _text(data, objects)
    reader = _Reader(text, where, loss)
    for number, region in enumerate(result, 1):
        reader.take(region, f"{where}, result {number}")
    for number, region in enumerate(result, 1):
        if region.get("type") == "relation":
            reader.relate(region, f"{where}, result {number}")
    records = data.get("cte")
    if records is not None and not _is_whole(records):
        raise CteError(f"{where}: `data.cte` does not hold the records of a document", "it is not to be edited")
    name = data.get("document") or task.get("id", where.rpartition(" ")[2])
    return Annotated(str(name), text, tuple(reader.marks.values()), tuple(reader.links), records)


def _is_whole(records: Any) -> bool:
    if not isinstance(records, dict) or records.keys() != {"document", *PARTS}:
        return False
    lists = [records[part] for part in PARTS]
    every = [records["document"], *(one for items in lists if isinstance(items, list) for one in items)]
    return all(isinstance(items, list) for items in lists) and all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in every
    )


def _result(task: Raw, where: str, loss: Loss) -> list[Raw]:
    """The regions and relations of the annotation that counts."""
    given = task.get("annotations") or task.get("completions") or task.get("predictions") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise CteError(f"{where}: expected `annotations` to be a list of objects", HINT)
    valid = [one for one in given if not one.get("was_cancelled")]
    skipped = len(given) - len(valid[:1])
    loss.add("annotation", "of several of a task, one is taken: the first that was not cancelled", *[where] * skipped)
    result = valid[0].get("result", []) if valid else []
    if not isinstance(result, list) or not all(isinstance(region, dict) for region in result):
        raise CteError(f"{where}: expected `result` to be a list of objects", HINT)
    return result


def _text(data: Raw, objects: Iterable[str]) -> str:
    """The text of a task: the field that is called so, or by the object that is labelled, or the longest string."""
    for name in ("text", *objects):
        if isinstance(data.get(name), str):
            return str(data[name])
    return max((value for value in data.values() if isinstance(value, str)), key=len, default="")


class _Reader:
    def __init__(self, text: str, where: str, loss: Loss) -> None:
        self.text, self.loss = text, loss
        self.units = text.encode("utf-16-le")
        self.marks: dict[str, Mark] = {}
        self.links: list[Link] = []

    def take(self, region: Raw, where: str) -> None:
        """A span, or what is said of one."""
        kind, value, name = region.get("type"), region.get("value"), str(region.get("id", where))
        if kind == "relation":
            return
        if kind in SPANS and isinstance(value, dict):
            self._span(region, value, name, where)
        elif name in self.marks and isinstance(value, dict):
            given = value.get("choices") or value.get("text") or value.get("rating") or value.get("number")
            said = "; ".join(map(str, given)) if isinstance(given, list) else str(given or "")
            mark = self.marks[name]
            self.marks[name] = mark._replace(features=mark.features | {str(region.get("from_name")): said})
        else:
            self.loss.add(f"region `{kind}`", "what is of the whole text has no span", where)

    def _span(self, region: Raw, value: Raw, name: str, where: str) -> None:
        labels = value.get(str(region["type"])) or value.get("labels")
        if not isinstance(labels, list) or not labels:
            labels = ["unlabelled"]
        offsets = value.get("globalOffsets")
        place: Raw = offsets if isinstance(offsets, dict) else value
        start, end, words = place.get("start"), place.get("end"), value.get("text") or ""
        start, end = (int(n) if isinstance(n, str) and n.isdecimal() else n for n in (start, end))
        if type(start) is not int or type(end) is not int or not isinstance(words, str):
            raise CteError(f"{where}: expected `start` and `end` to be offsets, and `text` to be words", HINT)
        if words and self.text[start:end] != words:
            start, end = self._units(start, end, words)
        meta = region.get("meta")
        features = {"note": "; ".join(map(str, meta["text"]))} if isinstance(meta, dict) and meta.get("text") else {}
        for number, label in enumerate(labels):
            own = name if not number else f"{name}/{number}"
            key = name if not number else ""
            self.marks[own] = Mark(own, str(label), start, end, key, features, words, where)

    def _units(self, start: int, end: int, words: str) -> tuple[int, int]:
        """Offsets that count UTF-16 code units, as older versions wrote them, if that is what they are."""
        if 0 <= start < end and self.units[2 * start : 2 * end] == words.encode("utf-16-le", "replace"):
            at = len(self.units[: 2 * start].decode("utf-16-le", "ignore"))
            return at, at + len(words)
        return start, end

    def relate(self, region: Raw, where: str) -> None:
        """A relation between two spans."""
        source, target = str(region.get("from_id")), str(region.get("to_id"))
        if source not in self.marks or target not in self.marks:
            self.loss.add("relation", "one end is no span of the text", where)
            return
        if region.get("direction") == "left":
            source, target = target, source
        labels = region.get("labels") if isinstance(region.get("labels"), list) else []
        for label in labels or ["relation"]:
            self.links.append(Link(str(label), source, target, where))
