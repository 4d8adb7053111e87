"""The walk of a text: read from a file, looked at, saved, and compared with the version before, on a phone and wide."""

from tests.chromium import PHONE, NewContext, axe_faults, follow, sideways, small_targets
from tests.walk.test_first_thread import sign_in

LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/BC-VP", "BÁO CÁO",
    "Kết quả trong đêm", "1. Tình hình: nước ngập 70 cm quanh Quảng trường Ngọ Môn, mưa giảm dần.",
    "2. Ðã đưa người ra khỏi vùng ngập.", "3. Khó khăn: thiếu áo phao cho trẻ em.", "Nơi nhận:", "- Như trên;",
)  # fmt: skip

REPORT = "Kết quả đưa khán giả ra khỏi vùng ngập"


def test_from_a_file_to_a_comparison(new_context: NewContext, demo_url: str) -> None:
    page = sign_in(new_context(demo_url, size=PHONE), demo_url, "tham.muu", "/decisions/")
    page.goto(f"{demo_url}/documents/?state=draft")
    draft = f"{demo_url}{page.locator('#main .rows a.row-title', has_text=REPORT).get_attribute('href')}"

    def send(button: str = "#main form button.primary") -> None:
        follow(page.locator(button))
        assert (axe_faults(page), sideways(page), small_targets(page, 44)) == ([], [], [])

    # The frame of the text is left out already, a clause that cannot be saved says why and is left out by hand.
    page.goto(f"{draft}file/")
    file = {"name": "báo cáo.txt", "mimeType": "text/plain", "buffer": "\n".join(LINES).encode()}
    page.set_input_files("input[type=file]", [file])
    send()
    assert page.locator("[name=leave]:checked").count() == len(LINES) - 3
    page.check("[name=place][value=replace]")
    send()
    assert page.locator(".error-summary").is_visible()
    page.check("[name=leave][value='6']")
    send()
    assert page.locator("#text article").count() == 2

    page.goto(f"{draft}comparison/")
    assert (axe_faults(page), sideways(page), small_targets(page, 44)) == ([], [], [])
    assert page.locator("#clauses del", has_text="60").count() == 1
    assert page.locator("#clauses ins", has_text="70").count() == 1
