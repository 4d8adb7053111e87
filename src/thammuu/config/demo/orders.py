"""The orders of the night: two provinces are ordered to act at once; one is done, one is under way."""

from typing import TYPE_CHECKING
from uuid import UUID

from thammuu.directives.rules import Urgency
from thammuu.watch.orders import actions
from thammuu.watch.orders.models import OrderAddressee
from thammuu.watch.orders.receivers import Addressee

if TYPE_CHECKING:
    from thammuu.config.demo.playing import Night


def order_boats(night: "Night", incident: UUID, minute: int) -> None:
    """Order two provinces to send boats, read back; one reports that it is done, and that is confirmed."""
    watch = night.actor("truc.ban")
    draft = actions.Draft(
        text="Điều ngay 02 xuồng đến Quảng trường Ngọ Môn, báo giờ đến",
        to=[Addressee(night.units["46"]), Addressee(night.units["48"])],
        urgency=Urgency.IMMEDIATE,
        report_by=night.at(minute + 40),
        wants_read_back=True,
        incident=incident,
    )
    order = actions.give_order(actor=watch, now=night.at(minute), draft=draft).answer
    to = dict(OrderAddressee.objects.filter(order=order).values_list("unit_id", "id"))
    hue, danang = to[night.units["46"]], to[night.units["48"]]
    for name, one in (("hue", hue), ("danang", danang)):
        words = "Đưa 02 xuồng đến Ngọ Môn, báo giờ đến"
        actions.acknowledge_order(actor=night.actor(name), now=night.at(minute + 2), addressee=one, read_back=words)
        actions.rule_read_back(actor=watch, now=night.at(minute + 3), addressee=one)
    report = "02 xuồng đến lúc 19 giờ 20"
    actions.complete_order(actor=night.actor("hue"), now=night.at(minute + 25), addressee=hue, report=report)
    actions.confirm_completion(actor=watch, now=night.at(minute + 27), addressee=hue)
    report = "Xuồng đang qua đèo Hải Vân"
    actions.report_on_order(actor=night.actor("danang"), now=night.at(minute + 30), addressee=danang, report=report)
