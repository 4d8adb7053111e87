"""Servers whose settings tests change."""

import subprocess
from pathlib import Path

import psycopg

from thammuu.config.supervisor.account import server_account
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.places import find_places


def address_of(server: EmbeddedPostgres) -> str:
    """The address of the server as the application's role."""
    credentials = read_credentials(server.home)
    assert credentials is not None
    return credentials.application_url


def set_durability(server: EmbeddedPostgres, value: str) -> None:
    """Let the server keep, or lose, what it confirmed."""
    credentials = read_credentials(server.home)
    assert credentials is not None
    with psycopg.connect(credentials.superuser_url(), autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET fsync = {value}")
        connection.execute(f"ALTER SYSTEM SET full_page_writes = {value}")


def checksums(made: Path, act: str) -> None:
    """Enable or disable the checksums of a stopped server."""
    account = server_account()
    places = find_places(made, account)
    command = [str(places.bin / "pg_checksums"), act, "-D", str(places.data)]
    subprocess.run(command, cwd="/", check=True, capture_output=True, **account.run_as)
