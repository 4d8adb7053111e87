"""Taking files in: rows, exact facts, duplicates, references in any order, marks, authority."""

from datetime import datetime, timedelta
from itertools import permutations
from random import Random
from uuid import UUID

import pytest

from tests.ground import Organisation
from tests.interop.messages import message
from thammuu.interop import actions
from thammuu.interop.actions import Intake
from thammuu.interop.models import Alert, InboundFile
from thammuu.interop.rules import State
from thammuu.journal import feed
from thammuu.journal.models import Entry
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def take_in(actor: Actor, now: datetime, text: str | bytes, unit: UUID | None = None, name: str = "a.cap") -> Intake:
    content = text.encode() if isinstance(text, str) else text
    return actions.take_in_file(
        actor=actor, now=now, content=content, name=name, source="upload", unit=unit or actor.unit or UUID(int=0)
    )


def ref(identifier: str, hour: int = 7, sender: str = "kttv@example.vn") -> str:
    return f"{sender},{identifier},2026-10-01T{hour:02}:00:00+07:00"


def at(hour: int) -> str:
    return f"2026-10-01T{hour:02}:00:00+07:00"


def states() -> dict[str, str]:
    return dict(Alert.objects.order_by("identifier").values_list("identifier", "state"))


def test_a_good_alert_becomes_a_draft_with_its_exact_facts(organisation: Organisation, now: datetime) -> None:
    took = take_in(organisation.duty, now, message(), name="../../etc/bão số 9.cap")
    assert not took.again
    file = InboundFile.objects.get()
    assert (file.id, file.name, file.verdict, file.taken, file.refused) == (
        took.file.id, "bão số 9.cap", "taken", 1, 0,
    )  # fmt: skip
    assert bytes(file.content) == message().encode()
    [alert] = Alert.objects.all()
    assert (alert.state, alert.severity, alert.urgency, alert.certainty) == ("draft", "Severe", "Immediate", "Likely")
    assert (alert.event, alert.headline, alert.areas) == ("Bão", "Bão số 9", "Đặc khu Hoàng Sa")
    assert alert.expires == datetime.fromisoformat("2026-10-02T07:00:00+07:00")
    [entry] = feed.of_subjects([alert.id])
    assert (entry.kind, entry.units, entry.claimed_at, entry.recorded_at) == (
        "interop.alert_received", (organisation.ministry,), alert.sent, now,
    )  # fmt: skip
    assert entry.body is not None
    assert entry.body["links"] == [["arises_from", "inbound_file", str(file.id)]]
    assert entry.say("en") == "Alert received from kttv@example.vn: Bão số 9"
    [told] = feed.of_subjects([file.id])
    assert told.kind == "interop.file_received"


def test_the_same_file_and_the_same_alert_double_nothing(organisation: Organisation, now: datetime) -> None:
    first = take_in(organisation.duty, now, message())
    count = Entry.objects.count()
    again = take_in(organisation.duty, now, message(), name="copy.cap")
    assert (again.again, again.file.id, Entry.objects.count()) == (True, first.file.id, count)
    other = take_in(organisation.duty, now, "\n" + message() + "\n" + message(identifier="VN-2"))
    assert [item["verdict"] for item in other.file.results] == ["duplicate", "taken"]
    assert other.file.results[0]["alert"] == first.file.results[0]["alert"]
    assert Alert.objects.count() == 2


def test_another_message_with_the_same_identity_is_refused(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message())
    other = take_in(organisation.duty, now, message().replace("Bão số 9", "Bão số 10"))
    assert (other.file.verdict, other.file.results[0]["faults"][0]["code"]) == ("refused", "identity-taken")
    assert Alert.objects.get().headline == "Bão số 9"


def test_an_alert_from_the_future_is_taken_in_with_a_warning(organisation: Organisation, now: datetime) -> None:
    for minutes, told in ((10, []), (20, ["sent-future"])):
        sent = (now + timedelta(minutes=minutes)).isoformat(timespec="seconds")
        took = take_in(organisation.duty, now, message(identifier=f"F{minutes}", sent=sent))
        assert took.file.verdict == "taken"
        found = [item["code"] for item in Alert.objects.get(identifier=f"F{minutes}").warnings]
        assert [code for code in found if code != "expires-early"] == told


def test_the_longest_names_are_found_again(organisation: Organisation, now: datetime) -> None:
    random = Random(4)  # random letters cannot be pressed together
    sender, identifier = ("".join(chr(random.randrange(0x4E00, 0x9FFF)) for _ in range(333)) for _ in range(2))
    long = {"sender": sender, "identifier": identifier}
    assert take_in(organisation.duty, now, message(**long)).file.verdict == "taken"
    later = message(kind="Update", references=f"{sender},{identifier},{at(7)}", sender=sender, sent=at(8))
    assert take_in(organisation.duty, now, later).file.verdict == "taken"
    assert Alert.objects.get(**long).state == "superseded"


def test_a_bad_file_is_kept_aside_with_its_faults(organisation: Organisation, now: datetime) -> None:
    bad = message(status="Real")
    took = take_in(organisation.duty, now, bad)
    assert (took.file.verdict, took.file.refused, Alert.objects.count()) == ("refused", 1, 0)
    [result] = took.file.results
    assert (result["identifier"], result["faults"][0]["path"], result["faults"][0]["line"]) == (
        "VN-1", "alert/status", 6,
    )  # fmt: skip
    assert bytes(InboundFile.objects.get().content) == bad.encode()
    mixed = take_in(organisation.duty, now, bad.replace("VN-1", "VN-3") + message(identifier="VN-2"))
    assert (mixed.file.verdict, mixed.file.taken, mixed.file.refused) == ("partly", 1, 1)
    nonsense = take_in(organisation.duty, now, b"\x1f\x8b nonsense")
    assert (nonsense.file.verdict, nonsense.file.results[0]["faults"][0]["code"]) == ("refused", "compressed")


@pytest.mark.parametrize(
    ("change", "state", "mark"),
    [
        ({"status": "Exercise"}, State.DRAFT, "exercise"),
        ({"status": "Test"}, State.NOTICE, "test"),
        ({"status": "System"}, State.NOTICE, "system"),
        ({"status": "Draft"}, State.NOTICE, "draft"),
        ({"kind": "Ack", "references": ref("VN-0")}, State.NOTICE, ""),
        ({"kind": "Error", "references": ref("VN-0")}, State.NOTICE, ""),
        ({"info": ""}, State.NOTICE, ""),
    ],
)
def test_what_is_a_notice_and_what_is_marked(
    organisation: Organisation, now: datetime, change: dict[str, str], state: State, mark: str
) -> None:
    take_in(organisation.duty, now, message(**change))
    [alert] = Alert.objects.all()
    assert (alert.state, alert.mark) == (state, mark)
    if mark == "exercise":
        [entry] = feed.of_subjects([alert.id])
        assert entry.say("en").startswith("[EXERCISE] ")


def test_an_update_replaces_and_a_cancel_ends(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    take_in(organisation.duty, now, message(identifier="B", sent=at(8), kind="Update", references=ref("A")))
    assert states() == {"A": "superseded", "B": "draft"}
    first, second = Alert.objects.order_by("identifier")
    assert first.successor_id == second.id
    assert [entry.kind for entry in feed.of_subjects([first.id])] == [
        "interop.alert_received",
        "interop.alert_superseded",
    ]
    [entry] = feed.of_subjects([second.id])
    assert entry.body is not None
    assert ["references", "alert", str(first.id)] in entry.body["links"]
    take_in(
        organisation.duty, now,
        message(identifier="C", sent=at(9), kind="Cancel", references=f"{ref('A')} {ref('B', 8)}"),
    )  # fmt: skip
    assert states() == {"A": "superseded", "B": "cancelled", "C": "notice"}


CHAIN = (
    message(identifier="A"),
    message(identifier="B", sent=at(8), kind="Update", references=ref("A")),
    message(identifier="C", sent=at(9), kind="Update", references=f"{ref('A')} {ref('B', 8)}"),
    message(identifier="D", sent=at(10), kind="Cancel", references=ref("C", 9)),
)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_arrival_does_not_matter(
    organisation: Organisation, now: datetime, order: tuple[int, ...]
) -> None:
    for place in order:
        take_in(organisation.duty, now, CHAIN[place])
    assert {name for name, state in states().items() if state == "draft"} == set()
    assert states()["D"] == "notice"
    assert states()["C"] == "cancelled"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_only_what_is_named_is_replaced(organisation: Organisation, now: datetime, order: tuple[int, ...]) -> None:
    parts = (CHAIN[0], CHAIN[1], message(identifier="C", sent=at(9), kind="Update", references=ref("A")))
    for place in order:
        take_in(organisation.duty, now, parts[place])
    assert states() == {"A": "superseded", "B": "draft", "C": "draft"}


def test_messages_in_a_ring_come_to_an_end(organisation: Organisation, now: datetime) -> None:
    for name, other in (("A", "C"), ("B", "A"), ("C", "B"), ("D", "A")):
        take_in(organisation.duty, now, message(identifier=name, kind="Update", references=ref(other)))
    assert states() == {"A": "superseded", "B": "superseded", "C": "superseded", "D": "draft"}


def test_nobody_changes_the_alert_of_another_sender(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    forged = message(identifier="B", sent=at(8), sender="other@example.vn", kind="Cancel", references=ref("A"))
    took = take_in(organisation.duty, now, forged)
    assert states() == {"A": "draft", "B": "notice"}
    assert [item["code"] for item in took.file.results[0]["warnings"]] == ["reference-sender"]


def test_an_exercise_cancels_no_real_alert(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(identifier="A"))
    drill = message(identifier="B", sent=at(8), status="Exercise", kind="Cancel", references=ref("A"))
    take_in(organisation.duty, now, drill)
    assert states() == {"A": "draft", "B": "notice"}
    assert [item["code"] for item in Alert.objects.get(identifier="B").warnings] == ["reference-mark"]


def test_each_unit_has_its_own_alerts(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message(), unit=organisation.hanoi)
    take_in(organisation.duty, now, message(), unit=organisation.hue)
    take_in(
        organisation.duty, now, message(identifier="B", sent=at(8), kind="Cancel", references=ref("VN-1")),
        unit=organisation.hue,
    )  # fmt: skip
    assert set(Alert.objects.filter(identifier="VN-1").values_list("unit_id", "state")) == {
        (organisation.hanoi, "draft"), (organisation.hue, "cancelled"),
    }  # fmt: skip


def test_taking_in_is_refused_without_authority(organisation: Organisation, now: datetime) -> None:
    for actor in (organisation.viewer, organisation.hanoi_officer, organisation.admin):
        with pytest.raises(Refused):
            take_in(actor, now, message())
    assert InboundFile.objects.count() == 0


def test_dismissing(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message())
    [alert] = Alert.objects.all()
    later = now + timedelta(minutes=5)
    with pytest.raises(BadInput):
        actions.dismiss_alert(actor=organisation.duty, now=later, alert=alert.id, reason="  ")
    with pytest.raises(Refused):
        actions.dismiss_alert(actor=organisation.viewer, now=later, alert=alert.id, reason="x")
    with pytest.raises(Missing):
        actions.dismiss_alert(actor=organisation.hue_officer, now=later, alert=alert.id, reason="x")
    actions.dismiss_alert(actor=organisation.duty, now=later, alert=alert.id, reason="Không thuộc địa bàn")
    alert.refresh_from_db()
    assert (alert.state, alert.reason) == ("dismissed", "Không thuộc địa bàn")
    [_received, entry] = feed.of_subjects([alert.id])
    assert entry.body is not None
    assert entry.body["sets"] == {"state": "dismissed", "reason": "Không thuộc địa bàn"}
    with pytest.raises(Refused):
        actions.dismiss_alert(actor=organisation.duty, now=later, alert=alert.id, reason="x")
