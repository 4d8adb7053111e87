"""Passwords that whoever knows the organisation tries first: its own words, the name to sign in with, and numbers."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thammuu.kernel.text import tokens
from thammuu.org.models import Account

OWN_WORDS = (
    "thammuu", "tham muu", "cong an", "bo", "tinh", "thanh pho", "xa", "phuong", "dac khu", "truc ban", "chi huy",
    "chanh van phong", "van phong", "can bo", "quan tri", "theo doi", "mat khau", "password", "viet nam", "ha noi",
)  # fmt: skip
"""Folded; see docs/operators/security.md."""


class OwnWordsValidator:
    """Refuses a password that consists of nothing but such words, however they are spaced, accented and repeated."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise `ValidationError` for such a password."""
        known = [*OWN_WORDS, *([user.sign_in_name] if user is not None else [])]
        words = {"".join(tokens(word)) for word in known} - {""}
        said = "".join(tokens(password))
        if re.fullmatch("|".join((r"\d", *map(re.escape, words))).join(("(?:", ")+")), said):
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        return _("A password of only numbers, your name or words of the organisation is guessed first; choose others.")
