"""The filters of assignments in an address: read from it, written into it, told in words."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thammuu.directives import labels
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.followup.rules import Age, Among
from thammuu.directives.rules import Hold, State, Timing, Urgency
from thammuu.kernel import clock
from thammuu.org import directory

LONGEST_WORDS = 100
# The name of each filter in the address.
KEYS: Mapping[str, str] = {
    "state": "state",
    "timing": "due",
    "unit": "unit",
    "words": "q",
    "decision": "decision",
    "within": "within",
    "below": "below",
    "level": "level",
    "hold": "held",
    "holder": "holder",
    "lead": "lead",
    "under": "under",
    "document": "document",
    "urgency": "urgency",
    "since": "since",
    "until": "until",
    "among": "among",
    "age": "overdue",
    "unshown": "evidence",
    "at": "at",
}
# What the form of the list has fields for.
CHOSEN = frozenset({"state", "unit", "words"})
NO_EVIDENCE = "none"
Choice = TypeVar("Choice", bound=StrEnum)


def filters_of(query: QueryDict) -> AssignmentFilters:
    """Return the filters in the address; a value that is none is left out."""

    def given(name: str) -> str:
        return query.get(KEYS[name], "").strip()[:LONGEST_WORDS]

    ids = ("unit", "decision", "within", "below", "holder", "lead", "under", "document")
    return AssignmentFilters(
        state=_one_of(State, given("state")),
        timing=_one_of(Timing, given("timing")),
        words=given("words"),
        level=given("level"),
        hold=_one_of(Hold, given("hold")),
        urgency=_one_of(Urgency, given("urgency")),
        since=_day(given("since")),
        until=_day(given("until")),
        among=_one_of(Among, given("among")),
        age=_one_of(Age, given("age")),
        unshown=given("unshown") == NO_EVIDENCE,
        at=_instant(given("at")),
        **{name: _id(given(name)) for name in ids},
    )


def period_of(query: QueryDict) -> AssignmentFilters:
    """Return the filters in the address that decisions and documents have as well: which, of which days, as of when."""
    given = filters_of(query)
    return AssignmentFilters(
        decision=given.decision, document=given.document, since=given.since, until=given.until, at=given.at
    )


def address_of(filters: AssignmentFilters, path: str = "") -> str:
    """Return the address of the list, or of another path, with these filters."""
    return f"{path or reverse('assignments')}?{urlencode(written(filters))}"


def written(filters: AssignmentFilters) -> list[tuple[str, str]]:
    """Return the filters as they stand in an address."""
    found = []
    for each in fields(filters):
        value = getattr(filters, each.name)
        if value is True:
            value = NO_EVIDENCE
        elif isinstance(value, datetime):
            value = f"{clock.in_zone(value):%Y-%m-%dT%H:%M:%S}"
        if value:
            found.append((KEYS[each.name], str(value)))
    return found


def kept(filters: AssignmentFilters) -> list[tuple[str, str]]:
    """Return the filters that figures lead with, as the form keeps them: there is no field for them to choose in."""
    chosen = {KEYS[name] for name in CHOSEN}
    return [(name, value) for name, value in written(filters) if name not in chosen]


def narrowed(filters: AssignmentFilters) -> list[str]:
    """Return, in words, what figures narrowed the list to."""
    known = directory.current()
    found = []
    if filters.decision or filters.within or filters.below:
        found.append(_("Of one decision or assignment"))
    if filters.document:
        found.append(_("Of one document"))
    if filters.level:
        found.append(labels.level_word(filters.level))
    if filters.hold:
        found.append(str(labels.HOLDS[filters.hold]))
    if filters.holder:
        found.append(_("With {unit}").format(unit=known.unit_label(filters.holder)))
    if filters.lead:
        found.append(_("Led by {unit}").format(unit=known.unit_label(filters.lead)))
    if filters.under:
        found.append(_("Led by {unit} and below").format(unit=known.unit_label(filters.under)))
    found += [str(labels.AMONG[filters.among])] if filters.among else []
    found += [_("Overdue: {days}").format(days=labels.AGES[filters.age])] if filters.age else []
    found += [_("Without evidence")] if filters.unshown else []
    return [*found, *issued_in(filters)]


def issued_in(filters: AssignmentFilters) -> list[str]:
    """Return, in words, of which urgency, period and cut-off the assignments are."""
    language = get_language() or "vi"
    found = []
    if filters.urgency:
        found.append(str(labels.URGENCIES[filters.urgency]))
    if filters.since:
        found.append(_("Issued from {day}").format(day=clock.format_date(filters.since, language)))
    if filters.until:
        found.append(_("Issued until {day}").format(day=clock.format_date(filters.until, language)))
    if filters.at:
        found.append(_("As of {time}").format(time=clock.format_instant(filters.at, language)))
    return found


def _one_of(choices: type[Choice], given: str) -> Choice | None:
    return next((choice for choice in choices if choice == given), None)


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def _day(given: str) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if 1900 < found.year < 3000 else None


def _instant(given: str) -> datetime | None:
    """Return the instant of a wall-clock time in the organisation's zone."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return None
    if not 1900 < found.year < 3000:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.ORGANISATION_ZONE)
