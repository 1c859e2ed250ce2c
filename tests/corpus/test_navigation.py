"""From one record to others; what a record is besides, when it comes from a corpus."""

import copy
import pickle
import re

import pytest

import cte_corpus as cte
from cte_corpus.generate.schemas import RECORDS
from cte_corpus.records import Entity, Event, Section
from cte_corpus.records.base import Model
from cte_corpus.records.section import Sentence
from tests.conftest import ROOT
from tests.corpus.test_records import within

TIDEWATER = ROOT / "tests" / "corpora" / "tidewater"
KINDS = ("documents", "sections", "sentences", "mentions", "events", "sanctions", "entities")
TWIN = re.compile(r"(\w+)_records?")


@pytest.fixture(scope="module")
def corpus() -> cte.Corpus:
    return cte.Corpus(TIDEWATER)


def parts(corpus: cte.Corpus) -> list[Model]:
    records = [record for kind in KINDS for record in getattr(corpus, kind).values()]
    return [part for record in records for part in within(record) if isinstance(part, Model)]


def twins(model: type[Model]) -> dict[str, str]:
    """The properties that find records, each with its field."""
    fields = {"mention": "mentions", "via_mention": "via_mentions"}
    found = [match for name in dir(model) if (match := TWIN.fullmatch(name))]
    return {match[0]: fields.get(match[1], match[1]) for match in found}


@pytest.mark.parametrize("of", [None, TIDEWATER])
def test_every_twin_is_the_record_of_its_field(of: str | None) -> None:
    seen = set()
    for part in parts(cte.Corpus(of)):
        for twin, field in twins(type(part)).items():
            ids, found = getattr(part, field), getattr(part, twin)
            ids, found = (ids, found) if isinstance(ids, tuple) else ((ids,), (found,))
            assert tuple(one and one.id for one in found) == ids
            seen |= {(type(part).__name__, twin) for one in found if one}
    assert {("Argument", "entity_record"), ("Event", "evidence_records"), ("Sanction", "conduct_records")} <= seen


def test_an_id_stays_a_plain_string(corpus: cte.Corpus) -> None:
    event = corpus.events["harbour-talks:e06"]
    assert type(event.document) is str
    assert type(event.arguments[0].entity) is str


def test_the_corpus_is_no_part_of_a_record(corpus: cte.Corpus) -> None:
    for record in corpus.events.values():
        alone = Event.model_validate(record.model_dump())
        assert alone == record
        assert hash(alone) == hash(record)
        assert alone.model_dump_json() == record.model_dump_json()
        for other in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record), record.model_copy()):
            assert other == record
            with pytest.raises(cte.CteError, match="this Event knows no corpus\ntake it from one"):
                other.document_record  # noqa: B018


def test_records_of_one_document_and_of_attached_copies_know_it_too(corpus: cte.Corpus) -> None:
    attached = corpus.attach(ROOT / "tests" / "corpora" / "tidewater-texts")
    for document in (corpus["harbour-talks"], attached["harbour-talks"]):
        assert document.events[0].document_record.id == "harbour-talks"
        assert document.sanctions[0].target_record.name() == "Joren Maas"


def test_an_entity_knows_who_names_it(corpus: cte.Corpus) -> None:
    maas = corpus.entities["person:joren-maas"]
    assert [mention.id for mention in maas.mentions] == ["harbour-talks:m006"]
    assert [event.id for event in maas.events] == ["harbour-talks:e02", "harbour-talks:e03", "harbour-talks:e04"]
    assert [sanction.id for sanction in maas.sanctions] == ["harbour-talks:x01"]
    assert corpus.entities["person:ina-torvald"].events[-1].attributions[0].by == "person:ina-torvald"
    for entity in corpus.entities.values():
        assert len({event.id for event in entity.events}) == len(entity.events)


def test_names_by_language(corpus: cte.Corpus) -> None:
    sable = corpus.entities["gpe:port-sable"]
    assert (sable.name(), sable.name("ar"), sable.name("fr")) == ("Port Sable", "بورت سابل", None)
    assert corpus.entities["person:joren-maas"].name("ar") == "يورن ماس"  # a transliteration, for want of another


def test_a_sentence_has_its_id_wherever_it_comes_from(corpus: cte.Corpus) -> None:
    assert [sentence.id for sentence in corpus.sentences.values()] == list(corpus.sentences)
    for section in corpus.sections.values():
        alone = Section.model_validate(section.model_dump())
        for other in (section, alone, pickle.loads(pickle.dumps(alone))):
            assert [sentence.id for sentence in other.sentences] == [f"{section.id}.{one.n}" for one in other.sentences]
    sentence = next(iter(corpus.sentences.values()))
    made = Sentence.model_validate(sentence.model_dump())
    assert made == sentence
    assert hash(made) == hash(sentence)
    with pytest.raises(cte.CteError, match="this sentence knows no section"):
        made.id  # noqa: B018


def test_a_repr_is_short_and_says_nothing_of_what_is_not_there() -> None:
    corpus = cte.Corpus()
    for kind in KINDS:
        for record in getattr(corpus, kind).values():
            assert repr(record).startswith(f"<{type(record).__name__} {record.id} ")
            assert len(repr(record)) < 300
            assert str(record) == repr(record)
    argument = corpus.events["treasury-jy0772:e52"].arguments[0]
    assert not re.search(r"=(None|\(\))", repr(argument))
    assert eval(repr(argument), vars(__import__("cte_corpus.records.event", fromlist=["x"]))) == argument


def test_what_is_denied_or_not_so_says_it_in_its_repr(corpus: cte.Corpus) -> None:
    event = corpus.events["harbour-talks:e01"]
    assert ", negative" in repr(event.model_copy(update={"polarity": "negative"}))
    assert "negative" not in repr(event)


def test_ids_are_completed(corpus: cte.Corpus) -> None:
    assert corpus.events._ipython_key_completions_() == list(corpus.events)
    assert corpus._ipython_key_completions_() == ["bayan-al-marfa", "harbour-talks"]
    assert corpus.attach(ROOT / "tests" / "corpora" / "tidewater-texts")._ipython_key_completions_() == list(
        corpus.documents
    )


def models() -> set[type[Model]]:
    found: set[type[Model]] = set()
    waiting: list[type[Model]] = [Model]
    while waiting:
        new = [one for one in waiting.pop().__subclasses__() if one.__module__.startswith("cte_corpus.records")]
        found |= set(new)
        waiting += new
    return found


def test_every_field_says_what_it_is_to_help_and_to_editors() -> None:
    import ast
    import inspect
    import pydoc

    assert set(RECORDS.values()) <= models()
    for model in models():
        page = pydoc.plain(pydoc.render_doc(model))
        (node,) = ast.parse(inspect.getsource(model)).body
        assert isinstance(node, ast.ClassDef)
        below = zip(node.body, node.body[1:], strict=False)
        written = {ast.unparse(field.target): text for field, text in below if isinstance(field, ast.AnnAssign)}
        for name, field in model.model_fields.items():
            assert field.description
            assert f"{name}: {field.description}" in page
            if name in vars(model)["__annotations__"]:  # an editor reads the string below the field
                text = written[name]
                assert isinstance(text, ast.Expr)
                assert " ".join(ast.literal_eval(text.value).split()) == field.description
    assert "Event(*, id, document, type, mode=None" in pydoc.plain(pydoc.render_doc(Event))
    assert (Entity.__doc__ or "").startswith(
        "A person, body, place, population or work.\n\nThere is no place for birth"
    )
