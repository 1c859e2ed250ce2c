"""Proposals again: what can be found by now is added, and nothing else is touched."""

import shutil
from pathlib import Path

import orjson
import pytest

from cte_corpus.authoring import drafts, page, source
from cte_corpus.authoring.run import anchor_file, propose_again
from cte_corpus.errors import CteError
from cte_corpus.text.segment import segment

WALK = Path(__file__).parents[2] / "docs" / "walk"
DRAFT = """\
# mine
document: {id: courier-verdict, genre: news-article, lang: en, proposed: true}

sections:
  - {key: head, kind: title}
  - {key: s02, kind: lead, starts: "Tavo Merrin was"}  # settled
mentions:
  head.1:
    - {entity: org:grey-lantern, span: Grey Lantern, form: name}   # mine, too

  s02.2:

candidates:
  seen:
    - {entity: gpe:osterhavn, words: Osterhavn}
    - {entity: gpe:veltania, words: Veltania}
    - {entity: org:grey-lantern, words: "Grey Lantern"}
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "courier-verdict.draft.yaml"
    path.write_text(DRAFT, "utf-8")
    return path


def test_what_is_new_is_added_in_its_place_and_comments_stay(draft: Path, corpus: Path) -> None:
    shutil.copy(WALK / "tavo-merrin.json", corpus / "entities" / "person")
    made = propose_again(draft, WALK / "courier-verdict.txt", corpus)
    before, after = DRAFT.splitlines(), made.draft.splitlines()
    assert [line for line in after if line in before] == before
    assert [line for line in after if line not in before] == [
        "  s02.1:",
        '    - {entity: person:tavo-merrin, span: "Tavo Merrin", form: name, proposed: true}',
        "  s02.3:",
        '    - {entity: gpe:port-sable, span: "Port Sable", form: name, proposed: true}',
        "  s02.5:",
        '    - {entity: person:ina-torvald, span: "Ina Torvald", form: name, proposed: true}',
        '    - {entity: person:tavo-merrin, words: "Tavo Merrin"}',
        '    - {entity: gpe:port-sable, words: "Port Sable"}',
        '    - {entity: person:ina-torvald, words: "Ina Torvald"}',
    ]
    draft.write_text(made.draft, "utf-8")
    assert propose_again(draft, WALK / "courier-verdict.txt", corpus).added == {}
    assert anchor_file(draft, WALK / "courier-verdict.txt", corpus).problems == []


def test_a_draft_without_mentions_and_one_in_json_are_added_to(draft: Path, corpus: Path) -> None:
    text = DRAFT[: DRAFT.index("mentions:")] + "mentions: {}\n"
    draft.write_text(text, "utf-8")
    made = propose_again(draft, WALK / "courier-verdict.txt", corpus)
    value = drafts.read(made.draft)
    assert (
        list(made.added) == list(value["mentions"]) == ["head.1", "s02.1", "s02.2", "s02.3", "s02.5", "s02.6", "s02.7"]
    )
    path = draft.with_suffix(".json")
    path.write_bytes(orjson.dumps(drafts.read(text)))
    assert orjson.loads(propose_again(path, WALK / "courier-verdict.txt", corpus).draft) == value


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  head.1:\n", "  head.1: [\n", "no line can be added|expected|did not find"),
        ("span: Grey Lantern", "span: Grey Lamp", "mend this first: mentions.head.1"),
        ("sections:\n", "events:\n", "has no sections and mentions to add to"),
    ],
)
def test_a_draft_that_cannot_be_added_to_is_left(draft: Path, corpus: Path, old: str, new: str, message: str) -> None:
    draft.write_text(DRAFT.replace(old, new), "utf-8")
    with pytest.raises(CteError, match=message):
        propose_again(draft, WALK / "courier-verdict.txt", corpus)


MARKDOWN = """\
---
title: Port Sable holds a courier.
date: 2019-05-06T10:00:00-04:00
url: /news/12
---
*(Archived Content)*

**PORT SABLE** - The port was shut today by the guards, who looked for a courier of the group.It opened again at noon.

**The Pell Brothers** Joram Pell carried money to the group in many a month, and was not seen since then.

* a list that is no heading

- - -

**Identifying Information:** DOB: 3 May 1966; passport 123456.
"""


def test_what_a_source_tells_besides_its_text() -> None:
    told = source.read(MARKDOWN.encode(), "notice.md")
    assert (told.title, told.day, told.address) == ("Port Sable holds a courier.", "2019-05-06", "/news/12")
    assert told.headings == ("The Pell Brothers", "Identifying Information:")
    assert source.read(MARKDOWN.encode(), "notice.txt") == source.NOTHING
    text = "\n\n".join(
        (
            "Port Sable holds a courier.",
            "(Archived Content)",
            "PORT SABLE - The port was shut today by the guards, who looked for a courier.It opened again at noon.",
            "The Pell Brothers Joram Pell carried money to the group in many a month, and was not seen since then.",
            "- a list that is no heading",
            "###",
        )
    )
    parts = segment(text, "en", told.headings, told.title)
    assert [part.kind for part in parts] == ["title", "byline", "lead", "body", "footer"]
    assert [text[slice(*part.heading)] for part in parts if part.heading] == ["The Pell Brothers"]
    assert [len(part.sentences) for part in parts] == [1, 0, 2, 2, 0]


def test_what_cannot_be_seen_is_no_paragraph_and_is_in_a_section() -> None:
    parts = segment(
        "\u200b\n\nPort Sable holds a courier of it\n\nThe port was shut today by the guards, they said.", "en"
    )
    assert [(part.kind, part.start) for part in parts] == [("title", 0), ("lead", 37)]


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Ministers meet | Tidewater Post</title>
<meta property="og:title" content="Ministers meet in Port Sable"><link rel="canonical" href="https://post.example/a">
<script type="application/ld+json">{"@graph": [{"datePublished": "2019-05-06T07:00Z", "headline": "x"}]}</script>
</head><body><p>Menu</p></body></html>"""


def test_what_the_metadata_of_a_page_tell() -> None:
    told = page.read(PAGE.encode())
    assert tuple(told) == ("Ministers meet in Port Sable", "2019-05-06", "https://post.example/a", ())
    assert source.filled(source.Told(day="2020-01-01"), told)[:2] == ("Ministers meet in Port Sable", "2020-01-01")
    assert page.read(b"<title>A &amp; B</title><script type='application/ld+json'>{[</script>")[:2] == ("A & B", "")
    text = (
        "A long masthead of the Post itself\n\nMinisters meet in Port Sable\n\nThe ministers of the coast met, he said."
    )
    assert [part.kind for part in segment(text, "en", (), told.title)] == ["masthead", "title", "lead"]
