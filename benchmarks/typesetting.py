"""How long an official document takes from its data to the PDF: one of five pages and one of two hundred.

Each run sets another text, since Typst remembers what it has set. The reference is the limit that an officer who waits
is asked to bear.
"""

import argparse
import io
import statistics
import time
from collections.abc import Sequence
from typing import Any

from benchmarks._watch_year import told

GOAL = {"five_pages_ms": 150, "two_hundred_pages_ms": 3000}
CLAUSE = (
    "Giao Công an các tỉnh, thành phố chủ trì, phối hợp với các đơn vị có liên quan rà soát phương án số {number}, hoàn"
    " thành trước ngày 30 tháng 6 năm 2026; kịp thời báo cáo kết quả, khó khăn, vướng mắc về Văn phòng Bộ để tổng hợp."
)


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Set both documents `--rounds` times; return medians in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks typesetting")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    figures: dict[str, Any] = {}
    for name, clauses, pages in (("five_pages", 52, 5), ("two_hundred_pages", 2590, 200)):
        spans, found = [], 0
        for number in range(options.rounds):
            took, found = once(clauses, number)
            spans.append(took)
        assert abs(found - pages) <= pages / 20, f"{found} pages instead of some {pages}"
        figures[name + "_ms"] = round(statistics.median(spans), 1)
        figures[name] = found
        told(f"{name}: {figures[name + '_ms']} ms, {found} pages")
    return {
        "figures": figures,
        "reference": "the limits of the goal",
        "ratio": None,
        "goal": GOAL,
        "met": all(figures[name] <= most for name, most in GOAL.items()),
    }


def once(clauses: int, round_number: int) -> tuple[float, int]:
    """Set a document of so many clauses; return the milliseconds it took and its number of pages."""
    import pikepdf

    from thammuu.paper.typesetting.official import Block, OfficialDocument, Signature, typeset

    document = OfficialDocument(
        parent="Bộ Công an",
        issuer="Văn phòng Bộ",
        place="Hà Nội",
        abstract="Về tăng cường bảo đảm an ninh, trật tự",
        type="Chỉ thị",
        blocks=[
            Block(CLAUSE.format(number=round_number * clauses + number), f"{number}.")
            for number in range(1, clauses + 1)
        ],
        signature=Signature(["Chánh Văn phòng"]),
        recipients=["Như trên", "Lưu: VT"],
    )
    began = time.perf_counter()
    content = typeset(document)
    took = (time.perf_counter() - began) * 1000
    with pikepdf.open(io.BytesIO(content)) as file:
        return took, len(file.pages)
