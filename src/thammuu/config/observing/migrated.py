"""Whether a database has seen every migration of this release, without reading their files again each time."""

from functools import cache
from typing import Any

import psycopg
from django.db.migrations.loader import MigrationLoader


def is_migrated(connection: psycopg.Connection[Any]) -> bool:
    """Say whether the last migration of every package is applied."""
    there = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    if there is None or there[0] is None:
        return False
    applied = {(package, name) for package, name in connection.execute("SELECT app, name FROM django_migrations")}
    return applied.issuperset(_leaves())


@cache
def _leaves() -> frozenset[tuple[str, str]]:
    """Return the last migrations, as pairs of package and name: half a second's work."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
