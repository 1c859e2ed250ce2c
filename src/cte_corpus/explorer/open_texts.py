"""Source texts that may be shown: those of documents whose rights are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.store.layout import source_text, source_texts
from cte_corpus.text.view import reference_text, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from cte_corpus.explorer.groups import Group


class Texts:
    """The source texts of a folder; of none, where no folder is given."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None and not folder.is_dir():
            raise CteError(f"{folder} is no folder", "--text takes a folder of texts, named by the documents' ids")
        self._folder = folder
        self._names = source_texts(folder) if folder else {}

    def open(self, group: Group) -> dict[str, str]:
        """The reference texts of the documents of a group that may be shown, by their ids.

        Raises:
            CteError: a text is not the one that was coded.
        """
        found = {}
        for raw in group.raw_documents:
            document = raw["document"]
            name = source_text(self._names, document["id"], self._folder) if self._folder else None
            if self._folder and name and document["rights"]["text"] == "open":
                text = reference_text((self._folder / name).read_bytes(), document["text"]["recipe"])
                if sha256(text) != document["text"]["sha256"]:
                    raise CteError(
                        f"{self._folder / name} is not the text of {document['id']} that was coded", "see `cte attach`"
                    )
                found[document["id"]] = text
        return found
