"""Drafts that hold what JSON does not, or too much, and folders that hold no records: told with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cte_corpus.authoring import drafts, folder, plain_yaml, quotes
from cte_corpus.authoring.anchor import anchor
from cte_corpus.errors import CteError
from cte_corpus.store.locate import Position
from tests.authoring.conftest import TEXTS
from tests.capped import cte

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "document: harbour-talks\n"
EVENT = HEAD + "events:\n  - key: a\n    evidence: [s02.1]\n    trigger: opened\n    note: "
TAGS = "a draft has no tags: it holds what JSON holds"


def laugh(depth: int) -> str:
    """Aliases of aliases: each level is nine times as large."""
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for n in range(1, depth):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        *((EVENT + value, "6:11", TAGS) for value in (
            "!!int x", "!!float abc", "!!float .inf", "!!bool abc", "!!timestamp abc", "!!map x", "!!binary aGVsbG8=",
            "!!set {a, b}", "!!str x", "! x", "!own x", "!!python/object/apply:os.system [id]",
        )),
        (EVENT + "9" * 5000, "6:11", "the number is beyond"),
        (EVENT + "9007199254740992", "6:11", "the number is beyond"),
        (EVENT + "1e999", "6:11", "the number is too large for a double"),
        (EVENT + "-1e999", "6:11", "the number is too large for a double"),
        (EVENT + ".inf", "6:11", "JSON has no `.inf`"),
        (EVENT + "-.INF", "6:11", "JSON has no `-.INF`"),
        (EVENT + ".nan", "6:11", "JSON has no `.nan`"),
        (EVENT + "&loop [*loop]", "6:18", "`loop` stands inside what it names"),
        (EVENT + "*nothing", "6:11", "nothing is called `nothing`"),
        (EVENT + "x\n    note: y", "7:5", "`note` stands twice"),
        (EVENT + "{1: a}", "6:12", "a key is a string: write it in quotes"),
        (EVENT + "{null: a}", "6:12", "a key is a string: write it in quotes"),
        (EVENT + "{[a]: b}", "6:12", "a key is a string: write it in quotes"),
        (EVENT + "[" * 70 + "]" * 70, "6:72", "expected values to nest at most 64 deep"),
        ("document: &d {id: x, me: *d}\n", "1:26", "`d` stands inside what it names"),
        ("document: x\n---\ndocument: y\n", "2:1", "a draft is one document of YAML"),
        (HEAD + laugh(12), "7:15", "more than 200,000 values"),
        (HEAD + "sections:\n  - kind: [x]\n", "3:5", "expected the code of a kind"),
        (HEAD + "sections:\n  - {kind: lead, id: {}}\n", "3:18", "expected the id of a section"),
        (HEAD + "sections:\n  - {kind: lead, start: 5}\n", "3:18", "`start` of a section is computed"),
        (HEAD + "events:\n  - {key: a, id: {}}\n", "3:14", "expected an id that was given before"),
        (HEAD + f"events:\n  - {{key: a, id: e{'9' * 5000}}}\n", "3:14", "expected an id that was given before"),
        (HEAD + "mentions:\n  s01: [{id: [m001]}]\n", "3:10", "expected an id that was given before"),
        *((EVENT + value, "6:5", "null, or nothing at all, is no value") for value in ("null", "~", "")),
        (HEAD + "mentions:\n  s01:\n", "3:3", "null, or nothing at all, is no value"),
        (HEAD + "events: [null]\n", "2:10", "null, or nothing at all, is no value"),
        (HEAD + "sections: [{<<: {a: b}}]\n", "2:13", "JSON has no `<<`"),
        (HEAD + "note: a\x07b\n", "2:8", ""),
        ("", "1:1", "this names no document"),
        ("document: {id: 5}\n", "1:1", "expected the id of a document"),
        (HEAD + "event: []\n", "2:1", "a draft has no `event`"),
    ],
)  # fmt: skip
def test_what_no_draft_holds_is_refused_with_its_place(tmp_path: Path, content: str, place: str, message: str) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(CteError) as refused:
        drafts.load(path)
    assert refused.value.message.startswith(f"{path}:{place}: {message}")


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ('{"document": "x",\n "value": 1e999}', "2:11", "1e999 is too large for a double"),
        ('{"document": "x",\n "value": NaN}', "2:11", "JSON has no NaN"),
        ('{"document": "x",\n "document": "y"}', "2:2", "the key `document` stands twice"),
        ('{"document": "x",\n "sections": [{"kind": ["x"]}]}', "2:16", "expected the code of a kind"),
        ('{"document": "x",\n "events": [{"note": null}]}', "2:14", "null, or nothing at all, is no value"),
        ('{"document": "x",\n "note": "\\ud800"}', "2:11", "\\ud800 is half of a surrogate pair"),
    ],
)
def test_a_draft_in_json_is_refused_with_its_place(tmp_path: Path, content: str, place: str, message: str) -> None:
    path = tmp_path / "draft.json"
    path.write_text(content, "utf-8")
    with pytest.raises(CteError) as refused:
        drafts.load(path)
    assert refused.value.message.startswith(f"{path}:{place}: {message}")


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_yaml_is_what_json_takes_it_for(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    text = (
        "a: [1, -2, 1.5, 2e3, true, false, null, ~, no, on, True, 2022-06-03, 0x1F, 0o7, 1_000, 12:30, +1, 01]\n"
        "b: ['1', \"null\", |-\n  block\n  ]\nc:\nd: &x {e: [f]}\ng: *x\n"
    )
    read = plain_yaml.read(text.replace("|-\n  block\n  ", "'true'"))
    assert read.value == {
        "a": [1, -2, 1.5, 2000.0, True, False, None, None, "no", "on", "True", "2022-06-03", "0x1F", "0o7", "1_000",
              "12:30", "+1", "01"],
        "b": ["1", "null", "true"],
        "c": None,
        "d": {"e": ["f"]},
        "g": {"e": ["f"]},
    }  # fmt: skip
    assert [type(item) for item in read.value["a"][:4]] == [int, int, float, float]
    assert read.value["d"] is not read.value["g"]
    assert read.places[("a", 2)] == Position(1, 12)
    assert read.places[("d", "e", 0)] == Position(4, 12)
    with pytest.raises(plain_yaml.YamlError) as refused:
        plain_yaml.read("a: [b\nc: d")
    assert refused.value.place is not None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(min_codepoint=32, max_codepoint=126)), inner),
    max_leaves=20,
)  # fmt: skip


@given(json_values)
def test_json_read_as_yaml_is_the_same(value: Any) -> None:
    """As far as YAML is a superset of JSON: keys of any length aside, and floats that are whole numbers."""
    written = orjson.dumps(value).decode()
    found = plain_yaml.read(written).value
    assert orjson.dumps(found) == orjson.dumps(orjson.loads(written))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("corpus.json", "[]"),
        ("corpus.json", '{"$schema": 5}'),
        ("documents/harbour-talks/events.json", "[]"),
        ("documents/harbour-talks/events.json", '{"records": 5}'),
        ("documents/harbour-talks/events.json", '{"records": [5]}'),
        ("documents/harbour-talks/document.json", "5"),
        ("documents/harbour-talks/document.json", "{}"),
        ("documents/harbour-talks/document.json", '{"text": 5}'),
        ("documents/harbour-talks/document.json", '{"text": {"recipe": ["plain-1"]}}'),
        ("documents/harbour-talks/sections.json", '{"records": [{"id": 5}]}'),
        ("documents/harbour-talks/sections.json", '{"records": [{"id": "a", "start": true, "end": 5}]}'),
        (
            "documents/harbour-talks/sections.json",
            '{"records": [{"id": "a", "start": 0, "end": 5, "sentences": [{}]}]}',
        ),
        ("documents/harbour-talks/mentions.json", '{"records": [{}]}'),
        ("documents/harbour-talks/mentions.json", '{"records": [{"id": "a", "entity": "b", "span": 5}]}'),
    ],
)
def test_records_that_are_none_are_named(corpus: Path, tmp_path: Path, name: str, content: str) -> None:
    (corpus / name).write_text(content, "utf-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(EVENT + "x", "utf-8")
    before = {path: path.read_bytes() for path in corpus.rglob("*.json")}
    done = cte("anchor", draft, "--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    assert done.code == 2
    assert f"{name} " in done.err
    assert {path: path.read_bytes() for path in corpus.rglob("*.json")} == before


def test_what_is_anchored_can_be_anchored_again(corpus: Path, tmp_path: Path) -> None:
    """A draft of what the next could not go on from is refused, and not written."""
    given = ("--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        'document: harbour-talks\nmentions:\n  "s01.1": [{entity: [org:a], span: harbour talks}]\n', "utf-8"
    )
    done = cte("anchor", draft, *given)
    assert (done.code, "mentions.s01.1[0]: expected an object with `entity`" in done.out + done.err) == (1, True)
    draft.write_text(EVENT + "x", "utf-8")
    assert cte("anchor", draft, *given).code == 0


@pytest.mark.parametrize(
    "entity", ["{}", "[]", '{"id": "org:a", "kind": "x", "names": [{"lang": "ar"}]}', '{"names": 5}']
)
def test_a_registry_that_is_none_is_named(corpus: Path, tmp_path: Path, entity: str) -> None:
    (corpus / "entities" / "org" / "grey-lantern.json").write_text(entity, "utf-8")
    given = (
        "--document",
        "new",
        "--lang",
        "en",
        "--publisher",
        "org:a",
        "--corpus",
        corpus,
        "--out",
        tmp_path / "x.yaml",
    )
    done = cte("new", TEXTS / "harbour-talks.txt", *given)
    assert (done.code, "grey-lantern.json is no entity" in done.err) == (2, True)
    assert not (tmp_path / "x.yaml").exists()


def test_a_text_too_long_to_propose_a_draft_of_is_refused(corpus: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Osterhavn " * 5_100, "utf-8")
    given = (
        "--document",
        "new",
        "--lang",
        "en",
        "--publisher",
        "org:a",
        "--corpus",
        corpus,
        "--out",
        tmp_path / "x.yaml",
    )
    done = cte("new", text, *given)
    assert (done.code, "a draft is proposed of up to 50,000" in done.err) == (2, True)
    assert not (tmp_path / "x.yaml").exists()


def test_a_folder_that_is_a_link_out_is_not_written_to(corpus: Path, tmp_path: Path) -> None:
    outside = (corpus / "documents" / "harbour-talks").rename(tmp_path / "outside")
    (corpus / "documents" / "harbour-talks").symlink_to(outside)
    with pytest.raises(CteError, match="leads out of the corpus"):
        folder.read(corpus, "harbour-talks")


def test_a_draft_of_any_shape_takes_bounded_time_and_memory(corpus: Path, tmp_path: Path) -> None:
    text = ("--text", TEXTS / "harbour-talks.txt", "--corpus", corpus)
    draft = tmp_path / "draft.yaml"
    for content in (
        HEAD + laugh(40),
        "document: " + "[" * 500_000,
        "document: " + "{a: " * 200_000,
        HEAD + "events: [" + "x, " * 500_000 + "]",
        HEAD + "".join(f"k{n}: &a{n} 1\n" for n in range(100_000)),
        "x" * 3_000_000,
    ):
        draft.write_text(content, "utf-8")
        done = cte("anchor", draft, *text, memory=1024, seconds=20)
        assert done.code == 2
        assert done.peak < 400


def test_many_quotes_that_are_absent_from_a_long_text_end_soon() -> None:
    words = " ".join(f"word{n} and{n % 97}" for n in range(5_000))
    events = [{"key": f"k{n}", "evidence": ["s01.1"], "trigger": f"nowhere to be seen {n}"} for n in range(100)]
    draft = {"document": {"id": "x", "lang": "en"}, "sections": [{"kind": "title"}], "events": events}
    found = anchor(draft, words, "0" * 64)
    assert len(found.problems) == 100
    assert 11 * len(words.split()) > quotes.LOOKS  # so that ten of a hundred are looked for
