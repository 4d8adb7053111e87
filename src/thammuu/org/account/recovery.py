"""Recovery codes and first-use secrets: made by chance, read from paper, typed by hand. Pure.

A code has 80 bits of chance, so a plain digest keeps it: there is nothing to guess it from.
"""

import base64
import hashlib
import re
import secrets

CODES = 10
CODE_BYTES = 10
# Without 0, O, 1, I and L, which are confused on paper.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SECRET_LETTERS = 16  # 31 letters to the 16th: 79 bits


def new_codes() -> list[str]:
    """Return fresh codes, "ABCD-EFGH-IJKL-MNOP"."""
    return [_grouped(base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()) for _number in range(CODES)]


def new_first_use_secret() -> str:
    """Return a password for one use, "ABCD-EFGH-JKMN-PQRS"."""
    return _grouped("".join(secrets.choice(LETTERS) for _letter in range(SECRET_LETTERS)))


def digest(given: str) -> str:
    """Return what is kept of a code: spaces, dashes and case do not matter."""
    plain = re.sub(r"[\s-]", "", given).upper()
    return hashlib.sha256(plain.encode()).hexdigest()


def _grouped(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
