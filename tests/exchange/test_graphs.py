"""`cte export graphml|geojson|skos|jsonld`: what the tools that people draw and link with read in the files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from cte_corpus import vocabulary
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.exchange.told import hedged
from cte_corpus.tabular.database import connect
from tests.conftest import ROOT
from tests.exchange.giving import exported, lost, renamed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def whole() -> Corpus:
    return Corpus()


def geojson(corpus: Path | Corpus) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    data, job = exported("geojson", corpus)
    return json.loads(data)["features"], lost(job)


def test_what_is_no_fact_says_so_first() -> None:
    assert hedged("arrest", {"status": "occurred", "polarity": "positive"}) == "arrest"
    assert hedged("arrest", {"status": "alleged", "polarity": "positive"}) == "alleged: arrest"
    assert hedged("arrest", {"status": "planned", "polarity": "negative"}) == "planned not: arrest"
    assert hedged("arrest", {"status": "ongoing", "polarity": "negative"}) == "not: arrest"
    hedge = {"degree": "probable", "span": {}}
    assert hedged("arrest", {"status": "occurred", "polarity": "positive", "certainty": hedge}) == "probable: arrest"
    assert hedged("arrest", {"status": "alleged", "polarity": "positive", "certainty": "possible"}).startswith(
        "alleged possible: "
    )


@pytest.mark.long
def test_a_point_is_drawn_only_where_it_is_that_of_a_site_or_city(whole: Corpus) -> None:
    features, left = geojson(whole)
    with connect(whole) as database:
        (expected,) = database.sql(
            "select count(*), count(*) filter (n.geo.precision in ('point', 'city')) "
            "from places p join entities n on n.id = p.entity"
        ).fetchall()
    drawn = [one for one in features if one["geometry"]]
    assert (len(features), len(drawn)) == expected
    assert {one["properties"]["point_precision"] for one in drawn} == {"point", "city"}
    assert {one["properties"]["point_precision"] for one in features} == {"point", "city", "country", None}
    assert len(left["point"]) == len(features) - len(drawn)
    marrakesh = next(one for one in drawn if one["properties"]["place"] == "gpe:marrakesh")
    point = whole.entities["gpe:marrakesh"].geo
    assert point is not None
    assert marrakesh["geometry"]["coordinates"] == [point.lon, point.lat]
    assert marrakesh["properties"]["told_precision"] == "city"


def test_every_event_is_on_the_map_or_told(tidewater: Path) -> None:
    features, left = geojson(tidewater)
    events = {one["properties"]["event"] for one in features}
    assert events.isdisjoint(left["event"])
    assert events | set(left["event"]) == set(Corpus(tidewater).events)


@pytest.mark.long
def test_an_event_that_is_alleged_is_never_titled_as_a_fact(whole: Corpus) -> None:
    features, _ = geojson(whole)
    alleged = [one["properties"] for one in features if one["properties"]["status"] == "alleged"]
    assert alleged
    assert all(one["title"].startswith("alleged: ") for one in alleged)
    assert any(one["said_by"] for one in alleged)


# The real clients


@pytest.mark.long
def test_geopandas_reads_points_dates_and_what_has_no_point(whole: Corpus, tmp_path: Path) -> None:
    import geopandas

    data, _ = exported("geojson", whole)
    (tmp_path / "x.geojson").write_bytes(data)
    frame = geopandas.read_file(tmp_path / "x.geojson", engine="pyogrio")
    features = json.loads(data)["features"]
    assert len(frame) == len(features)
    assert int(frame.geometry.notna().sum()) == sum(one["geometry"] is not None for one in features)
    for row, one in zip(frame.itertuples(), features, strict=True):
        assert (row.event, row.title, row.place) == tuple(one["properties"][key] for key in ("event", "title", "place"))
        if one["geometry"]:
            assert [row.geometry.x, row.geometry.y] == one["geometry"]["coordinates"]
    assert frame.crs.to_epsg() == 4326


@pytest.mark.long
def test_networkx_reads_every_entity_and_edge(whole: Corpus, tmp_path: Path) -> None:
    import networkx as nx

    data, job = exported("graphml", whole)
    (tmp_path / "x.graphml").write_bytes(data)
    graph = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert set(graph) == set(whole.entities)
    with connect(whole) as database:
        rows = database.sql("select source, target, relation, status, event_id from edges").fetchall()
    edges = list(graph.edges(data=True, keys=True))
    assert Counter((a, b, d["relation"], d["status"], d["event_id"]) for a, b, _, d in edges) == Counter(rows)
    assert len({key for _, _, key, _ in edges}) == len(edges)
    alleged = [one for *_, one in edges if one["status"] == "alleged"]
    assert alleged
    assert all(one["label"].startswith("alleged: ") for one in alleged)
    assert all("precision" in one for _, one in graph.nodes(data=True) if "lat" in one)
    assert graph.nodes["gpe:morocco"]["label_ar"]
    assert {one["event_id"] for *_, one in edges}.isdisjoint(lost(job)["event"])


@pytest.mark.long
def test_names_that_xml_cannot_hold_are_told(tidewater: Path, tmp_path: Path) -> None:
    import networkx as nx

    evil = 'A\x1b[8m & <b> "x" ]]> \ufffe'
    corpus = renamed(tidewater, tmp_path / "corpus", evil)
    data, job = exported("graphml", corpus)
    (tmp_path / "x.graphml").write_bytes(data)
    graph = nx.read_graphml(tmp_path / "x.graphml")
    assert {one["label"] for _, one in graph.nodes(data=True)} >= {'A\ufffd[8m & <b> "x" ]]> \ufffd'}
    assert set(lost(job)["control character"]) >= set(Corpus(corpus).entities)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_rdflib_reads_the_same_statements_in_both_forms(tidewater: Path) -> None:
    import rdflib
    from rdflib.compare import isomorphic
    from rdflib.namespace import RDF, SKOS

    turtle = rdflib.Graph().parse(data=exported("skos", tidewater)[0], format="turtle")
    linked = rdflib.Graph().parse(data=exported("jsonld", tidewater)[0], format="json-ld")
    assert isomorphic(turtle, linked)
    base = "urn:cte-vocabulary:"
    for code, entry in vocabulary.event_types().items():
        concept = rdflib.URIRef(f"{base}event-type:{code}")
        assert {(getattr(one, "language", None), str(one)) for one in turtle.objects(concept, SKOS.prefLabel)} == set(
            entry["label"].items()
        )
        found = {
            (str(grade).rpartition("#")[2], str(target))
            for grade in (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
            for target in turtle.objects(concept, grade)
        }
        assert found == {
            (f"{one['match']}Match", f"{base}{one['scheme']}:{quote(one['target'], safe='./')}")
            for one in entry["crosswalk"]
            if one["match"] != "none"
        }
    for name in (*vocabulary.lists(), "role"):
        scheme = rdflib.URIRef(base + name)
        codes = {str(turtle.value(one, SKOS.notation)) for one in turtle.subjects(SKOS.inScheme, scheme)}
        assert codes == set(vocabulary.codes(name))
    for one in turtle.subjects(RDF.type, SKOS.Concept):
        labels = [getattr(label, "language", None) for label in turtle.objects(one, SKOS.prefLabel)]
        assert len(labels) == len(set(labels)) > 0
        assert turtle.value(one, SKOS.inScheme) is not None


SCRIPT = """
import sys
from pathlib import Path
from tests.conftest import ROOT
from tests.exchange.giving import exported
for name in ("graphml", "geojson", "skos", "jsonld"):
    data, job = exported(name, Path(sys.argv[1]))
    sys.stdout.buffer.write(data + job.loss.encoded())
"""


@pytest.mark.long
def test_the_same_corpus_gives_the_same_bytes_in_any_process(tidewater: Path) -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tidewater)],
            check=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
