"""The operator's language, for what is said before Django is there: Vietnamese where the terminal is, else English."""

import gettext
import os
from pathlib import Path


def _wanted() -> str:
    for name in ("THAMMUU_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name][:2]
    return "en"


_ = gettext.translation("django", Path(__file__).with_name("locale"), [_wanted()], fallback=True).gettext
