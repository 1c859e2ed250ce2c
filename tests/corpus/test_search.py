"""Finding records by words and by filters."""

from pathlib import Path

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.corpus.search import select
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
