"""Reading W3C Web Annotation: ours, and anybody's positions and quotations. No context or page is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError
from cte_corpus.exchange import foreign_json
from cte_corpus.exchange.annotated import Annotated, Link, Mark, Raw
from cte_corpus.exchange.carried import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cte_corpus.exchange.loss import Loss

HINT = "expected Web Annotations in JSON-LD: an annotation, a list, a page or a collection with its page inside"

_OURS = re.compile(r"urn:[^:]+:[^:]+:(?P<key>[^#]+(?:#/.*)?)")
_RECORD = re.compile(r"urn:[^:]+:[^:]+:[^#]+#record/(?P<part>[a-z]+)")
_PAIR = re.compile(r"(?P<name>[A-Za-z_]+)=(?P<value>.+)", re.DOTALL)

KINDS = ("classifying", "tagging")
NAMES = ("identifying", "linking")
"""Purposes of a body that says of which kind a span is, and of one that says what it names."""


def read(path: Path, loss: Loss) -> list[Annotated]:
    """The annotations of a file, as one document without a text.

    Raises:
        CteError: the file holds no annotations; the message says where.
        OSError: the file cannot be read.
    """
    value = foreign_json.read(path, HINT)
    reader = _Reader(loss)
    items = list(_items(value, loss, str(path)))
    if not items:
        raise CteError(f"{path} holds no annotation", HINT)
    for number, item in enumerate(items, 1):
        reader.take(item, f"{path}: annotation {number}")
    records = unpacked(reader.records)
    ids = {mark.id for mark in reader.marks}
    links = []
    for link in reader.links:
        if {link.source, link.target} <= ids:
            links.append(link)
        else:
            loss.add("link", "one end is no annotation of the file", link.where)
    name = records["document"]["id"] if records else path.stem
    return [Annotated(name, "", tuple(reader.marks), tuple(links), records)]


def _items(value: Any, loss: Loss, where: str) -> Iterator[Raw]:
    if isinstance(value, list):
        for one in value:
            yield from _items(one, loss, where)
    elif not isinstance(value, dict):
        raise CteError(f"{where}: expected an annotation, got {type(value).__name__}", HINT)
    elif "target" in value:
        yield value
    else:
        for key in ("items", "first", "@graph"):
            if isinstance(value.get(key), dict | list):
                yield from _items(value[key], loss, where)
            elif key in value:
                loss.add("page", "nothing is fetched from elsewhere", f"{where}: {value[key]}")
        if isinstance(value.get("next"), str):
            loss.add("page", "nothing is fetched from elsewhere", f"{where}: {value['next']}")


class _Reader:
    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        self.marks: list[Mark] = []
        self.links: list[Link] = []
        self.records: list[tuple[str, str, str]] = []

    def take(self, item: Raw, where: str) -> None:
        """One annotation: a record, a link or a span."""
        name = str(item.get("id", where))
        bodies = _listed(item.get("bodyValue")) + _listed(item.get("body"))
        if record := _RECORD.fullmatch(name):
            self.records += [
                (record["part"], str(body.get("value")), where) for body in bodies if isinstance(body, dict)
            ]
            return
        targets = _listed(item["target"])
        if item.get("motivation") == "linking" and all(isinstance(one, str) for one in targets):
            self._link(targets, bodies, where)
            return
        label, features = self._bodies(bodies, where)
        label = label or str(item.get("motivation", "annotation"))
        for number, target in enumerate(targets):
            ours = _OURS.fullmatch(name)
            mark = Mark(name if not number else f"{name}/{number}", label, -1, -1, "", features, where=where)
            placed = self._placed(mark, target, where)
            if placed is not None:
                self.marks.append(placed._replace(key=ours["key"] if ours and not number else ""))

    def _link(self, targets: list[Any], bodies: list[Any], where: str) -> None:
        labels = [
            str(body["value"]) for body in bodies if isinstance(body, dict) and isinstance(body.get("value"), str)
        ]
        ends = [
            str(body.get("source") or body.get("id"))
            for body in bodies
            if isinstance(body, dict) and "value" not in body
        ]
        ends += [body for body in bodies if isinstance(body, str)]
        for source in targets:
            self.links += [Link(labels[0] if labels else "linking", source, end, where) for end in ends]

    def _bodies(self, bodies: list[Any], where: str) -> tuple[str, dict[str, str]]:
        """Of which kind a span is, and what else is said of it."""
        label = ""
        features: dict[str, str] = {}
        for body in bodies:
            one = {"type": "TextualBody", "value": body} if isinstance(body, str) else body
            if not isinstance(one, dict):
                self.loss.add("body", "only words and objects are taken", where)
                continue
            purpose, words, source = one.get("purpose"), one.get("value"), one.get("source") or one.get("id")
            if isinstance(words, str):
                pair = _PAIR.fullmatch(words) if purpose == "tagging" else None
                if purpose in KINDS and not label and pair is None:
                    label = words
                    continue
                name, said = (pair["name"], pair["value"]) if pair else ("tag" if purpose in KINDS else "note", words)
            elif purpose in NAMES and isinstance(source, str):
                ours = _OURS.fullmatch(source)
                name, said = ("entity", ours["key"]) if ours else ("Reference", source)
            else:
                self.loss.add("body", "only words, and what a span names, are taken", where)
                continue
            features[name] = "; ".join(filter(None, (features.get(name), said)))
        return label, features

    def _placed(self, mark: Mark, target: Any, where: str) -> Mark | None:
        """A mark at its place: by position, by quotation, or by both."""
        selectors = _listed(target.get("selector")) if isinstance(target, dict) else []
        found = False
        for selector in _refined(selectors):
            kind = selector.get("type") if isinstance(selector, dict) else None
            if kind == "TextPositionSelector":
                start, end = selector.get("start"), selector.get("end")
                if type(start) is not int or type(end) is not int:
                    raise CteError(f"{where}: expected `start` and `end` to be numbers of characters", HINT)
                mark, found = mark._replace(start=start, end=end), True
            elif kind == "TextQuoteSelector" and isinstance(selector.get("exact"), str):
                around = (selector.get("prefix"), selector["exact"], selector.get("suffix"))
                context = "".join(part for part in around if isinstance(part, str))
                mark, found = mark._replace(words=selector["exact"], context=context), True
        if not found:
            kinds = {str(one.get("type")) for one in selectors if isinstance(one, dict)}
            why = (
                f"{' and '.join(sorted(kinds))} leads to no words of a text"
                if kinds
                else "what is of the whole text has no span"
            )
            self.loss.add("annotation", why, where)
        return mark if found else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _refined(selectors: list[Any]) -> Iterator[Any]:
    """Selectors, and those that refine them, the finest last."""
    for selector in selectors:
        depth = 0
        while isinstance(selector, dict) and depth < 10:
            yield selector
            selector, depth = selector.get("refinedBy"), depth + 1
