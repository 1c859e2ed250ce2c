"""Reading a draft: YAML or JSON, without YAML's surprises."""

from pathlib import Path
from typing import Any

from cte_corpus.errors import CteError
from cte_corpus.store import strict

PARTS = ("document", "sections", "mentions", "events", "sanctions")

KNOWN = frozenset({*PARTS, "candidates"})
"""What a draft may hold. `candidates` is what `cte new` noted besides; no record comes of it."""


def load(path: Path) -> dict[str, Any]:
    """The draft in a file, by its suffix `.yaml`, `.yml` or `.json`.

    Dates, `no` and `on` stay strings, as in JSON; a key that stands twice is refused.

    Raises:
        CteError: it is no draft, or the YAML reader is not installed.
        OSError: the file cannot be read.
    """
    data = path.read_bytes()
    if path.suffix == ".json":
        try:
            value = strict.loads(data)
        except strict.JsonError as error:
            raise CteError(f"{path} is not JSON: {error}") from None
    elif path.suffix in (".yaml", ".yml"):
        value = _yaml(path, data)
    else:
        raise CteError(f"{path} is no draft by its name", "a draft is a .yaml, .yml or .json file")
    if not isinstance(value, dict) or "document" not in value:
        raise CteError(f"{path} names no document", "a draft is an object with `document` and what is coded of it")
    unknown = sorted(set(value) - KNOWN)
    if unknown:
        raise CteError(f"a draft has no `{unknown[0]}`", f"it has {', '.join(PARTS)}")
    return value


def _yaml(path: Path, data: bytes) -> Any:
    try:
        import yaml
    except ImportError:
        raise CteError("the reader of YAML is not installed", "pip install 'cte-corpus[author]'") from None

    try:
        return yaml.load(data.decode("utf-8-sig"), Loader=_loader())
    except UnicodeDecodeError as error:
        raise CteError(f"{path}: expected UTF-8, got byte 0x{data[error.start]:02x}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise CteError(f"{path}{place}: {error.problem or error.context}") from None
    except RecursionError:
        raise CteError(f"{path} nests too deep") from None
    except yaml.YAMLError as error:
        raise CteError(f"{path}: {error}") from None


def _loader() -> Any:
    """A safe loader that knows of scalars what JSON knows, and refuses a key that stands twice."""
    import re

    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- as the base class has it

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            seen = set()
            for key, _ in node.value:
                name = str(key.value)
                if name in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"`{name}` stands twice", key.start_mark)
                seen.add(name)
            mapping: dict[Any, Any] = super().construct_mapping(node, deep)
            return mapping

    for tag, pattern, first in (
        ("bool", "true|false", "tf"),
        ("int", "-?(?:0|[1-9][0-9]*)", "-0123456789"),
        ("float", r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", "-0123456789"),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))
    return Loader
