"""What is lent reaches what both the right and its narrowing reach, while both last; own rights go first."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from thammuu.kernel.actor import HIGHEST, Actor, Lent, Scope
from thammuu.kernel.errors import OnBehalf
from thammuu.kernel.ids import new_id
from thammuu.org import rights
from thammuu.org.lending import lents
from thammuu.org.rights import Right
from thammuu.org.rules import Permission, Role, Source

# THAMMUU_EXAMPLES sets the scale: 500 here and in CI, 5,000 for a release.
EXAMPLES = int(os.environ.get("THAMMUU_EXAMPLES", "500"))
UNITS = [new_id() for _number in range(6)]
# A chain: each unit reaches itself and all behind it.
REACH = {unit: frozenset(UNITS[place:]) for place, unit in enumerate(UNITS)}
EVENTS = [None, new_id(), new_id()]
OWN, LENDERS = new_id(), [new_id(), new_id()]
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOURS = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
LEVELS = st.integers(0, HIGHEST)
ROLES = st.sampled_from([Role.VIEWER, Role.DUTY_OFFICER, Role.ADMINISTRATOR])


def made(post: UUID, role: Role, unit: UUID, event: UUID | None, level: int, starts: datetime, hours: int) -> Right:
    return Right(
        source=Source.GRANT, id=new_id(), post=post, role=role, permissions=rights.of_role(role), unit=unit,
        event=event, classification=level, starts_at=starts, ends_at=starts + timedelta(hours=hours) if hours else None,
        reason="",
    )  # fmt: skip


def granted_to(posts: list[UUID]) -> st.SearchStrategy[Right]:
    return st.builds(
        made, st.sampled_from(posts), ROLES, st.sampled_from(UNITS), st.sampled_from(EVENTS), LEVELS, HOURS,
        st.integers(0, 4),
    )  # fmt: skip


@st.composite
def lent(draw: st.DrawFn) -> Right:
    """Something lent, also beyond what it stands on: what was once within may reach further than that does now."""
    base = draw(granted_to(LENDERS))
    starts = draw(HOURS)
    return rights.lent(
        base, draw(st.sampled_from([Source.DELEGATION, Source.SUBSTITUTION])), id=new_id(), post=OWN,
        starts_at=starts, ends_at=starts + timedelta(hours=draw(st.integers(0, 4))), reason="", given_by=base.post,
        unit=draw(st.sampled_from([None, *UNITS])), event=draw(st.sampled_from(EVENTS)),
        classification=draw(st.one_of(st.none(), LEVELS)),
    )  # fmt: skip


def covers(right: Right, unit: UUID, event: UUID | None, level: int) -> bool:
    within = right.holds_at(NOON) and unit in REACH[right.unit] and level <= right.classification
    return within and right.event in (None, event)


def actor_of(found: list[Right]) -> Actor:
    holding = [right for right in found if right.holds_at(NOON)]
    own = rights.permits_of([right for right in holding if right.behalf is None], REACH.__getitem__)
    return Actor(
        account=None, post=OWN, unit=None, permits=rights.permits_of(holding, REACH.__getitem__), own=own,
        lent=lents(holding, REACH.__getitem__),
    )  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    own=st.lists(granted_to([OWN]), max_size=2),
    borrowed=st.lists(lent(), max_size=3),
    permission=st.sampled_from([Permission.VIEW, Permission.UNIT_ADMIN, Permission.GRANT]),
    unit=st.sampled_from(UNITS),
    event=st.sampled_from(EVENTS),
    level=LEVELS,
)
def test_what_is_lent_reaches_what_both_reach_and_own_rights_go_first(
    own: list[Right], borrowed: list[Right], permission: Permission, unit: UUID, event: UUID | None, level: int
) -> None:
    actor = actor_of([*own, *borrowed])
    by_own = any(permission in right.permissions and covers(right, unit, event, level) for right in own)
    lenders = {
        right.behalf
        for right in borrowed
        if right.stands_on is not None
        and permission in right.permissions
        and covers(right, unit, event, level)
        and covers(right.stands_on, unit, event, level)
    }
    assert permission is not Permission.GRANT or not lenders
    assert actor.may(permission, unit, event=event, classification=level) is (by_own or bool(lenders))
    if by_own or lenders:
        verdict = actor.by(permission, lambda held: held.allows(unit, event, level))
        assert verdict is True if by_own else isinstance(verdict, OnBehalf) and verdict.post in lenders


def test_where_no_right_suffices_alone_it_is_done_on_behalf() -> None:
    hanoi, hue = UNITS[-2:]
    own = {"redact": Scope(frozenset({hanoi}))}
    permits = {"redact": Scope(frozenset({hanoi, hue}))}
    actor = Actor(
        None, OWN, None, permits=permits, own=own, lent=(Lent(LENDERS[0], {"redact": Scope(frozenset({hue}))}),)
    )
    both = actor.by("redact", lambda held: held.allows(hanoi) and held.allows(hue))
    assert both == OnBehalf(LENDERS[0])
    assert actor.by("redact", lambda held: held.allows(hanoi)) is True
    assert replace(actor, lent=()).by("redact", lambda held: held.allows(hue)) is True
    assert replace(actor, lent=(Lent(LENDERS[0], {}),)).by("redact", lambda held: held.allows(hue)) is True
