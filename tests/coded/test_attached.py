"""The texts come back: every record of every document in its place, in the source and in a page made of it."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import cte_corpus as cte

from .conftest import source
from .reading import DOCUMENTS, read

RELEASES = [key for key in DOCUMENTS if read(key).document["text"]["recipe"].startswith("markdown")]

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Releases</title><style>p {{ margin: 0 }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li>Newsroom</li></ul></nav>
<main><h1>{title}</h1>
{body}</main><footer><p>Contact the press office</p></footer></body></html>
"""


def test_all_documents_are_restored_from_their_sources(sources: Path) -> None:
    attached = cte.Corpus().attach(sources)
    assert [document.id for document in attached] == DOCUMENTS
    for document in attached:
        assert {row["status"] for row in document.report()} == {"exact"}


@pytest.mark.parametrize("key", RELEASES)
def test_releases_are_restored_from_a_page(sources: Path, tmp_path: Path, key: str) -> None:
    front, _, body = source(sources, key).read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    title = front.partition("title: ")[2].partition("\n")[0]
    html = PAGE.format(title=title, body=MarkdownIt("commonmark").render(body))
    (tmp_path / f"{key}.html").write_text(html, encoding="utf-8")
    document = cte.Corpus().attach(tmp_path)[key]
    # Loose is what stands beside asterisks of badly converted bold type, which this page keeps.
    assert {row["status"] for row in document.report()} <= {"moved", "loose"}
    for mention in document.mentions:
        assert document.text_of(mention.span) == mention.span.text
    for event in document.events:
        assert document.text_of(event.trigger) == event.trigger.text


def test_all_records_load_as_one_dataset_dict() -> None:
    found = cte.load_dataset()
    coded = [read(key) for key in DOCUMENTS]
    assert found["documents"]["id"] == DOCUMENTS
    assert set(found["events"]["id"]) == {key for one in coded for key in one.events}
    assert set(found["mentions"]["id"]) == {key for one in coded for key in one.mentions}
    assert found["sanctions"].num_rows == sum(len(one.sanctions) for one in coded)
