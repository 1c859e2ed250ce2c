"""Level 3: what is named as evidence shows the value: spans and mentions in their place, names of their entity."""

from collections.abc import Iterable
from functools import lru_cache

from cte_corpus.checking.rules.called import Called, bare, folded_words
from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import Doc, Findings, Found, Record

NAMED = frozenset({"person", "gpe", "org"})
"""Classes whose names are proper ones; those of others may be descriptions."""

ELSEWHERE = frozenset({"content_event", "about"})
"""Roles whose event may be told anywhere in the document."""

VOICE = ("mentions", "via_mentions")
"""What shows who speaks, and who carries the words."""

SHORT_CLASSES = frozenset({"person", "gpe"})
_OPENING = "\"'“‘«([{$€£#@%"
_CLOSING = "\"'”’»)]}%$€£؟?!"
_SMALL = frozenset(
    ["a", "an", "and", "at", "by", "de", "for", "from", "in", "of", "on", "or", "the", "to", "van", "von", "with"]
)
ADD_ALIAS = "add it to the names of the entity, or name the other entity"


def check(doc: Doc, corpus: Context) -> Findings:
    """All findings in one document."""
    yield from _implicit(doc)
    yield from _outside(doc)
    yield from _events(doc)
    yield from _edges(doc)
    yield from _overlaps(doc)
    yield from _mentions(doc, corpus)


def _implicit(doc: Doc) -> Findings:
    for pairs in (doc.arguments, doc.attributions):
        for item in [item for _, item in pairs if "implicit" in item and not item["implicit"]]:
            yield Found(
                "CTE329", item, "`implicit: false` shows nothing", "implicit", "leave it out, and show the value"
            )


def _outside(doc: Doc) -> Findings:
    """Spans that show a value lie in the evidence; who speaks, in a section of it; a date also in a dateline."""
    sentences = doc.sentences
    for pairs in (doc.arguments, doc.quantities):
        for event, span in [(event, item["span"]) for event, item in pairs if "span" in item]:
            if not _within(span, event["evidence"], sentences):
                yield _out(span, event, "span")
    for event in [event for event in doc.events if "certainty" in event]:
        span = event["certainty"]["span"]
        if not _within(span, event["evidence"], sentences):
            yield _out(span, event, "hedge")
        elif span["start"] == event["trigger"]["start"]:
            yield Found("CTE330", span, "the hedge is the trigger itself", "text", "the hedge is a word beside it")
    for owner, span in [(owner, time["span"]) for owner, time in doc.times if "span" in time]:
        if not _within(span, owner["evidence"], sentences) and _within(span, sentences, sentences):
            yield _out(span, owner, "date")
    where = {mention["id"]: mention["span"] for mention in doc.mentions} if doc.attributions or doc.sanctions else {}
    sections = {section["id"]: section for section in doc.sections}
    for event, item in doc.attributions:
        spans: list[Record] = [item["span"]] if "span" in item else []
        spans += [where[ref] for field in VOICE if field in item for ref in item[field] if ref in where]
        if spans:
            around = [ref.rpartition(".")[0] for ref in event["evidence"]]
            for span in spans:
                if not _within(span, around, sections):
                    yield _out(item["span"] if "span" in item and span is item["span"] else item, event, "speaker")
    for sanction in doc.sanctions:
        for index, ref in enumerate(sanction["mentions"]):
            if ref in where and not _within(where[ref], sanction["evidence"], sentences):
                message = f"`{ref}` stands in none of the sanction's evidence sentences"
                yield Found("CTE330", sanction["mentions"], message, index, "name its sentence as evidence")


def _events(doc: Doc) -> Findings:
    """An event that takes part in another is told in its section: a charge may follow in the next sentence."""
    for event, item in [pair for pair in doc.told if pair[1]["role"] not in ELSEWHERE]:
        if item["event"] not in doc.by_id:
            continue
        evidence, told = event["evidence"], doc.by_id[item["event"]]["evidence"]
        if evidence != told and _sections(evidence).isdisjoint(_sections(told)):
            message = f"`{item['event']}` is told in other sections than `{event['id']}`"
            yield Found("CTE330", item, message, "event", "add the sentence that tells both to `evidence`")


def _sections(sentences: Iterable[str]) -> set[str]:
    return {sentence.rpartition(".")[0] for sentence in sentences}


def _within(span: Record, names: Iterable[str], parts: dict[str, Record]) -> bool:
    """Whether a span lies in one of the named parts of the text."""
    start, end = span["start"], span["end"]
    for name in names:
        part = parts[name]
        if part["start"] <= start and end <= part["end"]:
            return True
    return False


def _out(where: Record, owner: Record, what: str) -> Found:
    message = f"the {what} stands outside of what tells `{owner['id']}`: {', '.join(owner['evidence'])}"
    return Found(
        "CTE330",
        where,
        message,
        "start" if "start" in where else None,
        "name its sentence as evidence, or correct the offsets",
    )


@lru_cache(maxsize=65536)
def edge(words: str) -> str:
    """What stands at an end of a span and does not belong there; empty where nothing does."""
    first, last = words[0], words[-1]
    if first.isspace() or last.isspace():
        return "white space"
    if not first.isalnum() and first not in _OPENING and first.isprintable() and not _is_mark(first):
        return first
    if not last.isalnum() and last not in _CLOSING and not _is_mark(last):
        word = words.split()[-1][:-1]
        return "" if last == "." and ("." in words[:-1] or (len(word) <= 4 and not word.isdigit())) else last
    return ""


def _is_mark(char: str) -> bool:
    import unicodedata

    return unicodedata.category(char) in ("Mn", "Me", "Lm", "Sk", "Cf")


def _edges(doc: Doc) -> Findings:
    headings = {id(section["heading"]) for section in doc.sections if "heading" in section}
    doubtful = [n for n, (_, _, text) in enumerate(doc.extents) if not (text[0].isalnum() and text[-1].isalnum())]
    for span, text in [(doc.spans[n], doc.extents[n][2]) for n in doubtful]:
        stray = edge(text)
        if stray and (id(span) not in headings or stray == "white space"):
            yield Found(
                "CTE338",
                span,
                f"{stray if stray == 'white space' else f'“{stray}”'} stands at an end of the span",
                "text",
                "leave it out, and correct the offsets",
            )


def _overlaps(doc: Doc) -> Findings:
    """Spans of one place have the same characters; and mentions lie in each other, or apart."""
    if not _agree(doc.in_order):
        first, last, words, widest = 0, 0, "", 0  # of the widest span so far, and its place in the list
        for start, end, place in _ordered(doc.extents):
            text = doc.extents[place][2]
            if start < last:
                shared = min(end, last) - start
                if words[start - first : start - first + shared] != text[:shared]:
                    message = f"“{text}” and “{words}” have different characters in the same place"
                    yield Found(
                        "CTE345", doc.spans[place], message, "text", related=((doc.spans[widest], "the other span"),)
                    )
            if end > last:
                first, last, words, widest = start, end, text, place
    yield from _crossing(doc)


def _agree(extents: list[tuple[int, int, str]]) -> bool:
    """Whether spans in order have the same characters wherever they share a place: so does each with the widest."""
    first, last, words = 0, 0, ""
    for start, end, text in extents:
        if end <= last:
            if not words.startswith(text, start - first):
                return False
        else:
            if start < last and not text.startswith(words[start - first :]):
                return False
            first, last, words = start, end, text
    return True


def _ordered(extents: list[tuple[int, int, str]]) -> list[tuple[int, int, int]]:
    """Start, end and place of each span in the order of the text, wide ones first."""
    return [
        (start, -end, place) for start, end, place in sorted([(one[0], -one[1], n) for n, one in enumerate(extents)])
    ]


def _crossing(doc: Doc) -> Findings:
    inner: list[tuple[int, int]] = []  # end and place of the mentions around
    for start, end, place in _ordered(doc.extents[: len(doc.mentions)]):
        while inner and inner[-1][0] <= start:
            inner.pop()
        if inner and inner[-1][0] < end:
            span, other = doc.spans[place], doc.spans[inner[-1][1]]
            message = f"“{span['text']}” and “{other['text']}” cross"
            yield Found(
                "CTE347", span, message, "start", "one lies in the other, or they lie apart", ((other, "the other"),)
            )
        inner.append((end, place))


def _mentions(doc: Doc, corpus: Context) -> Findings:
    own = [(one["entity"], one["span"]["text"], one["form"], "head" in one) for one in doc.mentions]
    if corpus.called.all_fit(own):
        return
    for mention, words in zip(doc.mentions, own, strict=True):
        if mention["entity"] in corpus.entities:  # else its own findings come first
            found = list(_misnamed(mention, corpus.called))
            yield from found
            if not found:
                corpus.called.fits(words)


def _misnamed(mention: Record, called: Called) -> Findings:
    entity, words = mention["entity"], mention["span"]["text"]
    folded = folded_words(words)
    holders = called.holders(folded)
    if mention["form"] == "name":
        if "head" in mention:
            yield Found("CTE341", mention, "a name has no `head`", "head", "leave it out, or write `nominal`")
        if holders:
            if entity not in holders:
                message = f"“{words}” is a name of {', '.join(sorted(holders))}, and not of `{entity}`"
                yield Found("CTE340", mention, message, "entity", ADD_ALIAS)
        elif called.own_words(entity).isdisjoint(bare(folded)):
            message = f"“{words}” shares no word with a name of `{entity}`"
            yield Found("CTE340", mention, message, "entity", ADD_ALIAS)
        elif words.isascii() and words.islower():
            message = f"“{words}” is a common noun, and called a name"
            yield Found("CTE341", mention, message, "form", "write `nominal`")
    elif entity in holders and not entity.startswith("group:") and _is_proper(words, entity):
        message = f"“{words}” is a name of `{entity}`, and called a common noun"
        yield Found("CTE341", mention, message, "form", "write `name`")
    elif holders and entity not in holders and _is_proper(words, min(holders)):
        message = f"“{words}” is a name of {', '.join(sorted(holders))}, and not of `{entity}`"
        yield Found("CTE340", mention, message, "entity", ADD_ALIAS)


def _is_proper(words: str, entity: str) -> bool:
    """Whether words are a name and no description: in Latin letters all but small words begin with a capital."""
    if words.isascii():
        return all(word[0].isupper() or not word[0].isalpha() for word in words.split() if word not in _SMALL)
    return entity.partition(":")[0] in SHORT_CLASSES
