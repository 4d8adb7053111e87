"""Whom messages to browsers reach, from the urging to the push service and back."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.directives.thread import Thread
from tests.directives.urging.push.ground import Browser, PushService, push_service
from tests.directives.urging.test_sending import morning
from tests.ground import Organisation, client_of
from thammuu.directives import actions as directives
from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.deliveries import UNDER_WAY, Message, pause_after
from thammuu.directives.urging.models import Urging, UrgingBrowser, UrgingDelivery
from thammuu.directives.urging.rules import Audience, Channel, Ended, Ladder, Origin, Rung
from thammuu.directives.urging.sending import deliver, prepare
from thammuu.directives.urging.working import Rounds
from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.authority import SYSTEM
from thammuu.org.models import Account, Holding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@dataclass
class Office:
    """An installation that sends to browsers, with a policy that is on."""

    thread: Thread
    service: PushService
    out: Outgoing

    @property
    def organisation(self) -> Organisation:
        return self.thread.organisation

    def browser(self, actor: Actor, path: str = "/send/a", service: PushService | None = None) -> Browser:
        made = (service or self.service).browser(path)
        actions.set_up_browser(
            actor=actor, now=self.thread.now, name=f"Máy {path[-1]}", given=made.gives(), carriers=carriers_of(self.out)
        )
        return made

    def urge(self, *audiences: Audience, channels: tuple[Channel, ...] = (Channel.PUSH,)) -> datetime:
        """Have what is overdue urged, and return when that was."""
        chief, now = self.organisation.chief, self.thread.now
        id = actions.draw_up_policy(actor=chief, now=now, unit=self.organisation.ministry)
        ladder = Ladder(
            (
                *(Rung(Origin.DEADLINE, 1, to, channels, again=1) for to in audiences),
                Rung(Origin.ISSUE, 10, Audience.LEAD, channels, any_hour=True),
            )
        )
        actions.change_ladder(actor=chief, now=now, policy=id, version=1, ladder=ladder)
        actions.switch_policy(actor=chief, now=now, policy=id, on=True, reason="Thử")
        Rounds().go(morning(self.thread, 1))
        return morning(self.thread, 1)

    def send(self, now: datetime) -> tuple[int, int]:
        carriers = carriers_of(self.out)
        return prepare(now, carriers), deliver(now, carriers)

    def order(self, now: datetime, **values: object) -> None:
        directives.issue_assignments(
            actor=self.organisation.chief, now=now, decision=self.thread.decision, orders=[self.thread.order(**values)]
        )


@pytest.fixture
def office(thread: Thread, service: PushService, out: Outgoing) -> Office:
    return Office(thread, service, out)


def states() -> list[tuple[str, int, str]]:
    return sorted(UrgingDelivery.objects.values_list("state", "attempts", "fault"))


def test_each_browser_of_the_unit_gets_one_digest_a_morning(office: Office) -> None:
    officer = office.organisation.hanoi_officer
    one, other = office.browser(officer), office.browser(officer, "/send/b")
    office.browser(office.organisation.hue_officer, "/send/c")
    office.order(office.thread.now, title="Rà soát")
    now = office.urge(Audience.LEAD)
    assert (office.send(now), office.send(now)) == ((2, 2), (0, 0))
    told = [json.loads(mine.opens(body)) for mine, (_p, _h, body) in zip((one, other), office.service.got, strict=True)]
    assert [path for path, _headers, _body in office.service.got] == ["/send/a", "/send/b"]
    assert told[0]["body"].count("\n") == 1 and "Rà soát" in told[0]["body"] and told[0]["page"] == "/"
    assert told[0]["title"] == "Urging: 2 assignments (Hà Nội)"
    rows = list(UrgingDelivery.objects.order_by("made_at", "id"))
    assert [str(row.id) for row in rows] == [said["id"] for said in told]
    assert {(row.address, row.state) for row in rows} == {(office.service.host, "sent")}
    assert set(rows[0].urgings) == set(Urging.objects.values_list("id", flat=True))
    later = morning(office.thread, 2)
    assert Rounds().go(later) == 2 and office.send(later) == (2, 2)


def test_only_heads_are_told_what_goes_to_heads(office: Office) -> None:
    organisation = office.organisation
    for actor, path in ((organisation.staff, "/send/s"), (organisation.chief, "/send/c")):
        office.browser(actor, path)
    now = office.urge(Audience.ISSUER, Audience.ISSUER_HEAD)
    office.send(now)
    sizes = {row.browser.name: len(row.urgings) for row in UrgingDelivery.objects.all() if row.browser}
    assert sizes == {"Máy s": 1, "Máy c": 2}
    assert len(office.service.got) == 2


def test_a_head_without_a_browser_is_said_to_have_none(office: Office) -> None:
    office.browser(office.organisation.staff)
    now = office.urge(Audience.ISSUER_HEAD)
    assert office.send(now) == (1, 0) and office.service.got == []
    [(state, attempts, fault)] = states()
    assert (state, attempts) == ("failed", 0) and fault


def test_a_unit_without_a_browser_is_said_to_have_none_once(office: Office) -> None:
    office.browser(office.organisation.hue_officer)
    now = office.urge(Audience.LEAD)
    assert (office.send(now), office.send(now)) == ((1, 0), (0, 0))
    assert [(state, attempts) for state, attempts, _fault in states()] == [("failed", 0)]


def leaves(office: Office) -> None:
    holding = Holding.objects.get(post=office.organisation.hanoi_officer.post)
    org.leave_post(actor=SYSTEM, now=office.thread.now, holding=holding.id, ends_on=clock.day_of(clock.now()))


def moves(office: Office) -> None:
    account = UUID(str(office.organisation.hanoi_officer.account))
    post = UUID(str(office.organisation.hue_officer.post))
    today = clock.day_of(clock.now())
    org.take_post(actor=SYSTEM, now=office.thread.now, account=account, post=post, starts_on=today)


def is_closed(office: Office) -> None:
    Account.objects.filter(id=str(office.organisation.hanoi_officer.account)).update(is_active=False)
    authority.forget()


@pytest.fixture(params=[leaves, moves, is_closed])
def goes(request: pytest.FixtureRequest, office: Office) -> Iterator[Callable[[Office], None]]:
    """What ends an officer's part in the unit; no action closes an account yet, so the journal does not tell of it."""
    yield request.param
    Account.objects.update(is_active=True)


def test_whoever_left_gets_nothing_at_preparing(office: Office, goes: Callable[[Office], None]) -> None:
    office.browser(office.organisation.hanoi_officer)
    goes(office)
    assert office.send(office.urge(Audience.LEAD)) == (1, 0)
    assert office.service.got == [] and states()[0][:2] == ("failed", 0)


def test_whoever_left_meanwhile_gets_nothing_at_a_later_attempt(office: Office, goes: Callable[[Office], None]) -> None:
    office.browser(office.organisation.hanoi_officer)
    now = office.urge(Audience.LEAD)
    office.service.status = 503
    assert office.send(now) == (1, 0) and len(office.service.got) == 1
    goes(office)
    office.service.status = 201
    assert office.send(now + pause_after(1)) == (0, 0)
    assert len(office.service.got) == 1 and states()[0][:2] == ("failed", 2)


def test_what_is_classified_is_not_named_and_only_told_to_who_may_see_it(office: Office) -> None:
    organisation = office.organisation
    directives.take_decision(
        actor=organisation.chief, now=office.thread.now, unit=organisation.ministry, title="Kín", reason="Kín",
        classification=2, orders=[office.thread.order(title="Phương án kín")],
    )  # fmt: skip
    chiefs, staffs = office.browser(organisation.chief), office.browser(organisation.viewer, "/send/b")
    office.send(office.urge(Audience.ISSUER))
    told = {path: body for path, _headers, body in office.service.got}
    seen = json.loads(chiefs.opens(told["/send/a"]))["body"]
    assert "Phân luồng" in seen and "kín" not in seen and "only its own page shows" in seen
    assert json.loads(staffs.opens(told["/send/b"]))["body"].count("\n") == 0


def test_a_browser_that_is_no_more_is_taken_off_and_told(office: Office) -> None:
    office.browser(office.organisation.hanoi_officer)
    now = office.urge(Audience.LEAD)
    office.service.status = 410
    assert office.send(now) == (1, 0)
    row = UrgingBrowser.objects.get()
    assert (row.reason, row.ended_at, row.endpoint, row.p256dh, row.auth) == (str(Ended.GONE), now, "", "", "")
    assert states()[0][:2] == ("failed", 1) and states()[0][2]
    assert [entry.kind for entry in feed.of_subjects([row.id])] == [
        "directives.urging_browser_set_up",
        "directives.urging_browser_taken_off",
    ]
    later = morning(office.thread, 2)
    Rounds().go(later)
    assert office.send(later) == (1, 0) and len(office.service.got) == 1


def test_a_browser_taken_off_between_two_attempts_gets_nothing(office: Office) -> None:
    office.browser(office.organisation.hanoi_officer)
    now = office.urge(Audience.LEAD)
    office.service.status = 429
    office.send(now)
    actions.take_off_browser(
        actor=office.organisation.hanoi_officer, now=now, browser=UrgingBrowser.objects.get().id
    )  # fmt: skip
    office.service.status = 201
    office.send(now + pause_after(1))
    assert len(office.service.got) == 1 and states()[0][:2] == ("failed", 2)


def test_a_dead_push_service_does_not_hold_up_another(office: Office, service: PushService) -> None:
    with push_service() as other:
        office.out = replace(office.out, push_hosts=(service.host, other.host))
        officer = office.organisation.hanoi_officer
        for path in ("/send/a", "/send/b", "/send/c"):
            office.browser(officer, path)
        office.browser(officer, "/send/d", other)
        service.status = 500
        now = office.urge(Audience.LEAD)
        assert office.send(now) == (4, 1)
        assert (len(service.got), len(other.got)) == (1, 1), "one message tries whether it is alive again"
        service.status = 201
        assert deliver(now + pause_after(1), carriers_of(office.out)) == 3
        assert len(other.got) == 1


def test_whoever_dies_in_an_attempt_sends_again_under_the_same_id(office: Office) -> None:
    mine = office.browser(office.organisation.hanoi_officer)
    now = office.urge(Audience.LEAD)
    prepare(now, carriers_of(office.out))
    row = UrgingDelivery.objects.get()
    office.service.status = 99
    assert deliver(now, carriers_of(office.out)) == 0 and states() == [("uncertain", 1, "")]
    office.service.status = 201
    assert deliver(now + UNDER_WAY, carriers_of(office.out)) == 1
    told = [(headers["Topic"], json.loads(mine.opens(body))["id"]) for _path, headers, body in office.service.got]
    assert told == [(row.id.hex, str(row.id))] * 2


def test_a_timer_does_not_wait_for_the_digest_and_is_urgent(office: Office) -> None:
    mine = office.browser(office.organisation.hanoi_officer)
    now = office.urge(Audience.LEAD)
    office.order(now, title="Khẩn", urgency="urgent")
    later = now + timedelta(minutes=10)
    Rounds().go(later)
    assert office.send(later) == (2, 2)
    assert [headers["Urgency"] for _path, headers, _body in office.service.got] == ["high", "normal"]
    urgencies = {headers["Urgency"]: json.loads(mine.opens(body))["body"] for _p, headers, body in office.service.got}
    assert urgencies["high"].startswith("Khẩn") and urgencies["normal"].startswith("Phân luồng")


def test_a_browser_that_is_taken_off_while_it_is_tried_holds_up_nobody(office: Office) -> None:
    organisation = office.organisation
    for path in ("/send/a", "/send/b"):
        office.browser(organisation.hanoi_officer, path)
    first = UrgingBrowser.objects.get(endpoint__endswith="/send/a").id
    now = office.urge(Audience.LEAD)
    office.service.status = 410
    channel = carriers_of(office.out)["push"]

    class Meanwhile:
        """The channel, while whose first message is under way the officer takes the browser off."""

        refusal_of = channel.refusal_of

        def carry(self, message: Message, address: str) -> None:
            if not office.service.got:
                actions.take_off_browser(actor=organisation.hanoi_officer, now=now, browser=first)
            channel.carry(message, address)

    prepare(now, carriers_of(office.out))
    deliver(now, {"push": Meanwhile()})
    assert len(office.service.got) == 2
    assert [row.reason for row in UrgingBrowser.objects.order_by("id")] == [str(Ended.TAKEN_OFF), str(Ended.GONE)]
    assert [state for state, _attempts, _fault in states()] == ["failed", "failed"]


def test_my_work_leads_to_the_browsers(office: Office) -> None:
    office.urge(Audience.LEAD)
    assert 'href="/urging/browsers/"' in client_of(office.organisation.hanoi_officer).get("/").content.decode()


def test_push_that_was_switched_off_is_said_to_be(office: Office) -> None:
    office.browser(office.organisation.hanoi_officer)
    now = office.urge(Audience.LEAD)
    office.out = replace(office.out, push_hosts=())
    assert office.send(now) == (1, 0)
    assert states()[0][:2] == ("failed", 0) and states()[0][2]


def test_neither_log_nor_journal_has_what_a_browser_gave(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    mine = office.browser(office.organisation.hanoi_officer, "/send/secret-path")
    now = office.urge(Audience.LEAD)
    caplog.set_level(logging.DEBUG)
    for status in (503, 99, 400):
        office.service.status = status
        office.send(now)
        now += timedelta(hours=1)
    office.service.status = 410
    Rounds().go(morning(office.thread, 2))
    office.send(morning(office.thread, 2))
    row = UrgingBrowser.objects.get()
    ids = [row.id, *UrgingDelivery.objects.values_list("id", flat=True)]
    told = [f"{entry.body} {entry.say('vi')} {entry.say('en')}" for entry in feed.of_subjects(ids)]
    given = json.loads(mine.gives())["keys"]
    for secret in ("secret-path", given["p256dh"], given["auth"]):
        assert secret not in caplog.text
        assert not any(secret in text for text in told), secret
    assert any(office.service.host in text for text in told) and len(told) > 8
