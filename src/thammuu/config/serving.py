"""One port, several serve processes on one listening socket."""

import asyncio
import errno
import gc
import socket
import sys
import time
from importlib import import_module
from typing import cast

import uvicorn

from thammuu.config.front.accepting import Acceptor
from thammuu.config.front.protocol import Protocol
from thammuu.config.language import _
from thammuu.config.observing.requests import Observed
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.serving import Certificate, certificate

BACKLOG = 2048
TCP_USER_TIMEOUT = getattr(socket, "TCP_USER_TIMEOUT", 18)
TAKES_NOTHING = 90_000  # milliseconds
SWITCH_SECONDS = 0.001  # how long a page's thread may keep the event loop waiting
GRACE = 3  # seconds for open streams at a stop; a browser takes its stream up again by itself


def bind(address: str, port: int, *, patience: float = 0.0) -> socket.socket:
    """The listening socket. `patience`: how long the processes of a killed run may take to let it go."""
    until = time.monotonic() + patience
    while True:
        try:
            listener = socket.create_server((address, port), family=_family(address), backlog=BACKLOG, reuse_port=False)
            # Inherited by every connection: one that takes nothing for so long is ended by the system.
            listener.setsockopt(socket.IPPROTO_TCP, TCP_USER_TIMEOUT, TAKES_NOTHING)
            return listener
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                time.sleep(0.1)
                continue
            raise CannotStart(_sentence(address, port, error)) from error


def bind_nearby(address: str, port: int, *, patience: float = 0.0, tries: int = 20) -> socket.socket:
    """The listening socket at `port`, or at one of the next that is free."""
    for candidate in range(port, port + tries):
        try:
            return bind(address, candidate, patience=patience)
        except CannotStart as refused:
            cause = refused.__cause__
            if not isinstance(cause, OSError) or cause.errno != errno.EADDRINUSE:
                raise
    raise CannotStart(
        _("The ports {first} to {last} are all in use; name another with --port.").format(
            first=port, last=port + tries - 1
        )
    )


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _sentence(address: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("Port {port} is in use by another program; stop that one, or name another port with --port.").format(
            port=port
        )
    if error.errno == errno.EACCES:
        return _("Port {port} needs rights this account does not have; name one above 1023 with --port.").format(
            port=port
        )
    return _("The address {address} cannot be used ({reason}); name another with --address.").format(
        address=f"{address}:{port}", reason=error.strerror
    )


def serve_process(*descriptors: int, number: int) -> None:
    """Serve on inherited listening sockets until SIGTERM, as the how manieth of its processes."""
    from thammuu.config.asgi import application
    from thammuu.config.observing import logs

    logs.name_process(f"serve {number}")

    sys.setswitchinterval(SWITCH_SECONDS)
    front = application(number)
    settle()
    config = uvicorn.Config(
        front,
        loop="uvloop",
        http=Protocol,
        ws="none",
        log_config=None,  # the settings say where faults go
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the guard says whom to believe
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=65,
        backlog=BACKLOG,
    )
    Serving(config, front, certificate()).run(sockets=[socket.socket(fileno=one) for one in descriptors])


def settle() -> None:
    """Import every page now, and keep what stands then out of the collector's way.

    To look through all that was imported stops every request of a process for a tenth of a second and more.
    """
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


class Serving(uvicorn.Server):
    """Shares the port's connections with the other processes; ends the open streams first when it stops.

    Streams would hold the stop up for the whole grace.
    """

    def __init__(self, config: uvicorn.Config, front: Observed, certificate: Certificate | None = None) -> None:
        super().__init__(config)
        self._front = front
        self._certificate = certificate
        self._watching: asyncio.Task[None] | None = None
        self._acceptors: list[Acceptor] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then accept on the listening sockets."""
        await super().startup(sockets=[])  # none for the loop's own server, which shares badly
        context = self._certificate.context if self._certificate else None
        self._acceptors = [
            Acceptor(listener, self._protocol, self.server_state.connections, context) for listener in sockets or ()
        ]
        if self._certificate is not None:
            self._watching = asyncio.create_task(self._certificate.watch())
        for acceptor in self._acceptors:
            acceptor.open()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        for acceptor in self._acceptors:
            acceptor.close()
        if self._watching is not None:
            self._watching.cancel()
        self._front.close_streams()
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.BaseProtocol:
        made = self.config.http_protocol_class(  # type: ignore[call-arg]  # uvicorn types it as any protocol of asyncio
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return cast(asyncio.BaseProtocol, made)
