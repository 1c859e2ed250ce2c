"""What every record model shares: strictness, absence, codes, ids; its description, and the corpus it is of."""

from collections.abc import Iterator
from typing import Annotated, Any, Protocol, TypeVar, cast, overload

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from cte_corpus import vocabulary
from cte_corpus.errors import CteError
from cte_corpus.records import described

T = TypeVar("T")
M = TypeVar("M", bound="Model")


class Home(Protocol):
    """The corpus of a record: finds others by their ids, and shows one in a notebook."""

    def find(self, model: type[M], key: str) -> M:
        """The record of that model and id."""

    def naming(self, kind: str, entity: str) -> tuple[Any, ...]:
        """The `mentions`, `events` or `sanctions` that name an entity, in the order of the corpus."""

    def html(self, key: str) -> str:
        """A record as a notebook shows it."""


class Model(BaseModel):
    """A strict, frozen model without unknown fields. It can be hashed, and what it dumps it validates.

    A record from a corpus knows that corpus, and so do its parts: where a field holds an id, its twin `<field>_record`
    is the record of that id (`evidence_records` of several). The corpus is no field: it counts for no comparison, and
    a copy or a pickled record does not have it; a twin then raises CteError.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)
    __slots__ = ("_home",)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        described.describe(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found = handler(schema)
        described.describe_schema(cls, handler.resolve_ref_schema(found))
        return found

    def model_post_init(self, context: Any) -> None:
        """Keep the corpus, which is the context of validation."""
        if context is not None:
            object.__setattr__(self, "_home", context)

    def called(self, key: str) -> None:
        """Told the id under which a corpus has it: only a sentence does not hold its own."""

    @property
    def _corpus(self) -> Home:
        try:
            return cast("Home", object.__getattribute__(self, "_home"))
        except AttributeError:
            what = type(self).__name__
            raise CteError(f"this {what} knows no corpus", "take it from one, as in `corpus.events[id]`") from None

    @overload
    def _find(self, model: type[M], key: str) -> M: ...

    @overload
    def _find(self, model: type[M], key: None) -> None: ...

    def _find(self, model: type[M], key: str | None) -> M | None:
        return None if key is None else self._corpus.find(model, key)

    def _find_all(self, model: type[M], keys: tuple[str, ...]) -> tuple[M, ...]:
        return tuple(self._corpus.find(model, key) for key in keys)

    def _brief(self) -> str:
        """What tells a record from others, in a line; empty for what is part of a record."""
        return ""

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        return ((name, value) for name, value in super().__repr_args__() if value is not None and value != ())

    def __repr__(self) -> str:
        brief = self._brief()
        return f"<{type(self).__name__} {brief}>" if brief else super().__repr__()

    def __str__(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str | None:
        """The record as a notebook shows it; None, and so its `repr`, where it is part of another or of no corpus."""
        key = getattr(self, "id", None) if self._brief() else None
        return self._corpus.html(key) if key and hasattr(self, "_home") else None

    @model_serializer(mode="wrap")
    def _without_absent(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any] | None:
        """An absent field is left out, as in the file: None and an empty list are no values."""
        fields: dict[str, Any] | None = dump(self)
        if fields is None:  # an absent field that would hold a model comes here too
            return None
        return {name: value for name, value in fields.items() if value is not None and value not in ((), [])}


class _NotNull:
    """Marks `T | None`: an optional field is absent in JSON, never `null`; in Python its value is None."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        if schema["type"] != "nullable":
            raise TypeError(f"Optional_ marks `T | None`, not {source}")
        return cast("CoreSchema", schema["schema"])


Optional_ = Annotated[T | None, _NotNull()]
"""An optional field: give it the default None."""


class _Listed:
    """Marks a tuple that Python may also give as a list, as decoded JSON does; its items stay strict."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        strict = handler(source)
        lax = cast("CoreSchema", {**strict, "strict": False})
        ordered = core_schema.is_instance_schema((list, tuple))
        return core_schema.json_or_python_schema(strict, core_schema.chain_schema([ordered, lax]))


Many = Annotated[tuple[T, ...], Field(min_length=1), _Listed()]
"""A list with at least one item, which nobody can change. As an optional field it has the default (): absent in JSON,
never empty."""


class Code:
    """Marks a string that must be a code of a list in the vocabulary."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(vocabulary.codes(self.name)))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        codes = vocabulary.codes(self.name)
        return {"type": "string", "enum": list(codes), "enumDescriptions": list(codes.values())}


SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"

DocumentId = Annotated[str, Field(pattern=f"^{SLUG}$")]
SectionId = Annotated[str, Field(pattern=f"^{SLUG}:s[0-9]{{2,}}$")]
MentionId = Annotated[str, Field(pattern=f"^{SLUG}:m[0-9]{{3,}}$")]
EventId = Annotated[str, Field(pattern=f"^{SLUG}:e[0-9]{{2,}}$")]
SanctionId = Annotated[str, Field(pattern=f"^{SLUG}:x[0-9]{{2,}}$")]
EntityId = Annotated[str, Field(pattern=f"^(?:{'|'.join(vocabulary.codes('entity-class'))}):{SLUG}$")]

# References are plain strings: that they resolve is checked against the corpus, which says more than a pattern could.
Ref = str

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Edtf = Annotated[str, Field(min_length=4)]
NonEmpty = Annotated[str, Field(min_length=1)]


class Text(Model):
    """A short text in our own words, with its language. Never a sentence of a source."""

    text: NonEmpty
    """The text, in own words."""

    lang: NonEmpty
    """BCP 47 language tag of the text."""


class Absent(Model):
    """Says why a field is empty, so that an empty field is never an oversight."""

    field: Annotated[str, Code("absent-field")]
    """The field that is empty."""

    reason: Annotated[str, Code("absence")]
    """Why it is empty."""
