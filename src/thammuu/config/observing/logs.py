"""The log: one line of JSON a record on standard error, or a readable line where that is a terminal.

Nothing personal stands in it: no sign-in name, query, body, address or token. What a record may say is decided here for
every logger, because other people's loggers do not know of it: of ours the sentence with its arguments, exceptions
among them by `faults.describe`; of others only the sentence as it stands in their source, or the place that wrote it.
"""

import json
import logging
import multiprocessing
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from thammuu.config.observing import faults
from thammuu.config.observing.current import current

OURS = ("thammuu", "uvicorn.error", "py.warnings")
"""Loggers (and those below them) whose sentences were read and hold nothing personal."""
FIELDS = ("route", "method", "status", "ms")
LONGEST = 2000
log = logging.getLogger("thammuu.process")


def event_of(record: logging.LogRecord) -> str:
    """Return what happened, in words that may be kept."""
    if any(record.name == ours or record.name.startswith(f"{ours}.") for ours in OURS):
        arguments = record.args
        if isinstance(arguments, tuple):
            arguments = tuple(faults.describe(each) if isinstance(each, BaseException) else each for each in arguments)
        try:
            said = record.msg % arguments if arguments else str(record.msg)
        except (TypeError, ValueError):
            said = str(record.msg)
        return said[:LONGEST]
    # A sentence with arguments is a template; one without may have been put together with them.
    if record.args and isinstance(record.msg, str):
        return record.msg[:LONGEST]
    return f"{record.module}.{record.funcName}:{record.lineno}"


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return the record as it is kept: time in UTC, milliseconds, the request's number and route if there is one."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": event_of(record),
        "process": record.processName,
        "pid": record.process,
    }
    request = current()
    if request is not None:
        told["request"] = request.number
        told["route"] = request.route or None
    told |= {name: value for name in FIELDS if (value := record.__dict__.get(name)) is not None}
    if record.exc_info and record.exc_info[1] is not None:
        told["faults"] = faults.told(record.exc_info[1])
    return {name: value for name, value in told.items() if value is not None}


class JsonFormatter(logging.Formatter):
    """One JSON object a record, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(fields_of(record), ensure_ascii=False, default=str)


class ReadableFormatter(logging.Formatter):
    """The same for a person at a terminal, the places of a fault below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line or lines."""
        told = fields_of(record)
        begin = f"{told['time'][11:19]}Z {told['level'].upper():8} {told['process']}"
        middle = " ".join(str(told[name]) for name in ("request", "method", "route", "status") if name in told)
        ms = f"{told['ms']} ms" if "ms" in told else ""
        lines = [" ".join(part for part in (begin, middle, told["logger"], told["event"], ms) if part)]
        for fault in told.get("faults", ()):
            lines.append(f"    {fault['type']}")
            lines += [f"      {place}" for place in fault["where"]]
        # A terminal obeys what is written to it.
        return "\n".join("".join(c if c.isprintable() else "�" for c in line) for line in lines)


class StandardError(logging.StreamHandler[Any]):
    """To standard error, where a service manager collects it, in the form that fits who reads there."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(ReadableFormatter() if sys.stderr.isatty() else JsonFormatter())

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A record that cannot be written is dropped: the library would print its arguments."""


def settings(*, requests: bool) -> dict[str, Any]:
    """Return Django's LOGGING. `requests`: a line for every answer, not only for faults and slow ones."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"standard_error": {"()": "thammuu.config.observing.logs.StandardError"}},
        "root": {"handlers": ["standard_error"], "level": "WARNING"},
        "loggers": {
            # Django itself would mail faults to nobody; refusals of pages are no faults.
            "django": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            "thammuu.request": {"level": "INFO" if requests else "WARNING"},
        },
    }


def write(level: int, sentence: str) -> None:
    """Write one record from a process that has no settings: the one that looks after the others."""
    record = logging.LogRecord("thammuu.family", level, __file__, 0, sentence, None, None)
    sys.stderr.write(f"{JsonFormatter().format(record)}\n")
    sys.stderr.flush()


def name_process(name: str) -> None:
    """Say in every record which process wrote it, and let warnings and faults that nobody caught be records too."""
    multiprocessing.current_process().name = name
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        log.critical("a fault that nobody caught ended it", exc_info=(kind, error, trace))
