"""What is open at units: counted by the packages that keep it, shown when units are about to close.

Those packages lie above this one, so they say here what they count.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from thammuu.kernel.actor import Actor

Counter = Callable[[Actor, Collection[UUID]], Mapping[UUID, int]]
_counters: dict[str, tuple[Any, Counter]] = {}


def provide(name: str, label: Any, counter: Counter) -> None:
    """Say what is counted: a lazy label, and what counts, for each unit, the open things that the actor may see."""
    _counters[name] = (label, counter)


def labels() -> list[str]:
    """Return the labels of what is counted, in the reader's language."""
    return [str(label) for label, _counter in _counters.values()]


def count(actor: Actor, units: Collection[UUID]) -> dict[UUID, list[int]]:
    """Return for each unit how many of each kind are open, in the order of `labels`."""
    found = [counter(actor, units) for _label, counter in _counters.values()]
    return {unit: [kind.get(unit, 0) for kind in found] for unit in units}
