"""The commands that read a corpus and print."""

import csv
import json
import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cte_corpus.cli import cte as group
from cte_corpus.errors import CteError
from cte_corpus.text.terminal import isolate, table, width


def run(name: str, *arguments: str | Path) -> str:
    result = CliRunner().invoke(group, [name, *map(str, arguments)])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_show_an_event(tidewater: Path) -> None:
    assert run("show", "harbour-talks:e06", "--corpus", tidewater) == (
        """\
event harbour-talks:e06
  label           Grey Lantern is said to have moved millions through Port Sable
                  \u2068قول بأن الفانوس الرمادي حول الملايين عبر بورت سابل\u2069
  type            fin.transfer, specific
  status          alleged, positive, secondary
  trigger         “moved” at 391 to 396
  evidence        harbour-talks:s02.3
  when            from 2019 on (2019/.., stated) “since 2019”
  site            Port Sable (gpe:port-sable) city, stated “Port Sable”
  giver           Grey Lantern (org:grey-lantern) “the group”
  money           at least 2,000,000 USD (money moved through the city) “at least 2 million dollars”
  said by         Ina Torvald (person:ina-torvald) alleges via Harbour News Agency (org:harbour-news-agency) """
        """“Harbour News Agency”, quoted: indirect “saying”
  conflicts-with  The league puts the group's transfers below a million (bayan-al-marfa:e07; """
        """alleged by League of Harbours) [The other document puts the sum of the same years below a million.]
  pointed at by   The league puts the group's transfers below a million (bayan-al-marfa:e07; """
        """alleged by League of Harbours): conflicts-with
                  Torvald speaks of the group's money (harbour-talks:e05; told as fact): reports
                  Torvald speaks of the group's money (harbour-talks:e05; told as fact): content_event
"""
    )


def test_show_an_entity_with_its_events_by_date(tidewater: Path) -> None:
    assert run("show", "gpe:port-sable", "--corpus", tidewater) == (
        """\
entity gpe:port-sable
  name          Port Sable (en-Latn, preferred)
                \u2068بورت سابل\u2069 (ar-Arab, preferred)
  description   Invented port city.
                \u2068مدينة ساحلية مختلقة.\u2069
  kind          city; privacy: none
  geo           39.5, -42 (city)
  mentions      1 in bayan-al-marfa: \u2068“بورت سابل”\u2069
                1 in harbour-talks: “Port Sable”
  told as fact  March 2021: site of Bombing of a fish market (harbour-talks:e08)
                undated: destination of Foreign fighters travel to Port Sable (bayan-al-marfa:e05)
  alleged       from 2019 on: site of Grey Lantern is said to have moved millions through Port Sable """
        """(harbour-talks:e06), said by Ina Torvald
"""
    )


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("harbour-talks", ["publisher  Tidewater Post (org:tidewater-post)", "holds      3 sections, 6 sentences, "]),
        ("harbour-talks:s03", ["heading       “Background”", "vintage       2021 (2021, inferred) ["]),
        (
            "harbour-talks:s02.2",
            ["told as fact  9 May 2022: Veltania's ministry lists", "sanction      harbour-talks:x01"],
        ),
        (
            "harbour-talks:m002",
            ["entity        Ina Torvald", "capacity      minister of foreign affairs, Veltania (gpe:"],
        ),
        (
            "harbour-talks:m002",
            ["sentence      harbour-talks:s02.1", "told as fact  11 May 2022: chair of Veltania hosts a meeting"],
        ),
        ("harbour-talks:x01", ["target           Joren Maas", "mentions         “Joren Maas” (harbour-talks:m006)"]),
        (
            "harbour-talks:e04",
            ["facilitator  Joren Maas (person:joren-maas) (implicit)", "conduct in   harbour-talks:x01"],
        ),
        (
            "bayan-al-marfa:e05",
            ["people         about 20 per month (foreign fighters on the way) \u2068“نحو 20 شهريا”\u2069"],
        ),
        ("person:joren-maas", ["sanction      harbour-talks:x01 by Ministry of Foreign Affairs of Veltania"]),
    ],
)
def test_show_what_a_record_links_to(tidewater: Path, key: str, lines: list[str]) -> None:
    output = run("show", key, "--corpus", tidewater)
    for line in lines:
        assert f"\n  {line}" in output


def test_every_record_can_be_shown(tidewater: Path, records: dict[str, list[dict[str, Any]]]) -> None:
    from cte_corpus.corpus.corpus import Corpus
    from cte_corpus.show.describe import describe
    from cte_corpus.show.lookup import Lookup
    from cte_corpus.show.tree import text

    lookup = Lookup(Corpus(tidewater))
    ids = [record["id"] for found in records.values() for record in found]
    assert sorted(lookup.records) == sorted(ids)
    for key in ids:
        assert f" {key}\n  " in text(describe(lookup, key))


def test_show_json_is_the_record(tidewater: Path, records: dict[str, list[dict[str, Any]]]) -> None:
    assert json.loads(run("show", "harbour-talks:e06", "--corpus", tidewater, "-o", "json")) in records["events"]


def test_show_an_unknown_id_names_the_nearest(tidewater: Path) -> None:
    with pytest.raises(CteError, match=r"no record 'org:gray-lantern'\ndid you mean `org:grey-lantern`"):
        run("show", "org:gray-lantern", "--corpus", tidewater)


def test_stats_counts_records_and_coverage(tidewater: Path) -> None:
    output = run("stats", tidewater)
    assert "\nbayan-al-marfa          6         4        14       8          0         9\n" in output
    assert "\nall                    12         7        28      16          1        16\n" in output
    coverage = {
        line.split()[0]: line.split()[1:]
        for line in output.rpartition("coverage of events\n\n")[2].splitlines()
        if line
    }
    assert coverage["places"] == ["7", "43.8%", "8", "1", "0", "0"]
    assert "Silent are those that neither carry the field nor say why." in output
    assert re.search(r"^alleged +[0-9]+ +[0-9.]+%  Said by somebody to have happened", output, re.M)


def test_stats_json(tidewater: Path) -> None:
    found = json.loads(run("stats", tidewater, "-o", "json"))
    assert found["languages"] == [
        {"language": "ar", "documents": 1, "share": 0.5},
        {"language": "en", "documents": 1, "share": 0.5},
    ]
    assert found["event_types"][0] == {"type": "dipl.statement", "events": 3, "share": 0.188}
    for row in found["coverage_of_events"]:
        assert row["events"] + row["not_stated"] + row["not_applicable"] + row["not_coded"] + row["silent"] == 16


def test_stats_of_a_corpus_without_documents(tidewater: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus.json").write_bytes((tidewater / "corpus.json").read_bytes())
    (tmp_path / "documents").mkdir()
    (tmp_path / "entities").mkdir()
    assert json.loads(run("stats", tmp_path, "-o", "json"))["records"] == []
    assert "coverage of events" in run("stats", tmp_path)


QUERY = "select event_id, span.text as words, lower from quantities where comparator in ('ge', 'eq') order by event_id"


def test_sql_prints_an_aligned_table(tidewater: Path) -> None:
    assert (
        run("sql", QUERY, "--corpus", tidewater)
        == """\
event_id            words                           lower
------------------  --------------------------  ---------
bayan-al-marfa:e02  \u2068٣٦ وفدا\u2069
harbour-talks:e01   one-day
harbour-talks:e06   at least 2 million dollars  2000000.0
"""
    )


def test_sql_json_and_csv_hold_nested_values(tidewater: Path) -> None:
    query = "select id, trigger from events where id = 'harbour-talks:e01'"
    trigger = {"start": 104, "end": 111, "text": "meeting"}
    assert json.loads(run("sql", query, "--corpus", tidewater, "-o", "json")) == [
        {"id": "harbour-talks:e01", "trigger": trigger}
    ]
    header, row = csv.reader(StringIO(run("sql", query, "--corpus", tidewater, "-o", "csv")))
    assert header == ["id", "trigger"]
    assert json.loads(row[1]) == trigger


def test_sql_without_a_query_lists_views_and_of_one_its_columns() -> None:
    found = list(csv.reader(StringIO(run("sql", "-o", "csv"))))
    assert found[0] == ["name", "rows", "what it is for"]
    assert all(rows.isdecimal() and about.endswith((".", ")")) for _, rows, about in found[1:])
    names = [name for name, _, _ in found]
    assert names[1:3] == ["documents", "sections"]
    assert {"events", "times", "clusters", "codes", "designations", "participation", "list_differences"} <= {*names}
    columns = list(csv.reader(StringIO(run("sql", "designations", "-o", "csv"))))
    assert columns[0] == ["column", "type", "meaning"]
    assert ["target_name", "VARCHAR", "Name of who is sanctioned."] in columns
    with pytest.raises(CteError, match="no table or view 'designation'\ndid you mean `designations`"):
        run("sql", "designation")


def test_sql_says_what_is_wrong(tidewater: Path) -> None:
    with pytest.raises(CteError, match='"statu" not found'):
        run("sql", "select statu from events", "--corpus", tidewater)


def test_a_table_aligns_what_takes_no_or_two_columns() -> None:
    assert width("تُحسم") == 4
    assert width(isolate("سلام")) == 4
    assert width("漢字") == 4
    assert table(["a", "b"], [["تُحسم", 5], ["a text", 12]]) == (
        "a        b\n------  --\n\u2068تُحسم\u2069     5\na text  12"
    )


def test_show_what_schema_1_1_added(tidewater: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tidewater, tmp_path / "corpus")
    events, sanctions = (copy / "documents" / "harbour-talks" / f"{part}.json" for part in ("events", "sanctions"))
    value = json.loads(events.read_bytes())
    told = value["records"][5]
    span = {"start": 397, "end": 405, "text": "at least"}
    told["conditions"] = [{"text": {"text": "no upper bound", "lang": "en"}, "span": span}]
    told["times"][0] |= {"mod": "end", "bound": "or-earlier"}
    told["quantities"].append(
        told["quantities"][0] | {"within": 1, "comparator": "several", "per_item": {"text": "one boat", "lang": "en"}}
    )
    del told["quantities"][1]["lower"]
    events.write_text(json.dumps(value), "utf-8")
    value = json.loads(sanctions.read_bytes())
    value["records"][0] |= {
        "property": [{"kind": "other", "name": "his goods", "span": {"start": 260, "end": 269, "text": "his goods"}}],
        "operates_in": ["gpe:port-sable"],
        "operates_in_told_of": "group",
        "conduct_except": [{"event": "harbour-talks:e06", "reason": {"text": "before his time", "lang": "en"}}],
        "relations": [{"rel": "same-as", "sanction": "harbour-talks:x01"}],
    }
    del value["records"][0]["measures"]
    sanctions.write_text(json.dumps(value), "utf-8")
    event = run("show", "harbour-talks:e06", copy)
    assert "  condition       no upper bound “at least”\n" in event
    assert "  when            from late 2019 on, or earlier (2019/.., stated) “since 2019”\n" in event
    assert "several USD per one boat, part of figure 1 (money moved through the city)" in event
    sanction = run("show", "harbour-talks:x01", copy)
    assert "measures" not in sanction
    for line in (
        "property         other: “his goods”",
        "told of          the group",
        "left out         Grey Lantern is said",
    ):
        assert f"\n  {line}" in sanction
    assert "head          “minister”" in run("show", "harbour-talks:m002", copy)
