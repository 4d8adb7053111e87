"""The only writers of units, posts, accounts and authority."""

from thammuu.org.actions.accounts import (
    announce_event,
    create_account,
    create_post,
    leave_post,
    take_post,
)
from thammuu.org.actions.delegations import delegate_right, end_delegation
from thammuu.org.actions.emergencies import end_opening, open_in_emergency, review_opening
from thammuu.org.actions.grants import grant_role, withdraw_role
from thammuu.org.actions.substitutions import announce_substitution, end_substitution, name_substitutes
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
    "announce_substitution",
    "confirm_plan",
    "create_account",
    "create_post",
    "create_unit",
    "delegate_right",
    "draft_plan",
    "drop_plan",
    "end_delegation",
    "end_opening",
    "end_substitution",
    "grant_role",
    "leave_post",
    "name_substitutes",
    "open_in_emergency",
    "rename_unit",
    "reorganise",
    "review_opening",
    "take_post",
    "withdraw_role",
]
