"""The entity registry while a corpus is checked: of many entities only the bytes are kept, compressed.

A rule gets them decoded, one after the other or by id. Two look-ups of one entity may bring two objects that are equal:
so a finding says of which it is, `Found.of`.
"""

import os
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping

import orjson

from cte_corpus.checking.rules.doc import NONE, Found, Record
from cte_corpus.store.packed import Source

BLOCK = 32
"""Entities that are compressed together: of fewer it saves less, and of more a look-up takes longer."""

DECODED = 2048
"""Entities that are kept decoded, with their bytes; a registry of no more is kept as it is."""


class Entities(Mapping[str, Record]):
    """The entities by id, in the order in which they lie; they pass the schema."""

    def __init__(self) -> None:
        self.linked: set[str] = set()
        """The entities to which others refer."""

        self._places: dict[str, int] = {}
        self._decoded: OrderedDict[str, tuple[Source, Record]] = OrderedDict()
        self._blocks: list[bytes] = []
        self._last: list[Source] = []
        """The last entities, which are no block yet."""

    def add(self, entity: Record, source: Source) -> None:
        """Add an entity, of an id that is new, with its bytes."""
        key = entity["id"]
        self._places[key] = len(self._places)
        self.linked.update([link["entity"] for link in entity.get("links", NONE)])
        if len(self._decoded) < DECODED:
            self._decoded[key] = source, entity
        self._last.append(source)
        if len(self._places) > DECODED and len(self._places) % BLOCK == 0:
            for start in range(0, len(self._last), BLOCK):
                self._blocks.append(_packed(self._last[start : start + BLOCK]))
            self._last = []

    def pair(self, key: str) -> tuple[Source, Record]:
        """An entity with its bytes.

        Raises:
            KeyError: there is none of that id.
        """
        pair = self._decoded.get(key)
        if pair is None:
            number, place = divmod(self._places[key], BLOCK)
            source = _source(self._block(number), place)
            pair = self._decoded[key] = source, orjson.loads(source.data)
            if len(self._decoded) > DECODED:
                self._decoded.popitem(last=False)
        return pair

    def each(self, keys: Iterable[str] | None = None) -> Iterator[tuple[str, Record]]:
        """Ids with their entities, of all or of some, in their order; what was not decoded is not kept so."""
        at, block = -1, list[bytes]()
        for key in self._places if keys is None else keys:
            pair = self._decoded.get(key)
            if pair is None:
                number, place = divmod(self._places[key], BLOCK)
                if number != at:
                    at, block = number, self._block(number)
                yield key, orjson.loads(block[place])
            else:
                yield key, pair[1]

    def units(self, found: Iterable[Found]) -> list[tuple[Source, Record]]:
        """The entities that findings are of, with their bytes."""
        entities = {id(entity): entity for item in found for entity in item.of}
        return [(self.pair(entity["id"])[0], entity) for entity in entities.values()]

    def __getitem__(self, key: str) -> Record:
        return self.pair(key)[1]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _block(self, number: int) -> list[bytes]:
        """Some entities: the bytes of each, then their paths, then their lines."""
        if number < len(self._blocks):
            return zlib.decompress(self._blocks[number]).split(b"\0")
        start = (number - len(self._blocks)) * BLOCK
        return _parts(self._last[start : start + BLOCK])


def _packed(sources: list[Source]) -> bytes:
    return zlib.compress(b"\0".join(_parts(sources)), 1)


def _parts(sources: list[Source]) -> list[bytes]:
    """What a block is made of; none of it has a NUL."""
    paths, lines = ([os.fsencode(source.path) for source in sources], [b"%d" % source.line for source in sources])
    return [*(source.data for source in sources), *paths, *lines]


def _source(block: list[bytes], place: int) -> Source:
    size = len(block) // 3
    return Source(os.fsdecode(block[size + place]), block[place], int(block[2 * size + place]))
