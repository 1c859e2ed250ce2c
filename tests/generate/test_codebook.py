"""The codebook tells everything there is, and its links lead somewhere."""

import re

from cte_corpus import vocabulary
from cte_corpus.generate import codebook
from cte_corpus.generate.schemas import RECORDS, definitions

PAGE = codebook.render()[codebook.PATH].decode()
LINES = PAGE.splitlines()


def test_tells_every_field() -> None:
    for model in RECORDS.values():
        for name, definition in definitions(model).items():
            heading = next(n for n, line in enumerate(LINES) if re.match(rf"#{{3,4}} {name}( |$)", line))
            end = next(n for n in range(heading + 1, len(LINES)) if LINES[n].startswith("#"))
            section = "\n".join(LINES[heading:end])
            assert definition["description"] in section
            for field, shape in definition["properties"].items():
                mark = " ●" if field in definition["required"] else ""
                assert f"| `{field}`{mark} |" in section
                assert f"| {shape['description'].replace('|', chr(92) + '|')} |" in section


def test_tells_every_code_and_type() -> None:
    for name in (*vocabulary.lists(), "role"):
        for code, text in vocabulary.codes(name).items():
            assert f"| `{code}` | {text} |" in LINES
    for code, entry in vocabulary.event_types().items():
        assert f"### {code}" in LINES
        for text in (entry["definition"], entry["good"], entry["bad"]["text"], entry["label"]["ar"]):
            assert text in PAGE


def test_links_lead_somewhere() -> None:
    headings = [line.lstrip("# ").lower() for line in LINES if line.startswith("#")]
    anchors = {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in headings}
    assert len(anchors) == len(headings)
    links = set(re.findall(r"\]\(#([^)]*)\)", PAGE))
    assert links
    assert links <= anchors


def test_coverage_is_counted() -> None:
    counts = codebook.coverage()
    total = len(vocabulary.event_types())
    table = LINES[LINES.index("## Coverage of other schemes") :]
    for scheme, count in counts.items():
        entries = [entry["crosswalk"] for entry in vocabulary.event_types().values()]
        near = sum(
            any(match["scheme"] == scheme and match["match"] in ("exact", "close") for match in crosswalk)
            for crosswalk in entries
        )
        assert sum(count.values()) == total
        assert count["exact"] + count["close"] == near
        row = next(line for line in table if line.startswith(f"| {codebook.SCHEMES[scheme]} |"))
        assert row.endswith(f"| {near} of {total} |")
