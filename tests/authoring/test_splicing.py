"""One value of a draft is changed in its text, and nothing else is touched."""

import json
from pathlib import Path
from typing import Any

import pytest

from cte_corpus.authoring import drafts, items
from cte_corpus.authoring.splicing import Splicing
from cte_corpus.errors import CteError

DRAFT = """\
# head
document: talks   # its id

sections:
  - key: s01    # the title
    kind: title

mentions:
  s01.1:
    # before the first
    - {entity: gpe:veltania, span: "فلتانيا", form: name}  # after it
    - entity: org:grey-lantern
      span: {quote: Grey Lantern,
             nth: 2}
      form: name

# between
events:
  - key: arrest
    trigger: >-
      broke
      away
    evidence: [s01.1, s01.2]   # both
    label:
      - {text: "😀 one", lang: en}
    quantities: [{measure: killed, value: 30}]

# the end
"""


def written(text: str, suffix: str = ".yaml") -> Splicing:
    path = Path(f"draft{suffix}")
    return Splicing(path, drafts.parsed(path, text.encode()))


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (("document",), "other", "document: other   # its id"),
        (("sections", 0, "key"), "lead", "  - key: lead    # the title"),
        (
            ("mentions", "s01.1", 0, "span"),
            "آيسلندا",
            '    - {entity: gpe:veltania, span: "آيسلندا", form: name}  # after it',
        ),
        (("events", 0, "evidence"), ["s01.1"], "    evidence: [s01.1]   # both"),
        (("events", 0, "evidence", 1), "s02.1", "    evidence: [s01.1, s02.1]   # both"),
        (("events", 0, "evidence", 2), "s02.1", "    evidence: [s01.1, s01.2, s02.1]   # both"),
        (("events", 0, "label", 0, "text"), "no", '      - {text: "no", lang: en}'),
        (("events", 0, "quantities", 0, "value"), 31, "    quantities: [{measure: killed, value: 31}]"),
        (("events", 0, "status"), "occurred", "    status: occurred"),
        (("mentions", "s01.1", 1, "head"), "Lantern", "      head: Lantern"),
        (("mentions", "s02.1"), [{"entity": "gpe:x"}], "  s02.1: [{entity: gpe:x}]"),
        (("review",), {"e01": {"verdict": "accepted"}}, "  e01: {verdict: accepted}"),
    ],
)
def test_one_line_is_changed_or_comes(pointer: Any, value: Any, line: str) -> None:
    work = written(DRAFT)
    work.put(pointer, value)
    gone, come = changed(DRAFT, work.draft.text)
    assert [one for one in come if one != "review:"] == [line]
    assert len(gone) <= 1
    assert items.at(work.draft.value, pointer) == value


def test_what_stands_on_several_lines_is_changed_with_all_of_them() -> None:
    work = written(DRAFT)
    work.put(("events", 0, "trigger"), "broke away")
    work.put(("mentions", "s01.1", 1, "span"), "Grey Lantern")
    assert '    trigger: "broke away"\n    evidence' in work.draft.text
    assert '      span: "Grey Lantern"\n      form: name\n\n# between' in work.draft.text


@pytest.mark.parametrize(
    ("pointer", "gone"),
    [
        (
            ("mentions", "s01.1", 0),
            ['    - {entity: gpe:veltania, span: "فلتانيا", form: name}  # after it'],
        ),
        (("events", 0, "evidence"), ["    evidence: [s01.1, s01.2]   # both"]),
        (("events", 0, "label"), ["    label:", '      - {text: "😀 one", lang: en}']),
        (("sections", 0, "kind"), ["    kind: title"]),
    ],
)
def test_what_is_dropped_goes_with_its_lines(pointer: Any, gone: list[str]) -> None:
    work = written(DRAFT)
    work.drop(pointer)
    assert changed(DRAFT, work.draft.text) == (gone, [])


def test_the_last_item_leaves_an_empty_list() -> None:
    work = written(DRAFT)
    work.drop(("events", 0))
    work.drop(("mentions", "s01.1", 0))
    work.drop(("mentions", "s01.1", 0))
    assert work.draft.value["events"] == []
    assert work.draft.value["mentions"] == {"s01.1": []}
    assert "# before the first" in work.draft.text
    assert "# the end" in work.draft.text


def test_an_item_is_written_as_it_was_typed() -> None:
    work = written(DRAFT)
    text = work.raw(("events", 0))
    assert text.startswith("key: arrest\ntrigger: >-\n  broke")
    assert "# both" in text
    work.write(("events", 0), text.replace("lang: en}", "lang: en}  # mine").replace("[s01.1, s01.2] ", "[s01.1]"))
    assert "    evidence: [s01.1]  # both" in work.draft.text
    assert work.draft.text.replace("  # mine", "").replace("[s01.1]  #", "[s01.1, s01.2]   #") == DRAFT


@pytest.mark.parametrize(
    ("text", "message"),
    [("a: [", "line 2"), ("", "nothing at all"), ("a: 1\na: 2", "stands twice"), ("key: arrest\nnote: ~", "null")],
)
def test_what_is_no_item_is_refused(text: str, message: str) -> None:
    work = written(DRAFT)
    with pytest.raises(CteError, match=message):
        work.write(("events", 0), text)
    assert work.draft.text == DRAFT


def test_what_an_alias_repeats_is_not_changed_in_both_places() -> None:
    text = "document: a\nevents:\n  - {key: x, evidence: &e [s01.1]}\n  - {key: y, evidence: *e}\n"
    work = written(text)
    for pointer in (("events", 0, "evidence", 0), ("events", 1, "evidence"), ("events", 1, "evidence", 0)):
        with pytest.raises(CteError, match=r"alias|laid out|none"):
            work.put(pointer, "s02.1")
    assert work.draft.text == text


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_stay(end: str) -> None:
    work = written(DRAFT.replace("\n", end))
    work.put(("events", 0, "status"), "occurred")
    work.put(("review",), {"arrest": {"verdict": "accepted"}})
    work.write(("sections", 0), "key: s01\nkind: lead\n")
    assert work.draft.text.count("\n") == work.draft.text.count(end)
    assert work.draft.value["sections"] == [{"key": "s01", "kind": "lead"}]


def test_a_draft_in_json_stays_one() -> None:
    value = {"document": "talks", "events": [{"key": "a", "value": 1.5}]}
    work = written(json.dumps(value), ".json")
    work.put(("events", 0, "value"), 2)
    work.write(("events", 0), work.raw(("events", 0)).replace('"a"', '"b"'))
    work.put(("review",), {"events[b]": {"verdict": "accepted"}})
    wanted = {"document": "talks", "events": [{"key": "b", "value": 2}]}
    assert json.loads(work.draft.text) == {**wanted, "review": {"events[b]": {"verdict": "accepted"}}}
    work.drop(("events", 0, "value"))
    assert json.loads(work.draft.text)["events"] == [{"key": "b"}]


@pytest.mark.parametrize("text", ["{document: talks, events: [{key: a}]}", "{document: talks, events: [{key: a}],\n}"])
def test_a_draft_on_one_line_stays_there(text: str) -> None:
    work = written(text)
    work.put(("events", 1), {"key": "b"})
    work.put(("review",), {"x": {"verdict": "dropped"}})
    work.drop(("events", 0))
    assert work.draft.value == {"document": "talks", "events": [{"key": "b"}], "review": {"x": {"verdict": "dropped"}}}
