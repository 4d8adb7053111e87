"""The task list that an office has today: looked at, confirmed, and found with its lead unit."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import PHONE, WIDE, NewContext, axe_faults, follow, sideways
from tests.directives.incoming.lists import TASKS, excel
from tests.walk.test_first_thread import sign_in

IMPORT = "/documents/incoming/import/"


@pytest.mark.parametrize(("language", "size"), [("vi", WIDE), ("en", PHONE)])
def test_a_task_list_is_looked_at_confirmed_and_acknowledged(
    new_context: NewContext, demo_url: str, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    before, task = f"{date.today() - timedelta(days=40):%d/%m/%Y}", f"Rà soát sổ cũ ({language})"
    rows = [
        [1, task, "Công an thành phố Hà Nội", "Huế", before, "Báo cáo", "Quá hạn, chưa xong"],
        [2, f"Tổng kết ({language})", "Huế", "", before, "", "Hoàn thành đúng hạn"],
        [3, "Việc lạ", "Phòng 99", "", before, "", ""],
    ]
    file = tmp_path / f"viec-{language}.xlsx"
    file.write_bytes(excel([["BẢNG GIAO VIỆC"], TASKS, *rows]))
    staff = sign_in(new_context(demo_url, size=size, language=language), demo_url, "tham.muu", IMPORT)
    look_at(staff, file)
    expect(staff.locator("[name=leave]")).to_have_count(2)
    follow(staff.locator("#main form .form-actions button.primary"))
    follow(staff.get_by_role("link", name=task))
    expect(staff.locator("#taken-over")).to_contain_text(file.name)
    assert axe_faults(staff) == [] and sideways(staff) == []
    unit = sign_in(new_context(demo_url, size=size, language=language), demo_url, "hanoi", "/assignments/")
    unit.goto(staff.url)
    follow(unit.locator("#acknowledge button"))
    expect(unit.locator("#acknowledge")).to_have_count(0)
    staff.goto(f"{demo_url}{IMPORT}")
    look_at(staff, file)
    expect(staff.locator("[name=again]")).to_have_count(2)
    expect(staff.locator("[name=leave]")).to_have_count(0)


def look_at(page: Page, file: Path) -> None:
    page.set_input_files("[name=file]", file)
    follow(page.locator("#main form button.primary"))
    expect(page.locator("#main tbody tr").nth(2)).to_contain_text("“Phòng 99”")
    assert axe_faults(page) == [] and sideways(page) == []
