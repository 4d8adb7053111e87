"""The verbs of administrative Vietnamese, and the small words that end a name as a verb does. In the levelled form.

A name ends before any of them, unless `naming` has a reason to see it inside; what a verb has besides its ending is
that somebody does it, so that who stands before it is charged.
"""

import re

from thammuu.directives.extraction.words import any_of, listed

_ACTIONS = listed(r"""
    phụ trách; thi công(?= \w);
    có(?= (?:nhiệm vụ|mặt|thông báo|báo cáo|đề xuất|kiến nghị|công điện|tờ trình|chỉ đạo|lịch)); hưởng ứng; hoá trang;
    hoá giải; thể chế hoá; duy tu; mang theo; lùi; hoàn(?=,| vé| phí| tiền); sản xuất(?= \w+ \w); bám;
    phát(?= lại| đi| các| thông| bản| nội); tự giải thể; liên tục; tuyệt đối; triệt để; tự giác; gương mẫu; nêu gương;
    hết sức; thật sự; nghiêm chỉnh; ở(?= (?:trạng thái|vị trí|chế độ|tư thế|lại)); mang(?= \w+ \w); hậu kiểm;
    tiền kiểm; gom; gọi; soát(?= vé| xét| chéo); hỏi; khất; tước; hoàn trả; xuất trình; lên sóng; chạy;
    cho(?= (?:tàu|xe|học|nghỉ|phép|dừng|người|cán|phụ|các|lực)); tham vấn; quét; nhận lại; dựng lại; xác nhận;
    lập lại; kiểm lại; giăng; căng; quây; vận hành thử; nạp; sạc; thay mới; hàn gắn; bảo lưu; lưu trữ; lưu giữ;
    cất giữ; trông; trông coi; trông giữ; cập bến; rời; rời bến; xuất bến; ra khơi; vào bờ; tránh trú; hạ cánh;
    cất cánh; quay đầu; chuyển hướng; phân tán; ứng cử; giới thiệu; hiệp thương; đề cử; tiếp xúc; chất vấn; phân xử;
    điều giải; giám hộ; bảo hộ; cấp dưỡng; cai nghiện; điều trị; chẩn đoán; phẫu thuật; hội chẩn; kê đơn; cấp thuốc;
    tiêm vét; phun thuốc; diệt khuẩn; xử trí; truy vết;; tiêu độc; tiêm; lấy máu; hiến máu; ngừng; giãn; tháo;
    tích nước; điều tiết nước; kích cầu; xuất bán; nhập hàng; thu hồi nợ; xoá tên; ghi nhận; đưa tin; livestream;
    phát trực tiếp; truyền hình trực tiếp; minh bạch; niêm yết giá; bình ổn giá; khoá sổ; kết sổ; chốt sổ; đối trừ;
    bù trừ; nộp ngân sách; hạch toán; kiểm toán(?= \w+ \w); tái tạo; chỉnh sửa; dàn dựng; đạo diễn; tổng duyệt;
    hợp luyện; sơ duyệt; chạy thử; lắp đặt; tháo lắp; bốc xếp; giải tán; giải thể; đánh máy; sao y; in sao; lưu hành;
    luân chuyển; gửi lại; phúc đáp; phúc tra; phúc khảo; nhắc việc; giục; chịu; lo liệu; đảm đương; cáng đáng;
    nhận trách nhiệm; xin lỗi; xin ý kiến; hỏi ý kiến; tiếp thị; rao bán; thu thập; trích lục; xác định; định danh;
    gắn thẻ; đeo; treo biển; cắm biển; quây rào; bảo mật; khai hội; dâng hương; khởi kiện; thụ án; giám sát;
    phản biện; góp vốn; thoái vốn; cổ phần hoá; giải mật; tiêu huỷ; thu nộp;
    có(?= (?:văn bản|công văn|kế hoạch|biện pháp|phương án|giải pháp|ý kiến|hình thức|trách nhiệm)); đồng chủ trì;
    đồng tổ chức; bật; khai báo;
    (?<!các )(?<!mọi )cấp(?! (?:cứu|uỷ|tỉnh|xã|cơ sở|trên|dưới|trung|bộ|phường|thành|nơi|trưởng|cao|nước|sở|phòng|
    \d)); cấp(?= nước (?:cho|về|đến|sạch)); cấp(?= \d); liên thông; đeo bám; nối; súc rửa; thay nhau; bổ khuyết;
    quy tập; chủ công; tích(?= than| nước); đồng loạt; lập tức; mạnh dạn; tích cực; quyết liệt; linh hoạt; lần lượt;
    ráo riết; gấp rút; quyết tâm; chính thức; bí mật; bất ngờ; đột xuất; đích thân; chung tay; tự nguyện; chủ trương;
    cương quyết; nghiêm khắc; cài(?: đặt)?; diễn; mai phục; nhặt; thông quan; tắt; gõ; nhắn; lo; xin; chấp thuận;
    thoả thuận; tiếp thụ; ngăn ngừa; giám định; chủ trì; phối hợp; tham mưu; xây dựng; tổ chức; triển khai; rà soát;
    tổng hợp; báo cáo; ban hành; hướng dẫn; kiểm tra; đôn đốc; theo dõi; thực hiện; hoàn thành; hoàn thiện;
    nghiên cứu; đề xuất; trình; lập; bố trí; tăng cường; tiếp tục; chủ động; khẩn trương; thường xuyên; nghiêm túc;
    quán triệt; có trách nhiệm; chịu trách nhiệm; cử; bảo đảm; đảm bảo; nắm; duy trì; thống nhất; quyết định;
    chuẩn bị; cung cấp; gửi; làm; đẩy mạnh; đẩy nhanh; tập trung; sẵn sàng; chỉ đạo; phân công; phê duyệt; thẩm định;
    tuyên truyền; vận động; huy động; sử dụng; phải; cần; được; thành lập; mở; ra quân; tiếp nhận; xử lý; giải quyết;
    xác minh; công bố; công khai; cấp phát; mua sắm; trang bị; khắc phục; sửa chữa; vận hành; kết nối; chia sẻ;
    số hoá; cập nhật; đánh giá; sơ kết; tổng kết; nghiệm thu; bàn giao; diễn tập; tập huấn; đào tạo; bồi dưỡng;
    tuyển chọn; biên soạn; soạn thảo; dự thảo; phân tích; dự báo; thẩm tra; quản lý; thống kê; rút kinh nghiệm;
    phát hiện; ngăn chặn; đấu tranh; trực; ứng trực; tuần tra; kiểm soát; phân luồng; điều tiết; phát động; nâng cao;
    đổi mới; chấn chỉnh; xem xét; yêu cầu; giao(?! thông| dịch| lưu); đề nghị; giúp; hỗ trợ; tham gia; khảo sát;
    thông báo; điều phối; điều tra; bảo vệ; phòng ngừa; truy tìm; truy bắt; di dời; sơ tán; cứu hộ; phục vụ; đầu tư;
    nâng cấp; tích hợp; đồng bộ; khai thác; vận chuyển; dự trữ; kiện toàn; lựa chọn; đăng ký; ký; tổng vệ sinh;
    lấy ý kiến; tiếp thu; góp ý; tham gia ý kiến; nộp; nhập; trả lời; giải trình; khen thưởng; kiến nghị; siết chặt;
    quản trị; rà phá; niêm phong; tạm dừng; đình chỉ; thay thế; thu hồi; điều động; phổ biến; giáo dục; thanh tra;
    xây mới; hạn chế; hợp đồng; ưu tiên; mở rộng; mở đợt; phát hành; in; biên tập; đăng tải; cảnh báo; tiến hành;
    bảo quản; phê bình; nhắc nhở; thường trực(?= (?:ban|tại|24|sẵn|\d|chiến)); đăng; viết; ghi; đo; cắm; cấm; chốt;
    túc trực; đánh; khởi động; kích hoạt; sao gửi; lưu(?! vực| trú| thông| động); ký kết; đàm phán; khai trương;
    kiểm kê; cân đối; thí điểm; quyết toán; thanh lý; đo đạc; phân loại; tính toán; bổ sung; sửa đổi; điều chỉnh; mời;
    đón; đưa; dừng; khoanh vùng; cách ly; chữa cháy; sàng lọc; chọn; phân bổ; phân cấp; gia cố; củng cố; khôi phục;
    bảo trì; bảo dưỡng; kiểm định; lấy; thuê; mua; trao; nhận; truyền đạt; kêu gọi; nhân rộng; quan tâm; phát huy;
    coi trọng; lồng ghép; tranh thủ; tránh; trả; bắt; khởi tố; khám; bám sát; tập hợp; họp; hội ý; vào cuộc; giải toả;
    tháo gỡ; hoàn tất; hoàn chỉnh; đối chiếu; xây; mở lớp; tuyển sinh; tuyển dụng; phân ca; ghi chép; xuất bản; trích;
    tạo nguồn; bố trí lại; chốt chặn; tuyên dương; biểu dương; quyên góp; xét xử; truy tố; kê khai; kê biên;
    phong toả; làm rõ; đón tiếp; nắm bắt; tiết giảm; rải; lắng nghe; hợp nhất; chia; tách; sáp nhập; đổi; đặt; treo;
    dán; gỡ; sửa; dọn; đi(?! qua| bộ| lại); chặn; thuyết minh; thanh toán; thiết lập; phát sóng; dẫn giải; kết thúc;
    áp giải; bàn bạc; đầu mối(?= (?:liên|tổng|phối|theo|tiếp|giúp|tham|cung|thực)); bình xét; bình ổn; bồi thường;
    can thiệp; chăm lo; chăm sóc; chấm dứt; chỉ định; cho phép; chuẩn hoá; chứng minh; chứng nhận; cung ứng; dò tìm;
    diễn giải; đáp ứng; đấu nối; đẩy lùi; điều chuyển; định hướng; đón nhận; đối phó; gặp gỡ; gia hạn; giao nộp;
    gìn giữ; giữ gìn; góp phần; hiện đại hoá; hình thành; hoạch định; hướng tới; in ấn; khảo nghiệm; khám nghiệm;
    khám xét; khẳng định; khống chế; kiềm chế; kiểm duyệt; kiểm đếm; kiểm điểm; làm sạch; làm việc; liên kết;
    liên lạc; loại trừ; luân phiên; miễn giảm; mô phỏng; ngăn cản; nghiêm cấm; nhận diện; nhận dạng; nhập khẩu;
    ổn định; phá dỡ; phản bác; phân định; phân tuyến; phối kết hợp; quảng bá; ra mắt; rút gọn; san lấp; sao chụp;
    sát hạch; so sánh; tái lập; tạm giữ; tập kết; tập dượt; thay; theo sát; thông tuyến; thông xe; thu dọn; thu gom;
    thu giữ; thu hút; thu nhận; thúc đẩy; thực thi; tiến công; tiếp cận; tiếp quản; tiếp tế; tiết kiệm; tinh gọn;
    tôn tạo; trao đổi; trao trả; trấn an; trích lập; triệt xoá; triệu tập; trưng bày; trưng cầu; tu bổ; tuyển;
    ứng cứu; ứng dụng; ứng phó; vây bắt; vô hiệu hoá; xác thực; xét nghiệm; xét tuyển; xoá bỏ; xúc tiến; thực tập;
    thực nghiệm; kết luận; hoãn; huỷ; tăng; giảm; khoá; thi hành; điều hành; xác lập; triệt phá; trấn áp; tháo dỡ;
    khơi thông; nạo vét; chi trả; giải ngân; đóng(?! quân); cứu trợ; tìm kiếm; hoà giải; đối thoại; phản ánh;
    phản hồi; kết hợp; gắn; khuyến cáo; khuyến khích; quy định; niêm yết; chấp hành; tuân thủ; nỗ lực; phấn đấu; rút;
    chuyển; chọn lọc; đảm nhiệm; bảo lãnh; cụ thể hoá; lãnh đạo(?! \w+ (?:bộ|tỉnh)); trực tiếp; đại tu; tạo lập;
    thụ lý; tạo ra; ban bố; kiên quyết; nhanh chóng; sớm; xuất xe; đánh số; đảm nhận; phân nhóm; lắp; thử nghiệm;
    kiến thiết; trích xuất; tra cứu; giữ; canh; gác; hộ tống; dẫn đoàn; hiệp đồng; liên hệ; bắn; huấn luyện; xếp;
    chấm; đấu thầu; chỉnh lý; thẩm duyệt; cưỡng chế; giám định lại; xử phạt; lập biên bản; tạo điều kiện; chịu sự;
    tự(?= (?:kiểm|rà|giác|chịu|khắc|tổ|đánh|bảo|chủ)); cùng(?! cấp); không(?! gian| quân| lưu); sẽ; phun; hút; bơm;
    tiêu úng; khơi; trồng; gieo; gieo cấy; gặt; thu hoạch; cày; tưới; tiêu thoát; xả; đắp; đào; lấp; kè; rào;
    rào chắn; che chắn; chằng; chằng buộc; chống sập; neo; neo đậu; bốc; dỡ; bốc dỡ; chở; chuyên chở; kéo; cẩu;
    trục vớt; lặn; vớt; cứu(?! hộ| nạn| trợ); cứu nạn(?= \w+ nạn| người| tàu); cứu chữa; cấp cứu; khám bệnh; chữa trị;
    thu dung; tiêm phòng; tiêm chủng; khử khuẩn; khử trùng; phát thuốc; hành quân; (?<!cảnh sát )cơ động; xuất quân;
    xuất phát; lên đường; xuống; lên(?= (?:kế hoạch|phương án|danh sách|đường)); tới(?= hiện trường| nơi); có mặt;
    mật phục; truy quét; vây ráp; truy nã; bắt giữ; tạm giam; dẫn độ; trục xuất; hỏi cung; giải cứu; phá án; triệt;
    xoá; xoá sổ; bóc gỡ; tấn công; phản công; bố phòng; đánh chặn; ngăn; đẩy đuổi; xua đuổi; cảnh giới; canh gác;
    canh phòng; trinh sát(?= địa| nắm| tình); dẫn đường; dẫn(?! đường); tháp tùng; nghênh đón; tiễn; đưa đón;
    đón rước; rà quét; dò; dò phá; nổ mìn; phá; phá bỏ; cắt; cắt điện; ngắt; đóng cửa; cấm đường; cấm biển; tạm ngừng;
    tạm đình chỉ; tạm hoãn; bắc; dựng; dựng lập; xây dựng mới; tu sửa; trùng tu; cải tạo; chỉnh trang; hạ thấp;
    hạ tải; hạ(?! tầng| du| sĩ); giãn cách; giãn dân; khoanh; khoanh nợ; giãn nợ; cơ cấu lại; xoá nợ; cho vay;
    giải phóng(?= mặt| hiện| hành| kho| lòng); chi(?= (?:hỗ|trả|tạm|tiền|ngay|\d|đủ|từ|bổ|cho|ứng|đột)); chi viện;
    tạm ứng; ứng(?= vốn| kinh| tiền| trước); xuất kho; xuất(?= gạo| cấp| quỹ| hàng| kho); nhập kho; nhập liệu;
    nhập(?= dữ| số| thông| hồ); trợ giúp; trợ cấp; thăm hỏi; thăm; động viên; an ủi; tặng; trao tặng;
    trao(?= học| quà| tiền| thưởng| quyết| giấy); nuôi dưỡng; nuôi; đỡ đầu; nhận đỡ đầu; giúp đỡ; phụng dưỡng;
    phân phát; phát(?= quà| gạo| động| lệnh| tín| tờ| thẻ| sóng| tin| hành| nhu); phân phối; dành; để dành; tích trữ;
    cất trữ; thu phí; thu thuế; truy thu; hoàn thuế; miễn; miễn thuế; áp dụng; áp giá; định giá; thẩm định giá;
    đấu giá; mời thầu; chào giá; giải quyết dứt điểm; chốt số; tăng thời; tăng ca; giảm tải; rút ngắn; lược bỏ;
    cắt giảm; tinh giản; đơn giản hoá; cải tiến; hợp thức; chuyển đổi(?! số); chuyển giao; thay đổi; phân quyền;
    uỷ quyền; phân nhiệm; đo mực; đo đếm; quan trắc; quan sát; lấy mẫu; kiểm nghiệm; đối soát; rà; lọc; tra soát;
    chứng thực; công chứng; đóng dấu; mở niêm; niêm cất; sao lưu; mã hoá; giải mã; truyền tải; phát tin; loan báo;
    điện báo; điện(?= báo| về| ngay); báo tin; báo động; báo(?= (?:cáo|trước|ngay|tin|động|cho|về|kịp));
    truyền thông(?= về| cho| đến| trên); thông tin(?= (?:về|cho|kịp|đầy|rộng|đến|ngay|thường|tới));
    nêu(?! trên| tại| ở); nêu rõ; quán xuyến; giải thích; giải đáp; thuyết phục; răn đe; nhắc; cảnh cáo; khiển trách;
    cách chức; bổ nhiệm; bầu; bãi nhiệm; miễn nhiệm;
    chỉ huy(?! quân| phòng| trưởng| bộ| thống| cứu| chữa| các| lực| hậu| an| sở); vẽ; soạn; viết bài; dịch thuật;
    dịch(?= tài| hồ| văn); chụp; quay; ghi hình; ghi âm; thu âm; trình chiếu; trình diễn; biểu diễn; biểu quyết;
    bỏ phiếu; xét duyệt; xét; xét chọn; bình chọn; trao giải; chấm điểm; coi thi; thi tuyển; thi đua(?= lập);
    sát nhập; chia tách; đặt hàng; đặt mua; đặt biển; mua bù; tạm nhập; vét; dọn dẹp; quét dọn; rửa; xúc; xúc rửa;
    xúc dọn; san; san gạt; đổ(?! bộ); thông luồng; nạo; sục; sục rửa; thau; chôn; chôn lấp; đốt; thiêu huỷ; tiêu diệt;
    diệt; thả; thả phao; buộc; gia cường; gắn kết; gắn biển; ký cam; cam đoan; cam kết; hứa; đăng cai; tiếp(?! công);
    tiếp dân; tiếp sức; tiếp sóng; tiếp nước; tiếp nối; kế thừa; tự chủ; khởi công; khánh thành; động thổ; thông cầu;
    ra(?= (?:thông|quyết|văn|lệnh|chỉ|công|nghị|quân|soát)); làm lễ; tưởng niệm; viếng; thắp; toạ đàm; hội thảo;
    hội đàm; đàm thoại; thương lượng; thương thảo; gặp; mời gọi; chiêu sinh; chiêu mộ; gọi nhập; gọi khám; giao quân;
    nhận quân; trưng dụng; trưng mua; trưng tập; siết; thắt chặt; nới lỏng; bãi bỏ; huỷ bỏ; đình bản; gỡ bỏ; chặn lọc;
    bóc; bóc tách; bẻ; ghép; ghép nối; nâng; nâng hạng; nâng công; nâng mức; bù; đền bù; bồi hoàn;
    hoàn(?= (?:trả|tiền|thành|thiện|tất|thuế)); trả lại; bồi đắp; hồi phục; phục hồi; phục dựng; tái định; tái thiết;
    tái cơ; tái đàn; chăm bón; chăn thả; thả giống; đánh bắt; săn; mở cửa; mở đường; mở luồng; mở thông; dời;
    di chuyển; di dân; đưa vào; nhận bàn; bàn thảo; bàn định; xét hỏi; tranh tụng; bào chữa; kháng nghị; kháng cáo;
    tống đạt; thoát nước(?= cho); đóng gói; bao tiêu; tiêu thụ; trợ giá; bán; bán hàng; bán bình; định vị; quản thúc;
    giam; giữ nghiêm; giữ vững; tiên phong; phát quang; cưa; chặt; đốn; khoan(?! thăm); kẻ vạch; cấm tải; phân làn;
    phân tách; hướng luồng; điều hướng; điều tàu; điều xe;
    điều(?= \d| xe| trực thăng| tàu| lực| quân| cán| người| máy); trực chiến; trực(?= \d); ém quân; ém; vượt; đổ bộ;
    giao ban; điểm danh; hội quân; luyện tập; ôn luyện; thực hành; dạy; dạy học; dạy bơi; dạy nghề; học tập; thi đấu;
    hướng nghiệp; khai giảng; bế giảng; nhân(?= rộng); phòng trừ; phòng(?= ngừa); tẩy; tẩy rửa; thu mua; thu xếp;
    sắp xếp; sắp đặt; bài trí; trang trí; quảng cáo; vinh danh; tôn vinh; ghi công; khen; thưởng; phạt; khấu trừ;
    trích nộp; trích(?= lập| ngân| quỹ| kinh); khai trình; khiếu nại; tố giác; tố cáo; trình báo; báo mất;
    truyền(?! hình| nhiễm| thông| thống| thanh); thu(?= phí| thuế| hồi| gom| dọn| nợ| \d| tiền| ngân| quỹ);
    thông(?= xe| luồng| tuyến| cầu); dạy(?= bơi| nghề| học); xung phong(?= đi)
""")
_IN_FULL = r"(?:tổng (?!tham mưu|thanh tra|chỉ huy|quản lý))?"
"""A verb may be done everywhere at once: "tổng kiểm tra", "tổng rà soát"."""
ACTION = re.compile(_IN_FULL + any_of(_ACTIONS) + r"\b")
"""What somebody does, or is to do ("phải", "cần")."""

_LINKS = listed(r"""
    biết(?=,| và|[./;]|$); mới(?= \w+(?: \w+)? được); cơ bản(?= (?:hoàn|đạt|đã|bảo|đáp)); hằng; hàng; trước;
    chậm nhất; là; khi; nếu; để;
    mỗi(?= (?:nơi|đơn vị|bên|xã|phường|sở|ngày|tuần|tháng|quý|năm|bệnh viện|đội|trường|tổ)); cứ;
    thứ(?= (?:hai|ba|tư|năm|sáu|bảy)); nhất thiết; theo; trên cơ sở; trong(?! nước| ngành); từ; ngay; với; do; nhằm;
    đồng thời; hoặc; sau; đến; về; cho; vào; qua; thì; định kỳ; căn cứ; kịp thời; đã; đang; chưa; còn; vẫn; xuyên đêm;
    suốt đêm; cũng; đều; rất
""")
ASIDE = re.compile(
    r"(?:với|cùng|dưới|được sự|nhờ|sau|trước|trên cơ sở|trên tinh thần|khi|nếu|căn cứ|theo|trong|ngoài|phối hợp|tuỳ|"
    r"bằng|thông qua|qua|tại|từ|bên cạnh|song song|ngay|nhất là|đặc biệt là|trường hợp|liên kết|hiệp đồng|do|nơi|"
    r"bao gồm|kể cả|trừ|trực tiếp là|cụ thể)\b"
)
"""What is said of how, when or with whom, between the commas behind a subject."""

VERB = re.compile(_IN_FULL + any_of([*_ACTIONS, *_LINKS]) + r"\b")
"""A verb, or a word that joins what follows to the sentence: "trước", "để", "theo"."""
