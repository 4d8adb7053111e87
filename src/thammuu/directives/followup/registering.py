"""The way to the follow-up board."""

from django.utils.translation import gettext_lazy as _

from thammuu.ui import navigation


def register() -> None:
    """Put the board into the rail."""
    navigation.register("follow-up", _("Follow-up"), "follow_up", icon="activity", order=33, keys="g f")
