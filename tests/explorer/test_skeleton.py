"""What a document's page knows for a reader's own copy."""

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer.skeleton import skeleton
from cte_corpus.explorer.words import Words
from cte_corpus.show.lookup import Lookup


def test_records_are_called_in_both_languages_with_who_says_it() -> None:
    corpus = Corpus()
    arabic = Words("ar", {entity["id"]: entity for entity in corpus.raw_entities})
    raw = corpus.raw_document("treasury-jy0772")
    assert raw is not None
    records = skeleton(Lookup(corpus), raw, str, arabic)["records"]
    assert {record["kind"] for record in records if "ar" not in record} == {"section"}
    [accused] = [record for record in records if record["id"] == "treasury-jy0772:e52"]
    assert "alleged by US Department of the Treasury" in accused["name"]
    assert "ادعاء، على لسان: " in accused["ar"]
    assert "وزارة الخزانة الأمريكية" in accused["ar"]
    assert "Treasury" not in accused["ar"]
    [mention, *_] = [record for record in records if record["of"] == "org:daesh"]
    assert "تنظيم داعش" in mention["ar"]
