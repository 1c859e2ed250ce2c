"""Level 5: what only shows when documents and the entity registry are seen together."""

from collections.abc import Iterable

from cte_corpus.checking.rules.context import Context
from cte_corpus.checking.rules.doc import NONE, Doc, Findings, Found

SYMMETRIC = frozenset({"same-as", "conflicts-with"})


class Seen:
    """What has been seen of the corpus so far; small, whatever the number of documents."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.documents: set[str] = set()
        self.referenced: set[str] = set()

    def again(self, document: str, text: str, named: Iterable[str]) -> bool:
        """Add a document that was judged elsewhere; False, and nothing is added, where it or its text came already."""
        if document in self.documents or text in self.texts:
            return False
        self.texts[text] = document
        self.documents.add(document)
        self.referenced.update(named)
        return True

    def add(self, doc: Doc, corpus: Context) -> Findings:
        """Findings that a further document brings with it."""
        if doc.id in self.documents:
            yield Found("CTE208", doc.document, f"`{doc.id}` stands twice", "id", "keep one of the two")
        self.documents.add(doc.id)
        digest = doc.document["text"]["sha256"]
        first = self.texts.setdefault(digest, doc.id)
        if first != doc.id:
            yield Found(
                "CTE501", doc.document["text"], f"the same text is coded as `{first}`", "sha256", "keep one of the two"
            )
        self.referenced |= doc.entities
        yield from _symmetry(doc, corpus)
        yield from _sanctions(doc, corpus)


def _symmetry(doc: Doc, corpus: Context) -> Findings:
    pairs = [(event, item) for event, item in doc.relations if item["rel"] in SYMMETRIC]
    if not pairs:
        return
    own = doc.by_id
    said: dict[str, set[tuple[str, str]]] = {}
    for event, item in pairs:
        document = item["event"].partition(":")[0]
        events = own if document == doc.id else corpus.foreign("events", document)
        if events is None:
            continue  # the other document has findings of its own
        if item["event"] not in said:
            relations = events.get(item["event"], {}).get("relations", NONE)
            said[item["event"]] = {(back["rel"], back["event"]) for back in relations}
        if (item["rel"], event["id"]) not in said[item["event"]]:
            message = f"`{item['event']}` does not say `{item['rel']}` of `{event['id']}`"
            yield Found("CTE505", item, message, "event", "write the relation on both records")


def _sanctions(doc: Doc, corpus: Context) -> Findings:
    """Related sanctions are of one target, and say so of each other."""
    own = {sanction["id"]: sanction for sanction in doc.sanctions}
    said: dict[str, set[tuple[str, str]]] = {}
    for sanction in doc.sanctions:
        for item in sanction.get("relations", NONE):
            ref = item["sanction"]
            document = ref.partition(":")[0]
            known = own if document == doc.id else corpus.foreign("sanctions", document) or {}
            other = known.get(ref)
            if other is None:
                continue  # there are findings of level 2, here or in the other document
            if ref not in said:
                said[ref] = {(back["rel"], back["sanction"]) for back in other.get("relations", NONE)}
            if other["target"] != sanction["target"]:
                message = f"`{ref}` is of `{other['target']}`, not of `{sanction['target']}`"
                yield Found("CTE507", item, message, "sanction", "name the sanction of the same target")
            elif (item["rel"], sanction["id"]) not in said[ref]:
                message = f"`{ref}` does not say `{item['rel']}` of `{sanction['id']}`"
                yield Found("CTE506", item, message, "sanction", "write the relation on both records")
