"""Two codings of the invented article that differ, each in a draft."""

import re
from pathlib import Path

from cte_corpus.authoring import run
from tests.authoring.conftest import TEXTS

_CODERS = re.compile(r"    coders:\n(      - .*\n)+    status: adjudicated")


def written(corpus: Path, to: Path) -> tuple[Path, Path]:
    """The drafts: `a.yaml` by coder-a without one mention, `b.yaml` by coder-b, who differs in some records."""
    whole = run.draft_of(corpus, "harbour-talks", TEXTS)
    whole = _CODERS.sub('    coders: [{id: coder-a, role: coder, date: "2022-06-03"}]\n    status: single', whole)
    tidal = '    - {id: m014, entity: org:tidal-front, span: "Tidal Front", form: name}\n'
    one = _changed(
        whole,
        (tidal, ""),
        ("entity: org:tidal-front, mentions: [m014]", "entity: org:tidal-front, implicit: true"),
    )
    other = _changed(
        whole,
        ("{id: coder-a, role: coder", "{id: coder-b, role: coder"),
        ("    status: occurred\n", "    status: planned\n"),  # of e01
        ('    - {id: m012, entity: gpe:port-sable, span: "Port Sable", form: name}\n', ""),
        ("    places: [{role: site, entity: gpe:port-sable, precision: city, basis: stated, mentions: [m012]}]\n", ""),
        ('span: "the group", head: group,', "span: group,"),
        ("lists Joren Maas", "lists a man"),
        ("    relations: [{rel: causes, event: e03}]\n", ""),
    )
    other = _without(_without(other, "  - id: e03\n", "  - id: e04\n"), "  - id: e08\n", "\nsanctions:")
    (to / "a.yaml").write_text(one, encoding="utf-8")
    (to / "b.yaml").write_text(other, encoding="utf-8")
    return to / "a.yaml", to / "b.yaml"


def _without(text: str, first: str, then: str) -> str:
    return text[: text.index(first)] + text[text.index(then) :]


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
