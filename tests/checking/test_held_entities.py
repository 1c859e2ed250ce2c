"""A large entity registry: most of it lies compressed, and the findings are those of one that does not."""

import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus.checking import again, engine, held_entities
from cte_corpus.checking.held_entities import Entities
from cte_corpus.store import bundles
from tests.capped import cte
from tests.checking import corpora

RELATIONS = ("member-of", "part-of", "located-in", "successor-of", "alias-of", "holds-office-in")


def test_what_is_compressed_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_entities, "DECODED", 3)
    monkeypatch.setattr(held_entities, "BLOCK", 4)
    sources = list(bundles.entities(corpora.TIDEWATER))
    known = {orjson.loads(source.data)["id"]: source for source in sources}
    entities = Entities()
    for key, source in known.items():
        entities.add(orjson.loads(source.data), source)
        assert entities.pair(key) == (source, orjson.loads(source.data))
    assert list(entities) == list(known)
    assert dict(entities.each()) == {key: entities[key] for key in known}
    assert [entities.pair(key)[0] for key in reversed(known)] == sources[::-1]
    some = list(known)[1::3]
    assert [key for key, _ in entities.each(some)] == some
    with pytest.raises(KeyError):
        entities["org:nobody"]


def broken(entities: list[Any], seed: int) -> list[Any]:
    """Entities of which some have what others have, lead to each other, or to none."""
    random_ = random.Random(seed)
    for _ in range(12):
        one, other = random_.choice(entities), random_.choice(entities)
        field = random_.choice(("names", "description", "geo", "identifiers", "kind", "links", "copy"))
        if field == "links":
            rel = random_.choice(RELATIONS)
            for a, b in ((one, other["id"]), (other, random_.choice((one["id"], other["id"], f"{one['id']}x")))):
                a.setdefault("links", []).append({"rel": rel, "entity": b})
        elif field == "copy":
            entities.insert(
                random_.randrange(len(entities)), deepcopy(one) | random_.choice(({}, {"id": f"{one['id']}y"}))
            )
        elif field in other:
            one[field] = deepcopy(other[field])
    return entities


@pytest.mark.parametrize("seed", range(3))
def test_what_is_compressed_has_the_same_findings(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpora.packed(tmp_path / "corpus")
    path = corpus / "entities.jsonl"
    entities = broken([orjson.loads(line) for line in path.read_bytes().splitlines()], seed)
    path.write_bytes(b"".join(orjson.dumps(entity) + b"\n" for entity in entities))
    found = engine.run(corpus)
    assert len({item.code for item in found.diagnostics}) > 3
    monkeypatch.setattr(held_entities, "DECODED", 2)
    monkeypatch.setattr(held_entities, "BLOCK", 3)
    assert engine.run(corpus) == found
    assert again.run(corpus, cache=tmp_path / "cache") == found


@pytest.mark.long
def test_memory_hardly_grows_with_the_registry(tmp_path: Path) -> None:
    """30,000 entities came to 210 MB when all were kept decoded, and findings in all of them to more."""
    corpus = corpora.packed(tmp_path / "corpus")
    with (corpus / "entities.jsonl").open("ab") as file:
        file.writelines(orjson.dumps(filler(number)) + b"\n" for number in range(30_000))
    done = cte("check", corpus, "--no-cache")
    assert "CTE504" in done.out
    assert done.peak < 110


def filler(number: int) -> dict[str, Any]:
    """An entity that nobody names, as large as most are."""
    words = " ".join(f"{number * step:x}" for step in (11, 13, 17, 19))
    names = [{"text": f"Bureau {words}", "lang": "en", "script": "Latn", "use": use} for use in ("preferred", "alias")]
    texts = [{"lang": "en", "text": f"An invented office for {words} in a port of the south, and for what it needs."}]
    return {
        "id": f"org:bureau-{number}", "kind": "organisation", "privacy": "none",
        "names": names, "description": texts,
    }  # fmt: skip
