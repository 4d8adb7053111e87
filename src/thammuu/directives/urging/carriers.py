"""The channels of this release: a unit's mailbox by SMTP, a signed webhook, and the browsers of its officers."""

import hashlib
import hmac
import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.directives.urging.deliveries import Carriers, Message, Undeliverable, Unreached
from thammuu.directives.urging.posting import TIMEOUT, is_own, judge, post, said
from thammuu.directives.urging.push.carrier import Push
from thammuu.kernel.clock import format_instant

LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The settings of what goes out. Without `mail_host` no mail is sent, without `webhook_secret` no webhook, without
    `push_hosts` nothing to browsers.

    `mail_security` is "off", "starttls" or "tls"; `webhook_hosts` are host names, with a port if it is not 443, and
    `push_hosts` the same, or a name after a full stop for all that lie within it; `push_contact` is where the owners of
    push services find whoever sends, `push_key` the file of the key that signs for them; `pages` is the address under
    which readers reach the pages, "" if messages shall not lead there.
    """

    mail_host: str = ""
    mail_port: int = 25
    mail_from: str = ""
    mail_user: str = ""
    mail_password: str = ""
    mail_security: str = "off"
    webhook_secret: str = ""
    webhook_hosts: tuple[str, ...] = ()
    push_hosts: tuple[str, ...] = ()
    push_contact: str = ""
    push_key: Path = Path("push.key")
    pages: str = ""


def carriers_of(outgoing: Outgoing) -> Carriers:
    """Return the channels by name."""
    return {"mail": Mail(outgoing), "webhook": Webhook(outgoing), "push": push_of(outgoing)}


def push_of(outgoing: Outgoing) -> Push:
    """Return the channel to browsers."""
    return Push(outgoing.push_hosts, outgoing.push_contact, outgoing.push_key)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message in plain text to the mailbox of a unit."""

    outgoing: Outgoing

    def refusal_of(self, address: str) -> str:
        """Return why nothing can be sent there: no server is set, or it is no address."""
        if not self.outgoing.mail_host:
            return _("No mail server is set up.")
        try:
            validate_email(address)
        except ValidationError:
            return _("This is not an e-mail address.")
        return ""

    def carry(self, message: Message, address: str) -> None:
        """Send by SMTP; the message's id is the same at each attempt."""
        out = self.outgoing
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=out.mail_host,
            port=out.mail_port,
            username=out.mail_user,
            password=out.mail_password,
            use_tls=out.mail_security == "starttls",
            use_ssl=out.mail_security == "tls",
            timeout=TIMEOUT,
        )
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreached(said(error)) from error
        try:
            self._written(message, address, connection).send()
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(max(code for code, _text in error.recipients.values()), error) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error) from error
        finally:
            connection.close()

    def _written(self, message: Message, address: str, connection: BaseEmailBackend) -> EmailMessage:
        host = self.outgoing.mail_from.rpartition("@")[2]
        headers = {"Message-ID": f"<{message.id}@{host}>", "Auto-Submitted": "auto-generated"}
        with translation.override(LANGUAGE):
            subject = _("Urging: {count} assignments ({unit})").format(
                count=len(message.lines), unit=" ".join(message.unit.split())
            )
            text = "\n".join(_lines(message, self.outgoing.pages))
        return EmailMessage(subject, text, self.outgoing.mail_from, [address], connection=connection, headers=headers)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A POST of JSON to a host that the settings allow, signed with the installation's secret.

    `Thammuu-Signature: t=…,v1=…` is HMAC-SHA256 over "t.body", in hex. Redirects are not followed.
    """

    outgoing: Outgoing

    def refusal_of(self, address: str) -> str:
        """Return why nothing can be sent there: no secret is set, no https, or a host that is not allowed."""
        if not self.outgoing.webhook_secret:
            return _("No secret for webhooks is set up.")
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_own(parts.hostname or "")):
            return _("A webhook starts with https://.")
        if parts.username is not None or parts.netloc.lower() not in self.outgoing.webhook_hosts:
            return _("The settings do not allow webhooks to this host.")
        return ""

    def carry(self, message: Message, address: str) -> None:
        """Send once; an answer of 2xx is a receipt."""
        if reason := self.refusal_of(address):
            raise Undeliverable(reason)
        body = orjson.dumps(_plain(message, self.outgoing.pages))
        at = str(int(time.time()))
        mac = hmac.new(self.outgoing.webhook_secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Thammuu-Message": str(message.id),
            "Thammuu-Signature": f"t={at},v1={mac}",
        }
        judge(post(address, body, headers))


UNCERTAIN = (OSError, HTTPException, smtplib.SMTPException)
"""What may go wrong once a message is under way: nobody knows whether it arrived."""


def _refused(code: int, error: Exception) -> Exception:
    return Undeliverable(said(error)) if code >= 500 else Unreached(said(error))


def _lines(message: Message, pages: str) -> Sequence[str]:
    found = [_("{unit} is urged for:").format(unit=message.unit), ""]
    for line in message.lines:
        title = line.title or _("an assignment that only its own page shows")
        found.append(f"- {title}")
        found.append(
            f"  {line.why}; " + _("deadline {instant}").format(instant=format_instant(line.deadline, LANGUAGE))
        )
        if pages:
            found.append(f"  {pages}/assignments/{line.assignment}/")
    return [*found, "", _("This message was sent by Thammuu; answer on the page of the assignment.")]


def _plain(message: Message, pages: str) -> dict[str, object]:
    return {
        "id": message.id,
        "kind": "urging",
        "unit": message.unit_code,
        "made_at": message.made_at,
        "urgings": [
            {
                "assignment": line.assignment,
                "title": line.title or None,
                "why": line.why,
                "deadline": line.deadline,
                "page": f"{pages}/assignments/{line.assignment}/" if pages else None,
            }
            for line in message.lines
        ],
    }
