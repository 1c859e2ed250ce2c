"""Nothing that a terminal obeys is ever printed, whatever stands in data, texts, drafts, names and queries."""

import ast
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from cte_corpus import cli
from cte_corpus.checking.report import FORMATS as REPORTS
from cte_corpus.citing import FORMATS as CITATIONS
from cte_corpus.cli.export import FORMATS as TABLES
from cte_corpus.cli.plot import KINDS
from cte_corpus.cli.printing import say, say_json
from cte_corpus.release.build import Pack
from tests.authoring.drafting import draft_of
from tests.cli.test_group import on_terminal

PACKAGE = Path(cli.__file__).parent.parent
TEXTS = Path(__file__).parent.parent / "corpora" / "tidewater-texts"

EVIL = "\x1b[8m\x1b]0;owned\x07\x9b2J\x00\r\x08\u202e\u2066x\x7f"
"""Hides what follows, sets the title of the window, rings, clears, goes back, and turns the direction of the line."""

IN_TEXT = EVIL.replace("\x00", "")
"""What a text may hold: a NUL makes it none."""

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")

WORDS = {"text", "note", "title", "holder", "statement", "value", "source", "programme", "guideline", "ground", "name"}
"""Fields whose strings mean something to people only."""

Printed = Callable[..., tuple[int, str]]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Printed:
    """Run `cte`: its exit code, and all that it printed on either stream."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cte", *map(str, arguments)])
        code: object = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        written = capsysbinary.readouterr()
        assert isinstance(code, int)
        return code, (written.out + written.err).decode()

    return run


def poisoned(value: Any, everything: bool, key: str = "") -> Any:
    """The value with each string made evil: of all fields, or of those for people."""
    if isinstance(value, dict):
        return {name: poisoned(item, everything, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, everything, key) for item in value]
    return value + EVIL if isinstance(value, str) and (everything or key in WORDS) else value


@pytest.fixture(params=[False, True], ids=["words", "all"])
def hostile(request: pytest.FixtureRequest, tidewater: Path, tmp_path: Path) -> Path:
    """The invented corpus with evil in the words for people, or in every string, ids and codes among them."""
    corpus = Path(shutil.copytree(tidewater, tmp_path / "hostile"))
    for path in corpus.rglob("*.json"):
        value = poisoned(orjson.loads(path.read_bytes()), request.param)
        for name in ("version", "schema_version", "$schema"):
            if name in value:
                value[name] = value[name].removesuffix(EVIL)
        path.write_bytes(orjson.dumps(value))
    return corpus


def commands(corpus: Path, tidewater: Path, copy: Path) -> Iterator[tuple[str | Path, ...]]:
    """Every way in which commands print what stands in a corpus."""
    for form in REPORTS:
        yield "check", corpus, "-o", form
    ids = [orjson.loads(path.read_bytes())["id"] for path in sorted(corpus.glob("entities/*/*.json"))]
    for path in sorted(corpus.glob("documents/*/*.json")):
        value = orjson.loads(path.read_bytes())
        ids += [record["id"] for record in value.get("records", [value])]
    for key in ids[:: len(ids) // 40]:
        if "\0" not in key:  # which no argument can hold
            yield "show", key, corpus
            yield "show", key, corpus, "--output", "json"
    for form in CITATIONS:
        yield "cite", "--corpus", corpus, "--format", form
        yield "cite", "harbour-talks:e01", "--corpus", corpus, "--format", form
    for output in ("table", "json"):
        yield "stats", corpus, "--output", output
    for output in ("table", "csv", "json"):
        for name in ("entities", "events", "clusters", "documents"):
            yield "sql", f"select * from {name}", corpus, "--output", output
        yield "sql", 'select chr(27) || chr(7) || chr(8238) as "\x1b]0;x\x07\u202e"', tidewater, "--output", output
    yield "sql", "select \x1b[8m \u202e", tidewater
    for output in ("text", "json", "markdown"):
        yield "diff", tidewater, corpus, "-o", output, "--all"
    for output in ("table", "json"):
        yield "attach", copy, "--document", "harbour-talks", "--corpus", corpus, "-o", output
    for kind in KINDS:
        yield "plot", kind, "--corpus", corpus, "--out", corpus.with_name(f"{kind}.json")
    for output in ("text", "json", "csv"):
        yield "find", "harbour", "--corpus", corpus, "-o", output
        for kind in ("documents", "events", "entities", "sanctions"):
            yield "list", kind, "--corpus", corpus, "-o", output
    claims = corpus.with_name("claims.jsonl")
    claims.write_bytes(orjson.dumps({"quote": f"Harbour {EVIL}", "value": EVIL, "context": EVIL}) + b"\n")
    for output in ("table", "json", "csv"):
        yield "ground", copy, claims, "-o", output
    for output in ("table", "json"):
        yield "score", corpus, claims, "--text", copy, "--document", "harbour-talks", "-o", output
        yield "score", tidewater, corpus, "--seed", "1", "-o", output
        yield "agreement", tidewater, corpus, "-o", output
    correction = corpus.with_name("correction.json")
    for key in ("harbour-talks:e01", EVIL):
        given = {"record": key, "field": f"times[0].{EVIL}", "value": EVIL, "quote": EVIL}
        correction.write_bytes(orjson.dumps(given))
        yield "correct", correction, "--text", copy, "--corpus", corpus
    yield "propose", corpus.with_name("no\x1b]0;x\x07\u202e.yaml"), "--text", copy, "--corpus", corpus
    told = ("--title", IN_TEXT, "--maintainer", IN_TEXT, "--licence", IN_TEXT, "--schemas", "https://a.example/b")
    yield "init", corpus.with_name("harbour-corpus"), *told
    yield "init", corpus.with_name(f"harbour{IN_TEXT}"), *told
    named = ("--kind", "armed-group", "--name", f"en=Harbour {IN_TEXT}", "--description", f"en={IN_TEXT}")
    yield "entity", "new", "org:dune-front", *named, "--corpus", corpus
    yield "entity", "new", f"org:{IN_TEXT}", *named, "--corpus", corpus
    yield "entity", "rename", ids[0].replace("\0", ""), f"org:new{IN_TEXT}", "--corpus", corpus
    yield "entity", "merge", "org:tidal-front", "org:grey-lantern", "--reason", IN_TEXT, "--corpus", corpus
    yield "entity", "retire", f"org:{IN_TEXT}", "--reason", IN_TEXT, "--corpus", corpus
    yield "draft", f"harbour{EVIL}", "--text", copy, "--corpus", corpus
    copies = corpus.with_name("copies") / "2024-05-01"
    copies.mkdir(parents=True, exist_ok=True)
    (copies / "harbour-talks.txt").write_bytes(copy.read_bytes() if copy.is_file() else b"")
    for output in ("table", "json"):
        yield "drift", copies.parent, "--corpus", corpus, "-o", output
    yield "site", corpus, corpus.with_name("site")
    for form in TABLES:
        yield "export", form, "--corpus", corpus, "--out", corpus.with_name(f"{form}.{form}")
    cited = corpus.with_name("cited.bib")
    cited.write_bytes(f"org:grey-lantern@0.2.0 {EVIL} harbour-talks:e01{EVIL}@0.2.0 org:{EVIL}@{EVIL}".encode())
    for output in ("text", "json"):
        yield "status", cited, "--corpus", corpus, "-o", output
    quotes = corpus.with_name("quotes.jsonl")
    quotes.write_bytes(orjson.dumps({"quote": f"Harbour {EVIL}", "label": EVIL}) + b"\n")
    mapping = corpus.with_name("harbour-talks.mapping.yaml")
    for label in ("?", EVIL):  # a mapping that is drafted, and one that is wrong
        yield (
            "import",
            "quotes",
            quotes,
            "--document",
            "harbour-talks",
            "--text",
            copy,
            "--corpus",
            corpus,
            "--mapping",
            mapping,
        )
        mapping.write_bytes(orjson.dumps({"labels": {EVIL: label}}))
    yield "review", corpus.with_name(f"no{IN_TEXT}.yaml"), "--text", copy, "--corpus", corpus, "--list"
    yield "release", "0.1.0\x1b]0;x\x07\u202e"
    yield "schema", "--set", corpus.with_name("schemas"), "--corpus", corpus
    for name in ("schema", "cache"):
        yield name, "--\x1b]0;x\x07\u202e"
    yield "check", corpus, "--shard", "1/1", "--partial", corpus.with_name("parts")
    yield "merge", corpus.with_name("parts"), "--corpus", corpus
    yield "fmt", "--diff", corpus
    yield "fmt", "--check", corpus
    yield "fmt", corpus
    for command in ("check", "stats", "fmt", "verify", "build --out x", "push"):
        yield *command.split(), corpus.with_name("no\x1b]0;x\x07\u202e")
    for command in ("rule", "show", "cite", "no\x1b\u202e"):
        yield command, "\x1b]0;x\x07\u202e"


def test_no_command_prints_what_a_terminal_obeys(
    hostile: Path, tidewater: Path, tmp_path: Path, printed: Printed
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(f"Harbour {IN_TEXT} talks\n\n{IN_TEXT}", "utf-8", newline="")
    done = 0
    for arguments in commands(hostile, tidewater, copy):
        _, written = printed(*arguments)
        assert not OBEYED.search(written), arguments
        assert "Traceback" not in written, arguments
        done += bool(written)
    assert done > 50


def test_every_command_is_run_on_evil(tidewater: Path, tmp_path: Path) -> None:
    """A command that is new has to be added to those that are run above; a draft is printed in a test of its own."""
    corpus = Path(shutil.copytree(tidewater, tmp_path / "corpus"))
    assert {name for name, *_ in commands(corpus, tidewater, tmp_path)} >= cli.COMMANDS.keys() - {"new", "anchor"}


def test_no_draft_and_no_text_is_printed_as_it_is(tidewater: Path, tmp_path: Path, printed: Printed) -> None:
    corpus = shutil.copytree(tidewater, tmp_path / "corpus")
    source = (TEXTS / "harbour-talks.txt").read_text(encoding="utf-8")
    text = tmp_path / "evil.txt"
    text.write_text(source.replace(" ", f" {IN_TEXT}", 20), "utf-8", newline="")
    given = ("--text", text, "--corpus", corpus)
    new = ("new", text, "--id", "evil", "--lang", "en", "--corpus", corpus, "--draft", tmp_path / "new.yaml")
    code, written = printed(*new, "--publisher", "org:\x1b]0;x\x07\u202e")
    assert (code, OBEYED.search(written)) == (0, None)
    assert "<U+001B>]0;x<U+0007>" in written

    from cte_corpus.authoring import folder

    draft = draft_of(folder.read(tidewater, "harbour-talks"), source)
    path = tmp_path / "draft.json"
    for number, change in enumerate(
        (
            {"document": "harbour-talks", "events": poisoned(draft["events"], True)},
            {"document": "harbour-talks", "sections": poisoned(draft["sections"], True)},
            {"document": "harbour-talks", "mentions": {f"s0\x1b{EVIL}": next(iter(draft["mentions"].values()))}},
            {"document": f"harbour{EVIL}"},
            {f"docu{EVIL}": 5},
            draft,
        )
    ):
        path.write_text(json.dumps(change), "utf-8")
        code, written = printed("anchor", path, *given)
        assert code in (1, 2), number
        assert written
        assert not OBEYED.search(written), number
    path = tmp_path / "draft.yaml"
    for content in ("a: &\x85\u202e b", 'document: "\\x1b[8m\\u202e"', "document: [\u202e\x85", f"docu{EVIL}: 1"):
        path.write_text(content, "utf-8")
        code, written = printed("anchor", path, *given)
        assert (code, OBEYED.search(written)) == (2, None)


def test_names_in_a_pack_are_made_visible(small: Pack, tmp_path: Path, printed: Printed) -> None:
    folder = Path(shutil.copytree(small.folder, tmp_path / "pack"))
    (folder / "more\x1b]0;x\x07\u202e.txt").touch()
    code, written = printed("verify", folder)
    assert (code, OBEYED.search(written)) == (1, None)
    assert "more<U+001B>]0;x<U+0007><U+202E>.txt" in written
    code, written = printed("push", folder, "--dry-run", "--to", "a/b")
    assert (code, OBEYED.search(written)) == (2, None)


def test_a_terminal_shows_colors_and_nothing_else(hostile: Path, tmp_path: Path) -> None:
    """In a terminal of its own, where nothing takes an escape sequence out."""
    for arguments in (("check", hostile), ("cite", "--corpus", hostile, "--format", "bibtex"), ("stats", hostile)):
        _, written = on_terminal(*arguments, columns=120)
        assert written
        assert not OBEYED.search(re.sub(r"\x1b\[[0-9]{1,2}m", "", written)), arguments
        assert "\x1b[8m" not in written


def test_what_is_printed_is_the_same_but_for_what_is_obeyed(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "a\tb\r\nسلام\u200f \u2068isolated\u2069"
    say(text)
    say_json({"a": "\x7f\u202e\x1b", "b": text})
    say("\x1b[31mred\x1b[0m\x1b[8m", form="styled")
    first, _, rest = capsysbinary.readouterr().out.decode().partition("\n{")
    assert first == text
    value, _, last = rest.rpartition("}\n")
    assert not OBEYED.search(value)
    assert json.loads("{" + value + "}") == {"a": "\x7f\u202e\x1b", "b": text}
    assert last == "\x1b[31mred\x1b[0m<U+001B>[8m\n"


WRITERS = {"echo", "secho", "print", "write", "writelines", "print_exc", "pprint", "warn"}
CLICK = {"prompt", "confirm", "echo_via_pager", "progressbar", "get_text_stream", "get_binary_stream", "open_file"}
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}


def breaches(source: str) -> Iterator[str]:
    """What writes to a stream past `say`, or takes hold of one for more than to ask whether it is a terminal."""
    nodes = list(ast.walk(ast.parse(source)))
    asked = {id(node.value) for node in nodes if isinstance(node, ast.Attribute) and node.attr == "isatty"}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module in ("sys", "click", "logging"):
            if {alias.name for alias in node.names} & (STREAMS | WRITERS | CLICK):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS and id(node) not in asked:
            if ast.unparse(node.value) == "sys":
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and _prints(node):
            yield f"line {node.lineno}: {ast.unparse(node.func)}"


def _prints(call: ast.Call) -> bool:
    owner, _, name = ast.unparse(call.func).rpartition(".")
    if name in ("exit", "SystemExit"):  # anything but a number is printed
        return any(
            isinstance(argument, ast.Constant | ast.JoinedStr) and not _is_number(argument) for argument in call.args
        )
    if name in ("run", "Popen", "check_call") and owner == "subprocess":  # what it prints would come through
        given = {keyword.arg for keyword in call.keywords}
        return not ("capture_output" in given or {"stdout", "stderr"} <= given)
    if owner in ("click", "traceback", "warnings", "logging", "os"):
        return name in WRITERS | CLICK or owner == "logging"
    return not owner and name in WRITERS - {"write", "warn"}


def _is_number(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, int)


OWN = {"printing.py": ["click.echo"], "progress.py": ["click.echo", "click.echo", "sys.stderr"], "ending.py": None}
"""The function, the bar, which shows figures alone, and the module that opens the streams before all else."""


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_prints_but_say(path: Path) -> None:
    allowed = OWN.get(path.name, []) if path.parent == PACKAGE / "cli" else []
    found = [found.partition(": ")[2] for found in breaches(path.read_text(encoding="utf-8"))]
    assert allowed is None or found == allowed


def test_the_test_finds_what_prints() -> None:
    prints = """
        click.echo(1)
        print(2)
        sys.stdout.buffer.write(3)
        traceback.print_exc()
        sys.exit("no")
        raise SystemExit(f"{x}")
        write = sys.stderr.write
        from sys import stdout
        from click import echo
        os.write(1, b"")
        warnings.warn("no")
        logging.error("no")
        click.get_text_stream("stdout")
        click.confirm(x)
        subprocess.run(["git"], check=True)
    """
    quiet = """
        file.write(4)
        say(5)
        sys.exit(1)
        sys.exit(0 if ok else 1)
        sys.stdout.isatty()
        done.stdout.strip()
        subprocess.run(["git"], capture_output=True)
    """
    for line in filter(str.strip, prints.splitlines()):
        assert list(breaches(line.strip())), line
    for line in filter(str.strip, quiet.splitlines()):
        assert not list(breaches(line.strip())), line
