"""The pages of a cascade and of what units say to each other about an assignment."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.thread import Thread
from tests.ground import Organisation, client_of
from thammuu.directives import actions
from thammuu.directives.cascade_forms import CascadeForm
from thammuu.directives.models import Assignment, ExtensionRequest, Guidance
from thammuu.directives.receiving import Cascade
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import authority

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
FORM = {
    "task": "Rà soát phương án",
    "product": "Báo cáo",
    "levels": ["province", "commune"],
    "review_0": "1",
    "review_1": "2",
    "term_days": "10",
    "urgency": "normal",
}


@pytest.fixture
def chief(organisation: Organisation) -> Client:
    """Whoever issues has just said who acts, as at signing in."""
    client = Client()
    client.post("/sign-in/", {"username": "chief", "password": "chief"})
    return client


def _text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_preview_saves_nothing_and_what_was_seen_is_issued_once(thread: Thread, chief: Client) -> None:
    address = f"/decisions/{thread.decision}/cascade/"
    assert "Province (2)" in _text(chief.get(address))
    shown = _text(chief.post(address, FORM))
    assert "Issue to 3 units" in shown
    assert not Assignment.objects.filter(title=FORM["task"]).exists()
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    sent = {**FORM, "seen": seen[1] if seen else "", "submission": new_id()}
    for _again in range(2):
        answer = chief.post(address, sent)
        assert (answer.status_code, answer["Location"]) == (302, f"/decisions/{thread.decision}/")
    assert Assignment.objects.filter(title=FORM["task"]).count() == 3


def test_units_alone_are_chosen_where_there_are_no_levels_and_regions(organisation: Organisation) -> None:
    form = CascadeForm({**FORM, "levels": []}, issuing_level="ministry", levels=[], regions=[])
    assert form.is_valid(), form.errors
    assert form.cascade([organisation.hanoi]).units == (organisation.hanoi,)


def test_what_was_typed_stays_where_something_is_wrong(thread: Thread, chief: Client) -> None:
    address = f"/decisions/{thread.decision}/cascade/"
    for change, words in [
        ({"term_days": "1"}, "would be late"),
        ({"units": "Xã Không Có"}, "No unit is called"),
        ({"levels": []}, "No unit fits"),
        ({"seen": "another"}, "have changed since you looked"),
        ({"review_1": "999"}, "250"),
    ]:
        answer = chief.post(address, {**FORM, **change})
        assert answer.status_code == 422
        assert words in _text(answer)
        assert 'value="Rà soát phương án"' in _text(answer)
    assert Assignment.objects.count() == 1


def test_every_figure_of_a_roll_up_leads_to_as_many_rows(thread: Thread, chief: Client) -> None:
    rows = _cascaded(thread)
    actions.withdraw_assignment(
        actor=thread.organisation.chief, now=thread.now, assignment=rows[thread.organisation.hue], reason="Hết cần"
    )
    for page in (f"/decisions/{thread.decision}/", f"/assignments/{rows[thread.organisation.hanoi]}/"):
        text = _text(chief.get(page))
        figures = set(re.findall(r'<td class="number"><a href="(/assignments/\?[^"]+)"[^>]*>(\d+)</a>', text))
        figures |= set(re.findall(r'<a href="(/assignments/\?[^"]+)">(\d+) (?:open|overdue)</a>', text))
        assert len(figures) > 3
        for url, count in figures:
            listed = _text(chief.get(url.replace("&amp;", "&")))
            assert listed.count('<li id="assignment-') == int(count), url


def test_the_pages_ask_as_many_queries_for_many_units_as_for_few(thread: Thread, chief: Client) -> None:
    rows = _cascaded(thread)
    hanoi = rows[thread.organisation.hanoi]
    addresses = [f"/decisions/{thread.decision}/", f"/assignments/{hanoi}/", f"/assignments/?within={hanoi}"]
    few = [_queries(chief, address) for address in addresses]
    for number in range(6):
        org.create_unit(
            actor=thread.organisation.admin,
            now=thread.now,
            code=f"0002{number}",
            level="commune",
            name=f"Xã {number}",
            parent=thread.organisation.hanoi,
            starts_on=date(2026, 1, 1),
        )
    authority.forget()
    actor = authority.actor_of(UUID(str(thread.organisation.chief.account)))
    assert actor is not None
    cascade = Cascade("Rà soát", "Báo cáo", levels=("province", "commune"), term_days=30)
    actions.cascade_assignments(actor=actor, now=thread.now, decision=thread.decision, cascade=cascade)
    top = Assignment.objects.get(title="Rà soát", lead_unit=thread.organisation.hanoi)
    assert Assignment.objects.filter(parent=top).count() == 7
    addresses[1:] = [f"/assignments/{top.id}/", f"/assignments/?within={top.id}"]
    assert [_queries(chief, address) for address in addresses] == few


def test_open_assignments_are_released_after_their_number_was_shown(thread: Thread, chief: Client) -> None:
    _cascaded(thread)
    address = f"/decisions/{thread.decision}/release/"
    assert "4 open assignments" in _text(chief.get(address))
    assert chief.post(address, {"reason": ""}).status_code == 422
    assert chief.post(address, {"reason": "Đã thay thế"}).status_code == 302
    assert set(Assignment.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert "No assignment of this decision is open" in _text(chief.get(address))


def test_questions_and_requests_go_to_and_fro(thread: Thread, chief: Client, organisation: Organisation) -> None:
    officer, home = client_of(organisation.hanoi_officer), f"/assignments/{thread.assignment}/"
    assert officer.post(f"{home}guidance/", {"question-question": ""}).status_code == 422
    assert officer.post(f"{home}guidance/", {"question-question": "Chặn xe buýt?"}).status_code == 302
    assert "Give guidance" in _text(chief.get("/"))
    asked = Guidance.objects.get().id
    assert "Chặn xe buýt?" in _text(chief.get(home))
    assert f"/guidance/{asked}/answer/" not in _text(officer.get(home))
    assert chief.post(f"/guidance/{asked}/answer/", {"answer-answer": "Không"}).status_code == 302
    page = _text(officer.get(home))
    assert "Guidance given: Không" in page
    later = (max(thread.row().deadline, clock.now()) + timedelta(days=40)).strftime("%Y-%m-%dT10:30")
    sent = {"request-deadline": later, "request-reason": "Mưa lũ"}
    assert officer.post(f"{home}extension-request/", sent).status_code == 302
    assert "Decide on a later deadline" in _text(chief.get("/"))
    request = ExtensionRequest.objects.get().id
    assert chief.post(f"/extension-requests/{request}/refusal/", {"ruling-ruling": ""}).status_code == 422
    assert chief.post(f"/extension-requests/{request}/grant/", {"grant-ruling": "Đồng ý"}).status_code == 302
    assert "Later deadline granted: Đồng ý" in _text(officer.get(home))
    assert thread.row().extensions == 1


def test_an_assignment_is_refused_insisted_on_handed_on_and_reopened_from_its_page(
    thread: Thread, chief: Client, organisation: Organisation
) -> None:
    officer, home = client_of(organisation.hanoi_officer), f"/assignments/{thread.assignment}/"
    assert officer.post(f"{home}refusal/", {"refusal-reason": "Của Huế"}).status_code == 302
    assert "Settle a refusal" in _text(chief.get("/"))
    assert f"{home}insistence/" in _text(chief.get(home))
    assert chief.post(f"{home}insistence/", {"insistence-reason": "Của Hà Nội"}).status_code == 302
    actions.extend_deadline(
        actor=organisation.chief,
        now=thread.now,
        assignment=thread.assignment,
        deadline=max(thread.row().deadline, clock.now()) + timedelta(days=60),
        reason="Bão",
    )
    given = (clock.now() + timedelta(days=30)).strftime("%Y-%m-%dT10:30")
    page = _text(officer.get(home))
    assert f'<option value="{organisation.commune}"' in page
    assert str(organisation.hue) not in page
    sent = {"hand_on-unit": organisation.commune, "hand_on-title": "Chốt", "hand_on-product": "Ảnh"}
    assert officer.post(f"{home}handing-on/", {**sent, "hand_on-deadline": "2020-01-01T10:00"}).status_code == 422
    assert officer.post(f"{home}handing-on/", {**sent, "hand_on-deadline": given}).status_code == 302
    child = Assignment.objects.get(parent=thread.assignment)
    assert "What became of all below" in _text(officer.get(home))
    assert home in _text(officer.get(f"/assignments/{child.id}/"))
    assert home not in _text(client_of(organisation.commune_officer).get(f"/assignments/{child.id}/"))
    thread.hand_in()
    thread.verify()
    assert chief.post(f"{home}reopening/", {"reopening-reason": "Chưa xong"}).status_code == 302
    assert thread.row().state == "in_progress"


def _cascaded(thread: Thread) -> dict[UUID, UUID]:
    cascade = Cascade("Diễn tập", "Báo cáo", levels=("province", "commune"), reviews={"province": 1}, term_days=10)
    actions.cascade_assignments(
        actor=thread.organisation.chief, now=thread.now, decision=thread.decision, cascade=cascade
    )
    return dict(Assignment.objects.filter(title="Diễn tập").values_list("lead_unit_id", "id"))


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
