"""The nouns of which names of bodies are made, behind their first word: fields of work, parts of the country, ranks.

In the levelled form. A word that stands here goes on with a name where a word that nobody knows would end it.
"""

import re

from thammuu.directives.extraction.words import any_of, listed

_NOUNS = listed(r"""
    phương tiện(?: thuỷ| giao thông| cơ giới)?; người lái; tang lễ; đa năng; liên hợp; biến áp; dự họp; dân dụng;
    lâm sàng; cận lâm sàng; y khoa; độc lập; phúc thẩm; sơ thẩm; hữu nghị; điều độ; hệ thống; thứ cấp; sơ cấp;
    nội trú; bán trú; người có công; người nghèo; dự toán; ngoài công lập; lữ hành; lưu động; lọc hoá dầu; hoá dầu;
    dầu khí; liên tiếp; truyền tải điện; truyền tải; công chứng; đăng kiểm; quần chúng; đồng bào; tín ngưỡng;
    nghĩa trang; hoả táng; công viên; cây xanh; chiếu sáng; rác thải; chất thải; nước thải; phế liệu; vật tư y tế;
    thiết bị y tế; máu; huyết học; truyền máu; ung bướu; tim mạch; nội tiết; da liễu; mắt; lão khoa;
    phục hồi chức năng; nhi khoa; sản khoa; chấn thương; chỉnh hình; cấp cứu; hồi sức; xét nghiệm; kiểm nghiệm;
    kiểm chuẩn; dược liệu; đông y; châm cứu; dân lập; tư thục; quốc lập; chuyên biệt; năng khiếu; mẫu mực;
    thực nghiệm; liên cấp; dạy nghề; nguồn; giáp ranh; biên mậu; logistics; kho bãi; bốc xếp; container; cảng biển;
    cảng cá; cảng hàng không; bay; quản lý bay; mặt bằng; tái định cư; tín chấp; vi mô; uỷ thác; trái phiếu; cổ phiếu;
    bất động sản; vàng bạc; đá quý; thẩm định giá; khởi nghiệp; sáng tạo; đổi mới; sở hữu trí tuệ; bản quyền; bức xạ;
    hạt nhân; an toàn thông tin; an ninh mạng; mật mã; người lao động; tiền lương; việc làm; trẻ em; bình đẳng giới;
    gia đình; cao tuổi; mồ côi; khuyết tật; tệ nạn xã hội; giảm nghèo; nông thôn mới; đô thị hoá; chuyên quản;
    địa chính; đo đạc; bản đồ; trắc địa; khoáng chất; địa vật lý; vật lý; địa cầu; hải dương; rừng phòng hộ;
    kiểm soát không lưu; hành khách; hàng hoá; đường thuỷ nội địa; liên vận; cao nguyên; hội đồng; uỷ ban; đảng viên;
    quần đảo; tiền phương; hậu phương; dã chiến; cơ bản; tổng đài; nhiệt đới; vô tuyến; tần số; phát hành; phim;
    sân khấu; xiếc; múa; chèo; cải lương; kịch; mỹ nghệ; thủ công; làng nghề; ẩm thực; võ thuật; bóng đá;
    nguy hiểm(?: cao)? về cháy,? nổ; giáo dục thường xuyên; chế xuất; khối phố; giao dịch; nông lâm sản;
    nông lâm thuỷ sản; đặc công nước; bãi ngang; thương nhân; đầu mối; tàu hàng; khai thác thuỷ sản; vật nuôi;
    kỷ luật; cộng đồng; số; công nghệ số; các cấp; mọi cấp; vành đai; nhiệt điện; cấp nước; thoát nước; đoàn xã;
    tỉnh đoàn; tỉnh uỷ; thành uỷ; thành đoàn; đi qua; chạy qua; cửa khẩu; nghĩa vụ quân sự; tràn dầu; sự cố; thôn;
    bản; ấp; buôn; làng; duyên hải; hộ tịch; công sản; hoa tiêu; an ninh; an sinh; an toàn; anh hùng; bách khoa;
    bảo hiểm; bảo vệ môi trường; bệnh binh; bệnh nhiệt đới; biên chế; biên giới; biên phòng; biển đảo; biểu mẫu;
    bộ binh; bưu chính; bưu điện; ca; cán bộ; cảnh sát; cơ động; kho vận; thường trực; cao cấp; cao đẳng; cao su;
    cao tốc; cây trồng; chăn nuôi; chất lượng; chế biến; chính phủ; chính quyền; chính sách; chính trị; chợ; chủ lực;
    chức năng; chứng khoán; chữ thập đỏ; chuyên gia; chuyên môn; chuyên ngành; chuyên trách; chuyên nghiệp; công an;
    công binh; công chính; công chức; công cộng; công dân; công đoàn; công ích; công lập; công nghệ; công nghệ cao;
    công nghiệp; công thương; công tác; công trình; cổ phần; cổ truyền; cơ điện; cơ giới; cơ khí; cơ quan; cơ sở;
    cơ yếu; cựu chiến binh; dân cư; dân phố; dân quân; dân số; dân sự; dân tộc; dân vận; di sản; di tích; dịch tễ;
    dịch vụ; dinh dưỡng; doanh nghiệp; doanh trại; du lịch; dự án; dược; dược phẩm; dữ liệu; đa khoa; đại biểu;
    đại học; đảng; đặc biệt; đặc công; đặc nhiệm; đặc dụng; đất; đất đai; đầu nguồn; đầu tư; đê điều; đề án; địa bàn;
    địa chất; địa phương; điện; điện ảnh; điện lực; điện tử; điều dưỡng; đoàn thể; đo lường; đô thị; đối ngoại;
    đối nội; đối tượng; động vật; đường bộ; đường sắt; đường thuỷ; đường dây; đường cao tốc; giám định; giải trí;
    giao thông; giao thông công chính; giáo dục; giáo dưỡng; giáo viên; giống; hạ tầng; hải đảo; hải sản; hải văn;
    hàng hải; hàng không; hành chính; hành chính công; hậu cần; hiện trường; hình sự; hoá chất; hoá học; hỗn hợp;
    hồ chứa; hồ sơ; hội nhập; hợp tác; hợp tác xã; huyện; hưu trí; in; karaoke; kế hoạch; kế toán; khách; khí tượng;
    khoa học; khoáng sản; không gian mạng; không khí; không quân; khu công nghiệp; khu phố; khuyến nông; khuyến ngư;
    khuyến học; kiến trúc; kiểm dịch; kiểm ngư; kiểm sát; kiểm toán; kiểm lâm; kinh tế; kinh tế - xã hội;
    kinh tế tập thể; kinh tế tư nhân; kỹ thuật; làm vườn; lao động; lao phổi; lâm nghiệp; lễ hội; lễ tân; liên gia;
    liên huyện; liên ngành; liên quan; liên xã; lịch sử; luật gia; luật sư; lương thực; lưu trú; lưu trữ; ma tuý;
    mạng; mạng lưới; mặt đất; mặt trận; mầm non; mẫu giáo; máy tính; miền núi; mỏ; môi trường; mỹ thuật; mỹ phẩm;
    năng lượng; nạn nhân; ngân hàng; ngân sách; nghề; nghề cá; nghề nghiệp; nghiệp vụ; nghệ thuật; ngoại giao;
    ngoại ngữ; ngoại thương; ngoại vụ; người cao tuổi; nguồn lợi; nguồn nhân lực; nguyên tử; nhà đất; nhà nước; nhà ở;
    nhà trọ; nhà văn hoá; nhạc; nhân dân; nhân lực; nhân sự; nhi; nhi đồng; nội bộ; nội chính; nội địa; nội vụ;
    nông dân; học sinh; phụ huynh; cha mẹ học sinh; người mù; nạn nhân chất độc da cam; cựu thanh niên xung phong;
    người khuyết tật; trẻ mồ côi; nông lâm; nông nghiệp; nông sản; nông thôn; nước ngoài; nước sạch; ô tô; ô nhiễm;
    phản ứng nhanh; pháp chế; pháp luật; pháp lý; pháp quy; pháp y; phần mềm; phi chính phủ; phố; phố đi bộ;
    phòng cháy; phòng thủ dân sự; phong trào; phổ thông; phổi; phụ nữ; phụ sản; phường; quản lý nhà nước; quan hệ;
    quân dân y; quân đội; quân lực; quân nhu; quân sự; quân y; quốc gia; quốc hội; quốc phòng; quốc tế; quỹ đất;
    quy hoạch; quy mô lớn; răng hàm mặt; rừng; sản nhi; sản xuất; sân bay; sinh học; sinh thái; sinh viên; sở tại;
    sư phạm; sự nghiệp; sức khoẻ; tài chính; tài nguyên; tài sản; tài vụ; tàu biển; tại chỗ; tâm lý; tâm thần;
    tập trung; tây nam; tây bắc; tây nguyên; thành viên; thăm dò; thẩm phán; thanh niên; thanh niên xung phong;
    thanh thiếu nhi; thể dục; thể dục thể thao; thể thao; thị trường; thiên nhiên; thiên tai; thiết bị; thiếu niên;
    thiếu nhi; thổ nhưỡng; thông minh; thông tin; thông tin điện tử; thông tin liên lạc; thống kê; thời trang; thủ đô;
    thú y; thuế; thuốc; thương binh; thương mại; thương mại điện tử; thuỷ điện; thuỷ lợi; thuỷ nội địa; thuỷ nông;
    thuỷ sản; thuỷ văn; thực phẩm; thực vật; tiền tệ; tiểu học; tiểu thương; tiêu chuẩn; tiêu dùng; tiếng nói;
    tình nguyện; tình báo; tín dụng; toàn quốc; toàn tỉnh; tội phạm; tôn giáo; tổng hợp; tổ quốc; tối cao;
    trang thiết bị; trật tự; trật tự xã hội; trí tuệ; trị sự; triển lãm; trinh sát; trồng trọt; trong nước; trung cấp;
    trung học; trung học cơ sở; trung học phổ thông; trung tâm; trung ương; trực thăng; trực thuộc; tuyến tỉnh;
    truyền hình; truyền hình cáp; truyền nhiễm; truyền thanh; truyền thông; trọng điểm; tư nhân; tư pháp; tư tưởng;
    tuyên giáo; tự vệ; tương trợ; ứng dụng; vận tải; vật liệu; vật tư; văn hoá; văn hoá - xã hội; văn học; văn nghệ;
    văn phòng; văn thư; văn kiện; vắc xin; vàng; vệ binh; vệ sinh; vệ tinh; viên chức; viễn thám; viễn thông;
    vi phạm hành chính; vốn nhà nước; vũ khí; vũ trụ; vùng biển; xã hội; xã hội chủ nghĩa; xăng dầu; xây dựng;
    xe khách; xét xử; xuất bản; xuất nhập khẩu; xung kích; xung phong; y dược; y học; y học cổ truyền; y tế;
    y tế dự phòng; dự phòng; cai nghiện; tầm nhìn; lái xe; xe; tàu; cảng; bến; bãi; cầu; đường; tuyến; khoa; ngành;
    đội; tổ; chuyên; sông; biển; hồ; suối; núi; đảo; vịnh; kênh; quốc lộ; vùng trũng; trung du; đồng bằng; hạ du;
    thượng nguồn; hạ lưu; bến xe; bến tàu; giữ xe; lồng bè; tàu cá; hồ đập; nhà hàng; khách sạn; vũ trường; quán bar;
    chung cư; trang trại
""")
NOUN = re.compile(any_of(_NOUNS) + r"\b")

WHICH = re.compile(
    r"(?:kèm theo|có tên(?= (?:tại|ở|trong))|các|những|vùng|ven|biên|miền|phía|lân(?: cận)?|trung|trực thuộc|thuộc|nơi|"
    r"khu vực|có|trên|và|giáp(?: ranh)?|"
    r"liên|đảo|"
    r"trọng|phụ trách(?= \w)|"
    r"bị|dọc|ngoài|trong|số|khác|này|nói|cấp(?= (?:tỉnh|xã|cơ|trên|dưới|trung|bộ|phường|huyện|thành|nơi))|"
    r"mới|cũ|nhân dân|uỷ|từ|tỉnh|thành phố|tp|đặc khu|xã|phường|của|tại|ở|quốc|"
    r"chính trị|tham mưu tổng|sở tại|cùng cấp|chi nhánh|thường trực(?! (?:cấp cứu|sẵn|24))|hai|một|"
    r"nêu(?= (?:trên|tại|ở)))\b"
)
"""What may still belong to a name that is whole, behind its level, number or place: which ones of them are meant."""

_OBJECTS = listed(r"""
    quản lý; phát triển; giám sát; kiểm soát; bảo vệ; bảo trợ; bảo tồn; phục vụ; dịch vụ; hỗ trợ; xúc tiến; đăng ký;
    phòng chống; chống; phối hợp; ứng phó; phòng ngừa; phòng trừ; khắc phục; tìm kiếm; xử lý; khai thác; điều phối;
    kiểm định; ứng dụng; tư vấn; nghiên cứu; tuyển dụng; (?<!hội )(?<!cuộc )(?<!kỳ )(?<!điểm )(?<!dự )thi
""")
NEEDS_OBJECT = re.compile(r"(?<!ban )\b" + any_of(_OBJECTS) + r"$")
"""A name that has come to this word is not yet whole ("Cục Quản lý …"), except "Ban Quản lý"."""

_TRADES = listed(r"""
    quản lý(?:,| và)? (?:vận hành|khai thác|sử dụng); quản lý; vận hành; khai thác; thi công; cung cấp; kinh doanh;
    sản xuất; vận tải; tư vấn; thiết kế; giám sát; nuôi; nuôi trồng; trồng; chế biến; chăn nuôi; nhập khẩu; xuất khẩu;
    phân phối; bán; cho thuê; nhận uỷ thác; nhận khoán; xây dựng; đầu tư; thu gom; lắp đặt; sử dụng; sở hữu; sửa chữa;
    bảo dưỡng; bảo trì; đào tạo; khám; khám bệnh; chữa bệnh; chủ trì (?:soạn thảo|thẩm tra|thẩm định|đề án|nhiệm vụ);
    trực (?:tết|lễ|đêm|ban|chiến|chốt); làm nhiệm vụ; đánh bắt; mua bán; thu mua; giết mổ; bảo vệ; thi hành;
    phụ trách; đăng ký thi đua; buôn bán; phục vụ mặt đất; quan trắc; kiểm định; thẩm định; thẩm tra; kiểm toán;
    giám định; cung ứng; vệ sinh
""")
TRADE = re.compile(any_of(_TRADES) + r"(?:(?:, | và )" + any_of(_TRADES) + r")*\b")
"""What a body of a kind is known by: "doanh nghiệp khai thác khoáng sản", "đơn vị quản lý đường bộ"."""

_PURPOSES = listed(r"""
    coi thi; chấm thi; ra đề thi; giám định; thi; thi tuyển; tuyển; xét tuyển; xét; xét duyệt; thẩm định; nghiệm thu;
    đánh giá; tuyển dụng; tuyển chọn; tuyển sinh; giải phóng; thanh lý; định giá; đấu giá; kỷ luật; bồi thường;
    kiểm kê; tiêu huỷ; cưỡng chế; tuyên truyền; kiểm tra; giám sát; khảo sát; xử lý; giải quyết; phân loại; hoà giải;
    bảo vệ; phản ứng; quản lý; ứng phó; khắc phục; vận động; tìm kiếm; cứu nạn; cứu hộ; chữa cháy; phòng, chống;
    phòng chống; quản trị; điều hành; hỗ trợ; thanh tra; xác minh; đấu tranh; bầu cử; bình xét; sát hạch;
    truyền thông; điều tra; tuần tra; kiểm soát; xây dựng; sắp xếp; kiểm dịch; quan trắc; quan sát; cảnh báo;
    bỏ phiếu; sơ tán; tiếp nhận; cân; canh gác; cách ly; thu phí; tiêm chủng; tiêm; cấp cứu; bán; thu mua;
    chuyển đổi số
""")
PURPOSE = re.compile(any_of(_PURPOSES) + r"\b")
"""What a body was formed for: "Hội đồng xét tuyển viên chức", "Tổ công tác giải phóng mặt bằng"."""

CAMPAIGN = re.compile(r"(?:tổng kết|sơ kết|triển khai|thực hiện|soạn thảo|chuẩn bị|tổ chức|rà soát) (?P<what>\w)")
"""The same, of a thing whose name begins with a capital: "Ban Chỉ đạo tổng kết Nghị quyết"."""
