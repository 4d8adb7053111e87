from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.kernel.errors import BadInput, Refused
from thammuu.org import actions
from thammuu.org.models import Unit, UnitSpell
from thammuu.org.provinces import PROVINCES
from thammuu.org.unit_file import import_units, read_unit_file

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def test_there_are_28_provinces_and_6_cities() -> None:
    assert len({province.code for province in PROVINCES}) == 34
    assert sum(province.is_city for province in PROVINCES) == 6


@pytest.mark.usefixtures("fold_equals_tables")
def test_renaming_keeps_the_former_name_and_its_dates(organisation: Organisation, now: datetime) -> None:
    actions.rename_unit(
        actor=organisation.admin,
        now=now,
        unit=organisation.hue,
        name="Thành phố Huế",
        parent=organisation.ministry,
        starts_on=DAY,
    )
    spells = list(UnitSpell.objects.filter(unit_id=organisation.hue).order_by("starts_on"))
    assert [(spell.name, spell.ends_on) for spell in spells] == [("Huế", DAY), ("Thành phố Huế", None)]
    assert [entry.kind for entry in feed.of_subjects([spells[0].id])] == ["org.unit_named", "org.unit_spell_ended"]


def test_a_unit_cannot_stand_below_itself(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(BadInput) as refused:
        actions.rename_unit(
            actor=organisation.admin,
            now=now,
            unit=organisation.hanoi,
            name="Hà Nội",
            parent=organisation.commune,
            starts_on=DAY,
        )
    assert refused.value.field == "parent"


def test_only_an_administrator_creates_units(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(Refused):
        actions.create_unit(
            actor=organisation.duty,
            now=now,
            code="99",
            level="province",
            name="Mới",
            parent=organisation.ministry,
            starts_on=DAY,
        )


@pytest.mark.usefixtures("fold_equals_tables")
def test_a_file_is_imported_whatever_the_order_of_its_lines(organisation: Organisation, now: datetime) -> None:
    content = "code,level,name,parent_code\n00008,commune,Ngọc Hà,01\nX2,team,Tổ 2,X1\nX1,team,Tổ 1,00008\n".encode()
    import_units(actor=organisation.admin, now=now, content=content, starts_on=DAY)
    spell = UnitSpell.objects.get(unit__code="X2")
    assert spell.parent is not None and spell.parent.code == "X1"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("code,level,name\nA,b,C\n", 1, "parent_code"),
        ("code,level,name,parent_code\n01,province,Hà Nội,B\n", 2, "01"),
        ("code,level,name,parent_code\nA,team,Một,B\nA,team,Hai,B\n", 3, "A"),
        ("code,level,name,parent_code\nA,team,Một,C\nC,team,Hai,A\n", 2, "C"),
        ("code,level,name,parent_code\nA,team,Ðồng Nai,B\n", 2, "U+00D0"),
        ("code,level,name,parent_code\nA,team,,B\n", 2, "name"),
    ],
)
def test_a_faulty_file_names_the_line_and_creates_nothing(
    organisation: Organisation, now: datetime, text: str, line: int, words: str
) -> None:
    before = Unit.objects.count()
    file = read_unit_file(text.encode(), set(Unit.objects.values_list("code", flat=True)))
    assert file.faults[0].line == line
    assert words in file.faults[0].reason
    with pytest.raises(BadInput):
        import_units(actor=organisation.admin, now=now, content=text.encode(), starts_on=DAY)
    assert Unit.objects.count() == before


def test_a_file_that_is_not_utf8_is_refused(organisation: Organisation) -> None:
    file = read_unit_file("code,level,name,parent_code\nA,x,Hà,B".encode("utf-16"), set())
    assert file.faults[0].line == 1


def test_a_faulty_file_comes_back_as_a_refused_form(organisation: Organisation, client: Client) -> None:
    client.post("/sign-in/", {"username": "admin", "password": "admin"})
    file = SimpleUploadedFile("units.csv", b"code,level,name,parent_code\nA,team,,B")
    answer = client.post("/units/import/", {"file": file, "starts_on": "2026-01-01"})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_signing_in_leads_on_to_where_one_wanted_to_be(organisation: Organisation, client: Client) -> None:
    sent = client.get("/units/?q=hue")
    assert sent["Location"] == "/sign-in/?next=%2Funits%2F%3Fq%3Dhue"
    answer = client.post("/sign-in/", {"username": "DUTY", "password": "duty", "next": "/units/?q=hue"})
    assert (answer.status_code, answer["Location"]) == (302, "/units/?q=hue")
    page = client.get("/units/?q=hue").content.decode()
    assert "Huế" in page
    assert "Hà Nội" not in page


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(organisation: Organisation, client: Client, back: str) -> None:
    answer = client.post("/sign-in/", {"username": "duty", "password": "duty", "next": back})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["duty", "nobody"])
def test_a_wrong_password_says_no_more_than_that(organisation: Organisation, client: Client, name: str) -> None:
    answer = client.post("/sign-in/", {"username": name, "password": "wrong"})
    assert answer.status_code == 422
    assert "sessionid" not in answer.cookies


def test_a_commune_sees_its_own_unit_only(organisation: Organisation, client: Client) -> None:
    client.post("/sign-in/", {"username": "commune", "password": "commune"})
    page = client.get("/units/").content.decode()
    assert "Ba Đình" in page
    assert "Huế" not in page


def test_a_script_without_a_session_is_told_so(client: Client) -> None:
    answer = client.get("/units/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/sign-in/"
