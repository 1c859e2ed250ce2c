"""Every coded document with its text."""

from pathlib import Path

import pytest

from cte_corpus.text.view import reference_text

from .reading import DOCUMENTS, Coded, read


def source(sources: Path, key: str) -> Path:
    """The file with the text of a document."""
    (path,) = sources.glob(f"{key}.*")
    return path


@pytest.fixture(params=DOCUMENTS)
def coded(request: pytest.FixtureRequest) -> Coded:
    """Each document in turn."""
    return read(request.param)


@pytest.fixture
def text(sources: Path, coded: Coded) -> str:
    """The reference text of the document."""
    return reference_text(source(sources, coded.key).read_bytes(), coded.document["text"]["recipe"])
