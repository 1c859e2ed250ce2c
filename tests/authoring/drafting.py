"""From records back to a draft, so that anchoring can be held against records that are known to be right."""

import re
from typing import Any

Record = dict[str, Any]


def quoted(text: str, span: Record, scope: list[tuple[int, int]]) -> Any:
    """A quote for a span: with `nth` where its words stand more than once in the scope."""
    pattern = r"\s+".join(map(re.escape, span["text"].split()))
    starts = [
        match.start()
        for match in re.finditer(pattern, text)
        if any(start <= match.start() and match.end() <= end for start, end in scope)
    ]
    if len(starts) == 1:
        return span["text"]
    return {"quote": span["text"], "nth": starts.index(span["start"]) + 1}


def draft_of(bundle: dict[str, Any], text: str, *, published: bool = False) -> dict[str, Any]:
    """A draft that holds no offset and means the same records. Mentions keep their ids; events and sanctions where they
    are published, as some of theirs may be retired."""
    document = bundle["document"]
    own = f"{document['id']}:"
    places: dict[str, tuple[int, int]] = {}
    sections = []
    after = 0
    for section in sorted(bundle["sections"], key=lambda section: section["start"]):
        short = section["id"].removeprefix(own)
        places[short] = (section["start"], section["end"])
        draft = {k: v for k, v in section.items() if k not in ("id", "document", "order", "start", "end", "sha256")}
        if "parent" in draft:
            draft["parent"] = draft["parent"].removeprefix(own)
        if "heading" in draft:
            draft["heading"] = quoted(text, section["heading"], [(after, len(text))])
        elif section["start"]:
            first = text[section["start"] : section["start"] + 12]
            span = {"start": section["start"], "text": first.strip()}
            draft["starts"] = quoted(text, span, [(after, len(text))])
        starts = []
        before = section.get("heading", {"end": section["start"]})["end"]
        functions = {item["n"]: item["function"] for item in draft.get("sentences", ()) if "function" in item}
        if functions:
            draft["functions"] = functions
        for sentence in draft.pop("sentences", []):
            places[f"{short}.{sentence['n']}"] = (sentence["start"], sentence["end"])
            first = text[sentence["start"] : sentence["start"] + 12].strip()
            starts.append(quoted(text, {"start": sentence["start"], "text": first}, [(before, section["end"])]))
            before = sentence["start"] + 1
        draft |= {"key": short, "id": short}
        if starts:
            draft["sentences"] = starts
        sections.append(draft)
        after = section["start"]
    headings = {s["id"].removeprefix(own): s["heading"] for s in bundle["sections"] if "heading" in s}
    groups: dict[str, list[Record]] = {}
    for mention in bundle["mentions"]:
        start = mention["span"]["start"]
        name = next((n for n, (a, b) in places.items() if "." in n and a <= start < b), None)
        name = name or next(n for n, (a, b) in places.items() if "." not in n and a <= start < b)
        scope = places[name]
        if name in headings:
            scope = headings[name]["start"], headings[name]["end"]
        draft = {k: v for k, v in mention.items() if k != "document"}
        draft["span"] = quoted(text, mention["span"], [scope])
        if "head" in mention:
            draft["head"] = quoted(text, mention["head"], [(start, mention["span"]["end"])])
        groups.setdefault(name, []).append(draft)
    back = _Back(text, places, own, published)
    return {
        "document": {key: value for key, value in document.items() if key != "text"},
        "sections": sections,
        "mentions": groups,
        "events": [back.record(event) for event in bundle["events"]],
        "sanctions": [back.record(sanction) for sanction in bundle["sanctions"]],
    }


class _Back:
    def __init__(self, text: str, places: dict[str, tuple[int, int]], own: str, published: bool) -> None:
        self.text, self.places, self.own, self.published = text, places, own, published

    def record(self, record: Record) -> Record:
        """One event or sanction with quotes, keys and short ids."""
        scope = [self.places[ref.removeprefix(self.own)] for ref in record["evidence"]]
        draft = self._part({k: v for k, v in record.items() if k not in ("id", "document")}, scope)
        if self.published:
            draft["id"] = record["id"]
        if ":e" in record["id"]:
            draft["key"] = record["id"].removeprefix(self.own)
        return draft

    def _quote(self, span: Record, scope: list[tuple[int, int]]) -> Any:
        """A quote for a span, with `in` where it lies outside the evidence."""
        if any(start <= span["start"] and span["end"] <= end for start, end in scope):
            return quoted(self.text, span, scope)
        name, extent = next((n, e) for n, e in reversed(self.places.items()) if e[0] <= span["start"] < e[1])
        quote = quoted(self.text, span, [extent])
        return {**(quote if isinstance(quote, dict) else {"quote": quote}), "in": name}

    def _part(self, part: Record, scope: list[tuple[int, int]]) -> Record:
        draft: Record = {}
        for key, value in part.items():
            if key in ("span", "trigger", "via_span"):
                draft[key] = self._quote(value, scope)
            elif key in ("evidence", "conduct"):
                draft[key] = [ref.removeprefix(self.own) for ref in value]
            elif key in ("event", "anchor"):
                draft[key] = value.removeprefix(self.own) if value != self.own[:-1] else "document"
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                draft[key] = [self._part(item, scope) for item in value]
            elif isinstance(value, dict):
                draft[key] = self._part(value, scope)
            else:
                draft[key] = value
        return draft
