"""The commands that stay until they are stopped."""

import contextlib
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from rich.panel import Panel
from rich.table import Table

from thammuu.config.cli.options import Address, Home, Port, apply, ready_django
from thammuu.config.cli.output import console, refuse, say
from thammuu.config.installation import read_installation, write_settings
from thammuu.config.language import _
from thammuu.config.members import SERVING, serve_members, worker_members
from thammuu.config.observing import logs
from thammuu.config.observing.counters import shared_counters
from thammuu.config.serving import bind
from thammuu.config.supervisor.family import Asked, Family
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.plan import read_transport
from thammuu.config.transport.serving import usable

YIELDS = 10  # the nice value of a process that nobody waits for

DEMO_HOME = Path("~/.local/share/thammuu/demo")


def run(home: Home = None, port: Port = None, address: Address = None) -> None:
    """Run the whole product on this machine: database, pages and worker. Ctrl-C stops all of it."""
    from thammuu.config.installation import FILE
    from thammuu.config.running import Run

    apply(home, port, address)
    if not (read_installation().home / FILE).exists() and "THAMMUU_SECRET_KEY" not in os.environ:
        raise CannotStart(
            _("There are no settings in {home}; run 'thammuu init' first.").format(home=read_installation().home)
        )
    console.print(_("Starting …"))
    Run(say=say, died=_died, ready=lambda at: say(_("Thammuu is open at {url}").format(url=_url(at)))).run()
    say(_("Everything is stopped."))


def demo(home: Home = None, port: Port = None, address: Address = None) -> None:
    """Show the product: a fictional scenario in a home of its own. Ctrl-C stops all of it."""
    from thammuu.config.running import Run

    if home is None and "THAMMUU_HOME" not in os.environ:
        home = DEMO_HOME.expanduser()
    apply(home, port, address)
    installation = read_installation()
    console.print(_("Starting the demo …"))
    write_settings(installation.home, installation.port)
    Run(say=say, died=_died, ready=_show_demo, prepare=["--demo"], any_port=port is None).run()
    say(_("Everything is stopped."))


def serve(home: Home = None, port: Port = None, address: Address = None) -> None:
    """Serve the pages only; database and worker run elsewhere."""
    apply(home, port, address)
    _refuse_unsafe()
    installation = read_installation()
    transport = read_transport(installation.home)
    usable(installation.home, transport, installation.hosts)
    with contextlib.ExitStack() as stack:
        ports = [installation.port, *([transport.http_port] if transport.http_port else [])]
        listeners = [stack.enter_context(bind(installation.address, port)) for port in ports]
        stack.enter_context(shared_counters(SERVING))
        url = _url(listeners[0].getsockname()[1])
        _stay(Family(serve_members(*listeners), _died), _("Serving at {url}").format(url=url))


def serve_process(descriptors: list[int], number: int = 1) -> None:
    """One serve process on inherited sockets."""
    from thammuu.config.serving import serve_process as until_stopped

    until_stopped(*descriptors, number=number)


def worker(home: Home = None) -> None:
    """Seal the journal, follow it, do the jobs. Several may run; one leads."""
    apply(home)
    _refuse_unsafe()
    _stay(Family(worker_members(), _died), _("Working."))


def worker_process(part: str) -> None:
    """One part of the worker."""
    _refuse_unsafe()
    from thammuu.config.working import PARTS, YIELDING

    logs.name_process(part)
    if part in YIELDING:
        _give_way()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    PARTS[part](stop)


def _give_way() -> None:
    if sys.platform == "win32":
        return
    os.nice(YIELDS)
    # Where Linux groups processes by session, a nice value counts inside the group only; the group has one of its own.
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(YIELDS))


def _stay(family: Family, opening: str) -> None:
    asked = Asked()
    asked.listen()
    try:
        family.start()
        say(opening)
        while not asked.to_stop:
            family.look_after()
            asked.wait()
    finally:
        family.stop()


def _refuse_unsafe() -> None:
    ready_django()
    from thammuu.config.soundness import refuse_unsafe

    refuse_unsafe()


def _died(name: str, code: int) -> None:
    end = signal.Signals(-code).name if code < 0 else str(code)
    said = _("The process '{name}' ended ({end}); it is started again.").format(name=name, end=end)
    if sys.stderr.isatty():
        refuse(said)
    else:
        logs.write(logging.ERROR, said)


def _url(port: int) -> str:
    installation = read_installation()
    named = "localhost" if "localhost" in installation.hosts else installation.hosts[0].lstrip(".")
    host = named if installation.address in ("127.0.0.1", "0.0.0.0", "::", "::1") else installation.address  # noqa: S104 - compared, not listened on
    scheme = "http" if read_transport(installation.home).tls == "off" else "https"
    return f"{scheme}://{host}:{port}/"


def _show_demo(port: int) -> None:
    from thammuu.config.demo.roster import PASSWORD, shown

    table = Table(box=None, padding=(0, 2), header_style="dim")
    for title in ("Đăng nhập · Sign in", "Mật khẩu · Password", "Chức danh · Post"):
        table.add_column(title)
    for name, post in shown():
        table.add_row(name, PASSWORD, post)
    console.print(Panel(table, title=f"[bold]Thammuu[/bold] · {_url(port)}", subtitle="Ctrl-C", border_style="green"))
