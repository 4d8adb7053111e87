"""A file of units from the form to the tables: rehearsed line by line, then confirmed; nothing is saved before."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.ground import Organisation
from tests.org.files import csv_of, workbook
from thammuu.journal.models import Entry
from thammuu.kernel.actor import Scope
from thammuu.kernel.errors import Conflict, Missing, Refused
from thammuu.org import actions, directory
from thammuu.org.models import Unit, UnitPlan, UnitSpell
from thammuu.org.planning import Change, Judged, digest_of, judge, namesakes
from thammuu.org.queries import ground_for
from thammuu.org.unit_file import read_unit_file
from thammuu.watch.models import Boundary

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
SQUARE = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 21]]]}


def _judged(organisation: Organisation, *lines: str, head: str = "code,level,name,parent_code") -> list[Judged]:
    return judge(read_unit_file(csv_of(*lines, head=head), DAY), ground_for(organisation.admin))


def _outcomes(judged: Sequence[Judged]) -> list[str]:
    return [f"{one.change.code} {one.outcome}" for one in judged]


def test_each_line_is_told_apart(organisation: Organisation) -> None:
    judged = _judged(
        organisation,
        "01,province,Hà Nội,B",
        "46,province,Thành phố Huế,B",
        "00004,commune,Ba Đình,46",
        "X2,team,Tổ 2,X1",
        "X1,team,Tổ 1,00004",
    )
    assert _outcomes(judged) == ["01 same", "46 changed", "00004 changed", "X2 new", "X1 new"]


@pytest.mark.parametrize(
    ("lines", "line", "column", "words"),
    [
        (["A,team,Một,B", "A,team,Hai,B"], 3, "code", "line 2"),
        (["b,team,Một,B"], 2, "code", "differs from B"),
        (["A,team,Một,B", "a,team,Hai,B"], 3, "code", "line 2"),
        (["A,team,Một,Z"], 2, "parent_code", "Z"),
        (["A,team,Một,C", "C,team,Hai,A"], 2, "parent_code", "below itself"),
        (["01,province,Hà Nội,00004"], 2, "parent_code", "below itself"),
        (["A,team,,B"], 2, "name", "name"),
        (["A,,Một,B"], 2, "level", "level"),
        (["01,city,Hà Nội,B"], 2, "level", "province"),
        (["A,team,Một,Z", "C,team,Hai,A"], 3, "parent_code", "A"),
    ],
)
def test_a_line_that_cannot_be_names_its_reason(
    organisation: Organisation, lines: list[str], line: int, column: str, words: str
) -> None:
    fault = next(one for one in _judged(organisation, *lines) if one.change.line == line)
    assert (fault.is_fault, fault.column) == (True, column)
    assert words in fault.reason


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("01,,Hà Nội cũ,B,2025-07-01,", "after 2025-07-01"),
        ("A,team,Một,B,2024-01-01,", "does not exist on 2024-01-01"),
        ("01,,,,2026-01-01,", "00004"),
        ("B,,,,2026-01-01,", "needs a successor"),
        ("ZZ,,,,2026-01-01,46", "ZZ"),
        ("01,,,,2026-01-01,ZZ", "ZZ"),
    ],
)
def test_days_are_judged_too(organisation: Organisation, line: str, words: str) -> None:
    closes = not line.split(",")[2]
    head = f"code,level,name,parent_code,{'closes_on' if closes else 'starts_on'},successor_codes"
    judged = _judged(organisation, line, head=head)
    assert judged[0].is_fault
    assert words in judged[0].reason


def test_what_one_does_not_administer_is_a_fault(organisation: Organisation) -> None:
    changes = read_unit_file(csv_of("A,team,Một,B", "01,province,Hà Nội,B", "46,province,Cố đô Huế,B"), DAY)
    judged = judge(changes, ground_for(organisation.hue_officer))
    assert [one.is_fault for one in judged] == [True, False, True]


def test_the_same_name_below_the_same_superior_is_marked_and_may_stand(organisation: Organisation) -> None:
    judged = _judged(organisation, "A,ward,ba dinh,01", "C,team,Ba Đình,46", "D,team,Tổ,46", "E,team,Tổ,46")
    assert not any(one.is_fault for one in judged)
    assert namesakes(judged, ground_for(organisation.admin).spells) == {"A", "D", "E"}


def _send(client: Client, content: bytes, **more: bytes) -> str:
    client.post("/sign-in/", {"username": "admin", "password": "admin"})
    files = {name: SimpleUploadedFile(f"{name}.json", file) for name, file in more.items()}
    form = {"file": SimpleUploadedFile("units.csv", content), "starts_on": "2026-01-01", **files}
    answer = client.post("/units/import/", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _confirm(client: Client, address: str) -> int:
    page = client.get(address)
    return client.post(f"{address}confirmation/", {"seen": page.context["seen"]}).status_code


@pytest.mark.usefixtures("fold_equals_tables")
def test_nothing_is_saved_before_it_is_confirmed(organisation: Organisation, client: Client) -> None:
    units, entries = (
        Unit.objects.count(),
        Entry.objects.exclude(kind__in=["org.signed_in", "org.session_opened"]).count(),
    )
    address = _send(client, csv_of("X2,team,Tổ 2,X1", "X1,team,Tổ 1,00004", "46,province,Cố đô Huế,B"))
    page = client.get(f"{address}?show=all").content.decode()
    assert "Tổ 1" in page
    assert Unit.objects.count() == units
    assert Entry.objects.exclude(kind__in=["org.signed_in", "org.session_opened"]).count() == entries
    assert _confirm(client, address) == 302
    assert UnitSpell.objects.get(unit__code="X2").parent_id == Unit.objects.get(code="X1").id
    names = list(
        UnitSpell.objects.filter(unit_id=organisation.hue).order_by("starts_on").values_list("name", flat=True)
    )
    assert names == ["Huế", "Cố đô Huế"]
    assert not UnitPlan.objects.exists()
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("fold_equals_tables")
def test_a_whole_reform_is_one_file(organisation: Organisation, client: Client, now: datetime) -> None:
    """Districts are abolished and two provinces become one; communes go up, everything closed has its successor."""
    for code, name, parent in (("001", "Quận", organisation.hanoi), ("474", "Huyện", organisation.hue)):
        actions.create_unit(
            actor=organisation.admin, now=now, code=code, level="district", name=name, parent=parent,
            starts_on=date(2025, 8, 1),
        )  # fmt: skip
    reform = csv_of(
        "99,province,Hà Huế,B,,",
        "01,,,,2026-07-01,99",
        "46,,,,2026-07-01,99",
        "001,,,,2026-07-01,99",
        "474,,,,2026-07-01,99",
        "00004,commune,Ba Đình mới,99,,",
        head="code,level,name,parent_code,closes_on,successor_codes",
    )
    client.post("/sign-in/", {"username": "admin", "password": "admin"})
    form = {"file": SimpleUploadedFile("units.csv", reform), "starts_on": "2026-07-01"}
    address = client.post("/units/import/", form)["Location"]
    assert _confirm(client, address) == 302
    then, known = directory.as_of(date(2026, 6, 30)), directory.current()
    assert [unit.code for unit in then.in_order()] == ["00004", "01", "46", "474", "001", "B"]
    assert [unit.code for unit in known.in_order()] == ["00004", "99", "B"]
    merged = Unit.objects.get(code="99").id
    assert known.below(merged) == set(known.units) - {organisation.ministry}


def test_a_file_with_a_fault_cannot_be_confirmed(organisation: Organisation, client: Client) -> None:
    address = _send(client, csv_of("X1,team,Tổ 1,00004", "X2,team,Tổ 2,ZZ"))
    page = client.get(address)
    assert "ZZ" in page.content.decode()
    assert f"{address}confirmation/" not in page.content.decode()
    assert _confirm(client, address) == 400
    assert not Unit.objects.filter(code="X1").exists()


@pytest.mark.usefixtures("fold_equals_tables")
def test_boundaries_come_with_their_units(organisation: Organisation, client: Client) -> None:
    feature = {"type": "Feature", "properties": {"code": "01", "name": "Hà Nội"}, "geometry": SQUARE}
    boundaries = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    address = _send(client, csv_of("01,province,Hà Nội,B"), provinces=boundaries)
    assert not Boundary.objects.exists()
    assert _confirm(client, address) == 302
    assert Boundary.objects.get().code == "01"


@pytest.mark.parametrize("code", ["99", ""])
def test_boundaries_of_no_unit_are_refused(organisation: Organisation, client: Client, code: str) -> None:
    feature = {"type": "Feature", "properties": {"code": code, "name": "Hà Nội"}, "geometry": SQUARE}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    client.post("/sign-in/", {"username": "admin", "password": "admin"})
    form = {
        "file": SimpleUploadedFile("units.csv", csv_of("01,province,Hà Nội,B")),
        "provinces": SimpleUploadedFile("p.json", content),
        "starts_on": "2026-01-01",
    }
    answer = client.post("/units/import/", form)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_boundaries_of_units_elsewhere_are_refused(organisation: Organisation, now: datetime) -> None:
    own = replace(organisation.admin, permits={"unit_admin": Scope(frozenset({organisation.hanoi}))})
    feature = {"type": "Feature", "properties": {"code": "46", "name": "Huế"}, "geometry": SQUARE}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    changes = read_unit_file(csv_of("46,province,Huế,B"), DAY)
    with pytest.raises(Refused, match="46"):
        actions.draft_plan(actor=own, now=now, title="", changes=changes, provinces=content)
    plan = actions.draft_plan(actor=organisation.admin, now=now, title="", changes=changes, provinces=content)
    seen = digest_of(judge(changes, ground_for(organisation.admin)))
    with pytest.raises(Refused, match="46"):
        actions.confirm_plan(actor=own, now=now, plan=plan, seen=seen)
    assert not Boundary.objects.exists()


def test_a_plan_is_seen_by_its_post_only_and_can_be_thrown_away(organisation: Organisation, client: Client) -> None:
    address = _send(client, csv_of("X1,team,Tổ 1,00004"))
    other = Client()
    other.post("/sign-in/", {"username": "chief", "password": "chief"})
    assert other.get(address).status_code == 404
    assert client.post(f"{address}removal/").status_code == 302
    assert not UnitPlan.objects.exists()


def test_what_changed_since_the_rehearsal_is_not_overridden(organisation: Organisation, now: datetime) -> None:
    changes = [Change(1, "X1", DAY, "team", "Tổ 1", parent="46")]
    plan = actions.draft_plan(actor=organisation.admin, now=now, title="x", changes=changes)
    seen = digest_of(judge(changes, ground_for(organisation.admin)))
    actions.create_unit(
        actor=organisation.admin, now=now, code="X1", level="team", name="Tổ khác", parent=organisation.hue,
        starts_on=date(2025, 8, 1),
    )  # fmt: skip
    with pytest.raises(Conflict):
        actions.confirm_plan(actor=organisation.admin, now=now, plan=plan, seen=seen)
    with pytest.raises(Missing):
        actions.confirm_plan(actor=organisation.chief, now=now, plan=plan, seen=seen)


def test_the_empty_workbook_is_a_file_that_can_be_sent_back(organisation: Organisation, client: Client) -> None:
    client.post("/sign-in/", {"username": "admin", "password": "admin"})
    answer = client.get("/units/import/template.xlsx")
    assert answer.content[:2] == b"PK"
    page = client.post(
        "/units/import/",
        {"file": SimpleUploadedFile("units.xlsx", answer.content), "starts_on": "2026-01-01"},
    )
    assert page.status_code == 422
    filled = workbook([["code", "level", "name", "parent_code"], ["00008", "commune", "Cửa Nam", "01"]])
    assert "/units/plans/" in _send(client, filled)
