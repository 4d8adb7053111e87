"""The words of orders: states, ends, addressees."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thammuu.org import queries as org
from thammuu.org.rules import Role
from thammuu.org.words import ROLE_WORDS
from thammuu.watch.orders.rules import Act, Clock, End, LinkEnd, OrderState, ReadBack, To

STATES: Mapping[OrderState, Promise] = {
    OrderState.GIVEN: pgettext_lazy("order", "Not acknowledged"),
    OrderState.ACKNOWLEDGED: pgettext_lazy("order", "Acknowledged"),
    OrderState.REFUSED: pgettext_lazy("order", "Refused"),
    OrderState.IN_PROGRESS: pgettext_lazy("order", "Being carried out"),
    OrderState.COMPLETED: pgettext_lazy("order", "Completed, to be confirmed"),
    OrderState.CONFIRMED: pgettext_lazy("order", "Confirmed done"),
}
ENDS: Mapping[End, Promise] = {
    End.WITHDRAWN: pgettext_lazy("order", "Withdrawn"),
    End.SUPERSEDED: pgettext_lazy("order", "Superseded"),
}
READ_BACKS: Mapping[ReadBack, Promise] = {
    ReadBack.CONFIRMED: pgettext_lazy("read-back", "Right"),
    ReadBack.CORRECTED: pgettext_lazy("read-back", "Corrected"),
}
OVERDUE: Mapping[Clock, Promise] = {
    Clock.ACKNOWLEDGEMENT: gettext_lazy("Acknowledgement overdue"),
    Clock.REPORT: gettext_lazy("Report overdue"),
}
LINK_ENDS: Mapping[LinkEnd, Promise] = {
    LinkEnd.REVOKED: pgettext_lazy("link", "revoked"),
    LinkEnd.REPLACED: pgettext_lazy("link", "replaced by another"),
    LinkEnd.TRIED: pgettext_lazy("link", "wrong tokens were tried too often"),
}
ACTS: Mapping[Act, Promise] = {
    Act.ACKNOWLEDGE: pgettext_lazy("order", "acknowledged"),
    Act.REFUSE: pgettext_lazy("order", "refused"),
    Act.REPORT: pgettext_lazy("order", "reported"),
    Act.COMPLETE: pgettext_lazy("order", "completed"),
}


def number_of(number: int) -> str:
    """Return what an order is called."""
    return _("Order {number}").format(number=number)


def addressee(unit: UUID, post: UUID | None, role: str) -> str:
    """Return to whom an order goes: a unit, a post of it, or whoever has a role at it."""
    if post is not None:
        return org.post_label(post)
    if role:
        return _("{role}, {unit}").format(role=ROLE_WORDS[Role(role)], unit=org.unit_label(unit))
    return org.unit_label(unit)


def kind_of(post: UUID | None, role: str) -> To:
    """Return what the addressee is."""
    return To.POST if post is not None else To.ROLE if role else To.UNIT
