"""Every action of orders."""

from datetime import timedelta

from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.org.authority import SYSTEM
from thammuu.watch.orders import actions
from thammuu.watch.orders.models import OrderAddressee
from thammuu.watch.orders.receivers import Addressee


def act(does: Replay, organisation: Organisation) -> None:
    duty, officer = organisation.duty, organisation.hanoi_officer
    draft = actions.Draft("Chốt cổng 2", [Addressee(organisation.hanoi)], wants_read_back=True)
    order = does(actions.give_order, actor=duty, draft=draft).answer
    to = OrderAddressee.objects.get(order=order).id
    does(actions.acknowledge_order, actor=officer, addressee=to, read_back="Cổng 3")
    does(actions.rule_read_back, actor=duty, addressee=to, correction="Cổng 2")
    does(actions.acknowledge_order, actor=officer, addressee=to, read_back="Cổng 2")
    does(actions.rule_read_back, actor=duty, addressee=to)
    does(actions.report_on_order, actor=officer, addressee=to, report="Đang đi")
    does(actions.complete_order, actor=officer, addressee=to, report="Xong")
    does(actions.return_completion, actor=duty, addressee=to, reason="Chưa")
    does(actions.confirm_completion, actor=duty, addressee=to)
    soon = does.now + timedelta(minutes=3)
    draft = actions.Draft("Về", [Addressee(organisation.commune)], minutes=1, report_by=soon)
    order = does(actions.correct_order, actor=duty, order=order, draft=draft).answer
    to = OrderAddressee.objects.get(order=order).id
    does(actions.make_link, actor=duty, addressee=to, hours=1)
    token = does(actions.make_link, actor=duty, addressee=to, hours=1)
    assert does(actions.open_link, actor=SYSTEM, token=token).addressee_id == to
    does(actions.revoke_link, actor=duty, addressee=to)
    does.now += timedelta(minutes=5)
    does(actions.note_overdue, actor=SYSTEM, addressee=to)
    does(actions.refuse_order, actor=organisation.commune_officer, addressee=to, reason="Hết xe")
    does(actions.withdraw_order, actor=duty, order=order, reason="Thôi")
    does(actions.report_on_order, actor=organisation.commune_officer, addressee=to, report="Đã về")
