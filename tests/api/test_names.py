"""The document names types by their classes: two of one name would be told as one of them."""

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from typing import Any, get_args

from pydantic import BaseModel, WithJsonSchema


def below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def enums_in(annotation: Any) -> Iterator[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from enums_in(part)


def test_no_two_types_of_the_document_share_a_name() -> None:
    import_module("thammuu.config.api.assembly")
    places = defaultdict(set)
    for schema in below(BaseModel):
        if not schema.__module__.startswith("thammuu."):
            continue
        places[schema.__name__].add(schema.__module__)
        for field in schema.model_fields.values():
            if not any(isinstance(one, WithJsonSchema) for one in field.metadata):
                for named in enums_in(field.annotation):
                    places[named.__name__].add(named.__module__)
    assert len(places) > 50
    assert {name: sorted(where) for name, where in places.items() if len(where) > 1} == {}
