"""The command that takes files of alerts in."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from thammuu.config.cli.options import AsJson, Home, apply, leave_django, ready_django
from thammuu.config.cli.output import FAULTS_FOUND, answer, console
from thammuu.config.installation import read_installation
from thammuu.config.reaching import database
from thammuu.config.supervisor.refusals import CannotStart

Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help="Files of CAP alerts.")]
SIGNS = {"taken": ("✓", "green"), "duplicate": ("=", "dim"), "partly": ("!", "yellow"), "refused": ("✗", "red")}


def cap(
    files: Files,
    home: Home = None,
    unit: Annotated[str, typer.Option(help="The code of the receiving unit.", show_default="the unit at the top")] = "",
    check_only: Annotated[bool, typer.Option("--check", help="Judge the files only; nothing is stored.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take files of alerts (CAP 1.0 to 1.2) in, or only judge them, and say what became of each alert."""
    apply(home)
    if check_only:
        ready_django()
        told = [_judged(path) for path in files]
    else:
        installation = read_installation()
        with database(installation):
            ready_django()
            told = [_taken_in(path, _unit(unit)) for path in files]
            if installation.embedded:
                leave_django()
    if as_json:
        answer(told)
    else:
        for file in told:
            _show(file)
    if any(file["verdict"] in {"refused", "partly"} for file in told):
        raise typer.Exit(FAULTS_FOUND)


def _unit(code: str) -> Any:
    from django.conf import settings

    from thammuu.interop.folder import receiving_unit

    unit = receiving_unit(code or settings.CAP_UNIT)
    if unit is None:
        raise CannotStart(f"There is no unit '{code}'." if code else "There is no unit yet; run 'thammuu init' first.")
    return unit


def _taken_in(path: Path, unit: Any) -> dict[str, Any]:
    from thammuu.interop.actions import take_in_file
    from thammuu.kernel import clock
    from thammuu.org.authority import SYSTEM

    took = take_in_file(
        actor=SYSTEM, now=clock.now(), content=path.read_bytes(), name=path.name, source="command", unit=unit
    )
    return {"file": str(path), "verdict": took.file.verdict, "again": took.again, "alerts": took.file.results}


def _judged(path: Path) -> dict[str, Any]:
    from thammuu.interop.actions.intake import judge

    verdict, results = judge(path.read_bytes())
    return {"file": str(path), "verdict": verdict, "again": False, "alerts": results}


def _show(file: dict[str, Any]) -> None:
    from thammuu.interop.cap.faults import SENTENCES

    sign, style = SIGNS[file["verdict"]]
    console.print(Text(f"{sign} ", style=f"bold {style}") + Text(file["file"], style="bold"))
    if file["again"]:
        console.print("  the same file had come before; nothing was doubled")
    for alert in file["alerts"]:
        sign, style = SIGNS[alert["verdict"]]
        name = alert["identifier"] or "the file itself"
        console.print(Text(f"  {sign} ", style=style) + Text(f"{name}  {alert['sender']}"), soft_wrap=True)
        for kind, colour in (("faults", "red"), ("warnings", "yellow")):
            for item in alert[kind]:
                sentence = SENTENCES[item["code"]].format(**item["details"])
                place = f" [{item['path']}]" if item["path"] else ""
                console.print(
                    Text(f"      {sentence}", style=colour) + Text(f"{place} line {item['line']}", style="dim"),
                    soft_wrap=True,
                )
