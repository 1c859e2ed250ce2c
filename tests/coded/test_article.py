"""The coded article: what is particular to it."""

from cte_corpus.edtf import bounds

from .reading import Coded, read

ARTICLE: Coded = read("alamsar-2022-marrakesh")
LENGTH = 7780
SHA256 = "d96c4f46a24035333aad82878722a6dd9c9d4be5125e49db858fe15c55ea856f"


def test_size() -> None:
    assert len(ARTICLE.mentions) >= 220
    assert len(ARTICLE.events) >= 150
    assert len(ARTICLE.sentences) >= 45


def test_five_sanctions_of_one_designation() -> None:
    assert len(ARTICLE.sanctions) == 5
    assert len({sanction["target"] for sanction in ARTICLE.sanctions}) == 5
    (designation,) = {sanction["event"] for sanction in ARTICLE.sanctions}
    event = ARTICLE.events[designation]
    assert event["type"] == "legal.sanctions_designation"
    (figure,) = [quantity for quantity in event["quantities"] if quantity["measure"] == "targets"]
    assert (figure["comparator"], figure["value"]) == ("eq", 5)
    targets = {argument["entity"] for argument in event["arguments"] if argument["role"] == "target"}
    assert {sanction["target"] for sanction in ARTICLE.sanctions} <= targets
    for sanction in ARTICLE.sanctions:
        assert all(ARTICLE.mentions[mention]["entity"] == sanction["target"] for mention in sanction["mentions"])
        assert all(ARTICLE.events[conduct]["status"] == "alleged" for conduct in sanction.get("conduct", []))


def test_both_sides_of_a_conflict_are_linked() -> None:
    pairs = {
        (event["id"], relation["event"])
        for event in ARTICLE.events.values()
        for relation in event.get("relations", [])
        if relation["rel"] == "conflicts-with"
    }
    assert pairs
    assert {(second, first) for first, second in pairs} == pairs
    measures = [{q["measure"] for q in ARTICLE.events[first]["quantities"]} for first, _ in pairs]
    assert any("members" in found or "countries" in found for found in measures)


def test_march_of_this_year_is_that_of_the_passage() -> None:
    """The passage was pasted from a text of 2019, so its March of "this year" is not that of the article."""
    found = [
        (event, time)
        for event in ARTICLE.events.values()
        for time in event.get("times", [])
        if time["edtf"] == "2019-03" and time["basis"] == "resolved"
    ]
    assert found
    for event, time in found:
        section = next(section for section in ARTICLE.sections if section["id"] == time["anchor"])
        assert "vintage" in section
        assert bounds(section["vintage"]["edtf"])[0] > "2019-03-31"  # type: ignore[operator]
        assert bounds(section["vintage"]["edtf"])[1] < "2020-03"  # type: ignore[operator]
        assert any(sentence.rpartition(".")[0] == section["id"] for sentence in event["evidence"])
