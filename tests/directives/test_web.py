from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.thread import Thread
from tests.ground import Organisation
from tests.paper.documents import pdf
from tests.paper.files import photo
from thammuu.directives import actions
from thammuu.directives.models import Assignment, Decision, Evidence
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id
from thammuu.paper.models import Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
MEBIBYTE = 1024 * 1024

SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(organisation: Organisation) -> SignIn:
    def signed_in(name: str) -> Client:
        client = Client()
        client.post("/sign-in/", {"username": name, "password": name})
        return client

    return signed_in


def _order(organisation: Organisation, prefix: str = "", **values: object) -> dict[str, object]:
    given = {"task": "Chốt chặn", "product": "Ảnh", "lead_units": [organisation.hanoi], "urgency": "urgent", **values}
    return {f"{prefix}{name}": value for name, value in given.items()}


def test_a_decision_with_two_lead_units_from_one_form(sign_in: SignIn, organisation: Organisation) -> None:
    both = [organisation.hanoi, organisation.hue]
    sent = {"title": "Cấm đường", "reason": "Đông người", "submission": new_id()}
    sent |= _order(organisation, "order-", lead_units=both, term_days="2")
    answer = sign_in("chief").post("/decisions/new/", sent)
    decision = Decision.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/decisions/{decision.id}/")
    assert {row.lead_unit_id for row in Assignment.objects.filter(decision=decision)} == set(both)
    page = sign_in("chief").get(answer["Location"]).content.decode()
    assert page.count("Chốt chặn") >= 2


def test_units_that_watch_and_the_post_that_answers_are_chosen_and_shown(
    sign_in: SignIn, thread: Thread, organisation: Organisation
) -> None:
    staff, own = sign_in("staff"), organisation.hanoi_officer.post
    address = f"/decisions/{thread.decision}/assignments/"
    assert f'<option value="{own}">Trực ban, Hà Nội</option>' in staff.get(address).content.decode()
    sent = _order(organisation, watching_units=[organisation.hue], lead_post=own, term_days=2)
    assert staff.post(address, sent).status_code == 302
    row = Assignment.objects.exclude(id=thread.assignment).get()
    page = sign_in("hue").get(f"/assignments/{row.id}/").content.decode()
    assert "Watching units" in page and "Trực ban, Hà Nội" in page and "/acknowledgement/" not in page
    hanoi = sign_in("hanoi")
    assert hanoi.post(f"/assignments/{row.id}/post/", {"post-post": ""}).status_code == 302
    assert "Answering post</dt>" not in hanoi.get(f"/assignments/{row.id}/").content.decode()
    other = hanoi.post(f"/assignments/{row.id}/post/", {"post-post": organisation.chief.post})
    assert other.status_code == 422 and "has no such post." in other.content.decode()
    wrong = staff.post(address, {**sent, "lead_units": [organisation.hue], "watching_units": []})
    assert wrong.status_code == 422 and "Huế has no such post." in wrong.content.decode()


def test_a_decision_without_assignment_is_taken_too(sign_in: SignIn, thread: Thread) -> None:
    sent = {"title": "Tăng cường", "reason": "Mưa", "order-urgency": "normal", "submission": new_id()}
    answer = sign_in("chief").post(f"/decisions/new/?decision={thread.decision}", sent)
    assert answer.status_code == 302
    row = Decision.objects.get(title="Tăng cường")
    assert (row.arises_from_kind, row.arises_from) == ("decision", thread.decision)
    page = sign_in("chief").get(f"/decisions/{row.id}/").content.decode()
    assert f"/decisions/{thread.decision}/" in page
    assert "Tăng cường" in sign_in("chief").get(f"/decisions/{thread.decision}/").content.decode()


def test_what_was_typed_stays_when_something_is_missing(sign_in: SignIn, organisation: Organisation) -> None:
    sent = {"title": "Cấm đường", "reason": "", **_order(organisation, "order-", product="", term_days="1")}
    answer = sign_in("chief").post("/decisions/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Cấm đường"' in page
    assert 'value="Chốt chặn"' in page
    assert 'class="error-summary"' in page
    assert not Decision.objects.exists()


def test_a_form_sent_twice_decides_once(sign_in: SignIn, organisation: Organisation) -> None:
    client = sign_in("chief")
    sent = {"title": "Một", "reason": "r", "order-urgency": "normal", "submission": new_id()}
    assert client.post("/decisions/new/", sent)["Location"] == client.post("/decisions/new/", sent)["Location"]
    assert Decision.objects.count() == 1
    assert client.post("/decisions/new/", {**sent, "title": "Hai"}).status_code == 409


@pytest.mark.parametrize("name", ["hanoi", "viewer", "duty"])
def test_the_page_for_deciding_is_refused_with_a_reason(sign_in: SignIn, thread: Thread, name: str) -> None:
    answer = sign_in(name).get("/decisions/new/")
    assert answer.status_code == 403
    assert "does not decide" in answer.content.decode()
    assert "/decisions/new/" not in sign_in(name).get("/decisions/").content.decode()


def test_the_walk_from_a_phone(sign_in: SignIn, thread: Thread) -> None:
    hanoi, chief = sign_in("hanoi"), sign_in("chief")
    home = f"/assignments/{thread.assignment}/"
    assert f"{home}acknowledgement/" in hanoi.get(home).content.decode()
    assert hanoi.post(f"{home}acknowledgement/").status_code == 302
    assert hanoi.post(f"{home}progress/", {"percent": 40, "note": "Đang làm", "obstacle": "Mưa"}).status_code == 302
    form = hanoi.get(f"{home}evidence/").content.decode()
    assert 'capture="environment"' in form
    sent = {
        "text": "Xong",
        "photos": SimpleUploadedFile("../anh.html", photo(), "text/html"),
        "documents": [SimpleUploadedFile("bien ban.txt", b"xong"), SimpleUploadedFile("b.pdf", pdf())],
    }
    assert hanoi.post(f"{home}evidence/", sent).status_code == 302
    evidence = Evidence.objects.get()
    page = chief.get(home).content.decode()
    for id in evidence.attachments:
        assert f"/attachments/{id}/" in page
    assert chief.post(f"/evidence/{evidence.id}/return/", {"return-reason": "Mờ"}).status_code == 302
    assert hanoi.post(f"{home}evidence/", {"text": "Chụp lại"}).status_code == 302
    waiting = Evidence.objects.get(state="submitted")
    assert chief.post(f"/evidence/{waiting.id}/verification/").status_code == 302
    assert chief.post(f"{home}closure/").status_code == 302
    page = chief.get(home).content.decode()
    for words in ("Đang làm", "Mưa", "Evidence returned: Mờ", "Evidence handed in: Chụp lại", "Closed"):
        assert words in page
    assert thread.row().state == "closed"


def test_a_stale_tab_is_told_what_happened(sign_in: SignIn, thread: Thread) -> None:
    hanoi = sign_in("hanoi")
    home = f"/assignments/{thread.assignment}/"
    hanoi.post(f"{home}acknowledgement/")
    answer = hanoi.post(f"{home}acknowledgement/")
    assert answer.status_code == 409
    assert "Acknowledged" in answer.content.decode()


@pytest.mark.parametrize(
    ("end", "sent"),
    [
        ("acknowledgement/", {}),
        ("progress/", {"percent": 1, "note": "x"}),
        ("evidence/", {"text": "x"}),
        ("closure/", {}),
        ("withdrawal/", {"withdrawal-reason": "x"}),
        ("extension/", {"extension-reason": "x", "extension-deadline": "2030-01-01T10:00"}),
    ],
)
def test_what_one_may_not_see_does_not_exist_and_what_one_may_not_do_is_refused(
    sign_in: SignIn, thread: Thread, end: str, sent: dict[str, str]
) -> None:
    address = f"/assignments/{thread.assignment}/{end}"
    assert sign_in("hue").post(address, sent).status_code == 404
    assert sign_in("viewer").post(address, sent).status_code == 403
    assert Client().post(address, sent)["Location"].startswith("/sign-in/")
    assert thread.row().state == "issued"


def test_foreign_pages_answer_404(sign_in: SignIn, thread: Thread) -> None:
    thread.acknowledge()
    evidence = thread.hand_in()
    hue = sign_in("hue")
    for address in (
        f"/decisions/{thread.decision}/",
        f"/decisions/{thread.decision}/assignments/",
        f"/assignments/{thread.assignment}/",
        f"/assignments/{new_id()}/",
        f"/attachments/{new_id()}/",
    ):
        assert hue.get(address).status_code == 404
    assert hue.post(f"/evidence/{evidence}/verification/").status_code == 404
    for address in ("/decisions/", "/assignments/"):
        page = hue.get(address).content.decode()
        assert "Phân luồng" not in page


def test_a_file_is_given_as_an_attachment_that_cannot_run(sign_in: SignIn, thread: Thread) -> None:
    hanoi = sign_in("hanoi")
    thread.acknowledge()
    sent = {"text": "Xong", "photos": SimpleUploadedFile("hiện trường.html", photo())}
    hanoi.post(f"/assignments/{thread.assignment}/evidence/", sent)
    file = Attachment.objects.get()
    answer = hanoi.get(f"/attachments/{file.id}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Disposition"].endswith(".jpg")
    assert answer.getvalue().startswith(b"\xff\xd8\xff")
    small = hanoi.get(f"/attachments/{file.id}/thumbnail/")
    assert small["Content-Type"] == "image/jpeg"
    assert small["Content-Disposition"].startswith("inline")
    assert small.getvalue().startswith(b"\xff\xd8\xff")
    assert sign_in("hue").get(f"/attachments/{file.id}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg", "script"),
        (b"\xff\xd8\xff" + bytes(50 * MEBIBYTE), "to.jpg", "25 MB"),
    ],
)
def test_a_refused_file_keeps_what_was_typed(
    sign_in: SignIn, thread: Thread, content: bytes, name: str, words: str
) -> None:
    thread.acknowledge()
    sent = {"text": "Đã phân luồng xong", "documents": SimpleUploadedFile(name, content)}
    answer = sign_in("hanoi").post(f"/assignments/{thread.assignment}/evidence/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Đã phân luồng xong" in page
    assert not Evidence.objects.exists()


def test_evidence_is_not_taken_from_who_may_not_hand_it_in(sign_in: SignIn, thread: Thread, settings: object) -> None:
    thread.acknowledge()
    sent = {"text": "x", "documents": SimpleUploadedFile("a.txt", b"x")}
    assert sign_in("viewer").post(f"/assignments/{thread.assignment}/evidence/", sent).status_code == 403
    assert list(settings.HOME.rglob("*")) == []  # type: ignore[attr-defined]


def test_the_list_is_narrowed_by_its_address(sign_in: SignIn, thread: Thread, organisation: Organisation) -> None:
    later = thread.order(lead_unit=organisation.hue, title="Bố trí lực lượng", term_days=30)
    actions.issue_assignments(actor=organisation.chief, now=thread.now, decision=thread.decision, orders=[later])
    chief = sign_in("chief")

    def shown(query: str) -> tuple[bool, bool]:
        page = chief.get(f"/assignments/{query}").content.decode()
        return "Phân luồng tại nút giao" in page, "Bố trí lực lượng" in page

    assert shown("") == (True, True)
    assert shown(f"?unit={organisation.hue}") == (False, True)
    assert shown("?q=phân luồng") == (True, False)
    assert shown("?q=PHAN LUONG") == (True, False)
    assert shown("?state=issued") == (True, True)
    assert shown("?state=closed") == (False, False)
    assert shown("?state=nonsense&unit=nonsense&due=nonsense&page=nonsense") == (True, True)


@pytest.mark.parametrize("address", ["/assignments/", "/decisions/"])
def test_lists_ask_as_many_queries_for_many_rows_as_for_few(
    sign_in: SignIn, thread: Thread, organisation: Organisation, address: str
) -> None:
    chief = sign_in("chief")
    few = _queries(chief, address)
    for number in range(12):
        actions.take_decision(
            actor=organisation.chief,
            now=thread.now,
            unit=organisation.ministry,
            title=f"Quyết định {number}",
            reason="r",
            orders=[thread.order(title=f"Việc {number}", supporting_units=(organisation.hue,))],
        )
    assert _queries(chief, address) == few


def test_an_assignment_asks_as_many_queries_for_a_long_story_as_for_a_short_one(
    sign_in: SignIn, thread: Thread
) -> None:
    chief = sign_in("chief")
    address = f"/assignments/{thread.assignment}/"
    thread.acknowledge()
    _hand_in_with_photo(sign_in("hanoi"), thread.assignment)
    few = _queries(chief, address)
    for _time in range(5):
        waiting = Evidence.objects.get(state="submitted")
        actions.return_evidence(
            actor=thread.organisation.chief, now=thread.later(hours=1), evidence=waiting.id, reason="Mờ"
        )
        _hand_in_with_photo(sign_in("hanoi"), thread.assignment)
    assert _queries(chief, address) == few


def test_the_deadline_moves_from_the_page(sign_in: SignIn, thread: Thread, now: datetime) -> None:
    given = (max(thread.row().deadline, clock.now()) + timedelta(days=3)).strftime("%Y-%m-%dT10:30")
    sent = {"extension-deadline": given, "extension-reason": "Bão"}
    chief = sign_in("chief")
    home = f"/assignments/{thread.assignment}/"
    assert chief.post(f"{home}extension/", sent).status_code == 302
    assert thread.row().extensions == 1
    again = chief.post(f"{home}extension/", sent)
    assert again.status_code == 422
    assert "must come after" in again.content.decode()


def _hand_in_with_photo(client: Client, assignment: UUID) -> None:
    sent = {"text": "Xong", "photos": SimpleUploadedFile("a.jpg", photo())}
    assert client.post(f"/assignments/{assignment}/evidence/", sent).status_code == 302


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
