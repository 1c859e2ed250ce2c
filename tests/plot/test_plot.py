"""Pictures: what they say of what is alleged and uncertain, and what is in the files."""

from __future__ import annotations

import json
import re
import struct
import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import altair
import pytest

import cte_corpus
from cte_corpus import plot, vocabulary
from cte_corpus.errors import CteError
from cte_corpus.plot.look import Words, _words
from cte_corpus.plot.ties import _box, _lines, apart
from cte_corpus.tabular.database import connect
from tests.cli.conftest import Cte, cte
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["cte"]

KINDS = ("timeline", "types", "network", "map", "contested")
MARKS = re.compile("[\u2067-\u2069]")


@cache
def spec(kind: str, lang: str = "en", width: int = 760) -> dict[str, Any]:
    """The specification of a picture of the bundled corpus."""
    found: dict[str, Any] = getattr(plot, kind)(lang=lang, width=width).to_dict()
    return found


def values(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every row of data in a specification."""
    for part in (found, *found["layer"]):
        yield from (row for row in part.get("data", {}).get("values", ()) if row.get("type") != "Feature")


def texts(found: dict[str, Any]) -> set[str]:
    """Every text in a picture, a label of several lines as one, without the marks of direction."""
    said: set[str] = set()
    for row in values(found):
        for value in row.values():
            if isinstance(value, list) and value and isinstance(value[0], str):
                said.add(MARKS.sub("", " ".join(value)))
            elif isinstance(value, str):
                said.add(MARKS.sub("", value))
    return said | {MARKS.sub("", " ".join(found["title"]["subtitle"]))}


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# Every picture


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_picture_is_valid_vega_lite_and_its_own_words_are_of_its_language(kind: str, lang: str) -> None:
    found = spec(kind, lang)
    altair.Chart.from_dict(found)  # validates against the schema
    letters = re.compile("[ء-ي]" if lang == "ar" else "[A-Za-z]")
    assert letters.search(found["title"]["text"])
    assert found["title"]["anchor"] == ("end" if lang == "ar" else "start")


def test_lines_in_arabic_run_from_right_to_left(kind: str) -> None:
    for row in values(spec(kind, "ar")):
        for key in ("label", "name", "text", "who", "says", "days", "told", "type"):
            for line in row[key] if isinstance(row.get(key), list) else [row.get(key)]:
                assert not line or (line.startswith("\u2067") and line.endswith("\u2069")), (key, line)


@pytest.mark.long
def test_the_same_corpus_gives_the_same_files(kind: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        chart = getattr(plot, kind)(ROOT / "tests/corpora/tidewater")
        for ending in (".svg", ".png", ".json"):
            plot.save(chart, tmp_path / f"{name}{ending}", scale=1)
    for ending in (".svg", ".png", ".json"):
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "a.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["$schema"].startswith(
        "https://vega.github.io/"
    )


@pytest.mark.long
@pytest.mark.parametrize("width", [480, 760])
def test_a_picture_is_about_as_wide_as_asked(kind: str, width: int, tmp_path: Path) -> None:
    plot.save(getattr(plot, kind)(width=width), tmp_path / "a.png", scale=1)
    (found,) = struct.unpack(">I", (tmp_path / "a.png").read_bytes()[16:20])
    assert 0.8 * width < found < 1.15 * width + 40


def test_a_picture_opens_in_a_notebook(kind: str) -> None:
    chart = getattr(plot, kind)(ROOT / "tests/corpora/tidewater")
    before = chart.to_dict()
    bundle, more = chart._repr_mimebundle_(include=None, exclude=None)
    assert set(bundle) == {"image/png"}  # and no page that asks another host for scripts
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert more["image/png"]["width"] > 300
    assert chart.to_dict() == before


def test_an_empty_corpus_gives_an_empty_picture(kind: str, tidewater: Path, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "entities").mkdir()
    for name in ("corpus.json", "retired.json"):
        (tmp_path / name).write_bytes((tidewater / name).read_bytes())
    (tmp_path / "retired.json").write_text('{"records": []}', encoding="utf-8")
    chart = getattr(plot, kind)(tmp_path)
    assert "There is nothing to draw." in texts(chart.to_dict())
    plot.save(chart, tmp_path / "a.png", scale=1)


def test_another_release_is_drawn_as_it_was() -> None:
    with connect(version="1.0.0") as database:
        (expected,) = database.sql("select count(*) from events").fetchall()
    rows = values(plot.types(version="1.0.0").to_dict())
    cells = {(row["type"], row["status"]): row["events"] for row in rows}
    assert sum(cells.values()) == expected[0]


# Timeline


def incidents() -> list[dict[str, Any]]:
    with connect() as database:
        result = database.sql("select incident_id, told, alleged_by, days, days_basis, parts from incidents")
        return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]


def test_every_incident_is_in_the_timeline_and_every_allegation_names_who_makes_it() -> None:
    found = list(values(spec("timeline")))
    drawn = {row["id"] for row in found if "id" in row}
    assert drawn >= {row["incident_id"] for row in incidents()}
    labels = [MARKS.sub("", " ".join(row["label"])) for row in found if "label" in row]
    assert len(labels) == len(drawn)
    for row in incidents():
        if row["told"] == "alleged":
            who = " ".join(", ".join(row["alleged_by"]).split())
            assert any(label.endswith(f"alleged by {who}") for label in labels), row
    alleged = {row["id"] for row in found if row.get("told") == "alleged"}
    assert sum("alleged by" in label for label in labels) == len(alleged)


def test_a_whole_without_a_day_is_listed_and_its_parts_with_a_day_are_drawn() -> None:
    found = list(values(spec("timeline")))
    drawn = {row["id"] for row in found if "id" in row and "x" in row}
    whole = next(row for row in incidents() if "alamsar-2022-marrakesh:e118" in (row["parts"] or ()))
    assert whole["days_basis"] == "vintage"
    assert whole["incident_id"] not in drawn
    assert "alamsar-2022-marrakesh:e118" in drawn  # the attacks in Paris
    labels = [" ".join(row["label"]) for row in found if "label" in row]
    assert sum("in an older passage" in label for label in labels) == sum(
        row["days_basis"] == "vintage" for row in incidents()
    )


def test_open_ends_fade_and_closed_ones_do_not() -> None:
    faded = {row["id"] for row in values(spec("timeline")) if "opacity" in row}
    dated = [row for row in incidents() if row["days_basis"] == "own"]
    assert {row["incident_id"] for row in dated if ".." in row["days"]} <= faded
    assert not faded & {row["incident_id"] for row in dated if ".." not in row["days"]}
    one = [
        row for row in values(spec("timeline")) if row.get("id") == "alamsar-2022-marrakesh:e133" and "opacity" in row
    ]
    assert [row["opacity"] for row in one] == sorted((row["opacity"] for row in one), reverse=True)
    assert max(row["x2"] for row in one) == "2017-12-31"
    assert min(row["x"] for row in one) < "2017-01-01"


def test_what_is_alleged_differs_by_shape_and_dash() -> None:
    legend = [layer["encoding"] for layer in spec("timeline")["layer"] if "shape" in layer["encoding"]]
    assert legend[0]["shape"]["scale"] == {"domain": ["told as a fact", "alleged"], "range": ["circle", "diamond"]}
    dashes = {
        layer["mark"]["color"]: layer["mark"]["strokeDash"]
        for layer in spec("timeline")["layer"]
        if "strokeDash" in layer["mark"]
    }
    assert len({tuple(dash) for dash in dashes.values()}) == len(dashes) == 3


@pytest.mark.parametrize(
    ("earliest", "latest", "english", "arabic"),
    [
        ("2019-03-28", "2019-03-28", "28 March 2019", "28 مارس 2019"),
        ("2018-04-01", "2018-04-30", "April 2018", "أبريل 2018"),
        ("2024-02-01", "2024-02-28", "1 to 28 February 2024", "من 1 إلى 28 فبراير 2024"),
        ("2024-02-01", "2024-02-29", "February 2024", "فبراير 2024"),
        ("2017-01-01", "2017-12-31", "2017", "2017"),
        (None, "2019-12-31", "by the end of 2019", "حتى نهاية 2019"),
        (None, "2019-12-30", "by 30 December 2019", "حتى 30 ديسمبر 2019"),
        ("2006-01-01", None, "from 2006", "منذ 2006"),
        ("2006-02-03", None, "from 3 February 2006", "منذ 3 فبراير 2006"),
        ("2022-05-09", "2022-05-11", "9 to 11 May 2022", "من 9 إلى 11 مايو 2022"),
        ("2019-11-08", "2019-12-31", "8 November to 31 December 2019", "من 8 نوفمبر إلى 31 ديسمبر 2019"),
        ("2017-03-01", "2019-12-31", "1 March 2017 to 31 December 2019", "من 1 مارس 2017 إلى 31 ديسمبر 2019"),
        ("2017-01-01", "2019-12-31", "2017 to 2019", "من 2017 إلى 2019"),
        (None, None, "", ""),
    ],
)
def test_days_in_words(earliest: str | None, latest: str | None, english: str, arabic: str) -> None:
    assert (Words("en").days(earliest, latest), Words("ar").days(earliest, latest)) == (english, arabic)


# Types, network, map, contested


def test_each_type_is_counted_under_its_status() -> None:
    with connect() as database:
        counts = dict(database.sql("select status, count(*) from events group by 1").fetchall())
    cells = {(row["type"], row["status"]): row["events"] for row in values(spec("types"))}
    for status, count in counts.items():
        word = Words("en").say("status", status)
        assert sum(number for (_, told), number in cells.items() if told == word) == count


def test_the_network_says_who_alleges() -> None:
    lines = [row for row in values(spec("network")) if "angle" in row]
    alleged = [row for row in lines if row["key"] == "alleged"]
    assert alleged
    assert all(row["letters"] for row in alleged)
    assert not [row for row in lines if row["key"] != "alleged" and row["letters"]]
    legend = " ".join(spec("network")["title"]["subtitle"])
    named = dict(re.findall(r"([A-Z]) = ([^,]+?)(?:,|$| \d)", legend))
    assert {letter for row in alleged for letter in row["letters"].split()} == set(named)
    arabic = [row["letters"] for row in values(spec("network", "ar")) if "angle" in row]
    assert arabic == [row["letters"] for row in values(spec("network")) if "angle" in row]


def test_the_lines_are_those_of_the_edges() -> None:
    with connect() as database:
        rows = database.sql(
            "select source_name, target_name, status, polarity, together, count(*) from edges "
            "where target_role <> 'ground_party' group by all"
        ).fetchall()
    expected: dict[tuple[str, str, str, str], int] = {}
    for source, target, status, polarity, together, count in rows:
        real = status in ("occurred", "ongoing") and polarity == "positive"
        told = "alleged" if status == "alleged" else "fact" if real else "other"
        key = (source, target, told, "with" if together else "on")
        expected[key] = expected.get(key, 0) + count
    for row in values(spec("network")):
        if "angle" in row:
            key = (MARKS.sub("", row["who"]), MARKS.sub("", row["whom"]), row["key"], row["how"])
            assert expected[key] == row["events"]


def test_no_name_lies_on_the_end_of_a_line() -> None:
    pairs = Counter({("org:a", "org:b", "fact", "on"): 1, ("org:b", "org:c", "alleged", "on"): 1})
    spots = {"org:a": (100.0, 300.0), "org:b": (100.0, 100.0), "org:c": (400.0, 100.0)}
    boxes = {key: _box(spot, ["A name of some length", "in two lines"]) for key, spot in spots.items()}
    for row in _lines(pairs, spots, boxes):
        for x, y in ((row["x"], row["y"]), (row["x2"], row["y2"]), (row["xm"], row["ym"])):
            assert not any(left < x < right and top < y < low for left, top, right, low in boxes.values())


def test_two_who_act_together_have_no_arrow() -> None:
    """Two who are accused of one act are not accused of acting on each other."""
    pointed = [layer for layer in spec("network")["layer"] if layer["mark"].get("shape") == "triangle"]
    (arrows,) = [layer["data"]["values"] for layer in pointed]
    assert {row["how"] for row in arrows} == {"on"}
    assert any(row.get("how") == "with" for row in values(spec("network")))


def test_names_in_the_network_are_movedapart() -> None:
    spots = {"a": (100.0, 100.0), "b": (110.0, 104.0), "c": (400.0, 100.0)}
    found = apart(spots, {key: ["one", "two"] for key in spots}, 500, 500)
    assert abs(found["a"][1] - found["b"][1]) >= 49
    assert found["c"] == (400, 100)


def test_the_map_has_land_without_borders_and_rings_by_precision() -> None:
    found = spec("map")
    geometry = next(
        layer["data"]["values"][0]["geometry"] for layer in found["layer"] if layer["mark"]["type"] == "geoshape"
    )
    assert geometry["type"] == "MultiPolygon"  # the land in one piece: nothing that tells countries apart
    rings = {row["place"]: row for row in values(found) if "area" in row}
    paris, syria = rings["Paris 3"], next(row for place, row in rings.items() if place.startswith("Syria "))
    assert paris["precision"] == "city"
    assert syria["precision"] == "country"
    assert paris["area"] < syria["area"]


def test_the_map_lists_places_without_a_point_and_names_who_alleges() -> None:
    with connect() as database:
        rows = database.sql(
            "select distinct place.name, place.lat is null, told, alleged_by "
            "from (select told, alleged_by, unnest(places) as place from incidents) where place.role = 'site'"
        ).fetchall()
    below = next(text for text in texts(spec("map")) if text.startswith("Without a point: "))
    for name, lacking, told, alleged_by in rows:
        if lacking:
            assert re.search(rf"\b{re.escape(name)} \d", below.partition(": alleged by")[0]), name
        if told == "alleged":
            said = re.search(rf"{re.escape(name)}: alleged by ([^;]+)", below)
            assert said
            assert set(alleged_by) <= set(said[1].split(", "))


def test_every_side_of_what_is_contested_has_its_row() -> None:
    with connect() as database:
        sides = database.sql("select document_id, said_by, says from contested").fetchall()
    rows = [row for row in values(spec("contested")) if "says" in row]
    assert len(rows) == len(sides)
    said = sorted((MARKS.sub("", row["says"][0]), MARKS.sub("", row["who"][1]).partition(",")[0]) for row in rows)
    assert said == sorted((" / ".join(says), document) for document, _, says in sides)
    arrows = [row for row in values(spec("contested")) if row.get("arrow")]
    assert [row["comparator"] for row in arrows] == ["gt"] * len(arrows)
    assert {row["fill"] for row in arrows} == {"white"}


def test_a_document_beside_a_day_keeps_its_order_in_arabic() -> None:
    shown = {row["who"][1] for row in values(spec("contested", lang="ar")) if "who" in row}
    assert shown
    assert all(re.search("\u2068[a-z0-9-]+\u2069، ", line) for line in shown)


# Words, fonts and files


def test_every_word_is_in_both_languages_and_every_code_has_one() -> None:
    for name, table in _words().items():
        for key, said in table.items():
            assert set(said) == {"en", "ar"}, (name, key)
            assert said["en"].count("{}") == said["ar"].count("{}")
    for codes, table in (("status", "status"), ("measure", "measure"), ("place-precision", "precision")):
        assert set(vocabulary.codes(codes)) == set(_words()[table])


def test_the_font_has_its_licence_and_is_used() -> None:
    folder = ROOT / "src" / "cte_corpus" / "plot" / "fonts"
    assert "SIL Open Font License, Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("*.ttf")] == ["IBMPlexSansArabic-Regular.ttf"]
    assert spec("types")["config"]["font"].startswith("IBM Plex Sans Arabic,")


def test_arabic_letters_are_joined_in_a_png(tmp_path: Path) -> None:
    """A word in its own letters is narrower than the same letters apart."""
    import vl_convert

    from cte_corpus.plot.saving import _converter

    assert _converter() is vl_convert

    def ink(text: str) -> int:
        mark = {"type": "text", "fontSize": 40, "font": "IBM Plex Sans Arabic"}
        chart = {"data": {"values": [{"t": text}]}, "mark": mark, "encoding": {"text": {"field": "t"}}}
        graph = vl_convert.vegalite_to_png(chart, scale=1)
        assert graph
        (width,) = struct.unpack(">I", graph[16:20])
        return int(width)

    assert ink("داعش" * 6) < ink("د\u200cا\u200cع\u200cش\u200c" * 6)


@pytest.mark.parametrize("name", ["picture.gif", "picture", "picture.SVG"])
def test_another_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CteError, match="no picture of the kind"):
        plot.save(plot.types(ROOT / "tests/corpora/tidewater"), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_another_language_is_refused(kind: str) -> None:
    with pytest.raises(CteError, match="no pictures in 'fr'"):
        getattr(plot, kind)(lang="fr")


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_a_missing_extra_is_one_message_with_the_command(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cte_corpus.plot.saving import _converter

    _converter.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CteError, match=r'is not installed\ninstall it with: pip install "cte-corpus\[plot\]"'):
        plot.save(plot.network(ROOT / "tests/corpora/tidewater"), tmp_path / "a.svg")


@pytest.mark.long
def test_the_command_draws(cte: Cte, kind: str, tidewater: Path, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    done = cte("plot", kind, "--corpus", tidewater, "--lang", "ar", "--out", path)
    assert (done.returncode, done.stdout) == (0, f"written: {path}\n"), done.stderr
    assert path.read_text(encoding="utf-8").startswith("<svg")


def test_the_room_is_public() -> None:
    assert cte_corpus.plot is plot
    assert "plot" in dir(cte_corpus)
    for name in plot.__all__:
        assert getattr(plot, name).__doc__


def test_the_pictures_of_the_docs_are_small_and_there() -> None:
    found = {path.name: path.stat().st_size for path in (ROOT / "docs" / "img").glob("*.png")}
    assert {f"{kind}.png" for kind in KINDS} <= set(found)
    assert max(found.values()) < 250_000
