"""The only writers of units, posts, accounts and authority."""

from thammuu.org.actions.accounts import (
    announce_event,
    create_account,
    create_post,
    leave_post,
    take_post,
)
from thammuu.org.actions.emergencies import end_opening, open_in_emergency, review_opening
from thammuu.org.actions.grants import grant_role, withdraw_role
from thammuu.org.actions.units import (
    confirm_plan,
    create_unit,
    draft_plan,
    drop_plan,
    rename_unit,
    reorganise,
)

__all__ = [
    "announce_event",
    "confirm_plan",
    "create_account",
    "create_post",
    "create_unit",
    "draft_plan",
    "drop_plan",
    "end_opening",
    "grant_role",
    "leave_post",
    "open_in_emergency",
    "rename_unit",
    "reorganise",
    "review_opening",
    "take_post",
    "withdraw_role",
]
