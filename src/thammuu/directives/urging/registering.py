"""Which tables hold what the facts of urging tell, and the way in."""

from django.utils.translation import gettext_lazy as _

from thammuu.directives.registering import may_decide
from thammuu.directives.urging import facts, models  # noqa: F401 - facts register themselves
from thammuu.journal.fold import register_table
from thammuu.journal.redaction.registry import redactable
from thammuu.journal.subjects import Subject
from thammuu.ui import navigation


def register() -> None:
    """Register the tables, what of them can be redacted, and the way in."""
    register_table(Subject.URGING_POLICY, models.UrgingPolicy)
    register_table(Subject.URGING, models.Urging)
    register_table(Subject.URGING_ADDRESS, models.UrgingAddress)
    register_table(Subject.URGING_DELIVERY, models.UrgingDelivery)
    redactable(Subject.URGING_POLICY, {"reason": ""})
    navigation.register("urging", _("Urging"), "urging", icon="bell", order=34, shown=may_decide)
