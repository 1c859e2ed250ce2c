"""What is suggested for a name that is not known."""

import ast
import time
from pathlib import Path

import pytest

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.errors import UnknownIdError
from cte_corpus.text import suggest
from cte_corpus.text.suggest import Hints, Near, hint
from tests.conftest import ROOT

EVENTS = [f"sea-trial:e{number:02}" for number in range(1, 98)]
SECTIONS = [f"sea-trial:s{number:02}" for number in range(1, 9)]
SENTENCES = [f"{section}.{n}" for section in SECTIONS for n in (1, 2, 3)]
BOTH = [*EVENTS, "sea-talks:e01", "sea-talks:e02"]
ENTITIES = ["org:tidal-front", "org:grey-lantern", "person:ina-torvald", "gpe:osterhavn", "org:osterhavn"]
CALLED = {
    "org:tidal-front": ["Tidal Front", "The Front", "جبهة المد"],
    "person:ina-torvald": ["Ina Torvald"],
    "person:olaf-torvald": ["Olaf Torvald"],
    "group:torvalds-friends": ["friends of Ina Torvald"],
}


@pytest.mark.parametrize(
    ("unknown", "known", "meant"),
    [
        ("e7", EVENTS, "sea-trial:e07"),
        ("E7", EVENTS, "sea-trial:e07"),
        ("sea-trial:e7", EVENTS, "sea-trial:e07"),
        ("sea-trial:e007", EVENTS, "sea-trial:e07"),
        ("m01", EVENTS, "sea-trial:e01"),
        ("sea-trail:e07", EVENTS, "sea-trial:e07"),
        ("another:e07", EVENTS, "sea-trial:e07"),
        ("e9", BOTH, "sea-trial:e09"),
        ("sea-talk:e2", BOTH, "sea-talks:e02"),
        ("s01.9", SENTENCES, "sea-trial:s01.3"),
        ("sea-trial:s08.9", SENTENCES, "sea-trial:s08.3"),
        ("s1", SENTENCES, "sea-trial:s01.1"),
        ("s1", [*SECTIONS, *SENTENCES], "sea-trial:s01"),
        ("s01.9", SECTIONS, "sea-trial:s01"),
        ("s02.9", ["s01", "s02", "s02.1", "s02.2"], "s02.2"),
        ("sea-trial:e7", [*EVENTS, f"sea-trial:e{'1' * 5000}"], "sea-trial:e07"),
        ("Grey Lantern", ENTITIES, "org:grey-lantern"),
        ("person:grey_lantern", ENTITIES, "org:grey-lantern"),
        ("org:gray-lantern", ENTITIES, "org:grey-lantern"),
        ("org:osterhaven", ENTITIES, "org:osterhavn"),
        ("Front", ENTITIES, "org:tidal-front"),
        ("org:the-front", ENTITIES, "org:tidal-front"),
        ("جبهة المدّ", ENTITIES, "org:tidal-front"),
        ("stat", ["show", "stats", "cite"], "stats"),
        ("attack.bomb", ["attack.bombing", "attack.armed"], "attack.bombing"),
    ],
)
def test_the_nearest(unknown: str, known: list[str], meant: str) -> None:
    assert hint(unknown, known, CALLED) == f"did you mean `{meant}`?"


@pytest.mark.parametrize(
    ("unknown", "known", "said"),
    [
        ("e2", BOTH, "did you mean `sea-trial:e02` or `sea-talks:e02`?"),
        (
            "Torvald",
            ENTITIES,
            "did you mean `person:ina-torvald` or `person:olaf-torvald` or `group:torvalds-friends`?",
        ),
        ("ina torvald", ENTITIES, "did you mean `person:ina-torvald`?"),
        ("osterhavn", ENTITIES, "did you mean `gpe:osterhavn` or `org:osterhavn`?"),
        ("sea-trial:e970", EVENTS, "there are `sea-trial:e01` to `sea-trial:e97`"),
        ("storm", EVENTS, "there are `sea-trial:e01` to `sea-trial:e97`"),
        ("s09.1", SENTENCES, "there are `sea-trial:s01.1` to `sea-trial:s08.3`"),
        ("e2", EVENTS[:1], "there is `sea-trial:e01`"),
        ("e1", [], "there are none"),
        ("x01", [*SECTIONS, *EVENTS], ""),
        ("another:e3", BOTH, ""),
        ("e500", BOTH, ""),
        ("storm", ENTITIES, ""),
        ("", ENTITIES, ""),
        ("org:", ENTITIES, ""),
        ("storm", BOTH, ""),
        ("e" * 5_000_000, EVENTS, ""),
    ],
)
def test_several_a_range_or_nothing(unknown: str, known: list[str], said: str) -> None:
    assert hint(unknown, known, CALLED) == said


def test_thousands_of_unknown_names_among_thousands_cost_little() -> None:
    known = {f"person:name-{number}-of-many": number for number in range(20_000)}
    hints = Hints()
    begun = time.process_time()
    given = [hints.of(Near(f"person:nane-{number}-of-many", known)) for number in range(20_000)]
    assert time.process_time() - begun < 20
    assert given[: suggest.HINTS].count("") == 0
    assert set(given[suggest.HINTS :]) == {""}
    assert hints.of(Near("person:nane-0-of-many", known)) == given[0]


@pytest.mark.parametrize(
    ("kind", "unknown", "meant"),
    [
        ("events", "e07", "`bayan-al-marfa:e07` or `harbour-talks:e07`"),
        ("events", "harbour-talks:m03", "`harbour-talks:e03`"),
        ("sentences", "harbour-talks:s02.9", "`harbour-talks:s02.3`"),
        ("sections", "harbour-talks:s2", "`harbour-talks:s02`"),
        ("entities", "Torvald", "`person:ina-torvald`"),
        ("entities", "Grey Lantern", "`org:grey-lantern`"),
        ("documents", "harbor-talks", "`harbour-talks`"),
    ],
)
def test_every_look_up_of_a_corpus_uses_it(tidewater: Path, kind: str, unknown: str, meant: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        getattr(Corpus(tidewater), kind)[unknown]
    assert caught.value.hint == f"did you mean {meant}?"


def test_near_names_are_sought_in_one_place() -> None:
    users = {
        path.name
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and "get_close_matches" in [alias.name for alias in node.names]
    }
    assert users == {"suggest.py"}
