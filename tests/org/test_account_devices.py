"""A stranger who knows a name cannot keep its officer out of the browser that the officer always uses."""

from typing import Any

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.ground import Organisation
from tests.org.test_account_pages import is_in, signed_in
from thammuu.journal.models import Entry
from thammuu.org.account import devices, rules
from thammuu.org.account.models import AddressBlock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def guess(client: Client, name: str, count: int) -> list[int]:
    given = [{"username": name, "password": f"wrong {number}"} for number in range(count)]
    return [client.post("/sign-in/", one).status_code for one in given]


def enter(client: Client, name: str) -> int:
    return int(client.post("/sign-in/", {"username": name, "password": name}).status_code)


def test_the_chief_is_not_locked_out_of_the_own_browser(organisation: Organisation) -> None:
    own = signed_in("chief")
    own.post("/account/lock/")
    assert guess(Client(), "chief", rules.FAILURES + 2)[-1] == 429
    assert enter(Client(), "chief") == 429  # any other browser waits
    # Neither the covered page nor a new sign-in does.
    assert own.post("/account/unlock/", {"proof": "chief"})["Location"] == "/"
    own.post("/sign-out/")
    assert enter(own, "chief") == 302
    assert is_in(own)
    assert enter(Client(), "chief") == 429  # and the stranger got no new tries by it


def test_a_known_browser_has_ten_tries_too(organisation: Organisation) -> None:
    own = signed_in("chief")
    own.post("/sign-out/")
    assert guess(own, "chief", rules.FAILURES + 1) == [422] * rules.FAILURES + [429]
    assert enter(own, "chief") == 429
    assert enter(Client(), "chief") == 302
    assert Entry.objects.filter(kind="org.account_locked").count() == 1


def test_a_spray_from_the_office_blocks_its_address_but_not_its_officers(organisation: Organisation) -> None:
    own = signed_in("duty")
    for number in range(rules.SPRAY_NAMES):
        guess(Client(), f"tên {number}", 1)
    assert AddressBlock.objects.count() == 1
    assert enter(Client(), "duty") == 429
    assert enter(own, "chief") == 429  # the chief has never been in this browser
    own.post("/sign-out/")
    assert enter(own, "duty") == 302


def test_a_browser_knows_those_who_signed_in_there(organisation: Organisation) -> None:
    shared = signed_in("chief")
    shared.post("/sign-out/")
    enter(shared, "duty")
    request = RequestFactory().get("/")
    request.COOKIES[devices.name()] = shared.cookies[devices.name()].value
    called = devices.known(request, "chief")
    assert called and devices.known(request, "Duty ") == called
    assert devices.known(request, "staff") == ""
    cookie = shared.cookies[devices.name()]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "chief" not in cookie.value


@pytest.mark.parametrize("value", ["", "x", "eyJkZXZpY2UiOiJ4IiwibmFtZXMiOltdfQ:1abc:forged"])
def test_a_forged_cookie_makes_no_browser_known(organisation: Organisation, value: str) -> None:
    client = Client()
    client.cookies[devices.name()] = value
    assert guess(client, "chief", rules.FAILURES + 1)[-1] == 429


def test_a_cookie_of_long_ago_is_none(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("chief")
    request = RequestFactory().get("/")
    request.COOKIES[devices.name()] = client.cookies[devices.name()].value
    assert devices.known(request, "chief")
    monkeypatch.setattr(devices, "DAYS", -1)
    assert devices.known(request, "chief") == ""


def test_a_cookie_signed_for_something_else_is_none(organisation: Organisation) -> None:
    request = RequestFactory().get("/")
    told = {"device": "x", "names": [devices._digest("chief")]}
    request.COOKIES[devices.name()] = signing.dumps(told, salt="messages")
    assert devices.known(request, "chief") == ""
    request.COOKIES[devices.name()] = signing.dumps(told, salt=devices.SALT)
    assert devices.known(request, "chief") == "x"


def test_under_https_its_cookie_is_of_this_host_alone(organisation: Organisation, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    answer = HttpResponse()
    devices.remember(RequestFactory().get("/"), answer, "chief")
    cookie = answer.cookies["__Host-thammuu_device"]
    assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
