"""Units from a CSV file: every row is checked before any is saved; all are created or none."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.kernel.text import LookAlike, clean
from thammuu.org import actions
from thammuu.org.models import Unit

COLUMNS = ("code", "level", "name", "parent_code")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit to create; `line` is its line in the file, from 1."""

    line: int
    code: str
    level: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the file."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file as read: its lines in an order in which each superior comes first, and its faults."""

    lines: tuple[UnitLine, ...]
    faults: tuple[Fault, ...]


def read_unit_file(content: bytes, known: Collection[str]) -> UnitFile:
    """Read UTF-8 CSV with the header code,level,name,parent_code; `known` are the codes that exist already."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return UnitFile((), (Fault(line, _("The file is not UTF-8 text.")),))
    rows = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        reason = _("The header lacks the columns: {columns}.").format(columns=", ".join(missing))
        return UnitFile((), (Fault(1, reason),))
    lines: list[UnitLine] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for row in rows:
        found = _line(rows.line_num, row, seen, known)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            seen.add(found.code)
            lines.append(found)
    ordered, loose = _in_order(lines, known)
    faults.extend(Fault(line.line, _no_superior(line)) for line in loose)
    return UnitFile(tuple(ordered), tuple(sorted(faults, key=lambda fault: fault.line)))


def _line(number: int, row: dict[str, str | None], seen: Collection[str], known: Collection[str]) -> UnitLine | Fault:
    values = {column: (row[column] or "").strip() for column in COLUMNS}
    try:
        values["name"] = clean(values["name"])
    except LookAlike as error:
        return Fault(number, _("The name has a look-alike letter: {fault}.").format(fault=error))
    for column in ("code", "level", "name"):
        if not values[column]:
            return Fault(number, _("The column {column} is empty.").format(column=column))
    if values["code"] in known:
        return Fault(number, _("The code {code} is in use already.").format(code=values["code"]))
    if values["code"] in seen:
        return Fault(number, _("The code {code} stands twice in the file.").format(code=values["code"]))
    return UnitLine(number, **values)


def _in_order(lines: list[UnitLine], known: Collection[str]) -> tuple[list[UnitLine], list[UnitLine]]:
    placed: list[UnitLine] = []
    codes = {"", *known}
    waiting = lines
    while waiting:
        ready = [line for line in waiting if line.parent_code in codes]
        if not ready:
            return placed, waiting
        placed.extend(ready)
        codes.update(line.code for line in ready)
        waiting = [line for line in waiting if line.code not in codes]
    return placed, []


def _no_superior(line: UnitLine) -> str:
    return _("The superior unit {code} neither exists nor stands in the file, or the lines form a circle.").format(
        code=line.parent_code
    )


def import_units(*, actor: Actor, now: datetime, content: bytes, starts_on: date) -> list[UUID]:
    """Create every unit of the file. Raises `BadInput` naming the first faults; then nothing is created."""
    with transaction.atomic():
        existing = dict(Unit.objects.values_list("code", "id"))
        file = read_unit_file(content, existing.keys())
        if file.faults:
            told = "; ".join(
                _("line {line}: {reason}").format(line=fault.line, reason=fault.reason) for fault in file.faults[:10]
            )
            raise BadInput("file", _("Nothing was imported. {faults}").format(faults=told))
        created: list[UUID] = []
        for line in file.lines:
            existing[line.code] = actions.create_unit(
                actor=actor,
                now=now,
                code=line.code,
                level=line.level,
                name=line.name,
                parent=existing.get(line.parent_code) if line.parent_code else None,
                starts_on=starts_on,
            )
            created.append(existing[line.code])
        return created
