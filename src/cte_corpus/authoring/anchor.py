"""From a draft with quotes and keys to records with offsets and ids."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from cte_corpus.authoring.ids import Ids, number
from cte_corpus.authoring.outline import Names, places, sections
from cte_corpus.authoring.problems import Problems, Record
from cte_corpus.authoring.quotes import Place, QuoteError, Source, read
from cte_corpus.text.suggest import hint
from cte_corpus.text.view import sha256

_MENTION = re.compile(r"m\d{3,}")


class Anchored(NamedTuple):
    """What became of a draft."""

    bundle: dict[str, Any]
    """The document record, and the records of each other part, in the order of their ids."""

    problems: list[str]
    """What stands in the way, each with the path in the draft; if there is any, the bundle is not complete."""

    notes: list[str]
    """Quotes that were found by folding only, with what they were taken for."""

    ids: Ids
    """What became of the ids."""


def anchor(
    draft: dict[str, Any],
    text: str,
    source_sha256: str,
    old: dict[str, Any] | None = None,
    recipe: str = "plain-1",
    ids: Ids | None = None,
) -> Anchored:
    """Resolve the quotes of a draft, give ids, and link mentions.

    A part that the draft does not hold stays as it is in `old`.

    Args:
        draft: The draft; see `docs/drafts.md`.
        text: The reference text.
        source_sha256: SHA-256 of the source file before the recipe.
        old: The records that the document has so far, by part.
        recipe: The recipe that made the text.
        ids: The ids of the document; by default those of `old`.
    """
    old = old or {}
    document = draft["document"]
    record: Record = dict(document if isinstance(document, dict) else old.get("document", {"id": document}))
    record["text"] = {"recipe": recipe, "length": len(text), "sha256": sha256(text), "source_sha256": source_sha256}
    return _Anchoring(record, draft, text, ids or Ids(str(record.get("id", "")), old), old).run()


class _Anchoring:
    """One draft on its way."""

    def __init__(self, document: Record, draft: Record, text: str, ids: Ids, old: Record) -> None:
        self.id = str(document.get("id", ""))
        self.document = document
        self.draft = draft
        self.problems = Problems()
        self.notes: list[str] = []
        self.ids = ids
        self.sections: list[Record] = old.get("sections", [])
        called: dict[str, str] = {}
        if "sections" in draft:
            drafts, lang = self._list("sections"), str(document.get("lang", "und"))
            self.sections, called = sections(drafts, text, lang, ids, self.problems)
        else:
            ids.place(self.sections, text)
        self.names = Names(self.id, called)
        self.places = places(self.sections, self.id)
        named = [(name, start, end) for name, (start, end) in self.places.items()]
        self.source = Source(text, sorted(named, key=lambda item: "." not in item[0]))  # sentences before sections
        self.mentions: list[Record] = old.get("mentions", [])
        self.trigger = 0  # where that of the event at hand begins
        self.old = old
        self.keys: dict[str, str] = {}

    def run(self) -> Anchored:
        """Anchor part by part: events need mentions, mentions need sentences."""
        if "mentions" in self.draft:
            self.mentions = self._mentions()
        self.known = {mention["id"]: None for mention in self.mentions}
        events = self._events() if "events" in self.draft else self.old.get("events", [])
        sanctions = self._sanctions() if "sanctions" in self.draft else self.old.get("sanctions", [])
        upstream = self.document.get("upstream")
        for item in upstream if isinstance(upstream, list) else ():
            if isinstance(item, dict) and isinstance(item.get("sections"), list):
                item["sections"] = [self.names.full(name) for name in item["sections"]]
        bundle = {"document": self.document, "sections": self.sections, "mentions": self.mentions}
        bundle |= {"events": events, "sanctions": sanctions}
        return Anchored(bundle, self.problems, self.notes, self.ids)

    def _list(self, part: str) -> list[Record]:
        value = self.draft[part]
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        self.problems.note(part, "expected a list of objects")
        return []

    def _mentions(self) -> list[Record]:
        found: list[Record] = []
        groups = self.draft["mentions"]
        if not isinstance(groups, dict):
            self.problems.note("mentions", "expected lists of mentions, each under the id of its sentence or section")
            return []
        for name, drafts in groups.items():
            scope = self._scope([name], f"mentions.{name}", mentions=True)
            for n, draft in enumerate(drafts if isinstance(drafts, list) else []):
                path = f"mentions.{name}[{n}]"
                if not isinstance(draft, dict) or "span" not in draft or not isinstance(draft.get("entity"), str):
                    self.problems.note(path, "expected an object with `entity`, `span` and `form`")
                    continue
                if "or" in draft:
                    self.problems.note(path, f"choose the entity: {draft['entity']} or {draft['or']}; then delete `or`")
                span = self._span(draft["span"], scope, f"{path}.span")
                if span and scope:
                    found.append({**draft, "document": self.id, "span": span, **self._head(draft, span, path)})
        found.sort(key=lambda mention: (mention["span"]["start"], -mention["span"]["end"], mention["entity"]))
        paths = [f"mentions: {mention['entity']} at {mention['span']['start']}" for mention in found]
        for mention, name in zip(found, self.ids.give("mentions", found, paths, self.problems), strict=True):
            mention["id"] = name
        return sorted(found, key=lambda mention: number(mention["id"]))

    def _head(self, draft: Record, span: Record, path: str) -> Record:
        """The head of a mention, where the draft quotes one: looked up inside the mention."""
        head = self._span(draft["head"], [(span["start"], span["end"])], f"{path}.head") if "head" in draft else None
        return {"head": head} if head else {}

    def _events(self) -> list[Record]:
        drafts = self._list("events")
        ready: list[tuple[Record, str, list[Place], Record]] = []
        for n, draft in enumerate(drafts):
            path = f"events[{draft.get('key', draft.get('id', n))}]"
            scope = self._scope(draft.get("evidence"), f"{path}.evidence")
            trigger = self._span(draft.get("trigger"), scope, f"{path}.trigger") if scope else None
            ready.append((draft, path, scope, trigger or {"start": 0, "end": 0}))
        ready.sort(key=lambda item: (item[3]["start"], item[3]["end"]))
        sketches = [{**draft, "trigger": trigger} for draft, _, _, trigger in ready]
        ids = self.ids.give("events", sketches, [path for _, path, _, _ in ready], self.problems)
        for (draft, path, _, _), event in zip(ready, ids, strict=True):
            key = str(draft.get("key", draft["id"].rpartition(":")[2] if isinstance(draft.get("id"), str) else ""))
            if key:
                if key in self.keys:
                    self.problems.note(path, f"the key `{key}` stands twice")
                self.keys[key] = event
        events = []
        for (draft, path, scope, trigger), event in zip(ready, ids, strict=True):
            self.trigger = trigger["start"]
            record = self._record(draft, scope, path, skip=("key", "id", "trigger"))
            events.append({"id": event, "document": self.id, **record, "trigger": trigger})
        return sorted(events, key=lambda event: number(event["id"]))

    def _sanctions(self) -> list[Record]:
        records = []
        drafts = self._list("sanctions")
        paths = [f"sanctions[{draft.get('target', n)}]" for n, draft in enumerate(drafts)]
        ids = self.ids.give("sanctions", drafts, paths, self.problems)
        for draft, path, name in zip(drafts, paths, ids, strict=True):
            scope = self._scope(draft.get("evidence"), f"{path}.evidence")
            record = self._record(draft, scope, path, skip=("id",))
            if "mentions" not in draft and "target" in record:
                self._link(record, "target", scope, path, needed=True)
            records.append({"id": name, "document": self.id, **record})
        return sorted(records, key=lambda sanction: number(sanction["id"]))

    def _record(self, draft: Record, scope: list[Place], path: str, skip: Sequence[str] = ()) -> Record:
        """A record, or a part of one: quotes to spans, keys to ids, mentions linked."""
        record: Record = {}
        for key, value in draft.items():
            here = f"{path}.{key}"
            if key in skip:
                continue
            if key in ("span", "trigger", "via_span"):
                span = self._span(value, scope, here)
                if span:
                    record[key] = span
            elif key == "mentions" and value == []:
                continue  # none shows it
            elif key == "mentions":
                record[key] = self._named(value, draft.get("entity", draft.get("by", draft.get("target"))), scope, here)
            elif key == "via_mentions":
                record[key] = self._named(value, draft.get("via"), scope, here)
            elif key in ("evidence", "conduct") and isinstance(value, list):
                record[key] = [
                    self.names.full(item) if key == "evidence" else self._event(item, here) for item in value
                ]
            elif key == "event":
                record[key] = self._event(value, here)
            elif key == "anchor":
                record[key] = self._anchor(value, here)
            elif key in ("edtf", "as_of") and type(value) is int:
                record[key] = str(value)  # a year without quotes
            elif isinstance(value, dict) and key in ("listed", "certainty"):
                record[key] = self._record(value, scope, here)
            elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
                record[key] = [self._record(item, scope, f"{here}[{n}]") for n, item in enumerate(value)]
            else:
                record[key] = value
        return record if "mentions" in draft else self._linked(record, scope, path)

    def _linked(self, record: Record, scope: list[Place], path: str) -> Record:
        """Arguments, places and attributions get the mention that shows them."""
        if record.get("implicit") or record.get("basis") == "inferred":
            return record
        if "role" in record and isinstance(record.get("entity"), str):
            self._link(record, "entity", scope, path, needed=True)
        elif "by" in record and "act" in record:
            self._link(record, "by", scope, path, needed=False)
        return record

    def _link(self, record: Record, key: str, scope: list[Place], path: str, needed: bool) -> None:
        """Add the mention of an entity in the first evidence sentence that has any: of several, that next to the
        trigger, as a mention of another clause would show another role."""
        for start, end in scope:
            shown = [
                mention
                for mention in self.mentions
                if mention["entity"] == record[key] and start <= mention["span"]["start"] < end
            ]
            if shown:
                nearest = min(shown, key=lambda mention: abs(mention["span"]["start"] - self.trigger))
                record["mentions"] = [nearest["id"]]
                return
        if needed and scope:
            where = "no mention of `{}` in the evidence; add one, or say `implicit: true` or `basis: inferred`"
            self.problems.note(path, where.format(record[key]))

    def _named(self, value: Any, entity: Any, scope: list[Place], path: str) -> list[str]:
        """Mentions of an entity named by their quotes, or by ids."""
        named = []
        for n, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, str) and _MENTION.fullmatch(item.removeprefix(f"{self.id}:")):
                named.append(f"{self.id}:{item.removeprefix(f'{self.id}:')}")
                if named[-1] not in self.known:
                    self.problems.note(f"{path}[{n}]", f"no mention `{item}`", hint(named[-1], self.known))
                continue
            span = self._span(item, scope, f"{path}[{n}]")
            for mention in self.mentions if span else ():
                if mention["span"] == span and mention["entity"] == entity:
                    named.append(mention["id"])
                    break
            else:
                if span:
                    self.problems.note(f"{path}[{n}]", f"“{span['text']}” is no mention of `{entity}`")
        return named

    def _span(self, value: Any, scope: list[Place], path: str) -> Record | None:
        try:
            quote = read(value)
            if not scope and quote.inside is None:
                return None  # said already
            inside = scope if quote.inside is None else self._scope([quote.inside], path)
            found = self.source.find(quote, inside)
        except QuoteError as error:
            self.problems.note(path, error)
            return None
        if found.loose:
            self.notes.append(f"{path}: “{quote.quote}” taken for “{found.span['text']}”")
        return found.span

    def _scope(self, names: Any, path: str, mentions: bool = False) -> list[Place]:
        """The places of sentences or sections by their ids; a section's heading, for mentions, where it has one."""
        if not isinstance(names, list) or not names:
            self.problems.note(path, "expected the ids of the sentences that tell it, as [s02.1]")
            return []
        scope = []
        for name in map(str, names):
            short = self.names.short(name)
            place = self.places.get(short)
            if place is None:
                self.problems.note(path, f"no sentence or section `{name}`", hint(short, self.places))
            else:
                heading = next(
                    (s["heading"] for s in self.sections if s["id"] == f"{self.id}:{short}" and "heading" in s), None
                )
                scope.append((heading["start"], heading["end"]) if mentions and heading else place)
        return scope

    def _event(self, key: Any, path: str) -> str:
        """The id of an event by its key; an id stays."""
        if str(key) in self.keys:
            return self.keys[str(key)]
        if ":e" in str(key):
            return str(key)
        self.problems.note(path, f"no event with the key `{key}`", hint(str(key), self.keys))
        return str(key)

    def _anchor(self, name: Any, path: str) -> str:
        """The id of what a relative date hangs on: `document`, a section, or an event by its key."""
        if name in ("document", self.id):
            return self.id
        return self.names.full(name) if self.names.full(name) != str(name) else self._event(name, path)
