"""Expected faults become pages with what happened, what was kept and what to do."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused, ThammuuError
from thammuu.ui.middleware import RefusalMiddleware

CASES = [
    (Refused("Only the duty officer closes an incident."), 403),
    (Missing(), 404),
    (Conflict("Two officers at once."), 409),
    (BadInput("place", "There is no such place."), 400),
]


def answer(fault: Exception, **headers: str) -> HttpResponse | None:
    request = RequestFactory(headers=headers).get("/incidents/")
    with translation.override("en"):
        return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, fault)


@pytest.mark.parametrize(("fault", "status"), CASES)
def test_a_fault_becomes_a_page(fault: ThammuuError, status: int) -> None:
    response = answer(fault)
    assert response is not None
    assert response.status_code == status
    page = response.content.decode()
    assert "What happened" in page
    assert "What to do" in page
    assert str(fault) in page


@pytest.mark.parametrize(("fault", "status"), CASES)
def test_a_script_is_told_the_same_as_json(fault: ThammuuError, status: int) -> None:
    response = answer(fault, accept="application/json")
    assert response is not None
    assert response.status_code == status
    assert str(fault) in json.loads(response.content)["reason"]


def test_an_unexpected_fault_is_left_alone() -> None:
    assert answer(ValueError("a bug")) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "title"), [("vi", "Không tìm thấy"), ("en", "Not found")])
def test_an_unknown_address_is_answered_in_the_devices_language(language: str, title: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert title in response.content.decode()


@pytest.mark.django_db
def test_a_form_of_an_older_sign_in_is_told_so() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = "en"
    response = client.post("/theme/", {"theme": "dim"})
    assert response.status_code == 403
    assert "out of date" in response.content.decode()


@pytest.mark.django_db
def test_the_theme_is_kept_and_leads_back() -> None:
    client = Client()
    response = client.post("/theme/", {"theme": "night", "next": "/style/?q=1"})
    assert response.headers["Location"] == "/style/?q=1"
    assert 'data-theme="night"' in client.get("/style/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_switch_leads_nowhere_else(address: str) -> None:
    response = Client().post("/language/", {"language": "en", "next": address})
    assert response.headers["Location"] == "/"


@pytest.mark.django_db
def test_an_unknown_theme_is_refused() -> None:
    assert Client().post("/theme/", {"theme": "pink"}).status_code == 400


@pytest.mark.parametrize(("language", "title"), [("vi", "Không có trang ở đây"), ("en", "There is no page here")])
def test_an_address_for_forms_says_so_when_it_is_opened(language: str, title: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get("/theme/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert title in response.content.decode()
