"""The pages of redactions: what is seen before, who is asked once more, what is said afterwards, in both languages."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from tests.desk.redaction.ground import SECRET, follow, propose, redact
from tests.ground import Organisation, proved
from tests.watch.floor import open_incident, write
from thammuu.journal.models import Body, Redaction
from thammuu.org.account.rules import PROOF

Seal = Callable[[], int]
pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(organisation: Organisation, now: datetime, seal: Seal) -> UUID:
    id = write(organisation, now, SECRET)
    seal()
    return id


def test_every_copy_is_listed_before_it_is_proposed(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    other = open_incident(organisation, now, f"Cháy nhà {SECRET}")
    seal()
    follow()
    staff, url = proved(organisation.staff), f"/redactions/new/log_entry/{entry}/"
    shown = staff.get(url).content.decode()
    assert SECRET in shown and "1 entry, indexed anew" in shown and "Open pages" in shown
    looked = staff.post(url, {"look": "1", "words": "TRẦN THỊ HOA"})
    assert f"incident:{other.id}" in looked.content.decode() and "no-store" in looked["Cache-Control"]
    said = {"subject": [f"incident:{other.id}"], "reason_class": "personal", "reason": "Có tên"}
    answer = staff.post(url, said)
    row = Redaction.objects.get()
    assert answer["Location"] == f"/redactions/{row.id}/"
    assert set(row.subjects) == {f"log_entry:{entry}", f"incident:{other.id}"} and len(row.entries) == 2
    assert not Body.objects.filter(text__contains="TRẦN THỊ HOA").exists(), "what was looked for is kept nowhere"


@pytest.mark.parametrize("said", [{}, {"reason_class": "personal"}, {"reason_class": "personal", "reason": SECRET}])
def test_a_faulty_proposal_comes_back(organisation: Organisation, entry: UUID, said: dict[str, str]) -> None:
    answer = proved(organisation.staff).post(f"/redactions/new/log_entry/{entry}/", said)
    assert answer.status_code == 422 and not Redaction.objects.exists()


def test_what_cannot_be_redacted_is_not_found(organisation: Organisation, entry: UUID) -> None:
    staff = proved(organisation.staff)
    for kind, id in (("unit", organisation.hanoi), ("nothing", entry), ("incident", entry)):
        assert staff.get(f"/redactions/new/{kind}/{id}/").status_code == 404


def test_the_second_person_is_asked_once_more(organisation: Organisation, now: datetime, entry: UUID) -> None:
    redaction = propose(organisation, now, f"log_entry:{entry}")
    url = f"/redactions/{redaction}/"
    assert "Another person" in proved(organisation.staff).get(url).content.decode()
    chief = proved(organisation.chief, age=PROOF)
    assert chief.post(f"{url}confirmation/").status_code == 403
    assert Redaction.objects.get().state == "proposed"
    assert chief.post(f"{url}confirmation/", {"proof": "chief"}).status_code == 302
    assert Redaction.objects.get().state == "confirmed"


def test_the_page_says_when_and_why_and_never_what(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    redact(organisation, now, seal, f"log_entry:{entry}")
    chief = proved(organisation.chief)
    follow()
    for url in (f"/watch/log/{entry}/", "/watch/log/", "/watch/", "/journal/", "/redactions/", "/search/?q=0912345678"):
        page = chief.get(url).content.decode()
        assert "Trần Thị Hoa" not in page, url
    page = chief.get(f"/watch/log/{entry}/").content.decode()
    assert "by two persons. Reason: Data about a person." in page and "20 Nov 2026" in page
    done = chief.get(f"/redactions/{Redaction.objects.get().id}/").content.decode()
    assert "No row of any table says one of the texts" in done


@pytest.mark.parametrize(("act", "state"), [("refusal", "refused"), ("withdrawal", "withdrawn")])
def test_it_is_ended_with_a_reason(
    organisation: Organisation, now: datetime, entry: UUID, act: str, state: str
) -> None:
    redaction = propose(organisation, now, f"log_entry:{entry}")
    client = proved(organisation.chief if act == "refusal" else organisation.staff)
    assert client.post(f"/redactions/{redaction}/{act}/", {"reason": ""}).status_code == 422
    assert client.post(f"/redactions/{redaction}/{act}/", {"reason": "Không cần"}).status_code == 302
    assert Redaction.objects.get().state == state
    assert client.post(f"/redactions/{redaction}/{act}/", {"reason": "Không cần"}).status_code == 409
