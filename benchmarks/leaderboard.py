"""The leaderboard: rows whose predictions lie beside them, so that anybody can score them again.

    python benchmarks/leaderboard.py --check    # score all again, and say which rows do not hold
    python benchmarks/leaderboard.py --write    # put signatures, scores and the table of docs/leaderboard.md right

`leaderboard.json` has a row for each system and part of the splits: `system`, `about` (in a few words), `who`, `date`,
`predictions` (a file in `predictions/`: offsets and codes, no words of a source), `part` (train, dev, test or all),
`signature`, and `scores`: of each measure micro F1 and the bounds of its interval. `--write` adds the last two.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import cte_corpus as cte
from cte_corpus.errors import CteError
from cte_corpus.store import files

Row = dict[str, Any]

ROOT = Path(__file__).parent.parent
BOARD = Path(__file__).with_name("leaderboard.json")
PREDICTIONS = BOARD.with_name("predictions")
GOLD = ROOT / "data"
PAGE = ROOT / "docs" / "leaderboard.md"
BEGIN, END = "<!-- leaderboard: python benchmarks/leaderboard.py --write -->\n", "<!-- end of leaderboard -->\n"

TEXT = ("system", "about", "who", "date", "predictions", "part")
"""The fields that a row must have, all of them text; `--write` adds the others."""

PARTS = ("all", "train", "dev", "test")

LARGEST = 1_000_000
"""Bytes of the largest file of predictions."""

CODE = re.compile(r"[^\s\"'“”]{1,80}")
"""What predictions may hold beside numbers: ids and codes, and no sentence."""

SHOWN = (
    "mentions, exact", "mentions, span and type", "CEAFe", "LEA", "Tri-I", "Tri-C", "Arg-C+", "Ent-C+", "status",
    "polarity", "genericity", "attribution", "dates equal: both", "dates overlapping: both", "figures bounds: both",
    "roles: both", "places: both", "sanctions: both",
)  # fmt: skip
"""The measures of the tables."""


def main() -> int:
    """Check or write the leaderboard; 1 if a row does not hold."""
    options = argparse.ArgumentParser(description="Check the leaderboard, or put it right.")
    options.add_argument("--write", action="store_true", help="write signatures, scores and the page")
    options.add_argument("--check", action="store_true", help="score all rows again; the default")
    if options.parse_args().write:
        write()
        return 0
    wrong = [*malformed(read()), *outdated(read())]
    print("\n".join(wrong) or f"{BOARD.name}: {len(read())} rows hold")
    return int(bool(wrong))


def read(board: Path = BOARD) -> list[Row]:
    """The rows of a leaderboard.

    Raises:
        CteError: the file is none.
    """
    try:
        return list(json.loads(board.read_bytes())["rows"])
    except (ValueError, KeyError, TypeError) as error:
        raise CteError(f"{board}: this is no leaderboard: {error}", 'it is {"rows": [{"system": …}]}') from None


def malformed(rows: Iterable[Row], predictions: Path = PREDICTIONS) -> Iterator[str]:
    """What is wrong with rows by themselves, without scoring them."""
    seen = set()
    for row in rows:
        where = called(row)
        if missing := [name for name in TEXT if not isinstance(row.get(name), str) or not row[name].strip()]:
            yield f"{where}: it lacks {', '.join(missing)}"
            continue
        if where in seen:
            yield f"{where}: it is there twice"
        seen.add(where)
        if row["part"] not in PARTS:
            yield f"{where}: part is one of {', '.join(PARTS)}"
        try:
            date.fromisoformat(row["date"])
        except ValueError:
            yield f"{where}: date is written as 2026-11-27"
        file = predictions / row["predictions"]
        if file.parent != predictions or not file.is_file():
            yield f"{where}: there is no file {row['predictions']} in {predictions.name}/"
        elif file.stat().st_size > LARGEST:
            yield f"{where}: {row['predictions']} has more than {LARGEST:,} bytes"
        else:
            yield from (f"{where}: {found}" for found in words(file))


def words(file: Path) -> Iterator[str]:
    """Where predictions hold more than offsets and codes: no words of a source may be published."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for text in strings(json.loads(line)):
            if not CODE.fullmatch(text):
                yield f"{file.name}:{number}: {text[:20]!r} is no code: leave out words, offsets say where they are"
                return


def strings(value: Any) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def called(row: Row) -> str:
    """A row as a message names it."""
    return f"{BOARD.name}: {row.get('system')} on {row.get('part')}"


def scored(row: Row) -> Row:
    """A row with what its predictions score now.

    Raises:
        CteError: they cannot be scored.
    """
    part = None if row["part"] == "all" else row["part"]
    found = cte.score(GOLD, PREDICTIONS / row["predictions"], part=part)
    kept = {one["measure"]: [one["f1"], one["low"], one["high"]] for one in found.rows()}
    shares = {name: [None if share is None else round(share, 4) for share in three] for name, three in kept.items()}
    return {**row, "signature": found.signature, "scores": shares}


def outdated(rows: Iterable[Row]) -> Iterator[str]:
    """Which rows do not score what they say."""
    mend = "if the predictions are what they should be, run: python benchmarks/leaderboard.py --write"
    for row in rows:
        again = scored(row)
        if row.get("signature") != again["signature"]:
            yield f"{called(row)}: it was scored as {row.get('signature')}, and now is {again['signature']}; {mend}"
            continue
        for name in sorted(again["scores"].keys() | row["scores"].keys()):
            one, other = row["scores"].get(name), again["scores"].get(name)
            if one != other:
                yield f"{called(row)}: {name} is said to be {one}, and is {other}; {mend}"


def write() -> None:
    """Score all rows again, and write them and the page."""
    rows = read()
    if wrong := list(malformed(rows)):
        raise SystemExit("\n".join(wrong))
    rows = [scored(row) for row in rows]
    lines = json.dumps({"rows": rows}, ensure_ascii=False, indent=1)
    lines = re.sub(r"\[[^\[\]{}]+\]", lambda match: json.dumps(json.loads(match[0])), lines)  # three numbers in a line
    files.write(BOARD, f"{lines}\n".encode())
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    files.write(PAGE, f"{head}{BEGIN}{table(rows)}{END}{rest.partition(END)[2]}".encode())


def table(rows: list[Row]) -> str:
    """The rows as tables, one for each part, with F1 and its interval."""
    found = []
    for part in PARTS:
        here = [row for row in rows if row["part"] == part]
        if not here:
            continue
        found += [f"\n**{part}** (`{here[0]['signature'].split('|')[1]}`)\n"]
        found += [f"| F1 | {' | '.join(row['system'] for row in here)} |", f"|---|{'---|' * len(here)}"]
        for name in SHOWN:
            cells = [cell(row["scores"].get(name)) for row in here]
            if any(cells):
                found.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join([*found, "\n"])


def cell(three: list[float | None] | None) -> str:
    """F1 with its interval; empty where it was not scored, 0 alone where nothing is right however it is drawn."""
    if not three or three[0] is None:
        return ""
    if not three[0]:
        return "0"
    return f"{three[0]:.3f} ({three[1]:.2f}–{three[2]:.2f})"


if __name__ == "__main__":
    raise SystemExit(main())
