"""What is proven of edited sentences: by their edges, by all that is known of them; and what is not."""

import random

import pytest

from cte_corpus.attach.attach import PROVEN, Attachment, attach
from cte_corpus.attach.chain import Copy, Place
from tests.attach.test_attach import known_of
from tests.attach.test_proof import CLOSING, false_proofs, joined, other, own_paragraphs, release

BEFORE = "Envoys of forty states met there before dawn, and left in the evening."
EDITED = "In 2016 Grey Lantern carried cash from Port Sable to Osterhavn for the Tidal Front."
AFTER = "No one was told where the money came from, nor where it went."
ONE_LINE = "\n\n".join([CLOSING[0], f"{BEFORE} {EDITED} {AFTER}", *CLOSING[1:]])
BY_ITSELF = "\n\n".join([CLOSING[0], BEFORE, EDITED, AFTER, *CLOSING[1:]])


def proven(text: str, result: Attachment) -> set[str]:
    """The words of the edited sentence that are proven."""
    start = text.index(EDITED)
    return {
        text[slice(*key)]
        for key, placed in result.spans.items()
        if start <= key[0] < start + len(EDITED) and placed.status in PROVEN
    }


@pytest.mark.parametrize("text", [ONE_LINE, BY_ITSELF])
@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("cash", "silver", set()),
        ("carried", "moved", set()),
        ("for the", "for", set()),
        ("Port Sable", "the port", {"Port Sable"}),
        ("In 2016", "In 2017", {"In", "2016"}),
    ],
)
def test_all_names_beside_an_edit_are_proven(text: str, old: str, new: str, lost: set[str]) -> None:
    result = attach(known_of(text), text.replace(old, new))
    names = {"In", "2016", "Grey Lantern", "Port Sable", "Osterhavn", "Tidal Front"}
    assert names - lost <= proven(text, result) | lost
    assert not proven(text, result) & (lost - {"In"})


def test_a_name_that_moved_into_the_place_of_its_twin_is_not_proven() -> None:
    """Of two equal names one was taken out: which of them is left, no one can tell."""
    twice = "Joren Maas met Joren Maas in Osterhavn, and Port Sable was closed for the Tidal Front."
    text = ONE_LINE.replace(EDITED, twice)
    result = attach(known_of(text), text.replace("met Joren Maas ", ""))
    spans = {key: placed for key, placed in result.spans.items() if text[slice(*key)] == "Joren Maas"}
    assert len(spans) == 2
    assert not any(placed.status in PROVEN for placed in spans.values())


@pytest.mark.parametrize("tail", ["s", "٣", "3"])
def test_a_word_that_goes_on_is_not_proven(tail: str) -> None:
    text = ONE_LINE.replace("In 2016 Grey", "Grey").replace("Tidal Front.", "Tidal Front in 2016.")
    result = attach(known_of(text), text.replace("2016.", f"2016{tail}."))
    [placed] = [placed for key, placed in result.spans.items() if text[slice(*key)] == "2016"]
    assert placed.status not in PROVEN


@pytest.mark.parametrize("seed", range(4))
def test_many_edits_are_not_taken_for_another_text(seed: int) -> None:
    """Paragraphs in another order, a word in thirty replaced, lines of a page between them."""
    rng = random.Random(seed)
    parts = [part for _ in range(3) for part in release(rng, [])[:-1]]
    text = "\n\n".join([*parts, CLOSING[0]])
    paragraphs = own_paragraphs(text)
    rng.shuffle(paragraphs)
    mixed = [
        part for own in paragraphs for part in ((own, other("Read also: the week")) if rng.random() < 0.3 else (own,))
    ]
    copy = [("-" if char == " " and rng.random() < 1 / 150 else char, origin) for char, origin in joined(mixed)]
    result = attach(known_of(text), "".join(char for char, _ in copy))
    assert list(false_proofs(text, result, [origin for _, origin in copy])) == []
    assert sum(placed.status in PROVEN for placed in result.spans.values()) > 0.6 * len(result.spans)


def test_what_begins_before_the_copy_is_masked_within_it() -> None:
    copy = Copy("Grey Lantern", set(), set(), {}, set())
    places = [Place(-5, 3, 0.0, []), Place(2, 4, 0.0, []), Place(8, 40, 0.0, [])]
    assert copy.masked(places).text == "\0\0\0\0 Lan\0\0\0\0"
