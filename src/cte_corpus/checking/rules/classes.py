"""Level 4: what a record names is of a kind that can be there."""

from cte_corpus.checking.held_entities import Entities
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found, Record
from cte_corpus.checking.rules.terms import class_of

BODIES = frozenset({"gpe", "org", "group"})
PLACES = frozenset({"gpe", "loc"})
PARTIES = frozenset({"person", "org", "gpe", "group"})
WORKS = frozenset({"work"})
ONE = {"authority": BODIES, "jurisdiction": BODIES, "target": PARTIES}
MANY = {"operates_in": PLACES, "supports": PARTIES}

LINKS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "member-of": (PARTIES, BODIES),
    "part-of": (PARTIES | PLACES | WORKS, PARTIES | PLACES | WORKS),
    "located-in": (PLACES | {"org"}, PLACES),
    "leads": (PARTIES, BODIES | WORKS),
    "holds-office-in": (frozenset({"person", "group"}), BODIES),
    "works-for": (frozenset({"person", "group"}), BODIES | {"person"}),
    "series-of": (WORKS, WORKS),
}
"""Who may have a link, and to whom; all others are between two of one class."""


def check(doc: Doc) -> Findings:
    """All findings in one document."""
    for sanction in doc.sanctions:
        for field, classes in ONE.items():
            yield from _of(sanction, field, sanction[field], classes)
        for field, classes in MANY.items():
            for index, ref in enumerate(sanction.get(field, NONE)):
                yield from _of(sanction[field], index, ref, classes)
        for basis in sanction.get("legal_basis", NONE):
            yield from _of(basis, "instrument", basis["instrument"], WORKS)
        for look in sanction.get("registry", NONE):
            for index, ref in enumerate(look.get("linked_to", NONE)):
                yield from _of(look["linked_to"], index, ref, PARTIES)
    for _, item in doc.attributions:
        if "via" in item:
            yield from _of(item, "via", item["via"], BODIES | {"person", "work"})
    for mention in doc.mentions:
        if "capacity" in mention:
            if class_of(mention["entity"]) not in ("person", "group"):
                message = f"an office is held by a person, got `{mention['entity']}`"
                yield Found("CTE441", mention, message, "entity", "leave `capacity` out, or name the person")
            if "organisation" in mention["capacity"]:
                yield from _of(mention["capacity"], "organisation", mention["capacity"]["organisation"], BODIES)
    for item in doc.document.get("upstream", NONE):
        if "entity" in item:
            yield from _of(item, "entity", item["entity"], PARTIES | WORKS)


def _of(holder: object, key: str | int, ref: str, classes: frozenset[str]) -> Findings:
    if class_of(ref) not in classes:
        yield Found("CTE441", holder, f"expected one of {', '.join(sorted(classes))}, got `{ref}`", key)


def links(entity: Record, known: Entities) -> Findings:
    """All findings in the links of an entity."""
    for link in entity.get("links", NONE):
        own, other = class_of(entity["id"]), class_of(link["entity"])
        holders, held = LINKS.get(link["rel"], (frozenset({own}), frozenset({own})))
        unlike = (
            link["rel"] == "alias-of" and own in PLACES and known.get(link["entity"], entity)["kind"] != entity["kind"]
        )
        if own not in holders or other not in held or unlike or (link["rel"] == "part-of" and _mixed(own, other)):
            message = f"`{link['rel']}` leads from {own} to {other}"
            yield Found("CTE441", link, message, "entity", "correct the link, or whom it names")


def _mixed(own: str, other: str) -> bool:
    """Whether a part is of another nature than its whole: a place of a body, a body of a place but a country."""
    if own == "loc" or other == "loc":
        return not {own, other} <= PLACES
    if other == "work" and own != "work":
        return True
    return "person" in (own, other)
