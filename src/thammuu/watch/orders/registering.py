"""Which tables hold what the facts of orders tell, what of them can be redacted, and the way in."""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thammuu.journal.fold import register_table
from thammuu.journal.presentation import present
from thammuu.journal.redaction.registry import Named, redactable
from thammuu.journal.subjects import Subject
from thammuu.org.rules import Permission
from thammuu.org.web import actor_or_none
from thammuu.ui import navigation
from thammuu.watch.orders import cards, facts, live, models  # noqa: F401 - some register themselves


def register() -> None:
    """Register them."""
    register_table(Subject.ORDER, models.Order)
    register_table(Subject.ORDER_ADDRESSEE, models.OrderAddressee)
    redactable(Subject.ORDER, {"text": "", "end_reason": ""}, related=_addressees)
    register_table(Subject.ORDER_LINK, models.OrderLink, derived={"digest", "tries"})
    words = ("read_back", "correction", "refusal", "report", "reason", "words", "by_link")
    redactable(Subject.ORDER_ADDRESSEE, dict.fromkeys(words, ""))
    present(Subject.ORDER, cards.order_cards)
    navigation.register("orders", _("Orders"), "orders", icon="megaphone", order=23, keys="g o")
    navigation.register_action("my-orders", _("My orders"), "my_orders", icon="inbox", order=23)
    navigation.register_action(
        "give-order", _("Give an order"), "new_order", icon="megaphone", order=31, keys="o", shown=_may_give
    )


def _may_give(request: HttpRequest) -> bool:
    actor = actor_or_none(request)
    return actor is not None and actor.may_somewhere(Permission.ORDER_GIVE)


def _addressees(order: UUID) -> Collection[Named]:
    found = models.OrderAddressee.objects.filter(order=order).order_by("id").values_list("id", flat=True)
    return [(Subject.ORDER_ADDRESSEE, id) for id in found]
