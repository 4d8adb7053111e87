"""Assignments read from the words of directives: by rule, each value with the words it came from."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.extraction import BUILT, GOALS, figures_of, judge
from thammuu.directives.extraction import Proposal, propose, readable, unread_in

SIGNED = date(2026, 3, 2)


def _one(text: str) -> Proposal:
    (found,) = propose(readable(text), SIGNED)
    return found


@pytest.mark.parametrize("file", BUILT, ids=lambda file: file.stem)
def test_the_clauses_that_the_grammar_was_built_on_read_as_they_were_labelled(file: Path) -> None:
    figures = figures_of(judge(file)[0])
    assert all(figures[field]["f1"] >= goal for field, goal in GOALS.items())


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("trước ngày 30/6/2026", "2026-06-30"),
        ("trong quý II", "2026-06-30"),
        ("trước quý II", "2026-03-31"),
        ("chậm nhất 05 ngày làm việc kể từ ngày ký", "5 working_day"),
        ("hàng tháng", "month"),
        ("định kỳ trước ngày 20", "month:20"),
        ("trước ngày 10/01", "2027-01-10"),
        ("trước 16h30 ngày 31 tháng 12 năm 2026", "2026-12-31T16:30"),
        ("đến hết ngày 30 tháng 11 năm 2026", "2026-11-30"),
        ("trong vòng 24 giờ kể từ khi nhận được tin", "24 hour"),
        ("không quá 30 phút kể từ khi nhận được tin", "30 minute"),
        ("trước 2 giờ chiều ngày 07/5/2026", "2026-05-07T14:00"),
        ("trong 06 tháng đầu năm 2026", "2026-06-30"),
        ("định kỳ 06 tháng", "half_year"),
        ("trong 10 ngày đầu tháng 4/2026", "2026-04-10"),
        ("trước 7 giờ 30 hằng ngày", "day"),
        ("trước ngày 31/02/2026", ""),
        ("trước 24 giờ ngày 20/4", "2026-04-20T23:59"),
        ("trước 17 giờ 00' ngày 09/4/2026", "2026-04-09T17:00"),
        ("trước 9h00 sáng mai, 03/3/2026", "2026-03-03T09:00"),
        ("trước 17 giờ hôm nay", "2026-03-02T17:00"),
        ("trong ngày mai", "2026-03-03"),
        ("trước 11h30 ngày thứ Tư, 11/3/2026", "2026-03-11T11:30"),
        ("trước 17h thứ Sáu tuần này", "2026-03-06T17:00"),
        ("trong tuần tới", "2026-03-15"),
        ("trước ngày 25 tháng này", "2026-03-25"),
        ("trước ngày 05 tháng sau", "2026-04-05"),
        ("từ nay đến cuối năm", "2026-12-31"),
        ("trước năm 2027", "2026-12-31"),
        ("trong nửa đầu tháng 4/2026", "2026-04-15"),
        ("trong hai ngày 08 và 09/4/2026", "2026-04-09"),
        ("từ ngày 20-30/4/2026", "2026-04-30"),
        ("lúc 6 giờ 00 ngày 21/4/2026", "2026-04-21T06:00"),
        ("trong 24h", "24 hour"),
        ("trong vòng 02 tuần", "14 day"),
        ("mỗi ngày 02 lần", "day"),
        ("6 tháng/lần", "half_year"),
        ("định kỳ 3 tháng một lần", "quarter"),
        ("chậm nhất ngày 15 của tháng đầu quý sau", "quarter:15"),
        ("trình tại kỳ họp Hội đồng nhân dân tỉnh ngày 10/12/2026", "2026-12-10"),
        ("như đã nêu tại cuộc họp ngày 25/02/2026", ""),
        ("định kỳ 06 tháng, gửi số liệu (trước ngày 15/6 và ngày 15/12)", "half_year"),
        ("nửa năm một lần", "half_year"),
        ("đủ dùng trong 03 tháng", ""),
        ("lúc 15 giờ ngày 01/3", ""),
        ("vào những ngày cuối năm", ""),
        ("trực 24/24h", ""),
        ("chậm nhất 03 ngày trước ngày khai mạc", ""),
        ("theo Chỉ thị số 05/CT-BCA ngày 12/3/2026", ""),
    ],
)
def test_deadlines(words: str, value: str) -> None:
    found = _one(f"Giao Văn phòng Bộ xây dựng kế hoạch, {words}.").deadline
    assert (found.value() if found else "") == value
    assert found is None or found.words.text in words


def test_terms_count_working_days_from_the_day_of_signing() -> None:
    found = _one("Công an các xã gửi báo cáo chậm nhất 05 ngày làm việc kể từ ngày ký.").deadline
    assert found is not None
    assert found.last_day(SIGNED) == date(2026, 3, 9)
    other = _one("Công an các xã gửi báo cáo trong 05 ngày kể từ ngày nhận được hồ sơ.").deadline
    assert other is not None
    assert other.last_day(SIGNED) is None


def test_a_clause_below_another_has_its_lead() -> None:
    text = (
        "2. Công an các đơn vị, địa phương:\na) Rà soát phương án; \n"
        "b) Lập danh sách, gửi trước ngày 15/3.\n3. V01 theo dõi."
    )
    found = propose(readable(text), SIGNED)
    assert [(one.clause.path, one.leads[0].text, one.inherited) for one in found] == [
        (("2", "a"), "Công an các đơn vị, địa phương", True),
        (("2", "b"), "Công an các đơn vị, địa phương", True),
        (("3",), "V01", False),
    ]


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("2. Sở Y tế", "Sở Y tế"),
        ("II. CÔNG AN TỈNH", "CÔNG AN TỈNH"),
        ("3. Trách nhiệm của Sở Y tế", "Sở Y tế"),
        ("4. Nhiệm vụ của Ban Chỉ huy quân sự xã:", "Ban Chỉ huy quân sự xã"),
        ("5. Đối với UBND các xã, phường", "UBND các xã, phường"),
        ("Bộ Công an yêu cầu Công an các địa phương:", "Công an các địa phương"),
        ("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:", ""),
        ("III. TỔ CHỨC THỰC HIỆN", ""),
    ],
)
def test_what_stands_below_a_heading_has_its_lead(heading: str, lead: str) -> None:
    found = propose(readable(f"{heading}\na) Rà soát phương án.\nb) Chỉ đạo các bệnh viện lập danh sách."), SIGNED)
    told = [[words.text for words in one.leads] for one in found if one.clause.label in ("a", "b")]
    assert told == ([[lead], [lead]] if lead else [[], ["các bệnh viện"]])


def test_the_lines_of_a_form_fill_the_task_above_them() -> None:
    text = (
        "1. Rà soát hồ sơ điểm sạt lở\n- Đơn vị chủ trì: Sở Xây dựng\n- Đơn vị phối hợp: Công an tỉnh; UBND các xã\n"
        "- Thời gian hoàn thành: 25/7/2026\n- Sản phẩm: Bản đồ điểm sạt lở"
    )
    found = _one(text)
    assert _named(text) == (["Sở Xây dựng"], ["Công an tỉnh", "UBND các xã"])
    assert found.deadline and found.deadline.value() == "2026-07-25"
    assert found.product and found.product.text == "Bản đồ điểm sạt lở" and not found.inherited


def test_each_body_that_is_charged_has_a_task_of_its_own() -> None:
    text = "Phòng Tham mưu dự thảo báo cáo; Phòng Hậu cần lập dự toán; Công an xã phối hợp; xong trước ngày 10/7/2026."
    found = [([w.text for w in one.leads], one.product and one.product.text) for one in propose(readable(text), SIGNED)]
    assert found == [(["Phòng Tham mưu"], "báo cáo"), (["Phòng Hậu cần"], "dự toán")]


def test_every_value_is_the_words_where_it_stands() -> None:
    text = "1. Giao Cục A chủ trì, phối hợp với Sở Y tế và Cục B xây dựng Kế hoạch X, trình Bộ trước ngày 30/6/2026."
    found = _one(text)
    for words in (*found.leads, *found.supporting, found.task, found.product, found.deadline and found.deadline.words):
        assert words
        assert text[words.start : words.end] == words.text
    assert found.task.text.startswith("xây dựng Kế hoạch X")


@pytest.mark.parametrize(
    ("text", "leads", "supporting"),
    [
        ("Phân công đồng chí Phó Chủ tịch xã trực tiếp chỉ đạo.", ["Phó Chủ tịch xã"], []),
        ("Bộ trưởng các Bộ: Công an, Quốc phòng chỉ đạo lực lượng.", ["Bộ trưởng các Bộ: Công an, Quốc phòng"], []),
        ("Khi có sự cố, đơn vị quản lý hệ thống phải báo cáo.", ["đơn vị quản lý hệ thống"], []),
        ("Đơn vị chủ trì: C07; cơ quan phối hợp: V03, H02.", ["C07"], ["V03", "H02"]),
        ("Phân công: Phòng Hậu cần cấp xăng; Phòng Tài chính cấp tiền.", ["Phòng Hậu cần", "Phòng Tài chính"], []),
        ("Trách nhiệm: Sở Nội vụ (chủ trì), Sở Tài chính (phối hợp).", ["Sở Nội vụ"], ["Sở Tài chính"]),
        ("Công an tỉnh đề nghị Quân khu 5 chi viện bộ đội.", ["Công an tỉnh"], ["Quân khu 5"]),
        ("C01 hướng dẫn, C02 thẩm định hồ sơ.", ["C01", "C02"], []),
        ("Cục Lâm nghiệp và Kiểm lâm tuần tra.", ["Cục Lâm nghiệp và Kiểm lâm"], []),
        ("V01 lập chốt, Sở Y tế phun thuốc, Hội Phụ nữ thu dọn.", ["V01", "Sở Y tế", "Hội Phụ nữ"], []),
        ("Giao V01 lập chốt, Sở Y tế cử người phối hợp chốt trực.", ["V01"], ["Sở Y tế"]),
        ("Sở Y tế chỉ đạo Bệnh viện tỉnh, Trung tâm Y tế trực.", ["Sở Y tế"], []),
        ("V01 lập hồ sơ, trình Bộ Y tế, Bộ trưởng phê duyệt.", ["V01"], []),
        ("Khi Công an xã yêu cầu, Sở Y tế cử bác sĩ.", ["Sở Y tế"], []),
        ("V01 kiểm tra, mời đại diện Sở Y tế cùng tham gia.", ["V01"], ["đại diện Sở Y tế"]),
    ],
)
def test_who_is_named(text: str, leads: list[str], supporting: list[str]) -> None:
    found = propose(readable(text), SIGNED)
    assert [words.text for one in found for words in one.leads] == leads
    assert [words.text for one in found for words in one.supporting] == supporting


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Bưu điện tỉnh, FPT chi nhánh Huế và VTC tỉnh", ["Bưu điện tỉnh", "FPT chi nhánh Huế", "VTC tỉnh"]),
        ("Viễn thông tỉnh, Viettel tỉnh", ["Viễn thông tỉnh", "Viettel tỉnh"]),
        ("Các bộ, cơ quan ngang bộ và Viettel", ["Các bộ", "cơ quan ngang bộ", "Viettel"]),
        ("Tổ trưởng các thôn Phú Lộc, Phú Hải", ["Tổ trưởng các thôn Phú Lộc, Phú Hải"]),
        ("Nhằm bảo đảm an toàn giao thông, V01", ["V01"]),
        ("Căn cứ nhiệm vụ được giao, các đơn vị", ["các đơn vị"]),
        ("Trong dịp Tết, Viettel", ["Viettel"]),
        ("VNPT tỉnh", ["VNPT tỉnh"]),
        ("Đồng chí Nông Văn Dền - Phó Trưởng phòng", ["Nông Văn Dền"]),
        ("Công tác dân vận", []),
    ],
)
def test_all_of_a_list_before_a_verb_are_charged(text: str, leads: list[str]) -> None:
    assert _named(f"{text} bố trí xe phát sóng.") == (leads, [])


@pytest.mark.parametrize("verb", ["tổng kiểm tra", "tổng kiểm kê", "tổng vệ sinh", "tổng điều tra"])
def test_what_is_done_everywhere_at_once_is_a_verb(verb: str) -> None:
    assert _named(f"Sở Xây dựng {verb} nhà ở xuống cấp.") == (["Sở Xây dựng"], [])
    assert _named(f"Giao Bộ Tổng Tham mưu {verb} kho tàng.") == (["Bộ Tổng Tham mưu"], [])


@pytest.mark.parametrize("field", ["khối văn xã", "mảng tổng hợp", "lĩnh vực nội chính", "kinh tế"])
def test_a_titled_person_is_called_by_what_he_is_in_charge_of(field: str) -> None:
    assert _named(f"Phó Chủ tịch phụ trách {field} theo dõi.")[0] == [f"Phó Chủ tịch phụ trách {field}"]
    assert _named("Trưởng Công an xã phụ trách chung.")[0] == ["Trưởng Công an xã"]


def _named(text: str) -> tuple[list[str], list[str]]:
    found = propose(readable(text), SIGNED)
    return [one.text for a in found for one in a.leads], [one.text for a in found for one in a.supporting]


@pytest.mark.parametrize(
    "name",
    [
        "Trung tâm Y tế khu vực Cư Kuin",
        "Lữ đoàn Công binh 575",
        "Kiểm toán nhà nước khu vực IX",
        "Hội Cựu chiến binh tỉnh",
        "Bộ Xây dựng (Cục Hàng hải và Đường thủy Việt Nam)",
        "Các địa phương ven sông Mã",
    ],
)
def test_a_name_that_is_whole_ends_before_a_verb_that_nobody_knows(name: str) -> None:
    found = _one(f"{name} oằm hàng vào chỗ tránh.")
    assert [one.text for one in found.leads] == [name.partition(" (")[0]] and found.guessed


@pytest.mark.parametrize(
    "name",
    [
        "Cục Việc làm",
        "Cục Quản lý đấu thầu",
        "Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính",
        "Hội đồng thi tuyển công chức",
        "Tổ công tác giải phóng mặt bằng phường Hòa Khánh",
        "Trung tâm Giám sát, điều hành đô thị thông minh",
        "Ban Bảo vệ, chăm sóc sức khỏe cán bộ tỉnh",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Hiệu trưởng các trường mầm non, tiểu học",
        "Trưởng các phòng, ban chuyên môn",
        "Các doanh nghiệp khai thác khoáng sản",
        "Các cơ sở kinh doanh karaoke, vũ trường",
        "Bộ Tư lệnh Cảnh sát cơ động",
        "Cục Chuyển đổi số quốc gia",
        "Trung tâm Xúc tiến thương mại và đầu tư tỉnh",
        "Trung tâm Dữ liệu quốc gia về dân cư",
        "Các quân khu, quân đoàn, quân chủng",
        "Các khách sạn, nhà nghỉ",
        "Mỗi xã, phường",
        "Các chốt kiểm soát dịch bệnh",
        "Các trạm thu phí",
        "Kíp trực Trung tâm Thông tin chỉ huy",
        "Trực ban tác chiến các đơn vị",
        "Người quản lý vận hành hồ chứa",
        "Người đứng đầu cơ sở sản xuất, kinh doanh có nguy hiểm về cháy, nổ",
        "Cơ quan chủ trì soạn thảo",
    ],
)
def test_a_name_may_hold_verbs_and_commas(name: str) -> None:
    assert _named(f"{name} cập nhật số liệu, báo cáo.") == ([name], [])


@pytest.mark.parametrize(
    ("words", "helpers"),
    [
        ("với sự chứng kiến của Sở Nội vụ và Hội Luật gia tỉnh", ["Sở Nội vụ", "Hội Luật gia tỉnh"]),
        ("được Quân khu 4 hỗ trợ phương tiện", ["Quân khu 4"]),
        ("xin ý kiến Bộ Tư pháp, Bộ Ngoại giao", ["Bộ Tư pháp", "Bộ Ngoại giao"]),
        ("xin ý kiến Bộ trưởng", []),
        ("hiệp đồng chặt chẽ với Sở Y tế", ["Sở Y tế"]),
        ("trao đổi tin, phối hợp truy bắt đối tượng với Công an tỉnh Đắk Lắk", ["Công an tỉnh Đắk Lắk"]),
        ("phối hợp với VNPT, Viettel và MobiFone xóa vùng lõm", ["VNPT", "Viettel", "MobiFone"]),
        ("phối hợp các đơn vị quản lý đường bộ và Sở Y tế", ["các đơn vị quản lý đường bộ", "Sở Y tế"]),
        ("Tiểu ban Lễ tân và Công an xã cử cán bộ thú y tham gia", ["Tiểu ban Lễ tân", "Công an xã"]),
        ("đề nghị Viện Pasteur Nha Trang cử chuyên gia hỗ trợ", ["Viện Pasteur Nha Trang"]),
        ("huy động đoàn viên, thanh niên tham gia", []),
    ],
)
def test_who_is_called_upon_to_help(words: str, helpers: list[str]) -> None:
    assert _named(f"Công an tỉnh kiểm tra bến xe, {words}.") == (["Công an tỉnh"], helpers)


@pytest.mark.parametrize(
    "text",
    [
        "Công an xã, với sự tham gia của Sở Y tế, tuần tra ban đêm.",
        "Sở Y tế hỗ trợ xe cứu thương, Công an xã chủ trì sơ tán dân.",
        "Sở Y tế hỗ trợ xe cứu thương; Công an xã chủ trì sơ tán dân.",
        "Công an xã kiểm tra chợ, tranh thủ sự hỗ trợ của Sở Y tế.",
    ],
)
def test_who_helps_may_be_told_first_or_in_between(text: str) -> None:
    assert _named(text) == (["Công an xã"], ["Sở Y tế"])


def test_who_is_to_be_worked_with_is_read_where_nobody_is_charged() -> None:
    assert _named("Phối hợp với Công an xã, các đoàn thể cùng cấp tuyên truyền.")[1] == [
        "Công an xã",
        "các đoàn thể cùng cấp",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Trong 10 tháng năm 2026, Công an tỉnh đã phối hợp với Sở Y tế kiểm tra 120 cơ sở.",
        "Hồi 07 giờ ngày 03/3/2026, vị trí tâm bão ở ngoài khơi.",
        "Đêm 28/02/2026, Sở Y tế kiểm tra 12 cơ sở, V01 lập biên bản.",
        "Dự báo đến 19 giờ ngày 05/3/2026, bão di chuyển về phía Tây.",
        "Trong tháng 01/2026, Sở Y tế phối hợp với Công an tỉnh đã kiểm tra 56 cơ sở.",
    ],
)
def test_a_report_of_what_was_done_proposes_nothing(text: str) -> None:
    assert not propose(readable(text), SIGNED)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Về hậu cần: Phòng Hậu cần cấp xăng.", "Phòng Hậu cần"),
        ("Kiểm tra bến, bãi (Sở Xây dựng).", "Sở Xây dựng"),
        ("Kiểm tra kho vật tư - giao Sở Y tế.", "Sở Y tế"),
        ("Báo cáo phải được các đơn vị gửi về Bộ.", "các đơn vị"),
        ("Danh sách cử tri được UBND xã niêm yết.", "UBND xã"),
        ("Đối với hồ do địa phương quản lý, Sở Y tế lấy mẫu nước.", "Sở Y tế"),
        ("Phó Thủ tướng lưu ý Bộ Xây dựng hoàn thiện quy chuẩn.", "Bộ Xây dựng"),
        ("Mọi công dân phải báo ngay cho Công an.", "Mọi công dân"),
        ("Giao Viettel Đà Nẵng khôi phục sóng.", "Viettel Đà Nẵng"),
        ("Sở Du lịch (nay là Sở Văn hóa) đón khách.", "Sở Văn hóa"),
        ("UBND TP. Huế cấm đường.", "UBND TP. Huế"),
        ("Đoàn liên ngành gồm: Công an tỉnh, Sở Y tế kiểm tra bếp ăn.", "Đoàn liên ngành"),
        ("Công an xã phụ trách địa bàn thôn 1.", "Công an xã"),
        ("Bộ Công an phối hợp Bộ Y tế lập đề án.", "Bộ Công an"),
        ("Theo báo cáo của Sở Y tế, đến ngày 01/3 đã có 12 ca mắc.", ""),
        ("Lệnh cho Tiểu đoàn Phòng hóa 78 cơ động.", "Tiểu đoàn Phòng hóa 78"),
        ("Ban Tổ chức Lễ hội giao Tiểu ban An ninh kiểm soát thẻ.", "Tiểu ban An ninh"),
        ("Kế hoạch 45 giao Sở Tư pháp khảo sát.", "Sở Tư pháp"),
        ("Cùng với đó, Công an xã Tả Van lập chốt.", "Công an xã Tả Van"),
        ("Phân công đồng chí Nông Văn Dền, Phó Trưởng Công an xã, xác minh.", "Nông Văn Dền"),
        ("Đề án này do Phòng Tham mưu xây dựng.", "Phòng Tham mưu"),
        ("Các ông (bà): Trưởng phòng Nội vụ chịu trách nhiệm thi hành.", "Trưởng phòng Nội vụ"),
        ("Ông Lê Văn B, Chánh Văn phòng Bộ, làm đầu mối.", "Lê Văn B"),
        ("Kết luận phiên họp, Phó Thủ tướng giao Bộ Xây dựng rà soát.", "Bộ Xây dựng"),
        ("Qua kiểm tra, Thứ trưởng yêu cầu Cục Viễn thông báo cáo.", "Cục Viễn thông"),
        ("Hội nghị thống nhất giao Sở Y tế lập đề án.", "Sở Y tế"),
        ("Sở Y tế không có trong danh sách; đề nghị Sở Nội vụ bổ sung.", "Sở Nội vụ"),
        ("Sở Nội vụ đề nghị UBND các xã gửi danh sách.", "UBND các xã"),
        ("Bộ trưởng biểu dương Công an tỉnh; yêu cầu Cục Tổ chức cán bộ đề xuất khen thưởng.", "Cục Tổ chức cán bộ"),
        ("Chi cục Kiểm lâm, căn cứ tình hình, bố trí lực lượng chốt chặn.", "Chi cục Kiểm lâm"),
        ("Các đơn vị chưa gửi báo cáo khẩn trương hoàn thành.", "Các đơn vị chưa gửi báo cáo"),
        ("Phó Thủ tướng hoan nghênh các địa phương đã hoàn thành sớm.", ""),
        ("Bộ Nội vụ đánh giá cao kết quả của tỉnh.", ""),
        ("Đơn vị nào để xảy ra vi phạm thì bị xử lý.", ""),
        ("Công an các xã còn lúng túng trong triển khai.", ""),
        ("Dự án do Công ty A làm chủ đầu tư chậm tiến độ.", ""),
    ],
)
def test_who_is_charged(text: str, lead: str) -> None:
    assert _named(text)[0] == ([lead] if lead else [])


def test_a_lead_that_only_its_place_speaks_for_is_guessed() -> None:
    assert _one("Việt Nam Airlines tăng chuyến.").guessed
    assert not _one("Giao Cục Hàng không Việt Nam tăng chuyến.").guessed


def test_what_was_not_understood_is_left_over() -> None:
    text = readable("Mở đầu.\n1. Cục A rà soát danh sách:\na) Nghiêm túc.\n2. " + "Sở Y tế, " * 300)
    assert [words.text[:8] for words in unread_in(text, propose(text, SIGNED))] == ["Mở đầu", "Sở Y tế,"]
