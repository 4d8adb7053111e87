"""Audiences: each set of units that rows of a large table belong to, kept once, so that such a table is filtered by
a number with an index alone.

A trigger of the database keeps the column `audience` beside `units`, whoever writes; nothing else sets it. See
decision 22.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

from thammuu.journal.fold import Difference
from thammuu.journal.subjects import Subject
from thammuu.org.models import AudienceUnit


class AudienceField(models.IntegerField[int | None, int | None]):
    """The number of the set of units in the row's `units`; None until the trigger has written it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "null": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave out what every audience has."""
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {key: options[key] for key in options if key not in ("null", "editable")}


def of(units: Collection[UUID]) -> list[int]:
    """Return the audiences that any of the units belongs to: `audience__in` holds just where `units__overlap` does.

    They are read before the rows, so that the planner counts with them as constants: it walks the newest rows for a
    province and takes the index for a commune.
    """
    return list(AudienceUnit.objects.filter(unit_id__in=units).values_list("audience_id", flat=True).distinct())


UNSOUND = """
SELECT row.id, row.audience FROM {table} row LEFT JOIN org_audience audience ON audience.id = row.audience
WHERE audience.digest IS DISTINCT FROM org_audience_digest(row.units) ORDER BY row.id
"""
UNKNOWN = """
SELECT row.id, row.audience FROM (
    SELECT audience.id FROM org_audience audience LEFT JOIN org_audience_unit member ON member.audience_id = audience.id
    GROUP BY audience.id HAVING audience.digest <> org_audience_digest(array_remove(array_agg(member.unit_id), NULL))
) AS changed JOIN {table} row ON row.audience = changed.id ORDER BY row.id
"""


def differences(subject: Subject, model: type[models.Model]) -> Iterator[Difference]:
    """Yield the rows that would be shown to other units than their own: their audience was changed, or its units."""
    with connection.cursor() as cursor:
        for query, told in ((UNSOUND, "another"), (UNKNOWN, "other units")):
            # The name of our own model, no input.
            cursor.execute(query.format(table=model._meta.db_table))
            for id, audience in cursor.fetchall():
                yield Difference(subject, id, "audience", told, audience)
