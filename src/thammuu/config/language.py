"""The operator's language, for what is said before Django is there: Vietnamese where the terminal is, else English."""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path


def wanted() -> str:
    """Return the operator's language, by its first two letters."""
    for name in ("THAMMUU_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name][:2]
    return "en"


def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", Path(__file__).with_name("locale"), [language], fallback=True)


_catalogues = {name: _catalogue(name) for name in ("vi", "en")}
_operators = _catalogue(wanted())
_readers: ContextVar[str] = ContextVar("readers", default="")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say what is said meanwhile in the language of whoever reads a page, not in that of the terminal."""
    token = _readers.set(language)
    try:
        yield
    finally:
        _readers.reset(token)


def _(message: str) -> str:
    """Return the message in the language of who will read it."""
    return _catalogues.get(_readers.get(), _operators).gettext(message)
