"""The demo's first night, as data: the fictional Three Regions Games. Minutes count from the start of the night.

Everything here is invented: the games, their sites and what happens at them. No person is named.
"""

from typing import NamedTuple

EVENT = ("BAMIEN", "Đại hội Thể thao Ba Miền (giả định)")
HOURS = 9


class Site(NamedTuple):
    """A site of the games on the map; degrees WGS 84."""

    name: str
    lat: float
    lon: float


class Line(NamedTuple):
    """A line of the duty log, as an officer typed it."""

    minute: int
    who: str
    text: str


class Opened(NamedTuple):
    """An incident: when, by whom, of which unit (code), what, how grave, where; out of which log line."""

    minute: int
    who: str
    unit: str
    kind: str
    severity: str
    title: str
    site: str
    status: str = "reported"
    outcome: str = ""
    closed: int = 0


SITES = (
    Site("Sân vận động Trung tâm", 21.0203, 105.7640),
    Site("Làng vận động viên Tây Hồ", 21.0702, 105.8180),
    Site("Cung thể thao dưới nước Hạ Long", 20.9560, 107.0480),
    Site("Nhà thi đấu Sông Hàn", 16.0610, 108.2290),
    Site("Quảng trường Ngọ Môn", 16.4680, 107.5790),
    Site("Trường đua Biển Quy Nhơn", 13.7700, 109.2290),
    Site("Sân vận động Bến Thành", 10.7720, 106.6980),
    Site("Nhà thi đấu Ninh Kiều", 10.0340, 105.7880),
    Site("Ga trung chuyển Gia Lâm", 21.0480, 105.8790),
    Site("Bãi xe số 4 Mỹ Đình", 21.0280, 105.7700),
)

LINES = (
    Line(0, "truc.ban", "Báo cáo: nhận ca trực, 34 đơn vị đã điểm danh, đường truyền bình thường"),
    Line(6, "truc.ban", "Hà Nội: lực lượng vòng ngoài đã vào vị trí tại Sân vận động Trung tâm"),
    Line(14, "danang", "Báo cáo: Nhà thi đấu Sông Hàn mở cửa đón khán giả, lưu lượng trung bình"),
    Line(21, "truc.ban", "Liên lạc: thử thông tin với Huế, Đà Nẵng, Cần Thơ, tín hiệu rõ"),
    Line(33, "quangninh", "Báo cáo: gió cấp 5 tại Cung thể thao dưới nước Hạ Long, mái che ổn định"),
    Line(47, "hanoi", "Yêu cầu: bổ sung 02 tổ phân luồng tại Bãi xe số 4 Mỹ Đình"),
    Line(52, "truc.ban", "Hà Nội: đồng ý điều 02 tổ phân luồng từ lực lượng dự bị"),
    Line(68, "hochiminh", "Báo cáo: khu vực Sân vận động Bến Thành an toàn, khán giả khoảng 12.000"),
    Line(83, "hue", "Báo cáo: mưa to, nước lên chậm quanh Quảng trường Ngọ Môn"),
    Line(101, "cantho", "Báo cáo: hoàn thành kiểm tra an ninh Nhà thi đấu Ninh Kiều"),
    Line(118, "gialai", "Báo cáo: sóng lớn, ban tổ chức tạm dừng tập luyện tại Trường đua Biển Quy Nhơn"),
    Line(140, "truc.ban2", "Thiết bị: màn hình số 3 của phòng trực mất tín hiệu, đã chuyển sang màn hình dự phòng"),
    Line(
        163,
        "hanoi",
        "Báo cáo: dòng người dồn về cổng Bắc tại Sân vận động Trung tâm, chiều rộng lối đi bị xe bán hàng chắn",
    ),
    Line(171, "truc.ban", "Hà Nội: yêu cầu mở thêm cổng Đông và thông báo qua loa"),
    Line(186, "hanoi", "Báo cáo: đã mở cổng Đông, mật độ tại cổng Bắc giảm"),
    Line(205, "thanhhoa", "Báo cáo: đoàn xe vận động viên qua địa bàn đúng giờ"),
    Line(223, "lamdong", "Báo cáo: sương mù dày trên đèo, tốc độ đoàn xe giảm"),
    Line(244, "haiphong", "Báo cáo: phương tiện chữa cháy cảng đã bố trí xong"),
    Line(262, "truc.ban", "Báo cáo: giao ban giữa ca, các đơn vị không có vướng mắc"),
    Line(290, "danang", "Báo cáo: khán giả rời Nhà thi đấu Sông Hàn, giao thông quanh cầu chậm"),
    Line(315, "hue", "Yêu cầu: hỗ trợ 03 xuồng và 01 tổ cứu hộ cho khu vực Quảng trường Ngọ Môn"),
    Line(322, "truc.ban", "Huế: đã báo trực chỉ huy, chờ quyết định"),
    Line(356, "quangtri", "Báo cáo: sẵn sàng 02 xuồng tăng cường cho Huế"),
    Line(388, "hochiminh", "Báo cáo: Sân vận động Bến Thành kết thúc thi đấu, không có vụ việc"),
    Line(421, "truc.ban2", "Liên lạc: thử kênh vô tuyến dự phòng, 33 trên 34 đơn vị trả lời"),
    Line(433, "laocai", "Báo cáo: đường truyền phục hồi, đã trả lời điểm danh bổ sung"),
    Line(470, "hue", "Báo cáo: nước rút 20 cm, còn 01 hộ kinh doanh chờ di chuyển"),
    Line(505, "truc.ban", "Báo cáo: chuẩn bị nội dung giao ca"),
)

INCIDENTS = (
    Opened(
        41, "quangninh", "22", "infrastructure", "caution", "Mất điện một nhánh cấp cho khu khán đài", SITES[2].name
    ),
    Opened(59, "hanoi", "01", "traffic", "caution", "Ùn tắc đường vào bãi xe", SITES[9].name, "contained"),
    Opened(
        77,
        "hochiminh",
        "79",
        "medical",
        "normal",
        "Khán giả ngất do nóng",
        SITES[6].name,
        "in_progress",
        "Đã sơ cứu, người bệnh ổn định và về cùng đoàn",
        122,
    ),
    Opened(96, "dongnai", "75", "traffic", "serious", "Va chạm liên hoàn trên tuyến đón đoàn", "", "in_progress"),
    Opened(124, "gialai", "52", "natural_hazard", "normal", "Sóng lớn tràn kè khu tập luyện", SITES[5].name),
    Opened(152, "truc.ban", "20", "public_order", "normal", "Tụ tập đông người trước cửa khẩu chờ xem diễu hành", ""),
    Opened(
        181,
        "cantho",
        "92",
        "infrastructure",
        "normal",
        "Màn hình thông báo tại nhà thi đấu hỏng",
        SITES[7].name,
        "in_progress",
        "Đã thay nguồn, màn hình hoạt động lại",
        240,
    ),
    Opened(
        214, "hanoi", "01", "crowd", "serious", "Dồn ứ khán giả chờ tàu sau giờ bế mạc", SITES[8].name, "in_progress"
    ),
    Opened(
        251,
        "thanhhoa",
        "38",
        "fire",
        "normal",
        "Cháy bụi cỏ ven đường đoàn xe đi qua",
        "",
        "in_progress",
        "Dập tắt sau 15 phút, không thiệt hại",
        286,
    ),
    Opened(302, "danang", "48", "traffic", "caution", "Xe khách hỏng giữa cầu, một làn phải đóng", SITES[3].name),
    Opened(345, "haiphong", "31", "fire", "caution", "Khói từ kho hàng gần cảng, chưa rõ nguyên nhân", ""),
    Opened(407, "nghean", "40", "cyber", "normal", "Trang tin của đoàn bị gián đoạn truy cập", ""),
    Opened(452, "lamdong", "68", "natural_hazard", "caution", "Sạt lở taluy dương trên đèo, một làn còn đi được", ""),
    Opened(
        488, "hanoi", "01", "medical", "normal", "Vận động viên nghi ngộ độc thực phẩm", SITES[1].name, "in_progress"
    ),
)
