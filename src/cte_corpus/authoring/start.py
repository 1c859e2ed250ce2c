"""A corpus of one's own: what a new repository holds, so that editor, hook and workflow work from the first record."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.authoring import judged
from cte_corpus.checking import engine
from cte_corpus.checking.rules.days import ADDRESS
from cte_corpus.checking.rules.file import order
from cte_corpus.errors import CteError
from cte_corpus.store import canonical, folders, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTRIBUTES = """\
# Digests are over bytes, and records are written in one way: no checkout changes line ends, on Windows either.
* text=auto eol=lf
"""

IGNORED = """\
# What a killed command leaves, and what quotes more of a text than may be published.
.*.tmp
*.draft.yaml
/texts/
"""

HOOKS = """\
# `pip install pre-commit && pre-commit install`: from then on each commit is written canonically, and checked.
# Install them with the first document: until then there is nothing to check, and `cte check` says so.
repos:
  - repo: local
    hooks:
      - {id: cte-fmt, name: cte fmt, entry: cte fmt data, language: system, files: '\\.json$', pass_filenames: false}
      - {id: cte-check, name: cte check, entry: cte check --fail-on error data, language: system, always_run: true,
         pass_filenames: false}
"""

WORKFLOW = """\
name: check

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11d5960a326750d5838078e36cf38b85af677262 # v4.4.0
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.12"
      - run: python -m pip install --quiet "cte-corpus==VERSION"
      - if: hashFiles('data/documents/*/document.json') != ''  # a check of nothing is no success
        run: cte check data -o github --fail-on error
"""


class About(NamedTuple):
    """What a new corpus says of itself."""

    name: str
    title: str
    maintainers: tuple[str, ...]
    licence: str
    """SPDX identifier."""

    schemas: str
    """Address under which the schemas are served; empty for a copy beside the corpus."""

    languages: tuple[str, ...] = ()
    """BCP 47 tags of those of its own words, the first one first; none: English and Arabic."""


def start(folder: Path, about: About) -> list[str]:
    """Write a new repository with an empty corpus; what is in the folder already stays.

    Returns:
        The files, as paths below the folder.

    Raises:
        CteError: the name cannot be one, the address is none, a file is there already, or the check finds something
            in what the corpus says of itself.
        OSError: nothing can be written there.
    """
    if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", about.name):
        raise CteError(
            f"{about.name!r} cannot be the name of a corpus",
            "a corpus is called by its folder: small letters, digits and hyphens, as harbour-corpus",
        )
    if about.schemas and not ADDRESS.fullmatch(about.schemas):
        raise CteError(
            f"{about.schemas!r} is no address", "https://…, or none for a copy; `cte schema --set` takes any folder"
        )
    contents = dict(_files(about))
    if there := [name for name in contents if (folder / name).exists()]:
        more = [f"and {len(there) - judged.SHOWN} more"] * (len(there) > judged.SHOWN)
        raise CteError(
            f"{len(there)} files are in {folder} already; nothing was written",
            "name another folder",
            "\n".join([*there[: judged.SHOWN], *more]),
        )
    with TemporaryDirectory(prefix="cte-") as trial:
        folders.write_tree(Path(trial), contents)
        if found := engine.run(trial, make=judged.Begun).diagnostics:
            lines = [f"{one.code}: {one.message}" for one in found[: judged.SHOWN]]
            raise CteError("the corpus would not pass its check; nothing was written", detail="\n".join(lines))
    folder.mkdir(parents=True, exist_ok=True)
    with folders.writing(folder):
        folders.write_tree(folder, contents)
    return sorted(contents)


def _files(about: About) -> Iterator[tuple[str, bytes]]:
    from cte_corpus import __version__

    version = layout.schema_folder(layout.SCHEMA_VERSION)
    schemas = f"{about.schemas.rstrip('/')}/{version}" if about.schemas else f"../schemas/{version}"
    info: dict[str, Any] = {
        "$schema": f"{schemas}/corpus.schema.json",
        "name": about.name,
        "title": about.title,
        "version": "0.1.0",
        "schema_version": layout.SCHEMA_VERSION,
        "licences": {"code": about.licence, "records": about.licence},
        "maintainers": list(about.maintainers),
        **({"languages": list(about.languages)} if about.languages else {}),
        "addresses": {"repository": "", "hub": "", "doi": "", "schemas": about.schemas},
    }
    yield "data/corpus.json", canonical.dumps(info, order("corpus"))
    stones = {"$schema": f"{schemas}/retired.schema.json", "records": []}
    yield "data/retired.json", canonical.dumps(stones, order("retired"))
    for name in ("documents", "entities"):
        yield f"data/{name}/.gitkeep", b""
    if not about.schemas:
        for path in sorted(layout.schema_dir().glob("*.json")):
            yield f"schemas/{version}/{path.name}", path.read_bytes()
        yield f"schemas/{layout.DRAFT_SCHEMA}", (layout.schemas() / layout.DRAFT_SCHEMA).read_bytes()
    yield ".gitattributes", ATTRIBUTES.encode()
    yield ".gitignore", IGNORED.encode()
    yield ".pre-commit-config.yaml", HOOKS.encode()
    yield ".github/workflows/check.yml", WORKFLOW.replace("VERSION", __version__).encode()
