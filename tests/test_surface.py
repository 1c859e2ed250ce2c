"""The public face of the package."""

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from typing import get_type_hints

import pytest

import cte_corpus

NAMES = {
    "Corpus": "cte_corpus.corpus.corpus.Corpus",
    "CteError": "cte_corpus.errors.CteError",
    "UnknownIdError": "cte_corpus.errors.UnknownIdError",
    "agreement": "cte_corpus.score.agree.agreement",
    "check": "cte_corpus.checking.engine.run",
    "connect": "cte_corpus.tabular.database.connect",
    "evidence": "cte_corpus.tabular.evidence.evidence",
    "flat_tables": "cte_corpus.tabular.arrow.flat_tables",
    "ground": "cte_corpus.attach.ground.ground",
    "load_dataset": "cte_corpus.tabular.loader.load_dataset",
    "merged_events": "cte_corpus.tabular.arrow.merged_events",
    "splits": "cte_corpus.score.splits.splits",
    "tables": "cte_corpus.tabular.arrow.tables",
}


def test_the_public_names() -> None:
    assert sorted(cte_corpus.__all__) == sorted([*NAMES, "edtf", "score"])
    assert set(NAMES) <= set(dir(cte_corpus))


@pytest.mark.parametrize(("name", "home"), NAMES.items())
def test_each_name_is_what_its_module_defines(name: str, home: str) -> None:
    module, _, attribute = home.rpartition(".")
    found = getattr(cte_corpus, name)
    assert found is getattr(import_module(module), attribute)
    assert f"{found.__module__}.{found.__name__}" == home
    assert found.__doc__


def test_the_helper_for_dates_is_there_without_an_import_of_its_own() -> None:
    script = "import cte_corpus as cte; print(cte.edtf.latest('2022-05'))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "2022-05-31\n"


def test_all_names_can_be_imported_at_once() -> None:
    names: dict[str, object] = {}
    exec("from cte_corpus import *", names)
    assert set(NAMES) <= set(names)


def test_the_version_is_that_of_the_installed_package() -> None:
    assert cte_corpus.__version__ == version("cte-corpus")
    assert "__version__" in dir(cte_corpus)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'cte_corpus' has no attribute 'chekc'"):
        cte_corpus.chekc  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'chekc'"):
        exec("from cte_corpus import chekc")


@pytest.mark.parametrize(
    "before", ["", "import cte_corpus.checking.engine", "import cte_corpus.cli.check", "from cte_corpus import *"]
)
def test_check_is_the_function_whatever_was_imported_before(before: str) -> None:
    script = f"{before}\nimport cte_corpus as cte\nassert cte.check.__name__ == 'run' and callable(cte.check)"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_type_hints_of_the_functions_can_be_resolved() -> None:
    assert get_type_hints(cte_corpus.check)["return"].__name__ == "Result"


def test_a_check_in_python() -> None:
    result = cte_corpus.check()
    assert result.ok
    assert result.diagnostics == []
    assert result.documents == len(cte_corpus.Corpus())


def test_the_package_is_typed() -> None:
    from cte_corpus.store.layout import PACKAGE

    assert (PACKAGE / "py.typed").is_file()
