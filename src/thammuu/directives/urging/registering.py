"""Which tables hold what the facts of urging tell, and the way in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thammuu.directives.registering import may_decide
from thammuu.directives.urging import actions, facts, models  # noqa: F401 - facts register themselves
from thammuu.directives.urging.push import facts as push_facts  # noqa: F401 - facts register themselves
from thammuu.directives.urging.push.queries import changed_in_secret
from thammuu.journal.fold import register_check, register_table
from thammuu.journal.redaction.registry import redactable
from thammuu.journal.subjects import Subject
from thammuu.org.account.actions.ending import ends_with_account
from thammuu.ui import context, navigation


def register() -> None:
    """Register the tables, what of them can be redacted, and the way in."""
    register_table(Subject.URGING_POLICY, models.UrgingPolicy)
    register_table(Subject.URGING, models.Urging)
    register_table(Subject.URGING_ADDRESS, models.UrgingAddress)
    reached_by = dict.fromkeys(("endpoint", "p256dh", "auth"), "")
    register_table(Subject.URGING_BROWSER, models.UrgingBrowser, derived=reached_by.keys())
    register_check(changed_in_secret)
    ends_with_account(actions.take_off_browsers)
    register_table(Subject.URGING_DELIVERY, models.UrgingDelivery)
    redactable(Subject.URGING_POLICY, {"reason": ""})
    redactable(Subject.URGING_ADDRESS, {"mailbox": "", "webhook": ""}, related=models.sent_to)
    # What a channel answers may name the address that it was asked for.
    redactable(Subject.URGING_DELIVERY, {"address": "", "fault": ""})
    redactable(Subject.URGING_BROWSER, {"name": ""}, derived=reached_by)
    navigation.register("urging", _("Urging"), "urging", icon="bell", order=34, shown=may_decide)
    context.provide("messages_url", lambda request: reverse("urging_browsers"))
    navigation.register_action(
        "urging-browsers", _("Receive urgings in this browser"), "urging_browsers", icon="bell", order=34
    )
