"""Web push as a channel: one message to one browser, by way of the push service that its maker runs."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from thammuu.directives.urging.deliveries import Gone, Message, Undeliverable
from thammuu.directives.urging.posting import judge, post
from thammuu.directives.urging.push import vapid
from thammuu.directives.urging.push.encryption import encrypted
from thammuu.directives.urging.push.payload import payload_of
from thammuu.directives.urging.push.subscription import Subscription, is_allowed

NO_MORE = frozenset({404, 410})
DAY = 24 * 3600
HOURS = 4 * 3600


@dataclass(frozen=True, slots=True)
class Push:
    """A POST to the push service of a browser, on hosts that the settings allow. Redirects are not followed.

    An address of this channel is what the browser gave (`Subscription`), as text.
    """

    hosts: tuple[str, ...]
    contact: str
    key: Path

    def off(self) -> str:
        """Return why nothing at all can be sent to browsers, "" if it can."""
        if not self.hosts:
            return _("The settings of this installation allow no push service.")
        if not vapid.public_key(self.key):
            return _("This installation has no key for push services.")
        return ""

    def refusal_of(self, address: str) -> str:
        """Return why nothing can be sent there: push is off, it is nothing a browser gives, or not an allowed host."""
        if reason := self.off():
            return reason
        try:
            there = Subscription.parse(address)
        except ValueError:
            return _("This is not what a browser gives to receive messages.")
        if not is_allowed(there, self.hosts):
            told = _("The settings do not allow the push service of this browser ({host}).")
            return told.format(host=there.parts.hostname)
        return ""

    def carry(self, message: Message, address: str) -> None:
        """Send once; an answer of 2xx says that the push service has it. Raises `Gone` where the browser is no more.

        A timer's message is not worth showing hours later: the push service drops it then, or after a day.
        """
        if reason := self.refusal_of(address):
            raise Undeliverable(reason)
        there = Subscription.parse(address)
        body = encrypted(payload_of(message), vapid.bytes_of(there.p256dh), vapid.bytes_of(there.auth))
        origin = f"{there.parts.scheme}://{there.service}"
        headers = {
            "Authorization": vapid.authorization(self.key, origin, self.contact),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(HOURS if message.at_once else DAY),
            # 32 characters, the most there may be: while it waits, the same message replaces itself.
            "Topic": message.id.hex,
            "Urgency": "high" if message.at_once else "normal",
        }
        status = post(there.endpoint, body, headers)
        if status in NO_MORE:
            raise Gone(_("The push service does not know this browser any more."))
        judge(status)
