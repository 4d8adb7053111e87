"""The task list of an office with 3,000 lines: read and judged line by line, then taken over as assignments.

The tree is that of the cascade. The reference, measured in the same run, is the bare insertion of rows of assignments.
"""

import io
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import xlsxwriter

from benchmarks._cascading import COMMUNES, PROVINCES, bare_rows, chief, tree

MOST_SECONDS = 10
LINES = 3000
HEAD = ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm", "Kết quả thực hiện")


def take_over() -> tuple[dict[str, Any], float, bool]:
    """Measure both steps; return the figures, the seconds of the reference, and whether the goal is met."""
    ministry = tree(COMMUNES)
    figures = _take_over(chief(ministry), ministry)
    met = figures["seconds"] <= MOST_SECONDS and figures["assignments"] == LINES
    return figures, bare_rows(), met


def _take_over(chief: Any, ministry: UUID) -> dict[str, Any]:
    from thammuu.directives import actions
    from thammuu.directives.incoming.taking_over import read_list
    from thammuu.directives.models import Assignment
    from thammuu.kernel import clock
    from thammuu.org import queries as org
    from thammuu.org.rules import Permission

    now = clock.now()
    receivers = {unit.id for unit in org.units_for(chief, Permission.ASSIGN)}
    content = _list(now)
    started = time.perf_counter()
    found = read_list(chief, ministry, content, clock.day_of(now), receivers, "Báo cáo")
    read = time.perf_counter()
    entries = [line.followed for line in found.chosen((), ()) if line.followed]
    actions.take_over_assignments(
        actor=chief, now=now, unit=ministry, title="Tiếp nhận", reason="đo", file="viec.xlsx", entries=entries
    )
    taken = time.perf_counter()
    return {
        "assignments": Assignment.objects.count(),
        "read_seconds": round(read - started, 2),
        "seconds": round(taken - started, 2),
    }


def _list(now: Any) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((HEAD, *_rows(now))):
            sheet.write_row(line, 0, row)
    return content.getvalue()


def _rows(now: Any) -> Iterator[tuple[object, ...]]:
    """Yield lines of which half are overdue, with a lead unit of either level and a province that supports it."""
    for number in range(LINES):
        lead = f"Xã {number}" if number % 2 else f"Tỉnh {number % PROVINCES}"
        due = now + timedelta(days=number % 200 - 100)
        yield (
            number + 1, f"Rà soát, báo cáo kết quả thực hiện nhiệm vụ {number}", lead,
            f"Tỉnh {(number + 1) % PROVINCES}", f"{due:%d/%m/%Y}", "Báo cáo", "Đang thực hiện 40%",
        )  # fmt: skip
