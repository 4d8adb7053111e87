"""The words by which the grammar knows who acts, what is done and what comes of it. All in the levelled form.

Names of bodies that hold a comma, "và" or a verb are listed, because the grammar would cut them there.
"""

import re

from thammuu.directives.extraction.words import any_of, listed

_BODIES = listed(r"""
    tiểu đội; cụm(?= dân cư); thí sinh; vận động viên; huấn luyện viên; phạm nhân; cử tri; tân binh; hội thẩm;
    người (?:nộp thuế|lao động|bệnh|tham gia giao thông|sử dụng lao động|đi bộ|đi đường|cao tuổi);
    tổ chức (?:y tế thế giới|lao động quốc tế|di cư quốc tế|phi chính phủ|quốc tế); sở chỉ huy;
    cụm(?= (?:lực|công|quân|\d)); thương lái; vựa(?= thu); đại lý; tư vấn (?:giám sát|thiết kế|thẩm tra|quản lý);
    (?<=từng )gia đình; (?<=mỗi )gia đình; (?<=các )gia đình;
    (?<=các )(?:chùa|thôn|bản|ấp|buôn|quỹ|nhóm|kênh|sàn|nền tảng|mạng xã hội|điểm(?= (?:có|chưa)));
    (?<=các )hộ(?= (?:có|chưa|nằm|đang|bị|thuộc|ở|sống)); (?<=những )hộ(?= (?:có|chưa|nằm|đang|bị|thuộc|ở|sống));
    (?<=các )cơ sở(?! (?:giáo|cai|khám|đào|giam|kinh|lưu|dịch|cách|thu|điều|y tế|sản));
    (?<=các )tổ chức(?! (?:tín|đảng|chính|đoàn|xã|liên|hành|nuôi));
    toà(?= (?:án|phúc|sơ|gia|hình|dân|kinh|hành|lao|chuyên)); truyền tải điện;
    cơ sở khám(?: bệnh)?,? (?:và )?chữa bệnh; tổng kho; xưởng; binh chủng; mỏ(?= \w); cửa khẩu(?= \w);
    cung(?= (?:thiếu|văn|thể|hữu|triển|thi đấu)); làng(?= (?:trẻ|nghề|sinh|du|văn)); sàn(?= (?:giao|thương|chứng));
    quỹ(?= (?!đất|lương|tiền|nhà)\w); thương vụ(?= việt); tham tán; công sứ; tuỳ viên; đại sứ(?! quán);
    tổng lãnh sự(?! quán); trưởng đại diện; cơ quan đại diện; văn phòng đại diện; phái đoàn; tổng kiểm toán;
    tổng thanh tra; thống đốc; tổng bí thư; chủ tịch nước; tổng biên tập; tổng thư ký; tổng tham mưu trưởng;
    công chức; viên chức; chuyên viên; giáo viên; giảng viên; bác sĩ; điều dưỡng trưởng; thẩm phán; chấp hành viên;
    thư ký; công chứng viên; đấu giá viên; thanh tra viên; kiểm soát viên; hướng dẫn viên; tình nguyện viên; quản đốc;
    quản giáo; trực ban trưởng; trưởng kíp; trưởng tàu; trưởng nhóm; trưởng đơn vị; máy trưởng; tàu trưởng;
    người(?= (?:dân|lao động|bán|mua|nuôi|trồng|tham gia|đi|kinh doanh|sở hữu|được|nhận|cao|nộp|bệnh)); hành khách;
    du khách; học sinh; sinh viên; phóng viên; luật sư; ngư dân; nông dân; tài xế; lái xe(?= \w); chiến sĩ mới;
    hệ thống(?= (?:loa|truyền thanh|đài|chính trị)); đài(?= (?:truyền thanh|duyên hải|kiểm soát|quan sát|tưởng niệm));
    cửa hàng; cây xăng; phòng giao dịch; phòng kinh doanh; tổ máy; giàn(?= \w); tàu(?= (?:\w+ )?\d); kho(?= \d);
    ban(?= (?:trị sự|đại diện|vận động|kiểm soát|thanh tra|công tác|bảo vệ|liên lạc|cán sự|giám hiệu|lãnh đạo|
    điều hành));
    ban(?= (?:kinh tế|pháp chế|văn hoá|đô thị|tài chính|kế hoạch|kỹ thuật|thi đua|trọng tài|biên tập|thư ký|hậu cần));
    tổ(?= (?:dân vận|liên|giúp|hỗ trợ|thẩm|chuyên|kỹ|cơ|đại|lái|kiểm|giám|tuần|bảo)); cơ quan ngang bộ;
    cơ quan thuộc chính phủ; cha mẹ học sinh; chốt(?: trực)?(?! chặn|,| lại| phương| số| danh| vị);
    (?:kíp|ca|tổ|bộ phận) trực(?: ban| chỉ huy)?; sĩ quan(?: trực(?: ban| chỉ huy)?)?;
    điểm(?= (?:bỏ phiếu|cầu|trường|thi|bán|sơ tán|tiếp nhận|trực|cách ly|tiêm|bưu|du lịch)); bộ phận; ban quản trị;
    khách sạn; sàn giao dịch; nhóm(?= (?:công tác|kỹ thuật|nghiên cứu|chuyên gia|giúp việc|thường trực));
    người có thẩm quyền(?: xử phạt| xử lý)?; ban bí thư;
    người(?= (?:quản lý|vận hành|điều hành|phụ trách|sử dụng lao động|điều khiển|đại diện)); phụ huynh(?: học sinh)?;
    cư dân(?= ); ban đại diện; cán bộ, chiến sĩ; tổng liên đoàn; trung ương (?:đoàn|hội); tổng đài; cổng thông tin;
    chỉ huy(?= (?:các|đơn|tiểu|đại|trung)); trật tự đô thị; kế toán trưởng; thôn trưởng; trưởng ấp; bí thư đoàn;
    hồ(?= (?:chứa|thuỷ|đập)); xã đội trưởng; thôn đội; lãnh đạo, chỉ huy(?= (?:các|đơn|công|tiểu|trung|cấp)); xã đội;
    phường đội; uỷ viên; kiểm toán nhà nước; nhà(?= (?:hát|thuốc|xe|khách|hàng|trẻ|nghỉ|trọ|văn|ga)); phòng khám;
    đảng bộ; đại biểu; chi hội; dòng họ; xe ôm; công an; bộ công an; bộ tư lệnh; bộ chỉ huy; cục; tổng cục; chi cục;
    vụ(?! việc| án| cháy| tai nạn| nổ); văn phòng; sở(?! hữu); uỷ ban nhân dân; uỷ ban; ubnd; hđnd; hội đồng nhân dân;
    hội đồng; phòng(?!,? chống| ngừa| cháy| vệ); thanh tra; viện(?! dẫn); viện kiểm sát; toà án; trung tâm;
    đội(?! ngũ| hình); học viện; trường(?! hợp); trạm; đồn; tổ công tác; ban chỉ đạo; ban tổ chức;
    ban quản lý(?: (?:các )?dự án(?: đầu tư)?(?: xây dựng)?)?; ban chỉ huy; ban giám đốc;
    ban(?= (?:an toàn giao thông|dân tộc|nội chính|tuyên giáo)); tiểu ban; đoàn thanh niên; đoàn công tác;
    đoàn kiểm tra; đoàn thanh tra; đoàn giám sát; đoàn khảo sát; đoàn liên ngành; mặt trận tổ quốc;
    hội(?! nghị| thảo| đồng| họp| viên| chợ| trường| thi| ý| đàm| báo| nhập| trại| làng); liên đoàn; tập đoàn;
    tổng công ty; công ty; ngân hàng; kho bạc; bảo hiểm xã hội; quân khu; sư đoàn; trung đoàn; tiểu đoàn; đại đội;
    hạt(?= kiểm); tỉnh đoàn; thành đoàn; xã đoàn; hải quan; thuế; kiểm lâm; quản lý thị trường; bệnh viện; nhà trường;
    cơ quan(?: thường trực| chuyên trách| chủ quản| chức năng| chuyên môn| điều tra| báo chí| thẩm quyền)?(?! hệ);
    đơn vị; địa phương; doanh nghiệp; chủ đầu tư(?: (?:các )?dự án)?;
    chủ (?:hồ|sở hữu|cơ sở|phương tiện|tàu|rừng|doanh nghiệp|nhà|hộ|công trình|hàng|xe|trang trại|nguồn thải|vườn|
    đập|bến|lò|quán|thầu|thuê bao|nuôi|vật nuôi|lồng|bè|thuyền|ghe|khách sạn|cửa hàng|sạp|mỏ|máy|ao|đầm|tài khoản|
    dự án|đất|sử dụng|quản lý|ki-ốt|bãi|chung cư|toà nhà|mặt bằng|kho|website|vựa|đại lý|trại|đàn|sàn|cây xăng|
    phòng|thể); cơ sở y tế; lực lượng; bộ đội biên phòng; dân quân; quân đội; chánh văn phòng; phó chánh văn phòng;
    chánh thanh tra; giám đốc; phó giám đốc; thủ trưởng; thủ tướng; trưởng công an; trưởng phòng; trưởng ban;
    trưởng các; cục trưởng; vụ trưởng; viện trưởng; chủ tịch; phó chủ tịch; bí thư; hiệu trưởng; chỉ huy trưởng;
    tư lệnh; đội trưởng; trưởng ca trực; (?:trực ban|trực chỉ huy)(?! \d);
    phía(?! (?:bắc|nam|đông|tây|trước|sau|trên|dưới|trong|ngoài|hạ|thượng|đối diện|biển|bờ)); người đứng đầu;
    bộ, ngành; sở, ngành; sở, ban, ngành; ban, bộ, ngành; ban, ngành; bộ; ngành(?= \w); tỉnh; thành phố; phường;
    xã(?! hội); đặc khu; cấp uỷ; tổ chức(?= (?:chính trị|đoàn thể|xã hội)); bộ trưởng; thứ trưởng; tổng giám đốc;
    phó tổng giám đốc; tổng cục trưởng; chi cục trưởng; chánh án; chủ nhiệm; phó trưởng(?= (?:phòng|ban|công an));
    trưởng(?= (?:thôn|bản|ấp|khu phố|trạm|khoa|tiểu ban)); tổ trưởng; phó hiệu trưởng; phó chỉ huy trưởng; chính uỷ;
    chính trị viên; (?:trung|tiểu|sư)? ?đoàn trưởng; đồn trưởng; giám thị; trại giam; trại tạm giam; nhà tạm giữ;
    cơ sở (?:giáo dục|cai nghiện|khám|đào tạo|giam giữ|kinh doanh|lưu trú|dịch vụ|cách ly|thu dung|điều trị);
    đội hình(?= (?:thanh|tình|phản|xung|tuần|cứu|xe|dân)); cơ sở sản xuất(?:, kinh doanh(?:, dịch vụ)?)?; cảng vụ;
    đài(?= (?:khí tượng|phát thanh|truyền hình|tiếng nói|thông tin)); hiệp hội; liên minh; liên hiệp; câu lạc bộ;
    hợp tác xã; thông tấn xã; nhà xuất bản; nhà máy; xí nghiệp; bảo tàng; thư viện; ban thường vụ; ban thường trực;
    ban chấp hành; thường trực(?= (?:ban|tổ|tiểu ban|hội đồng|hđnd|ubnd|tỉnh|thành|đảng)); đảng uỷ; tỉnh uỷ; thành uỷ;
    chi bộ; cảnh sát biển; kiểm ngư; chính quyền; tổ dân phố; người phát ngôn; người chỉ huy; công đoàn;
    cảnh sát khu vực; chủ rừng; chủ cơ sở; cảnh sát giao thông; cảnh sát cơ động; dân phòng;
    báo và phát thanh, truyền hình; đài và báo; báo, đài; tổ hợp tác; hạt trưởng; trạm trưởng; hải đoàn; hải đội;
    binh đoàn; thủy đoàn; tổ thư ký; dân quân thường trực; vùng cảnh sát biển; lữ đoàn; khoa(?= (?!học|giáo|cử)\w);
    cảnh sát(?= \w); cán bộ(?: trực ban| trực| phụ trách)?; chiến sĩ; hộ (?:kinh doanh|gia đình|dân|sản xuất); hãng;
    tập thể; cụm trưởng; khối trưởng; cụm thi đua; khối thi đua; tham mưu trưởng; nhà thầu; nhà mạng; nhà đầu tư;
    thành viên; tổ đội; tổ hoà giải; tổ tự quản; đoàn thể; người có uy tín; ban soạn thảo; tổ biên tập;
    tổ chức (?:tín dụng|đảng)(?= ); thường trực(?= uỷ ban); nhà nước; trưởng đoàn; phân hiệu; chi nhánh; điểm trưởng;
    trung đội; phân đội; phân viện; thị đội; đồn công an; trạm công an; trại; khu quản lý; bảo hiểm;
    thanh niên xung phong; bưu điện; bưu cục; điện lực; sân bay; bến xe; ga(?= [\wđ]+); siêu thị;
    đoàn(?= (?:thanh tra|giám sát|khảo sát|liên ngành|xe|luật|kinh|tàu|cán)); khu phố(?= \d); thôn(?= \d); trưởng bản;
    trưởng thôn; chi đội; vườn quốc gia; khu bảo tồn; quỹ(?= [a-zđ]+ (?:trợ|chống|phát|bảo|tín|đầu));
    đoàn viên(?: thanh niên)?; hội viên; đoàn luật sư; đại học; cao đẳng; tổng lãnh sự quán; đại sứ quán;
    lãnh sự quán; thống kê(?= (?:tỉnh|thành phố|cơ sở)); toà soạn; tạp chí; kiểm sát viên; điều tra viên; cá nhân;
    công dân; nhân viên(?= \w); cộng tác viên; già làng; phân trại; biên phòng; biên đội; phi đội;
    thú y(?= (?:xã|phường|cơ sở|viên)); khách hàng; nhân dân(?= (?:trong|trên|các|vùng|ở|thôn|xã|phường|địa));
    quân chủng; cảng(?= (?:hàng không|biển|hàng hải|vụ|cá|quốc tế)); quân đoàn; quân y; mặt trận;
    hộ(?= (?:nuôi|dân|trồng|tiểu|kinh|sản|gia|buôn)); chợ; khu(?= (?:di tích|du lịch|công nghiệp|kinh tế|điều dưỡng));
    tổ xung kích; tổ phản ứng; tổ(?! chức| quốc| hợp| tiên| ong| yến| ấm); tổ chức(?=,| (?:liên quan|hành nghề|nuôi));
    thi hành án dân sự; thuyền trưởng; chủ các; phương tiện(?= (?:thuỷ|vận|giao|cơ|đường))
""")
BODY = re.compile(
    r"(?:(?:lãnh đạo|đại diện|toàn(?= (?:lực lượng|ngành|đảng bộ|đơn vị))|toàn thể|toàn bộ|tất cả|một số|những|"
    r"mỗi|mọi)\s+)?(?:các\s+|từng\s+)?(?:phó\s+)?" + any_of(_BODIES) + r"\b"
)
HEAD = re.compile(
    BODY.pattern
    + r"|(?:thôn|bản|ấp|buôn|làng|khu phố|ban|đoàn|tổ|đội|quỹ|khu|vườn|cảng|nhà|đài|kho|cụm|khối|báo|tạp chí|"
    r"đại học|cao đẳng|ngành|khoa|vùng|hiệp hội|"
    r"tổng lãnh sự quán|đại sứ quán|lâm trường|nông trường|trang trại|khách sạn|thuỷ điện|nhiệt điện|thống kê|"
    r"toà|trụ sở|"
    r"câu lạc bộ|mặt trận|bệnh xá|chùa|giáo hội|ban trị sự|kiểm dịch|tổng kho|trưởng|chủ|phó|chi đội|chi hội|phân trại|"
    r"tổng đội|cơ sở)\b"
)
"""The same with those nouns that name a body only if they begin with a capital."""

CODE = re.compile(r"(?:(?:các\s+)?(?:cục|phòng|đơn vị|đội)\s+)?[A-ZĐ]{1,3}\d{1,3}(?:-\w+)?\b")
"""Bodies of a ministry are also called by letter and number: V01, C08, PC06."""

_JOINED = listed(r"""
    kết cấu hạ tầng xây dựng; vật liệu xây dựng; nghệ thuật biểu diễn; giao dịch bảo đảm; bồi thường nhà nước;
    biến đổi khí hậu; phòng không; xổ số kiến thiết; (?<=trạm )kiểm tra tải trọng(?: xe)?; cán bộ quản lý(?= nông);
    giảm nghèo bền vững; chất lượng công trình xây dựng; (?<=nhà nước )về người việt nam ở nước ngoài;
    (?<=nhà nước )về chất lượng công trình xây dựng; và thư viện; xét tặng;
    phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số; biến áp \d+ kv;
    nhà giáo và cán bộ quản lý(?: cơ sở)? giáo dục; giáo dục và đào tạo; giáo dục, đào tạo; y học dự phòng;
    (?<=đơn vị )dự toán; loa truyền thanh; trong (?:vùng|ngành|khu vực|tỉnh)(?! \w+ có);
    (?<=văn phòng )(?:hđnd|đoàn đbqh|đoàn đại biểu quốc hội) và (?:ubnd|hđnd); hồi sức tích cực(?: -| và)? chống độc;
    hồi sức tích cực; bồi thường, hỗ trợ(?:,| và) tái định cư; quy hoạch xây dựng;
    (?:phối hợp )?phổ biến, giáo dục pháp luật; giám sát đầu tư của cộng đồng; (?<=văn phòng )công chứng;
    (?<=trung tâm )thông tin,? (?:và )?xúc tiến (?:du lịch|thương mại|đầu tư)(?: và du lịch)?;
    tổng hợp(?= (?:tỉnh|thành phố|quốc gia)); tư vấn giám sát; (?<=trung tâm )xúc tiến; tiền gửi; chấp hành viên;
    (?<=ban chỉ huy )phòng thủ khu vực; phòng thủ khu vực(?= \d); (?<=uỷ ban )dân nguyện và giám sát;
    (?<=hội đồng )quản trị; (?<=ban )quản trị; khai thác thuỷ lợi; quản lý khai thác;
    tham mưu tổng hợp(?!,| (?:tình|số|kết|báo|ý)); nhỏ và vừa; chuyển đổi số; đổi mới sáng tạo;
    (?:cháy|sụt|sạt), (?:nổ|lún|lở); (?<=trực ban )tác chiến; (?<=trực )tác chiến;
    (?<=quốc gia )về \w+(?: \w+){0,2}?(?= (?:là|và|có|chủ|phối|xây|tổ|kiểm|rà|xử|đồng|cập|đối|hướng)|[,;.]|$);
    cứu nạn, cứu hộ; cứu nạn cứu hộ; cứu hộ cứu nạn; quyền sử dụng đất; điều tra tổng hợp; giúp việc;
    tiêu chuẩn đo lường chất lượng; khám bệnh, chữa bệnh; khám, chữa bệnh;
    hành nghề (?:công chứng|luật sư|đấu giá|y|dược); hộ tịch, quốc tịch, chứng thực; tìm kiếm, cứu nạn;
    (?:đóng|hoạt động|cư trú|sinh sống) (?:trên địa bàn|tại|ở|trong|ven|dọc|quanh|gần);
    (?<=thanh tra )theo quyết định số [\w/-]+; (?<=kiểm tra )theo quyết định số [\w/-]+;
    (?<=văn phòng )hội đồng nhân dân và uỷ ban nhân dân; (?:một|hai) thành viên;
    (?<=nhà nước )về [^,;:.]{5,45}?(?=,|;|\.| trước|$); kế toán, kiểm toán; trật tự xây dựng(?: đô thị)?;
    phòng, chống; giám sát, điều hành; điều hành đô thị; tố tụng; cảnh sát điều tra; an ninh điều tra; hậu cần;
    ngoại giao; hàng không việt nam; hàng không; hàng hải; bầu cử; pccc và cnch; phong trào bảo vệ an ninh tổ quốc;
    bảo vệ an ninh tổ quốc; bảo vệ thực vật; bảo vệ chính trị nội bộ; bảo vệ môi trường; kiểm soát bệnh tật;
    xuất bản, in và phát hành; bảo vệ trẻ em; giám sát hải quan; phát thanh và truyền hình; phát thanh, truyền hình;
    phát thanh - truyền hình; thi đua, khen thưởng; thi đua - khen thưởng; phục vụ hành chính công; tiến hành tố tụng;
    vụ, cục; cục, vụ; đại học, cao đẳng; cao đẳng, đại học; đoàn đại biểu quốc hội và hội đồng nhân dân;
    cấp uỷ, chính quyền; cấp uỷ đảng, chính quyền; đảng uỷ, chính quyền;
    tạm giữ, tạm giam, thi hành án hình sự tại cộng đồng; quản lý khám, chữa bệnh; quản lý, giám sát bảo hiểm;
    bảo vệ bí mật; thi hành pháp luật; quản lý đê điều và phòng, chống thiên tai; thuỷ sản và kiểm ngư;
    lâm nghiệp và kiểm lâm; kiểm tra sau thông quan; quản lý đầu tư xây dựng; quản lý hoạt động xây dựng;
    cung ứng dịch vụ; đầu tư công; đầu tư nước ngoài; xúc tiến đầu tư; quản lý đô thị; quản lý tài nguyên;
    cứu hộ, cứu nạn; phòng, chống tham nhũng, lãng phí, tiêu cực;
    phòng, chống tội phạm, tệ nạn xã hội(?: và xây dựng phong trào toàn dân bảo vệ an ninh tổ quốc)?;
    xây dựng phong trào toàn dân bảo vệ an ninh tổ quốc; chống buôn lậu, gian lận thương mại và hàng giả;
    phòng, chống mua bán người; phòng, chống dịch; chuyển đổi số và cải cách hành chính; sơ tán, cứu nạn;
    kiểm tra văn bản; quản lý tạm giữ, tạm giam(?:, thi hành án hình sự tại cộng đồng)?; tạm giữ, tạm giam;
    bảo vệ, hỗ trợ tư pháp; huấn luyện, nghiệp vụ; bảo tồn thiên nhiên; bảo vệ nguồn lợi thuỷ sản;
    bảo vệ quyền lợi người tiêu dùng; giám sát ngân hàng; quản lý, bảo vệ rừng; bảo vệ cảng hàng không;
    bảo vệ mục tiêu; điều hành hướng dẫn; đăng ký đất đai; thuỷ lợi, thuỷ điện; điện, nước; hỗ trợ tư pháp;
    công nghệ thông tin; thi hành án dân sự; quản lý hành chính về trật tự xã hội;
    phòng cháy, chữa cháy và cứu nạn, cứu hộ; phòng cháy, chữa cháy; phòng cháy chữa cháy;
    an ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao; phòng, chống tội phạm sử dụng công nghệ cao;
    phòng, chống (?:tội phạm|ma túy|thiên tai|tham nhũng|khủng bố|buôn lậu)(?: và tìm kiếm cứu nạn)?;
    phòng thủ dân sự; phòng chống thiên tai và tìm kiếm cứu nạn; tìm kiếm cứu nạn;
    (?:cảnh sát )?điều tra tội phạm về (?:trật tự xã hội|ma túy|môi trường);
    (?:cảnh sát )?điều tra tội phạm về tham nhũng, kinh tế, buôn lậu(?:, môi trường)?; điều tra hình sự;
    thi hành án hình sự(?: và hỗ trợ tư pháp)?; văn hoá, thể thao và du lịch; văn hoá và thể thao;
    cải cách hành chính, tư pháp; cải cách hành chính; quản lý xuất nhập cảnh; xuất nhập cảnh;
    quản lý trại giam(?:, cơ sở giáo dục bắt buộc, trường giáo dưỡng)?; quản lý thị trường; quản lý xây dựng;
    xây dựng lực lượng; xây dựng đảng; xây dựng và doanh trại; kiểm tra đảng; hỗ trợ công dân;
    an toàn, vệ sinh lao động; thông tin chỉ huy; chỉ huy điều hành; điều hành thông minh; quản lý khu công nghiệp;
    quản lý dự án đầu tư xây dựng(?: các công trình)?; quản lý dự án; tổ chức cán bộ; tổ chức chính trị - xã hội;
    tổ chức chính trị xã hội; tổ chức đoàn thể; tổ chức xã hội; thanh tra, kiểm tra; bảo vệ an ninh, trật tự;
    bảo vệ an ninh trật tự; bảo vệ rừng; an ninh, trật tự; truyền thông; báo chí; báo, đài; xã, phường, đặc khu;
    phường, xã, đặc khu; xã, phường; phường, xã; tỉnh, thành phố; đơn vị, địa phương; bộ, ngành, địa phương;
    sở, ban, ngành; ban, bộ, ngành; bộ, ngành; sở, ngành; ban, ngành; cơ quan, đơn vị, địa phương; cơ quan, đơn vị;
    cơ quan, tổ chức; tổ chức, cá nhân; ngành, lĩnh vực; ngành, đoàn thể; trật tự xã hội; trực thuộc
""")
JOINED = re.compile(any_of(_JOINED) + r"\b")
"""What stands inside the name of a body and would end it by its words: commas, "và", verbs."""

_PRODUCTS = listed(r"""
    bản (?:thuyết minh|tổng hợp|đăng ký|góp ý|giải trình|tường trình|kiểm điểm|tự \w+|đánh giá|dự thảo|dịch|
    nhận xét|kê|kê khai|khai|tóm tắt|thảo|thoả thuận|đề xuất|phân công|phân tích|xác nhận|nghiệm thu|báo cáo|
    kế hoạch|phương án|số liệu|thống kê|danh sách|nhận định|quy trình|nội quy|đồ án|giới thiệu|quyết toán|đối chiếu|
    trích lục|án|cáo trạng|tổng kết);
    bộ (?:dữ liệu|số liệu|đề|ảnh|nhận diện|mã|công cụ|thuật ngữ|sản phẩm|tranh|ấn phẩm|mẫu|quy trình|bài giảng|
    hướng dẫn|ngân hàng); biểu(?! diễn| dương| quyết| hiện| tình| thị| mẫu); chứng thư; chứng từ;
    giấy (?:chứng nhận|xác nhận|giới thiệu|uỷ quyền|báo|cam kết|đề nghị|chứng tử|khai sinh);
    đơn(?= (?:đề|giá|hàng|kiến)); định mức; bảng giá; cẩm nang; tờ rơi; diễn văn; thư ngỏ; đề thi; phim; tập san;
    kỷ yếu; dự trù; niên giám; danh bạ; thông điệp; bài (?:giảng|tuyên truyền|báo|thi); đồ án;
    quyết toán(?= (?:năm|ngân|thu|dự)); nhật ký; sơ yếu; lý lịch; kiến nghị(?= (?:xử|sửa|khởi|bằng)); nhận xét;
    vật phẩm; clip; phiếu; tin bài; maket; khuyến nghị; khuyến cáo; báo giá;
    (?<!trả )kết quả (?:xét nghiệm|giám định|kiểm nghiệm|quan trắc|thẩm định|phân tích|đo|khám nghiệm|đối soát|trúng);
    kế hoạch; phương án; báo cáo; b/c(?= \w); đề án; dự án; dự thảo; dự toán; văn bản; quy chế; quy định(?= [^\W\d_]);
    quy trình; (?:(?<=ban hành )|(?<=xây dựng )|(?<=soạn thảo )|(?<=có )|(?<=hoàn thành ))hướng dẫn; danh sách;
    danh mục; tờ trình; thông tư; nghị định; nghị quyết; quyết định; chỉ thị; chương trình; công văn; công điện;
    tài liệu; cơ sở dữ liệu; phần mềm; biểu mẫu;
    thông báo(?! cho| ngay| kịp| về| đến| tới| sớm| trước| rộng| công khai| để| với); kết luận; hồ sơ; bản đồ; sổ tay;
    lịch trực; lịch; biên bản; bảng tổng hợp; bảng phân công; bảng; bộ tiêu chí; bộ chỉ số; bộ tài liệu; bản tin;
    giáo án; giáo trình; kịch bản; phụ lục; sơ đồ; đề cương; lộ trình; mẫu;
    thống kê(?! (?:các|số|toàn|những|thiệt|hiện|tình)|,); số liệu; văn kiện; luật; pháp lệnh; đề xuất; bản cam kết;
    (?<=ký )cam kết; cam kết(?= (?:bằng văn|tiến độ)); ý kiến; thoả thuận; quy chuẩn; tiêu chuẩn; ấn phẩm; video;
    phóng sự; nội quy; điện(?= (?:chỉ đạo|báo|khẩn|mật|chúc|chia|thăm)); giấy mời; giấy phép; hợp đồng; bộ câu hỏi;
    bộ quy tắc; (?<!kiểm tra )(?<!giám sát )(?<!thanh tra )chuyên đề; tham luận; bài phát biểu;
    (?:(?<=xây dựng )|(?<=thiết lập )|(?<=lắp đặt ))hệ thống; nền tảng; cổng; trang thông tin; ứng dụng; mô hình;
    bộ hồ sơ; sổ theo dõi; sổ; đáp án; bản sao; bản vẽ; thiết kế; bài viết; chiến lược; quy hoạch; thể lệ; điều lệ;
    bộ thủ tục; bản ghi nhớ; nghị quyết liên tịch; thông cáo; điện chỉ đạo; mệnh lệnh; biên bản ghi nhớ;
    số liệu thống kê
""")
PRODUCT = re.compile(any_of(_PRODUCTS) + r"\b")
COUNTED = re.compile(r"(?:\d{1,3}\s+)?(?P<kind>" + any_of(_PRODUCTS) + r")\b")
"""A product with how many of it are wanted."""

_MAKING = listed(r"""
    xây dựng; soạn thảo; ban hành; lập; biên soạn; hoàn thiện; hoàn chỉnh; trình; gửi; nộp; dự thảo; công bố;
    tham mưu; đề xuất; thiết kế; hoàn thành; cung cấp; rà soát; tổng hợp; phê duyệt; thẩm định; in; phát hành;
    cập nhật; tạo lập; bổ sung; sửa đổi; điều chỉnh; xác lập; ký; thống nhất; xuất bản; sản xuất; viết; chuẩn bị;
    đăng; làm; kết nối; đưa; (?<!khi )(?<!nếu )(?<!phải )có; (?<=phải )có; soạn; dựng; vẽ; trả; chuyển; hoàn tất;
    chốt; giao nộp; chỉnh lý; sao gửi; tiếp thu; hiệp đồng; thông báo; biên tập; thí điểm; triển khai thí điểm;
    công khai; niêm yết công khai; khởi thảo; bàn giao; triển khai; nghiên cứu; nâng cấp; đăng ký; kiểm tra; đổi mới;
    mở; ký kết; cụ thể hoá(?: thành| bằng)?; tham gia ý kiến(?! bằng); tham gia(?= ý kiến bằng); góp ý(?: vào)?;
    phát(?= (?:bản|phóng|tin|phim|clip|video)); thực hiện(?= (?:ít nhất |tối thiểu )?\d)
""")
MAKING = re.compile(r"\b(?<!kết quả )(?<!tình hình )(?<!công tác )" + any_of(_MAKING) + r"\b")
