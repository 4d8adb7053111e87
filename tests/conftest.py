"""A database for the run: that of DATABASE_URL, or a throw-away server of our own on a bare machine."""

import importlib
import os
from contextlib import ExitStack

import django
import pytest

from thammuu.config.supervisor.throw_away import throw_away_database

_run = ExitStack()
LONG = frozenset({"promises", "walk", "live", "config"})


def _name_database() -> None:
    """Name the database before Django reads its settings; here, because conftests of folders import models."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _run.enter_context(throw_away_database())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")
    from django.conf import settings

    settings.DATABASES  # noqa: B018 - read here, so that pytest-django finds them configured
    django.setup()


_name_database()


def pytest_configure(config: pytest.Config) -> None:
    """Register the common fixtures, which import models."""
    for name in ("tests.ground", "tests.chromium"):
        config.pluginmanager.register(importlib.import_module(name))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes, so that what runs beside each other also ends together."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


def pytest_unconfigure(config: pytest.Config) -> None:
    _run.close()
