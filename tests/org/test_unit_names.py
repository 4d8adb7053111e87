"""Units are found by every usual name, and the index is kept while the tree stays as it is."""

from dataclasses import replace
from uuid import UUID

import pytest

from thammuu.kernel.actor import Scope
from thammuu.kernel.names import Form, words_of
from thammuu.org.directory import Directory, UnitRow
from thammuu.org.unit_names import names_of, unit_names

PROVINCE = UnitRow(UUID(int=1), "40", "province", "Nghệ An", "Nghệ An", "nghe an", None)
WARD = UnitRow(UUID(int=2), "00004", "ward", "Phường Ba Đình", "Ba Đình", "phuong ba dinh", PROVINCE.id)
OFFICE = UnitRow(UUID(int=3), "TTCH", "department", "Trung tâm thông tin chỉ huy", "TTCH", "trung tam", None)


def _directory(*units: UnitRow) -> Directory:
    return Directory({unit.id: unit for unit in units}, {}, {})


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("Công an tỉnh Nghệ An", PROVINCE),
        ("tỉnh nghệ an", PROVINCE),
        ("CA tinh Nghe An", PROVINCE),
        ("P. Ba Đình", WARD),
        ("công an phường ba đình", WARD),
    ],
)
def test_full_names_are_found(typed: str, unit: UnitRow) -> None:
    mention = unit_names(_directory(PROVINCE, WARD, OFFICE), Scope(None)).mention(typed, words_of(typed), 0)
    assert mention is not None
    assert (mention.things, mention.form) == ((unit.id,), Form.FULL)


def test_a_unit_without_an_area_has_its_own_names_only() -> None:
    assert list(names_of(OFFICE)) == ["TTCH", "Trung tâm thông tin chỉ huy", "TTCH"]


def test_the_index_is_kept_until_a_unit_changes() -> None:
    scope = Scope(frozenset([PROVINCE.id]))
    first = unit_names(_directory(PROVINCE, WARD), scope)
    assert unit_names(_directory(replace(PROVINCE), replace(WARD, name="Phường Mới")), scope) is first
    assert unit_names(_directory(replace(PROVINCE, name="Nghệ An mới")), scope) is not first
