"""`cte find` and `cte list` from end to end."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Cte


def test_found_records_stand_by_kind_and_events_by_how_they_stand(cte: Cte, tidewater: Path) -> None:
    done = cte("find", "grey", "lantern", "--corpus", tidewater)
    assert done.stdout.startswith("2 entities\n  org:grey-lantern  armed-group: Grey Lantern\n")
    assert re.search(r"^  alleged +from 2019 on: .+ said by Ina Torvald$", done.stdout, re.M)
    assert done.stdout.index("told as fact") < done.stdout.index("alleged")
    done = cte("find", "zeppelin", "--corpus", tidewater)
    assert (done.returncode, done.stdout.strip()) == (0, "")
    assert done.stderr.startswith("nothing found")


def test_a_list_as_csv_and_json_says_how_events_stand(cte: Cte, tidewater: Path) -> None:
    arguments = ("list", "events", "--status", "alleged", "--corpus", tidewater)
    rows = list(csv.DictReader(StringIO(cte(*arguments, "-o", "csv").stdout)))
    found = json.loads(cte(*arguments, "-o", "json").stdout)
    assert [row["id"] for row in rows] == [row["id"] for row in found]
    assert {row["told"] for row in rows} == {"alleged"}
    assert [(row["said_by"], row["said_by_ids"]) for row in rows] == [
        (" | ".join(row["said_by"]), " | ".join(row["said_by_ids"])) for row in found
    ]
    assert ("Ina Torvald", "person:ina-torvald") in [(row["said_by"], row["said_by_ids"]) for row in rows]


def test_a_list_has_the_columns_of_what_it_lists(cte: Cte, tidewater: Path) -> None:
    (row,) = csv.DictReader(StringIO(cte("list", "sanctions", "--corpus", tidewater, "-o", "csv").stdout))
    assert row == {
        "kind": "sanction", "id": "harbour-talks:x01", "told": "told as fact", "status": "occurred",
        "days": "2022-05-09", "said_by": "", "said_by_ids": "",
        "target": "person:joren-maas", "target_name": "Joren Maas",
        "authority": "org:veltanian-foreign-ministry", "authority_name": "Ministry of Foreign Affairs of Veltania",
    }  # fmt: skip
    for kind in ("documents", "entities", "events"):
        rows = json.loads(cte("list", kind, "--corpus", tidewater, "-o", "json").stdout)
        head, *_ = cte("list", kind, "--corpus", tidewater, "-o", "csv").stdout.splitlines()
        assert set(head.split(",")) == {name for row in rows for name in row}
        assert not {"target", "authority"} & set(head.split(","))


def test_what_people_read_has_no_codes_of_dates(cte: Cte) -> None:
    shown = cte("list", "events").stdout + cte("show", "org:daesh").stdout
    assert not re.search(r"/\.\.|\.\./|or-earlier| as-of|\[2022|P1M| mid |2022-05-", shown)
    assert "as of mid-2019: " in shown
    assert "as of between 9 and 11 May 2022: " in shown


@pytest.mark.parametrize("kind", ["documents", "events", "entities", "sanctions"])
def test_every_id_of_a_list_can_be_shown(cte: Cte, tidewater: Path, kind: str) -> None:
    found = json.loads(cte("list", kind, "--corpus", tidewater, "-o", "json").stdout)
    assert found
    assert all(row["id"] in cte("list", kind, "--corpus", tidewater).stdout for row in found)
    assert cte("show", found[-1]["id"], "--corpus", tidewater).returncode == 0


def test_what_a_kind_does_not_take_and_what_is_not_known_are_errors(cte: Cte, tidewater: Path) -> None:
    done = cte("list", "entities", "--status", "alleged", "--corpus", tidewater)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: entities have no --status")
    done = cte("list", "events", "--entity", "org:gray-lantern", "--corpus", tidewater)
    assert (done.returncode, "did you mean `org:grey-lantern`" in done.stderr) == (2, True)
    done = cte("list", "events", "--from", "yesterday", "--corpus", tidewater)
    assert (done.returncode, done.stdout) == (2, "")
    done = cte("list", "events", "--status", "allegedd", "--corpus", tidewater)
    assert (done.returncode, done.stdout, "did you mean `alleged`" in done.stderr) == (2, "", True)
