"""Options that several commands share, and how they reach the settings: as environment, for children too."""

import os
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option(help="The folder of settings and database [THAMMUU_HOME; ./var].", show_default=False),
]
Port = Annotated[int | None, typer.Option(help="The port to serve on.", show_default="8000", min=0, max=65535)]
Address = Annotated[str | None, typer.Option(help="The address to serve on.", show_default="127.0.0.1")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]


def apply(home: Path | None = None, port: int | None = None, address: str | None = None) -> None:
    """Let the options overrule the environment and the settings file."""
    if home is not None:
        os.environ["THAMMUU_HOME"] = str(home.resolve())
    if port is not None:
        os.environ["THAMMUU_PORT"] = str(port)
    if address is not None:
        os.environ["THAMMUU_ADDRESS"] = address


def ready_django() -> None:
    """Make Django usable in this process, with the database of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")
    import django

    django.setup()


def leave_django() -> None:
    """Let this process's connections go, before its database is stopped."""
    from django.db import connections

    from thammuu.journal import waking

    waking.close()
    connections.close_all()
