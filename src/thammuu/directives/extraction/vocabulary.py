"""The words by which the grammar knows who acts, what is done and what comes of it. All in the levelled form.

Names of bodies that hold a comma, "và" or a verb are listed, because the grammar would cut them there.
"""

import re
from collections.abc import Sequence


def _listed(words: str) -> list[str]:
    return re.split(r";\s+", words.strip())


def _any_of(words: Sequence[str]) -> str:
    """Return a pattern for any of them, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_BODIES = _listed(r"""
    công an; bộ công an; bộ tư lệnh; bộ chỉ huy; cục; tổng cục; chi cục; vụ(?! việc| án| cháy| tai nạn| nổ);
    văn phòng; sở(?! hữu); uỷ ban nhân dân; uỷ ban; ubnd; hđnd; hội đồng nhân dân; hội đồng;
    phòng(?!,? chống| ngừa| cháy| vệ); thanh tra; viện(?! dẫn); viện kiểm sát; toà án; trung tâm; đội(?! ngũ| hình);
    học viện; trường(?! hợp); trạm; đồn; tổ công tác; tổ(?= \w*\d);
    tổ (?=thường trực|giúp việc|liên ngành|an ninh|bảo vệ|tự quản|dân phố); ban chỉ đạo; ban tổ chức; ban quản lý;
    ban chỉ huy; ban giám đốc; ban(?= [A-ZĐ]); ban (?=an toàn giao thông|dân tộc|nội chính|tuyên giáo); tiểu ban;
    đoàn thanh niên; đoàn công tác; đoàn kiểm tra; mặt trận tổ quốc;
    hội(?! nghị| thảo| đồng| họp| viên| chợ| trường| thi| ý| đàm| báo| nhập| trại| làng);
    liên đoàn; tập đoàn; tổng công ty; công ty; ngân hàng; kho bạc; bảo hiểm xã hội; quân khu; sư đoàn; trung đoàn;
    tiểu đoàn; đại đội; hạt(?= kiểm); tỉnh đoàn; thành đoàn; xã đoàn; hải quan; thuế; kiểm lâm; quản lý thị trường;
    bệnh viện; nhà trường; cơ quan(?! hệ); đơn vị; địa phương; doanh nghiệp;
    chủ (?=đầu tư|hồ|cơ sở|phương tiện|tàu|rừng|doanh nghiệp|nhà|hộ|công trình); cơ sở y tế; lực lượng;
    bộ đội biên phòng; dân quân; quân đội; chánh văn phòng; phó chánh văn phòng; chánh thanh tra; giám đốc;
    phó giám đốc; thủ trưởng; trưởng công an; trưởng phòng; trưởng ban; trưởng các; cục trưởng; vụ trưởng;
    viện trưởng; chủ tịch; phó chủ tịch; bí thư; hiệu trưởng; chỉ huy trưởng; tư lệnh; đội trưởng; trưởng ca trực;
    trực ban; trực chỉ huy; người đứng đầu; bộ, ngành; sở, ngành; sở, ban, ngành; ban, bộ, ngành; ban, ngành; bộ;
    ngành(?= \w); tỉnh; thành phố; phường; xã(?! hội); đặc khu; cấp uỷ; tổ chức(?= (?:chính trị|đoàn thể|xã hội))
""")
BODY = re.compile(
    r"(?:(?:lãnh đạo|đồng chí|toàn thể|toàn bộ|tất cả|một số|những|mỗi|các đồng chí)\s+)?(?:các\s+|từng\s+)?"
    + _any_of(_BODIES)
    + r"\b"
)
CODE = re.compile(r"(?:(?:các\s+)?(?:cục|phòng|đơn vị|đội)\s+)?[A-ZĐ]{1,3}\d{1,3}(?:-\w+)?\b")
"""Bodies of a ministry are also called by letter and number: V01, C08, PC06."""

_JOINED = _listed(r"""
    cảnh sát điều tra; an ninh điều tra; hậu cần; ngoại giao; hàng không việt nam; hàng không; hàng hải;
   
    công nghệ thông tin; cứu hộ, cứu nạn; tiếp công dân; giám định; thi hành án dân sự;
    quản lý hành chính về trật tự xã hội; phòng cháy, chữa cháy và cứu nạn, cứu hộ; phòng cháy, chữa cháy;
    phòng cháy chữa cháy; an ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao;
    phòng, chống tội phạm sử dụng công nghệ cao;
    phòng, chống (?:tội phạm|ma túy|thiên tai|tham nhũng|khủng bố|buôn lậu)(?: và tìm kiếm cứu nạn)?;
    phòng thủ dân sự; phòng chống thiên tai và tìm kiếm cứu nạn; tìm kiếm cứu nạn;
    điều tra tội phạm về (?:trật tự xã hội|ma túy|tham nhũng, kinh tế, buôn lậu(?:, môi trường)?|môi trường);
    điều tra hình sự; thi hành án hình sự(?: và hỗ trợ tư pháp)?; hỗ trợ tư pháp; văn hoá, thể thao và du lịch;
    văn hoá và thể thao; cải cách hành chính, tư pháp; cải cách hành chính; quản lý xuất nhập cảnh; xuất nhập cảnh;
    quản lý trại giam(?:, cơ sở giáo dục bắt buộc, trường giáo dưỡng)?; tham mưu tổng hợp; quản lý thị trường;
    quản lý xây dựng; xây dựng lực lượng; xây dựng đảng; xây dựng và doanh trại; kiểm tra đảng; hỗ trợ công dân;
    an toàn, vệ sinh lao động; thông tin chỉ huy; chỉ huy điều hành; điều hành thông minh; quản lý khu công nghiệp;
    quản lý dự án đầu tư xây dựng(?: các công trình)?; quản lý dự án; tổ chức cán bộ; tổ chức chính trị - xã hội;
    tổ chức chính trị xã hội; tổ chức đoàn thể;
    tổ chức xã hội; thanh tra, kiểm tra; bảo vệ an ninh, trật tự; bảo vệ an ninh trật tự; bảo vệ rừng;
    an ninh, trật tự; truyền thông; báo chí; báo, đài; xã, phường, đặc khu; phường, xã, đặc khu; xã, phường;
    phường, xã; tỉnh, thành phố; đơn vị, địa phương; bộ, ngành, địa phương; sở, ban, ngành; ban, bộ, ngành;
    bộ, ngành; sở, ngành; ban, ngành; cơ quan, đơn vị, địa phương; cơ quan, đơn vị; cơ quan, tổ chức;
    tổ chức, cá nhân; ngành, lĩnh vực; ngành, đoàn thể; trật tự xã hội; trực thuộc
""")
JOINED = re.compile("|".join(_JOINED))
"""What stands inside the name of a body and would end it by its words: commas, "và", verbs. The longer come first."""

_VERBS = _listed(r"""
    chủ trì; phối hợp; tham mưu; xây dựng; tổ chức; triển khai; rà soát; tổng hợp; báo cáo; ban hành; hướng dẫn;
    kiểm tra; đôn đốc; theo dõi; thực hiện; hoàn thành; hoàn thiện; nghiên cứu; đề xuất; trình; lập; bố trí;
    tăng cường; tiếp tục; chủ động; khẩn trương; thường xuyên; nghiêm túc; quán triệt; có trách nhiệm;
    chịu trách nhiệm; căn cứ; cử; bảo đảm; đảm bảo; nắm; duy trì; thống nhất; quyết định; chuẩn bị; cung cấp; gửi;
    làm; đẩy mạnh; tập trung; sẵn sàng; chỉ đạo; phân công; phê duyệt; thẩm định; tuyên truyền; vận động; huy động;
    sử dụng; kịp thời; định kỳ; hằng; hàng; trước; chậm nhất; phải; cần; được; thành lập; mở; ra quân; tiếp nhận;
    xử lý; giải quyết; xác minh; công bố; công khai; cấp phát; mua sắm; trang bị; khắc phục; sửa chữa; lắp đặt;
    vận hành; kết nối; chia sẻ; số hoá; cập nhật; đánh giá; sơ kết; tổng kết; nghiệm thu; bàn giao; diễn tập;
    tập huấn; đào tạo; bồi dưỡng; tuyển chọn; biên soạn; soạn thảo; dự thảo; phân tích; dự báo; thẩm tra; giám sát;
    quản lý; thu thập; thống kê; rút kinh nghiệm; phát hiện; ngăn chặn; đấu tranh; trực; ứng trực; tuần tra;
    kiểm soát; phân luồng; điều tiết; phát động; nâng cao; đổi mới; chấn chỉnh; xem xét; yêu cầu;
    giao(?! thông| dịch| lưu); đề nghị; giúp; hỗ trợ; tham gia; là; khi; nếu; để; theo; trên cơ sở; trong; từ; ngay;
    khảo sát; thông báo; điều phối; điều tra; bảo vệ; phòng ngừa; truy tìm; truy bắt; di dời; sơ tán; cứu hộ;
    phục vụ; đầu tư; nâng cấp; tích hợp; đồng bộ; khai thác; vận chuyển; dự trữ; kiện toàn; xác định; lựa chọn;
    đăng ký; ký; tổng rà soát; lấy ý kiến; tiếp thu; góp ý; tham gia ý kiến; nộp; nhập; trả lời; giải trình;
    khen thưởng; kiến nghị; siết chặt; quản trị; rà phá; niêm phong; tạm dừng; đình chỉ; thay thế; thu hồi;
    điều động; luân chuyển; phổ biến; giáo dục; thanh tra; xây mới; hạn chế; hợp đồng; ưu tiên; mở rộng; mở đợt;
    phát hành; in; biên tập; đăng tải; cảnh báo; tiến hành; bảo quản; phê bình; nhắc nhở; thường trực; đăng; viết;
    ghi; đo; cắm; cấm; chốt; túc trực; đánh; khởi động; kích hoạt; sao gửi; lưu; ký kết; đàm phán; khai trương;
    kiểm kê; cân đối; thí điểm; quyết toán; thanh lý; đo đạc; phân loại; tính toán; giới thiệu; bổ sung; sửa đổi;
    điều chỉnh;
    mời; đón; đưa; dừng; khoanh vùng; cách ly; tiêu huỷ; chữa cháy; sàng lọc; chọn; phân bổ; phân cấp; gia cố;
    củng cố; khôi phục; bảo trì; bảo dưỡng; kiểm định; lấy; thuê; mua; trao; nhận; truyền đạt; kêu gọi; nhân rộng;
    quan tâm; phát huy; coi trọng; lồng ghép; tranh thủ; tránh; ghi nhận; trả; bắt; khởi tố; khám; bám sát; tập hợp;
    họp; hội ý; vào cuộc; giải toả; tháo gỡ; hoàn tất; hoàn chỉnh; khai báo; đối chiếu; xây; nối; mở lớp; tham vấn;
    thuyết minh; kết luận; đánh số; phân nhóm; lắp; thử nghiệm; kiến thiết; trích xuất; tra cứu; giữ; canh; gác;
    hộ tống; dẫn đoàn; hiệp đồng; liên hệ; bắn; huấn luyện; xếp; chấm; đấu thầu; chỉnh lý; thẩm duyệt; cưỡng chế;
    giám định lại; xử phạt; lập biên bản; tạo điều kiện; chịu sự; tự; cùng; với; do; nhằm; đồng thời; không; chưa;
    đã; sẽ; đang; hoặc; sau; đến; về; cho; vào; qua; thì
""")
VERB = re.compile(_any_of(_VERBS) + r"\b")

_PRODUCTS = _listed(r"""
    kế hoạch; phương án; báo cáo; đề án; dự án; dự thảo; dự toán; văn bản; quy chế; quy định; quy trình; hướng dẫn;
    danh sách; danh mục; tờ trình; thông tư; nghị định; nghị quyết; quyết định; chỉ thị; chương trình; công văn;
    công điện; tài liệu; cơ sở dữ liệu; phần mềm; biểu mẫu; thông báo; kết luận; hồ sơ; bản đồ; sổ tay; lịch trực;
    lịch; biên bản; bảng tổng hợp; bảng phân công; bảng; bộ tiêu chí; bộ chỉ số; bộ tài liệu; bản tin; giáo án;
    giáo trình; kịch bản; phụ lục; sơ đồ; đề cương; lộ trình; mẫu; thống kê; số liệu; văn kiện; luật; pháp lệnh;
    đề xuất; bản cam kết; cam kết; ý kiến; thoả thuận; quy chuẩn; tiêu chuẩn; ấn phẩm; video; phóng sự; nội quy;
    điện; giấy mời; giấy phép; hợp đồng; bộ câu hỏi; bộ quy tắc; chuyên đề; tham luận; bài phát biểu; hệ thống;
    nền tảng; cổng; trang thông tin; ứng dụng; mô hình; bộ hồ sơ; sổ theo dõi; sổ; đáp án; phiếu; bản sao; bản vẽ;
    thiết kế; bài viết; chiến lược; quy hoạch; thể lệ; điều lệ; bộ thủ tục; phương pháp; giải pháp; khung
""")
PRODUCT = re.compile(_any_of(_PRODUCTS) + r"\b")

_MAKING = _listed(r"""
    xây dựng; soạn thảo; ban hành; lập; biên soạn; hoàn thiện; hoàn chỉnh; trình; gửi; nộp; dự thảo; công bố;
    tham mưu; đề xuất; thiết kế; hoàn thành; cung cấp; rà soát; tổng hợp; phê duyệt; thẩm định; in; phát hành;
    cập nhật; tạo lập; bổ sung; sửa đổi; điều chỉnh; xác lập; ký; thống nhất; xuất bản; sản xuất; viết; chuẩn bị;
    đăng; làm; kết nối; đưa; có; tiếp thu; khởi thảo; bàn giao; triển khai; nghiên cứu; nâng cấp; đăng ký; kiểm tra;
    đổi mới; mở
""")
MAKING = re.compile(_any_of(_MAKING) + r"\b")
