"""Facts: typed, frozen, versioned statements of what happened, each naming its subject and the fields it sets."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import orjson
from django.utils import translation
from pydantic import BaseModel, ConfigDict

from thammuu.journal.subjects import Relation, Subject


class Context:
    """Marks a fact's field that is told but sets nothing on the subject: `Annotated[str, CONTEXT]`."""


CONTEXT = Context()


class UnknownFact(LookupError):
    """The journal names a kind and version of fact that this release does not know."""


class Link(BaseModel):
    """A directed relation from the fact's subject to another subject."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    relation: Relation
    kind: Subject
    id: UUID

    def __init__(self, relation: Relation, kind: Subject, id: UUID) -> None:
        super().__init__(relation=relation, kind=kind, id=id)


class Fact(BaseModel):
    """The base of every fact. Times inside facts are aware; they are written in UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact_kind: ClassVar[str]
    fact_version: ClassVar[int]
    subject: ClassVar[Subject]
    sentence: ClassVar[Any]

    subject_id: UUID
    links: tuple[Link, ...] = ()

    def body(self) -> dict[str, Any]:
        """Return {"sets": {field: value}, "context": {field: value}, "links": [[relation, kind, id]]}, values plain."""
        told = _context_fields(type(self))
        values = {name: plain(getattr(self, name)) for name in _own_fields(type(self))}
        return {
            "sets": {name: value for name, value in values.items() if name not in told},
            "context": {name: value for name, value in values.items() if name in told},
            "links": [[str(link.relation), str(link.kind), str(link.id)] for link in self.links],
        }

    def say(self, language: str) -> str:
        """Return the fact as one line in the language ("vi" or "en")."""
        with translation.override(language):
            return str(self.sentence).format(**{name: getattr(self, name) for name in _own_fields(type(self))})

    @classmethod
    def outline(cls) -> str:
        """Return the sentence in the current language with "…" wherever it tells of one case."""
        return _PLACE.sub("…", str(cls.sentence))


_PLACE = re.compile(r"\{\w+\}")
F = TypeVar("F", bound=type[Fact])
Sets = dict[str, Any]
_registry: dict[tuple[str, int], type[Fact]] = {}
_renewals: dict[tuple[str, int], Callable[[Sets], Sets]] = {}


def fact(kind: str, *, subject: Subject, version: int = 1) -> Callable[[F], F]:
    """Register a class as the fact `kind` ("package.past_tense") in this version."""

    def register(cls: F) -> F:
        if (kind, version) in _registry:
            raise ValueError(f"the fact {kind} version {version} is registered twice")
        cls.fact_kind, cls.fact_version, cls.subject = kind, version, subject
        _registry[kind, version] = cls
        return cls

    return register


def renews(kind: str, version: int) -> Callable[[Callable[[Sets], Sets]], Callable[[Sets], Sets]]:
    """Register what makes the fields that a fact set in a version those that the next version sets.

    What was recorded stays as it is; it is read so.
    """

    def register(renewal: Callable[[Sets], Sets]) -> Callable[[Sets], Sets]:
        _renewals[kind, version] = renewal
        return renewal

    return register


def renewed(kind: str, version: int, sets: Sets) -> tuple[int, Sets]:
    """Return the fields as the newest version names them, and that version."""
    while (kind, version) in _renewals:
        sets = _renewals[kind, version](sets)
        version += 1
    return version, sets


def registered() -> Mapping[tuple[str, int], type[Fact]]:
    """Return every fact class by (kind, version)."""
    return _registry


def rebuild(kind: str, version: int, subject_id: UUID, body: Mapping[str, Any]) -> Fact:
    """Return the typed fact that an entry's body tells. Raises `UnknownFact`."""
    version, sets = renewed(kind, version, body["sets"])
    try:
        cls = _registry[kind, version]
    except KeyError:
        raise UnknownFact(f"{kind} version {version}") from None
    links = [{"relation": relation, "kind": target, "id": id} for relation, target, id in body["links"]]
    return cls.model_validate({"subject_id": subject_id, "links": links, **sets, **body["context"]})


def canonical(body: Mapping[str, Any]) -> str:
    """Return the one text of a body: JSON with sorted keys and no spaces."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: UUIDs as text, times in UTC with microseconds, sets and tuples as lists."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return orjson.loads(orjson.dumps(value.astimezone(UTC), option=orjson.OPT_UTC_Z))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return orjson.loads(orjson.dumps(value, default=str))


@cache
def _own_fields(cls: type[Fact]) -> tuple[str, ...]:
    return tuple(name for name in cls.model_fields if name not in Fact.model_fields)


@cache
def _context_fields(cls: type[Fact]) -> frozenset[str]:
    return frozenset(
        name for name, field in cls.model_fields.items() if any(isinstance(item, Context) for item in field.metadata)
    )
