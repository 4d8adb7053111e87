from datetime import date, datetime

import pytest
from django.test import Client

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.kernel.errors import BadInput, Refused
from thammuu.org import actions
from thammuu.org.models import UnitSpell
from thammuu.org.provinces import PROVINCES

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
