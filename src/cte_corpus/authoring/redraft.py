"""Records become a draft again: quotes for spans, and every record with its id, so that anchoring gives them back."""

import re
from typing import Any

from cte_corpus.authoring.outline import places
from cte_corpus.authoring.problems import Record
from cte_corpus.authoring.quotes import Place, QuoteError, quoting
from cte_corpus.authoring.writing import block, flow
from cte_corpus.errors import CteError

WORDS = 4
"""Words that show where a section or a sentence begins."""

_SPANS = frozenset({"span", "trigger", "via_span"})
_COMPUTED = frozenset({"id", "document", "order", "start", "end", "sha256", "sentences", "heading", "parent"})
_FIRST = re.compile(rf"\S+(?:[^\S\n]+\S+){{0,{WORDS - 1}}}")

HEAD = (
    "# The draft of a document that is coded: change what is wrong, then `cte anchor`. docs/drafts.md says how.",
    "# Leave each `id` where it is; a new item has none, and is given one.",
)


def yaml(bundle: Record, text: str) -> str:
    """The draft of a document in YAML; see `redraft`."""
    return written(redraft(bundle, text))


def written(draft: Record) -> str:
    """A draft in YAML, with a head that says what it is."""
    lines = [*HEAD, "document:", *block(draft["document"], "  ")]
    for part in ("sections", "mentions", "events", "sanctions"):
        items = draft.get(part, [])
        lines += ["", f"{part}:{'' if items else f' {flow(items)}'}"]
        if isinstance(items, dict):
            for name, group in items.items():
                lines += [f"  {flow(name)}:", *(f"    - {flow(mention)}" for mention in group)]
        elif part == "sections":
            lines += block(items, "  ")
        else:
            for item in items:
                first, *others = block(item, "    ")
                lines += [f"  - {first.lstrip()}", *others]
    if "candidates" in draft:
        lines += ["", "candidates:"]
        for name, noted in draft["candidates"].items():
            lines += [f"  {name}:{'' if noted else ' []'}", *(f"    - {flow(item)}" for item in noted)]
    return "\n".join(lines) + "\n"


def redraft(bundle: Record, text: str) -> Record:
    """The draft that anchors to exactly these records.

    Args:
        bundle: The document record and the lists of the other parts.
        text: The reference text of the document.

    Raises:
        CteError: a quote cannot tell a place from another.
    """
    return _Redraft(bundle, text).draft()


class _Redraft:
    def __init__(self, bundle: Record, text: str) -> None:
        self.bundle, self.text = bundle, text
        self.own = f"{bundle['document']['id']}:"
        self.places = places(bundle["sections"], bundle["document"]["id"])

    def draft(self) -> Record:
        document = {key: value for key, value in self.bundle["document"].items() if key != "text"}
        for item in document.get("upstream", ()):
            item |= {"sections": [self._short(name) for name in item["sections"]]} if "sections" in item else {}
        return {
            "document": document,
            "sections": self._sections(),
            "mentions": self._mentions(),
            "events": [self._record(event) for event in self.bundle["events"]],
            "sanctions": [self._record(sanction) for sanction in self.bundle["sanctions"]],
        }

    def _short(self, name: str) -> str:
        return name.removeprefix(self.own)

    def _sections(self) -> list[Record]:
        drafts = []
        after = 0
        for section in sorted(self.bundle["sections"], key=lambda section: int(section["start"])):
            draft: Record = {"id": self._short(section["id"])}
            if "parent" in section:
                draft["parent"] = self._short(section["parent"])
            start = section["start"]
            if "heading" in section:
                draft["heading"] = self._quote(_place(section["heading"]), [(after, len(self.text))])
            elif start:
                draft["starts"] = self._first(start, [(after, len(self.text))])
            draft |= {key: value for key, value in section.items() if key not in _COMPUTED}
            body = section.get("heading", {"end": start})["end"]
            starts = []
            for sentence in section.get("sentences", ()):
                starts.append(self._first(sentence["start"], [(body, section["end"])]))
                body = sentence["start"] + 1
            if starts:
                draft["sentences"] = starts
            functions = {str(one["n"]): one["function"] for one in section.get("sentences", ()) if "function" in one}
            if functions:
                draft["functions"] = functions
            drafts.append(draft)
            after = start
        return drafts

    def _mentions(self) -> dict[str, list[Record]]:
        headings = {self._short(s["id"]): _place(s["heading"]) for s in self.bundle["sections"] if "heading" in s}
        groups: dict[str, list[Record]] = {}
        for mention in sorted(self.bundle["mentions"], key=lambda mention: _place(mention["span"])):
            span = _place(mention["span"])
            name = self._name(span, headings)
            draft = {"id": self._short(mention["id"])}
            draft |= {key: value for key, value in mention.items() if key not in ("id", "document")}
            draft["span"] = self._quote(span, [headings.get(name, self.places[name])])
            if "head" in mention:
                draft["head"] = self._quote(_place(mention["head"]), [span])
            groups.setdefault(name, []).append(draft)
        return groups

    def _name(self, place: Place, headings: dict[str, Place]) -> str:
        """The sentence or heading that holds a place, or else the section."""
        holding = [name for name, (start, end) in self.places.items() if start <= place[0] and place[1] <= end]
        sentences = [name for name in holding if "." in name]
        titled = [name for name in holding if name in headings and place[1] <= headings[name][1]]
        return (sentences or titled or holding)[0]

    def _record(self, record: Record) -> Record:
        scope = [self.places[self._short(name)] for name in record["evidence"]]
        fields = {key: value for key, value in record.items() if key not in ("id", "document")}
        return {"id": self._short(record["id"]), **self._part(fields, scope)}

    def _part(self, part: Record, scope: list[Place]) -> Record:
        draft: Record = {}
        for key, value in part.items():
            if key in _SPANS:
                draft[key] = self._inside(_place(value), scope)
            elif key in ("mentions", "via_mentions", "evidence", "conduct"):
                draft[key] = [self._short(name) for name in value]
            elif key == "anchor":
                draft[key] = "document" if f"{value}:" == self.own else self._short(value)
            elif key == "event":
                draft[key] = self._short(value)
            elif isinstance(value, dict):
                draft[key] = self._part(value, scope)
            elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
                draft[key] = [self._part(item, scope) for item in value]
            else:
                draft[key] = value
        is_linked = (
            {"by", "act"} <= part.keys() or {"role", "entity"} <= part.keys() or {"target", "evidence"} <= part.keys()
        )
        if is_linked and "mentions" not in part and not part.get("implicit") and part.get("basis") != "inferred":
            draft["mentions"] = []
        return draft

    def _inside(self, place: Place, scope: list[Place]) -> Any:
        """A quote that is looked up in the evidence, or with `in` where it lies outside."""
        if any(start <= place[0] and place[1] <= end for start, end in scope):
            return self._quote(place, scope)
        name = self._name(place, {})
        quote = self._quote(place, [self.places[name]])
        return {**(quote if isinstance(quote, dict) else {"quote": quote}), "in": name}

    def _first(self, start: int, scope: list[Place]) -> Any:
        """A quote of the first words at a place."""
        words = _FIRST.match(self.text, start)
        return self._quote((start, words.end() if words else start + 1), scope)

    def _quote(self, place: Place, scope: list[Place]) -> Any:
        try:
            return quoting(self.text, place, scope)
        except QuoteError as error:
            raise CteError(str(error), "no draft can say it") from None


def _place(span: Record) -> Place:
    return span["start"], span["end"]
