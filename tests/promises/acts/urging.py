"""Every action of urging."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from tests.directives.urging.push.ground import Browser
from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.directives.urging import actions as urging
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.deliveries import LONGEST_PAUSE, Carriers, DeliveryState
from thammuu.directives.urging.models import Urging
from thammuu.directives.urging.push import vapid
from thammuu.directives.urging.rules import USUAL, Calendar, Ended
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
    vapid.make_key(settings.HOME)
    key = settings.HOME / vapid.KEY
    out = Outgoing(mail_host="127.0.0.1", mail_from="a@example.vn", push_hosts=("push.example.net",), push_key=key)
    carriers = carriers_of(out)
    common = {"unit": organisation.hue, "carriers": carriers}
    does(urging.set_address, actor=organisation.admin, addresses={"mail": "hue@example.vn"}, **common)
    for states in (DeliveryState.SENT,), (DeliveryState.WAITING, DeliveryState.FAILED):
        told = {"channel": "mail", "urgings": ids, "at_once": True, **common}
        delivery = does(urging.prepare_delivery, actor=authority.SYSTEM, **told)
        for state in states:
            assert does(urging.begin_delivery, actor=authority.SYSTEM, delivery=delivery)
            does(urging.end_delivery, actor=authority.SYSTEM, delivery=delivery, state=state, fault="x")
            does.now += LONGEST_PAUSE
    _browsers(does, organisation, ids, carriers)


def _browsers(does: Replay, organisation: Organisation, ids: list[UUID], carriers: Carriers) -> None:
    officer, given = organisation.hue_officer, Browser("https://push.example.net/a").gives()
    for name, actor in (("Máy trực", organisation.hanoi_officer), ("Máy trực", officer), ("Máy của Huế", officer)):
        browser = does(urging.set_up_browser, actor=actor, name=name, given=given, carriers=carriers)
    told = {"unit": organisation.hue, "urgings": ids, "at_once": False, "carriers": carriers, "channel": "push"}
    for receiver in (browser, None):
        does(urging.prepare_delivery, actor=authority.SYSTEM, browser=receiver, **told)
    does(urging.take_off_browser, actor=officer, browser=browser)
    again = does(urging.set_up_browser, actor=officer, name="Máy trực", given=given, carriers=carriers)
    does(urging.take_off_browser, actor=authority.SYSTEM, browser=again, why=Ended.GONE)
