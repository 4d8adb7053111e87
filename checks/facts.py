"""House rule 3: facts are typed, frozen, refuse unknown fields and are named in the past tense."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module

from django.apps import apps

from checks.finding import Finding
from checks.sources import words
from thammuu.journal.facts import Fact, registered

IRREGULAR = words(
    "begun bound broken brought built chosen come done drawn found given gone heard held kept laid left lost made met "
    "paid put read run seen sent set shown shut split struck taken told understood undone withdrawn won written"
)
_PARTICLES = frozenset(("in", "out", "on", "off", "over", "up", "down", "back", "aside", "again"))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def check() -> list[Finding]:
    for config in apps.get_app_configs():
        if config.name.startswith("thammuu."):
            _import_facts(config.name)
    return list(faults(registered().values()))


def _import_facts(package: str) -> None:
    try:
        import_module(f"{package}.facts")
    except ModuleNotFoundError as missing:
        if missing.name != f"{package}.facts":
            raise


def faults(facts: Iterable[type[Fact]]) -> Iterator[Finding]:
    for fact in facts:
        where = f"{fact.__module__}.{fact.__qualname__}"
        _package, _, name = fact.fact_kind.partition(".")
        if not _past(name.split("_")):
            yield Finding(where, 0, f"“{fact.fact_kind}” is not in the past tense")
        if _CAMEL.sub("_", fact.__name__).lower() != name:
            yield Finding(where, 0, f"the class and the kind “{fact.fact_kind}” have different names")
        if not fact.model_config.get("frozen") or fact.model_config.get("extra") != "forbid":
            yield Finding(where, 0, "not frozen, or takes unknown fields")
        if not getattr(fact, "sentence", None) and fact.say is Fact.say:
            yield Finding(where, 0, "says nothing: it has no sentence")


def _past(words: list[str]) -> bool:
    verbs = [word for word in words if word not in _PARTICLES]
    return bool(verbs) and (verbs[-1].endswith("ed") or verbs[-1] in IRREGULAR)
