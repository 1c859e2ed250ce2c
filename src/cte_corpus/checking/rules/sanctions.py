"""Levels 3 and 4 for sanctions: what a target is accused of is named, shown, and told apart from what lists say."""

from collections import Counter, defaultdict

from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.edition3 import holds, in_each_language
from cte_corpus.checking.rules.terms import agents, class_of

ONE_EACH = "code one sanction a target; a figure that counts only some of them is a part of another, or of one class"


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings in the sanctions of one document."""
    if not doc.sanctions:
        return
    events = doc.by_id
    for sanction in doc.sanctions:
        yield from _accused(sanction, events)
    yield from _counts(doc)
    if holds(doc):
        deeds = list(_deeds(doc))
        for sanction in doc.sanctions:
            yield from _complete(sanction, deeds, corpus)
            yield from _shown(sanction, events)
            yield from _lists(sanction)
            yield from in_each_language(sanction, "grounds", corpus.languages)


def _accused(sanction: Record, events: dict[str, Record]) -> Findings:
    for index, ref in enumerate(sanction.get("conduct", NONE)):
        event = events.get(ref)
        if event and event["status"] != "alleged":
            message = f"`{ref}` is {event['status']}: what a target is accused of is `alleged`"
            yield Found("CTE417", sanction["conduct"], message, index, related=((event, "the event"),))
    designation = events.get(sanction["event"])
    if designation and designation["type"] != "legal.sanctions_designation":
        message = f"expected a legal.sanctions_designation, got `{sanction['event']}`, a {designation['type']}"
        yield Found("CTE418", sanction, message, "event", related=((designation, "the event"),))


def _counts(doc: Doc) -> Findings:
    """Figures of the targets of one designation: of all of them, of parts that add up, or of one class of them."""
    coded: dict[str, list[str]] = defaultdict(list)
    for sanction in doc.sanctions:
        coded[sanction["event"]].append(class_of(sanction["target"]))
    stated: dict[str, list[Record]] = defaultdict(list)
    for event, item in doc.quantities:
        if item["measure"] == "targets" and "value" in item and event["id"] in coded:
            stated[event["id"]].append(item)
    for event_id, items in stated.items():
        classes = coded[event_id]
        count, of_class = len(classes), set(Counter(classes).values())
        figures = [item["value"] for item in items if "within" not in item]
        add_up = count in (sum(figures), max(figures, default=count))
        for item in items:
            value = item["value"]
            if value > count or not (add_up or "within" in item or value in of_class):
                yield Found("CTE416", item, f"{value:,} targets are stated, {count} coded", "value", ONE_EACH)


def _deeds(doc: Doc) -> list[tuple[str, str, str]]:
    """Who acts in each alleged event: its id, the entity and the role."""
    acting = agents()
    return [
        (event["id"], item["entity"], item["role"])
        for event, item in doc.arguments
        if event["status"] == "alleged" and "entity" in item and item["role"] in acting[event["type"]]
    ]


def _complete(sanction: Record, deeds: list[tuple[str, str, str]], corpus: Context) -> Findings:
    """Each alleged event in which the target or a group of his acts is in `conduct`, or left out with a reason."""
    target = sanction["target"]
    links = corpus.entities[target].get("links", NONE) if target in corpus.entities else NONE
    actors = {target, *(link["entity"] for link in links if link["rel"] == "member-of")}
    conduct = set(sanction.get("conduct", NONE))
    left_out = {item["event"] for item in sanction.get("conduct_except", NONE)}
    for event, (entity, role) in {event: (entity, role) for event, entity, role in deeds if entity in actors}.items():
        if event not in conduct | left_out:
            message = f"`{event}` is alleged with `{entity}` as its {role}, and is not in `conduct`"
            yield Found("CTE427", sanction, message, "target", "add it, or say in `conduct_except` why it is left out")
    for item in sanction.get("conduct_except", NONE):
        if item["event"] in conduct:
            yield Found("CTE427", item, f"`{item['event']}` is in `conduct`, and said to be left out", "event")


def _shown(sanction: Record, events: dict[str, Record]) -> Findings:
    evidence = set(sanction["evidence"])
    for index, ref in enumerate(sanction.get("conduct", NONE)):
        if ref in events and evidence.isdisjoint(events[ref]["evidence"]):
            message = f"no sentence of `evidence` tells `{ref}`: {', '.join(events[ref]['evidence'])}"
            yield Found("CTE327", sanction["conduct"], message, index, "add the sentence that says what he did")
    if "operates_in" in sanction and "operates_in_told_of" not in sanction:
        help_ = "write `operates_in_told_of`: target, or group where the document says it of the group that he is in"
        yield Found("CTE328", sanction, "of whom is it told that he operates there?", "operates_in", help_)


def _lists(sanction: Record) -> Findings:
    supports = set(sanction.get("supports", NONE))
    for look in sanction.get("registry", NONE):
        linked = set(look.get("linked_to", NONE))
        if supports and linked and supports.isdisjoint(linked) and look["result"] != "differs":
            message = (
                f"{look['result']}, but the list links him to {', '.join(sorted(linked))} and not to whom he supports"
            )
            yield Found("CTE428", look, message, "result", "write `differs`")
