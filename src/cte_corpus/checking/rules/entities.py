"""Levels 2 and 4 for the entity registry: an entity in its place, with names, codes and places that make sense."""

from cte_corpus import edtf
from cte_corpus.checking.rules import classes, registry, twice
from cte_corpus.checking.rules.context import COMPARED, Context, unknown_entity
from cte_corpus.checking.rules.doc import NONE, Findings, Found, Record
from cte_corpus.checking.rules.terms import is_language, known
from cte_corpus.store.layout import why_no_name

CLASS_KINDS = {
    "person": {"person", "unnamed-source"},
    "gpe": {"country", "city"},
    "loc": {"region", "facility", "camp", "heritage-site"},
    "group": {"population", "states", "armed-groups", "experts", "company-group", "organisations",
        "states-and-organisations", "legal-class", "press"},
    "work": {"instrument", "conference-series", "initiative", "mechanism", "list", "publication"},
    "org": {
        "government-body", "igo", "coalition", "working-group", "armed-group", "network", "media", "organisation",
        "facility",
    },
}  # fmt: skip
"""Which kinds an entity class holds."""

PRIVACY_OF = {
    "person": {"public-figure", "designated-person", "named-private", "unnamed-person"},
    "group": {"aggregate"},
}
"""Which privacy classes a class of entities takes; all others take `none` or `aggregate`."""

NEEDS_GEO = frozenset({"country", "city"})


def check(corpus: Context) -> Findings:
    """All findings in the registry, documents apart."""
    known, links = corpus.entities, twice.Links()
    for key, entity in known.each():
        for item in _one(entity, corpus):
            yield item._replace(of=(entity,))
        links.add(key, entity)
    if corpus.schema >= COMPARED:
        yield from links.check(known)


def _one(entity: Record, corpus: Context) -> Findings:
    """All findings in an entity."""
    yield from references(entity, corpus)
    found = list(meaning(entity))
    yield from found
    if corpus.schema >= COMPARED:
        if not found:  # what does not fit its class is not compared
            yield from registry.check(entity, corpus.languages[0])
        yield from classes.links(entity, corpus.entities)
        yield from twice.entity(entity)


def references(entity: Record, corpus: Context) -> Findings:
    """Level 2: links lead to entities, and the id is not retired."""
    if entity["id"] in corpus.retired:
        yield Found("CTE210", entity, f"`{entity['id']}` was retired and may not be used again", "id")
    yield from named(entity)
    for link in entity.get("links", NONE):
        if link["entity"] not in corpus.entities:
            yield unknown_entity(link, "entity", link["entity"], corpus.entities)


def named(record: Record) -> Findings:
    """Level 2: the file of an entity, or the folder of a document, can be called by its id wherever it is copied."""
    if why := why_no_name(record["id"].rpartition(":")[2]):
        yield Found("CTE207", record, why, "id", "give it another id; what was published keeps a tombstone")


def meaning(entity: Record) -> Findings:
    """Level 4: kind, privacy, countries, coordinates, names."""
    kind, entity_class = entity["kind"], entity["id"].partition(":")[0]
    if kind not in CLASS_KINDS[entity_class]:
        kinds = " or ".join(sorted(CLASS_KINDS[entity_class]))
        yield Found("CTE206", entity, f"expected {kinds} for class `{entity_class}`, got {kind}", "kind")
    allowed = PRIVACY_OF.get(entity_class, {"none", "aggregate"})
    if entity["privacy"] not in allowed:
        takes = " or ".join(sorted(allowed))
        yield Found(
            "CTE419", entity, f"expected {takes} for class `{entity_class}`, got {entity['privacy']}", "privacy"
        )
    for country in entity.get("countries", NONE):
        if country["code"] not in known("countries"):
            yield Found("CTE423", country, f"`{country['code']}` is not an ISO 3166-1 alpha-2 code", "code")
    if kind in NEEDS_GEO and "geo" not in entity:
        yield Found("CTE424", entity, f"a {kind} has coordinates", "kind", "add `geo` with its source in `identifiers`")
    preferred = [name["lang"] for name in entity["names"] if name["use"] == "preferred"]
    if not preferred or len(set(preferred)) != len(preferred):
        got = f"preferred names in {', '.join(preferred)}" if preferred else "none"
        yield Found("CTE425", entity["names"], f"expected one preferred name per language, got {got}", 0)
    for name in entity["names"]:
        if not is_language(name["lang"]):
            yield Found("CTE420", name, f"`{name['lang']}` is not a language tag (ISO 639-1, BCP 47)", "lang")
        if name["script"] not in known("scripts"):
            yield Found("CTE421", name, f"`{name['script']}` is not an ISO 15924 script", "script")
    for link in entity.get("links", NONE):
        if "time" in link:
            try:
                edtf.bounds(link["time"])
            except ValueError as error:
                yield Found("CTE401", link, str(error), "time", "dates are EDTF: 2022-05-11, 2022-05, 2022-05-11/..")
