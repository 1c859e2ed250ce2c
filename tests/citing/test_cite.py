"""Citations say the same in every format, as the parsers and schemas of others read them."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from cte_corpus import vocabulary
from cte_corpus.citing import FORMATS
from cte_corpus.citing.citation import Citation, Source, cite
from cte_corpus.citing.when import When
from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import CteError, UnknownIdError
from cte_corpus.published import ledger
from cte_corpus.published.ledger import Release
from cte_corpus.store.digests import record_digest, root_digest
from tests.packs import CITED as DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARTICLE = "alamsar-2022-marrakesh"
EVENT = f"{ARTICLE}:e31"
HARD = r"100 % & 5 $ #1 a_b {c} ~ ^ \ “daesh”"


def kinds(corpus: Corpus) -> dict[str, str]:
    """An id of each kind of record, by the name of the kind."""
    maps: dict[str, Any] = {
        name: getattr(corpus, name)
        for name in ("documents", "sections", "sentences", "mentions", "events", "sanctions", "entities")
    }
    return {name: list(records)[-1] for name, records in maps.items()}


@pytest.fixture(scope="session")
def corpora(tidewater: Path) -> dict[str, Corpus]:
    return {"bundled": Corpus(), "tidewater": Corpus(tidewater)}


@pytest.fixture(scope="session")
def cited(corpora: dict[str, Corpus], pack: Path) -> list[Citation]:
    """Each corpus and a record of each kind in it, unreleased and released; titles that are hard to write down."""
    found = []
    for corpus in (*corpora.values(), Corpus(pack)):
        found += [cite(corpus), *(cite(corpus, key) for key in kinds(corpus).values())]
    hard = next(one for one in found if one.source)
    assert hard.source
    found.append(replace(hard, source=replace(hard.source, title=HARD, url="https://a.example/x_y%20{z}?q=1&r=2#s")))
    addresses = hard.info.addresses.model_copy(
        update={"doi": "10.9999/invented", "hub": "invented/corpus", "repository": "https://code.example/corpus"}
    )
    found.append(replace(hard, info=hard.info.model_copy(update={"addresses": addresses})))
    for genre in vocabulary.codes("genre"):
        found.append(replace(hard, source=replace(hard.source, genre=genre)))
    return found


@pytest.fixture(scope="session")
def article(corpora: dict[str, Corpus]) -> Citation:
    return cite(corpora["bundled"], EVENT)


def source_of(citation: Citation) -> Source:
    assert citation.source
    return citation.source


# What is said


def test_each_kind_of_record_is_cited_with_its_digest(corpora: dict[str, Corpus]) -> None:
    for corpus in corpora.values():
        for kind, key in kinds(corpus).items():
            citation = cite(corpus, key)
            assert citation.urn == f"urn:{corpus.info.name}:{corpus.version}:{key}"
            assert (citation.source is None) == (kind == "entities")
            if kind != "sentences":
                assert citation.digest == record_digest(getattr(corpus, kind).raw(key))
        assert cite(corpus).root_digest == root_digest(corpus)


def test_the_digest_of_a_sentence_is_that_of_its_place_and_digest(corpora: dict[str, Corpus]) -> None:
    corpus = corpora["tidewater"]
    stored = corpus.stored.raw_documents[1]["sections"][1]
    assert stored["id"] == "harbour-talks:s02"
    assert cite(corpus, "harbour-talks:s02.1").digest == record_digest(stored["sentences"][0])


def test_the_document_is_named_as_a_bibliography_names_it(corpora: dict[str, Corpus], article: Citation) -> None:
    source = source_of(article)
    assert source.title == corpora["bundled"].documents[ARTICLE].title.text
    assert (source.publisher, source.lang, source.makers) == ("Al-Amsar", "ar", ("Al-Amsar",))
    talks = source_of(cite(corpora["tidewater"], "harbour-talks:e01"))
    assert talks.makers == ("Mara Quill",)
    assert (talks.url, talks.opened) == ("https://tidewater-post.example/harbour-talks", "2022-06-01")


def test_an_address_of_another_text_is_not_that_of_the_document(tidewater: Path, corpus_copy: Path) -> None:
    path = corpus_copy / "documents" / "harbour-talks" / "document.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    kinds = {"related": "https://other.example", "mirror": "https://copy.example"}
    raw["urls"] = [{"url": url, "kind": kind} for kind, url in kinds.items()]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert source_of(cite(Corpus(corpus_copy), "harbour-talks")).url == "https://copy.example"
    del raw["urls"][1]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert source_of(cite(Corpus(corpus_copy), "harbour-talks")).url == ""


@pytest.fixture
def corpus_copy(tidewater: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tidewater, tmp_path / "corpus")


def test_an_unknown_id_names_the_nearest_and_a_retired_one_says_why(corpus_copy: Path) -> None:
    with pytest.raises(UnknownIdError, match="no record 'harbour-talk:e01'\ndid you mean `harbour-talks:e01`"):
        cite(Corpus(corpus_copy), "harbour-talk:e01")
    stone = {"id": "org:old", "since": "0.2.0", "reason": "it was there twice", "replaced_by": "org:grey-lantern"}
    (corpus_copy / "retired.json").write_text(json.dumps({"records": [stone]}), encoding="utf-8")
    with pytest.raises(UnknownIdError, match=r"merged into org:grey-lantern in 0.2.0: it was there twice"):
        cite(Corpus(corpus_copy), "org:old")


# Released or not


@pytest.mark.usefixtures("no_releases")
def test_a_state_that_was_not_released_has_no_date_and_says_so(corpora: dict[str, Corpus]) -> None:
    article = cite(corpora["bundled"], EVENT)
    assert article.date == ""
    for name, render in FORMATS.items():
        assert re.search("unreleased|not released", render(article)), name
        assert article.root_digest in render(article), name


def test_a_pack_has_its_day_unless_its_records_are_others(pack: Path, own_pack: Path) -> None:
    assert cite(Corpus(pack)).date == DAY
    path = own_pack / "retired.json"
    stone = {"id": "org:old", "since": "0.2.0", "reason": "invented"}
    path.write_text(json.dumps({"records": [stone]}), encoding="utf-8")
    assert cite(Corpus(own_pack)).date == ""


def test_a_release_has_the_day_of_the_ledger(tidewater: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(tidewater)
    path = tmp_path / "releases.json"
    for digest, day in ((root_digest(corpus), "2025-03-04"), ("0" * 64, "")):
        release = Release(
            version=corpus.version,
            schema_version="1.0",
            date="2025-03-04",
            records={},
            root_digest=digest,
            archive="tidewater-0.2.0.tar",
            archive_sha256="0" * 64,
            archive_size=1,
            schemas={},
        )
        path.write_bytes(ledger.with_entry(release, b'{"releases": []}'))
        monkeypatch.setattr(ledger, "PATH", path)
        assert cite(corpus).date == day


# Dates

DATES = {
    "2022-05-11": ("2022-05-11", "2022-05-11", {"date-parts": [[2022, 5, 11]]}, "2022/05/11/", "2022-05-11"),
    "2022-05": ("2022-05", "2022-05", {"date-parts": [[2022, 5]]}, "2022/05//", "2022-05"),
    "2022": ("2022", "2022", {"date-parts": [[2022]]}, "2022///", "2022"),
    "2022-05-XX": ("2022-05", "2022-05", {"date-parts": [[2022, 5]]}, "2022/05//", "2022-05"),
    "[2022-05-09..2022-05-11]": (
        "2022-05-09/2022-05-11",
        "2022-05-09?/2022-05-11?",
        {"date-parts": [[2022, 5, 9], [2022, 5, 11]], "circa": True},
        "2022/05//between 2022-05-09 and 2022-05-11",
        "between 2022-05-09 and 2022-05-11",
    ),
    "[2021-12-31,2022-01-01]": (
        "2021-12-31/2022-01-01",
        "2021-12-31?/2022-01-01?",
        {"date-parts": [[2021, 12, 31], [2022, 1, 1]], "circa": True},
        "///between 2021-12-31 and 2022-01-01",
        "between 2021-12-31 and 2022-01-01",
    ),
    "2022-05-09/2022-05-11": (
        "2022-05-09/2022-05-11",
        "2022-05-09/2022-05-11",
        {"date-parts": [[2022, 5, 9], [2022, 5, 11]]},
        "2022/05//2022-05-09 to 2022-05-11",
        "2022-05-09 to 2022-05-11",
    ),
    "2022~": ("2022", "2022~", {"date-parts": [[2022]], "circa": True}, "2022///about 2022", "about 2022"),
    "2022-05?": ("2022-05", "2022-05?", {"date-parts": [[2022, 5]], "circa": True}, "2022/05//2022-05?", "2022-05?"),
    "2022-21": (
        "2022-03/2022-05",
        "2022-21",
        {"date-parts": [[2022]], "season": 1},
        "2022///spring 2022",
        "spring 2022",
    ),
    "2021/2022": (
        "2021/2022",
        "2021/2022",
        {"date-parts": [[2021], [2022]]},
        "///2021 to 2022",
        "2021 to 2022",
    ),
    "202X": (
        "2020/2029",
        "2020/2029",
        {"date-parts": [[2020], [2029]], "circa": True},
        "///between 2020 and 2029",
        "between 2020 and 2029",
    ),
    "2021-11/2022-02-XX": (
        "2021-11/2022-02",
        "2021-11/2022-02",
        {"date-parts": [[2021, 11], [2022, 2]]},
        "///2021-11 to 2022-02",
        "2021-11 to 2022-02",
    ),
    "2021?/2022-21": (
        "2021/2022-05",
        "2021?/2022-21",
        {"date-parts": [[2021], [2022, 5]], "circa": True},
        "///between 2021 and 2022-05",
        "between 2021 and 2022-05",
    ),
    "[2019,2021-05]": (
        "2019/2021-05",
        "2019?/2021-05?",
        {"date-parts": [[2019], [2021, 5]], "circa": True},
        "///between 2019 and 2021-05",
        "between 2019 and 2021-05",
    ),
    "../2022": ("", "../2022", {"literal": "../2022"}, "///../2022", "../2022"),
    "2014/..": ("", "2014/..", {"literal": "2014/.."}, "///2014/..", "2014/.."),
    "[..2015]": ("", "../2015?", {"literal": "[..2015]"}, "///[..2015]", "[..2015]"),
    "Y12345": ("", "", {"literal": "Y12345"}, "///Y12345", "Y12345"),
}
"""EDTF, and what it is in ISO 8601 (DataCite), biblatex, CSL, RIS and words."""


@pytest.mark.parametrize("edtf", DATES)
def test_a_date_is_right_in_each_format(edtf: str) -> None:
    when = When.of(edtf)
    assert (when.iso, when.biblatex, when.csl, when.ris, when.words) == DATES[edtf]


def test_the_day_of_the_first_document_is_one_of_three_in_every_format(article: Citation) -> None:
    for name, expected in {
        "text": "Al-Amsar (between 2022-05-09 and 2022-05-11): ",
        "bibtex": "  date = {2022-05-09?/2022-05-11?},\n  year = {2022},\n  month = {5},\n",
        "ris": "PY  - 2022\nDA  - 2022/05//between 2022-05-09 and 2022-05-11\n",
        "cff": "  year: 2022\n  month: 5\n  issue-date: between 2022-05-09 and 2022-05-11\n",
    }.items():
        assert expected in FORMATS[name](article)
    assert json.loads(FORMATS["csl-json"](article))[0]["issued"] == DATES["[2022-05-09..2022-05-11]"][2]
    (date,) = json.loads(FORMATS["datacite"](article))[0]["dates"]
    assert (date["date"], date["dateType"]) == ("2022-05-09/2022-05-11", "Issued")
    assert "EDTF [2022-05-09..2022-05-11]" in date["dateInformation"]


@pytest.mark.parametrize("edtf", [*DATES, ""])
def test_every_date_makes_valid_files(edtf: str, article: Citation, validators: Validators) -> None:
    citation = replace(article, source=replace(source_of(article), published=When.of(edtf)))
    for name in ("cff", "csl-json", "bibtex", "ris"):
        READERS[name](FORMATS[name](citation))
    validators["cff"].validate(READERS["cff"](FORMATS["cff"](citation)))
    if When.of(edtf).start or When.of(edtf).end:
        for resource in json.loads(FORMATS["datacite"](citation)):
            validators["datacite"].validate(resource)
    else:
        with pytest.raises(CteError, match=f"DataCite asks for a year of publication, and {ARTICLE} has none"):
            FORMATS["datacite"](citation)


# What others read


def read_bibtex(text: str) -> list[dict[str, str]]:
    """The entries as bibtexparser reads them, LaTeX decoded but for addresses; it takes a circumflex for an accent."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    library = parse_string(text)
    assert not library.failed_blocks
    plain = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not plain.failed_blocks
    entries = []
    for raw, entry in zip(library.entries, plain.entries, strict=True):
        decoded = {key: field.value.replace("ˆ", "^") for key, field in entry.fields_dict.items()}
        fields = {key: re.sub(r"^\{(.*)\}$", r"\1", value) for key, value in decoded.items()}
        url = raw.fields_dict["url"].value if "url" in raw.fields_dict else ""
        entries.append({"type": entry.entry_type, "id": entry.key} | fields | {"url": url})
    return entries


def read_ris(text: str) -> list[dict[str, Any]]:
    import rispy

    found: list[dict[str, Any]] = rispy.loads(text)
    assert not any("unknown_tag" in reference for reference in found)
    return found


def read_csl(text: str) -> list[dict[str, Any]]:
    """The items, each of whose variables a citation processor knows."""
    from citeproc.source.json import CiteProcJSON

    items: list[dict[str, Any]] = json.loads(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        known = CiteProcJSON(items)
    assert list(known) == [item["id"] for item in items]
    return items


def read_yaml(text: str) -> Any:
    found = yaml.safe_load(text)
    for key in ("date-released",):  # YAML has a type of its own for days; the schema is of JSON
        if key in found:
            found[key] = str(found[key])
    return found


READERS: dict[str, Callable[[str], Any]] = {
    "bibtex": read_bibtex,
    "ris": read_ris,
    "csl-json": read_csl,
    "cff": read_yaml,
    "datacite": json.loads,
}

Validators = dict[str, jsonschema.protocols.Validator]


@pytest.fixture(scope="session")
def validators(shared: Path) -> Validators:
    """The official schemas."""
    from referencing import Registry
    from referencing.jsonschema import DRAFT4

    folder = shared / "peers" / "metadata-schemas"
    cff = json.loads((folder / "cff" / "schema.json").read_text(encoding="utf-8"))
    schemas = folder / "datacite" / "pypi" / "datacite" / "schemas"
    parts = {
        path.name: DRAFT4.create_resource(json.loads(path.read_text(encoding="utf-8")))
        for path in schemas.glob("i*.json")
    }
    datacite = json.loads((schemas / "datacite-v4.5.json").read_text(encoding="utf-8"))
    return {
        "cff": jsonschema.Draft7Validator(cff),
        "datacite": jsonschema.validators.validator_for(datacite)(
            datacite, registry=Registry().with_resources(parts.items())
        ),
    }


def test_bibtex_is_read_back_whole(cited: list[Citation]) -> None:
    for citation in cited:
        entries = read_bibtex(FORMATS["bibtex"](citation))
        corpus = entries[-1]
        assert (corpus["type"], corpus["id"]) == ("dataset", citation.urn.removeprefix("urn:"))
        assert (corpus["title"], corpus["version"]) == (citation.info.title, citation.info.version)
        assert corpus.get("date", "") == citation.date
        assert citation.urn in corpus["note"]
        assert len(entries) == 1 + (citation.source is not None)
        if citation.source:
            assert entries[0]["title"] == citation.source.title
            assert entries[0]["author"] == citation.source.makers[0]
            assert entries[0]["url"] == citation.source.url.replace("{", "%7B").replace("}", "%7D")


def test_ris_is_read_back_whole(cited: list[Citation]) -> None:
    for citation in cited:
        *sources, corpus = read_ris(FORMATS["ris"](citation))
        assert (corpus["type_of_reference"], corpus["accession_number"]) == ("DATA", citation.urn)
        assert (corpus["title"], corpus["edition"]) == (citation.info.title, citation.info.version)
        assert corpus.get("year", "") == citation.date[:4]
        for source in sources:
            assert citation.source
            assert (source["title"], source["language"]) == (citation.source.title, citation.source.lang)
            assert source.get("secondary_title", source.get("publisher")) == citation.source.publisher


def test_csl_json_is_read_by_a_citation_processor(cited: list[Citation]) -> None:
    for citation in cited:
        *sources, corpus = read_csl(FORMATS["csl-json"](citation))
        assert (corpus["type"], corpus["version"]) == ("dataset", citation.info.version)
        assert ("issued" in corpus) == bool(citation.date)
        for source in sources:
            assert citation.source
            assert source["title"] == citation.source.title


def test_a_citation_processor_prints_both_works(cited: list[Citation]) -> None:
    from citeproc import Citation as Cluster
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    released = next(one for one in cited if one.date == DAY and one.source)
    items = read_csl(FORMATS["csl-json"](released))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Cluster([CitationItem(item["id"]) for item in items]))
    printed = ["".join(entry) for entry in bibliography.bibliography()]
    assert any(source_of(released).title in entry for entry in printed)
    assert any(released.info.title in entry and "2024" in entry for entry in printed)


def test_cff_follows_its_schema(cited: list[Citation], validators: Validators) -> None:
    for citation in cited:
        found = read_yaml(FORMATS["cff"](citation))
        validators["cff"].validate(found)
        assert found.get("date-released", "") == citation.date
        names = [identifier["value"] for identifier in found["identifiers"]]
        assert citation.urn in names
        assert f"sha256:{citation.digest or citation.root_digest}" in names
        assert [work["title"] for work in found.get("references", [])] == (
            [citation.source.title] if citation.source else []
        )


def test_datacite_follows_its_schema(cited: list[Citation], validators: Validators) -> None:
    for citation in cited:
        *sources, corpus = json.loads(FORMATS["datacite"](citation))
        for resource in (*sources, corpus):
            validators["datacite"].validate(resource)
        assert corpus["version"] == citation.info.version
        assert citation.urn in corpus["descriptions"][0]["description"]
        for source in sources:
            assert citation.source
            assert source["titles"] == [{"title": citation.source.title, "lang": citation.source.lang}]


def test_text_names_the_document_first_and_repeats_nothing(cited: list[Citation]) -> None:
    for citation in cited:
        *sources, corpus = FORMATS["text"](citation).split("\n")
        assert len(sources) == (citation.source is not None)
        for source in sources:
            assert citation.source
            assert citation.source.title in source
        assert f"version {citation.info.version}" in corpus
        assert corpus.count(citation.digest or citation.root_digest) == 1
        assert len(re.findall(rf"{citation.urn}[,.]", corpus)) == 1
