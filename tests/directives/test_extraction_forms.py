"""Ways in which drafters say who is to do something, each in several wordings."""

from datetime import date
from uuid import uuid4

import pytest

from thammuu.directives.extraction import propose, readable
from thammuu.directives.extraction.words import Person
from thammuu.directives.proposals import proposed
from thammuu.kernel.names import NameIndex

SIGNED = date(2026, 12, 1)


def _leads(text: str) -> list[str]:
    return [words.text for one in propose(readable(text), SIGNED) for words in one.leads]


def _supporting(text: str) -> list[str]:
    return [words.text for one in propose(readable(text), SIGNED) for words in one.supporting]


def _products(text: str) -> list[str]:
    return [one.product.text for one in propose(readable(text), SIGNED) if one.product]


@pytest.mark.parametrize(
    "name",
    [
        "Các tổ chức đang cất giữ pháo, vũ khí quân dụng trái phép",
        "Chủ đầu tư các dự án có tỷ lệ giải ngân dưới 50%",
        "Chủ các tàu cá có chiều dài từ 12 mét trở lên",
        "Các cơ quan, đơn vị chưa gửi đăng ký danh hiệu",
        "Các cơ sở có nguy cơ cháy nổ cao",
        "Các hội quần chúng được giao nhiệm vụ tại Phụ lục II",
        "Ủy viên Ban Thường vụ được phân công phụ trách thôn",
        "Chủ tịch Ủy ban nhân dân tỉnh nơi có dự án",
        "Các xã bị thiệt hại do mưa lũ",
        "Những địa phương để tồn đọng hồ sơ trên 5%",
    ],
)
def test_a_relative_clause_says_which_of_a_kind(name: str) -> None:
    assert _leads(f"{name} phải nộp báo cáo.") == [name]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Các hộ có nhà trong vùng sạt lở di dời.", "Các hộ có nhà trong vùng sạt lở"),
        ("Các nhà thầu chậm tiến độ tăng ca.", "Các nhà thầu chậm tiến độ"),
        ("Các đơn vị được giao chủ trì, phối hợp xây dựng đề án.", "Các đơn vị"),
        ("Các doanh nghiệp không bố trí lái xe quá 10 giờ, niêm yết số điện thoại.", "Các doanh nghiệp"),
        ("Tiểu đoàn 3 ở trạng thái sẵn sàng.", "Tiểu đoàn 3"),
        ("Hội đồng có nhiệm vụ định giá 46 xe.", "Hội đồng"),
        ("Đài Thông tin duyên hải Đà Nẵng liên tục kêu gọi tàu thuyền.", "Đài Thông tin duyên hải Đà Nẵng"),
    ],
)
def test_where_a_name_ends_before_what_is_to_be_done(text: str, lead: str) -> None:
    assert _leads(text) == [lead]


@pytest.mark.parametrize(
    "name",
    [
        "Cơ quan đại diện Việt Nam tại Cam-pu-chia, Mi-an-ma và Lào",
        "Các công ty than hầm lò Vàng Danh, Mạo Khê, Uông Bí",
        "Hội đồng thẩm định nhà nước",
        "Hội đồng giám định y khoa tỉnh",
        "Tổ tuần tra kiểm soát số 5",
        "Tổ Kiểm tra, giám sát",
        "Trung tâm Hòa giải, đối thoại",
        "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công",
        "Quân chủng Phòng không - Không quân",
        "Phòng Kế hoạch – Tài chính",
        "Ban Chỉ huy phòng thủ khu vực 3 - Vĩnh Thạnh",
        "Văn phòng HĐND và UBND xã",
        "Đại sứ Việt Nam tại Trung Quốc",
        "Tòa phúc thẩm Tòa án nhân dân tối cao tại Đà Nẵng",
        "Ban Thanh tra nhân dân",
        "Thông tấn xã Việt Nam",
        "Công ty TNHH Lọc hóa dầu Nghi Sơn",
        "hệ thống loa truyền thanh cơ sở",
        "Các sở giáo dục và đào tạo",
        "Chủ nguồn thải",
        "Saigon Co.op",
        "Kiểm sát viên phụ trách vụ án",
        "Ban Điều hành dự án đường Vành đai 4",
        "Người nộp thuế",
        "các cơ quan báo chí, nền tảng mạng xã hội",
    ],
)
def test_what_names_of_bodies_are_made_of(name: str) -> None:
    assert _leads(f"Giao {name} rà soát danh sách.") == [name]


@pytest.mark.parametrize(
    ("behind", "lead"),
    [
        ("nội dung do Phòng Công tác đảng cung cấp", "Phòng Công tác đảng"),
        ("các lỗi đường truyền do VNPT Hà Nội khắc phục", "VNPT Hà Nội"),
        ("việc in thẻ giao Văn phòng Ban Tổ chức", "Văn phòng Ban Tổ chức"),
        (
            "trong 07 ngày kể từ khi nhận đủ hồ sơ, Hội đồng Kiểm tra nhà nước tổ chức kiểm tra",
            "Hội đồng Kiểm tra nhà nước",
        ),
        ("còn về phía Bộ Công Thương thì thường xuyên cập nhật giá", "Bộ Công Thương"),
        ("Cục Viễn thông mỗi quý hậu kiểm 5% thuê bao", "Cục Viễn thông"),
        ("Bệnh viện Quân y 103 gây mê từ xa", "Bệnh viện Quân y 103"),
        ("đồng chí Lê Thị Hạnh, Trưởng phòng Tham mưu, phụ trách phát ngôn", "Lê Thị Hạnh"),
    ],
)
def test_somebody_else_takes_over_behind_a_semicolon(behind: str, lead: str) -> None:
    assert _leads(f"Sở Y tế lập danh sách trước ngày 05/12/2026; {behind}.") == ["Sở Y tế", lead]


def test_who_has_a_task_asks_others_himself() -> None:
    assert _leads("Sở Xây dựng kiểm tra các công trình; yêu cầu nhà thầu hạ cần.") == ["Sở Xây dựng"]
    assert _leads("Tiểu ban An ninh lập phương án; phân công lực lượng ứng trực.") == ["Tiểu ban An ninh"]
    assert _leads("Cục Cảnh sát hình sự yêu cầu Công an các tỉnh rà soát hồ sơ.") == ["Công an các tỉnh"]


def test_a_list_may_be_parted_by_semicolons() -> None:
    text = "Thủ trưởng các sở; Chủ tịch Ủy ban nhân dân các xã; Giám đốc các doanh nghiệp nghiêm túc quán triệt."
    assert _leads(text) == ["Thủ trưởng các sở", "Chủ tịch Ủy ban nhân dân các xã", "Giám đốc các doanh nghiệp"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Mọi sự cố tràn dầu, cháy nổ phải được Cảng vụ Hàng hải báo tin ngay.", "Cảng vụ Hàng hải"),
        ("Danh sách hộ nghèo, hộ cận nghèo được UBND cấp xã lập và gửi Sở Y tế.", "UBND cấp xã"),
        ("Kịch bản diễn tập giao Bộ Chỉ huy Quân sự tỉnh soạn thảo.", "Bộ Chỉ huy Quân sự tỉnh"),
        ("Bản góp ý thì các cục nghiệp vụ gửi trước ngày 04/12.", "các cục nghiệp vụ"),
        ("Chuyện giữ xe, tôi đề nghị Đội Trật tự đô thị làm dứt điểm.", "Đội Trật tự đô thị"),
        ("LỆNH: Trung đoàn 764 cơ động đến xã Bình Thuận.", "Trung đoàn 764"),
        ("Để bảo đảm tiến độ, Ban Cán sự giao Vụ Kế hoạch rà soát các khoản chi.", "Vụ Kế hoạch"),
    ],
)
def test_who_is_told_behind_the_thing_or_a_call(text: str, lead: str) -> None:
    assert _leads(text) == [lead]


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng Bộ thông báo để các đơn vị được biết.",
        "Văn phòng Ủy ban nhân dân tỉnh xin thông báo để các thành phần dự họp được biết.",
        "Người đứng đầu đơn vị để cán bộ vi phạm nồng độ cồn sẽ bị xem xét trách nhiệm.",
        "Tiểu ban An ninh hoạt động theo chế độ kiêm nhiệm.",
        "Theo đề nghị của Tổng công ty, Cục Hàng không Việt Nam đồng ý mở thêm khung giờ bay.",
        "Tính đến 06 giờ ngày 01/12, Công an tỉnh đã huy động 860 cán bộ, chiến sĩ cùng 42 phương tiện.",
        "Tuy nhiên, ở một số địa phương, người đứng đầu chưa thật sự quan tâm.",
        "Một số xã triển khai chậm, chưa bố trí kinh phí.",
        "Quá thời hạn này, Bộ sẽ tổng hợp theo số liệu đo trực tuyến.",
        "Thông tin chi tiết xin liên hệ ông Phạm Gia Huy, chuyên viên Phòng Dữ liệu số.",
    ],
)
def test_news_and_notices_charge_nobody(text: str) -> None:
    assert _leads(text) == [] and _supporting(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Từ đêm 27/11 đến hết ngày 05/12/2026, khu vực Nam Trung Bộ có mưa rất to.",
        "Dự án Khu công nghiệp Nam Sơn là dự án động lực của tỉnh trong năm 2027.",
        "Dự kiến lễ kỷ niệm diễn ra lúc 20 giờ ngày 31/12/2026.",
        "Khối lượng thực hiện đến ngày 25/11/2026 đạt 94% giá trị hợp đồng.",
    ],
)
def test_nothing_is_due_by_what_is_told(text: str) -> None:
    assert [one.deadline for one in propose(readable(text), SIGNED) if one.deadline] == []


@pytest.mark.parametrize(
    ("text", "names", "posts"),
    [
        ("Phân công đồng chí Vi Văn Sơn, Phó Giám đốc Sở Y tế, kiểm tra.", ["Vi Văn Sơn"], ["Phó Giám đốc Sở Y tế"]),
        ("Ông Lê Văn B - Chánh Văn phòng Bộ làm đầu mối.", ["Lê Văn B"], ["Chánh Văn phòng Bộ"]),
        (
            "Bà Trịnh Thu Hằng, Kế toán trưởng và ông Lê Minh Đạt lập biên bản kiểm kê.",
            ["Trịnh Thu Hằng", "Lê Minh Đạt"],
            ["Kế toán trưởng", ""],
        ),
    ],
)
def test_who_is_charged_by_name_is_so_named_with_the_post_behind(text: str, names: list[str], posts: list[str]) -> None:
    found = [words for one in propose(readable(text), SIGNED) for words in one.leads]
    assert [words.text for words in found] == names
    assert [words.post.text if isinstance(words, Person) and words.post else "" for words in found] == posts


def test_the_post_of_who_is_charged_by_name_says_for_which_unit() -> None:
    unit = uuid4()
    text = readable("Phân công đồng chí Vi Văn Sơn, Phó Giám đốc Sở Y tế, kiểm tra các trạm.")
    (one,) = proposed(text, SIGNED, NameIndex([(unit, ["Sở Y tế"])]), [unit]).found
    assert one.leads == (unit,)


def test_where_a_body_helps_is_not_its_name() -> None:
    text = "Công an thành phố cắt điện, phối hợp với Công ty Điện lực Huế tại các trạm ngập."
    assert _supporting(text) == ["Công ty Điện lực Huế"]


def test_who_is_to_be_asked_told_or_obeyed_does_not_support() -> None:
    assert _supporting("Sở Y tế lấy ý kiến người lao động về phương án.") == []
    assert _supporting("Sư đoàn 316 cơ động đến xã Mường Xén dưới sự chỉ huy của Quân khu.") == []
    assert _supporting("Công đoàn vận động cư dân tham gia diễn tập.") == []


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Giao Sở Y tế soạn kế hoạch cao điểm, trình Trưởng Ban ký.", "kế hoạch cao điểm"),
        ("Sở Y tế gửi bản thuyết minh kỳ thi về Bộ.", "bản thuyết minh kỳ thi"),
        ("Sở Y tế gửi biểu số liệu giải ngân cho Bộ Tài chính.", "biểu số liệu giải ngân"),
        ("Phòng Kinh tế lập danh sách 100 doanh nghiệp, gửi Sở Tài chính.", "danh sách 100 doanh nghiệp"),
        ("Công an xã mở sổ theo dõi; thứ Sáu hằng tuần gửi danh sách biến động về Phòng.", "danh sách biến động"),
        ("Hiệu trưởng cho phụ huynh ký cam kết; nộp bản cam kết về Công an phường.", "bản cam kết"),
        ("Đề cương chi tiết phải xong trước ngày 20/01/2027.", "Đề cương chi tiết"),
        ("Sở Tư pháp có văn bản thẩm định dự thảo Nghị quyết.", "văn bản thẩm định dự thảo Nghị quyết"),
        ("Sở Y tế triển khai Kế hoạch này.", ""),
        ("Các đài không đăng sơ đồ bố trí lực lượng.", ""),
        ("Các phụ tải còn lại phải có điện trước ngày 06/12/2026.", ""),
        ("Công ty vận hành hồ đúng quy trình được phê duyệt, thông báo sớm cho vùng hạ du.", ""),
    ],
)
def test_what_lies_on_the_table_when_it_is_done(text: str, product: str) -> None:
    assert _products(text) == ([product] if product else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sở Y tế báo cáo trước 17 giờ ngày hôm sau.", "2026-12-02T17:00"),
        ("Sở Y tế báo cáo trước 8 giờ sáng mai.", "2026-12-02T08:00"),
        ("Sở Y tế gửi danh sách ngay trong ngày.", "2026-12-01"),
        ("Trung đoàn 31 cơ động trước 04.00 ngày 05/12/2026.", "2026-12-05T04:00"),
        ("Sở Y tế gửi báo cáo chậm nhất 16 giờ thứ Tư.", "2026-12-02T16:00"),
        ("Sở Y tế gửi cho xong trong thứ Sáu này, ngày 04/12.", "2026-12-04"),
        ("Sở Y tế trả lời, thứ Năm ngày 03/12 phải xong.", "2026-12-03"),
        ("Sở Y tế trực từ ngày 15/12/2026 đến hết ngày 14/02/2027, gửi báo cáo trước ngày 20/02/2027.", "2027-02-20"),
        ("Sở Y tế trực từ ngày 15/12/2026 đến hết ngày 14/02/2027.", "2027-02-14"),
        ("6 tháng, hằng năm Sở Y tế gửi báo cáo.", "half_year"),
        ("Sở Y tế thanh tra sau sắp xếp đơn vị hành chính, xong trong quý II/2027.", "2027-06-30"),
        ("Đơn vị có tỷ lệ thấp trong hai tuần liên tiếp phải giải trình.", ""),
        ("Sở Y tế có tiến độ từng tuần.", ""),
    ],
)
def test_when_it_is_due(text: str, value: str) -> None:
    (found,) = [one for one in propose(readable(text), SIGNED)]
    assert (found.deadline.value() if found.deadline else "") == value
