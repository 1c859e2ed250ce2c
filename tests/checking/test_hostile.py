"""Corpora that are made to bring a reader down: each gets its findings, in bounded time and memory."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.capped import Run, cte, python

DOCUMENT = Path("documents") / "harbour-talks"
EVENTS = DOCUMENT / "events.json"
MENTIONS = DOCUMENT / "mentions.json"
SECTIONS = DOCUMENT / "sections.json"


@pytest.fixture
def root(tidewater: Path, tmp_path: Path) -> Path:
    """A copy of the invented corpus, with its texts beside it under `texts`."""
    shutil.copytree(tidewater.parent / "tidewater-texts", tmp_path / "texts")
    return Path(shutil.copytree(tidewater, tmp_path / "corpus"))


def change(path: Path, spoil: Callable[[Any], object]) -> None:
    """Change the decoded value of a file, and write it as JSON of any layout."""
    value = orjson.loads(path.read_bytes())
    spoil(value)
    path.write_bytes(orjson.dumps(value))


def check(root: Path, *options: str, seconds: int = 20, memory: int = 1024) -> list[str]:
    """The findings of a check without those of layout, a line each, and the line with the totals."""
    done = cte("check", root, "-o", "concise", "--ignore", "CTE012", *options, seconds=seconds, memory=memory)
    lines = done.out.splitlines()
    assert done.code == (len(lines) > 1), done.err
    return [line.replace(f"{root}/", "") for line in lines]


def codes(lines: list[str]) -> list[str]:
    return [line.split(": ")[1].split()[0] for line in lines[:-1]]


class TestNumbers:
    """Whole numbers with a point, and ids with numbers that no document reaches."""

    @pytest.mark.parametrize("with_text", [False, True])
    @pytest.mark.parametrize(
        ("path", "old", "new"),
        [
            (EVENTS, '"start": 104,', '"start": 104.0,'),
            (EVENTS, '"end": 111,', '"end": 1.11e2,'),
            (MENTIONS, '"end": 53,', '"end": 53.0,'),
            (SECTIONS, '"start": 45,', '"start": 45.0,'),
            (SECTIONS, '"order": 1,', '"order": 1.0,'),
            (SECTIONS, '{"n": 1, "start": 45,', '{"n": 1.0, "start": 45,'),
            (DOCUMENT / "document.json", '"length": 602,', '"length": 602.0,'),
            (EVENTS, '"value": 30,', '"value": 30.0,'),
        ],
    )
    def test_a_whole_number_with_a_point(self, root: Path, path: Path, old: str, new: str, with_text: bool) -> None:
        before = (root / path).read_bytes()
        text = before.decode()
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        options = ("--text", str(root.parent / "texts")) if with_text else ()
        found = check(root, *options)
        assert codes(found) == ["CTE018"]
        assert f"{path}:" in found[0]
        assert "CTE018 error expected " in found[0]
        assert cte("check", root, "--fix").code == 0
        assert (root / path).read_bytes() == before

    @pytest.mark.parametrize("number", ["1e16", "-1e300", "9007199254740992.0"])
    def test_a_whole_number_beyond_all_integers(self, root: Path, number: str) -> None:
        path = root / EVENTS
        path.write_text(path.read_text(encoding="utf-8").replace('"end": 111', f'"end": {number}', 1), encoding="utf-8")
        assert codes(check(root)) == ["CTE009"]
        assert cte("fmt", root).code == 0
        assert codes(check(root)) == ["CTE009"]

    def test_numbers_with_a_fraction_stay(self, root: Path) -> None:
        change(root / "entities/gpe/osterhavn.json", lambda value: value["geo"].update(lat=34.5, lon=-0.125))
        assert codes(check(root)) == []

    @pytest.mark.parametrize("number", ["9999999", "99999999999", "1" * 5000])
    @pytest.mark.parametrize("part", ["sections", "mentions", "events", "sanctions"])
    def test_an_id_with_an_absurd_number(self, root: Path, part: str, number: str) -> None:
        letter = {"sections": "s", "mentions": "m", "events": "e", "sanctions": "x"}[part]
        path = root / DOCUMENT / f"{part}.json"
        count = len(orjson.loads(path.read_bytes())["records"])
        change(path, lambda value: value["records"][-1].update(id=f"harbour-talks:{letter}{number}"))
        found = check(root, seconds=5, memory=300)
        width = 3 if letter == "m" else 2
        assert f"`harbour-talks:{letter}{count:0{width}}` is missing before `harbour-talks:{letter}{number[:60]}" in (
            "\n".join(found)
        )
        assert max(map(len, found)) < 1200
        assert cte("fmt", root, seconds=5).code == 0

    def test_numbers_of_thousands_of_digits_in_what_refers_to_records(self, root: Path) -> None:
        long = "9" * 5000
        change(root / "retired.json", lambda value: value["records"][0].update(id=f"harbour-talks:e{long}"))
        change(root / EVENTS, lambda value: value["records"][0]["relations"][0].update(event=f"bayan-al-marfa:e{long}"))
        change(root / MENTIONS, lambda value: value["records"][0].update(entity=f"gpe:{long}"))
        found = check(root, seconds=5)
        assert {"CTE202", "CTE201"} <= set(codes(found))
        assert max(map(len, found)) < 1200
        assert cte("fmt", root, seconds=5).code == 0

    def test_gaps_in_many_ids_out_of_order_are_found_in_time(self, root: Path) -> None:
        """Each gap looked for from its start would take hours."""
        numbers = [number for pair in zip(range(40_000, 20_000, -1), range(1, 20_001), strict=True) for number in pair]

        def spoil(value: Any) -> None:
            first = value["records"][0]
            value["records"] = [first | {"id": f"harbour-talks:m{number:03}"} for number in numbers]

        change(root / MENTIONS, spoil)
        assert "CTE212" in codes(check(root))


class TestFilesThatAreNone:
    """Pipes, devices, folders and links in the place of a file."""

    PLACES = (EVENTS, Path("retired.json"), Path("entities/org/grey-lantern.json"))

    @pytest.mark.parametrize("path", PLACES, ids=str)
    @pytest.mark.parametrize("command", ["check", "stats", "fmt"])
    @pytest.mark.parametrize("kind", ["pipe", "device", "folder", "circle", "outside", "device outside", "gone"])
    def test_is_named_and_not_waited_for(self, root: Path, path: Path, kind: str, command: str) -> None:
        (root / path).unlink()
        secret = root.parent / "secret.json"
        secret.write_text('{"records": []}', encoding="utf-8")
        why = {
            "pipe": "expected a file, got a pipe",
            "device": "expected a file, got a device",
            "folder": "expected a file, got a folder",
            "circle": "Too many levels of symbolic links",
            "outside": "the link leads out of the corpus",
            "device outside": "the link leads out of the corpus",
            "gone": "No such file or directory",
        }[kind]
        if kind == "pipe":
            os.mkfifo(root / path)
        elif kind == "device":
            try:
                os.mknod(root / path, 0o20666, os.makedev(1, 5))
            except PermissionError:
                pytest.skip("only root makes devices")
        elif kind == "folder":
            (root / path).mkdir()
        else:
            ends = {"circle": path.name, "outside": str(secret), "device outside": "/dev/zero", "gone": "no-such-file"}
            (root / path).symlink_to(ends[kind])
        done = run(command, root)
        if kind == "gone" and path.name == "retired.json":
            why = "retired.json is missing"
        if path.name == "retired.json" and (command == "stats" or (command == "fmt" and kind == "gone")):
            return  # it is not read, or need not be there
        assert why in done.out + done.err
        assert done.code == (1 if command in ("check", "fmt") else 2)

    @pytest.mark.parametrize("command", ["show", "sql", "load"])
    def test_all_that_read_a_corpus_read_it_so(self, root: Path, command: str) -> None:
        (root / EVENTS).unlink()
        os.mkfifo(root / EVENTS)
        done = run(command, root)
        assert done.code == 2
        assert f"{EVENTS} cannot be read: expected a file, got a pipe" in done.out + done.err

    def test_a_pipe_in_the_place_of_a_text(self, root: Path) -> None:
        text = root.parent / "texts" / "harbour-talks.txt"
        text.unlink()
        os.mkfifo(text)
        found = check(root, "--text", str(root.parent / "texts"))
        assert codes(found) == ["CTE001"]
        assert "texts/harbour-talks.txt: CTE001 error cannot be read: expected a file, got a pipe" in found[0]

    def test_a_text_that_leads_out_of_its_folder(self, root: Path) -> None:
        text = root.parent / "texts" / "harbour-talks.txt"
        text.rename(root.parent / "elsewhere.txt")
        text.symlink_to("../elsewhere.txt")
        found = check(root, "--text", str(root.parent / "texts"))
        assert codes(found) == ["CTE017"]
        assert "the link leads out of the folder with the texts" in found[0]

    @pytest.mark.parametrize("command", ["check", "stats", "fmt"])
    def test_a_folder_that_leads_to_itself(self, root: Path, command: str) -> None:
        (root / "documents" / "x").symlink_to("x")
        done = run(command, root)
        assert done.code == (2 if command == "stats" else 1)
        assert "Too many levels of symbolic links" in done.out + done.err

    @pytest.mark.parametrize("what", ["documents", "entities", "corpus.json"])
    def test_a_circle_above_what_is_named(self, root: Path, what: str) -> None:
        shutil.rmtree(root / what) if (root / what).is_dir() else (root / what).unlink()
        (root / what).symlink_to(what)
        for named in (root, root / DOCUMENT):
            assert cte("check", named).code in (1, 2)

    @pytest.mark.parametrize(
        "what", ["entities", "documents", "entities/loc", "documents/harbour-talks", "corpus.json"]
    )
    @pytest.mark.parametrize("command", ["check", "stats", "fmt"])
    def test_what_leads_out_of_the_corpus(self, root: Path, what: str, command: str) -> None:
        (root / "entities" / "loc").mkdir(exist_ok=True)
        outside = root.parent / "outside"
        (root / what).rename(outside)
        (root / what).symlink_to(outside)
        done = run(command, root)
        assert done.code == (1 if command in ("check", "fmt") else 2)
        assert (
            f"{what}: CTE017 error the link leads out of the corpus" in done.out
            if command == "check"
            else ("the link leads out of the corpus" in done.out + done.err)
        )

    def test_events_of_another_document_are_not_read_through_a_link(self, root: Path) -> None:
        """What lies there would decide whether this document has findings."""
        other = root / "documents" / "bayan-al-marfa" / "events.json"
        outside = root.parent / "events.json"
        other.rename(outside)
        other.symlink_to(outside)
        change(outside, lambda value: value["records"].clear())
        assert codes(check(root / DOCUMENT)) == []
        assert codes(check(root)) == ["CTE017"]

    @pytest.mark.parametrize("name", ["..", "../documents/bayan-al-marfa", "/etc", "a\\u0000b"])
    def test_a_document_that_is_named_by_a_path_is_none(self, root: Path, name: str) -> None:
        path = root / EVENTS
        old = '"event": "bayan-al-marfa:e02"'
        path.write_text(path.read_text(encoding="utf-8").replace(old, f'"event": "{name}:e02"', 1), encoding="utf-8")
        assert "CTE202" in codes(check(root / DOCUMENT))


def run(command: str, root: Path) -> Run:
    """A command that reads a corpus, or `load_dataset` as a command would be."""
    load = (
        "import sys\nfrom cte_corpus import CteError, load_dataset\n"
        "try:\n    load_dataset('entities', sys.argv[1])\n    load_dataset('events', sys.argv[1])\n"
        "except CteError as error:\n    print(error)\n    sys.exit(2)\n"
    )
    arguments: dict[str, tuple[str | Path, ...]] = {
        "check": ("check", root, "-o", "concise"),
        "show": ("show", "org:tidewater-post", "--corpus", root),
        "sql": ("sql", "select 1", "--corpus", root),
    }
    if command == "load":
        return python(load, root, memory=6144, seconds=20)
    return cte(*arguments.get(command, (command, root)), memory=6144 if command == "sql" else 1024, seconds=20)


class TestUnreadable:
    """What may not be read is an error, never less than there is."""

    @pytest.mark.parametrize("what", ["entities", "entities/org", "documents", "documents/harbour-talks", EVENTS])
    @pytest.mark.parametrize("command", ["check", "stats", "fmt", "show"])
    def test_without_the_right_to_read(self, root: Path, what: str | Path, command: str) -> None:
        mode = (root / what).stat().st_mode
        (root / what).chmod(0)
        try:
            done = cte(
                *{"show": ("show", "org:tidewater-post", "--corpus", root)}.get(command, (command, root)),
                unprivileged=True,
            )
        finally:
            (root / what).chmod(mode)
        assert "Permission denied" in done.out + done.err
        assert done.code == (1 if command in ("check", "fmt") else 2)
        if command == "check":
            assert f"{what}: CTE001 error cannot be read: Permission denied" in done.out
            assert "CTE201" not in done.out

    def test_texts_without_the_right_to_read(self, root: Path) -> None:
        texts = root.parent / "texts"
        texts.chmod(0)
        try:
            done = cte("check", root, "--text", texts, unprivileged=True)
        finally:
            texts.chmod(0o755)
        assert done.code == 2
        assert f"'{texts}' is not readable" in done.err


class TestSizes:
    """Sizes are judged before anything is read."""

    @pytest.mark.parametrize("command", ["check", "stats", "fmt", "show", "sql", "load"])
    def test_a_file_of_300_megabytes(self, root: Path, command: str) -> None:
        with (root / EVENTS).open("wb") as file:
            file.truncate(300_000_000)
        done = run(command, root)
        assert "expected at most 67,108,864 bytes, got 300,000,000" in done.out + done.err
        assert done.code == (1 if command in ("check", "fmt") else 2)

    @pytest.mark.parametrize("command", ["check", "stats", "show"])
    def test_a_line_of_300_megabytes(self, root: Path, packed: Path, command: str) -> None:
        with (packed / "documents.jsonl").open("r+b") as file:
            file.truncate(300_000_000)
        done = run(command, packed)
        assert "documents.jsonl" in done.out + done.err
        assert "expected at most 67,108,864 bytes in line 3, got more" in done.out + done.err

    @pytest.mark.parametrize("item", ["{}", "0", '{"a":1}', "[[]]", '""'])
    @pytest.mark.parametrize("command", ["check", "stats", "fmt"])
    def test_too_many_values(self, root: Path, item: str, command: str) -> None:
        size = 48_000_000 // (len(item) + 1)
        (root / MENTIONS).write_text("[" + ",".join([item] * size) + "]", encoding="utf-8")
        done = run(command, root)
        wanted = "holds more values than any record does" if command == "stats" else "expected at most 1,000,000 values"
        assert wanted in done.out + done.err

    def test_a_text_of_nine_megabytes(self, root: Path) -> None:
        (root.parent / "texts" / "harbour-talks.txt").write_bytes(b"A word. " * 1_200_000)
        found = check(root, "--text", str(root.parent / "texts"))
        assert codes(found) == ["CTE011"]
        assert "texts/harbour-talks.txt: CTE011 error expected at most 8,388,608 bytes, got 9,600,000" in found[0]


class TestManyFindings:
    """A file with more faults than anybody reads is told as such."""

    @pytest.mark.long
    def test_records_without_anything(self, root: Path) -> None:
        (root / MENTIONS).write_text('{"records": [' + ", ".join(["{}"] * 400_000) + "]}", encoding="utf-8")
        found = check(root, seconds=30)
        assert set(codes(found)) == {"CTE102"}
        assert len(found) == 101
        assert found[99].endswith("1,999,900 more of CTE102 in this file are not listed")
        assert found[100].startswith("Found 2,000,000 errors in ")
        assert found[100].endswith(" 1,999,900 of them are not listed.")

    def test_unknown_keys(self, root: Path) -> None:
        change(root / EVENTS, lambda value: value["records"][0].update({f"k{number}": 1 for number in range(200_000)}))
        found = check(root)
        assert len(found) == 101
        assert found[-1].startswith("Found 200,000 errors in ")

    def test_unknown_ids(self, root: Path) -> None:
        def spoil(value: Any) -> None:
            argument = {"role": "host"}
            value["records"][0]["arguments"] = [argument | {"entity": f"org:nobody-{n}"} for n in range(20_000)]

        change(root / EVENTS, spoil)
        found = check(root)
        assert len(found) == 101
        assert "19,900 of them are not listed" in found[-1]

    def test_wrong_mentions(self, root: Path) -> None:
        """The help once listed all mentions of the entity, each time."""

        def more(value: Any) -> None:
            first, count = value["records"][0], len(value["records"])
            value["records"] += [first | {"id": f"harbour-talks:m{count + n:03}"} for n in range(1, 4001)]

        change(root / MENTIONS, more)
        wrong = {"role": "host", "entity": "gpe:veltania", "mentions": ["harbour-talks:m003"] * 4000}
        change(root / EVENTS, lambda value: value["records"][0]["arguments"].__setitem__(0, wrong))
        done = cte("check", root, "-o", "json", "--ignore", "CTE012")
        assert len(done.out) < 20_000
        (found,) = [item for item in json.loads(done.out)["diagnostics"] if item["code"] == "CTE214"]
        assert "(and 1,999 more places)" in found["message"]
        assert found["more"] == 2000
        assert found["help"].endswith(", `harbour-talks:m021` …")
        assert [related["path"].rpartition("/")[2] for related in found["related"]][:2] == [
            "mentions.json",
            "events.json",
        ]
        assert len(found["related"]) == 11

    @pytest.mark.parametrize("form", ["full", "concise", "json", "github", "sarif", "junit"])
    @pytest.mark.parametrize("where", ["key", "value", "id"])
    def test_a_value_of_megabytes_is_cut(self, root: Path, where: str, form: str) -> None:
        long = "k" * 5_000_000
        new = {"key": {long: 1}, "value": {"status": long}, "id": {"id": f"harbour-talks:e{'1' * 5_000_000}"}}[where]
        change(root / EVENTS, lambda value: value["records"][-1].update(new))
        done = cte("check", root, "-o", form, "--ignore", "CTE012,CTE202")
        assert done.code == 1
        assert len(done.out) < 15_000
        assert "5,000,0" in done.out

    @pytest.mark.long
    def test_lines_of_a_packed_corpus(self, packed: Path) -> None:
        (packed / "documents.jsonl").write_bytes(b"{}\n" * 100_000)
        found = check(packed, seconds=30)
        assert "1,000 of its lines are no records" in found[0]
        assert found[-1].startswith("Found 5,001 errors in 1,000 documents")
        assert len(found) == 102


class TestOneSlip:
    """What follows from a slip stands under it."""

    def test_an_entity_with_another_id(self, root: Path) -> None:
        change(root / "entities/gpe/osterhavn.json", lambda value: value.update(id="gpe:osterhavn-city"))
        found = check(root)
        assert len(found) == 2
        wanted = "CTE207 error expected entities/gpe/osterhavn-city.json for `gpe:osterhavn-city` (and "
        assert wanted in found[0]
        assert found[0].startswith("entities/gpe/osterhavn.json:")

    def test_references_to_one_id_that_is_nowhere(self, root: Path) -> None:
        (root / "entities/gpe/osterhavn.json").unlink()
        found = check(root)
        assert codes(found) == ["CTE201"]
        assert "no entity `gpe:osterhavn` in the entity registry (and " in found[0]

    def test_a_code_that_is_not_wanted_takes_nothing_with_it(self, root: Path) -> None:
        change(root / "entities/gpe/osterhavn.json", lambda value: value.update(id="gpe:osterhavn-city"))
        assert codes(check(root, "--select", "CTE201")) == ["CTE201"]

    def test_a_length_of_the_text_that_is_too_small(self, root: Path) -> None:
        change(root / DOCUMENT / "document.json", lambda value: value["text"].update(length=60))
        found = check(root)
        assert codes(found) == ["CTE305"]
        assert "expected the last section to end at 60, got 602" in found[0]

    def test_sentences_of_a_section_missing(self, root: Path) -> None:
        change(root / SECTIONS, lambda value: value["records"][1].pop("sentences"))
        found = check(root, "-o", "full")
        assert sum(line.startswith("error ") for line in found) == 1
        assert "  help: there are `harbour-talks:s01.1` to `harbour-talks:s03.2`" in found

    def test_no_mentions_at_all(self, root: Path) -> None:
        change(root / MENTIONS, lambda value: value["records"].clear())
        found = check(root)
        assert codes(found) == ["CTE203"]

    def test_an_event_with_another_number(self, root: Path) -> None:
        """The id that is missing is named once, with what refers to it."""
        last = orjson.loads((root / EVENTS).read_bytes())["records"][-1]["id"]
        relation = {"rel": "causes", "event": last}
        change(root / EVENTS, lambda value: value["records"][-1].update(id="harbour-talks:e50"))
        change(root / EVENTS, lambda value: value["records"][0]["relations"].append(relation))
        found = check(root)
        assert codes(found) == ["CTE209", "CTE202"][: len(found) - 1]

    def test_a_mention_of_another_entity(self, root: Path) -> None:
        change(root / MENTIONS, lambda value: value["records"][3].update(entity="gpe:port-sable"))
        done = cte("check", root, "-o", "json", "--ignore", "CTE012")
        (found,) = json.loads(done.out)["diagnostics"]
        assert found["code"] == "CTE214"
        assert found["related"][0]["path"].endswith("mentions.json")
        assert found["related"][0]["record"] == "harbour-talks:m004"
