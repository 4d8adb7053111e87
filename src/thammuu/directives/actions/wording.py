"""What officers write, in the form in which it is stored."""

from django.utils.translation import gettext as _

from thammuu.kernel.errors import BadInput
from thammuu.kernel.text import LookAlike, clean


def stored(field: str, text: str) -> str:
    """Return the text in NFC without blanks around it. Raises `BadInput` for a letter that only looks like Đ."""
    try:
        return clean(text).strip()
    except LookAlike as fault:
        reason = _("“{letter}” only looks like the Vietnamese Đ; type it again.").format(letter=fault.letter)
        raise BadInput(field, reason) from None


def filled(field: str, text: str) -> str:
    """Return the stored text. Raises `BadInput` if nothing is left of it."""
    found = stored(field, text)
    if not found:
        raise BadInput(field, _("This must be filled in."))
    return found


def given_reason(text: str) -> str:
    """Return the stored reason. Raises `BadInput` if nothing is left of it."""
    found = stored("reason", text)
    if not found:
        raise BadInput("reason", _("Give the reason; the unit will read it."))
    return found
