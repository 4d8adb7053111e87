"""The demo's organisation: a ministry office with its command information centre and the 34 provinces; posts only."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from thammuu.config.demo.roster import HEADQUARTERS, PASSWORD, province_sign_in
from thammuu.kernel.clock import start_of
from thammuu.org import actions, authority
from thammuu.org.provinces import PROVINCES, SINCE
from thammuu.org.rules import Role


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo account: what to type, which post it holds and what it is there to show."""

    name: str
    post: str
    account: UUID


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units by code and the accounts by sign-in name."""

    units: dict[str, UUID]
    sign_ins: dict[str, SignIn]


def build(now: datetime) -> Organisation:
    """Create the units, posts, accounts and roles, as of `now`."""
    system = authority.SYSTEM
    office = actions.create_unit(
        actor=system, now=now, code="B", level="ministry", name="Văn phòng Bộ", parent=None, starts_on=SINCE
    )
    centre = actions.create_unit(
        actor=system,
        now=now,
        code="TTCH",
        level="department",
        name="Trung tâm thông tin chỉ huy",
        short_name="TTCH",
        parent=office,
        starts_on=SINCE,
    )
    units = {"B": office, "TTCH": centre}
    sign_ins: dict[str, SignIn] = {}
    for name, title, role, level in HEADQUARTERS:
        sign_ins[name] = _officer(now, name, title, centre, role, office, level)
    for province in PROVINCES:
        unit = actions.create_unit(
            actor=system,
            now=now,
            code=province.code,
            level="city" if province.is_city else "province",
            name=province.name,
            parent=office,
            starts_on=SINCE,
        )
        units[province.code] = unit
        name = province_sign_in(province)
        sign_ins[name] = _officer(now, name, "Trực ban", unit, Role.UNIT_OFFICER, unit, 1)
    return Organisation(units, sign_ins)


def _officer(now: datetime, name: str, title: str, home: UUID, role: Role, reach: UUID, level: int) -> SignIn:
    system = authority.SYSTEM
    since: date = SINCE
    post = actions.create_post(actor=system, now=now, unit=home, title=title)
    account = actions.create_account(actor=system, now=now, sign_in_name=name, password=PASSWORD, unit=home)
    actions.take_post(actor=system, now=now, account=account, post=post, starts_on=since)
    actions.grant_role(
        actor=system,
        now=now,
        post=post,
        role=role,
        unit=reach,
        starts_at=start_of(since),
        reason="Theo quyết định phân công",
        classification=level,
    )
    return SignIn(name, title, account)
