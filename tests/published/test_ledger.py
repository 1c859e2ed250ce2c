"""The ledger of releases: what stands in it is checked when it is read, and never changes but for the addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cte_corpus.errors import CteError
from cte_corpus.published import ledger
from cte_corpus.published.ledger import Release

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = b'{"releases": []}'


def release(number: str, **facts: Any) -> Release:
    """An invented release."""
    entry = Release(
        version=number,
        schema_version="1.0",
        date="2026-01-31",
        records={"events": 16, "entities": 16},
        root_digest="a" * 64,
        archive=f"tidewater-{number}.tar",
        archive_sha256="b" * 64,
        archive_size=512,
        schemas={"v1/events.schema.json": "c" * 64},
    )
    return replace(entry, **facts)


def written(*releases: Release) -> bytes:
    data = EMPTY
    for entry in releases:
        data = ledger.with_entry(entry, data)
    return data


def test_the_ledger_of_this_package_can_be_read() -> None:
    assert ledger.ledger() == ledger.read(ledger.PATH.read_bytes())
    ledger.frozen(ledger.ledger())


def test_releases_stand_in_the_order_of_their_versions_whatever_came_first(tmp_path: Path) -> None:
    versions = ["0.2.0", "0.10.0", "1.0.0"]
    entries = [release(version, urls=("https://releases.example/x.tar",)) for version in versions]
    data = written(*reversed(entries))
    assert data == written(*entries)
    assert ledger.read(data) == entries
    path = tmp_path / "releases.json"
    path.write_bytes(data)
    assert ledger.ledger(path) == entries
    assert ledger.entry("0.10.0", path) == entries[1]


def test_an_unknown_version_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    for data, hint in ((EMPTY, "it knows none yet"), (written(release("0.2.0")), "it knows 0.2.0; ")):
        path.write_bytes(data)
        with pytest.raises(CteError, match=r"no release 9\.9\.9 in the ledger") as refused:
            ledger.entry("9.9.9", path)
        assert refused.value.hint.startswith(hint)


def test_entering_a_release_again_changes_nothing() -> None:
    data = written(release("0.2.0"))
    assert ledger.with_entry(release("0.2.0"), data) == data


@pytest.mark.parametrize(
    "facts",
    [
        {"date": "2026-02-01"},
        {"root_digest": "d" * 64},
        {"archive_sha256": "d" * 64},
        {"records": {"events": 17, "entities": 16}},
        {"schemas": {}},
    ],
)
def test_a_release_never_changes(facts: dict[str, Any]) -> None:
    with pytest.raises(CteError, match=rf"0\.2\.0 is in the ledger with other facts: {next(iter(facts))}\n") as refused:
        ledger.with_entry(release("0.2.0", **facts), written(release("0.2.0")))
    assert "take a new version" in refused.value.hint


def test_where_it_lies_may_change_and_is_not_forgotten() -> None:
    first, second = ("https://releases.example/1.tar",), ("https://releases.example/2.tar", "s3://store/2.tar")
    data = written(release("0.2.0"), release("0.2.0", urls=first))
    assert ledger.read(data)[0].urls == first
    data = ledger.with_entry(release("0.2.0"), data)
    assert ledger.read(data)[0].urls == first
    data = ledger.with_entry(release("0.2.0", urls=second), data)
    assert ledger.read(data)[0].urls == second


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"version": "1.0"}, "version '1.0'"),
        ({"version": "01.0.0"}, "version '01.0.0'"),
        ({"version": "1.0.0-rc1"}, "version '1.0.0-rc1'"),
        ({"version": "1٢.0.0"}, "version '1٢.0.0'"),
        ({"date": "31 January 2026"}, "the day of 0.2.0 is '31 January 2026'"),
        ({"date": "2026-02-30"}, "day .* out of range"),
        ({"root_digest": "A" * 64}, "a digest of 0.2.0 is not 64 hex digits"),
        ({"archive_sha256": ""}, "a digest of 0.2.0 is not 64 hex digits"),
        ({"schemas": {"v1/x.json": "?"}}, "a digest of 0.2.0 is not 64 hex digits"),
        ({"archive": "../x.tar"}, "archive of 0.2.0"),
        ({"archive": "x.zip"}, "archive of 0.2.0"),
        ({"archive_size": -1}, "archive of 0.2.0"),
        ({"urls": ("dist/x.tar",)}, "an address of 0.2.0 is no whole address"),
    ],
)
def test_what_is_no_release_is_not_entered(facts: dict[str, Any], message: str) -> None:
    with pytest.raises(CteError, match=f"is not a ledger of releases: {message}"):
        ledger.with_entry(release("0.2.0", **facts), EMPTY)


def broken() -> dict[str, bytes]:
    entry = json.loads(written(release("0.2.0")))["releases"][0]
    lists = {
        "unknown": [entry | {"more": 1}],
        "missing": [{key: value for key, value in entry.items() if key != "date"}],
        "no list": entry,
        "number": [entry | {"version": 2}],
        "text for addresses": [entry | {"urls": "https://releases.example/x.tar"}],
        "twice": [entry, entry],
    }
    return {"bytes": b"\xff", "empty": b"", "array": b"[]", "object": b"{}"} | {
        name: json.dumps({"releases": value}).encode() for name, value in lists.items()
    }


@pytest.mark.parametrize("name", broken())
def test_what_is_no_ledger_is_said(name: str) -> None:
    with pytest.raises(CteError, match=r"releases\.json (is not a ledger of releases|has release 0\.2\.0 twice)"):
        ledger.read(broken()[name])


def test_schemas_are_frozen_from_the_first_stable_release_on() -> None:
    early = release("0.9.0", schemas={"v1/events.schema.json": "d" * 64, "v1/gone.schema.json": "e" * 64})
    stable = release("1.0.0")
    later = release("1.1.0", schema_version="1.1", schemas={"v1.1/events.schema.json": "f" * 64})
    assert ledger.frozen([early]) == {}
    assert ledger.frozen([early, stable, later]) == stable.schemas | later.schemas
    with pytest.raises(CteError, match=r"schemas/v1/events\.schema\.json of release 1\.0\.1 is not that of an earlier"):
        ledger.frozen([stable, release("1.0.1", schemas=early.schemas)])
