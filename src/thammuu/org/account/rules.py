"""How long proofs hold and when an account or an address is locked. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

SESSION = timedelta(hours=13)
"""A watch of twelve hours and the handover; absolute, whatever is done meanwhile."""
PROOF = timedelta(minutes=30)
"""How old the last proof of who acts may be when an approval is given."""
IDLE = timedelta(minutes=15)
"""After so long without a key or a touch, an open page is covered until its officer is proved again."""
UNFINISHED = timedelta(minutes=10)
"""How long a sign-in may stand between the password and the second factor."""
FIRST_USE = timedelta(days=14)
"""How long a first-use secret can be used."""

LETTERS = 100
"""So many accounts are opened at once at most: each costs Argon2 some 50 ms, and a page should not take longer."""
RESETS_SHOWN = timedelta(days=30)
"""So long the administrators of a unit are told that an account was reset."""

WINDOW = timedelta(minutes=15)
FAILURES = 10
"""So many failures for one name within the window lock it."""
SPRAY_NAMES = 20
"""So many different names that fail from one address within the window are a spray."""
BLOCK = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)

TOKEN_TERM = timedelta(days=90)
"""For how long a token is made if nothing else is said."""
TOKEN_LONGEST = timedelta(days=366)
"""No token holds longer: once a year somebody looks whether the other system is still there."""
TOKENS = 20
"""So many tokens an account has at once at most."""


class Kind(StrEnum):
    """The kinds of second factor."""

    APP = "app"
    PASSKEY = "passkey"
    CODES = "codes"


def locked_until(failures: Sequence[datetime]) -> datetime | None:
    """Return until when so many failures lock a name, None if they do not; in the order of time."""
    return failures[-FAILURES] + WINDOW if len(failures) >= FAILURES else None


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return "browser, system" in short, "" if neither is known."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
