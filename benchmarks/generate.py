"""Write a valid corpus of any size in the shape of the bundled document: `python benchmarks/generate.py OUT -n 5000`.

A template is a choice of sections of the bundled document, about 70 kB in canonical form, with the records that belong
to them: the same types, fields and lengths, in invented words. Its offsets slice an invented reference text. A document
is a template with its own id and its own word in the text; both are as long as their placeholders, so that a document
costs a few replacements in bytes. The same seed gives the same bytes.
"""

import argparse
import random
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from template import TARGET, Record, cut
from words import Text, retell

from cte_corpus.checking.rules import order as order_of_text
from cte_corpus.checking.rules.doc import Doc
from cte_corpus.checking.rules.file import order
from cte_corpus.store import canonical
from cte_corpus.store.layout import PARTS, data_dir, schema_dir
from cte_corpus.text.view import digest, sha256

TEMPLATES = 40
REGISTRIES = 10
"""Sets of entities, each with names of its own; templates take turns."""

SLUG = "invented-report-{:07d}"
SHARD = 300
"""Documents in a shard, some 16 MB, as `cte build` makes them."""

LEVEL = 3
"""Of zstd: four times as fast as that of a release, for a fifth more bytes."""

LETTERS_OF_NAMES = "باتثجحخدرسعفقكلم"
LETTERS = str.maketrans("0123456789abcdef", LETTERS_OF_NAMES)
OTHER = SLUG.format(9_999_999)
"""Stands for the document whose events are the same."""


class Template(NamedTuple):
    """A document with placeholders, as bytes."""

    files: dict[str, bytes]  # canonical, by part
    line: bytes  # packed
    text: Text
    sections: list[Record]


def templates(seed: int, related: int = 0) -> tuple[list[Template], list[Record]]:
    """The templates, and the entities to which they refer."""
    source = _bundled()
    registry = [orjson.loads(path.read_bytes()) for path in sorted((data_dir() / "entities").glob("*/*.json"))]
    made, entities = [], {}
    for number in range(TEMPLATES):
        random_ = random.Random(f"{seed} {number}")
        parts, text = _cut(source, random_)
        rename = _renamer(number % REGISTRIES)
        parts = _renamed(retell(parts, random_), rename)
        used = _closure(_entity_ids(parts), {rename(entity["id"]): entity for entity in registry}, rename)
        for entity_id, entity in used.items():
            if entity_id not in entities:
                entities[entity_id] = _entity(entity, rename, number % REGISTRIES)
        for mention in parts["mentions"]:
            if mention["form"] == "name":
                _called(entities[mention["entity"]], mention["span"]["text"])
        for event in parts["events"][:related]:
            number = event["id"].rpartition(":")[2]
            event.setdefault("relations", []).append({"rel": "same-as", "event": f"{OTHER}:{number}"})
        made.append(_template(parts, text))
    return made, [entities[key] for key in sorted(entities)]


def documents(made: list[Template], count: int) -> Iterator[tuple[str, Template, Callable[[bytes], bytes], str]]:
    """For each document its id, template, what fills the placeholders, and its reference text."""
    zero = SLUG.format(0).encode()
    for number in range(1, count + 1):
        template = made[number % len(made)]
        slug = SLUG.format(number)
        text = template.text.numbered(number)
        # the next document of the same template, and the one before it: two refer to each other
        other = number + TEMPLATES if (number - 1) // TEMPLATES % 2 == 0 else number - TEMPLATES
        changes = [(zero, slug.encode()), (OTHER.encode(), SLUG.format(other).encode()), *_digests(template, text)]

        def fill(data: bytes, changes: list[tuple[bytes, bytes]] = changes) -> bytes:
            for old, new in changes:
                data = data.replace(old, new)
            return data

        yield slug, template, fill, text


def fillers(count: int) -> Iterator[Record]:
    """An even number of entities that no document names: pairs in the shape of the bundled ones, linked both ways."""
    registry = [orjson.loads(path.read_bytes()) for path in sorted((data_dir() / "entities").glob("*/*.json"))]
    for pair in range(count // 2):
        entity, first = registry[pair % len(registry)], REGISTRIES + 2 * (pair // len(registry))
        for second, rel in enumerate(("successor-of", "alias-of")):
            made = _entity(entity, _renamer(first + second), first + second)
            if "geo" in made:
                made["geo"]["lat"] += 1 / 128  # a whole number would have to be written as one
            made["links"] = [{"rel": rel, "entity": _renamer(first + 1 - second)(entity["id"])}]
            for name in made["names"]:  # four letters are too few for so many
                name["text"] += f"{2 * pair + second:x}".translate(LETTERS)
            for item in made.get("identifiers", ()):
                prefix = "Q" if item["scheme"] == "wikidata" else ""
                item["value"] = f"{prefix}{10**8 + 2 * pair + second}"
            yield made


def write(
    root: Path,
    count: int,
    *,
    packed: bool = False,
    seed: int = 1,
    texts: Path | None = None,
    related: int = 0,
    more_entities: int = 0,
    shards: bool = False,
) -> None:
    """Write a corpus of `count` documents into an empty or new folder; on request the texts into another.

    Where events of each document are `related` to those of another, the number of documents is rounded. A packed corpus
    may be in `shards`: compressed files, as a release has them. The files of a tree name schemas that lie beside the
    corpus; these are copied.
    """
    made, entities = templates(seed, related)
    entities = sorted([*entities, *fillers(more_entities)], key=itemgetter("id"))
    if related:
        count = max(1, round(count / (2 * TEMPLATES))) * 2 * TEMPLATES
    root.mkdir(parents=True, exist_ok=True)
    (root / "corpus.json").write_bytes((data_dir() / "corpus.json").read_bytes())
    retired = orjson.loads((data_dir() / "retired.json").read_bytes()) | {"records": []}
    (root / "retired.json").write_bytes(canonical.dumps(retired, order("retired")))
    if packed:
        with (root / "entities.jsonl").open("wb") as file:
            file.writelines(orjson.dumps(_plain(entity)) + b"\n" for entity in entities)
        lines = (fill(template.line) for _, template, fill, _ in documents(made, count))
        if shards:
            _write_shards(root, lines, -(-count // SHARD))
        else:
            with (root / "documents.jsonl").open("wb") as file:
                file.writelines(lines)
    else:
        shutil.copytree(schema_dir(), root.parent / "schemas" / schema_dir().name, dirs_exist_ok=True)
        for entity in entities:
            kind, _, slug = entity["id"].partition(":")
            folder = root / "entities" / kind
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{slug}.json").write_bytes(canonical.dumps(entity, order("entity")))
        for slug, template, fill, _ in documents(made, count):
            folder = root / "documents" / slug
            folder.mkdir(parents=True)
            for part, data in template.files.items():
                (folder / f"{part}.json").write_bytes(fill(data))
    if texts:
        texts.mkdir(parents=True, exist_ok=True)
        for slug, _, _, text in documents(made, count):
            (texts / f"{slug}.txt").write_bytes(text.encode())


def _write_shards(root: Path, lines: Iterator[bytes], shards: int) -> None:
    """Write lines into compressed files, one after the other: what they come to together lies nowhere."""
    import pyarrow as pa

    codec = pa.Codec("zstd", compression_level=LEVEL)
    for number in range(shards):
        path = root / f"documents-{number:05d}-of-{shards:05d}.jsonl.zst"
        path.write_bytes(codec.compress(b"".join(islice(lines, SHARD)), asbytes=True))


def _bundled() -> dict[str, Any]:
    folder = next(path for path in sorted((data_dir() / "documents").iterdir()))
    parts = {part: orjson.loads((folder / f"{part}.json").read_bytes()) for part in PARTS}
    return {part: value if part == "document" else value["records"] for part, value in parts.items()}


def _cut(source: dict[str, Any], random_: random.Random) -> tuple[dict[str, Any], Text]:
    """Some sections with a text of their own. Where spans form a chain, or an invented word is a number's: again."""
    while True:
        parts = cut(source, random_, SLUG.format(0))
        text = Text(parts, random_)
        if not text.chained and not any(found.code == "CTE350" for found in order_of_text.check(Doc(parts))):
            return parts, text


def _template(parts: dict[str, Any], text: Text) -> Template:
    whole = text.numbered(0)
    parts["document"]["text"].update(length=len(whole), sha256=sha256(whole), source_sha256=sha256(whole))
    for section in parts["sections"]:
        if section["kind"] == "title":  # a title says what the document is called; but not its number
            end = text.at if section["start"] < text.at < section["end"] else section["end"]
            parts["document"]["title"]["text"] = whole[section["start"] : end].strip()
        section["sha256"] = sha256(whole[section["start"] : section["end"]])
        for sentence in section.get("sentences", ()):
            sentence["digest"] = digest(whole[sentence["start"] : sentence["end"]])
    files = {}
    for part, value in parts.items():
        schema = {"$schema": f"../../../schemas/{schema_dir().name}/{part}.schema.json"}
        whole_file = schema | (_plain(value) if part == "document" else {"records": value})
        files[part] = canonical.dumps(whole_file, order(part))
    # What lies on disk is in canonical order; so is what is packed.
    ordered = {part: orjson.loads(data) for part, data in files.items()}
    line = {part: _plain(value) if part == "document" else value["records"] for part, value in ordered.items()}
    return Template(files, orjson.dumps(line) + b"\n", text, parts["sections"])


def _digests(template: Template, text: str) -> Iterator[tuple[bytes, bytes]]:
    """The digests that the word of a document changes: before and after."""
    before = template.text.numbered(0)
    at = template.text.at
    for section in template.sections:
        if section["start"] <= at < section["end"]:
            yield section["sha256"].encode(), sha256(text[section["start"] : section["end"]]).encode()
            for sentence in section.get("sentences", ()):
                if sentence["start"] <= at < sentence["end"]:
                    yield sentence["digest"].encode(), digest(text[sentence["start"] : sentence["end"]]).encode()
    yield sha256(before).encode(), sha256(text).encode()


def _plain(record: Record) -> Record:
    return {key: value for key, value in record.items() if key != "$schema"}


def _renamer(registry: int) -> Callable[[str], str]:
    """Entity ids of invented referents, as long as those of the real ones."""
    names: dict[str, str] = {}

    def rename(entity: str) -> str:
        if entity not in names:
            kind, _, slug = entity.partition(":")
            random_ = random.Random(f"{registry} {entity}")
            letters = [char if char == "-" else random_.choice("abcdefghijklmnoprstuvyz") for char in slug]
            names[entity] = f"{kind}:{''.join(letters)}{registry}"
        return names[entity]

    return rename


CLASSES = re.compile(r"(?:person|org|gpe|loc|group|work):[a-z0-9-]+")


def _renamed(value: Any, rename: Callable[[str], str]) -> Any:
    """A copy with every entity id renamed."""
    if isinstance(value, dict):
        return {key: _renamed(item, rename) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, rename) for item in value]
    return rename(value) if isinstance(value, str) and CLASSES.fullmatch(value) else value


def _entity_ids(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_entity_ids, value.values()))
    if isinstance(value, list):
        return set().union(*map(_entity_ids, value))
    return {value} if isinstance(value, str) and CLASSES.fullmatch(value) else set()


def _closure(wanted: set[str], known: dict[str, Record], rename: Callable[[str], str]) -> dict[str, Record]:
    """The wanted entities and all to which they link."""
    found: dict[str, Record] = {}
    while wanted - found.keys():
        entity_id = min(wanted - found.keys())
        found[entity_id] = known[entity_id]
        wanted |= {rename(link["entity"]) for link in known[entity_id].get("links", ())}
    return found


def _entity(entity: Record, rename: Callable[[str], str], registry: int) -> Record:
    """An invented entity in the shape of a real one; names and identifiers are its own."""
    random_ = random.Random(f"{registry} {entity['id']} names")
    made: Record = _renamed(retell({"entity": entity}, random_)["entity"], rename)
    made["identifiers"] = [item for item in made.get("identifiers", ()) if item["scheme"] in ("wikidata", "geonames")]
    for item in made["identifiers"]:
        digits = f"{random_.randrange(10**7, 10**8)}{registry}"
        item["value"] = f"Q{digits}" if item["scheme"] == "wikidata" else digits
    if not made["identifiers"]:
        del made["identifiers"]
    if "geo" in made and registry:
        made["geo"]["lat"] = round(made["geo"]["lat"] + registry / 64, 6)
    for name in made["names"]:
        name["text"] = f"{name['text']} {''.join(random_.sample(LETTERS_OF_NAMES, 4))}"
    return made


def _called(entity: Record, words: str) -> None:
    """Let an entity have a name by which a text calls it."""
    if all(name["text"] != words for name in entity["names"]):
        entity["names"].append({"text": words, "lang": "ar", "script": "Arab", "use": "alias"})


def main() -> None:
    """Write a corpus where the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="a folder that does not exist yet, or is empty")
    parser.add_argument("-n", "--documents", type=int, default=5000, help=f"about {TARGET // 1000} kB each")
    parser.add_argument("--packed", action="store_true", help="one document a line, instead of five files")
    parser.add_argument("--shards", action="store_true", help="packed, in compressed files of some 300 documents")
    parser.add_argument("--texts", type=Path, help="write the reference texts into this folder")
    parser.add_argument("--related", type=int, default=0, help="events of each document that another tells as well")
    parser.add_argument("--more-entities", type=int, default=0, help="beside those that the documents name")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(
        options.out,
        options.documents,
        packed=options.packed or options.shards,
        shards=options.shards,
        seed=options.seed,
        texts=options.texts,
        related=options.related,
        more_entities=options.more_entities,
    )


if __name__ == "__main__":
    main()
