"""Mentions proposed: where a text names an entity of the entity registry. Aho-Corasick over the folded text."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cte_corpus.authoring.names import LATER, ORDER, Entity, Form, forms, is_description
from cte_corpus.errors import CteError
from cte_corpus.text.figures import COINS
from cte_corpus.text.fold import fold
from cte_corpus.text.prose import too_long

_PROCLITICS = re.compile("[وف]?[بكل]?")
"""What Arabic writes together with the name that follows."""

_BEFORE_MERGED = re.compile("[وف]?ل")
"""What stands before a name whose article has lost its alef: `لل…`."""

_ACRONYM = re.compile(r"\s\([“\"]?([A-Z][A-Z.-]{1,8})[”\"]?\)")
_UNCOUNTED = frozenset({"in", "of", "the", "and", "for", "to", "on"})
"""Words of a name that give its acronym no letter."""

_LONGER = re.compile(r" (?:\d+ )?(?P<next>[A-Z]\w+)")
_TITLES = re.compile(
    "President|Prime|Minister|Foreign|Defen[cs]e|Finance|Interior|Secretary|King|Queen|Prince|Ambassador|General|Address"
    "|Treasurer|Chancellor|Vice|Deputy|Governor|Kurdish|Arab|Sunni|Shia|Embassy|Parliament|Nationality"
)
"""Words with a capital that may follow a name and are no part of a longer one."""

_BODIES = frozenset({"UN", "U.N.", "United Nations", "EU", "European Union"})
"""Names with which those of other bodies and of instruments begin."""

_HYPHENED = re.compile(r"-([^\W\d_a-z])")
_HYPHEN_BEFORE = re.compile(r"(?<!\w)([^\W\d_a-z][\w.’']*)-$")
_PREFIXES = frozenset({"Non", "Anti", "Pro", "Pre", "Post", "Counter"})
"""Words before a hyphen that make no longer name of the one after it."""

_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“"}


class Proposal(NamedTuple):
    """A mention that a text seems to hold; offsets are code points of the reference text."""

    start: int
    end: int
    entities: tuple[str, ...]
    """Ids of the entities that it may mean; one, where the form is nobody else's."""

    form: str
    """`name` or `nominal`."""

    how: str
    """How the form comes from the entity registry; see `names.Form`."""


class _Pattern(NamedTuple):
    form: Form
    merged: bool
    """Whether the alef of the article is left out."""


def mentions(text: str, entities: Iterable[Entity], names: Iterable[tuple[str, str]] = ()) -> list[Proposal]:
    """Propose the mentions of a text, in its order; of overlapping names the longest.

    Args:
        text: The reference text.
        entities: The entity registry.
        names: Names that other documents print, each with the id of its entity.

    Raises:
        CteError: the matcher is not installed.
    """
    known = {entity["id"]: entity for entity in entities}
    known_forms = forms(known.values(), names)
    found = _matches(text, known_forms)
    if short := _acronyms(text, found, known_forms):
        found += _matches(text, short)
    full = {form.entity for form, _, _ in found if form.how not in LATER and form.how != "adjective"}
    meant: dict[tuple[int, int], list[Form]] = defaultdict(list)
    for form, start, end in found:
        if form.how not in LATER or form.entity in full:
            meant[start, end].append(form)
    proposals = [_proposal(text, *place, meant[place], known) for place in meant if not too_long(text[slice(*place)])]
    # A description may hold a name ("members of X") that is a mention besides; a name inside a name is none.
    names_alone = _unjoined(text, _longest(proposal for proposal in proposals if proposal.form == "name"))
    return sorted(names_alone + _longest(proposal for proposal in proposals if proposal.form == "nominal"))


def _acronyms(text: str, found: list[tuple[Form, int, int]], known: list[Form]) -> list[Form]:
    """The acronyms that a text gives in brackets after a name, where no name is known by them."""
    taken = {form.text for form in known}
    given = {}
    for form, _, end in found:
        acronym = _ACRONYM.match(text, end)
        initials = "".join(word[0] for word in re.findall(r"\w+", form.text) if word not in _UNCOUNTED).upper()
        if acronym and acronym[1] not in taken and initials == acronym[1].replace(".", "").upper():
            given[acronym[1]] = Form(acronym[1], form.entity, "name")
    return list(given.values())


def _proposal(text: str, start: int, end: int, meant: list[Form], known: dict[str, Entity]) -> Proposal:
    how = min((form.how for form in meant), key=ORDER.index)
    ids = tuple(sorted({form.entity for form in meant if form.how == how}))
    words = text[start:end].split()
    is_class = known[ids[0]]["kind"] == "legal-class" and len(words) > 1 and all(word[0].isupper() for word in words)
    is_name = is_class or how == "printed" or not is_description(known[ids[0]])
    return Proposal(start, end, ids, "name" if is_name else "nominal", how)


def _longest(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Of those that overlap, the longest."""
    chosen: list[Proposal] = []
    taken: set[int] = set()
    for proposal in sorted(proposals, key=lambda proposal: (proposal.start - proposal.end, proposal)):
        place = range(proposal.start, proposal.end)
        if taken.isdisjoint(place):
            taken.update(place)
            chosen.append(proposal)
    return chosen


def _unjoined(text: str, names: list[Proposal]) -> list[Proposal]:
    """Those that no hyphen joins to another name, as in `ISIS-M`; a place may be joined to a place: "Iraq-Syria"."""
    others = {edge for one in names if not all(map(_is_place, one.entities)) for edge in (one.start, one.end)}
    kept = []
    for one in names:
        after = _HYPHENED.match(text, one.end)
        before = _HYPHEN_BEFORE.search(text, max(0, one.start - 40), one.start)
        joined = [after.start(1)] if after else []
        joined += [before.end(1)] if before and before[1] not in _PREFIXES else []
        if not joined or (all(map(_is_place, one.entities)) and others.isdisjoint(joined)):
            kept.append(one)
    return kept


def _is_place(entity: str) -> bool:
    return entity.startswith(("gpe:", "loc:"))


def _matches(text: str, names: list[Form]) -> list[tuple[Form, int, int]]:
    """Every place where a form stands as a word or words of its own, Arabic proclitics aside."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        raise CteError(
            "the matcher of names is not installed", 'install it with: pip install "cte-corpus[author]"'
        ) from None
    patterns = defaultdict(list)
    for form in names:
        key = _bare(fold(form.text).text).replace('"', "").strip()
        if key:
            patterns[key].append(_Pattern(form, merged=False))
        if key.startswith("ال") and len(key) > 4:
            patterns[key[1:]].append(_Pattern(form, merged=True))
    keys = list(patterns)
    folded = fold(text)
    # Quotation marks come and go around a name inside a name: they are left out, with the way back.
    kept = [place for place, char in enumerate(folded.text) if char != '"']
    bare = _bare("".join(folded.text[place] for place in kept))
    found = []
    for index, first, last in AhoCorasick(keys).find_matches_as_indexes(bare, overlapping=True) if keys else ():
        before = _word_before(bare, first)
        if last < len(bare) and _in_word(bare[last]):
            continue
        start, end = folded.back(kept[first]), folded.back_end(kept[last - 1] + 1)
        start, end = _quoted(text, start, _with_marks(text, end))
        for pattern in patterns[keys[index]]:
            stands = _stands_alone(pattern, before, bare[first]) and _same_case(pattern.form.text, text[start:end])
            if stands and not _is_longer(pattern.form, text, end):
                found.append((pattern.form, start, end))
    return found


def _bare(folded: str) -> str:
    """With a space for each hyphen: "al-Qaida" is also written "al Qaida"."""
    return folded.replace("-", " ")


def _is_longer(form: Form, text: str, end: int) -> bool:
    """Whether a name is only the beginning of a longer one, "Egyptian Islamic Jihad", or of a currency."""
    if re.compile(COINS).match(text, end):
        return True
    if form.how != "adjective" and form.text not in _BODIES:
        return False
    following = _LONGER.match(text, end)
    return bool(following and not _TITLES.fullmatch(following["next"]) and not following["next"].isupper())


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _word_before(text: str, place: int) -> str:
    """The letters of the same word before a place."""
    start = place
    while start and _in_word(text[start - 1]):
        start -= 1
    return text[start:place]


def _stands_alone(pattern: _Pattern, before: str, first: str) -> bool:
    if pattern.merged:
        return bool(_BEFORE_MERGED.fullmatch(before))
    return not before or ("\u0600" <= first <= "\u06ff" and bool(_PROCLITICS.fullmatch(before)))


def _same_case(name: str, printed: str) -> bool:
    """Whether letters that are large in a name are so in the text: `MAP` is not "map"; `ISIS` may not be "Isis"."""
    if name.isupper() and len(name) < 7:
        return printed.isupper()
    return not any(map(str.isupper, name)) or any(map(str.isupper, printed))


def _with_marks(text: str, end: int) -> int:
    """The end of a match moved behind the marks of its last letter."""
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end


def _quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """A place with the closing mark of a quotation that opens in it: `coalition against "X` takes what follows."""
    inside = text[start:end]
    for opening, closing in _PAIRS.items():
        odd = inside.count(opening) % 2 if opening == closing else inside.count(opening) > inside.count(closing)
        if odd and text[end : end + 1] == closing:
            return start, end + 1
    return start, end


def silent(places: Iterable[tuple[str, int, int]], found: Iterable[Proposal]) -> Iterator[str]:
    """The names of those places (name, start, end) that hold no proposal."""
    starts = [proposal.start for proposal in found]
    for name, start, end in places:
        if not any(start <= place < end for place in starts):
            yield name
