"""Why a file is not taken, and what to send instead: what the sender reads."""

from django.utils.translation import gettext_lazy as _

from thammuu.paper.rules import Unfit

REASONS = {
    Unfit.EMPTY: _("“{name}” is an empty file."),
    Unfit.SCRIPTABLE: _("“{name}” can carry a script (SVG, HTML, XML) and is not taken. Send a photo or a PDF."),
    Unfit.MACROS: _("“{name}” carries macros and is not taken. Save it without macros, or as PDF."),
    Unfit.ACTIVE: _("“{name}” runs or starts something when it is opened and is not taken. Print it to a new PDF."),
    Unfit.REMOTE: _("“{name}” loads parts from elsewhere and is not taken. Break its links, or save it as PDF."),
    Unfit.EMBEDDED: _("“{name}” carries other files inside and is not taken. Send each of them by itself."),
    Unfit.LOCKED: _("“{name}” is locked with a password, so it cannot be checked. Save it without one."),
    Unfit.MIXED: _("“{name}” is two kinds of file in one and is not taken. Export it again."),
    Unfit.HEIC: _("“{name}” is a HEIC photo, which not every device can show. Send it as JPEG."),
    Unfit.DAMAGED: _("“{name}” is damaged: it begins like a photo or document but cannot be read. Export it again."),
    Unfit.PIXELS: _("“{name}” has more than {limit} million pixels, the most that is taken. Send it smaller."),
    Unfit.TOO_MUCH: _("“{name}” takes more time or memory to read than a file may. Send it smaller or as PDF."),
    Unfit.UNKNOWN: _("“{name}” is of a type that is not taken. Send a photo, a PDF, a text or an office file."),
}


def reason_of(why: Unfit) -> str:
    """Return the sentence, with the places `name` and, of pixels, `limit`."""
    return str(REASONS[why])
