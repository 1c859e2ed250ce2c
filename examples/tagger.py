"""Train a small tagger on the corpus, predict, and score: sentences with tags in, F1 with a signature out.

    pip install "cte-corpus[attach,score]" python-crfsuite
    python examples/tagger.py TEXTS

TEXTS is a folder with the texts, named by the documents' ids. It trains on the documents that `cte.splits()` gives for
training, and predicts those for development. A conditional random field learns the tags of mentions, and another one
those of triggers, from the letters of a token and of its neighbours: some seconds, and the same result every time.
"""

import argparse
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycrfsuite

import cte_corpus as cte

Row = dict[str, Any]

SHOWN = ("mentions, exact", "mentions, overlap", "mentions, span and type", "Tri-I", "Tri-C")


def main() -> None:
    """Train, predict and print the scores."""
    options = argparse.ArgumentParser(description="Train a small tagger, predict, and score.")
    options.add_argument("texts", type=Path, help="folder with the texts, named by the documents' ids")
    options.add_argument("--corpus", type=Path, help="corpus folder; without it the bundled corpus")
    options.add_argument("--train", nargs="+", metavar="ID", help="documents to train on, instead of the split")
    options.add_argument("--test", metavar="ID", help="the document to predict, instead of the part `dev`")
    options.add_argument("--out", type=Path, help="file for the predictions (.jsonl)")
    given = options.parse_args()

    corpus = cte.Corpus(given.corpus)
    part = cte.splits(corpus)
    train = set(given.train or (key for key in part if part[key] == "train"))
    test = {given.test} if given.test else {key for key in part if part[key] == "dev"}
    rows = list(sentences(corpus, given.texts, train | test))
    print(f"train on {', '.join(sorted(train))}; predict {', '.join(sorted(test))}")

    lines: list[Row] = []
    with TemporaryDirectory() as folder:
        for column in ("ner_tags", "trigger_tags"):
            tagger = trained([row for row in rows if row["document"] in train], column, Path(folder) / column)
            for row in rows:
                if row["document"] in test:
                    lines += predicted(row, tagger.tag(features(row)), column)
        out = given.out or Path(folder) / "predictions.jsonl"
        out.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
        scores = cte.score(corpus, out, document=given.test, part=None if given.test else "dev")
    for name in SHOWN:
        if name in scores.measures:
            one = scores[name].micro
            print(f"{name}: {one.right:.0f} of {one.gold:.0f}, {one.pred:.0f} predicted, F1 {one.f1 or 0:.3f}")
    print(scores.signature)


def sentences(corpus: cte.Corpus, texts: Path, wanted: set[str]) -> Iterator[Row]:
    """The sentences of documents as tokens with tags; Arabic words are cut, so that spans can begin inside them."""
    for row in cte.load_dataset("spans", corpus, text=texts):
        known = sha256((row["text"] or "").encode()).hexdigest() == corpus.documents[row["document"]].text.sha256
        if row["document"] in wanted and not known:
            raise SystemExit(f"{texts}: the text of {row['document']} is missing, or another one: offsets would differ")
    for row in cte.load_dataset("tokens", corpus, text=texts, policy="split-clitics"):
        if row["document"] in wanted:
            yield row


def features(row: Row) -> list[list[str]]:
    """What is seen of each token: its letters and shape, and those of the two tokens on either side."""
    seen = [list(look(token)) for token in row["tokens"]]
    return [
        [
            "bias",
            *(
                f"{at - place:+d} {one}"
                for at in range(place - 2, place + 3)
                if 0 <= at < len(seen)
                for one in seen[at]
            ),
        ]
        for place in range(len(seen))
    ]


def look(token: str) -> Iterator[str]:
    """The word, its beginning and end, and its shape: `Xx`, `0`, `.`."""
    lower = token.lower()
    yield from (lower, f"{lower[:3]}…", f"…{lower[-3:]}")
    shape = "".join("X" if one.isupper() else "x" if one.isalpha() else "0" if one.isdigit() else "." for one in token)
    yield "".join(one for at, one in enumerate(shape) if one != shape[at - 1 : at])


def trained(rows: list[Row], column: str, model: Path) -> pycrfsuite.Tagger:
    """A tagger that has learned one column of tags."""
    trainer = pycrfsuite.Trainer(verbose=False, params={"c1": 0.05, "c2": 0.01, "max_iterations": 100})
    for row in rows:
        trainer.append(features(row), row[column])
    trainer.train(str(model))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    return tagger


def predicted(row: Row, tags: list[str], column: str) -> Iterator[Row]:
    """The tagged stretches of a sentence as lines that `cte score` takes; each mention is an entity of its own."""
    for start, end, label in stretches(tags):
        span = {"start": row["starts"][start], "end": row["ends"][end - 1]}
        if column == "ner_tags":
            yield {"document": row["document"], "layer": "mentions", "entity": f"{label}:{span['start']}", "span": span}
        else:
            yield {"document": row["document"], "layer": "events", "type": label, "trigger": span}


def stretches(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Where a stretch of tokens with one label begins and ends."""
    start, label = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield start, at, label
            label = ""
        if tag != "O" and not label:
            start, label = at, tag[2:]


if __name__ == "__main__":
    main()
