"""Whole directives of our own wording: what charges somebody is read, and nothing of what stands around it."""

from datetime import date

import pytest

from thammuu.directives.extraction import Proposal, propose, readable, unread_in

DISPATCH = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG LÂM
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/CĐ-UBND
Quảng Lâm, ngày 06 tháng 7 năm 2026

CÔNG ĐIỆN
Về việc tập trung ứng phó với mưa lũ sau bão số 2

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUẢNG LÂM ĐIỆN:
- Giám đốc các sở, Thủ trưởng các ban, ngành cấp tỉnh;
- Chủ tịch Ủy ban nhân dân các xã, phường;
- Công ty Điện lực Quảng Lâm.

Theo bản tin của Đài Khí tượng Thủy văn tỉnh, từ đêm ngày 06/7 đến ngày 09/7/2026 trên địa bàn tỉnh có mưa rất to, tổng
lượng mưa phổ biến 200 - 350 mm. Đến 15 giờ ngày 06/7/2026, mưa lũ đã làm hư hỏng 46 nhà, 03 tuyến đường bị chia cắt.
Thực hiện Công điện số 88/CĐ-TTg ngày 05/7/2026 của Thủ tướng Chính phủ, để chủ động ứng phó, Chủ tịch Ủy ban nhân dân
tỉnh yêu cầu:

1. Chủ tịch Ủy ban nhân dân các xã, phường
a) Hủy các cuộc họp chưa cần thiết; tổ chức sơ tán dân ra khỏi khu vực nguy cơ sạt lở, xong trước 18 giờ ngày
07/7/2026.
b) Chuẩn bị lương thực, nước uống tại các điểm sơ tán.
2. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Công Thương, các chủ hồ chứa vận hành hồ theo quy trình; báo
cáo mực nước hồ về Ban Chỉ huy Phòng thủ dân sự tỉnh trước 16 giờ hằng ngày.
3. Giao Công an tỉnh:
- Phân luồng giao thông, cắm biển cảnh báo tại các ngầm tràn trước 12 giờ ngày 07/7/2026;
- Phối hợp với Bộ Chỉ huy Quân sự tỉnh cứu hộ, cứu nạn khi có yêu cầu.
4. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh vận động ủng hộ người dân bị thiệt hại.
5. Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc việc thực hiện Công điện này./.

Nơi nhận:
- Như trên;
- Thủ tướng Chính phủ (để báo cáo);
- Bộ Nông nghiệp và Môi trường;
- Thường trực Tỉnh ủy, Hội đồng nhân dân tỉnh;
- Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân tỉnh;
- Báo và phát thanh, truyền hình tỉnh (để đưa tin);
- Lưu: VT, NN.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
"""

PLAN = """BỘ CÔNG AN
CÔNG AN TỈNH QUẢNG LÂM
Số: 215/KH-CAT-PC06
V/v báo cáo kết quả làm sạch dữ liệu dân cư
Quảng Lâm, ngày 06 tháng 7 năm 2026

KẾ HOẠCH
Làm sạch dữ liệu dân cư năm 2026

Căn cứ Luật Căn cước ngày 27 tháng 11 năm 2023;
Căn cứ Nghị định số 70/2024/NĐ-CP ngày 25 tháng 6 năm 2024 của Chính phủ;
Xét đề nghị của Trưởng phòng Cảnh sát quản lý hành chính về trật tự xã hội tại Tờ trình số 41/TTr-PC06 ngày 01/7/2026,
Giám đốc Công an tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao chất lượng dữ liệu, phục vụ cải cách hành chính.
2. Yêu cầu
- Bám sát tình hình thực tế, bảo đảm an toàn, bảo mật thông tin.

II. NHIỆM VỤ CỤ THỂ
1. Rà soát hồ sơ cư trú
- Đơn vị chủ trì: Công an cấp xã
- Đơn vị phối hợp: Phòng Cảnh sát quản lý hành chính về trật tự xã hội; Ủy ban nhân dân các xã, phường
- Thời gian hoàn thành: trước ngày 31/8/2026
- Sản phẩm: Danh sách nhân khẩu sai lệch
2. Đối chiếu dữ liệu hộ tịch: Phòng Cảnh sát quản lý hành chính về trật tự xã hội phối hợp Sở Tư pháp thực hiện trong
quý III/2026.

III. TỔ CHỨC THỰC HIỆN
1. Phòng Tham mưu
a) Theo dõi, đôn đốc; hằng tháng tổng hợp kết quả, báo cáo Giám đốc Công an tỉnh.
b) Tham mưu sơ kết trước ngày 15/12/2026.
2. Phòng Hậu cần bảo đảm kinh phí, phương tiện.
3. Chế độ báo cáo: báo cáo tuần trước 15 giờ thứ Năm, báo cáo tháng trước ngày 18.
Trên đây là Kế hoạch làm sạch dữ liệu dân cư năm 2026, yêu cầu các đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Bộ Công an (C06) để báo cáo;
- Các phòng, Công an các xã, phường để thực hiện;
- Lưu: VT, PC06.
GIÁM ĐỐC
"""

SIGNED = date(2026, 7, 6)


def _told(one: Proposal) -> tuple[list[str], list[str], str, str]:
    return (
        [words.text for words in one.leads],
        [words.text for words in one.supporting],
        one.deadline.value() if one.deadline else "",
        one.product.text if one.product else "",
    )


def _read(text: str) -> list[tuple[list[str], list[str], str, str]]:
    return [_told(one) for one in propose(readable(text), SIGNED) if one.says_something()]


XA = "Chủ tịch Ủy ban nhân dân các xã, phường"
PC06 = "Phòng Cảnh sát quản lý hành chính về trật tự xã hội"


def test_a_dispatch_gives_its_tasks_and_nothing_else() -> None:
    assert _read(DISPATCH) == [
        ([XA], [], "2026-07-07T18:00", ""),
        ([XA], [], "", ""),
        (["Sở Nông nghiệp và Môi trường"], ["Sở Công Thương", "các chủ hồ chứa"], "day", "báo cáo mực nước hồ"),
        (["Công an tỉnh"], [], "2026-07-07T12:00", ""),
        (["Công an tỉnh"], ["Bộ Chỉ huy Quân sự tỉnh"], "", ""),
        (["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"], [], "", ""),
        (["Văn phòng Ủy ban nhân dân tỉnh"], [], "", ""),
    ]


def test_a_plan_with_lines_of_a_form_gives_its_tasks_and_nothing_else() -> None:
    assert _read(PLAN) == [
        (["Công an cấp xã"], [PC06, "Ủy ban nhân dân các xã, phường"], "2026-08-31", "Danh sách nhân khẩu sai lệch"),
        ([PC06], ["Sở Tư pháp"], "2026-09-30", ""),
        (["Phòng Tham mưu"], [], "month", "báo cáo"),
        (["Phòng Tham mưu"], [], "2026-12-15", ""),
        (["Phòng Hậu cần"], [], "", ""),
        ([], [], "week:w3", "báo cáo"),
        (["các đơn vị"], [], "", ""),
    ]


@pytest.mark.parametrize("text", [DISPATCH, PLAN])
def test_addresses_and_recipients_are_not_among_what_was_not_understood(text: str) -> None:
    left = [words.text for words in unread_in(readable(text), propose(readable(text), SIGNED))]
    assert not [words for words in left if words.startswith(("Lưu", "Như trên", "KT.", "Số:", "Về việc", "V/v"))]
    assert XA not in left and "Phòng Tham mưu" not in left
