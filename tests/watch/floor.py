"""An officer's browser, and something for the floor to show."""

from datetime import datetime
from uuid import UUID

from tests.ground import Organisation
from thammuu.watch import actions
from thammuu.watch.models import Incident


def open_incident(organisation: Organisation, now: datetime, title: str = "Cháy kho", **values: object) -> Incident:
    given: dict[str, object] = {"actor": organisation.duty, "unit": organisation.hanoi, "at": now, "now": now}
    recorded = actions.open_incident(**{**given, "title": title, **values})  # type: ignore[arg-type]
    return Incident.objects.get(id=recorded.answer)


def write(organisation: Organisation, now: datetime, text: str = "Có khói", **values: object) -> UUID:
    given: dict[str, object] = {"actor": organisation.duty, "unit": organisation.hanoi, "at": now, "now": now}
    return actions.write_log_entry(**{**given, "text": text, **values}).answer  # type: ignore[arg-type]
