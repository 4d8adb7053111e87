"""The pages of urging: happy, denied, and as many statements for many rows as for few."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.thread import Thread
from tests.ground import client_of
from thammuu.directives import actions as directives
from thammuu.directives.urging import actions, queries
from thammuu.directives.urging.models import Urging, UrgingPolicy
from thammuu.directives.urging.trying import trial
from thammuu.directives.urging.working import Rounds
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.calendar import next_working_day
from thammuu.kernel.ids import new_id
from thammuu.org.authority import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def drawn_up(thread: Thread, on: bool = False) -> UUID:
    chief = thread.organisation.chief
    id = actions.draw_up_policy(actor=chief, now=thread.now, unit=thread.organisation.ministry)
    if on:
        actions.switch_policy(actor=chief, now=thread.now, policy=id, on=True, reason="Thay cho gọi điện")
    return id


def form(client: Client, id: UUID, **changed: object) -> dict[str, object]:
    """The form as the page shows it, with what was changed."""
    page = client.get(f"/urging/{id}/")
    rungs, ladder = page.context["rungs"], page.context["form"]
    sent: dict[str, object] = {"submission": new_id()}
    for one in (rungs.management_form, ladder, *rungs):
        for field in one:
            value = field.value()
            if value not in (None, "", []) and value is not False:
                sent[field.html_name] = value
    return {**sent, **changed}


def statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def test_a_policy_is_drawn_up_changed_tried_and_switched_on(thread: Thread) -> None:
    chief = client_of(thread.organisation.chief)
    assert "No policy of urging yet" in chief.get("/urging/").content.decode()
    sent = {"unit": thread.organisation.ministry, "submission": new_id()}
    address = chief.post("/urging/", sent)["Location"]
    id = UUID(address.split("/")[2])
    assert chief.post("/urging/", sent)["Location"] == address
    page = chief.get(address).content.decode()
    assert "7 working days before the deadline" in page and "quiet from 18:00 until 07:00" in page
    changed = form(chief, id, **{"rung-2-count": "9", "rung-9-count": "14", "rung-9-origin": "after",
                                 "rung-9-to": "above", "rung-9-channels": ["mail"]})  # fmt: skip
    assert chief.post(address, changed).status_code == 302
    row = UrgingPolicy.objects.get()
    assert [rung["offset"] for rung in row.ladder["rungs"]] == [30, 60, -9, -3, -1, 0, 1, 3, 7, 14]
    assert chief.post(address, {**changed, "submission": new_id()}).status_code == 409
    assert chief.post(f"{address}switch/", {"on": "1", "submission": new_id()}).status_code == 422
    switch = {"on": "1", "switch-reason": "Thay cho gọi điện", "submission": new_id()}
    assert chief.post(f"{address}switch/", switch)["Location"] == address
    assert UrgingPolicy.objects.get().is_on
    assert "Urging switched on: Thay cho gọi điện" in chief.get(address).content.decode()


def test_a_ladder_that_cannot_be_is_answered_with_what_was_typed(thread: Thread) -> None:
    id = drawn_up(thread)
    chief = client_of(thread.organisation.chief)
    answer = chief.post(f"/urging/{id}/", form(chief, id, **{"rung-2-count": "3"}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Two rungs urge the same at the same time." in page and 'value="3"' in page
    assert UrgingPolicy.objects.get().version == 1


def test_trying_shows_what_would_have_been_sent_and_writes_nothing(thread: Thread) -> None:
    id = drawn_up(thread)
    chief = client_of(thread.organisation.chief)
    today = clock.day_of(clock.now())
    assert chief.get(f"/urging/{id}/trial/").status_code == 200
    entries = Entry.objects.count()
    address = f"/urging/{id}/trial/?first={today - timedelta(days=60)}&last={today}"
    answer = chief.get(address)
    found = answer.context["trial"]
    assert (found.assignments, found.left_out) == (1, 0)
    assert found.total == sum(row.count for row in found.rows)
    assert (Entry.objects.count(), Urging.objects.count()) == (entries, 0)
    for wrong in (f"first={today}&last={today - timedelta(days=1)}", f"first=2020-01-01&last={today}", "first=x"):
        assert chief.get(f"/urging/{id}/trial/?{wrong}").status_code == 422


def test_the_trial_says_what_the_run_sends(thread: Thread) -> None:
    """The same assignments, the same days, handed on or not: what was tried is what is sent."""
    id, organisation = drawn_up(thread, on=True), thread.organisation
    row, rounds = UrgingPolicy.objects.get(id=id), Rounds()
    directives.hand_on_assignment(
        actor=organisation.hanoi_officer, now=thread.now, assignment=thread.assignment, unit=organisation.commune,
        title="Chốt chặn", product="Ảnh", deadline=thread.row().deadline - timedelta(hours=2),
    )  # fmt: skip
    first = clock.day_of(thread.now)
    days = [first + timedelta(days=number) for number in range(20)]
    for day in days:
        for hour in (6, 7, 12):
            rounds.go(clock.start_of(day) + timedelta(hours=hour))
    found = trial(organisation.chief, row, first, days[-1])
    assert found.total == Urging.objects.count() > 5
    assert found.assignments == 2 and Urging.objects.exclude(assignment=thread.assignment).count() > 2
    own = actions.draw_up_policy(actor=SYSTEM, now=thread.now, unit=organisation.hanoi)
    assert trial(organisation.chief, UrgingPolicy.objects.get(id=own), first, days[-1]).assignments == 1


def test_a_refused_task_is_urged_again_once_it_came_back_and_the_trial_says_so(thread: Thread) -> None:
    id = drawn_up(thread, on=True)
    organisation, rounds = thread.organisation, Rounds()
    due = clock.start_of(next_working_day(clock.day_of(thread.row().deadline + timedelta(days=1))))
    first, days = clock.day_of(thread.now), [due + timedelta(days=number) for number in range(30)]
    common = {"assignment": thread.assignment}
    acts = {
        days[3]: lambda now: directives.refuse_assignment(
            actor=organisation.hanoi_officer, now=now, reason="không phải của Hà Nội", **common
        ),
        days[9]: lambda now: directives.insist_on_assignment(
            actor=organisation.chief, now=now, reason="phải", **common
        ),
    }
    counts = []
    for day in days:
        counts.append(rounds.go(day + timedelta(hours=8)))
        if day in acts:
            acts[day](day + timedelta(hours=9))
    assert sum(counts[:4]) > 0 == sum(counts[4:10]) and sum(counts[10:]) > 0
    row = UrgingPolicy.objects.get(id=id)
    assert trial(organisation.chief, row, first, clock.day_of(days[-1])).total == sum(counts)


def test_who_is_urged_finds_one_digest_and_says_that_it_was_seen(thread: Thread) -> None:
    drawn_up(thread, on=True)
    for number in range(3):
        directives.issue_assignments(
            actor=thread.organisation.chief,
            now=thread.now,
            decision=thread.decision,
            orders=[thread.order(title=f"Việc {number}")],
        )
    organisation, now = thread.organisation, thread.row().deadline - timedelta(minutes=1)
    officer = client_of(organisation.hanoi_officer)
    few = statements(officer, "/")
    assert Rounds().go(now) == 4
    page = officer.get("/").content.decode()
    assert page.count("You are urged") == 1 and page.count('name="urging"') == 4
    assert statements(officer, "/") <= few + 1
    for other in (organisation.hue_officer, organisation.commune_officer, organisation.chief):
        assert "You are urged" not in client_of(other).get("/").content.decode()
    ids = list(Urging.objects.values_list("id", flat=True))
    assert client_of(organisation.hue_officer).post("/urging/seen/", {"urging": ids}).status_code == 404
    assert officer.post("/urging/seen/", {"urging": ids, "submission": new_id()})["Location"] == "/"
    assert "You are urged" not in officer.get("/").content.decode()
    chief = client_of(organisation.chief)
    page = chief.get(f"/assignments/{thread.assignment}/").content.decode()
    assert "Urged: Hà Nội" in page and "1 times, 1 seen" in page
    [row] = queries.policies(organisation.chief, now)
    assert (row.sent, row.seen) == (4, 4)


def test_a_policy_is_its_units(thread: Thread) -> None:
    id = drawn_up(thread)
    hanoi, viewer = client_of(thread.organisation.hanoi_officer), client_of(thread.organisation.viewer)
    assert hanoi.get(f"/urging/{id}/").status_code == 404
    assert "Change the ladder" not in viewer.get(f"/urging/{id}/").content.decode()
    assert viewer.post(f"/urging/{id}/", {}).status_code == 403
    assert viewer.get(f"/urging/{id}/trial/").status_code == 403
    assert viewer.post("/urging/", {"unit": thread.organisation.ministry}).status_code == 403
    assert client_of(thread.organisation.chief).post("/urging/", {"unit": "x"}).status_code == 400
