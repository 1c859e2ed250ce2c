"""The text columns: what an attached copy has at the place of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from cte_corpus.attach.attached import AttachedCorpus, AttachedDocument

EXTENTS = {"sections": None, "sentences": None, "mentions": "span", "events": "trigger"}
"""Tables of records with a place in the text, and the span that is it; None where the record itself has the offsets."""


def with_text(tables: dict[str, pa.Table], attached: AttachedCorpus) -> dict[str, pa.Table]:
    """The tables with columns of the attached text, null where no copy is attached or nothing was found in it.

    Documents, sections, sentences, mentions (their span) and events (their trigger) get `attached_text`, the words of
    the copy; all but documents also `attached_start` and `attached_end`, code points in the document's text, and
    `attached_status`: exact, moved, loose, ambiguous or lost.
    """
    import pyarrow as pa

    found = dict(tables)
    copies = {document.id: document for document in attached}
    texts = [copies[key].text if key in copies else None for key in tables["documents"]["id"].to_pylist()]
    found["documents"] = tables["documents"].append_column("attached_text", pa.array(texts, pa.string()))
    for name, field in EXTENTS.items():
        if name not in tables:
            continue
        extents = (
            tables[name].select(["start", "end"]).to_pylist() if field is None else tables[name][field].to_pylist()
        )
        documents = tables[name]["document"].to_pylist()
        rows = [_row(copies.get(key), name, item) for key, item in zip(documents, extents, strict=True)]
        for column, kind in _columns().items():
            values = pa.array([row.get(column) for row in rows], kind)
            found[name] = found[name].append_column(f"attached_{column}", values)
    return found


def _columns() -> dict[str, pa.DataType]:
    import pyarrow as pa

    return {"text": pa.string(), "start": pa.int64(), "end": pa.int64(), "status": pa.string()}


def _row(document: AttachedDocument | None, name: str, item: dict[str, int]) -> dict[str, Any]:
    if document is None:
        return {}
    places = document.attachment
    group = {"sections": places.sections, "sentences": places.sentences}.get(name, places.spans)
    start, end, status = group[item["start"], item["end"]][:3]
    return {"text": None if start is None else document.text[start:end], "start": start, "end": end, "status": status}
