"""What is said in place of a body that goes: the same without its words. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

SHORTEST = 4
"""Characters of the shortest text that is worth searching for."""


def restated(body: Mapping[str, Any], blank: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with the blank fields blank; what it does not tell is not added."""
    return {
        part: {name: blank.get(name, value) for name, value in told.items()} if isinstance(told, Mapping) else told
        for part, told in body.items()
    }


def words_of(body: Mapping[str, Any], blank: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts that go with the body."""
    for part in ("sets", "context"):
        for name, value in body[part].items():
            if name in blank and value != blank[name]:
                yield from _texts(value)


def says_something(body: Mapping[str, Any], blank: Mapping[str, Any]) -> bool:
    """Say whether anything would go with the body."""
    return any(
        name in blank and value != blank[name] for part in ("sets", "context") for name, value in body[part].items()
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value.strip()) >= SHORTEST:
        yield value.strip()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
