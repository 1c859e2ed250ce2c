"""Finding records by words and by filters."""

from pathlib import Path

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.corpus.search import find, select
from cte_corpus.errors import CteError


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("grey lantern", "org:grey-lantern"),
        ("GREY lant", "org:grey-lantern"),
        ("الفانوس الرمادي", "org:grey-lantern"),
        ("والفانوس", "org:grey-lantern"),
        ("فانوس", "org:grey-lantern"),
        ("بورت سابل", "gpe:port-sable"),
        ("harbour-talks:e06", "harbour-talks:e06"),
        ("harbour-talks:m002", "harbour-talks:m002"),
        ("moved millions", "harbour-talks:e06"),
        ("concealed", "harbour-talks:s01"),
        ("hidden cash", "harbour-talks"),
    ],
)
def test_words_find_records(tidewater: Path, words: str, key: str) -> None:
    assert key in Corpus(tidewater).find(words)


def test_words_that_nothing_holds_find_nothing(tidewater: Path) -> None:
    assert Corpus(tidewater).find("zeppelin") == Corpus(tidewater).find("...") == ()


def test_filters(tidewater: Path) -> None:
    corpus = Corpus(tidewater)
    assert list(select(corpus, "events", status="alleged")) == [
        "bayan-al-marfa:e07",
        "harbour-talks:e04",
        "harbour-talks:e06",
    ]
    assert list(select(corpus, "events", of_type="fin", document="harbour-talks", entity="gpe:port-sable")) == [
        "harbour-talks:e06"
    ]
    assert list(select(corpus, "events", since="2021-03", until="2021-04", document="harbour-talks")) == [
        "harbour-talks:e06",
        "harbour-talks:e08",
    ]
    assert list(select(corpus, "sanctions", entity="person:joren-maas")) == ["harbour-talks:x01"]
    assert list(select(corpus, "sanctions", since="2022-05-10")) == []
    assert list(select(corpus, "documents", of_type="news-article", entity="person:ina-torvald")) == ["harbour-talks"]
    assert "person:joren-maas" in list(select(corpus, "entities", of_type="person", document="harbour-talks"))
    with pytest.raises(CteError, match="yesterday"):
        list(select(corpus, "events", since="yesterday"))


def test_entities_called_just_so_come_first_then_those_whose_names_begin_so(tidewater: Path) -> None:
    class Held:
        raw_documents = ()
        raw_entities = tuple(
            {"id": key, "names": [{"text": name} for name in names], "description": [{"text": "Of the Tide."}]}
            for key, *names in (
                ("group:friends", "Friends of the Tide"),
                ("group:tide-watch", "Tide Watch"),
                ("org:board", "The Board"),
                ("org:tide", "Tidal Front", "The Front", "TIDE"),
                ("org:water", "Tidewater Post"),
            )
        )

    found = [key for _, key in find(Held(), "tide")]  # type: ignore[arg-type]
    assert found == ["org:tide", "group:tide-watch", "org:water", "group:friends", "org:board"]
    assert Corpus(tidewater).find("grey lantern")[0] == "org:grey-lantern"


@pytest.mark.parametrize(
    ("kind", "given", "message", "meant"),
    [
        ("events", {"status": "allegedd"}, "no status 'allegedd'", "did you mean `alleged`?"),
        ("events", {"of_type": "fin.transfr"}, "no event type 'fin.transfr'", "did you mean `fin.transfer`?"),
        ("events", {"of_type": "finn"}, "no event type 'finn'", "did you mean `fin`?"),
        ("events", {"of_type": ""}, "no event type ''", "list = 'event-type'"),
        ("entities", {"of_type": "persn"}, "no entity kind 'persn'", "did you mean `person`?"),
        ("documents", {"of_type": "press-relaese"}, "no genre 'press-relaese'", "did you mean `press-release`?"),
        ("documents", {"of_type": "zzz"}, "no genre 'zzz'", "list = 'genre'"),
        ("events", {"since": "2022-06", "until": "2022-05"}, "from 2022-06 to 2022-05", "swap the two"),
        ("sanctions", {"since": "2022-05-02", "until": "2022-05-01"}, "later than the last", "swap the two"),
    ],
)
def test_unknown_codes_and_turned_dates_are_refused(
    tidewater: Path, kind: str, given: dict[str, str], message: str, meant: str
) -> None:
    with pytest.raises(CteError) as caught:
        list(select(Corpus(tidewater), kind, **given))
    assert message in caught.value.message
    assert meant in caught.value.hint
