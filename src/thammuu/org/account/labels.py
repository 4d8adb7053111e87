"""The words for what a token may do."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.org.account.scopes import WRITE, Area

AREAS: Mapping[Area, Promise] = {
    Area.LOG: gettext_lazy("Duty log"),
    Area.INCIDENTS: gettext_lazy("Incidents"),
    Area.ORDERS: gettext_lazy("Orders"),
    Area.UNITS: gettext_lazy("Units"),
    Area.ASSIGNMENTS: gettext_lazy("Assignments"),
    Area.INSPECTIONS: gettext_lazy("Inspections"),
    Area.INCOMING: gettext_lazy("Incoming documents"),
    Area.ALERTS: gettext_lazy("Alerts"),
    Area.JOURNAL: gettext_lazy("Journal"),
    Area.CALENDAR: gettext_lazy("Calendar of deadlines"),
}


def said(scopes: Iterable[str]) -> str:
    """Return the scopes in words: "Duty log (read and write), Units (read)"."""
    found = []
    for scope in scopes:
        area, _colon, way = scope.partition(":")
        words = _("{area} (read and write)") if way == WRITE else _("{area} (read)")
        found.append(words.format(area=AREAS[Area(area)]))
    return ", ".join(found)
