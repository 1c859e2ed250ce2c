"""Reading UIMA CAS: ours, and anybody's layers. Spans become marks, what they refer to links, the rest is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.exchange import cas_files
from cte_corpus.exchange.annotated import Annotated, Link, Mark
from cte_corpus.exchange.carried import unpacked
from cte_corpus.exchange.cas import LAYERS, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cte_corpus.exchange.loss import Loss

NAMING = ("label", "value", "category")
"""Features that say of which kind a span of a layer is; the first that a span has is part of its label."""

_OWN = frozenset({"sofa", "begin", "end"})
_ABOUT = ("DocumentAnnotation", "DocumentMetaData", "TagsetDescription")


def read(path: Path, loss: Loss) -> list[Annotated]:
    """The documents of an XMI or JSON file, or of an archive of INCEpTION; each view with a text is one.

    Raises:
        CteError: the file cannot be read.
        OSError: the file cannot be read.
    """
    found = []
    for name, cas, where in cas_files.read(path):
        views = [view.sofa.sofaID for view in cas.views]
        with_text = [view for view in views if cas.get_view(view).sofa_string] or views[:1]
        for view in with_text:
            called = name if len(with_text) == 1 else f"{name}:{view}"
            found.append(_Reader(called, cas.get_view(view), where, loss).annotated())
        for view in sorted(set(views) - set(with_text)):
            count = len(cas.get_view(view).select_all_fs())
            loss.add("structure", "the view has no text", *[f"{where}: view {view}"] * count)
    return found


class _Reader:
    def __init__(self, name: str, cas: Any, where: str, loss: Loss) -> None:
        self.name, self.cas, self.where, self.loss = name, cas, where, loss
        self.seen: set[int] = set()  # structures whose content was taken with what refers to them
        self.marks: dict[int, Mark] = {}
        self.links: list[Link] = []
        self.records: list[tuple[str, str, str]] = []

    def annotated(self) -> Annotated:
        """The view as marks and links."""
        every = list(self.cas.select_all_fs())
        relations, others = [], []
        for one in every:
            if one.type.name == RECORD:
                self.records.append((str(one.part), str(one.json), self._where(one)))
            elif one.type.name.rpartition(".")[2] in _ABOUT:
                self.loss.add(f"structure `{_short(one)}`", "what is about a document has no span", self._where(one))
            elif not _is_annotation(one):
                others.append(one)
            elif _ends(one):
                relations.append(one)
            else:
                self.marks[one.xmiID] = self._mark(one)
        for one in every:
            if one.xmiID in self.marks:
                self._references(one)
        for one in relations:
            self._relation(one)
        for one in others:
            if one.xmiID not in self.seen:
                self.loss.add(f"structure `{_short(one)}`", "only spans of the text are taken", self._where(one))
        if not self.cas.sofa_string and (self.cas.sofa_uri or self.cas.sofa_array):
            self.loss.add("document", "the text is not in the file", self.where)
        records = unpacked(self.records)
        name = records["document"]["id"] if records else self.name
        return Annotated(name, self.cas.sofa_string or "", tuple(self.marks.values()), tuple(self.links), records)

    def _mark(self, one: Any) -> Mark:
        features = {
            name: _string(value) for name, value in _features(one) if isinstance(value, str | int | float | bool)
        }
        is_ours = one.type.name in LAYERS
        key = features.pop("key", "") if is_ours else ""
        label = _short(one)
        if is_ours:
            label = features.pop("label", "") or features.get("entity", "").partition(":")[0] or label
        elif naming := next((name for name in NAMING if name in features), ""):
            label = f"{label}={features.pop(naming)}"
        return Mark(str(one.xmiID), label, one.begin, one.end, key, features, where=self._where(one))

    def _references(self, one: Any) -> None:
        for name, value in _features(one):
            if isinstance(value, str | int | float | bool):
                continue
            for item in _items(value):
                self._reference(one, name, item)
            self._taken(value)

    def _reference(self, one: Any, name: str, item: Any) -> None:
        role, target = name, item
        if not _is_annotation(item) and hasattr(item, "type"):  # a link of INCEpTION has a role and a target
            fields = dict(_features(item))
            role = str(fields.pop("role", None) or name)
            target = fields.pop("target", None)
            if target is not None:
                self._taken(item)
                if fields:
                    self.loss.add("feature", f"{', '.join(fields)} of a link is no field here", self._where(one))
        if hasattr(target, "type") and target.xmiID in self.marks:
            self.links.append(Link(role, str(one.xmiID), str(target.xmiID), self._where(one)))
        elif isinstance(item, str | int | float | bool):
            mark = self.marks[one.xmiID]
            value = "; ".join(filter(None, (mark.features.get(name), _string(item))))
            self.marks[one.xmiID] = mark._replace(features=mark.features | {name: value})
        elif item is not None:
            self.loss.add("feature", f"{name} refers to what is no span of the text", self._where(one))

    def _taken(self, one: Any) -> None:
        if hasattr(one, "xmiID"):
            self.seen.add(one.xmiID)

    def _relation(self, one: Any) -> None:
        features = dict(_features(one))
        source, target = features.pop("Governor"), features.pop("Dependent")
        naming = next((name for name in (*NAMING, "DependencyType") if isinstance(features.get(name), str)), "")
        label = features.pop(naming) if naming else _short(one)
        for name in features:
            self.loss.add("feature", f"{name} of the relation {_short(one)} is no field here", self._where(one))
        if source.xmiID in self.marks and target.xmiID in self.marks:
            self.links.append(Link(label, str(source.xmiID), str(target.xmiID), self._where(one)))
        else:
            self.loss.add(f"structure `{_short(one)}`", "one end is no span of the text", self._where(one))

    def _where(self, one: Any) -> str:
        return f"{self.where}#{one.xmiID}"


def _features(one: Any) -> Iterator[tuple[str, Any]]:
    for feature in one.type.all_features:
        value = getattr(one, feature.name, None)
        if feature.name not in _OWN and value is not None:
            yield feature.name.removesuffix("_"), value


def _items(value: Any) -> Iterator[Any]:
    """The items of an array or a list, or the value itself."""
    if hasattr(value, "elements"):
        yield from value.elements or ()
        return
    if not (hasattr(value, "type") and value.type.name.endswith("List") and value.type.name.startswith("uima.cas.")):
        yield value
        return
    seen: set[int] = set()
    while hasattr(value, "head") and id(value) not in seen:  # a list may lead back to itself
        seen.add(id(value))
        yield value.head
        value = value.tail


def _is_annotation(one: Any) -> bool:
    return isinstance(getattr(one, "begin", None), int) and isinstance(getattr(one, "end", None), int)


def _ends(one: Any) -> bool:
    """Whether it is a relation of INCEpTION, which has its ends in two features."""
    return _is_annotation(getattr(one, "Governor", None)) and _is_annotation(getattr(one, "Dependent", None))


def _short(one: Any) -> str:
    return str(one.type.name).rpartition(".")[2]


def _string(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
