"""One-time codes by the clock: RFC 6238 over RFC 4226, with SHA-1, six digits and steps of 30 seconds.

Those are the values that every authenticator app knows. Pure: secrets come in as Base32 text, times as instants.
"""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT_STEPS = 1
"""How many steps before and after the present one are taken: phones' clocks are seconds off, not minutes."""
SECRET_BYTES = 20  # as long as SHA-1's output, as RFC 4226 recommends


def new_secret() -> str:
    """Return a fresh secret as Base32, 32 characters."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(at: datetime) -> int:
    """Return the number of whole steps since the epoch."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Return the code of one step, zeros kept."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, given: str, at: datetime, used: int) -> int | None:
    """Return the step whose code was given, None if there is none; steps up to `used` are spent.

    If the last one used has not come yet, the clock has been put back since, and steps are counted from here: to refuse
    all up to it would keep the officer out until the clock is there again.
    """
    code = re.sub(r"\s", "", given)
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
        return None
    present = step_of(at)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        fresh = step > used or used > present + DRIFT_STEPS
        if fresh and hmac.compare_digest(code_at(secret, step), code):
            return step
    return None


def address_for_apps(secret: str, sign_in_name: str, issuer: str) -> str:
    """Return the `otpauth:` address that apps read from a QR code."""
    label = quote(f"{issuer}:{sign_in_name}", safe=":")
    said = {"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{label}?{urlencode(said, quote_via=quote)}"
