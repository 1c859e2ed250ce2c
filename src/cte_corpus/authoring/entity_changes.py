"""Entities as they come and go: a new one, another id, two that are one, one that goes."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import folder, judged, references, released
from cte_corpus.checking.rewrite import canonical_form
from cte_corpus.checking.rules.file import order
from cte_corpus.errors import CteError
from cte_corpus.store import canonical, folders, layout
from cte_corpus.text.suggest import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from cte_corpus.checking.diagnostic import Diagnostic

Raw = dict[str, Any]

ID = re.compile(r"([a-z]+):([a-z0-9]+(?:-[a-z0-9]+)*)")

LEFT = frozenset({"CTE424", "CTE504"})
"""What a new entity may leave open: coordinates that no source gives, and records that name it."""

OF_ONE = ("kind", "privacy", "geo")
"""Fields of which an entity has one value: in a merger that of the entity that stays."""


class Changed(NamedTuple):
    """A corpus before and after a change, for comparing; both are temporary."""

    before: Path
    after: Path
    places: Mapping[str, int]
    """Records that named the entity, by the kind of their file."""

    left: list[Diagnostic]
    """Findings that stay open: of a new entity, or of those that only the retired one named."""


def add(root: Path, work: Path, entity: Raw) -> Changed:
    """Write a new entity.

    Raises:
        CteError: the id cannot be one, is taken or was retired, or the result does not pass the check.
        OSError: a file cannot be read or written.
    """
    with folders.writing(root):
        folders.clear(root)
        _free(root, entity["id"])
        return _write(root, work, {layout.entity_path(entity["id"]): _file(root, entity)}, {}, left=LEFT)


def rename(root: Path, work: Path, old: str, new: str, reason: str) -> Changed:
    """Give an entity another id; a tombstone leads from the old one to it.

    Raises:
        CteError: there is no such entity, the new id cannot be one, or the result does not pass the check.
        OSError: a file cannot be read or written.
    """
    with folders.writing(root):
        folders.clear(root)
        entity = _entity(root, old)
        _free(root, new)
        moved = references.put({**entity, "id": new}, old, new)
        changes, places = _replaced(root, old, new)
        changes |= {layout.entity_path(old): None, layout.entity_path(new): _file(root, moved)}
        changes |= _tombstone(root, old, reason, new)
        return _write(root, work, changes, places, now=_called(old, new))


def merge(root: Path, work: Path, one: str, into: str, reason: str) -> Changed:
    """Make two entities one: what named the first names the second, which takes over what it lacks.

    Names of the first become aliases where the second has a preferred name in their language. A link between the two
    goes. What contradicts, such as two numbers in one list, is refused by the check.

    Raises:
        CteError: there is no such entity, or the result does not pass the check.
        OSError: a file cannot be read or written.
    """
    if one == into:
        raise CteError(f"{one} is one entity already", "name the one that goes, and the one that stays")
    with folders.writing(root):
        folders.clear(root)
        changes, places = _replaced(root, one, into)
        gone, stays = (references.put(_entity(root, key), one, into) for key in (one, into))
        changes |= {layout.entity_path(one): None, layout.entity_path(into): _file(root, merged(gone, stays))}
        changes |= _tombstone(root, one, reason, into)
        return _write(root, work, changes, places, now=_called(one, into))


def retire(root: Path, work: Path, key: str, reason: str) -> Changed:
    """Take away an entity that nothing names; a tombstone says why.

    Raises:
        CteError: there is no such entity, or records name it.
        OSError: a file cannot be read or written.
    """
    with folders.writing(root):
        folders.clear(root)
        _entity(root, key)
        names = [name for file in references.naming(root, key) for name in references.holders(file, key)]
        if names:
            more = [f"and {len(names) - judged.SHOWN} more"] * (len(names) > judged.SHOWN)
            raise CteError(
                f"{len(names)} records name {key}; nothing was written",
                "let them name another, or use `cte entity merge`",
                "\n".join([*names[: judged.SHOWN], *more]),
            )
        changes = {layout.entity_path(key): None, **_tombstone(root, key, reason)}
        return _write(root, work, changes, {}, left=frozenset({"CTE504"}))


def merged(gone: Raw, stays: Raw) -> Raw:
    """An entity with all that another says of the same; its own kind, privacy, place and description stay."""
    found = {**{field: gone[field] for field in OF_ONE if field in gone}, **stays}
    preferred = {name["lang"] for name in stays["names"] if name["use"] == "preferred"}
    names = [
        {**name, "use": "alias"} if name["use"] == "preferred" and name["lang"] in preferred else name
        for name in gone["names"]
    ]
    found["names"] = _union(stays["names"], names, ("text", "lang"))
    found["description"] = _union(stays["description"], gone["description"], ("lang",))
    for field, key in (
        ("identifiers", ("scheme", "value")),
        ("countries", ("code", "role")),
        ("links", ("rel", "entity", "time")),
    ):
        items = _union(stays.get(field, []), gone.get(field, []), key)
        if field == "links":
            items = [item for item in items if item["entity"] != stays["id"]]
        found.pop(field, None)
        if items:
            found[field] = items
    return found


def _union(own: list[Raw], more: list[Raw], key: tuple[str, ...]) -> list[Raw]:
    told = {tuple(item.get(field) for field in key) for item in own}
    return [*own, *(item for item in more if tuple(item.get(field) for field in key) not in told)]


def _called(old: str, new: str) -> Callable[[str], str]:
    """What words with the id of an entity say, once it has another."""
    found = re.compile(rf"{re.escape(old)}(?![a-z0-9-])")
    return lambda words: found.sub(new, words)


def _entity(root: Path, key: str) -> Raw:
    """An entity of the registry."""
    registry = {entity["id"]: entity for entity in folder.entity_registry(root)}
    if key not in registry:
        raise CteError(f"no entity {key!r}", hint(key, registry))
    if (root / layout.entity_path(key)).is_file():
        return registry[key]
    raise CteError(f"{key} does not lie in {layout.entity_path(key)}", folder.CHECK)


def _free(root: Path, key: str) -> None:
    """Refuse an id that cannot be one, or is or was another entity's."""
    match = ID.fullmatch(key)
    if match is None:
        raise CteError(f"{key!r} is no entity id", "a class and a name, as org:grey-lantern")
    if why := layout.why_no_name(match[2]):
        raise CteError(why, "choose another id")
    if (root / layout.entity_path(key)).exists():
        raise CteError(f"there is an entity {key} already", "`cte entity merge A B` makes two of them one")
    if any(one["id"] == key for one in folder.tombstones(root)):
        raise CteError(f"{key} was retired, and no other entity ever gets the id", "choose another id")


def _file(root: Path, entity: Raw) -> bytes:
    schemas = folder.schema_address(root)
    head = {"$schema": f"{schemas}/entity.schema.json"} if schemas else {}
    return _bytes({**head, **entity}, "entity")


def _bytes(value: Any, kind: str) -> bytes:
    return canonical_form(canonical.dumps(value, order(kind)), kind)


def _replaced(root: Path, old: str, new: str) -> tuple[dict[str, bytes | None], Counter[str]]:
    """The files in which another entity takes the place of one, and how many records of which kind named it."""
    changes: dict[str, bytes | None] = {}
    places: Counter[str] = Counter()
    for file in references.naming(root, old):
        if names := references.holders(file, old):
            value = references.put(file.value, old, new)
            changes[file.path] = _bytes(value, file.kind)
            places[file.kind] += len(names)
    return changes, places


def _tombstone(root: Path, key: str, reason: str, instead: str = "") -> dict[str, bytes | None]:
    """`retired.json` with one tombstone more."""
    if not reason.strip():
        raise CteError("a tombstone has a reason", "give it by --reason, in a sentence")
    about = folder.about(root)
    stone = {
        "id": key,
        "since": released.gone_since(root),
        "day": datetime.now(UTC).date().isoformat(),
        "reason": reason.strip(),
        **({"replaced_by": instead} if instead else {}),
    }
    schemas = str(about.get("$schema", "")).replace("corpus.schema", "retired.schema")
    head = {"$schema": schemas} if schemas else {}
    return {"retired.json": _bytes({**head, "records": [*folder.tombstones(root), stone]}, "retired")}


def _write(
    root: Path,
    work: Path,
    changes: Mapping[str, bytes | None],
    places: Mapping[str, int],
    *,
    left: frozenset[str] = frozenset(),
    now: Callable[[str], str] = str,
) -> Changed:
    """Write the changes, if the check finds nothing new in what comes of them."""
    before, after = work / "before" / "data", work / "after" / "data"
    for copy in (before, after):
        shutil.copytree(root, copy)
    folders.write_tree(after, changes)
    found = judged.refuse(before, after, {}, left=left, now=now)
    folders.write_tree(root, changes)
    return Changed(before, after, places, found)
