"""The certificate of a serve process: taken up at the start, renewed and read again while it serves.

A new certificate is for new connections; those that are open, the streams among them, go on with the one they began
with.
"""

import asyncio
import logging
import ssl
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.certificates import faults_of, load, read_pair, server_context
from thammuu.config.transport.keeping import renew
from thammuu.config.transport.plan import Transport
from thammuu.kernel import clock

LOOK_SECONDS = 60.0
log = logging.getLogger(__name__)


def usable(home: Path, transport: Transport, hosts: Sequence[str]) -> None:
    """See that there is a certificate to serve with, renewing ours where it is due; raises `CannotStart`."""
    if transport.tls == "off":
        return
    now = clock.now()
    if transport.tls == "local":
        renew(home, hosts, now, only_if_due=True)
    faults = faults_of(read_pair(transport.certificate, transport.key).certificate, hosts, now)
    if faults:
        raise CannotStart(f"{transport.certificate}: {' '.join(faults)}")


class Certificate:
    """Certificate and key in use, and the context of connections that holds them."""

    def __init__(self, home: Path, transport: Transport, hosts: Sequence[str]) -> None:
        self._home, self._transport, self._hosts = home, transport, hosts
        self.context: ssl.SSLContext = server_context(transport.certificate, transport.key)
        self._seen = self._stamp()

    async def watch(self) -> None:
        """Look for what is due or changed, for as long as the process serves."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await asyncio.to_thread(self.look)

    def look(self) -> None:
        """Renew our own certificate when it is due, and take up whatever was put in its place."""
        try:
            if self._transport.tls == "local" and renew(self._home, self._hosts, clock.now(), only_if_due=True):
                log.warning("the certificate was renewed")
            stamp = self._stamp()
            if stamp != self._seen:
                load(self.context, self._transport.certificate, self._transport.key)
                self._seen = stamp
        except (CannotStart, OSError) as fault:
            log.error("the certificate stays the one in use: %s", fault)

    def _stamp(self) -> list[tuple[int, int]]:
        files = (self._transport.certificate.stat(), self._transport.key.stat())
        return [(file.st_ino, file.st_mtime_ns) for file in files]


def certificate() -> Certificate | None:
    """The certificate of the settings, None where TLS is not ours."""
    if settings.TRANSPORT.tls == "off":
        return None
    return Certificate(settings.HOME, settings.TRANSPORT, settings.ALLOWED_HOSTS)
