"""What the fields of a model are: the docstrings under them, where editors read them too.

They are read with a pattern that knows how this project's source is laid out. pydantic's `use_attribute_docstrings`
parses the module once for each class, which makes importing the models half as slow again.
"""

import inspect
import re
import sys
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

_CLASS = re.compile(r"^class (\w+)\b", re.MULTILINE)
_FIELD = re.compile(r'^    (\w+): .*(?:\n(?:     |    [)\]]).*)*\n    """((?:[^"]|"(?!""))*)"""', re.MULTILINE)
_HEAD = "\n\nFields:\n"


def describe(model: type[BaseModel]) -> None:
    """Give each field its description, and the model a docstring and a signature that `help()` shows readably."""
    own = _module(model.__module__).get(model.__name__, {})
    for name in own:
        model.model_fields[name].description = own[name]
    texts = {name: field.description for name, field in model.model_fields.items() if field.description}
    if texts:
        model.__doc__ = summary(model) + _HEAD + "\n".join(f"    {name}: {text}" for name, text in texts.items())
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_default(field))
        for name, field in model.model_fields.items()
    ]
    model.__signature__ = inspect.Signature(parameters)


def _default(field: FieldInfo) -> Any:
    return inspect.Parameter.empty if field.is_required() else field.default


def describe_schema(model: type[BaseModel], schema: dict[str, Any]) -> None:
    """Put what a model and its fields are into the JSON Schema that pydantic made before it knew."""
    schema["description"] = summary(model)
    for name, field in model.model_fields.items():
        if field.description:
            schema["properties"][name].setdefault("description", field.description)


def summary(model: type[BaseModel]) -> str:
    """What the source says of a model."""
    return inspect.cleandoc(model.__doc__ or "").partition(_HEAD)[0]


@cache
def _module(name: str) -> dict[str, dict[str, str]]:
    """The docstrings of the fields of each class of a module; none where its source is not at hand."""
    try:
        parts = _CLASS.split(inspect.getsource(sys.modules[name]))[1:]
    except OSError:
        return {}
    return {
        title: {field: " ".join(text.split()) for field, text in _FIELD.findall(body)}
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }
