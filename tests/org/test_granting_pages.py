"""The pages of authority: rights of a post, granting and taking back, why something is seen."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from tests.ground import Organisation, client_of, proved
from thammuu.kernel import clock
from thammuu.org import actions
from thammuu.org.models import Delegation, Grant
from thammuu.org.rules import Role
from thammuu.watch import actions as watch
from thammuu.watch.models import Incident, LogEntry

pytestmark = pytest.mark.django_db


def filled(organisation: Organisation, **said: str) -> dict[str, str]:
    return {
        "role": "viewer", "unit": str(organisation.hanoi), "event": "", "classification": "0", "starts_at": "",
        "ends_at": "", "reason": "Tăng cường",
    } | said  # fmt: skip


def test_a_role_is_granted_shown_and_taken_back(organisation: Organisation) -> None:
    admin, post = proved(organisation.admin), organisation.hue_officer.post
    until = clock.in_zone(clock.now() + timedelta(hours=8))
    said = filled(organisation, classification="1", ends_at=f"{until:%Y-%m-%dT%H:%M}")
    assert admin.post(f"/rights/posts/{post}/grants/new/", said).status_code == 302
    row = Grant.objects.get(post=post, role="viewer")
    assert (row.ends_at, row.classification) == (until.replace(second=0, microsecond=0), 1)
    page = admin.get(f"/rights/posts/{post}/").content.decode()
    assert "Tăng cường" in page and "Internal" in page and f"/rights/grants/{row.id}/withdrawal/" in page
    assert admin.get(f"/rights/grants/{row.id}/withdrawal/").status_code == 200
    assert admin.post(f"/rights/grants/{row.id}/withdrawal/", {"reason": "Xong"}).status_code == 302
    assert "Tăng cường" not in admin.get(f"/rights/posts/{post}/").content.decode()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"reason": ""}, "required"),
        ({"ends_at": "2020-01-01T00:00"}, "must lie ahead"),
        ({"starts_at": "2020-01-01T00:00"}, "in the past"),
        ({"role": "king"}, "king"),
        ({"classification": "9"}, "9"),
        ({"unit": "00000000-0000-0000-0000-000000000000"}, "valid choice"),
    ],
)
def test_a_faulty_form_keeps_what_was_typed(organisation: Organisation, said: dict[str, str], shown: str) -> None:
    admin = proved(organisation.admin)
    answer = admin.post(f"/rights/posts/{organisation.hue_officer.post}/grants/new/", filled(organisation, **said))
    assert answer.status_code == 422 and shown in answer.content.decode()
    assert not Grant.objects.filter(role="viewer", post=organisation.hue_officer.post).exists()


def test_whoever_was_proved_long_ago_is_asked_first(organisation: Organisation) -> None:
    address = f"/rights/posts/{organisation.hue_officer.post}/grants/new/"
    assert client_of(organisation.admin).post(address, filled(organisation)).status_code == 403
    assert not Grant.objects.filter(role="viewer", post=organisation.hue_officer.post).exists()


def test_an_officer_reads_its_own_rights_and_no_others(organisation: Organisation) -> None:
    officer = client_of(organisation.hanoi_officer)
    assert officer.get("/rights/").headers["Location"] == f"/rights/posts/{organisation.hanoi_officer.post}/"
    assert officer.get(f"/rights/posts/{organisation.hanoi_officer.post}/").status_code == 200
    assert officer.get(f"/rights/posts/{organisation.hue_officer.post}/").status_code == 404
    chief = client_of(organisation.chief).get("/rights/?q=hue").content.decode()
    assert "Trực ban, Huế" in chief and "Hà Nội" not in chief


def test_rights_go_into_a_spreadsheet(organisation: Organisation, now: datetime) -> None:
    post = organisation.hue_officer.post
    assert post is not None
    actions.grant_role(
        actor=organisation.admin, now=now, post=post, role=Role.VIEWER, unit=organisation.hanoi, reason="=1+1"
    )
    chief = client_of(organisation.chief)
    text = chief.get(f"/rights/posts/{post}/rights.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert len(lines) == 3 and lines[2][-2] == "'=1+1"
    book = CalamineWorkbook.from_filelike(io.BytesIO(chief.get(f"/rights/posts/{post}/rights.xlsx").content))
    sheet: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    assert len(sheet) == 3 and sheet[0][0] == "Post" and sheet[2][-2] == "=1+1"


def test_the_level_is_chosen_where_something_is_made_and_shown_where_it_stands(organisation: Organisation) -> None:
    chief, duty, admin = (proved(one) for one in (organisation.chief, organisation.duty, organisation.admin))
    assert "Command only" in chief.get("/incidents/new/").content.decode()
    assert "Command only" not in duty.get("/incidents/new/").content.decode()
    said = {"title": "Cháy kho", "kind": "fire", "severity": "serious", "unit": str(organisation.hanoi)}
    opened = chief.post("/incidents/new/", said | {"classification": "2"}).headers["Location"]
    assert "Limited" in chief.get(opened).content.decode() and "Limited" in chief.get("/watch/").content.decode()
    assert duty.get(opened).status_code == 404 and admin.get(opened).status_code == 200
    forged = duty.post("/incidents/new/", said | {"classification": "2"}).headers["Location"]
    assert Incident.objects.get(id=forged.split("/")[2]).classification == 0
    decided = chief.post(
        "/decisions/new/", {"title": "Chi viện", "reason": "Cháy lớn", "classification": "1", "order-urgency": "normal"}
    )
    assert "Internal" in chief.get(decided.headers["Location"]).content.decode()
    line = {"text": "Đường vào bị chặn", "classification": "3"}
    assert chief.post("/watch/log/", line).status_code == 302
    assert "Command only" in chief.get("/watch/").content.decode()
    assert duty.post("/watch/log/", line).status_code == 403
    assert chief.post("/watch/log/", line | {"classification": "x"}).status_code == 422
    assert LogEntry.objects.filter(text="Đường vào bị chặn").count() == 1


def _incident(organisation: Organisation, now: datetime, **said: Any) -> UUID:
    return watch.open_incident(
        actor=organisation.chief, now=now, at=now, title="Cháy chợ", unit=organisation.hanoi, **said
    ).answer


def test_the_page_says_why_something_is_seen_and_why_not(organisation: Organisation, now: datetime) -> None:
    incident = _incident(organisation, now, classification=2)
    chief = client_of(organisation.chief)
    own = chief.get(f"/why/incident/{incident}/").content.decode()
    assert "Opens it" in own and "Chánh Văn phòng" in own and "Bổ nhiệm" in own
    duty = chief.get(f"/why/incident/{incident}/?post={organisation.duty.post}").content.decode()
    assert "Not seen" in duty and "Reaches its level" in duty and "Limited ≤ Normal" in duty
    hue = chief.get(f"/why/incident/{incident}/?post={organisation.hue_officer.post}").content.decode()
    assert "Not seen" in hue and "Reaches its units" in hue
    listed = own[own.index("Posts that see it") :]
    assert "Quản trị" in listed and "Cán bộ tham mưu" not in listed


def test_whoever_does_not_see_it_learns_nothing(organisation: Organisation, now: datetime) -> None:
    incident = _incident(organisation, now)
    hue, hanoi = client_of(organisation.hue_officer), client_of(organisation.hanoi_officer)
    assert hue.get(f"/why/incident/{incident}/").status_code == 404
    assert hanoi.get(f"/why/incident/{incident}/").status_code == 200
    assert hanoi.get(f"/why/incident/{incident}/?post={organisation.chief.post}").status_code == 404
    for kind in ("account", "grant", "nothing"):
        assert hanoi.get(f"/why/{kind}/{incident}/").status_code == 404


def test_the_list_of_posts_costs_the_same_for_many(
    organisation: Organisation, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        post = actions.create_post(actor=organisation.admin, now=now, unit=organisation.hanoi, title=f"Tổ {number}")
        actions.grant_role(
            actor=organisation.admin, now=now, post=post, role=Role.VIEWER, unit=organisation.hanoi, reason="thử"
        )
    chief = client_of(organisation.chief)
    chief.get("/rights/")
    with django_assert_max_num_queries(12):
        assert chief.get("/rights/").status_code == 200


def test_a_right_is_delegated_shown_and_taken_back(organisation: Organisation) -> None:
    chief, receiver = proved(organisation.chief), organisation.hue_officer.post
    grant = Grant.objects.get(post=organisation.chief.post)
    address = f"/rights/grants/{grant.id}/delegations/new/"
    until = clock.in_zone(clock.now() + timedelta(hours=8))
    said = filled(organisation, post=str(receiver), ends_at=f"{until:%Y-%m-%dT%H:%M}", reason="Đi công tác")
    assert address in chief.get(f"/rights/posts/{organisation.chief.post}/").content.decode()
    assert chief.get(address).status_code == 200
    assert proved(organisation.admin).get(address).status_code == 404
    for faulty, shown in (
        ({"ends_at": ""}, "required"), ({"reason": ""}, "required"),
        ({"ends_at": "2020-01-01T00:00"}, "must lie ahead"),
        ({"post": str(organisation.chief.post)}, "valid choice"), ({"classification": "9"}, "9"),
    ):  # fmt: skip
        answer = chief.post(address, said | faulty)
        assert answer.status_code == 422 and shown in answer.content.decode()
    assert chief.post(address, said).status_code == 302
    row = Delegation.objects.get()
    given = chief.get(f"/rights/posts/{organisation.chief.post}/").content.decode()
    assert "Delegated by this post" in given and f"/rights/delegations/{row.id}/withdrawal/" in given
    page = client_of(organisation.hue_officer).get(f"/rights/posts/{receiver}/").content.decode()
    assert "Đi công tác" in page and "Delegated" in page and "Stands on" in page and "Bổ nhiệm" in page
    table = client_of(organisation.hue_officer).get(f"/rights/posts/{receiver}/rights.csv").content.decode("utf-8-sig")
    lent = next(line for line in csv.reader(io.StringIO(table)) if line[1] == "Delegated")
    assert lent[-2] == "Đi công tác" and lent[-1].startswith("Chánh Văn phòng")
    assert chief.post(f"/rights/delegations/{row.id}/withdrawal/", {"reason": ""}).status_code == 422
    assert chief.post(f"/rights/delegations/{row.id}/withdrawal/", {"reason": "Đã về"}).status_code == 302
    assert chief.post(f"/rights/delegations/{row.id}/withdrawal/", {"reason": "Đã về"}).status_code == 422
    assert "Đi công tác" not in client_of(organisation.hue_officer).get(f"/rights/posts/{receiver}/").content.decode()


def test_why_tells_of_what_is_lent(organisation: Organisation) -> None:
    now, receiver = clock.now(), organisation.hue_officer.post
    incident = watch.open_incident(
        actor=organisation.chief, now=now, at=now, title="Cháy", unit=organisation.hanoi
    ).answer
    assert client_of(organisation.hue_officer).get(f"/why/incident/{incident}/").status_code == 404
    actions.delegate_right(
        actor=organisation.chief, now=now, grant=Grant.objects.get(post=organisation.chief.post).id,
        post=UUID(str(receiver)), unit=organisation.hanoi, ends_at=now + timedelta(hours=1), reason="Đi công tác",
    )  # fmt: skip
    page = client_of(organisation.hue_officer).get(f"/why/incident/{incident}/").content.decode()
    assert "Opens it" in page and "Delegated" in page and "Stands on" in page
    asked = client_of(organisation.chief).get(f"/why/incident/{incident}/?post={receiver}").content.decode()
    assert f"?post={receiver}" in asked and "Opens it" in asked
