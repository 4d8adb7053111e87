"""Events: announced by administrators, and chosen where something is written."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation, client_of
from tests.org.test_granting_pages import proved
from thammuu.directives.models import Decision
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput
from thammuu.org import actions
from thammuu.org.models import Event
from thammuu.org.rules import Role
from thammuu.watch.models import Incident, LogEntry

pytestmark = pytest.mark.django_db


def announced(organisation: Organisation, now: datetime, **said: Any) -> UUID:
    today = clock.day_of(clock.now())
    common: dict[str, Any] = {
        "actor": organisation.admin, "now": now, "code": "DH", "name": "Đại hội",
        "units": [organisation.ministry, organisation.hanoi], "starts_on": today, "ends_on": today,
    }  # fmt: skip
    return actions.announce_event(**common | said)


def test_an_event_is_announced_on_its_page(organisation: Organisation) -> None:
    admin, hanoi, day = proved(organisation.admin), client_of(organisation.hanoi_officer), date(2026, 12, 1)
    said = {
        "name": "Đại hội", "code": "DH", "unit": str(organisation.hanoi), "below": "on",
        "starts_on": f"{day}", "ends_on": f"{day + timedelta(days=3)}",
    }  # fmt: skip
    assert admin.get("/events/new/").status_code == 200
    assert hanoi.post("/events/new/", said).status_code == 403
    for faulty, shown in (
        ({"ends_on": "2026-11-01"}, "before the first"), ({"name": ""}, "required"), ({"unit": "x"}, "valid choice"),
    ):  # fmt: skip
        answer = admin.post("/events/new/", said | faulty)
        assert answer.status_code == 422 and shown in answer.content.decode()
    assert admin.post("/events/new/", said).status_code == 302
    assert "in use already" in admin.post("/events/new/", said).content.decode()
    assert set(Event.objects.get().units) == {organisation.hanoi, organisation.commune}
    assert "Đại hội" in hanoi.get("/events/").content.decode()
    assert "Đại hội" not in client_of(organisation.hue_officer).get("/events/").content.decode()


@pytest.mark.parametrize(("said", "field"), [({"units": []}, "unit"), ({"code": " "}, "code"), ({"name": " "}, "name")])
def test_a_faulty_event_leaves_nothing(
    organisation: Organisation, now: datetime, said: dict[str, Any], field: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(BadInput) as fault:
        announced(organisation, now, **said)
    assert fault.value.field == field and Entry.objects.count() == before


def test_what_is_written_can_belong_to_an_event(organisation: Organisation, now: datetime) -> None:
    event, yesterday = announced(organisation, now), clock.day_of(clock.now()) - timedelta(days=1)
    announced(organisation, now, code="XX", name="Đã qua", starts_on=yesterday, ends_on=yesterday)
    chief = proved(organisation.chief)
    for address in ("/watch/", "/incidents/new/", "/decisions/new/"):
        page = chief.get(address).content.decode()
        assert f'<option value="{event}">Đại hội</option>' in page and "Đã qua" not in page, address
    chosen = {"event": str(event)}
    assert chief.post("/watch/log/", {"text": "Đoàn đã đến"} | chosen).status_code == 302
    said = {"title": "Cháy", "kind": "fire", "severity": "serious", "unit": str(organisation.hanoi)}
    assert chief.post("/incidents/new/", said | chosen).status_code == 302
    words = {"title": "Điều động", "reason": "Cháy", "order-urgency": "normal"}
    assert chief.post("/decisions/new/", words | chosen).status_code == 302
    for model in (LogEntry, Incident, Decision):
        assert model._default_manager.get().event_id == event  # type: ignore[attr-defined]
    for wrong in ("x", str(organisation.hanoi)):
        assert chief.post("/watch/log/", {"text": "Không", "event": wrong}).status_code == 422
    unseen = client_of(organisation.hue_officer).post("/watch/log/", {"text": "Không"} | chosen)
    assert unseen.status_code == 422 and LogEntry.objects.count() == 1


def test_whoever_writes_for_an_event_only_is_offered_that(organisation: Organisation, now: datetime) -> None:
    event, other = announced(organisation, now), announced(organisation, now, code="B", name="Hội nghị")
    post = organisation.viewer.post
    assert post is not None
    actions.grant_role(
        actor=organisation.admin, now=clock.now(), post=post, role=Role.DUTY_OFFICER, unit=organisation.ministry,
        event=event, reason="Bảo vệ đại hội",
    )  # fmt: skip
    viewer = proved(organisation.viewer)
    page = viewer.get("/watch/").content.decode()
    assert str(event) in page and str(other) not in page
    assert viewer.post("/watch/log/", {"text": "Rõ"}).status_code == 403
    assert viewer.post("/watch/log/", {"text": "Rõ", "event": str(event)}).status_code == 302
