"""Twenty questions that a reader has, asked in SQL and in Python, with the answers as the texts give them.

The answers were read from the texts, not from the records.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

import cte_corpus as cte
from cte_corpus.records import Event

ARTICLE, RELEASE, STATEMENT = "alamsar-2022-marrakesh", "treasury-jy0772", "treasury-jy0791"
TURKEY, AFRICA = "treasury-jy0179", "treasury-jy0616"
SUSANTI, HERYADI, KARDIAN = "person:dwi-dahlia-susanti", "person:rudi-heryadi", "person:ari-kardian"
ADHIGUNA, RAMADHANI = "person:muhammad-dandi-adhiguna", "person:dini-ramadhani"
FIVE = [SUSANTI, HERYADI, KARDIAN, ADHIGUNA, RAMADHANI]
FOUR_OF_2021 = ["person:alaa-khanfurah", "org:al-fay-company", "person:idris-al-fay", "person:ibrahim-al-fay"]
MBAGA = "person:peter-charles-mbaga"
THREE_OF_2022 = ["person:farhad-hoomer", "person:siraaj-miller", "person:abdella-hussein-abadigga"]
USD = "USD"

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True)
class Question:
    """A question, how to ask it, and its answer."""

    asked: str
    sql: str
    python: Callable[[cte.Corpus], Rows]
    answer: list[tuple[Any, ...]]


def events(corpus: cte.Corpus, *types: str) -> list[Event]:
    return [event for event in corpus.events.values() if not types or event.type in types]


def filling(event: Event, role: str) -> list[str]:
    """The entities in a role."""
    return [argument.entity for argument in event.arguments if argument.role == role and argument.entity]


def figure(quantity: Any) -> tuple[Any, ...]:
    return quantity.comparator, quantity.value, quantity.lower, quantity.upper, quantity.unit, quantity.per


def co_leads(corpus: cte.Corpus) -> Rows:
    for event in events(corpus, "state.situation"):
        if event.mode == "leadership" and "org:cifg" in filling(event, "theme"):
            yield from ((event.document, leader) for leader in filling(event, "leader"))


def inferred(corpus: cte.Corpus, role: str) -> list[tuple[Event, Any]]:
    """The times of a role that are printed nowhere, each with its event."""
    return [(e, t) for e in events(corpus) for t in e.times if t.basis == "inferred" and t.role == role]


def shared_by_two(corpus: cte.Corpus) -> Rows:
    """How many events two documents share: those that `same-as` links across documents, once for each pair."""
    pairs = {
        frozenset((event.id, relation.event))
        for event in events(corpus)
        for relation in event.relations
        if relation.rel == "same-as" and relation.event.partition(":")[0] != event.document
    }
    documents = [tuple(sorted(key.partition(":")[0] for key in pair)) for pair in pairs]
    return [(*pair, documents.count(pair)) for pair in set(documents)]


QUESTIONS = [
    Question(
        "Who was to chair the ministerial meeting in Marrakesh, and is that told as done?",
        "select distinct a.entity, e.status from arguments a join events e on e.id = a.event_id where a.role = 'chair'",
        lambda c: {(who, e.status) for e in events(c, "dipl.meeting") for who in filling(e, "chair")},
        [("person:nasser-bourita", "planned"), ("person:antony-blinken", "planned")],
    ),
    Question(
        "How many were designated, by whom and on which day, by each document?",
        "select e.document, a.entity, q.value, e.derived_earliest from events e "
        "join arguments a on a.event_id = e.id and a.role = 'authority' "
        "join quantities q on q.event_id = e.id and q.measure = 'targets' where e.type = 'legal.sanctions_designation'",
        lambda c: [
            (e.document, who, q.value, t.edtf)
            for e in events(c, "legal.sanctions_designation")
            for who in filling(e, "authority")
            for q in e.quantities
            for t in e.times
        ],
        [
            (ARTICLE, "gpe:usa", 5, "2022-05-09"),
            (TURKEY, "org:ofac", 3, "2021-05-17"),
            (TURKEY, "org:ofac", 1, "2021-05-17"),
            (AFRICA, "org:ofac", 4, "2022-03-01"),
            (RELEASE, "org:ofac", 5, "2022-05-09"),
        ],
    ),
    Question(
        "Which sums of money are told, with which bound and for which period?",
        "select document_id, comparator, value, lower, upper, unit, per from quantities where measure = 'money'",
        lambda c: [(e.document, *figure(q)) for e in events(c) for q in e.quantities if q.measure == "money"],
        [
            (TURKEY, "many", None, None, None, USD, None),
            (TURKEY, "many", None, None, None, USD, None),
            (AFRICA, "gt", None, 1_000_000, None, "ZAR", None),
            (RELEASE, "approx", 4000, None, None, USD, None),
            (RELEASE, "approx", 500, None, None, USD, None),
            (RELEASE, "le", None, None, 20000, USD, "P1M"),
            (STATEMENT, "ge", None, 25_000_000, None, USD, None),
        ],
    ),
    Question(
        "Which dates of happenings are inferred, in which document, and how many?",
        "select document_id, edtf, count(*) from times where basis = 'inferred' and role = 'when' group by all",
        lambda c: _counted((e.document, t.edtf) for e, t in inferred(c, "when")),
        [
            (ARTICLE, "../2017-12", 1),
            (ARTICLE, "../2019-03", 2),
            (ARTICLE, "2018-04", 1),
            (ARTICLE, "2022-05", 3),
            (ARTICLE, "2022-05-11/..", 4),
            (TURKEY, "2019/2020", 3),
            (TURKEY, "2021-05-17", 1),
            (AFRICA, "2022-03-01", 1),
            (RELEASE, "2022-05-09", 1),
            (STATEMENT, "2022-05-09", 4),
            (STATEMENT, "2022-05-17", 1),
        ],
    ),
    Question(
        "As of which days are states told for which no day is printed?",
        "select distinct document_id, edtf from times where basis = 'inferred' and role = 'as-of'",
        lambda c: {(e.document, t.edtf) for e, t in inferred(c, "as-of")},
        [
            (ARTICLE, "2017-03/2019-12-31"),
            (ARTICLE, "2019-11-08/2019-12-31"),
            (ARTICLE, "[2022-05-09..2022-05-11]"),
            (TURKEY, "2021-05-17"),
            (AFRICA, "2022-03-01"),
            (RELEASE, "2019"),
            (RELEASE, "2022-05-09"),
            (STATEMENT, "2022-05-17"),
        ],
    ),
    Question(
        "From what is the day inferred on which the article came out?",
        "select published.edtf, published.basis, contains(published.note, 'Monday') from documents "
        "where published.basis = 'inferred'",
        lambda c: [
            (d.published.edtf, d.published.basis, "Monday" in (d.published.note or ""))
            for d in c.documents.values()
            if d.published and d.published.basis == "inferred"
        ],
        [("[2022-05-09..2022-05-11]", "inferred", True)],
    ),
    Question(
        "Which dates are rounded, and by which word?",
        "select distinct edtf, mod from times where mod is not null",
        lambda c: {(t.edtf, t.mod) for e in events(c) for t in e.times if t.mod},
        [("2017", "end"), ("2019", "mid"), ("2021", "start"), ("2021", "end")],
    ),
    Question(
        "Which claims do sources outside contradict?",
        "select distinct e.document, a.entity from events e, unnest(e.outside) as found(o) "
        "join arguments a on a.event_id = e.id and a.role = 'chair' where o.verdict = 'contradicts'",
        lambda c: {
            (e.document, who)
            for e in events(c)
            if any(o.verdict == "contradicts" for o in e.outside)
            for who in filling(e, "chair")
        },
        [(ARTICLE, "person:nasser-bourita"), (ARTICLE, "person:antony-blinken")],
    ),
    Question(
        "Which documents tell the same events, and how many?",
        "select one, other, count(*) from (select documents, unnest(documents) as one from clusters), "
        "unnest(documents) as found(other) where one < other group by all",
        shared_by_two,
        [
            (ARTICLE, RELEASE, 19),
            (RELEASE, STATEMENT, 2),
            (TURKEY, AFRICA, 3),
            (TURKEY, RELEASE, 3),
            (AFRICA, RELEASE, 9),
        ],
    ),
    Question(
        "What in the release does the article report, by whom does the article say so?",
        "select distinct a.entity, t.type from relations r join arguments a on a.event_id = r.event_id "
        "and a.role = 'speaker' join events t on t.id = r.event "
        "where r.rel = 'reports' and r.document_id <> t.document",
        lambda c: {
            (who, c.events[r.event].type)
            for e in events(c)
            for r in e.relations
            if r.rel == "reports" and c.events[r.event].document != e.document
            for who in filling(e, "speaker")
        },
        [
            ("org:us-treasury", "traffic.persons"),
            ("org:us-treasury", "fin.transfer"),
            ("org:us-treasury", "fin.revenue"),
            ("org:us-treasury", "fin.spending"),
            ("org:us-treasury", "org.activity"),
            ("org:us-treasury", "org.recruitment"),
            ("person:brian-nelson", "dipl.pledge"),
            ("person:brian-nelson", "state.situation"),
        ],
    ),
    Question(
        "Where did the finance group hold its sixteenth meeting, and who were the hosts?",
        "select distinct p.entity, a.entity from quantities q join places p using (event_id) "
        "join arguments a on a.event_id = q.event_id and a.role = 'host' where q.measure = 'ordinal' and q.value = 16",
        lambda c: {
            (place.entity, host)
            for e in events(c, "dipl.meeting")
            if any(q.measure == "ordinal" and q.value == 16 for q in e.quantities)
            for place in e.places
            for host in filling(e, "host")
        },
        [
            (place, host)
            for place in ("gpe:marrakesh", "gpe:morocco")
            for host in ("gpe:usa", "gpe:italy", "gpe:saudi-arabia")
        ],
    ),
    Question(
        "Who leads the finance group, by each document?",
        "select e.document, l.entity from events e join arguments t on t.event_id = e.id and t.role = 'theme' "
        "join arguments l on l.event_id = e.id and l.role = 'leader' "
        "where e.mode = 'leadership' and t.entity = 'org:cifg'",
        co_leads,
        [
            (RELEASE, "gpe:usa"),
            (RELEASE, "gpe:italy"),
            (RELEASE, "gpe:saudi-arabia"),
            (STATEMENT, "group:cifg-co-leads"),
        ],
    ),
    Question(
        "How many people does al-Hawl hold, and who are most of them?",
        "select q.measure, q.comparator, q.upper, a.entity from quantities q join arguments a using (event_id) "
        "where q.document_id = 'treasury-jy0772' and a.role = 'member' and q.measure in ('displaced', 'share')",
        lambda c: [
            (q.measure, q.comparator, q.upper, who)
            for e in events(c, "state.situation")
            if e.document == RELEASE
            for q in e.quantities
            if q.measure in ("displaced", "share")
            for who in filling(e, "member")
        ],
        [
            ("displaced", "le", 70000, "group:al-hawl-residents"),
            ("share", "most", None, "group:al-hawl-women-and-children"),
        ],
    ),
    Question(
        "From how many countries was money sent into the camps, and to whom?",
        "select q.comparator, q.lower, a.entity from quantities q join arguments a using (event_id) "
        "where q.measure = 'countries' and a.role = 'recipient'",
        lambda c: [
            (q.comparator, q.lower, who)
            for e in events(c, "fin.transfer")
            for q in e.quantities
            if q.measure == "countries"
            for who in filling(e, "recipient")
        ],
        [("gt", 40, "group:daesh-linked-camp-residents")],
    ),
    Question(
        "Whom is each target said to have supported, by each document?",
        "select document, target, unnest(supports) from sanctions",
        lambda c: [(s.document, s.target, whom) for s in c.sanctions.values() for whom in s.supports],
        [
            *((ARTICLE, target, "org:daesh") for target in FIVE),
            *((TURKEY, target, "org:daesh") for target in FOUR_OF_2021),
            *((AFRICA, target, "org:daesh") for target in THREE_OF_2022),
            (AFRICA, MBAGA, "org:daesh-mozambique"),
            *((RELEASE, target, "org:daesh") for target in (SUSANTI, HERYADI, KARDIAN)),
            *((RELEASE, target, SUSANTI) for target in (ADHIGUNA, RAMADHANI)),
        ],
    ),
    Question(
        "Between which days did which entries come on the list, and to whom does it link them?",
        "select distinct look.key, look.snapshots[1], look.snapshots[2], look.linked_to[1] "
        "from sanctions, unnest(registry) as found(look) where look.result = 'added-since'",
        lambda c: {
            (look.key, *look.snapshots, *look.linked_to)
            for s in c.sanctions.values()
            for look in s.registry
            if look.result == "added-since"
        },
        [
            ("37180", "2022-05-08", "2022-05-09", SUSANTI),
            ("37181", "2022-05-08", "2022-05-09", SUSANTI),
            ("37182", "2022-05-08", "2022-05-09", "org:daesh"),
            ("37183", "2022-05-08", "2022-05-09", "org:daesh"),
            ("37184", "2022-05-08", "2022-05-09", "org:daesh"),
        ],
    ),
    Question(
        "What does the designation entail, by each document?",
        "select distinct document, unnest(measures) from sanctions",
        lambda c: {(s.document, measure) for s in c.sanctions.values() for measure in s.measures},
        [
            (ARTICLE, "asset-freeze"),
            (ARTICLE, "transaction-ban"),
            *(
                (release, measure)
                for release in (TURKEY, AFRICA, RELEASE)
                for measure in (
                    "asset-freeze",
                    "transaction-ban",
                    "secondary-sanctions",
                    "reporting-duty",
                    "ownership-rule",
                )
            ),
        ],
    ),
    Question(
        "Who was charged or convicted, when, and by whom?",
        "select e.mode, d.entity, p.entity, e.derived_earliest from events e "
        "join arguments d on d.event_id = e.id and d.role = 'defendant' "
        "left join arguments p on p.event_id = e.id and p.role = 'prosecutor' "
        "where e.type = 'legal.prosecution' and e.status = 'occurred'",
        lambda c: [
            (e.mode, who, next(iter(filling(e, "prosecutor")), None), next((t.edtf for t in e.times), None))
            for e in events(c, "legal.prosecution")
            if e.status == "occurred"
            for who in filling(e, "defendant")
        ],
        [
            ("conviction", HERYADI, "org:indonesian-authorities", "2020-06-24"),
            ("charge", HERYADI, "org:indonesian-authorities", None),
            ("charge", KARDIAN, "org:indonesian-authorities", None),
        ],
    ),
    Question(
        "What is said with a hedge, by which word?",
        "select document, certainty.degree, certainty.span.text, count(*) from events "
        "where certainty is not null group by all",
        lambda c: _counted((e.document, e.certainty.degree, e.certainty.span.text) for e in events(c) if e.certainty),
        [
            (RELEASE, "probable", "likely", 1),
            (STATEMENT, "probable", "probably", 4),
            (STATEMENT, "possible", "suggests", 1),
        ],
    ),
    Question(
        "How many members has the Coalition, and which answers exclude each other?",
        "select q.value, q.measure from quantities q join relations r using (event_id) "
        "join arguments a on a.event_id = q.event_id and a.role = 'theme' and a.entity = 'org:global-coalition' "
        "where r.rel = 'conflicts-with'",
        lambda c: [
            (q.value, q.measure)
            for e in events(c, "state.situation")
            if "org:global-coalition" in filling(e, "theme") and any(r.rel == "conflicts-with" for r in e.relations)
            for q in e.quantities
        ],
        [(84, "members"), (79, "countries")],
    ),
    Question(
        "By what means does Daesh get money, by the joint statement?",
        "select distinct e.mode from events e join arguments a on a.event_id = e.id and a.role = 'beneficiary' "
        "where e.document = 'treasury-jy0791' and e.type = 'fin.revenue' and a.entity = 'org:daesh' "
        "and e.mode is not null",
        lambda c: {
            (e.mode,)
            for e in events(c, "fin.revenue")
            if e.document == STATEMENT and e.mode and "org:daesh" in filling(e, "beneficiary")
        },
        [("extortion",), ("looting",), ("kidnap_ransom",), ("donations",)],
    ),
    Question(
        "In which African countries does the joint statement see the group's money move?",
        "select distinct p.entity from places p join events e on e.id = p.event_id "
        "where e.document = 'treasury-jy0791' and e.type = 'fin.transfer' and p.entity like 'gpe:%'",
        lambda c: {
            (place.entity,)
            for e in events(c, "fin.transfer")
            if e.document == STATEMENT
            for place in e.places
            if place.entity.startswith("gpe:")
        },
        [("gpe:dr-congo",), ("gpe:mozambique",), ("gpe:south-africa",), ("gpe:uganda",)],
    ),
    Question(
        "In what does Susanti take part, of what has a date, in which order?",
        "select distinct derived_earliest, derived_latest, type, status from participation "
        f"where entity = '{SUSANTI}' and document_id = 'treasury-jy0772' "
        "and coalesce(derived_earliest, derived_latest) is not null",
        lambda c: (
            {
                (*_bounds(t), e.type, e.status)
                for e in events(c)
                if e.document == RELEASE
                for t in e.times
                if t.role == "when" and SUSANTI in {a.entity for a in e.arguments} | {p.entity for p in e.places}
            }
            - {(None, None, "fin.facilitation", "alleged")}
        ),
        [
            ("2017-01-01", "2017-12-31", "fin.transfer", "alleged"),
            ("2017-01-01", "2017-12-31", "traffic.arms", "alleged"),
            ("2021-01-01", "2021-12-31", "org.activity", "alleged"),
            ("2022-05-09", "2022-05-09", "legal.sanctions_designation", "occurred"),
        ],
    ),
]


def _counted(rows: Iterable[tuple[Any, ...]]) -> Rows:
    found = list(rows)
    return {(*row, found.count(row)) for row in found}


def _bounds(time: Any) -> tuple[str | None, str | None]:
    from cte_corpus.edtf import bounds

    earliest, latest = bounds(time.edtf)
    return (None if time.bound == "or-earlier" else earliest), latest


def ordered(rows: Rows) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, rows), key=repr)


@cache
def corpus() -> cte.Corpus:
    return cte.Corpus()


@cache
def database() -> Any:
    return cte.connect()


def test_there_are_twenty() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.asked)
def test_in_sql(question: Question) -> None:
    assert ordered(database().sql(question.sql).fetchall()) == ordered(question.answer)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.asked)
def test_in_python(question: Question) -> None:
    assert ordered(question.python(corpus())) == ordered(question.answer)
