"""Every action of urging."""

from datetime import timedelta
from uuid import UUID

from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.directives.urging import actions as urging
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.deliveries import LONGEST_PAUSE, DeliveryState
from thammuu.directives.urging.models import Urging
from thammuu.directives.urging.rules import USUAL, Calendar
from thammuu.kernel.calendar import next_working_day
from thammuu.kernel.clock import day_of, start_of
from thammuu.org import authority


def act(does: Replay, organisation: Organisation) -> None:
    chief = organisation.chief
    policy = does(urging.draw_up_policy, actor=chief, unit=organisation.ministry)
    does(urging.change_ladder, actor=chief, policy=policy, version=1, ladder=USUAL)
    for on in (True, False, True):
        does(urging.switch_policy, actor=chief, policy=policy, on=on, reason="thay cho gọi điện")
    order = directives.Order(organisation.hue, "Trực bơm", "Báo cáo", term_days=1)
    decision = does(
        directives.take_decision,
        actor=chief,
        unit=organisation.ministry,
        title="Chống ngập",
        reason="mưa",
        orders=[order],
    )
    late = Assignment.objects.get(decision=decision)
    day = next_working_day(day_of(late.deadline + timedelta(days=1)))
    now, does.now = does.now, start_of(day) + timedelta(hours=9)
    assert does(
        urging.urge, actor=authority.SYSTEM, policy=policy, assignments=[late.id], calendar=Calendar()
    ) > 0  # fmt: skip
    ids = list(Urging.objects.filter(unit=organisation.hue).values_list("id", flat=True))
    does(urging.see_urgings, actor=organisation.hue_officer, urgings=ids)
    _deliveries(does, organisation, ids)
    does.now = now


def _deliveries(does: Replay, organisation: Organisation, ids: list[UUID]) -> None:
    carriers = carriers_of(Outgoing(mail_host="127.0.0.1", mail_from="a@example.vn"))
    common = {"unit": organisation.hue, "carriers": carriers}
    does(urging.set_address, actor=organisation.admin, addresses={"mail": "hue@example.vn"}, **common)
    for states in (DeliveryState.SENT,), (DeliveryState.WAITING, DeliveryState.FAILED):
        told = {"channel": "mail", "urgings": ids, "at_once": True, **common}
        delivery = does(urging.prepare_delivery, actor=authority.SYSTEM, **told)
        for state in states:
            assert does(urging.begin_delivery, actor=authority.SYSTEM, delivery=delivery)
            does(urging.end_delivery, actor=authority.SYSTEM, delivery=delivery, state=state, fault="x")
            does.now += LONGEST_PAUSE
