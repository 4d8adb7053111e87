"""Who may sign in to the demo: posts, no persons. Known before there is a database."""

from thammuu.kernel.actor import HIGHEST
from thammuu.kernel.text import fold
from thammuu.org.provinces import PROVINCES, Province
from thammuu.org.rules import Role

PASSWORD = "thammuu-demo"  # noqa: S105 - printed at the start of every demo; no real installation has it

# With the highest level that each post reaches.
HEADQUARTERS = (
    ("truc.ban", "Trực ban", Role.DUTY_OFFICER, 2),
    ("truc.ban2", "Trực ban phụ", Role.DUTY_OFFICER, 2),
    ("chi.huy", "Trực chỉ huy", Role.CHIEF, HIGHEST),
    ("tham.muu", "Cán bộ tham mưu", Role.STAFF_OFFICER, 2),
    ("quan.tri", "Quản trị hệ thống", Role.ADMINISTRATOR, HIGHEST),
    ("giam.sat", "Kiểm tra, giám sát", Role.AUDITOR, HIGHEST),
)


def province_sign_in(province: Province) -> str:
    """The sign-in name of a province's duty officer."""
    return fold(province.name).replace(" ", "")


def shown() -> list[tuple[str, str]]:
    """Sign-in names and posts to print at a start: the centre's, and two provinces' as examples."""
    centre = [(name, title) for name, title, _role, _level in HEADQUARTERS]
    return centre + [(province_sign_in(one), f"Trực ban, {one.name}") for one in PROVINCES[:2]]
