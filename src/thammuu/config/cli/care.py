"""The commands that do one thing and end."""

import os
import secrets
import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from thammuu import __version__
from thammuu.config.cli.options import AsJson, Home, Port, apply, leave_django, ready_django
from thammuu.config.cli.output import FAULTS_FOUND, answer, console, say
from thammuu.config.installation import read_installation, write_settings
from thammuu.config.language import _
from thammuu.config.reaching import database
from thammuu.config.supervisor.refusals import CannotStart


def init(
    home: Home = None,
    port: Port = None,
    administrator: Annotated[str, typer.Option(help="The first administrator's sign-in name.")] = "admin",
    unit: Annotated[str, typer.Option(help="The name of the unit at the top.")] = "Trung tâm chỉ huy",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input; made up if unset.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the settings, the database and the first administrator."""

    apply(home, port)
    installation = read_installation()
    password = sys.stdin.readline().strip() if password_stdin else secrets.token_urlsafe(12)
    if len(password) < 8:
        raise CannotStart(_("The administrator's password is too short; give one of 8 characters or more."))
    made = write_settings(installation.home, installation.port)
    with database(read_installation()) as reached:
        os.environ["DATABASE_URL"] = reached.owner_url
        ready_django()
        created = _first_administrator(administrator, password, unit)
        leave_django()
    shown = None if password_stdin or not created else password
    if as_json:
        answer({"home": str(installation.home), "settings_made": made, "administrator_made": created,
                "administrator": administrator, "password": shown})  # fmt: skip
        return
    say(_("The settings are in {file}.").format(file=installation.home / "thammuu.toml"))
    if created:
        say(_("The first administrator is '{name}'.").format(name=administrator))
        if shown:
            say(_("The password is {password}").format(password=shown))
    else:
        say(_("There are accounts already; none was made."))
    say(_("Start with 'thammuu run'."))


def _first_administrator(name: str, password: str, unit: str) -> bool:
    from thammuu.config.first import create_first_administrator
    from thammuu.config.preparing import migrate as bring_up
    from thammuu.org.models import Account

    bring_up()
    if Account.objects.exists():
        return False
    create_first_administrator(name, password, unit)
    return True


def migrate(home: Home = None, as_json: AsJson = False) -> None:
    """Bring the database up to this release."""
    from thammuu.config.preparing import migrate as bring_up

    apply(home)
    with database(read_installation()) as reached:
        os.environ["DATABASE_URL"] = reached.owner_url
        ready_django()
        applied = bring_up()
        leave_django()
    if as_json:
        answer({"applied": applied})
    else:
        say(_("The database is up to date."))


def prepare(demo: bool = False) -> None:
    """Migrate, collect the static files, load the demo; run by the supervisor."""
    from thammuu.config import preparing

    os.environ["DATABASE_URL"] = read_installation().owner_url
    ready_django()
    from thammuu.config.soundness import refuse_unsafe

    refuse_unsafe()
    preparing.migrate()
    preparing.collect_static()
    if demo:
        from thammuu.config.demo import load

        load()


def check(home: Home = None, as_json: AsJson = False) -> None:
    """Check that this installation is sound; exit code 1 when it is not."""
    apply(home)
    with database(read_installation()):
        ready_django()
        from thammuu.config.soundness import inspect

        findings = inspect()
        leave_django()
    sound = all(finding.ok or finding.advised for finding in findings)
    if as_json:
        rows = [
            {"name": f.name, "ok": f.ok, "advised": f.advised, "says": f.says, "remedy": None if f.ok else f.remedy}
            for f in findings
        ]
        answer({"sound": sound, "findings": rows})
    else:
        table = Table(box=None, show_header=False, padding=(0, 1))
        for found in findings:
            fault = Text("!", style="yellow") if found.advised else Text("✗", style="bold red")
            mark = Text("✓", style="green") if found.ok else fault
            table.add_row(mark, found.says if found.ok else f"{found.says} {found.remedy}")
        console.print(table)
    if not sound:
        raise typer.Exit(FAULTS_FOUND)


def version(as_json: AsJson = False) -> None:
    """Say which release this is."""
    python = ".".join(map(str, sys.version_info[:3]))
    if as_json:
        answer({"thammuu": __version__, "python": python})
    else:
        console.print(f"Thammuu {__version__} (Python {python})")
