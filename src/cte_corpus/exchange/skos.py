"""SKOS: the controlled terms as concepts with their crosswalks, in Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cte_corpus import vocabulary
from cte_corpus.errors import need

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

    from cte_corpus.exchange.job import Job

SUFFIX = ".skos.ttl"
OPTIONS = ()

BASE = "urn:cte-vocabulary:"
"""Names of schemes and concepts: a code is never reused for another meaning, so no version is in them."""

SCHEMES = {"plover": "PLOVER", "cameo": "CAMEO", "acled": "ACLED", "gtd": "GTD"}
"""Schemes of others, to which the crosswalks lead."""


def export(job: Job) -> bytes:
    """The graph in Turtle, its statements sorted.

    Raises:
        CteError: rdflib is not installed.
    """
    return str(graph(job).serialize(format="turtle")).encode()


def graph(job: Job) -> Graph:
    """Schemes and concepts; the loss is told what SKOS cannot say of them.

    Raises:
        CteError: rdflib is not installed.
    """
    need("rdflib", "rdflib", "exchange")
    from rdflib import Graph
    from rdflib.namespace import SKOS

    made = _Made(job, Graph(bind_namespaces="none"))
    made.graph.bind("skos", SKOS)
    for name, about in vocabulary.lists().items():
        scheme = made.scheme(name, name.replace("-", " "), about)
        for code, meaning in vocabulary.codes(name).items():
            made.concept(scheme, code, code.replace("-", " "), meaning)
    scheme = made.scheme("role", "role", "What somebody or something is in an event.")
    for code, meaning in vocabulary.codes("role").items():
        made.concept(scheme, code, code.replace("_", " "), meaning)
    scheme = made.scheme("event-type", "event type", "What an event is.")
    for name, title in SCHEMES.items():
        made.scheme(name, title, f"Codes of {title} to which the event types have a crosswalk.")
    for entry in vocabulary.event_types().values():
        made.event_type(scheme, entry)
    made.job.holds["concepts"] = len(set(made.graph.subjects(SKOS.notation)))
    made.job.holds["statements"] = len(made.graph)
    return made.graph


class _Made:
    """A graph that grows."""

    def __init__(self, job: Job, graph: Graph) -> None:
        self.job = job
        self.graph = graph

    def say(self, subject: URIRef, term: str, *objects: Any, lang: str | None = None) -> None:
        """State something of a concept or scheme: a text where an object is a string, else what it is."""
        from rdflib import Literal
        from rdflib.namespace import SKOS

        for one in objects:
            self.graph.add((subject, SKOS[term], Literal(str(one), lang=lang) if type(one) is str else one))

    def scheme(self, name: str, title: str, about: str) -> URIRef:
        from rdflib import URIRef
        from rdflib.namespace import RDF, SKOS

        found = URIRef(BASE + name)
        self.graph.add((found, RDF.type, SKOS.ConceptScheme))
        self.say(found, "prefLabel", title, lang="en")
        self.say(found, "definition", about, lang="en")
        return found

    def concept(self, scheme: URIRef, code: str, label: str | None = None, meaning: str | None = None) -> URIRef:
        from rdflib import URIRef
        from rdflib.namespace import RDF, SKOS

        found = URIRef(f"{scheme}:{quote(code, safe='./')}")
        self.graph.add((found, RDF.type, SKOS.Concept))
        self.say(found, "notation", code)
        self.say(found, "inScheme", scheme)
        for term, text in (("prefLabel", label), ("definition", meaning)):
            if text is not None:
                self.say(found, term, text, lang="en")
        return found

    def event_type(self, scheme: URIRef, entry: dict[str, Any]) -> None:
        code = entry["code"]
        found = self.concept(scheme, code, None, entry["definition"])
        for lang, label in entry["label"].items():
            self.say(found, "prefLabel", label, lang=lang)
        self.say(found, "example", entry["good"], lang="en")
        self.say(found, "scopeNote", f"Not this, but {entry['bad']['type']}: {entry['bad']['text']}", lang="en")
        for mode in entry.get("modes", ()):
            narrower = self.concept(scheme, f"{code}/{mode}", mode.replace("_", " "))
            self.say(narrower, "broader", found)
            self.say(found, "narrower", narrower)
        self.job.loss.add("role frame", "SKOS has no place for who may fill which role", code)
        for field in ("nature", "mode_natures", "incident"):
            self.job.loss.add(
                "field of event types", "SKOS has no place for this", *([f"{code}/{field}"] * (field in entry))
            )
        for match in entry["crosswalk"]:
            self._match(found, code, match)

    def _match(self, found: URIRef, code: str, match: dict[str, Any]) -> None:
        from rdflib import URIRef

        title = SCHEMES[match["scheme"]]
        if match["match"] == "none":
            self.say(found, "note", " ".join((f"No code of {title}.", match.get("note", ""))).strip(), lang="en")
            return
        scheme = URIRef(BASE + match["scheme"])
        target = self.concept(scheme, match["target"], f"{title} {match['target']}")
        self.say(found, f"{match['match']}Match", target)
        if "note" in match:
            self.say(found, "note", f"{title} {match['target']}: {match['note']}", lang="en")
        for field in ("modes", "statuses", "contexts", "verified"):
            if field in match:
                key = f"{code}/{match['scheme']}/{match['target']}/{field}"
                self.job.loss.add("condition of a match", "a match of SKOS holds always", key)
