"""When a contact is to be forgotten. Pure."""

from datetime import datetime, timedelta

CONTACT_LIMIT = 300
"""Characters of one contact."""


def forgotten_at(ended_at: datetime | None, days: int) -> datetime | None:
    """Return when a contact is due: so many days after its matter ended, None while that goes on."""
    return None if ended_at is None else ended_at + timedelta(days=days)
