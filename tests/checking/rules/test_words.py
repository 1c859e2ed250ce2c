"""Every string that is in words is held to the rules for words, whatever file and field it stands in."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from cte_corpus.checking.rewrite import data_files
from cte_corpus.checking.rules import file, schema
from cte_corpus.store import canonical
from cte_corpus.store.layout import data_dir

KINDS = ("corpus", "retired", "entity", "document", "sections", "mentions", "events", "sanctions")


def fields(node: dict[str, Any], whole: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths to strings that are neither codes nor of a form: words, and references and languages."""
    while "$ref" in node:
        node = canonical.target(node["$ref"], whole)
    if node["type"] == "object":
        for name, member in node["properties"].items():
            yield from fields(member, whole, (*path, name))
    elif node["type"] == "array":
        yield from fields(node["items"], whole, (*path, "[]"))
    elif node["type"] == "string" and node.get("minLength") == 1 and not {"enum", "pattern"} & node.keys():
        yield path


def words(kind: str) -> list[tuple[str, ...]]:
    whole = schema.schema(kind)
    found = fields(whole, whole)
    quoted = {"span", "trigger", "heading", "head", "via_span"}
    return [path for path in found if path[-1] != "lang" and not (quoted & {*path} and path[-1] == "text")]


ALL = [(kind, path) for kind in KINDS for path in words(kind)]


def holders(value: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, str | int]]:
    """Where a path leads in a value: each holder with the key or index in it."""
    head, rest = path[0], path[1:]
    if head == "[]":
        keys: list[Any] = list(range(len(value)))
    else:
        keys = [head] if head in value else []
    for key in keys:
        if rest:
            yield from holders(value[key], rest)
        else:
            yield value, key


def test_there_are_words_of_many_fields() -> None:
    assert len(ALL) > 40
    assert ("events", ("records", "[]", "label", "[]", "text")) in ALL


@pytest.mark.parametrize(("kind", "path"), ALL, ids=lambda part: part if isinstance(part, str) else ".".join(part))
def test_a_string_in_words_is_trimmed_shows_and_is_finished(kind: str, path: tuple[str, ...], tidewater: Any) -> None:
    found = False
    for root in (tidewater, data_dir()):
        for source, each in data_files(root):
            value = orjson.loads(source.data) if each == kind else {}
            for holder, key in list(holders(value, path))[:1] if value else ():
                found = True
                spoil(kind, value, holder, key)
        if found:
            return
    pytest.skip("no record uses the field")


def spoil(kind: str, value: Any, holder: Any, key: str | int) -> None:
    """Spoil one string in each way, and see that it alone is found, by the rule that is meant."""
    good = holder[key]
    for bad, code in (
        (f"{good} ", "CTE020"),
        (f" {good}", "CTE020"),
        (f"{good}\u3000", "CTE020"),
        ("   ", "CTE020"),
        (f"{good}\u200b", "CTE019"),
        (f"{good}\n{good}", "CTE019"),
        (f"{good} TODO", "CTE021"),
    ):
        holder[key] = bad
        data = orjson.dumps(value)
        again, _, refused = file.read(data)
        assert not refused
        codes = [item.code for item in (*file.characters(data, again), *schema.check(again, kind))]
        is_others = code == "CTE021" and ("use" in holder or holder is value.get("title"))
        assert codes == ([] if is_others else [code]), (bad, codes)
    holder[key] = good
