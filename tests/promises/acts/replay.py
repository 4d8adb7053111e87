"""What does each action, and compares the fold with the tables after it; the test compares everything at its end."""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Max

from thammuu.journal import fold
from thammuu.journal.models import Entry
from thammuu.journal.subjects import Subject

SOURCE = Path(__file__).parents[3] / "src" / "thammuu"


def every_action() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every action that a package offers: what takes an actor, in `actions.py` or among what `actions/` hands out."""
    modules = ("*/actions.py", "*/*/*/actions.py", "*/actions/__init__.py", "*/*/actions/__init__.py")
    for path in sorted(found for pattern in modules for found in SOURCE.glob(pattern)):
        parts = path.relative_to(SOURCE).parts
        package = ".".join(parts[: -2 if path.stem == "__init__" else -1])
        module = import_module(f"thammuu.{package}.actions")
        own = getattr(module, "__all__", None) or [
            name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__
        ]
        for name in own:
            value = getattr(module, name)
            if (
                not name.startswith("_")
                and inspect.isfunction(value)
                and "actor" in inspect.signature(value).parameters
            ):
                yield f"{package}.{name}", value


class Replay:
    """Does an action, and compares the fold with every table that it wrote to and every subject that it told of."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.names = {value: name for name, value in every_action()}
        self.tried: set[str] = set()
        self.written = _written()
        self.sequence = _sequence()

    def __call__(self, action: Callable[..., Any], **said: Any) -> Any:
        name = self.names[action]
        self.now += timedelta(minutes=1)
        answer = action(now=self.now, **said)
        assert list(fold.differences(self._touched())) == [], name
        self.tried.add(name)
        return answer

    def _touched(self) -> set[Subject]:
        """The subjects whose tables were written to since the last look, whether or not a fact tells of it."""
        before, self.written = self.written, _written()
        told = Entry.objects.filter(sequence__gt=self.sequence).values_list("subject_kind", flat=True)
        found = {Subject(kind) for kind in told}
        self.sequence = _sequence()
        changed = {table for table, count in self.written.items() if count != before.get(table, 0)}
        return found | {subject for subject, of in fold.tables().items() if of.model._meta.db_table in changed}


def _sequence() -> int:
    return Entry.objects.aggregate(last=Max("sequence"))["last"] or 0


def _written() -> dict[str, int]:
    """How many rows this transaction wrote, by table, as PostgreSQL counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())
