"""Names of the registry found in a text, dates, figures."""

import json
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.authoring.propose import mentions
from cte_corpus.text.dates import dates
from cte_corpus.text.figures import figures


def entity(id_: str, kind: str, *names: str) -> dict[str, Any]:
    scripts = [("ar", "Arab") if "\u0600" <= name[0] <= "\u06ff" else ("en", "Latn") for name in names]
    listed = [
        {"text": n, "lang": lang, "script": s, "use": "alias"} for n, (lang, s) in zip(names, scripts, strict=True)
    ]
    return {"id": id_, "kind": kind, "names": listed}


REGISTRY = [
    entity("org:grey-lantern", "armed-group", "Grey Lantern", "تنظيم الفانوس", "الفانوس"),
    entity("org:league", "coalition", "League against Grey Lantern", "الرابطة البحرية ضد الفانوس"),
    entity("org:sea-ministry", "government-body", "وزارة البحر الفلتانية"),
    entity("org:sable-news", "media", "SABLE"),
    entity("person:ina-torvald", "person", "Ina Torvald", "إينا تورفالد"),
    entity("person:una-torvald", "person", "Una Torvald"),
    entity("gpe:veltania", "country", "Veltania", "فلتانيا"),
    entity("gpe:port-sable", "city", "Port Sable", "المرفأ الأسود"),
    entity("group:lantern-fighters", "population", "Grey Lantern fighters"),
]


def test_a_country_whose_name_is_an_article_has_a_form() -> None:
    places = mentions("ال ستان", [entity("gpe:a", "country", "ال"), entity("gpe:b", "country", "ستان")])
    assert [place.entities for place in places] == [("gpe:a",), ("gpe:b",)]


def test_a_name_of_thousands_of_words_is_not_searched_for_others() -> None:
    long = " ".join(f"w{number}" for number in range(5_000))
    places = mentions("w1 of Port Sable", [entity("org:long", "media", long), *REGISTRY])
    assert [place.entities for place in places] == [("gpe:port-sable",)]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.entities[0], m.how) for m in mentions(text, REGISTRY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وبالمرفأ الأسود", [("المرفأ الأسود", "gpe:port-sable", "name")]),
        ("عاد للمرفأ الأسود", [("لمرفأ الأسود", "gpe:port-sable", "name")]),
        ("عاد لفلتانيا", [("فلتانيا", "gpe:veltania", "name")]),
        ("ضد تنظيم «الفانوس»", [("تنظيم «الفانوس»", "org:grey-lantern", "name")]),
        ("قال الفانوسي", []),
        ("Grey Lantern-North, Grey Lantern-Veltania", []),
        ("the Veltania-Lowland border", [("Veltania", "gpe:veltania", "name")]),
        ("Grey Lantern-affiliated men", [("Grey Lantern", "org:grey-lantern", "name")]),
        ("الفانوس-فلتانيا", []),
        ("الوزير الفلتاني", [("الفلتاني", "gpe:veltania", "adjective")]),
        ("الجمهورية الفلتانية", [("الجمهورية الفلتانية", "gpe:veltania", "adjective")]),
        ("الرابطة البحرية ضد تنظيم الفانوس", [("الرابطة البحرية ضد تنظيم الفانوس", "org:league", "nested")]),
        ("الرابطة البحرية", []),
        (
            "الرابطة البحرية ضد “الفانوس”، والرابطة البحرية",
            [
                ("الرابطة البحرية ضد “الفانوس”", "org:league", "name"),
                ("الرابطة البحرية", "org:league", "short"),
            ],
        ),
        ("وِزَارة البحر الفلتانيّة", [("وِزَارة البحر الفلتانيّة", "org:sea-ministry", "name")]),
        ("Torvald left", []),
        (
            "Ina Torvald left; Torvald's ship",
            [("Ina Torvald", "person:ina-torvald", "name"), ("Torvald", "person:ina-torvald", "surname")],
        ),
        ("GREY LANTERN and a grey lantern", [("GREY LANTERN", "org:grey-lantern", "name")]),
        ("SABLE said that sable is dear", [("SABLE", "org:sable-news", "name")]),
        (
            "Grey Lantern fighters",
            [("Grey Lantern", "org:grey-lantern", "name"), ("Grey Lantern fighters", "group:lantern-fighters", "name")],
        ),
    ],
)  # fmt: skip
def test_mentions(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_a_surname_of_two_people_is_left_open() -> None:
    proposals = mentions("Ina Torvald met Una Torvald. Torvald left.", REGISTRY)
    assert proposals[-1].entities == ("person:ina-torvald", "person:una-torvald")


def test_populations_are_nominal() -> None:
    assert [m.form for m in mentions("Grey Lantern fighters", REGISTRY)] == ["name", "nominal"]


def test_an_empty_registry_finds_nothing() -> None:
    assert mentions("Ina Torvald left.", []) == []


def test_precision_on_coded_documents(tidewater: Path) -> None:
    """Whatever is proposed in the invented corpus as a name is coded there."""
    registry = [json.loads(path.read_bytes()) for path in (tidewater / "entities").glob("*/*.json")]
    for name in ("harbour-talks", "bayan-al-marfa"):
        text = (tidewater.parent / "tidewater-texts" / f"{name}.txt").read_text(encoding="utf-8").strip()
        coded = json.loads((tidewater / "documents" / name / "mentions.json").read_bytes())["records"]
        places = {(m["span"]["start"], m["span"]["end"], m["entity"]) for m in coded if m["form"] == "name"}
        proposed = {(m.start, m.end, m.entities[0]) for m in mentions(text, registry) if m.form == "name"}
        assert proposed
        assert len(proposed & places) / len(proposed) > 0.9
        assert len(proposed & places) / len(places) > 0.85


@pytest.mark.parametrize(
    ("text", "printed", "edtf"),
    [
        ("on 11 May 2022.", "11 May 2022", "2022-05-11"),
        ("On May 11, 2022, he", "May 11, 2022", "2022-05-11"),
        ("in Sept. 2014", "Sept. 2014", "2014-09"),
        ("dated 2022-05-11", "2022-05-11", "2022-05-11"),
        ("since 2019", "since 2019", "2019/.."),
        ("until March 2019", "until March 2019", "../2019-03"),
        ("in about 2016", "about 2016", "2016~"),
        ("7 and 8 November 2019", "7 and 8 November 2019", "2019-11-07/2019-11-08"),
        ("on 11 May, he", "11 May", ""),
        ("في تشرين الثاني/نوفمبر 2015", "تشرين الثاني/نوفمبر 2015", "2015-11"),
        ("يومَي 7 و8 تشرين الثاني/نوفمبر ٢٠١٩", "7 و8 تشرين الثاني/نوفمبر ٢٠١٩", "2019-11-07/2019-11-08"),
        ("في ١٢ أيّار (مايو) 2022", "١٢ أيّار (مايو) 2022", "2022-05-12"),
        ("منذ عام 2011", "منذ عام 2011", "2011/.."),
        ("قبل نهاية عام 2023", "قبل نهاية عام 2023", "../2023"),
        ("في سبتمبر عام 2014", "سبتمبر عام 2014", "2014-09"),
    ],
)
def test_dates(text: str, printed: str, edtf: str) -> None:
    assert [(text[date.start : date.end], date.edtf) for date in dates(text)] == [(printed, edtf)]


@pytest.mark.parametrize(
    "text", ["31 February 2022", "it may 10 times", "paragraph 2022", "مايو/نيسان 2022", "12/2019"]
)
def test_no_dates(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "printed", "comparator", "bounds", "unit"),
    [
        ("more than 80 states", "more than 80", "gt", (None, 80, None), ""),
        ("at least 2.5 million dollars", "at least 2.5 million dollars", "ge", (None, 2_500_000, None), "USD"),
        ("about $1,500 a month", "about $1,500", "approx", (1500, None, None), "USD"),
        ("no more than 30 people", "no more than 30", "le", (None, None, 30), ""),
        ("50 percent or more of it", "50 percent or more", "ge", (None, 50, None), "percent"),
        ("between 10 and 20 ships", "between 10 and 20", "between", (None, 10, 20), ""),
        ("the five ships", "five", "eq", (5, None, None), ""),
        ("أكثر من 80 دولة", "أكثر من 80", "gt", (None, 80, None), ""),
        ("ما لا يقل عن ٢٦٠٠ شخص", "ما لا يقل عن ٢٦٠٠", "ge", (None, 2600, None), ""),
        ("ما يقرب من 343 هجوما", "ما يقرب من 343", "approx", (343, None, None), ""),
        ("أقل من 900 ألف دولار", "أقل من 900 ألف دولار", "lt", (None, None, 900_000), "USD"),
        ("و20 منظمة", "20", "eq", (20, None, None), ""),
        ("نقل خمسة وعشرين ألف دولار", "خمسة وعشرين ألف دولار", "eq", (25_000, None, None), "USD"),
        ("حضر خمسة عشر شخصا", "خمسة عشر", "eq", (15, None, None), ""),
        ("twenty-five boats", "twenty-five", "eq", (25, None, None), ""),
        ("بلغت 12 مليون و500 ألف دولار", "12 مليون و500 ألف دولار", "eq", (12_500_000, None, None), "USD"),
        ("نحو ٪٢٠ من المال", "نحو ٪٢٠", "approx", (20, None, None), "percent"),
        ("ثلاثمائة وخمسين ألفا", "ثلاثمائة وخمسين ألفا", "eq", (350_000, None, None), ""),
        ("ألف ومئتين", "ألف ومئتين", "eq", (1200, None, None), ""),
        ("بين خمسة وعشرين رجلا", "بين خمسة وعشرين", "between", (None, 5, 20), ""),
        ("ثلاثة على الأقل", "ثلاثة على الأقل", "ge", (None, 3, None), ""),
        ("ثلاثة أشخاص على الأقل", "ثلاثة أشخاص على الأقل", "ge", (None, 3, None), ""),
        ("over U.S. $200 million", "over U.S. $200 million", "gt", (None, 200_000_000, None), "USD"),
        ("$3-5 million of it", "$3-5 million", "between", (None, 3_000_000, 5_000_000), "USD"),
        ("one hundred and fifty men", "one hundred and fifty", "eq", (150, None, None), ""),
        ("tens of millions of dollars", "tens of millions of dollars", "many", (None, None, None), "USD"),
        ("مئات الآلاف من الناس", "مئات الآلاف", "many", (None, None, None), ""),
        ("more than 2000 men", "more than 2000", "gt", (None, 2000, None), ""),
    ],
)
def test_figures(text: str, printed: str, comparator: str, bounds: tuple[Any, ...], unit: str) -> None:
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == printed
    assert (figure.comparator, (figure.value, figure.lower, figure.upper), figure.unit) == (comparator, bounds, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Order 12 freezes it", "القرار 2462", "يوم الإثنين", "A12 and B-13", "http://x.example/1234", "as of 2014 he",
        "between 1989 and 1994", "at least 2007", "the 1267 Committee", "(202) 555-1999", "(1) to prevent, 2) to stop",
        "1.500 euros", "1 500 000 francs", "2'000 francs", "3,5 tonnes", "three and a half million",
        "ثلاثة ملايين ونصف", "born on 3 May 1966POB", "2007-7-24-12", "Room 43, Address 1: Flat 4", "at 2 p.m.",
        "No. 1617889",
    ],
)  # fmt: skip
def test_no_figures(text: str) -> None:
    assert figures(text) == []


def test_every_number_is_read_where_one_is_asked_for() -> None:
    assert [figure.value for figure in figures("as of 2014 (3)", every=True)] == [2014, 3]
    assert figures("tens of millions", every=True) == []


def test_of_two_numbers_that_are_joined_each_is_one() -> None:
    assert [figure.value for figure in figures("two and three, 7 and 8")] == [2, 3, 7, 8]


@pytest.mark.parametrize(
    ("text", "printed", "edtf", "note"),
    [
        ("In late 2017, he", "late 2017", "2017", ""),
        ("As of early 2021, he", "As of early 2021", "2021", ""),
        ("in mid-2019", "mid-2019", "2019", ""),
        ("In mid-January 2016, he", "mid-January 2016", "2016-01", ""),
        ("في أواخر عام 2017", "أواخر عام 2017", "2017", ""),
        ("On November 8 and 9, 2022, the", "November 8 and 9, 2022", "2022-11-08/2022-11-09", ""),
        ("On November 19 and 20, the", "November 19 and 20", "", "the year is not printed"),
        ("on 03/04/2015", "03/04/2015", "", "doubtful, digits alone: 2015-04-03 or 2015-03-04"),
        ("on 13.04.2015 there", "13.04.2015", "", "doubtful, digits alone: 2015-04-13"),
    ],
)
def test_more_dates(text: str, printed: str, edtf: str, note: str) -> None:
    (date,) = dates(text)
    assert (text[date.start : date.end], date.edtf, date.note) == (printed, edtf, note)


@pytest.mark.parametrize("text", ["DOB: 1 March 1961; POB", "born on 3 May 1966", "Expires: 7 September 2013"])
def test_a_date_of_a_person_is_called_one(text: str) -> None:
    assert [date.is_particular for date in dates(text)] == [True]
    assert [date.is_particular for date in dates("on 3 May 1966")] == [False]


SEAS = [
    entity("org:treasury", "government-body", "U.S. Department of the Treasury"),
    entity("org:un", "igo", "UN", "United Nations"),
    entity("org:front", "armed-group", "Al-Tidal", "Tidal Front in Sable"),
    entity("org:league", "coalition", "League to Defeat Al-Tidal"),
    entity("gpe:egypt", "country", "Egypt"),
    entity("loc:south-east", "region", "South-East Veltania"),
    entity("org:egyptian-authorities", "government-body", "Egyptian authorities"),
    entity("work:hawala", "mechanism", "Hawala"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The US Department of the Treasury and the Treasury Department",
            ["US Department of the Treasury", "Treasury Department"],
        ),
        ("the U.N. said", ["U.N."]),
        ("the UN 1267 Committee and the UN", ["UN"]),
        ("al Tidal and al-Tidal", ["al Tidal", "al-Tidal"]),
        ("the Tidal Front in Sable (TFS) and TFS", ["Tidal Front in Sable", "TFS", "TFS"]),
        ("the League to Counter Al-Tidal", ["League to Counter Al-Tidal"]),
        ("an Egyptian minister, Egyptian Islamic Front, Egyptian President", ["Egyptian", "Egyptian"]),
        ("Southeast Veltania", ["Southeast Veltania"]),
        ("Egyptian authorities", ["Egyptian"]),
        ("by hawalas", ["hawalas"]),
    ],
)
def test_spellings_that_a_text_may_have(text: str, expected: list[str]) -> None:
    proposed = mentions(text, SEAS, [("hawala", "work:hawala")])
    assert [text[one.start : one.end] for one in proposed if one.form == "name"] == expected


def test_names_that_other_documents_print_are_known() -> None:
    assert mentions("Said the Lantern.", REGISTRY) == []
    (one,) = mentions("Said the Lantern.", REGISTRY, [("Lantern", "org:grey-lantern"), ("Lantern", "org:gone")])
    assert (one.entities, one.how) == (("org:grey-lantern",), "printed")


def test_a_figure_inside_a_date_is_none() -> None:
    text = "on 11 May 2022"
    assert figures(text, [(date.start, date.end) for date in dates(text)]) == []
