"""Roles and what each permits; the validity of dated intervals. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """Everything a role can permit, at a unit and all below it."""

    VIEW = "view"
    LOG_WRITE = "log_write"
    LOG_STRIKE = "log_strike"
    INCIDENT_OPEN = "incident_open"
    INCIDENT_HANDLE = "incident_handle"
    INCIDENT_CLOSE = "incident_close"
    # Reads how reporters can be reached.
    CONTACT_READ = "contact_read"
    # Gives orders of the watch floor, and has the last word on them.
    ORDER_GIVE = "order_give"
    # Answers orders that are addressed to its unit, its post or its role.
    ORDER_ANSWER = "order_answer"
    ALERT_HANDLE = "alert_handle"
    DECIDE = "decide"
    ASSIGN = "assign"
    ASSIGNMENT_EXECUTE = "assignment_execute"
    ASSIGNMENT_VERIFY = "assignment_verify"
    UNIT_ADMIN = "unit_admin"
    ACCOUNT_ADMIN = "account_admin"
    GRANT = "grant"
    MAP_EDIT = "map_edit"
    REDACT = "redact"
    JOURNAL_READ = "journal_read"
    # Opens what its rights do not reach, in an emergency.
    EMERGENCY_OPEN = "emergency_open"
    # Is told of such openings, and says afterwards whether they were needed.
    EMERGENCY_REVIEW = "emergency_review"


class Source(StrEnum):
    """What a right comes from."""

    GRANT = "grant"
    OPENING = "opening"
    DELEGATION = "delegation"
    SUBSTITUTION = "substitution"


class Role(StrEnum):
    """The roles of this release. A role is granted to a post on the subtree of a unit."""

    ADMINISTRATOR = "administrator"
    CHIEF = "chief"
    STAFF_OFFICER = "staff_officer"
    DUTY_OFFICER = "duty_officer"
    UNIT_OFFICER = "unit_officer"
    VIEWER = "viewer"
    AUDITOR = "auditor"


_WATCH = {
    Permission.VIEW,
    Permission.LOG_WRITE,
    Permission.LOG_STRIKE,
    Permission.INCIDENT_OPEN,
    Permission.INCIDENT_HANDLE,
    Permission.INCIDENT_CLOSE,
    Permission.CONTACT_READ,
    Permission.ORDER_GIVE,
    Permission.ORDER_ANSWER,
    Permission.ALERT_HANDLE,
    Permission.MAP_EDIT,
    Permission.EMERGENCY_OPEN,
}
_STAFF = {
    Permission.VIEW,
    Permission.LOG_WRITE,
    Permission.ORDER_ANSWER,
    Permission.ASSIGN,
    Permission.ASSIGNMENT_VERIFY,
    Permission.EMERGENCY_OPEN,
    Permission.REDACT,
}

PERMITS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.VIEW,
            Permission.UNIT_ADMIN,
            Permission.ACCOUNT_ADMIN,
            Permission.GRANT,
            Permission.MAP_EDIT,
        }
    ),
    Role.CHIEF: frozenset(_WATCH | _STAFF | {Permission.DECIDE, Permission.JOURNAL_READ, Permission.EMERGENCY_REVIEW}),
    Role.STAFF_OFFICER: frozenset(_STAFF | {Permission.DECIDE}),
    Role.DUTY_OFFICER: frozenset(_WATCH),
    Role.UNIT_OFFICER: frozenset(
        {
            Permission.VIEW,
            Permission.LOG_WRITE,
            Permission.INCIDENT_OPEN,
            Permission.ORDER_ANSWER,
            Permission.ASSIGNMENT_EXECUTE,
            Permission.EMERGENCY_OPEN,
        }
    ),
    Role.VIEWER: frozenset({Permission.VIEW}),
    Role.AUDITOR: frozenset({Permission.VIEW, Permission.JOURNAL_READ}),
}


# When levels came, whoever had one of these roles was given every level; all others none above the lowest.
UP_TO_EVERY_LEVEL = frozenset({Role.ADMINISTRATOR, Role.CHIEF})


# What nobody does on behalf of another: roles, posts and accounts made so would outlast what was lent.
NEVER_LENT = frozenset({Permission.GRANT, Permission.ACCOUNT_ADMIN})
MOST_SUBSTITUTES = 3


# What an emergency opening permits: to read, and nothing of administration.
OPENED = frozenset({Permission.VIEW, Permission.CONTACT_READ})
MOST_HOURS = 8


def subtree(root: UUID, children: Mapping[UUID, Iterable[UUID]]) -> frozenset[UUID]:
    """Return the unit and everything below it."""
    found = {root}
    waiting = [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)
