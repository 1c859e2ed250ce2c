"""Other people's programs read a pack, and accept it without a warning.

A client's own use of what its dependencies deprecate is no warning about the pack, and is let pass by name.
"""

from __future__ import annotations

import datetime
import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from cte_corpus.release.build import build
from cte_corpus.release.metadata import words
from cte_corpus.tabular import arrow
from tests.packs import DAY, altered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from cte_corpus.release.build import Pack

TABLES = arrow.RECORD_TYPES
PACKS = [pytest.param("bundled", marks=pytest.mark.long), "odd"]


@pytest.fixture(params=PACKS)
def made(request: pytest.FixtureRequest) -> Pack:
    """The pack of the bundled corpus; and one with an empty table, tables in several files, and addresses."""
    found: Pack = request.getfixturevalue(request.param)
    return found


def described(made: Pack, name: str) -> Any:
    return json.loads((made.folder / name).read_bytes())


def tables(made: Pack) -> dict[str, pa.Table]:
    return arrow.tables(made.folder)


# Hugging Face


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of `datasets`."""
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    return tmp_path / "cache"


def loaded(folder: Path, name: str, **options: Any) -> Any:
    import datasets

    return datasets.load_dataset(str(folder), name, split="train", **options)


def test_load_dataset_gives_the_tables_with_their_features(made: Pack, cache: Path) -> None:
    for name, table in tables(made).items():
        if table.num_rows:
            found = loaded(made.folder, name)
            assert found.features.arrow_schema.remove_metadata().equals(table.schema)
            assert found.to_list() == table.to_pylist()
            assert str(found.info.version) == made.manifest.version


def test_load_dataset_streams_the_same(made: Pack, cache: Path) -> None:
    for name, table in tables(made).items():
        if table.num_rows:
            found = loaded(made.folder, name, streaming=True)
            assert found.features.arrow_schema.remove_metadata().equals(table.schema)
            assert list(found) == table.to_pylist()
    assert not list(cache.rglob("*.arrow"))


def test_events_are_the_default(bundled: Pack, cache: Path) -> None:
    import datasets

    assert datasets.get_dataset_config_names(str(bundled.folder)) == list(TABLES)
    assert datasets.get_dataset_default_config_name(str(bundled.folder)) == "events"
    found = datasets.load_dataset(str(bundled.folder))
    assert {name: split.num_rows for name, split in found.items()} == {"train": bundled.manifest.records["events"]}


def test_a_table_without_rows_is_not_offered(odd: Pack, cache: Path) -> None:
    import datasets

    assert datasets.get_dataset_config_names(str(odd.folder)) == [name for name in TABLES if name != "sanctions"]
    assert "| `sanctions` | 0 |" in (odd.folder / "README.md").read_text(encoding="utf-8")


def test_the_card_says_in_advance_what_is_loaded(made: Pack, cache: Path) -> None:
    import datasets

    for name, info in datasets.get_dataset_infos(str(made.folder)).items():
        found = loaded(made.folder, name)
        assert info.features == found.features
        (split,) = info.splits.values()
        assert split.num_examples == found.num_rows
        assert info.download_size == sum(path.stat().st_size for path in (made.folder / "data" / name).iterdir())


def variant(tidewater: Path, home: Path, country: str, version: str = "0.2.0") -> Path:
    """The folder of a pack that differs in a name, and maybe in its version."""
    tree = shutil.copytree(tidewater, home / "tree")
    altered(tree / "corpus.json", '"version": "0.2.0"', f'"version": "{version}"')
    altered(tree / "documents" / "harbour-talks" / "events.json", "Veltania hosts", f"{country} hosts")
    return build(tree, home / "dist", date=DAY).folder


def country(folder: Path) -> str:
    """The name as `datasets` loads it."""
    events = {event["id"]: event for event in loaded(folder, "events")}
    return str(events["harbour-talks:e01"]["label"][0]["text"]).partition(" ")[0]


def test_the_cache_keeps_two_versions_apart(tidewater: Path, tmp_path: Path, cache: Path) -> None:
    folders = {
        name: variant(tidewater, tmp_path / name, name, version)
        for name, version in {"Oldland": "1.0.0", "Newland": "1.1.0"}.items()
    }
    for name in ("Oldland", "Newland", "Oldland", "Newland"):
        assert country(folders[name]) == name


@pytest.mark.long
def test_the_cache_keeps_two_checkouts_of_one_version_apart(
    tidewater: Path, small: Pack, tmp_path: Path, cache: Path
) -> None:
    """Their folders have one name, and their cards say the same sizes: only the digest of the content differs."""

    def size(folder: Path) -> int:
        return sum(path.stat().st_size for path in (folder / "data" / "events").iterdir())

    names = ("Veltonia", "Veltanya", "Veltamia", "Veltaria", "Peltania", "Valtania", "Veltanie", "Veltanic")
    folders = {name: variant(tidewater, tmp_path / name, name) for name in names} | {"Veltania": small.folder}
    by_size: dict[int, list[str]] = {}
    for name, folder in folders.items():
        by_size.setdefault(size(folder), []).append(name)
    twins = max(by_size.values(), key=len)
    assert len(twins) > 1
    for name in [*twins, *twins]:
        assert country(folders[name]) == name
    place = tmp_path / "place"  # at the very same path, one after the other
    for name in [*twins, *twins]:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folders[name], place)
        assert country(place) == name


def test_the_card_is_valid_for_the_hub(made: Pack) -> None:
    from huggingface_hub import DatasetCard
    from huggingface_hub.repocard import metadata_load

    path = made.folder / "README.md"
    card = DatasetCard.load(path)
    assert str(card) == path.read_text(encoding="utf-8")
    assert card.data.to_dict() == metadata_load(path)
    assert card.data.license == "cc-by-4.0"
    assert card.data.pretty_name
    assert set(card.data.language) == {row["lang"] for row in tables(made)["documents"].to_pylist()}
    assert {config["config_name"] for config in card.data.configs} == {
        info["config_name"] for info in card.data.dataset_info
    }


def test_the_card_can_be_read(made: Pack) -> None:
    text = (made.folder / "README.md").read_text(encoding="utf-8")
    body = text.split("\n---\n", 1)[1]
    assert not re.search(r"\$\w|\{\w+\}|None", body)
    for name, count in made.manifest.records.items():
        assert f"| `{name}` | {count} |" in body
    assert made.root_digest in body
    heads = [head for head in re.findall(r"^## (.+)$", body, re.MULTILINE) if head != "Canary"]
    assert heads == [
        "What is in it",
        "What is not in it",
        "How it was coded",
        "Limits",
        "Personal data",
        "How to load it",
        "How to cite it",
        "Rights",
    ]


def test_what_the_card_says_how_to_load_it_works(bundled: Pack, tmp_path: Path) -> None:
    text = (bundled.folder / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    code = "\n".join(blocks).replace("path/to/this/folder", str(bundled.folder))
    environment = os.environ | {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = re.search(r"DuckDB: `(select .*)`", text)
    assert found
    import duckdb

    with duckdb.connect() as connection:
        query = found[1].replace("data/events", f"{bundled.folder}/data/events")
        counts = Counter(row["type"] for row in tables(bundled)["events"].to_pylist())
        assert dict(connection.sql(query).fetchall()) == counts


# DuckDB and Polars


def test_duckdb_reads_every_table(made: Pack) -> None:
    import duckdb

    with duckdb.connect() as connection:
        for name, table in tables(made).items():
            query = f"select * from '{made.folder}/data/{name}/*.parquet'"
            found = connection.sql(query).to_arrow_table()
            assert found.to_pylist() == table.to_pylist()


def test_polars_reads_every_table(made: Pack) -> None:
    import polars

    for name, table in tables(made).items():
        found = polars.read_parquet(made.folder / "data" / name / "*.parquet")
        assert found.to_arrow().cast(table.schema).to_pylist() == table.to_pylist()
        lazy = polars.scan_parquet(made.folder / "data" / name / "*.parquet").select("id").collect()
        assert lazy["id"].to_list() == table["id"].to_pylist()


# Croissant


@pytest.mark.filterwarnings("ignore::DeprecationWarning:mlcroissant", "ignore::DeprecationWarning:rdflib")
def test_mlcroissant_accepts_the_description_and_reads_every_value(
    made: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import mlcroissant

    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.WARNING):
        dataset = mlcroissant.Dataset(jsonld=made.folder / "croissant.json")
        metadata = dataset.metadata
        assert metadata.ctx.issues.errors == set()
        assert metadata.ctx.issues.warnings == set()
        assert metadata.ctx.is_v1_1()
        assert metadata.version == made.manifest.version
        assert metadata.data_limitations == [words.LIMITS]
        assert metadata.personal_sensitive_information == [words.PERSONAL]
        assert [records.id for records in metadata.record_sets] == list(TABLES)
        for name, table in tables(made).items():
            found = list(dataset.records(name))
            assert [row[f"{name}/id"].decode() for row in found] == table["id"].to_pylist()
            for row, expected in zip(found, table.to_pylist(), strict=True):
                assert cells(croissant_leaves(row)) == cells(leaves(expected, name))
    assert caplog.records == []


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every value in a row that is neither null nor a container, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    elif value is not None:
        yield path, value


def croissant_leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The same of what mlcroissant gives, which names each field by its whole path and keeps text as bytes."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from croissant_leaves(item, key)
    elif isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        for item in value:
            yield from croissant_leaves(item, path)
    elif value is not None:
        yield path, value.decode() if isinstance(value, bytes) else value


def cells(found: Iterator[tuple[str, Any]]) -> Counter[tuple[str, Any]]:
    """Values by path; numbers alike, and without those that are not a number, as pandas has the missing ones."""
    return Counter(
        (path, float(value) if isinstance(value, int | float) else value) for path, value in found if value == value
    )


def test_croissant_names_every_file_of_a_table_with_its_digest(made: Pack) -> None:
    listed = {file.path: file for file in made.manifest.files if file.path.startswith("data/")}
    objects = [item for item in described(made, "croissant.json")["distribution"] if item["@type"] == "cr:FileObject"]
    assert {item["contentUrl"]: item["sha256"] for item in objects} == {
        path: file.sha256 for path, file in listed.items()
    }


@pytest.mark.filterwarnings("ignore::DeprecationWarning:mlcroissant", "ignore::DeprecationWarning:rdflib")
def test_croissant_uses_terms_that_exist(made: Pack, shared: Path) -> None:
    """Every key of the context in the name space of Croissant is a property of its vocabulary, or of the examples."""
    folder = shared / "peers" / "metadata-schemas" / "croissant"
    known = set(re.findall(r"^croissant:(\w+)", (folder / "croissant.ttl").read_text(encoding="utf-8"), re.MULTILINE))
    for path in folder.glob("1.1-*.json"):
        known |= set(json.loads(path.read_bytes())["@context"])
    used: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            used.update(value)
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)

    description = described(made, "croissant.json")
    context = description.pop("@context")
    collect(description)
    terms = {name for name, term in context.items() if "cr:" in json.dumps(term)}
    assert used & terms <= known
    assert not {name for name in used if name.startswith("cr:")}


# Data Package


def test_frictionless_accepts_the_package_with_its_keys(made: Pack, caplog: pytest.LogCaptureFixture) -> None:
    import frictionless

    package = frictionless.Package(made.folder / "datapackage.json")
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert report.errors == report.warnings == []
    assert [task.warnings for task in report.tasks] == [[] for _ in report.tasks]
    rows: Counter[str] = Counter()
    for task in report.tasks:
        rows[re.sub(r"-\d+-of-\d+$", "", task.name)] += task.stats.get("rows", 0)
    assert {name: rows[name] for name in TABLES} == made.manifest.records


def test_every_reference_in_a_column_is_a_foreign_key(bundled: Pack) -> None:
    resources = described(bundled, "datapackage.json")["resources"]
    keys = {
        (resource["name"], key["fields"][0]): key["reference"]["resource"] or resource["name"]
        for resource in resources
        for key in resource["schema"].get("foreignKeys", ())
    }
    found = tables(bundled)
    ids = {name: set(table["id"].to_pylist()) for name, table in found.items()}
    for name, table in found.items():
        for column in table.column_names:
            values = table[column].to_pylist()
            texts = {value for value in values if isinstance(value, str)}
            targets = [target for target in TABLES if texts and texts <= ids[target]]
            if column != "id" and targets:
                assert keys[name, column] in targets
    assert len(keys) > 10


def test_frictionless_finds_a_key_that_leads_nowhere(small: Pack, tmp_path: Path) -> None:
    import frictionless
    from pyarrow import parquet

    folder = shutil.copytree(small.folder, tmp_path / "pack")
    path = folder / "data" / "entities" / "entities-00000-of-00001.parquet"
    parquet.write_table(parquet.read_table(path, partitioning=None).slice(1), path)
    types = frictionless.Package(folder / "datapackage.json").validate().flatten(["type"])
    assert ["foreign-key"] in types


# Official schemas


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("datapackage.json", "frictionless-2.0/datapackage.json"),
        ("datacite.json", "datacite/pypi/datacite/schemas/datacite-v4.5.json"),
        ("CITATION.cff", "cff/schema.json"),
    ],
)
def test_a_description_is_valid_by_its_official_schema(name: str, schema: str, made: Pack, shared: Path) -> None:
    rules = json.loads((shared / "peers" / "metadata-schemas" / schema).read_bytes())
    value = yaml.safe_load((made.folder / name).read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(rules)
    checker = kind(rules, format_checker=kind.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in checker.iter_errors(value)] == []
    assert value["version"] == made.manifest.version


def test_each_resource_and_table_is_valid_by_its_official_schema(made: Pack, shared: Path) -> None:
    folder = shared / "peers" / "metadata-schemas" / "frictionless-2.0"
    resource, table = (
        jsonschema.Draft7Validator(json.loads((folder / f"{name}.json").read_bytes()))
        for name in ("dataresource", "tableschema")
    )
    for value in described(made, "datapackage.json")["resources"]:
        assert [error.message for error in resource.iter_errors(value)] == []
        assert [error.message for error in table.iter_errors(value["schema"])] == []


def test_the_descriptions_say_the_same(made: Pack) -> None:
    info = json.loads((made.folder / "corpus.json").read_bytes())
    cff = yaml.safe_load((made.folder / "CITATION.cff").read_text(encoding="utf-8"))
    datacite, package, croissant = (
        described(made, f"{name}.json") for name in ("datacite", "datapackage", "croissant")
    )
    crate = {entity["@id"]: entity for entity in described(made, "ro-crate-metadata.json")["@graph"]}
    root = crate["./"]
    assert {cff["version"], datacite["version"], package["version"], croissant["version"], root["version"]} == {
        made.manifest.version
    }
    dates = {cff["date-released"], datacite["dates"][0]["date"], croissant["datePublished"], root["datePublished"]}
    assert dates == {DAY}
    assert package["created"] == f"{DAY}T00:00:00Z"
    assert datetime.date.fromisoformat(DAY).year == int(datacite["publicationYear"])
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert {croissant["license"], root["license"]["@id"], package["licenses"][0]["path"]} == {licence}
    assert f"(SPDX: CC-BY-4.0): {licence}\n" in (made.folder / "LICENSE-DATA").read_text(encoding="utf-8")
    assert cff["license"] == datacite["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    assert {cff["title"], datacite["titles"][0]["title"], package["title"], root["name"]} == {info["title"]}
    assert croissant["citeAs"] == root["creditText"]
    name = f"urn:{made.manifest.name}:{made.manifest.version}"
    assert (
        crate["#name"]["value"] == package["id"] == datacite["alternateIdentifiers"][0]["alternateIdentifier"] == name
    )


def test_addresses_stand_where_they_are_set_and_nowhere_else(bundled: Pack, odd: Pack) -> None:
    cff = yaml.safe_load((odd.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cff["doi"], cff["repository-code"]) == ("10.5072/tidewater", "https://example.org/tidewater")
    assert cff["url"] == "https://huggingface.co/datasets/example/tidewater"
    assert described(odd, "croissant.json")["url"] == "https://doi.org/10.5072/tidewater"
    assert described(odd, "datapackage.json")["homepage"] == "https://doi.org/10.5072/tidewater"
    assert described(odd, "datacite.json")["relatedIdentifiers"] == [
        {"relatedIdentifier": "10.5072/tidewater", "relatedIdentifierType": "DOI", "relationType": "IsVersionOf"}
    ]
    assert 'load_dataset("example/tidewater", "events"' in (odd.folder / "README.md").read_text(encoding="utf-8")
    for path in bundled.folder.iterdir():
        if path.suffix in (".json", ".cff", ".md") and path.name != "manifest.json":
            assert not re.search(rb"doi\.org|huggingface\.co|repository-code|example/", path.read_bytes()), path


# RO-Crate


ADVICE = re.compile(
    r"The organization SHOULD have a URL|SHOULD have a ROR identifier|contactPoint"
    r"|SHOULD have a `contentSize` property (manifest\.json|SHA256SUMS)$"
)
"""Advice that a pack does not follow: the contributors are no registered organisation, and an address is not invented;
the manifest and the sums hold the digest of the inventory, and so are not yet written when it is."""


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl")
def test_the_validator_of_ro_crate_accepts_the_inventory(odd: Pack, shared: Path, tmp_path: Path) -> None:
    from rocrate_validator import models, services

    context = shared / "peers" / "metadata-schemas" / "ro-crate" / "context-1.2.jsonld"
    keep(tmp_path / "http", "https://w3id.org/ro/crate/1.2/context", context.read_bytes())
    settings = services.ValidationSettings(
        rocrate_uri=str(odd.folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.RECOMMENDED,
        offline=True,
        cache_path=str(tmp_path / "http"),
    )
    found = services.validate(settings)
    said = [
        f"{issue.severity.name} {issue.message} {str(issue.violatingEntity).removeprefix('./')}"
        for issue in found.get_issues()
    ]
    assert [line for line in said if not ADVICE.search(line)] == []
    assert said
    listed = {entity["@id"] for entity in described(odd, "ro-crate-metadata.json")["@graph"]}
    assert {file.path for file in odd.manifest.files} | {"manifest.json", "SHA256SUMS"} <= listed


def keep(cache: Path, url: str, content: bytes) -> None:
    """Put an answer into the validator's cache, from which it reads offline."""
    import requests
    import requests_cache
    from urllib3 import HTTPResponse

    class Local(requests.adapters.HTTPAdapter):
        def send(self, request: Any, *_: Any, **__: Any) -> Any:
            kind = {"Content-Type": "application/ld+json"}
            raw = HTTPResponse(io.BytesIO(content), kind, status=200, preload_content=False)
            return self.build_response(request, raw)

    with requests_cache.CachedSession(str(cache), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", Local())
        session.get(url, headers={"Accept": "application/ld+json, application/json, */*;q=0.1"})
