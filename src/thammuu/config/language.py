"""The operator's language, for what is said before Django is there: Vietnamese where the terminal is, else English."""

import gettext
import os
from pathlib import Path


def wanted() -> str:
    """Return the operator's language, by its first two letters."""
    for name in ("THAMMUU_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name][:2]
    return "en"


_ = gettext.translation("django", Path(__file__).with_name("locale"), [wanted()], fallback=True).gettext
