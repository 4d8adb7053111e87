"""Every action of units, posts, grants and their lending."""

from datetime import date, timedelta

from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.kernel.actor import Actor
from thammuu.org import actions as org
from thammuu.org.models import Grant, Holding, UnitPlan
from thammuu.org.planning import Change, digest_of, judge
from thammuu.org.queries import changes_of, ground_for
from thammuu.org.rules import Role


def act(does: Replay, organisation: Organisation) -> None:
    admin, day = organisation.admin, date(2026, 1, 1)
    unit = does(
        org.create_unit, actor=admin, code="00008", level="commune", name="Cửa Nam", parent=organisation.hanoi,
        starts_on=day,
    )  # fmt: skip
    does(
        org.rename_unit, actor=admin, unit=unit, name="Cửa Nam mới", parent=organisation.hue,
        starts_on=date(2026, 6, 1),
    )  # fmt: skip
    _reorganisation(does, admin)
    post = does(org.create_post, actor=admin, unit=unit, title="Trực ban")
    account = does(
        org.create_account, actor=admin, sign_in_name="cuanam", password="cuanam-123", unit=unit, language="vi"
    )  # fmt: skip
    does(org.take_post, actor=admin, account=account, post=post, starts_on=day)
    does(org.grant_role, actor=admin, post=post, role=Role.UNIT_OFFICER, unit=unit, reason="Nhận nhiệm vụ")
    grant, holding = Grant.objects.get(post_id=post), Holding.objects.get(post_id=post)
    does(org.withdraw_role, actor=admin, grant=grant.id, reason="Thôi trực")
    named = {"named": "46", "hours": 2, "reason": "Cháy lan"}
    opening = does(org.open_in_emergency, actor=organisation.hanoi_officer, **named).answer
    does(org.review_opening, actor=organisation.chief, opening=opening, review="Cần thiết")
    does(org.end_opening, actor=organisation.hanoi_officer, opening=opening)
    _lending(does, organisation)
    does(org.leave_post, actor=admin, holding=holding.id, ends_on=date(2026, 12, 1))
    does(
        org.announce_event, actor=organisation.admin, units=[organisation.ministry], code="DH", name="Đại hội",
        starts_on=day, ends_on=day,
    )  # fmt: skip


def _lending(does: Replay, organisation: Organisation) -> None:
    chief, staff, until = organisation.chief, organisation.staff, does.now + timedelta(days=1)
    held = Grant.objects.get(post_id=chief.post)
    lent = {"grant": held.id, "post": staff.post, "unit": organisation.hue, "ends_at": until, "reason": "Công tác"}
    delegation = does(org.delegate_right, actor=chief, **lent).answer
    does(org.end_delegation, actor=chief, delegation=delegation, reason="Đã về")
    does(org.name_substitutes, actor=chief, post=chief.post, substitutes=[staff.post])
    acts = {"post": chief.post, "substitute": staff.post, "ends_at": until}
    substitution = does(org.announce_substitution, actor=organisation.admin, **acts).answer
    does(org.end_substitution, actor=staff, substitution=substitution)


def _reorganisation(does: Replay, admin: Actor) -> None:
    merger, reopening = date(2026, 7, 1), date(2026, 9, 1)
    does(
        org.reorganise, actor=admin,
        changes=[
            Change(1, "02", merger, "province", "Tỉnh mới", parent="B"),
            Change(2, "46", merger, closes=True, successors=("02",)),
        ],
    )  # fmt: skip
    does(org.reorganise, actor=admin, changes=[Change(1, "46", reopening, name="Huế", parent="B")])
    plans = [
        does(org.draft_plan, actor=admin, title=name, changes=[Change(1, "02", reopening, name=name, parent="B")])
        for name in ("Tỉnh hai", "Tỉnh ba")
    ]
    does(org.drop_plan, actor=admin, plan=plans[0])
    rehearsed = judge(changes_of(UnitPlan.objects.get(id=plans[1])), ground_for(admin))
    does(org.confirm_plan, actor=admin, plan=plans[1], seen=digest_of(rehearsed))
