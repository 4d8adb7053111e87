"""The types of document that are built in, with their abbreviations and the series their numbers come from. Pure.

Names and abbreviations: Decree 30/2020/NĐ-CP, appendix III, part I. Beside them stand the circular (a legal normative
document), the order and the directing telegram of armed forces. Units add types of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LETTER = "CV"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document: its name as printed, its abbreviation in the symbol, and the series of its numbers."""

    name: str
    abbreviation: str
    series: str


def _kinds(names: Mapping[str, str]) -> dict[str, Kind]:
    return {code: Kind(name, code, code) for code, name in names.items()}


BUILT_IN: Mapping[str, Kind] = {
    **_kinds(
        {
            "NQ": "Nghị quyết",
            "QĐ": "Quyết định",
            "CT": "Chỉ thị",
            "QC": "Quy chế",
            "QyĐ": "Quy định",
            "TC": "Thông cáo",
            "TB": "Thông báo",
            "HD": "Hướng dẫn",
            "CTr": "Chương trình",
            "KH": "Kế hoạch",
            "PA": "Phương án",
            "ĐA": "Đề án",
            "DA": "Dự án",
            "BC": "Báo cáo",
            "BB": "Biên bản",
            "TTr": "Tờ trình",
            "HĐ": "Hợp đồng",
            "CĐ": "Công điện",
            "BGN": "Bản ghi nhớ",
            "BTT": "Bản thỏa thuận",
            "GUQ": "Giấy ủy quyền",
            "GM": "Giấy mời",
            "GGT": "Giấy giới thiệu",
            "GNP": "Giấy nghỉ phép",
            "PG": "Phiếu gửi",
            "PC": "Phiếu chuyển",
            "PB": "Phiếu báo",
            "TT": "Thông tư",
            "ML": "Mệnh lệnh",
            "ĐCĐ": "Điện chỉ đạo",
        }
    ),
    # The official letter has no abbreviation and its name is not set; its numbers have a series of their own.
    LETTER: Kind("Công văn", "", LETTER),
}
