"""The `tls` commands: a local authority for a closed network, and how its certificate stands."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from thammuu.config.cli.options import AsJson, Home, apply
from thammuu.config.cli.output import FAULTS_FOUND, answer, console, refuse, say
from thammuu.config.installation import FILE, Installation, read_installation
from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport import keeping, standing
from thammuu.config.transport.certificates import fingerprint
from thammuu.config.transport.editing import write_transport
from thammuu.config.transport.plan import read_transport

tls = typer.Typer(name="tls", help="HTTPS by an authority of this installation's own.", no_args_is_help=True)
Hosts = Annotated[
    list[str] | None,
    typer.Option("--host", help="A name or address under which the pages are reached; may be repeated."),
]


@tls.command()
def init(
    host: Hosts = None,
    within: Annotated[
        list[str] | None,
        typer.Option(help="A domain or network in which later hosts may lie, such as 10.20.0.0/16; may be repeated."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make a new authority; every device installs it anew.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make the authority and the first certificate, and turn HTTPS on."""
    apply(home)
    installation = read_installation()
    if not (installation.home / FILE).exists():
        raise CannotStart(
            _("There are no settings in {home}; run 'thammuu init' first.").format(home=installation.home)
        )
    if keeping.root_of(installation.home) is not None and not again:
        raise CannotStart(_("There is an authority already; 'thammuu tls renew' renews its certificate."))
    hosts = list(dict.fromkeys([*(host or ()), *installation.hosts]))
    root = keeping.make_authority(installation.home, hosts, within or (), datetime.now(UTC))
    written = write_transport(installation.home, hosts)
    if as_json:
        answer({"fingerprint": fingerprint(root), "hosts": hosts, "settings_written": written})
        return
    say(_("The authority is made for {hosts}.").format(hosts=", ".join([*hosts, *(within or ())])))
    console.print(Text(_("Its fingerprint is {fingerprint}").format(fingerprint=fingerprint(root))), soft_wrap=True)
    if not written:
        refuse(_('Put hosts and tls = "local" into {file} yourself.').format(file=installation.home / FILE))
    say(_("Start Thammuu again, print the page /trust/ on this machine, and hand it out."))


@tls.command()
def renew(home: Home = None, as_json: AsJson = False) -> None:
    """Issue a new certificate now; a running Thammuu takes it up within a minute."""
    installation = _local(home)
    keeping.renew(installation.home, installation.hosts, datetime.now(UTC))
    _show(installation, as_json)


@tls.command()
def show(home: Home = None, as_json: AsJson = False) -> None:
    """Show how the certificate stands; exit code 1 when something is wrong."""
    apply(home)
    if not _show(read_installation(), as_json):
        raise typer.Exit(FAULTS_FOUND)


@tls.command()
def authority(
    out: Annotated[Path | None, typer.Option(help="Write it to this file; printed if unset.")] = None,
    home: Home = None,
) -> None:
    """Write the authority's certificate, for whoever installs it on many machines at once."""
    root = (_local(home).home / "tls" / keeping.ROOT).read_text()
    if out is None:
        print(root, end="")
    else:
        out.write_text(root)


def _local(home: Path | None) -> Installation:
    apply(home)
    installation = read_installation()
    if keeping.root_of(installation.home) is None:
        raise CannotStart(
            _("There is no local authority in {folder}; run 'thammuu tls init'.").format(folder=installation.home)
        )
    return installation


def _show(installation: Installation, as_json: bool) -> bool:
    stands = standing.standing(
        installation.home, read_transport(installation.home), installation.hosts, datetime.now(UTC)
    )
    rows: dict[str, Any] = {
        "tls": stands.tls,
        "https": stands.https,
        "hosts": list(installation.hosts),
        "certificate_until": stands.until.isoformat() if stands.until else None,
        "days": stands.days,
        "authority_until": stands.root_until.isoformat() if stands.root_until else None,
        "fingerprint": stands.root_fingerprint or None,
        "faults": list(stands.faults),
    }
    if as_json:
        answer(rows)
    else:
        for name, value in rows.items():
            if name != "faults":
                shown = ", ".join(value) if isinstance(value, list) else value
                console.print(Text(f"{name:<18} {shown}"), soft_wrap=True)  # a text: ":CD:" would become a sign
        for fault in stands.faults:
            refuse(fault)
    return not stands.faults
