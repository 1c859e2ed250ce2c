"""UIMA CAS, for INCEpTION and all that reads UIMA, through dkpro-cassis: XMI with its type system, or JSON.

Offsets in the files count UTF-16 code units, as UIMA does; dkpro-cassis converts them. Layers are called as INCEpTION
calls those of its users: mentions, events with links to those who take part, other spans, and the records as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cte_corpus.errors import CteError, need
from cte_corpus.exchange.annotated import EVENT, MENTION, Annotated
from cte_corpus.exchange.carried import RIGHTS, documents, packed

if TYPE_CHECKING:
    from cte_corpus.exchange.job import Files, Job

SUFFIX = ""
OPTIONS = frozenset({"text"})

TYPES = "webanno.custom.Cte"
SPAN, RECORD, LINK = f"{TYPES}Span", f"{TYPES}Record", f"{TYPES}EventArgumentsLink"
LAYERS = {f"{TYPES}Mention": MENTION, f"{TYPES}Event": EVENT, SPAN: ()}
"""Layers of spans, each with its features besides `label` and `key`."""


def export(job: Job) -> Files:
    """Write XMI, one file per document, with the type system.

    Raises:
        CteError: dkpro-cassis is not installed, no text is at hand, or XML cannot hold one.
    """
    files = {"TypeSystem.xml": typesystem().to_xml().encode(), "RIGHTS": f"{RIGHTS}\n".encode()}
    for one in documents(job, "CAS files"):
        files[f"{one.name}.xmi"] = xmi(one)
    return files


def xmi(one: Annotated) -> bytes:
    """A document as XMI.

    Raises:
        CteError: the text has a character that XML has not.
    """
    try:
        return str(cas(one).to_xmi()).encode()
    except ValueError as error:
        raise CteError(f"XML cannot hold the text of {one.name}: {error}", "export it as cas-json") from None


def typesystem() -> Any:
    """The types of this corpus, as a type system of dkpro-cassis.

    Raises:
        CteError: dkpro-cassis is not installed.
    """
    need("cassis", "dkpro-cassis", "exchange")
    from cassis import TypeSystem
    from cassis.typesystem import TYPE_NAME_ANNOTATION, TYPE_NAME_FS_ARRAY, TYPE_NAME_STRING, TYPE_NAME_TOP

    types = TypeSystem()
    for name, features in LAYERS.items():
        layer = types.create_type(name)
        for feature in ("label", "key", *features):
            types.create_feature(layer, feature, TYPE_NAME_STRING)
    link = types.create_type(LINK, TYPE_NAME_TOP)
    types.create_feature(link, "role", TYPE_NAME_STRING)
    types.create_feature(link, "target", TYPE_NAME_ANNOTATION)
    event = types.get_type(f"{TYPES}Event")
    types.create_feature(event, "arguments", TYPE_NAME_FS_ARRAY, elementType=LINK)
    record = types.create_type(RECORD)
    for feature in ("part", "json"):
        types.create_feature(record, feature, TYPE_NAME_STRING)
    return types


def cas(one: Annotated) -> Any:
    """A document as a Cas of dkpro-cassis."""
    from cassis import Cas

    types = typesystem()
    made = Cas(typesystem=types)
    made.sofa_string, made.sofa_mime = one.text, "text/plain"
    array = types.get_type("uima.cas.FSArray")
    spans: dict[str, Any] = {}
    for mark in one.marks:
        kind = SPAN if "#" in mark.key else f"{TYPES}{'Mention' if 'entity' in mark.features else 'Event'}"
        layer = types.get_type(kind)
        spans[mark.id] = layer(begin=mark.start, end=mark.end, label=mark.label, key=mark.key, **mark.features)
        made.add(spans[mark.id])
    link_type = types.get_type(LINK)
    for source in dict.fromkeys(link.source for link in one.links):
        own = [link_type(role=link.label, target=spans[link.target]) for link in one.links if link.source == source]
        spans[source].arguments = array(elements=own)
    record_type = types.get_type(RECORD)
    for part, record in packed(one.records) if one.records else ():
        made.add(record_type(begin=0, end=0, part=part, json=record))
    return made
