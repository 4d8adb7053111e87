"""The heads of the table of rights, and why something is not seen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

YES, NO = _("yes"), _("no")

HEAD_WORDS: Mapping[str, Promise] = {
    "post": _("Post"),
    "source": _("Comes from"),
    "role": _("Role"),
    "permissions": _("Permits"),
    "unit": _("At the unit and below"),
    "event": _("Event"),
    "level": _("Up to the level"),
    "from": _("From"),
    "until": _("Until"),
    "in_effect": _("In effect"),
    "given_by": _("Given by"),
    "reason": _("Reason"),
    "stands_on": _("Stands on"),
}
