"""The two releases: the chain from accusation to list entry, and what must not move from one document to another."""

import csv
from pathlib import Path

from .reading import entities, read, strings

ARTICLE, RELEASE, STATEMENT = map(read, ("alamsar-2022-marrakesh", "treasury-jy0772", "treasury-jy0791"))


def test_size() -> None:
    assert (len(RELEASE.sentences), len(STATEMENT.sentences)) == (38, 25)
    assert len(RELEASE.events) >= 90
    assert len(STATEMENT.events) >= 90


def test_rights_allow_the_text_and_the_address_is_known() -> None:
    for coded in (RELEASE, STATEMENT):
        assert coded.document["rights"]["text"] == "open"
        assert [url["kind"] for url in coded.document["urls"]] == ["original"]


def test_each_sanction_has_its_ground_in_law_and_in_deeds() -> None:
    assert len(RELEASE.sanctions) == 5
    for sanction in RELEASE.sanctions:
        assert [basis["instrument"] for basis in sanction["legal_basis"]] == ["work:executive-order-13224"]
        assert sanction["grounds"]
        assert sanction["conduct"]
        assert "treasury-jy0772:s07.3" in sanction["evidence"], "the risk of secondary sanctions"


def test_list_entries_say_what_the_list_says(shared: Path) -> None:
    """Key, programme and to whom the list links each, against the list's own rows."""
    with (shared / "peers" / "ofac" / "article_rows_redacted.csv").open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row for row in csv.reader(file)}
    group = {"ISLAMIC STATE OF IRAQ AND THE LEVANT": "org:daesh", "SUSANTI, Dwi Dahlia": "person:dwi-dahlia-susanti"}
    for sanction in RELEASE.sanctions:
        (look,) = sanction["registry"]
        row = rows[look["key"]]
        family, _, given = row[1].partition(", ")
        assert f"{given} {family}".casefold() in {
            name["text"].casefold() for name in entities()[sanction["target"]]["names"]
        }
        assert look["programme"] == [row[3]]
        linked = row[11].rpartition("Linked To: ")[2].rstrip(".")
        assert look["linked_to"] == [group[linked]]
        assert look["linked_to"] == sanction["supports"], "the list and the release agree on whom each supported"


def test_what_only_the_release_or_the_list_knows_is_not_in_the_article() -> None:
    values = [
        {key: value for key, value in record.items() if key not in ("outside", "relations", "registry")}
        for part in (ARTICLE.events.values(), ARTICLE.sanctions, ARTICLE.mentions.values())
        for record in part
    ]
    said = set(strings(values))
    assert not said & {"org:ofac", "work:executive-order-13224", "org:cifg", "secondary-sanctions", "ownership-rule"}
    for sanction in ARTICLE.sanctions:
        assert sanction["supports"] == ["org:daesh"]
        assert "legal_basis" not in sanction
    for relation in (r for event in ARTICLE.events.values() for r in event.get("relations", [])):
        assert "note" not in relation or relation["event"].startswith(ARTICLE.key), relation


def test_the_finance_group_met_two_days_before_the_ministers() -> None:
    """Both in Marrakesh, and two meetings."""
    ministers = [e for e in ARTICLE.events.values() if e["type"] == "dipl.meeting"]
    linked = {relation["event"] for event in ministers for relation in event.get("relations", [])}
    assert not any(key.startswith(STATEMENT.key) for key in linked)
