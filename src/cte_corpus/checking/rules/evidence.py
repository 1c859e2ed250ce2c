"""Level 3: offsets hold, sections tile the text, values show where they were read, spans do not add up to prose."""

from operator import itemgetter

from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.text import prose
from cte_corpus.text.chains import chains
from cte_corpus.text.folded_words import words

FURNITURE = frozenset({"masthead", "byline", "caption", "footer", "particulars"})
"""Kinds of section whose text needs no sentences."""

SHORT = 2 * prose.MAX_WORDS
"""A span of so many code points cannot be too long: 13 words take one more."""

SHIFT = 3
"""Triggers outside of their sentences in one section from which on the sentences are held to be counted otherwise."""

LONG_HEADING = (
    "make it a section of its own, of kind `caption`, which quotes nothing, and the text below it a section with this "
    "one as `parent`"
)

ANSWERS = ("times", "places")
"""Questions that every event answers, or says why not."""

UNTOLD = "code what it tells, name it as evidence of an event that it tells again, or give its `function`"
SAY_ABSENT = "give it, or say in `absent` why it is empty"

in_text = itemgetter("start")
"""Sorts sections as they stand in the text; their ids may have another order."""


def check(doc: Doc) -> Findings:
    """All findings of level 3 that need no source text."""
    yield from _spans(doc)
    yield from _tiling(doc)
    yield from _triggers(doc)
    yield from _inside(doc)
    yield from _values(doc)
    yield from _answers(doc)
    yield from _coverage(doc)
    yield from _chains(doc)
    yield from _particulars(doc)


def _spans(doc: Doc) -> Findings:
    length = doc.document["text"]["length"]
    if doc.sections:  # where they disagree, that is one finding, and not one for each span
        length = max(length, *(section["end"] for section in doc.sections))
    headings = {id(section["heading"]) for section in doc.sections if "heading" in section}
    doubtful = [
        span
        for span, (start, end, text) in zip(doc.spans, doc.extents, strict=True)
        if not 0 < end - start == len(text) <= SHORT or end > length
    ]
    for span in doubtful:
        size = span["end"] - span["start"]
        text = span["text"]
        if size < 1 or span["end"] > length:
            yield Found(
                "CTE301",
                span,
                f"expected 0 <= start < end <= {length}, got start {span['start']} and end {span['end']}",
                "end",
            )
        elif len(text) != size:
            yield Found(
                "CTE302",
                span,
                f"start and end span {size} code points, the text has {len(text)}",
                "text",
                "offsets count code points of the reference text, not bytes or UTF-16 units",
            )
        elif prose.too_long(text):
            yield Found(
                "CTE308",
                span,
                f"expected at most {prose.MAX_WORDS} words and {prose.MAX_CHARS} characters, "
                f"got {len(words(text))} and {len(text)}",
                "text",
                LONG_HEADING if id(span) in headings else "quote the head words, and name the sentences as evidence",
            )


def _tiling(doc: Doc) -> Findings:
    expected = 0
    for order, section in enumerate(sorted(doc.sections, key=in_text), 1):
        if section["start"] != expected:
            yield Found(
                "CTE305", section, f"expected the section to start at {expected}, got {section['start']}", "start"
            )
        if section["order"] != order:
            yield Found("CTE305", section, f"expected order {order}, got {section['order']}", "order")
        expected = section["end"]
        yield from _sentences(section)
    length = doc.document["text"]["length"]
    if doc.sections and expected != length:
        section = max(doc.sections, key=in_text)
        message = f"expected the last section to end at {length}, got {expected}"
        related = ((doc.document["text"], "the length of the text"),)
        yield Found("CTE305", section, message, "end", "one of the two is wrong", related)
    if not doc.sections:
        yield Found("CTE305", doc.document, "a document has at least one section, got none", "id")


def _sentences(section: Record) -> Findings:
    position = section["heading"]["end"] if "heading" in section else section["start"]
    for number, sentence in enumerate(section.get("sentences", NONE), 1):
        if sentence["n"] != number:
            yield Found("CTE306", sentence, f"expected sentence number {number}, got {sentence['n']}", "n")
        if not position <= sentence["start"] < sentence["end"] <= section["end"]:
            yield Found(
                "CTE306",
                sentence,
                f"expected {position} <= start < end <= {section['end']}, "
                f"got start {sentence['start']} and end {sentence['end']}",
                "start",
            )
        position = sentence["end"]
    heading = section.get("heading")
    if heading and not section["start"] <= heading["start"] < heading["end"] <= section["end"]:
        message = f"expected the heading inside its section, {section['start']}-{section['end']}"
        yield Found("CTE303", heading, f"{message}, got {heading['start']}-{heading['end']}", "start")


def _triggers(doc: Doc) -> Findings:
    """A trigger lies in one of the sentences that are its event's evidence."""
    missed: list[Record] = []
    sentences = doc.sentences
    for event in doc.events:
        span = event["trigger"]
        start, end = span["start"], span["end"]
        for ref in event["evidence"]:
            sentence = sentences[ref]
            if sentence["start"] <= start and end <= sentence["end"]:
                break
        else:
            missed.append(event)
    if len(missed) >= SHIFT:
        yield from _shifted(doc, missed)
    for event in missed:
        yield Found(
            "CTE303",
            event["trigger"],
            f"the trigger lies in none of the event's evidence sentences: {', '.join(event['evidence'])}",
            "start",
            "name the sentence that holds the trigger as evidence, or correct the offsets",
            slip=doc.slip(event["evidence"]),
        )


def _shifted(doc: Doc, missed: list[Record]) -> Findings:
    """Sections of which several sentences are named that stand one place from where they should."""
    for section in doc.sections:
        own = [one for one in missed if any(ref.rpartition(".")[0] == section["id"] for ref in one["evidence"])]
        inside = [one for one in own if _covers(section, one["trigger"])]
        if len(inside) >= SHIFT:
            doc.shifted.add(section["id"])
            message = f"{len(inside)} events name other sentences of `{section['id']}` than those of their triggers"
            help_ = "was a sentence cut in two, taken out or put together there? Then count `evidence` anew"
            yield Found("CTE303", section, message, "id", help_, slip=doc.slip([f"{section['id']}.1"]))


def _inside(doc: Doc) -> Findings:
    """A head lies in its mention; conditions, media and property in the sentences that tell the event or sanction."""
    for mention in doc.mentions:
        if "head" in mention and not _covers(mention["span"], mention["head"]):
            span = mention["span"]
            message = f"expected the head inside the mention, {span['start']}-{span['end']}"
            yield Found("CTE324", mention["head"], message, "start")
    held = [(event, item["span"]) for event in doc.events for item in event.get("conditions", NONE)]
    held += [(event, item["via_span"]) for event, item in doc.attributions if "via_span" in item]
    held += [(sanction, item["span"]) for sanction in doc.sanctions for item in sanction.get("property", NONE)]
    for owner, span in held:
        if not any(_covers(doc.sentences[ref], span) for ref in owner["evidence"]):
            message = f"the words lie in none of the evidence sentences: {', '.join(owner['evidence'])}"
            help_ = "name their sentence as evidence, or correct the offsets"
            yield Found("CTE326", span, message, "start", help_, slip=doc.slip(owner["evidence"]))


def _covers(outer: Record, inner: Record) -> bool:
    return bool(outer["start"] <= inner["start"] < inner["end"] <= outer["end"])


def _values(doc: Doc) -> Findings:
    for _, time in doc.times:
        basis = time["basis"]
        if basis == "inferred":
            if "note" not in time:
                yield Found("CTE307", time, "an inferred date says from what it follows", "basis", "add a `note`")
        elif "span" not in time:
            yield Found("CTE307", time, f"a {basis} date shows where it is printed", "basis", "add its `span`")
        elif basis == "resolved" and "anchor" not in time:
            yield Found("CTE307", time, "a resolved date says against what", "basis", "add its `anchor`")
    for _, place in doc.places:
        if "mentions" not in place and (place["basis"] != "inferred" or "note" not in place):
            yield Found(
                "CTE307", place, "a place is shown by a mention, or inferred with a note", "entity", "add `mentions`"
            )
    for _, item in doc.arguments:
        if "mentions" not in item and "implicit" not in item and "event" not in item and "span" not in item:
            yield Found(
                "CTE307",
                item,
                "an argument is shown by a mention or a span, or is implicit",
                "role",
                "add `mentions` or `span`, or `implicit: true`",
            )
    for _, item in doc.attributions:
        if "span" not in item and "implicit" not in item:
            yield Found(
                "CTE307", item, "an attribution is shown by a span, or is implicit", "by", "add the reporting words"
            )


def _answers(doc: Doc) -> Findings:
    """Every event says when and where, or why not; nothing is both given and absent."""
    for event in doc.events:
        if "absent" not in event and "times" in event and "places" in event:
            continue
        absent = [item["field"] for item in event["absent"]] if "absent" in event else []
        for field in ANSWERS:
            if field not in event and field not in absent:
                yield Found("CTE315", event, f"`{field}` is neither given nor `absent`", "type", SAY_ABSENT)
        if not event.keys().isdisjoint(absent):
            yield from _given_and_absent(event, absent)
    for sanction in doc.sanctions:
        absent = [item["field"] for item in sanction.get("absent", NONE)]
        for field in ("listed", "legal_basis", "programme", "measures"):
            if field not in sanction and field not in absent:
                yield Found("CTE315", sanction, f"`{field}` is neither given nor `absent`", "target", SAY_ABSENT)
        yield from _given_and_absent(sanction, absent)


def _given_and_absent(record: Record, absent: list[str]) -> Findings:
    for index, field in enumerate(absent):
        if field in record and field != "arguments":  # a required role may be unstated while others are filled
            yield Found("CTE316", record["absent"], f"`{field}` is given and said to be absent", index)


def _coverage(doc: Doc) -> Findings:
    """A sentence tells an event, or has a function; not both."""
    for ref, sentence in doc.sentences.items():
        if (ref in doc.evidence) == ("function" in sentence):
            if "function" in sentence:
                message = f"sentence `{ref}` has the function {sentence['function']}, and is the evidence of an event"
                help_ = "delete `function`, or take it out of `evidence`"
                yield Found("CTE320", sentence, message, "function", help_, slip=doc.slip([ref]))
            else:
                message = f"sentence `{ref}` is the evidence of no event"
                yield Found("CTE314", sentence, message, "n", UNTOLD, slip=doc.slip([ref]))


def _chains(doc: Doc) -> Findings:
    """Spans that touch may not add up to a run of the publisher's prose; with a section or its heading a run ends."""
    edges = [section["start"] for section in doc.sections if section["start"]]
    edges += [section["heading"]["end"] for section in doc.sections if "heading" in section]
    runs = list(chains(doc.in_order, doc.text, edges))
    first = {span["start"]: span for span in reversed(doc.spans)} if runs else {}
    for run in runs:
        yield Found(
            "CTE309",
            first[run.start],
            f"neighbouring spans add up to {run.words} words and {run.chars} characters "
            f"of the text, from {run.start} to {run.end}",
            "start",
            "shorten a trigger or a mention so that words between them stay out",
        )


def _particulars(doc: Doc) -> Findings:
    """Birth dates, passports and addresses are of no use to anybody who studies what was done."""
    for section in doc.sections:
        if section["kind"] != "particulars":
            continue
        start = section["heading"]["end"] if "heading" in section else section["start"]
        inside = [span for span in doc.spans if start <= span["start"] < section["end"]]
        message = f"`{section['id']}` holds particulars, and nothing in it is coded, got"
        help_ = "take it out, or correct the kind of the section"
        if section.get("sentences"):
            yield Found("CTE353", section, f"{message} {len(section['sentences'])} sentences", "sentences", help_)
        if inside:
            yield Found("CTE353", inside[0], f"{message} {len(inside)} spans", "start", help_)
