"""What an empty installation starts with: its first unit and administrator."""

from django.db import transaction

from thammuu.kernel.actor import HIGHEST
from thammuu.kernel.clock import in_zone, now
from thammuu.org import actions
from thammuu.org.authority import SYSTEM
from thammuu.org.rules import Role

FIRST = "Cài đặt ban đầu"


def create_first_administrator(name: str, password: str, unit_name: str) -> None:
    """Create the top unit and a post there whose holder may administer everything."""
    at = now()
    today = in_zone(at).date()
    with transaction.atomic():
        unit = actions.create_unit(
            actor=SYSTEM, now=at, code="top", level="central", name=unit_name, parent=None, starts_on=today
        )
        post = actions.create_post(actor=SYSTEM, now=at, unit=unit, title="Quản trị hệ thống")
        account = actions.create_account(actor=SYSTEM, now=at, sign_in_name=name, password=password, unit=unit)
        actions.take_post(actor=SYSTEM, now=at, account=account, post=post, starts_on=today)
        for role in (Role.ADMINISTRATOR, Role.CHIEF):
            actions.grant_role(
                actor=SYSTEM, now=at, post=post, role=role, unit=unit, reason=FIRST, classification=HIGHEST
            )
