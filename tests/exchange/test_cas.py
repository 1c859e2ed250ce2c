"""UIMA CAS by its own client, dkpro-cassis: what it reads in our files, what others' files become, and hostile ones."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from cte_corpus.errors import CteError
from cte_corpus.exchange import cas, cas_in, cas_json
from cte_corpus.exchange.annotated import Annotated, annotated
from cte_corpus.exchange.fitting import fitted
from cte_corpus.exchange.loss import Loss
from cte_corpus.exchange.returned import returned
from tests.exchange.annotating import DOCUMENTS, LETTERS, coded, made, real, unchanged
from tests.needs import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from cte_corpus.exchange.annotated import Raw

pytestmark = pytest.mark.long  # dkpro-cassis is in the extra `exchange`, which the short tests do not install

XML = "".join(letter for letter in LETTERS if letter.isprintable() or letter in "\n\u200b\u200d\u200f\ufeff")


@pytest.fixture(scope="module", autouse=True)
def cassis() -> Any:
    try:
        import cassis as client
    except ImportError:
        missing("needs dkpro-cassis")
    return client


def to_xmi(one: Annotated, target: Path) -> Path:
    path = target / f"{one.name}.xmi"
    path.write_bytes(cas.xmi(one))
    return path


def to_json(one: Annotated, target: Path) -> Path:
    path = target / f"{one.name}.json"
    path.write_bytes(cas_json.written(one))
    return path


WRITERS = pytest.mark.parametrize("write", [to_xmi, to_json])


@WRITERS
@pytest.mark.parametrize("name", DOCUMENTS)
def test_records_come_back_as_they_went_out(
    write: Callable[[Annotated, Path], Path], name: str, tmp_path: Path
) -> None:
    raw, text = coded(name)
    unchanged(cas_in.read, write(annotated(raw, text), tmp_path), raw, text)


@WRITERS
def test_real_records_come_back_as_they_went_out(
    write: Callable[[Annotated, Path], Path], sources: Path, tmp_path: Path
) -> None:
    for raw, text in real(sources):
        unchanged(cas_in.read, write(annotated(raw, text), tmp_path), raw, text)


@WRITERS
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(case=made(XML))
def test_made_records_come_back_as_they_went_out(
    write: Callable[[Annotated, Path], Path], case: tuple[Raw, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        unchanged(cas_in.read, write(annotated(*case), Path(folder)), *case)


@WRITERS
def test_the_client_reads_the_words_of_every_span(
    cassis: Any, write: Callable[[Annotated, Path], Path], tmp_path: Path
) -> None:
    raw, text = coded("bayan-al-marfa")
    shifted = annotated(raw, text)
    lead = "😀𐎀 "
    marks = tuple(one._replace(start=one.start + len(lead), end=one.end + len(lead)) for one in shifted.marks)
    path = write(shifted._replace(text=lead + text, marks=marks), tmp_path)
    with path.open("rb") as file:
        load = cassis.load_cas_from_xmi if path.suffix == ".xmi" else cassis.load_cas_from_json
        document = load(file, cas.typesystem()) if path.suffix == ".xmi" else load(file)
    words = {one["id"]: one["span"]["text"] for one in raw["mentions"]}
    mentions = document.select(f"{cas.TYPES}Mention")
    assert {one.key: one.get_covered_text() for one in mentions} == words
    units = (lead + text).encode("utf-16-le")
    first = min(raw["mentions"], key=lambda one: one["span"]["start"])
    begin = len((lead + text)[: first["span"]["start"] + len(lead)].encode("utf-16-le")) // 2
    assert f"{begin}".encode() in path.read_bytes()
    assert units[2 * begin :].decode("utf-16-le").startswith(first["span"]["text"])
    events = document.select(f"{cas.TYPES}Event")
    with_links = [one for one in events if one.arguments]
    linked = {(one.key, link.role, link.target.key) for one in with_links for link in one.arguments.elements}
    assert linked == {(link.source, link.label, link.target) for link in shifted.links}


def test_an_edit_in_a_tool_comes_back_as_that_edit(cassis: Any, tmp_path: Path) -> None:
    raw, text = coded("harbour-talks")
    path = to_xmi(annotated(raw, text), tmp_path)
    document = cassis.load_cas_from_xmi(path, cas.typesystem())
    mention = next(one for one in document.select(f"{cas.TYPES}Mention") if one.key == "harbour-talks:m003")
    mention.begin = 78
    event = next(one for one in document.select(f"{cas.TYPES}Event") if one.key == "harbour-talks:e01")
    event.status = "planned"
    layer = document.typesystem.get_type(f"{cas.TYPES}Mention")
    document.add(layer(begin=140, end=149, label="gpe", entity="gpe:osterhavn"))
    document.to_xmi(path)
    loss = Loss()
    (found,) = cas_in.read(path, loss)
    came = returned(fitted(found, text, loss), found.records or {}, loss)
    assert sorted(came.changes) == [
        "harbour-talks:e01: status planned for occurred",
        "harbour-talks:m003: “Torvald” for “Ina Torvald”",
    ]
    assert [(one.label, one.start, one.end) for one in came.marks] == [("gpe", 140, 149)]
    assert loss.rows() == []


def archive(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return data.getvalue()


def test_a_project_of_inception_is_read_without_unpacking_it(tmp_path: Path) -> None:
    one = annotated(*coded("harbour-talks"))
    alien = annotated(*coded("bayan-al-marfa"))._replace(records=None)
    types = cas.typesystem().to_xml().encode()
    inner = archive({"ina.xmi": cas.xmi(one), "TypeSystem.xml": types})
    other = archive({"../../ina.xmi": cas.xmi(alien), "TypeSystem.xml": types})
    path = tmp_path / "project.zip"
    path.write_bytes(
        archive(
            {
                "exportedproject.json": b"{}",
                "source/talks.txt": b"text",
                "annotation/talks.txt/ina.zip": inner,
                "annotation/bayan.txt/ina.zip": other,
                "annotation/bayan.txt/INITIAL_CAS.zip": other,
            }
        )
    )
    found = cas_in.read(path, Loss())
    assert [one.name for one in found] == ["harbour-talks", "bayan.txt/ina/../../ina"]
    assert [path] == list(tmp_path.iterdir())


TYPES_OF = {
    "cas_has_fs_with_no_namespace": "typesystem_has_types_with_no_namespace",
    "cas_with_array_features": "typesystem_with_array_features",
    "cas_with_collections": "typesystem_with_collections",
    "cas_with_empty_array_reference": "important_dkpro_types",
    "cas_with_floating_point_special_values": "typesystem_with_floating_points",
    "cas_with_inheritance": "typesystem_with_inheritance",
    "cas_with_list_features": "typesystem_with_list_features",
    "cas_with_multiple_references_allowed_string_array": "typesystem_with_multiple_references_allowed",
    "cas_with_nonindexed_fs": "important_dkpro_types",
    "cas_with_references": "important_dkpro_types",
    "cas_with_reserved_names": "typesystem_with_reserved_names",
    "cas_with_smileys": "important_dkpro_types",
    "cas_with_two_sofas": "small_typesystem",
    "empty_cas": "small_typesystem",
    "lenient_cas": "small_typesystem",
    "small_cas": "small_typesystem",
}
"""Which type system each sample of dkpro-cassis belongs to."""


def samples(shared: Path) -> list[tuple[Path, Path | None]]:
    folder = shared / "peers" / "uima-cas" / "tests" / "test_files"
    types = folder / "typesystems"
    found: list[tuple[Path, Path | None]] = [
        (path, types / f"{TYPES_OF[path.stem]}.xml") for path in sorted((folder / "xmi").glob("*.xmi"))
    ]
    return found + [(path, None) for path in sorted((folder / "json").rglob("*.json"))]


@pytest.mark.filterwarnings("ignore:Trying to add feature")
def test_every_structure_of_the_samples_comes_in_or_is_told(cassis: Any, shared: Path, tmp_path: Path) -> None:
    read = 0
    for path, types in samples(shared):
        target = tmp_path / path.name
        target.write_bytes(path.read_bytes())
        (tmp_path / "TypeSystem.xml").unlink(missing_ok=True)
        if types:
            (tmp_path / "TypeSystem.xml").write_bytes(types.read_bytes())
        loss = Loss()
        if path.stem == "lenient_cas":  # it has types that its type system has not
            with pytest.raises(CteError, match="not found"):
                cas_in.read(target, loss)
            continue
        found = cas_in.read(target, loss)
        read += 1
        if path.suffix == ".xmi":
            whole = cassis.load_cas_from_xmi(target, cassis.load_typesystem(types))
        else:
            whole = cassis.load_cas_from_json(target.read_text(encoding="utf-8"))
        spans = Counter(
            one.get_covered_text()
            for view in whole.views
            if view.sofa.sofaString
            for one in whole.get_view(view.sofa.sofaID).select_all_annotations()
            if one.type.name.rpartition(".")[2] not in ("DocumentAnnotation", "DocumentMetaData", "TagsetDescription")
        )
        assert Counter(one.text[m.start : m.end] for one in found for m in one.marks if one.text) == spans
        told = {where for row in loss.rows() for where in row["ids"]}
        others = [one for view in whole.views for one in whole.get_view(view.sofa.sofaID).select_all_fs()]
        ids = {f"{target}#{one.xmiID}" for one in others}
        marked = {m.where for one in found for m in one.marks}
        linked = {where for where in ids - told - marked if not _is_link(where, others)}
        assert not linked or path.stem.startswith("cas_with_collections"), (path, linked)
        target.unlink()
    assert read > 25


def _is_link(where: str, every: list[Any]) -> bool:
    one = next(one for one in every if where.endswith(f"#{one.xmiID}"))
    return getattr(one, "target", None) is not None or hasattr(one, "elements")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&c;</xmi:XMI>"""
NOTHING = b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>'
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/hostname" [<!ENTITY e SYSTEM "file:///etc/hostname">]>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&e;</xmi:XMI>"""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.xmi", BOMB, "declares a document type"),
        ("utf16.xmi", BOMB.partition(b"?>")[2].decode().encode("utf-16"), "declares a document type"),
        ("outside.xmi", OUTSIDE, "declares a document type"),
        ("no.xmi", b"plain", "is no XML"),
        ("empty.xmi", b"", "no XML"),
        ("other.xmi", b"<html/>", "holds no CAS"),
        ("cut.xmi", b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"><cas', "no CAS that can be read"),
        ("no.json", b"{", "no.json"),
        ("deep.json", b"[" * 100_000, "deep.json"),
        ("other.json", b"[]", "holds no CAS"),
        ("views.json", b'{"%VIEWS": 3, "%TYPES": []}', "no CAS that can be read"),
        ("bomb.zip", archive({"a.xmi": b" " * 60_000_000}), "has more than"),
        ("nested.zip", archive({"a.zip": archive({"b.zip": archive({"c.xmi": b""})})}), "an archive in an archive"),
        ("empty.zip", archive({"a.txt": b""}), "holds no CAS"),
        ("types.zip", archive({"a.xmi": NOTHING, "TypeSystem.xml": BOMB}), "declares a document type"),
        ("torn.zip", archive({"a.xmi": b"x" * 1000})[:-30] + b"PK\x05\x06" + b"\0" * 18, "holds no CAS"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_a_sentence(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CteError) as caught:
        cas_in.read(path, Loss())
    assert said in caught.value.message
    assert name in caught.value.message


@pytest.mark.parametrize(("begin", "end"), [(1, 2), (0, 999)])
def test_offsets_that_cut_a_character_or_lie_outside_are_refused(begin: int, end: int, tmp_path: Path) -> None:
    one = annotated(*coded("harbour-talks"))
    value = json.loads(cas_json.written(one._replace(text=f"😀{one.text}")))
    span = next(item for item in value["%FEATURE_STRUCTURES"] if item["%TYPE"].endswith("CteMention"))
    span |= {"begin": begin, "end": end + (end > 99) * 9999}
    path = tmp_path / "cut.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(CteError, match="offset"):
        cas_in.read(path, Loss())


def test_what_xml_cannot_hold_goes_as_json(tmp_path: Path) -> None:
    raw, text = coded("harbour-talks")
    one = annotated(raw, f"{text}\u0001")
    with pytest.raises(CteError, match="XML cannot hold") as caught:
        cas.xmi(one)
    assert "cas-json" in caught.value.hint
    (found,) = cas_in.read(to_json(one, tmp_path), Loss())
    assert found.text == one.text
