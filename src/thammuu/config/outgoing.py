"""The settings of what goes out of the house: mail to units' mailboxes, signed webhooks, and what browsers receive.

Environment: THAMMUU_MAIL_HOST, THAMMUU_MAIL_PORT, THAMMUU_MAIL_FROM, THAMMUU_MAIL_USER, THAMMUU_MAIL_PASSWORD,
THAMMUU_MAIL_SECURITY (off, starttls, tls), THAMMUU_WEBHOOK_SECRET, THAMMUU_WEBHOOK_HOSTS (comma-separated),
THAMMUU_PUSH_HOSTS (comma-separated), THAMMUU_PUSH_CONTACT, THAMMUU_PAGES; in `thammuu.toml` the same names, small and
without the prefix.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thammuu.config.installation import FILE, LAST_PORT
from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.directives.urging.carriers import Outgoing
from thammuu.directives.urging.push.vapid import KEY

SECURITY = ("off", "starttls", "tls")
SECRET = 32
CONTACTS = ("mailto:", "https://")


def read_outgoing(home: Path, environ: Mapping[str, str] = os.environ) -> Outgoing:
    """Return the settings; raises `CannotStart` for what cannot be."""
    try:
        said: dict[str, Any] = tomllib.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = {}  # a file that cannot be read is refused by `read_installation`

    def value(name: str, unset: str = "") -> str:
        return environ.get(f"THAMMUU_{name.upper()}") or str(said.get(name, unset))

    def hosts(name: str) -> tuple[str, ...]:
        named = environ.get(f"THAMMUU_{name.upper()}")
        listed = named.split(",") if named else said.get(name, ())
        return tuple(host.strip().lower() for host in listed if host.strip())

    found = Outgoing(
        mail_host=value("mail_host"),
        mail_port=_port(value("mail_port", "25")),
        mail_from=value("mail_from"),
        mail_user=value("mail_user"),
        mail_password=value("mail_password"),
        mail_security=value("mail_security", "off"),
        webhook_secret=value("webhook_secret"),
        webhook_hosts=hosts("webhook_hosts"),
        push_hosts=hosts("push_hosts"),
        push_contact=value("push_contact"),
        push_key=home / KEY,
        pages=value("pages").rstrip("/"),
    )
    if found.mail_security not in SECURITY:
        raise CannotStart(_("The setting mail_security is one of: {names}.").format(names=", ".join(SECURITY)))
    if found.mail_host and "@" not in found.mail_from:
        raise CannotStart(_("The setting mail_from must name the mailbox from which mail is sent."))
    if found.webhook_secret and len(found.webhook_secret) < SECRET:
        raise CannotStart(_("The setting webhook_secret needs {least} characters.").format(least=SECRET))
    if found.push_hosts and not found.push_contact.startswith(CONTACTS):
        raise CannotStart(_("With push_hosts the setting push_contact must be an address: mailto:… or https://…."))
    return found


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= LAST_PORT:
        return int(text)
    raise CannotStart(_("“{port}” is not a port; correct mail_port.").format(port=text))
