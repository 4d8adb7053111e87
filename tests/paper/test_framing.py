"""What frames a document is told from its text, and nothing else is taken away."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.paper.test_typesetting import DIRECTIVE, LONG
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.reading import framed
from thammuu.paper.reading.apart import read
from thammuu.paper.reading.labels import clauses_of
from thammuu.paper.reading.lines import Line
from thammuu.paper.typesetting.official import OfficialDocument, Urgency, typeset
from thammuu.paper.wordfiles import write


def clauses(content: bytes, name: str) -> list[Clause]:
    told = read(content, {"name": name}).value["clauses"]
    return [Clause(ClauseKind(kind), text, label) for kind, label, text in told]


@pytest.mark.parametrize(("make", "name"), [(write, "a.docx"), (typeset, "a.pdf")])
def test_of_a_document_written_here_its_own_text_is_left(make: Callable[[OfficialDocument], bytes], name: str) -> None:
    document = replace(DIRECTIVE, urgency=Urgency.FLASH)
    found = framed(clauses(make(document), name))
    assert (found.type, found.abstract) == ("CHỈ THỊ", "Về tăng cường bảo đảm an ninh, trật tự")
    grounds = [clause.text for clause in found.body if clause.kind == ClauseKind.GROUND]
    assert grounds == list(DIRECTIVE.grounds)
    texts = [(clause.label, clause.text) for clause in found.body[len(grounds) :]]
    assert texts == [(block.label, block.text) for block in DIRECTIVE.blocks]
    assert any("Số: 05/CT-VP" in clause.text for clause in found.head)
    assert any("Lưu: VT, TM" in clause.text for clause in found.foot)


def told(*lines: str) -> tuple[list[str], str, list[str]]:
    found = framed(clauses_of(Line(line) for line in lines))
    return [clause.text for clause in found.body], found.type, [clause.text for clause in found.foot]


HEAD = ("BỘ CÔNG AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: /TB-BCA")


def test_a_letter_has_no_type_and_keeps_whom_it_addresses() -> None:
    lines = (*HEAD, "V/v trực ban", "Kính gửi: Công an tỉnh A", "Đề nghị đơn vị báo cáo.", "Nơi nhận:", "Như trên")
    text = ["Kính gửi: Công an tỉnh A", "Đề nghị đơn vị báo cáo."]
    assert told(*lines) == (text, "", ["Nơi nhận:", "Như trên"])
    found = framed(clauses(write(replace(DIRECTIVE, type="", abstract="trực ban")), "a.docx"))
    assert (found.type, found.abstract) == ("", "trực ban")


def test_a_type_without_an_abstract_and_an_appendix_behind_the_foot() -> None:
    body, kind, foot = told(*HEAD, "THÔNG BÁO", "Từ hôm nay các đơn vị trực ban.", "Nơi nhận:", "Phụ lục I", "1. Bảng")
    assert (body, kind, foot) == (["Từ hôm nay các đơn vị trực ban.", "Phụ lục I", "Bảng"], "THÔNG BÁO", ["Nơi nhận:"])


def test_nothing_is_taken_from_a_text_without_head_or_foot() -> None:
    lines = ("CHỈ THỊ", "Về trực ban", "1. Các đơn vị trực ban.", "2. Báo cáo trước ngày 20 tháng 6 năm 2026.")
    assert told(*lines) == (
        ["CHỈ THỊ", "Về trực ban", "Các đơn vị trực ban.", "Báo cáo trước ngày 20 tháng 6 năm 2026."], "", [],
    )  # fmt: skip
    assert told(*HEAD, "1. Một") == (["Một"], "", [])
    assert told(*HEAD)[0] == []
    assert framed([]).body == ()
    assert LONG in told("Nơi nhận: xem bên dưới", *[LONG] * 60)[0]
