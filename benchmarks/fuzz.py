"""Hostile input by the million: `python benchmarks/fuzz.py --seconds 60`.

Each target is given made-up input as fast as it can be made, and holds what comes back to what is promised: an error
that is documented, or an answer that an independent reading agrees with. The first breach ends the run with the input.
The same seed gives the same inputs to a target, whatever else runs.
"""

import argparse
import json
import random
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from fuzz_coding import anchored, archived, attached, draft, proposed
from fuzz_inputs import TEXTS, Inputs, hold
from fuzz_reading import citations, claims, corrections, printed_words

from cte_corpus import edtf
from cte_corpus.checking import engine
from cte_corpus.checking.report import FORMATS
from cte_corpus.checking.rewrite import canonical_form
from cte_corpus.checking.rules import file, schema
from cte_corpus.cli.findings import rendered
from cte_corpus.errors import CteError
from cte_corpus.published import ledger, pack
from cte_corpus.store import locate, strict
from cte_corpus.store.layout import PARTS
from cte_corpus.text import fold, html, prose, segment, terminal, view
from cte_corpus.text.chains import chains

Target = Callable[[Inputs], None]
KINDS = ("corpus", "retired", "entity", *PARTS, "bundle")


def strict_json(inputs: Inputs) -> None:
    """The strict reader against the standard library with the rules of the strict reader around it."""
    data = inputs.json_bytes()
    try:
        expected: Any = _oracle(data)
    except ValueError:
        expected = ValueError
    try:
        value = strict.loads(data)
    except strict.JsonError as error:
        hold(expected is ValueError, f"refused, and is strict JSON: {error}")
        hold(0 <= error.offset <= len(data), f"offset {error.offset}")
        locate.position(data, error.offset)
    else:
        hold(expected is not ValueError, "accepted, and is no strict JSON")
        hold(json.dumps(value) == json.dumps(expected), "another value")


def _oracle(data: bytes) -> Any:
    if data.startswith(b"\xef\xbb\xbf"):
        raise ValueError("a byte order mark")
    value = json.loads(
        data.decode("utf-8"),
        object_pairs_hook=_no_key_twice,
        parse_constant=_refused,
        parse_int=_small,
        parse_float=_finite,
    )
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a surrogate pair cannot be written
    _shallow(value, 0)
    return value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice")
    return found


def _refused(text: str) -> Any:
    raise ValueError(text)


def _small(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > strict.MAX_INTEGER:
        raise ValueError(text)
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), -float("inf")):
        raise ValueError(text)
    return number


def _shallow(value: Any, depth: int) -> None:
    if isinstance(value, dict | list):
        if depth == strict.MAX_DEPTH:
            raise ValueError("too deep")
        for item in value.values() if isinstance(value, dict) else value:
            _shallow(item, depth + 1)


def level_0(inputs: Inputs) -> None:
    """Levels 0 and 1 of a file: findings at places in it; written canonically it stays as it is."""
    data, kind = inputs.json_bytes(), inputs.pick(KINDS)
    value, _, refused = file.read(data)
    for found in refused:
        hold(0 <= found.offset <= len(data), "a place outside")
        return
    for item in (*file.characters(data, value), *schema.check(value, kind)):
        if not callable(item.help):
            hold(isinstance(item.help, str), "no help")
        else:
            item.help()
    if kind != "bundle":
        once = canonical_form(data, kind)
        hold(canonical_form(once, kind) == once, "the canonical form is not stable")


def places(inputs: Inputs) -> None:
    """Places of pointers in what may be no JSON: in the text, and that of an ancestor where they lead nowhere."""
    text = inputs.json_bytes().decode("utf-8", "replace")
    pointers = [
        tuple(inputs.pick(("a", "records", 0, 1, 2, "", "id")) for _ in range(inputs.small())) for _ in range(4)
    ]
    lines = text.split("\n")
    for place in locate.locate(text.encode(), pointers).values():
        hold(1 <= place.line <= len(lines), "a line outside")
        hold(1 <= place.column <= len(lines[place.line - 1]) + 1, "a column outside")


def dates(inputs: Inputs) -> None:
    """EDTF: refused with a ValueError, or days that sort."""
    text = inputs.date()
    try:
        first, last = edtf.bounds(text)
    except ValueError:
        return
    backwards = edtf.is_reversed(text)
    for day in (first, last):
        hold(day is None or (len(day) == 10 and day[4] == day[7] == "-"), f"{day} does not sort")
    hold(backwards or first is None or last is None or first <= last, "ends before it starts")


def plain(inputs: Inputs) -> None:
    """Recipe `plain-1`: composed, and the same again."""
    text = view.plain_1(inputs.text())
    hold(unicodedata.is_normalized("NFC", text), "not composed")
    hold(view.plain_1(text) == text, "not the same again")


def markdown(inputs: Inputs) -> None:
    """Recipes `markdown-1` and `markdown-2`: any text has a text."""
    head = inputs.pick(("", "", "---\ntitle: ", "---\n", "<br>"))
    source = head + inputs.markup("*_#`[]()<>!-\n\n >|&;~\\123. ")
    for text in (view.markdown_1(source), view.markdown_2(source)):
        hold(view.plain_1(text) == text, "not as plain-1 leaves it")


def references(inputs: Inputs) -> None:
    """Any bytes by any recipe: a text, or a ValueError."""
    try:
        view.reference_text(inputs.raw(), inputs.pick((*view.RECIPES, "plain-9")))
    except ValueError:
        return


def folding(inputs: Inputs) -> None:
    """Folded forms lead back into the text; prose is counted without a failure."""
    text = inputs.text()
    for form in (fold.clean(text), fold.fold(text)):
        for position in range(len(form.text) + 1):
            hold(0 <= form.back(position) <= len(text), "back to a place outside")
            hold(0 <= form.back_end(position) <= len(text), "back to an end outside")
        for offset in range(len(text) + 1):
            hold(0 <= form.forth(offset) <= len(form.text), "forth to a place outside")
    index = prose.SourceIndex(text)
    for run in prose.shared_runs(inputs.text() + text, index):
        hold(run.words > prose.MAX_WORDS or run.chars > prose.MAX_CHARS, "a run within the limits")
    spans = [(start, end, text[start:end]) for start, end in inputs.spans(len(text))]
    list(chains(spans))
    list(chains(spans, text))


def pages(inputs: Inputs) -> None:
    """Any HTML has a text."""
    html.html_text(
        inputs.markup("<p>|</p>|<div>|<a href='|'>|<!--|-->|<script>|</script>|<br|&amp;|&#x202e;|<![CDATA[|]]>|<")
    )


def terminals(inputs: Inputs) -> None:
    """No control character of a text comes through, and no line grows wider than it may."""
    text = inputs.text()
    for shown in (terminal.visible(text), terminal.safe(text), terminal.isolate(text)):
        hold(not any(unicodedata.category(char) == "Cc" for char in shown), "a control came through")
    shown = terminal.table(("a", "b"), [(text, text[::-1]), (1, None)], fit=inputs.small() * 9)
    hold(not any(unicodedata.category(char) == "Cc" and char != "\n" for char in shown), "a control came through")
    terminal.pairs([("name", text), ("name", text)], inputs.small() * 9)
    terminal.wrap(text, inputs.small())


def sections(inputs: Inputs) -> None:
    """Sections tile the text and hold their sentences; of an empty text a CteError."""
    text = view.plain_1(inputs.text(paragraphs=True))
    try:
        parts = segment.segment(text, inputs.pick(("en", "ar", "fa", "zz")))
    except CteError:
        hold(not text, "refused, and has a text")
        return
    ends = [0, *[part.end for part in parts]]
    hold([part.start for part in parts] == ends[:-1] and ends[-1] == len(text), "the sections do not tile")
    for part in parts:
        hold(all(part.start <= start < end <= part.end for start, end in part.sentences), "a sentence outside")


def whole_check(inputs: Inputs) -> None:
    """A packed corpus of one document after structural changes: findings, and a report in each format."""
    root = inputs.corpus()
    result = engine.run(root, text=inputs.pick((None, TEXTS)))
    form = inputs.pick(FORMATS)
    report = rendered(result, form, to_file=True)
    hold(bool(report.encode("utf-8", "backslashreplace")), "no report")
    if form in ("json", "sarif"):
        orjson.loads(report.encode("utf-8", "backslashreplace"))


def manifests(inputs: Inputs) -> None:
    """A manifest is valid, or a ValueError says why it is not."""
    try:
        manifest = pack.Manifest.loads(inputs.changed(inputs.manifest))
    except ValueError:
        return
    hold(pack.Manifest.loads(manifest.dumps()) == manifest, "not the same again")
    hold(all(pack.is_safe(entry.path) for entry in manifest.files), "an unsafe path")


def ledgers(inputs: Inputs) -> None:
    """A ledger is valid, or a CteError says why it is not."""
    try:
        ledger.read(inputs.changed(inputs.ledger))
    except CteError:
        return


TARGETS: dict[str, Target] = {
    "strict": strict_json,
    "level0": level_0,
    "locate": places,
    "edtf": dates,
    "plain": plain,
    "markdown": markdown,
    "reference": references,
    "fold": folding,
    "html": pages,
    "terminal": terminals,
    "segment": sections,
    "check": whole_check,
    "manifest": manifests,
    "ledger": ledgers,
    "draft": draft,
    "anchor": anchored,
    "propose": proposed,
    "attach": attached,
    "archive": archived,
    "claims": claims,
    "corrections": corrections,
    "citations": citations,
    "printed": printed_words,
}


def run(name: str, seed: str, count: int, seconds: float, work: Path) -> int:
    """Run a target so often or so long; how often it ran.

    Raises:
        SystemExit: a promise was broken; the input is printed.
    """
    inputs = Inputs(random.Random(f"{seed} {name}"), work)
    target = TARGETS[name]
    start, done = time.monotonic(), 0
    while (not count or done < count) and (done % 64 or not seconds or time.monotonic() - start < seconds):
        try:
            target(inputs)
        except Exception as error:
            import traceback

            traceback.print_exc()
            print(f"{name}: {type(error).__name__}: {error}\nseed {seed}, execution {done + 1}\n{inputs.last!r}")
            sys.exit(1)
        done += 1
    print(f"{name}: {done:,} executions in {time.monotonic() - start:,.0f} s", flush=True)
    return done


def main() -> None:
    """Run the targets that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "targets", nargs="*", choices=[[], *TARGETS], default=[], metavar="TARGET", help=", ".join(TARGETS)
    )
    parser.add_argument("--count", type=int, default=0, help="executions of each target")
    parser.add_argument("--seconds", type=float, default=0, help="seconds for each target; the first limit counts")
    parser.add_argument(
        "--seed", default=str(random.SystemRandom().randrange(10**9)), help="any text [default: a new one]"
    )
    options = parser.parse_args()
    if not options.count and not options.seconds:
        parser.error("say how long: --count or --seconds")
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="cte-fuzz-") as space:
        names = options.targets or TARGETS
        total = sum(run(name, options.seed, options.count, options.seconds, Path(space)) for name in names)
    print(f"{total:,} executions, no breach")


if __name__ == "__main__":
    main()
