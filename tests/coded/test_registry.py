"""The registry of entities: each one once, named, referred to, and with the source of what is known of it."""

from collections import Counter

from .reading import DOCUMENTS, entities, read, strings

CODED = [read(key) for key in DOCUMENTS]


def test_every_entity_is_referred_to() -> None:
    referred = {text for coded in CODED for text in strings(coded.parts)}
    referred |= {link["entity"] for entity in entities().values() for link in entity.get("links", [])}
    assert not set(entities()) - referred


def test_every_person_is_mentioned_and_every_mention_is_of_an_entity() -> None:
    mentioned = {mention["entity"] for coded in CODED for mention in coded.mentions.values()}
    assert {entity for entity in entities() if entity.partition(":")[0] == "person"} <= mentioned
    assert mentioned <= set(entities())


def test_identifiers_have_a_source_and_stand_once() -> None:
    found = Counter[tuple[str, ...]]()
    for entity in entities().values():
        for identifier in entity.get("identifiers", []):
            assert identifier["source"].strip(), entity["id"]
            found[entity["id"], identifier["scheme"], identifier["value"]] += 1
    assert len(found) > 50
    assert max(found.values()) == 1, found.most_common(1)


def test_no_name_is_the_preferred_one_of_two_entities_of_a_class() -> None:
    seen = Counter(
        (key.partition(":")[0], name["lang"], name["text"].casefold())
        for key, entity in entities().items()
        for name in entity["names"]
        if name["use"] == "preferred"
    )
    assert max(seen.values()) == 1, seen.most_common(1)


def test_one_preferred_name_a_language() -> None:
    """English, and Arabic but for names that a text prints in Latin letters."""
    printed = [mention for coded in CODED for mention in coded.mentions.values()]
    latin = {mention["entity"] for mention in printed if mention["span"]["text"].isascii()}
    for entity in entities().values():
        preferred = [name["lang"] for name in entity["names"] if name["use"] == "preferred"]
        assert "en" in preferred, entity["id"]
        assert "ar" in preferred or entity["id"] in latin, entity["id"]
        assert len(preferred) == len(set(preferred)), entity["id"]


def test_every_printed_name_is_a_name_of_its_entity_or_of_one_document() -> None:
    """A spelling is a mention, never a second entity: what two documents print alike is one referent."""
    named: dict[str, set[str]] = {}
    for coded in CODED:
        for mention in coded.mentions.values():
            if mention["form"] == "name":
                named.setdefault(mention["span"]["text"].casefold(), set()).add(mention["entity"])
    shared = {name: sorted(keys) for name, keys in named.items() if len(keys) > 1}
    assert shared == {}, shared


def test_places_with_coordinates_have_a_source() -> None:
    for entity in entities().values():
        assert "geo" not in entity or entity.get("identifiers"), entity["id"]
