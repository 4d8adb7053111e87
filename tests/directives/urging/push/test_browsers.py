"""Setting browsers up and taking them off: rows, denials, limits, the pages, and redaction."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.directives.urging.push.ground import Browser, PushService
from tests.ground import Organisation, client_of
from thammuu.directives.urging import actions
from thammuu.directives.urging.actions.browsers import MOST_BROWSERS
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.models import UrgingBrowser
from thammuu.directives.urging.push.queries import browsers, changed_in_secret
from thammuu.directives.urging.rules import Channel, Ended
from thammuu.journal import feed, fold
from thammuu.journal.models import Body
from thammuu.journal.recording import Submission
from thammuu.journal.redaction.registry import redactable_as
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org.account import actions as account_actions
from thammuu.org.authority import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
PAGE = "/urging/browsers/"


@pytest.fixture
def set_up(out: Outgoing, now: datetime) -> Any:
    def do(actor: Actor, browser: Browser, **changed: Any) -> UUID:
        said: dict[str, Any] = {"name": "Máy phòng trực", "given": browser.gives(), **changed}
        return actions.set_up_browser(actor=actor, now=now, carriers=carriers_of(out), **said)

    return do


def test_a_browser_is_set_up_once_and_changed_afterwards(
    organisation: Organisation, service: PushService, set_up: Any, now: datetime
) -> None:
    officer, browser = organisation.hanoi_officer, service.browser()
    first = set_up(officer, browser)
    row = UrgingBrowser.objects.get()
    assert (row.account_id, row.post_id, row.unit_id) == (officer.account, officer.post, organisation.hanoi)
    assert (row.name, row.service, row.endpoint) == ("Máy phòng trực", service.host, browser.endpoint)
    renewed = Browser(browser.endpoint)
    assert set_up(officer, renewed, name="  Máy   khác ") == first
    row.refresh_from_db()
    assert (row.name, row.p256dh) == ("Máy khác", json.loads(renewed.gives())["keys"]["p256dh"])
    assert set_up(organisation.hue_officer, renewed) == first
    row.refresh_from_db()
    assert (row.account_id, row.unit_id, row.units) == (
        organisation.hue_officer.account, organisation.hue, [organisation.hue],
    )  # fmt: skip
    with pytest.raises(Missing):
        actions.take_off_browser(actor=officer, now=now, browser=first)
    actions.take_off_browser(actor=organisation.hue_officer, now=now, browser=first)
    row.refresh_from_db()
    assert (row.ended_at, row.reason) == (now, str(Ended.TAKEN_OFF))
    assert (row.endpoint, row.p256dh, row.auth) == ("", "", "")
    with pytest.raises(Missing):
        actions.take_off_browser(actor=organisation.hue_officer, now=now, browser=first)
    assert set_up(officer, renewed) != first


def test_sent_twice_it_is_done_once(
    organisation: Organisation, service: PushService, set_up: Any, now: datetime
) -> None:
    officer, once = organisation.hanoi_officer, Submission(new_id(), b"x")
    first = set_up(officer, service.browser(), submission=once)
    assert set_up(officer, service.browser(), submission=once) == first
    off = {"actor": officer, "now": now, "browser": first, "submission": Submission(new_id(), b"y")}
    assert actions.take_off_browser(**off) == actions.take_off_browser(**off) == first


def test_what_cannot_be_is_refused(organisation: Organisation, service: PushService, set_up: Any) -> None:
    officer, browser = organisation.hanoi_officer, service.browser()
    for name in ("", "   ", "a" * 61):
        with pytest.raises(BadInput) as refused:
            set_up(officer, browser, name=name)
        assert refused.value.field == "name"
    for given in ("", "x", Browser("https://evil.example/").gives()):
        with pytest.raises(BadInput) as refused:
            set_up(officer, browser, given=given)
        assert refused.value.field == "given"
    with pytest.raises(Refused):
        set_up(replace(officer, post=None, unit=None), browser)
    assert not UrgingBrowser.objects.exists()


def test_an_officer_has_so_many_browsers_and_no_more(
    organisation: Organisation, service: PushService, set_up: Any, now: datetime
) -> None:
    officer = organisation.hanoi_officer
    ids = [set_up(officer, service.browser(f"/send/{place}")) for place in range(MOST_BROWSERS)]
    with pytest.raises(BadInput, match=str(MOST_BROWSERS)):
        set_up(officer, service.browser("/send/more"))
    assert set_up(officer, service.browser("/send/0")) == ids[0], "one of them may be changed"
    others = set_up(organisation.hue_officer, service.browser("/send/hue"))
    with pytest.raises(BadInput):
        set_up(officer, service.browser("/send/hue"))
    assert UrgingBrowser.objects.get(id=others).account_id == organisation.hue_officer.account
    actions.take_off_browser(actor=officer, now=now, browser=ids[1])
    set_up(officer, service.browser("/send/more"))


def test_the_database_knows_an_address_once(organisation: Organisation, service: PushService, set_up: Any) -> None:
    id = set_up(organisation.hanoi_officer, service.browser())
    row = UrgingBrowser.objects.get(id=id)
    row.id = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_journal_never_has_what_a_browser_gave(
    organisation: Organisation, service: PushService, set_up: Any
) -> None:
    browser = service.browser("/send/secret-path")
    set_up(organisation.hanoi_officer, browser)
    keys = json.loads(browser.gives())["keys"]
    bodies = "\n".join(map(str, Body.objects.values_list("text", flat=True)))
    assert "Máy phòng trực" in bodies and service.host in bodies
    for secret in ("secret-path", keys["p256dh"], keys["auth"]):
        assert secret not in bodies


def test_what_was_changed_behind_the_journals_back_is_found(
    organisation: Organisation, service: PushService, set_up: Any
) -> None:
    id = set_up(organisation.hanoi_officer, service.browser())
    kept = UrgingBrowser.objects.get(id=id)
    assert list(changed_in_secret()) == []
    for name in ("endpoint", "p256dh", "auth"):
        UrgingBrowser.objects.filter(id=id).update(**{name: "x"})
        [found] = changed_in_secret()
        assert (found.subject, found.id, found.field) == (Subject.URGING_BROWSER, id, "digest")
        assert found in list(fold.checked())
        kept.save()


def test_all_of_it_goes_when_it_is_redacted() -> None:
    blanks = redactable_as(Subject.URGING_BROWSER)
    assert blanks is not None
    assert blanks.blanks() == {"name": "", "endpoint": "", "p256dh": "", "auth": ""}


@pytest.fixture
def client(organisation: Organisation, out: Outgoing, settings: Any) -> Client:
    settings.OUTGOING = out
    return client_of(organisation.hanoi_officer)


def test_the_page_sets_up_and_takes_off(client: Client, organisation: Organisation, service: PushService) -> None:
    assert "No browser of yours receives urgings." in client.get(PAGE).content.decode()
    browser = service.browser("/send/secret-path")
    said = {"name": "Máy phòng trực", "given": browser.gives(), "submission": str(new_id())}
    assert client.post(PAGE, said)["Location"] == client.post(PAGE, said)["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "Máy phòng trực" in page and service.host in page and "nothing sent yet" in page
    keys = json.loads(browser.gives())["keys"]
    assert not any(secret in page for secret in ("secret-path", keys["p256dh"], keys["auth"]))
    row = UrgingBrowser.objects.get()
    other = client_of(organisation.chief)
    assert "Máy phòng trực" not in other.get(PAGE).content.decode()
    removal = reverse("urging_browser_removal", args=[row.id])
    assert other.post(removal).status_code == 404
    assert client.post(removal)["Location"] == PAGE
    assert "Máy phòng trực" not in client.get(PAGE).content.decode()
    assert client.post(removal).status_code == 404


def test_a_faulty_form_comes_back_with_what_was_typed(client: Client, service: PushService) -> None:
    for changed, told in (
        ({"given": ""}, "This is not what a browser gives to receive messages."),
        ({"given": Browser("https://evil.example/").gives()}, "(evil.example)"),
        ({"name": " "}, "This field is required."),
    ):
        said = {"name": "Máy phòng trực", "given": service.browser().gives(), "submission": new_id(), **changed}
        answer = client.post(PAGE, said)
        assert answer.status_code == 422 and told in answer.content.decode()
    assert not UrgingBrowser.objects.exists()


def test_the_page_says_what_became_of_each(
    client: Client, organisation: Organisation, service: PushService, set_up: Any, out: Outgoing, now: datetime
) -> None:
    officer = organisation.hanoi_officer
    gone = set_up(officer, service.browser("/send/gone"), name="Máy đã mất")
    actions.take_off_browser(actor=SYSTEM, now=now, browser=gone, why=Ended.GONE)
    moved = set_up(replace(officer, unit=organisation.hue), service.browser("/send/moved"), name="Máy chuyển đi")
    failed = set_up(officer, service.browser("/send/failed"), name="Máy hỏng")
    prepared = {
        "unit": organisation.hanoi, "channel": str(Channel.PUSH), "urgings": [new_id()], "at_once": False,
        "browser": failed,
    }  # fmt: skip
    without = carriers_of(replace(out, push_hosts=("elsewhere.example",)))
    actions.prepare_delivery(actor=SYSTEM, now=now, carriers=without, **prepared)
    rows = {row.name: row for row in client.get(PAGE).context["rows"]}
    assert rows["Máy đã mất"].gone_at == now and rows["Máy chuyển đi"].elsewhere and rows["Máy hỏng"].fault
    assert moved in {row.id for row in rows.values()}
    page = client.get(PAGE).content.decode()
    assert "its push service does not know it any more" in page and "set up in a post of another unit" in page
    assert page.count("Take off</button>") == 2


def test_a_reset_account_loses_its_browsers_with_its_sessions(
    organisation: Organisation, service: PushService, set_up: Any, now: datetime
) -> None:
    officer = organisation.hanoi_officer
    mine, off = set_up(officer, service.browser("/send/lost")), set_up(officer, service.browser("/send/off"))
    actions.take_off_browser(actor=officer, now=now, browser=off)
    other = set_up(organisation.hue_officer, service.browser("/send/other"))
    account = officer.account
    assert account is not None
    account_actions.reset_account(actor=organisation.admin, now=now, account=account, reason="mất máy")
    row = UrgingBrowser.objects.get(id=mine)
    assert (row.ended_at, row.reason, row.endpoint, row.p256dh, row.auth) == (now, "reset", "", "", "")
    assert UrgingBrowser.objects.get(id=off).reason == "taken_off"
    assert UrgingBrowser.objects.get(id=other).ended_at is None
    [_set_up, told] = feed.of_subjects([mine])
    assert told.say("en") == "Browser taken off: its account was reset"
    assert [(shown.id, shown.reset) for shown in browsers(officer, now)] == [(mine, True)]
    page = client_of(officer).get(PAGE).content.decode()
    assert "the account was reset; set it up anew there" in page


def test_the_page_says_that_push_is_off(client: Client, out: Outgoing, settings: Any) -> None:
    settings.OUTGOING = replace(out, push_hosts=())
    page = client.get(PAGE).content.decode()
    assert "The settings of this installation allow no push service." in page and "<push-form" not in page


def test_the_page_asks_as_much_for_many_as_for_one(
    client: Client, organisation: Organisation, service: PushService, set_up: Any
) -> None:
    def statements() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(PAGE).status_code == 200
        return len(taken)

    set_up(organisation.hanoi_officer, service.browser())
    few = statements()
    for place in range(8):
        set_up(organisation.hanoi_officer, service.browser(f"/send/{place}"))
    assert statements() == few


def test_the_account_leads_there(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/account/").content.decode()


def test_the_ladder_offers_it_beside_the_others(organisation: Organisation, now: datetime) -> None:
    id = actions.draw_up_policy(actor=organisation.chief, now=now, unit=organisation.ministry)
    page = client_of(organisation.chief).get(f"/urging/{id}/").content.decode()
    assert 'value="push"' in page and "Browsers of officers" in page


def test_the_script_that_receives_is_at_one_address_for_everybody() -> None:
    answer = Client().get("/worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript") and answer["Cache-Control"] == "no-store"
    script = answer.content.decode()
    assert "showNotification" in script and "import" not in script and "export" not in script and "fetch" not in script
