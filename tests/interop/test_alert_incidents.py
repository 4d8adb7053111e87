"""From an alert to an incident: drafts by rule, acceptance, later messages, what officers do on the floor."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.ground import Organisation
from tests.interop.messages import message
from tests.interop.test_intake import at, ref, states, take_in
from thammuu.interop import actions
from thammuu.interop.models import Alert
from thammuu.journal import feed, followers
from thammuu.journal.links import around
from thammuu.journal.recording import Submission
from thammuu.kernel.errors import Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.watch import actions as watch
from thammuu.watch.models import Incident, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def alert_named(identifier: str) -> Alert:
    return Alert.objects.get(identifier=identifier)


def test_an_alert_opens_a_draft_on_the_board(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message())
    alert, incident = Alert.objects.get(), Incident.objects.get()
    assert alert.incident_id == incident.id
    assert (incident.status, incident.severity, incident.kind, incident.mark) == (
        "draft", "serious", "natural_hazard", "",
    )  # fmt: skip
    assert (incident.title, incident.place_text, incident.lat, incident.lon) == (
        "Bão số 9", "Đặc khu Hoàng Sa", 16.5, 111.5,
    )  # fmt: skip
    assert incident.opened_at == now
    edges = {(str(edge.relation), *edge.source, *edge.target) for edge in around([incident.id])}
    assert ("arises_from", "incident", incident.id, "alert", alert.id) in edges


@pytest.mark.parametrize("change", [{"status": "Test"}, {"status": "System"}, {"status": "Draft"}, {"info": ""}])
def test_a_notice_opens_nothing(organisation: Organisation, now: datetime, change: dict[str, str]) -> None:
    take_in(organisation.duty, now, message(**change))
    assert (Alert.objects.get().state, Incident.objects.count()) == ("notice", 0)
    if "status" in change:
        with pytest.raises(Refused):
            actions.accept_alert(actor=organisation.duty, now=now, alert=Alert.objects.get().id)


def test_accepting_takes_the_draft_up_once(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message())
    alert, later = Alert.objects.get(), now + timedelta(minutes=3)
    for actor, error in ((organisation.viewer, Refused), (organisation.hue_officer, Missing)):
        with pytest.raises(error):
            actions.accept_alert(actor=actor, now=later, alert=alert.id)
    sending = Submission(id=new_id(), digest=b"x" * 32)
    incident = actions.accept_alert(actor=organisation.duty, now=later, alert=alert.id, submission=sending)
    assert actions.accept_alert(actor=organisation.duty, now=later, alert=alert.id, submission=sending) == incident
    assert (Alert.objects.get().state, Incident.objects.get().status) == ("accepted", "reported")
    told = feed.of_subjects([alert.id])[-1]
    assert told.kind == "interop.alert_accepted"
    assert told.body is not None
    assert told.body["links"] == [["concerns", "incident", str(incident)]]
    with pytest.raises(Refused):
        actions.accept_alert(actor=organisation.duty, now=later, alert=alert.id)
    with pytest.raises(Refused):
        actions.dismiss_alert(actor=organisation.duty, now=later, alert=alert.id, reason="x")


def test_a_notice_may_be_accepted_after_all(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message().replace(">Severe<", ">Minor<"))
    alert = Alert.objects.get()
    assert alert.state == "notice"
    incident = actions.accept_alert(actor=organisation.duty, now=now, alert=alert.id)
    row = Incident.objects.get()
    assert (row.id, row.status, row.severity) == (incident, "reported", "normal")


def test_an_exercise_never_opens_a_real_incident(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(status="Exercise"))
    actions.accept_alert(actor=organisation.duty, now=now, alert=Alert.objects.get().id)
    assert Incident.objects.get().mark == "exercise"


def test_dismissing_closes_the_draft(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message())
    actions.dismiss_alert(actor=organisation.duty, now=now, alert=Alert.objects.get().id, reason="Ngoài địa bàn")
    incident = Incident.objects.get()
    assert (incident.status, incident.outcome) == ("closed", "Ngoài địa bàn")


def test_an_update_moves_the_draft_along(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    worse = message(identifier="B", sent=at(8), kind="Update", references=ref("A")).replace(">Severe<", ">Extreme<")
    take_in(organisation.duty, now, worse.replace("16,111 17,111 17,112 16,112 16,111", "17,111 18,111 18,112 17,111"))
    incident = Incident.objects.get()
    assert (incident.severity, incident.lat, incident.status) == ("critical", 17.5, "draft")
    assert alert_named("B").incident_id == incident.id
    assert alert_named("B").state == "draft"
    assert "kttv@example.vn" in LogEntry.objects.get(incident_id=incident.id).text


def test_a_cancellation_closes_a_draft_but_not_what_officers_took_up(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    take_in(organisation.duty, now, message(identifier="X", sent=at(9)))
    actions.accept_alert(actor=organisation.duty, now=now, alert=alert_named("X").id)
    take_in(organisation.duty, now, message(identifier="C", sent=at(10), kind="Cancel", references=ref("A")))
    take_in(organisation.duty, now, message(identifier="Y", sent=at(11), kind="Cancel", references=ref("X", 9)))
    first, second = (Incident.objects.get(id=str(alert_named(name).incident_id)) for name in ("A", "X"))
    assert (first.status, second.status) == ("closed", "reported")
    assert LogEntry.objects.filter(incident_id=second.id).count() == 1
    assert states() == {"A": "cancelled", "C": "notice", "X": "cancelled", "Y": "notice"}


def test_an_update_of_an_accepted_alert_joins_its_incident(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    incident = actions.accept_alert(actor=organisation.duty, now=now, alert=alert_named("A").id)
    take_in(organisation.duty, now, message(identifier="B", sent=at(8), kind="Update", references=ref("A")))
    assert (alert_named("B").state, alert_named("B").incident_id) == ("accepted", incident)
    assert Incident.objects.count() == 1


def test_an_update_before_its_original_has_a_draft_of_its_own(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="B", sent=at(8), kind="Update", references=ref("A")))
    take_in(organisation.duty, now, message(identifier="A"))
    assert Incident.objects.count() == 1
    assert alert_named("A").incident_id is None
    assert states() == {"A": "superseded", "B": "draft"}


def test_an_all_clear_closes_the_draft(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    clear = message(identifier="B", sent=at(8), kind="Update", references=ref("A"))
    take_in(organisation.duty, now, clear.replace("<urgency>", "<responseType>AllClear</responseType><urgency>"))
    assert states() == {"A": "superseded", "B": "notice"}
    assert Incident.objects.get().status == "closed"


@pytest.mark.parametrize("taken_up", [True, False])
def test_what_officers_do_on_the_floor_is_followed(
    organisation: Organisation, now: datetime, seal: Callable[[], int], taken_up: bool
) -> None:
    take_in(organisation.duty, now, message())
    incident = Incident.objects.get().id
    if taken_up:
        watch.change_status(actor=organisation.duty, now=now, incident=incident, status="in_progress")
    else:
        watch.close_incident(actor=organisation.duty, now=now, incident=incident, outcome="Không ảnh hưởng")
    seal()
    while followers.step():
        pass
    alert = Alert.objects.get()
    assert (alert.state, alert.reason) == (("accepted", "") if taken_up else ("dismissed", "Không ảnh hưởng"))
