"""The draft of a new document: what can be told from the text and the entity registry, each item marked as proposed."""

import re
import unicodedata
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cte_corpus.authoring.propose import Proposal, mentions, silent
from cte_corpus.authoring.quotes import quoting
from cte_corpus.authoring.source import NOTHING, Told
from cte_corpus.authoring.supported import READ, language
from cte_corpus.authoring.writing import flow, quoted, word
from cte_corpus.errors import CteError
from cte_corpus.text.dates import Date, dates
from cte_corpus.text.figures import Figure, figures
from cte_corpus.text.segment import Part, segment

LONGEST = 50_000
"""Code points of the longest text of which a draft is proposed; what a draft may hold comes to no more."""

SCRIPTS = {"ARABIC": "Arab", "LATIN": "Latn", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "GREEK": "Grek", "CJK": "Hani"}

_NAME = re.compile(r"(?<![.!?:»”\"] )(?<!^)\b[A-Z][\w’'-]+(?: (?:(?:of|the|al|bin|ibn) )*[A-Z][\w’'-]+)*", re.MULTILINE)
_UNLIKE = frozenset(
    f"The This That These Those He She It They We I In On At A An {' '.join(day_name)} {' '.join(month_name)}".split()
)


class Scaffold(NamedTuple):
    """A draft, and what went into it; offsets are code points of the reference text."""

    draft: str
    """The draft in YAML."""

    parts: list[Part]
    mentions: list[Proposal]
    dates: list[Date]
    figures: list[Figure]
    unknown: list[str]
    """What the entity registry could not tell, in sentences."""


def scaffold(
    text: str,
    document: str,
    lang: str,
    publisher: str,
    genre: str,
    entities: Sequence[dict[str, Any]],
    *,
    names: Iterable[tuple[str, str]] = (),
    told: Told = NOTHING,
    rights: dict[str, Any] | None = None,
) -> Scaffold:
    """Propose the draft of a new document.

    Args:
        text: The reference text, not empty.
        document: Id of the document.
        lang: BCP 47 tag of its language.
        publisher: Id of the publishing entity.
        genre: Code of its genre.
        entities: The entity registry.
        names: Names that other documents print, each with the id of its entity.
        told: What the source tells besides its text.
        rights: Those of another document of the publisher; by default they are withheld, but for a government's work
            that is free.

    Raises:
        CteError: the text is too long, or a package that this needs is not installed.
    """
    if len(text) > LONGEST:
        raise CteError(f"the text has {len(text):,} characters; a draft is proposed of up to {LONGEST:,}", "divide it")
    parts = segment(text, lang, told.headings, told.title)
    places = _places(parts)
    found = [one for one in mentions(text, entities, names) if not _of_particulars(parts, one.start)]
    is_read = language(lang) in READ
    every = dates(text) if is_read else []
    days = [day for day in every if not (day.is_particular or _of_particulars(parts, day.start))]
    taken = [*(day[:2] for day in every), *(m[:2] for m in found if m.form == "name")]
    numbers = [one for one in figures(text, taken) if not _of_particulars(parts, one.start)] if is_read else []
    lines = [*_head(text, parts, document, lang, publisher, genre, entities, told, rights), "", *_sections(text, parts)]
    lines += ["", *_mentions(text, places, found), "", *_candidates(text, places, days, numbers, found)]
    unknown = _unknown(text, publisher, places, found, entities)
    return Scaffold("\n".join(lines) + "\n", parts, found, days, numbers, unknown)


def _of_particulars(parts: list[Part], place: int) -> bool:
    """Whether a place lies in a list of particulars, below its heading: nothing there is coded."""
    part = next(part for part in reversed(parts) if part.start <= place)
    return part.kind == "particulars" and place >= (part.heading or (0, 0))[1]


Named = tuple[str, int, int]
"""A sentence, heading or section without sentences: its id without the document's, its start and end."""


def _places(parts: list[Part]) -> list[Named]:
    places = []
    for order, part in enumerate(parts, 1):
        if part.heading or not (part.sentences or part.kind == "particulars"):
            start, end = part.heading or (part.start, part.end)
            places.append((f"s{order:02}", start, end))
        places += [(f"s{order:02}.{n}", start, end) for n, (start, end) in enumerate(part.sentences, 1)]
    return places


def _head(
    text: str,
    parts: list[Part],
    document: str,
    lang: str,
    publisher: str,
    genre: str,
    entities: Iterable[dict[str, Any]],
    told: Told,
    rights: dict[str, Any] | None,
) -> list[str]:
    title = next((text[slice(*part.sentences[0])] for part in parts if part.kind == "title"), told.title)
    rights = rights or _rights(next((one for one in entities if one["id"] == publisher), {}), publisher)
    return [
        "# A draft: quotes, not numbers. Settle each item that is `proposed`: delete the mark, or the item.",
        "# Then code the events, and turn it into records with `cte anchor`. docs/drafts.md says how.",
        "document:",
        "  proposed: true",
        f"  id: {document}",
        f"  genre: {word(genre)}",
        f"  title: {{text: {quoted(title)}, lang: {word(lang)}}}",
        "  # gloss: [{text: what it is in your own words, lang: en}]",
        f"  lang: {word(lang)}",
        f"  script: {_script(text)}",
        f"  publisher: {word(publisher)}",
        f"  published: {{edtf: {quoted(told.day)}, basis: stated, note: In the metadata of the source.}}"
        if told.day
        else '  # published: {edtf: "2022-05-11", basis: stated}',
        *_address(told.address),
        f"  rights: {flow(rights)}",
        "  # coding: {guideline: edition 3, coders: [{id: your-name, role: coder, date: 2022-06-01}], status: single}",
    ]


def _rights(publisher: dict[str, Any], name: str) -> dict[str, str]:
    """The rights in what a publisher puts out: works of the government of the United States are free."""
    holder = publisher["names"][0]["text"] if publisher else name
    if {"code": "US", "role": "government-of"} in publisher.get("countries", ()):
        said = "A work of the United States government, not subject to copyright in the United States."
        return {"holder": holder, "licence": "LicenseRef-US-government-work", "text": "open", "statement": said}
    said = "The text is not part of the corpus; only short spans are quoted as evidence."
    return {"holder": holder, "licence": "LicenseRef-publisher-all-rights", "text": "withheld", "statement": said}


def _address(address: str) -> list[str]:
    """The address that the source tells; of a path alone the host is the reader's to say."""
    if not address:
        return []
    line = f"urls: [{{url: {quoted(address)}, kind: original}}]"
    return [f"  {line}" if "://" in address else f"  # {line} is a path; write the whole address"]


def _script(text: str) -> str:
    names = Counter(unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha())
    known = [SCRIPTS[name] for name, _ in names.most_common() if name in SCRIPTS]
    return known[0] if known else "Zyyy"


def _sections(text: str, parts: list[Part]) -> list[str]:
    lines = [
        "# Each section needs `gist`: what it says, in your own words, in each language of the corpus; and `topics`.",
        "sections:",
    ]
    for order, part in enumerate(parts, 1):
        fields = [f"key: s{order:02}", "proposed: true", f"kind: {part.kind}"]
        if part.parent is not None:
            fields.append(f"parent: s{part.parent + 1:02}")
        after = parts[order - 2].start if order > 1 else 0
        if part.heading:
            fields.append(f"heading: {_quote(text, part.heading, [(after, len(text))])}")
        elif order > 1:
            fields.append(f"starts: {_quote(text, _first_words(text, part), [(after, len(text))])}")
        lines.append(f"  - {{{', '.join(fields)}}}")
    return lines


def _first_words(text: str, part: Part) -> tuple[int, int]:
    """Place of the first few words of a section."""
    words = re.match(r"\S+(?:[^\S\n]\S+){0,4}", text[part.start : part.end])
    return part.start, part.start + (words.end() if words else 1)


def _quote(text: str, place: tuple[int, int], scope: list[tuple[int, int]]) -> str:
    return flow(quoting(text, place, scope))


def mention_fields(text: str, proposal: Proposal, scope: list[tuple[int, int]]) -> dict[str, Any]:
    """A proposed mention as a draft has it."""
    return {
        "entity": proposal.entities[0],
        **({"or": ", ".join(proposal.entities[1:])} if proposal.entities[1:] else {}),
        "span": quoting(text, (proposal.start, proposal.end), scope),
        "form": proposal.form,
        "proposed": True,
    }


def seen(text: str, found: Iterable[Proposal]) -> list[dict[str, str]]:
    """Which words were proposed as a mention of which entity: what is deleted is not proposed again."""
    pairs = {(one.entities[0], " ".join(text[one.start : one.end].split())): None for one in found}
    return [{"entity": entity, "words": words} for entity, words in pairs]


def _mentions(text: str, places: list[Named], found: list[Proposal]) -> list[str]:
    lines = [
        "# Names of the entity registry; add the nominal mentions, and `capacity` where the text gives an office.",
        "mentions:",
    ]
    for name, start, end in places:
        own = [proposal for proposal in found if start <= proposal.start and proposal.end <= end]
        if own:
            lines.append(f"  {word(name)}:")
        lines += [f"    - {flow(mention_fields(text, proposal, [(start, end)]))}" for proposal in own]
    return lines if len(lines) > 2 else [*lines[:1], "mentions: {}"]


def _candidates(
    text: str, places: list[Named], days: list[Date], numbers: list[Figure], found: list[Proposal]
) -> list[str]:
    noted = {"dates": [_day(text, places, day) for day in days]}
    noted["figures"] = [_figure(text, places, figure) for figure in numbers]
    noted["seen"] = seen(text, found)
    lines = ["# For the events, and for `cte propose`; no record comes of these lines themselves.", "candidates:"]
    for name, items in noted.items():
        lines.append(f"  {name}:{'' if items else ' []'}")
        lines += [f"    - {flow(item)}" for item in items]
    return lines


def _day(text: str, places: list[Named], day: Date) -> dict[str, Any]:
    fields = {"in": _where(places, day.start), "span": text[day.start : day.end]}
    return fields | {key: value for key in ("edtf", "note") if (value := getattr(day, key))}


def _figure(text: str, places: list[Named], figure: Figure) -> dict[str, Any]:
    fields: dict[str, Any] = {"in": _where(places, figure.start), "span": text[figure.start : figure.end]}
    fields["comparator"] = figure.comparator
    fields |= {key: value for key in ("value", "lower", "upper") if (value := getattr(figure, key)) is not None}
    return fields | {key: value for key, value in (("unit", figure.unit), ("before", figure.counted)) if value}


def _where(places: list[Named], start: int) -> str:
    return next((name for name, first, last in places if first <= start < last), "")


def _unknown(
    text: str, publisher: str, places: list[Named], found: list[Proposal], entities: Sequence[dict[str, Any]]
) -> list[str]:
    """What a reader must find himself."""
    said = []
    if publisher not in {entity["id"] for entity in entities}:
        said.append(f"the publisher `{publisher}` is not in the entity registry: add its entity")
    shared = sum(len(proposal.entities) > 1 for proposal in found)
    if shared:
        said.append(f"{shared} names may mean several entities: choose one, and delete `or`")
    covered = [range(proposal.start, proposal.end) for proposal in found]
    names = Counter(
        match[0]
        for match in _NAME.finditer(text)
        if match[0] not in _UNLIKE and not any(match.start() in place or match.end() - 1 in place for place in covered)
    )
    if names:
        listed = ", ".join(name for name, _ in names.most_common(12))
        said.append(
            f"{len(names)} capitalised words or runs are no name in the entity registry: {listed}"
            + (", …" if len(names) > 12 else "")
        )
    empty = list(silent(places, found))
    if empty:
        said.append(
            f"no name of the entity registry stands in {len(empty)} of {len(places)} sentences and headings: "
            + ", ".join(empty)
        )
    return said
