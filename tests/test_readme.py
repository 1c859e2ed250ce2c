"""What the README claims is so."""

import platform
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import cte_corpus as cte

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_figures() -> None:
    corpus = cte.Corpus()
    claim = re.search(r"(\d+) sentences, (\d+) mentions of (\d+) entities, (\d+) events and\s+(\d+) sanctions", README)
    assert claim
    things = ("sentences", "mentions", "entities", "events", "sanctions")
    mentioned = {mention.entity for mention in corpus.mentions.values()}
    exact = {name: len(getattr(corpus, name)) for name in things} | {"entities": len(mentioned)}
    assert [int(number) for number in claim.groups()] == list(exact.values())
    assert mentioned <= corpus.entities.keys()
    assert f"The entity registry has {len(corpus.entities)} entities:" in README
    assert all(coded.document.coding.status == "adjudicated" for coded in corpus)


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def needed(name: str, extras: frozenset[str] = frozenset(), found: dict[str, frozenset[str]] | None = None) -> set[str]:
    """The distributions that one needs with some of its extras, itself among them."""
    found = {} if found is None else found
    if not (name in found and extras <= found[name]):
        found[name] = found.get(name, frozenset()) | extras
        for line in distribution(name).requires or ():
            one = Requirement(line)
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *found[name])):
                needed(one.name.lower().replace("_", "-"), frozenset(one.extras), found)
    return set(found)


def weight(names: set[str]) -> float:
    """Megabytes on disk of installed distributions, without this package: it is installed in place."""
    paths = (
        distribution(name).locate_file(file)
        for name in names - {"cte-corpus"}
        for file in distribution(name).files or ()
    )
    return sum(path.stat().st_size for path in map(Path, map(str, paths)) if path.is_file()) / 1e6


@pytest.mark.skipif(platform.system() != "Linux" or platform.machine() != "x86_64", reason="the figures are of Linux")
def test_what_an_install_weighs() -> None:
    section = README.partition("## What an install weighs\n")[2].partition("\n## ")[0]
    core = needed("cte-corpus")
    shown = {name: float(size) for name, size in re.findall(r"^\| `(\w+)` \|.*\| (\d+) MB \|$", section, re.M)}
    assert set(shown) == {"pandas", "polars", "sql", "export", "plot", "site", "attach", "author", "score", "all"}
    measured = {extra: weight(needed("cte-corpus", frozenset([extra])) - core) for extra in shown}
    of_core = re.findall(r"(pyarrow|pandas|numpy) (\d+) MB", section)
    shown |= {f"{name} itself": float(size) for name, size in of_core}
    measured |= {f"{name} itself": weight({name}) for name, _ in of_core}
    shown["core"] = float(re.findall(r"takes about (\d+) MB", section)[0])
    measured["core"] = weight(core)
    assert len(shown) == 14
    # Packages grow from version to version: what is shown must be of the right size, and not of this very day.
    assert measured == {name: pytest.approx(size, rel=0.25, abs=2) for name, size in shown.items()}
