"""The 34 provinces and cities since 1 July 2025 (Resolution 202/2025/QH15), with their statistical codes."""

from datetime import date
from typing import NamedTuple

SINCE = date(2025, 7, 1)


class Province(NamedTuple):
    """A province or a city directly under the central government."""

    code: str
    name: str
    english: str
    is_city: bool = False


PROVINCES = (
    Province("01", "Hà Nội", "Hanoi", True),
    Province("04", "Cao Bằng", "Cao Bang"),
    Province("08", "Tuyên Quang", "Tuyen Quang"),
    Province("11", "Điện Biên", "Dien Bien"),
    Province("12", "Lai Châu", "Lai Chau"),
    Province("14", "Sơn La", "Son La"),
    Province("15", "Lào Cai", "Lao Cai"),
    Province("19", "Thái Nguyên", "Thai Nguyen"),
    Province("20", "Lạng Sơn", "Lang Son"),
    Province("22", "Quảng Ninh", "Quang Ninh"),
    Province("24", "Bắc Ninh", "Bac Ninh"),
    Province("25", "Phú Thọ", "Phu Tho"),
    Province("31", "Hải Phòng", "Hai Phong", True),
    Province("33", "Hưng Yên", "Hung Yen"),
    Province("37", "Ninh Bình", "Ninh Binh"),
    Province("38", "Thanh Hóa", "Thanh Hoa"),
    Province("40", "Nghệ An", "Nghe An"),
    Province("42", "Hà Tĩnh", "Ha Tinh"),
    Province("44", "Quảng Trị", "Quang Tri"),
    Province("46", "Huế", "Hue", True),
    Province("48", "Đà Nẵng", "Da Nang", True),
    Province("51", "Quảng Ngãi", "Quang Ngai"),
    Province("52", "Gia Lai", "Gia Lai"),
    Province("56", "Khánh Hòa", "Khanh Hoa"),
    Province("66", "Đắk Lắk", "Dak Lak"),
    Province("68", "Lâm Đồng", "Lam Dong"),
    Province("75", "Đồng Nai", "Dong Nai"),
    Province("79", "Hồ Chí Minh", "Ho Chi Minh City", True),
    Province("80", "Tây Ninh", "Tay Ninh"),
    Province("82", "Đồng Tháp", "Dong Thap"),
    Province("86", "Vĩnh Long", "Vinh Long"),
    Province("91", "An Giang", "An Giang"),
    Province("92", "Cần Thơ", "Can Tho", True),
    Province("96", "Cà Mau", "Ca Mau"),
)
