"""The guard: what adds up to a run of a source, and what does not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.text.chains import chains
from cte_corpus.text.folded_words import words
from cte_corpus.text.prose import MAX_CHARS, MAX_WORDS, Run, SourceIndex, shared_runs, too_long
from cte_corpus.text.view import reference_text

SOURCE = (
    "The harbour of Osterhavn lay open when the envoys of Veltania came ashore to sign a pact. "
    "وقالت الوزيرة إينا تورفالد إن مجلس المدينة وافق على خطة لإنارة الميناء قبل حلول الشتاء المقبل. "
    "Grey Lantern, the group that held the old mill, sent no one."
)
LETTERS = st.sampled_from("abcde فقكل")


def words_of(text: str) -> list[str]:
    return [word.text for word in words(text)]


def test_words_are_folded_and_keep_their_places() -> None:
    text = "«الــمَدينة», Straße—o'clock ½"
    found = words(text)
    assert [word.text for word in found] == ["المدينة", "strasse", "o", "clock", "1", "2"]
    assert [text[word.start : word.end] for word in found] == ["الــمَدينة", "Straße", "o", "clock", "½", "½"]


@given(st.text(max_size=40))
def test_words_are_in_order_and_not_empty(text: str) -> None:
    found = words(text)
    assert [word.start for word in found] == sorted(word.start for word in found)
    assert all(word.text and word.start < word.end <= len(text) for word in found)
    assert words_of("".join(word.text + " " for word in found)) == [word.text for word in found]


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("a " * MAX_WORDS, False),
        ("a " * (MAX_WORDS + 1), True),
        ("a-" * (MAX_WORDS + 1), True),
        ("x" * MAX_CHARS, False),
        ("x" * (MAX_CHARS + 1), True),
        ("!" * (MAX_CHARS + 1), True),
        ("ع " * 12, False),
        ("ع " * 13, True),
    ],
)
def test_a_span_is_too_long_by_words_or_characters(text: str, long: bool) -> None:
    assert too_long(text) is long


def test_a_run_is_found_however_it_is_dressed() -> None:
    own = "Note: THE  harbour—of “Osterhavn” lay\nopen, when the envoys of Veltania came ashore! Nothing more."
    assert own[6:].startswith("THE")
    runs = list(shared_runs(own, SourceIndex(SOURCE)))
    assert [(own[run.start : run.end][:3], own[run.start : run.end][-6:], run.words) for run in runs] == [
        ("THE", "ashore", 13)
    ]


def test_harakat_and_tatweel_do_not_hide_a_run() -> None:
    own = "قَالَت الوزيرة؟ وقالت الــوزيرة اينا: "
    assert not list(shared_runs(own, SourceIndex(SOURCE)))
    start = SOURCE.index("الوزيرة")
    dressed = "ـ".join(SOURCE[start : start + 90]).replace("\u0640 ", " ")
    assert [run.chars > MAX_CHARS for run in shared_runs(dressed, SourceIndex(SOURCE))] == [True]


def test_runs_within_the_limits_are_free() -> None:
    twelve = " ".join(SOURCE.split()[:12])
    assert len(words(twelve)) == MAX_WORDS
    assert len(twelve) <= MAX_CHARS
    assert not list(shared_runs(f"{twelve} otherwise {twelve}", SourceIndex(SOURCE)))


def test_two_separate_runs_are_two() -> None:
    first, second = " ".join(SOURCE.split()[:14]), " ".join(SOURCE.split()[2:16])
    assert [run.words for run in shared_runs(f"{first} but {second}", SourceIndex(SOURCE))] == [14, 14]


@given(st.lists(LETTERS, max_size=150), st.lists(LETTERS, max_size=60))
def test_a_text_shares_a_run_just_where_a_search_by_hand_finds_one(source: list[str], text: list[str]) -> None:
    own, theirs = "".join(text), "".join(source)
    first, second = words_of(own), f" {' '.join(words_of(theirs))} "
    by_hand = any(
        (j - i > MAX_WORDS or len(" ".join(first[i:j])) > MAX_CHARS) and f" {' '.join(first[i:j])} " in second
        for i in range(len(first))
        for j in range(i + 1, len(first) + 1)
    )
    assert bool(list(shared_runs(own, SourceIndex(theirs)))) is by_hand


def spans_of(text: str, *parts: str) -> list[tuple[int, int, str]]:
    spans = []
    at = 0
    for part in parts:
        at = text.index(part, at)
        spans.append((at, at + len(part), part))
        at += len(part)
    return spans


ENGLISH = "The harbour of Osterhavn", "lay open when the envoys", "of Veltania came ashore to sign"
ARABIC = "قالت الوزيرة إينا", "تورفالد إن مجلس المدينة", "افق على خطة لإنارة", "لميناء قبل حلول الشتاء"


@pytest.mark.parametrize("text", [None, SOURCE])
@pytest.mark.parametrize(("parts", "size"), [(ENGLISH, 15), (ARABIC, 15)])
def test_neighbours_that_add_up_to_prose_are_a_chain(text: str | None, parts: tuple[str, ...], size: int) -> None:
    spans = spans_of(SOURCE, *parts)
    run = Run(spans[0][0], spans[-1][1], size, 0)
    assert [found._replace(chars=0) for found in chains(reversed(spans), text)] == [run]


@pytest.mark.parametrize("text", [None, SOURCE])
def test_a_whole_word_between_breaks_a_chain(text: str | None) -> None:
    assert not list(chains(spans_of(SOURCE, *ENGLISH[:1], "open when the envoys of Veltania came ashore"), text))


@pytest.mark.parametrize("text", [None, SOURCE])
def test_with_a_section_a_chain_ends(text: str | None) -> None:
    spans = spans_of(SOURCE, *ENGLISH)
    edge = spans[1][0]
    assert not list(chains(spans, text, edges=[edge]))
    assert len(list(chains(spans, text, edges=[0, spans[0][1] - 1, len(SOURCE)]))) == 1


@pytest.mark.parametrize(("gap", "is_chain"), [(" I ", False), ("’s ", False), (", ", True), (" ", True)])
def test_a_chain_is_one_with_the_text_and_without(gap: str, is_chain: bool) -> None:
    text = f"They saw from afar how{gap}went and in the end how they all did x"
    spans = spans_of(text, "They saw from afar how", "went and in the end how they all did")
    assert bool(list(chains(spans, text))) is bool(list(chains(spans))) is is_chain


WORDS = st.lists(st.sampled_from(["a", "to", "Torvald", "لإنارة", "وافق", "و", "إِنَّ"]), min_size=9, max_size=40)
SIGNS = st.sampled_from([" ", "’", ", ", " (", ".\n\n", "—", " – ", "” “"])


@given(WORDS, st.data())
def test_what_is_a_chain_without_the_text_is_one_with_it(words: list[str], data: st.DataObject) -> None:
    text, spans, edges = "", [], []
    for word in words:
        start = len(text) + (word == "وافق")  # what Arabic writes to a word stays out
        text += word
        if data.draw(st.booleans()):
            spans.append((start, len(text), text[start:]))
        text += data.draw(SIGNS)
        if text.endswith("\n"):
            edges.append(len(text))
    with_it = {(run.start, run.end) for run in chains(spans, text, edges)}
    for run in chains(spans, None, edges):
        assert any(start <= run.start and run.end <= end for start, end in with_it)
    exact = chains(spans, f"{text} 中", edges)  # a character that is not common: nothing is told in bytes
    assert list(chains(spans, text, edges)) == list(exact)


def test_nested_spans_count_once_and_one_span_is_no_chain() -> None:
    long = SOURCE[:85]
    assert not list(chains([(0, 85, long), (4, 11, long[4:11]), (0, 3, long[:3])], SOURCE))
    short = SOURCE[:60]
    assert not list(chains([(0, 60, short), (4, 40, SOURCE[4:40]), (15, 60, SOURCE[15:60])]))


def test_offsets_out_of_place_do_no_harm() -> None:
    assert not list(chains([(0, 10**15, "x"), (5, 2, ""), (10**15, 10**15 + 3, "abc")]))
    assert not list(chains([(10**6, 10**6 + 50, "x"), (10**6 + 51, 10**6 + 99, "y")], SOURCE))


def covered_by_hand(text: str, spans: list[tuple[int, int, str]]) -> bool:
    """Whether some row of words over the limits is such that each is at least touched by a span of the row."""
    own = words(text)
    touched = [any(start < word.end and end > word.start for start, end, _ in spans) for word in own]
    for first in range(len(own)):
        for last in range(first, len(own)):
            row = [word.text for word in own[first : last + 1]]
            if all(touched[first : last + 1]) and (len(row) > MAX_WORDS or len(" ".join(row)) > MAX_CHARS):
                return True
    return False


@given(st.text(st.sampled_from("abc ,"), min_size=30, max_size=120), st.data())
def test_with_the_text_a_chain_is_exact(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20))
    spans = [
        (start, min(start + size, len(text)), text[start : start + size])
        for start, size in data.draw(st.lists(places, min_size=1, max_size=14))
    ]
    assert bool(list(chains(spans, text))) is covered_by_hand(text, spans)


def test_the_article_is_one_run_of_itself_and_shares_none_with_another_text(shared: Path) -> None:
    text = reference_text((shared / "sources" / "alamsar-2022-marrakesh.txt").read_bytes(), "plain-1")
    own = words(text)
    assert [(run.start, run.end, run.words) for run in shared_runs(text, SourceIndex(text))] == [
        (own[0].start, own[-1].end, len(own))
    ]
    assert not list(shared_runs(SOURCE, SourceIndex(text)))
