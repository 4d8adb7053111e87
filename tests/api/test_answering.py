"""What holds for every address: faults as problems, languages, entity tags, no cookies."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Making
from tests.ground import Organisation, client_of
from thammuu.org.account.scopes import SCOPES
from thammuu.watch import queries

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def test_a_fault_is_a_problem_in_the_caller_s_language(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.viewer)
    for language, word in (("en", "Not found"), ("vi", "Không tìm thấy"), ("fr, vi;q=0.5", "Không tìm thấy")):
        answer = caller.client.get(
            "/api/v1/log/00000000-0000-0000-0000-000000000000", headers={"Accept-Language": language}
        )
        assert (answer.status_code, answer["Content-Type"], answer.json()["title"]) == (404, PROBLEM, word)
        assert answer["Content-Language"] in ("en", "vi")
    own = Client(headers={"Authorization": f"Bearer {caller.token}"}).post("/api/v1/log", b"{}", "application/json")
    assert own.json()["title"] == "This is not allowed"  # the officer reads English


@pytest.mark.parametrize(
    ("method", "address", "body", "status"),
    [
        ("GET", "/nowhere", b"", 404),
        ("GET", "/log/", b"", 404),
        ("GET", "/log/not-a-uuid", b"", 404),
        ("DELETE", "/log", b"", 405),
        ("PATCH", "/incidents", b"{}", 405),
        ("POST", "/log", b"{", 400),
        ("POST", "/log", b'"text"', 422),
        ("POST", "/log", b"\xff\xfe", 400),
        ("POST", "/log", b'{"text": "a\\u0000b"}', 422),
        ("POST", "/log", b'{"text": "\\ud800"}', 422),
        ("POST", "/log", b'{"text": "x", "lat": NaN}', 422),
        ("POST", "/log", b'{"text": "x", "lat": 21}', 400),
        ("POST", "/log", b'{"text": "' + b"x" * 3_000_000 + b'"}', 413),
        ("GET", "/log?q=%00", b"", 422),
        ("GET", "/log?cursor=%2e%2e", b"", 422),
        ("GET", "/log?limit=0", b"", 422),
        ("GET", "/units?cursor=AAAAAAA", b"", 400),
    ],
)
def test_every_fault_is_a_problem(
    organisation: Organisation, system: Making, method: str, address: str, body: bytes, status: int
) -> None:
    caller = system(organisation.duty)
    answer = caller.client.generic(
        method,
        f"/api/v1{address}",
        body,
        "application/json",
        headers={"Idempotency-Key": "0190b0f0-0000-7000-8000-000000000000"},
    )
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content[:300]
    assert answer.json()["status"] == status
    if status == 405:
        assert answer["Allow"]


def test_what_has_not_changed_is_not_sent_again(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    line = caller.post("/log", {"text": "x"}).json()["id"]
    first = caller.get(f"/log/{line}")
    assert first["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": first["ETag"]}
    second = caller.client.get(f"/api/v1/log/{line}", headers=tag)
    assert (second.status_code, second.content) == (304, b"")
    caller.put(f"/log/{line}/strike", {"reason": "nhầm"})
    assert caller.client.get(f"/api/v1/log/{line}", headers=tag).status_code == 200


def test_no_answer_sets_a_cookie(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    answers = [caller.get("/log"), caller.post("/log", {"text": "x"}), Client().get("/api/v1/log")]
    assert all(not answer.cookies for answer in answers)
    assert [answer["Cache-Control"] for answer in answers] == ["private, no-cache", "no-store", "no-store"]


def test_a_failure_of_ours_is_a_problem_and_stands_in_the_log(
    organisation: Organisation, system: Making, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_args: object) -> None:
        raise RuntimeError("what nobody is told")

    monkeypatch.setattr(queries, "log_query", fails)
    answer = system(organisation.duty).get("/log")
    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert "nobody is told" not in answer.content.decode()
    assert "RuntimeError" in caplog.text


def refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for value in node.values():
            yield from refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from refs(value)


def test_the_document_describes_every_operation(organisation: Organisation) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            [[scope]] = [needed["Bearer"] for needed in operation["security"]]
            assert scope in SCOPES, (path, method)
            assert operation["summary"] and operation["description"], (path, method)
            assert {"401", "403", "404", "429"} <= operation["responses"].keys()
            problem = operation["responses"]["403"]["content"]
            assert list(problem) == [PROBLEM]
    known = document["components"]["schemas"]
    names = [operation["operationId"] for found in document["paths"].values() for operation in found.values()]
    assert len(names) == len(set(names)) and "post_log" in names
    assert all(ref.rpartition("/")[2] in known for ref in refs(document))


def test_officers_read_the_addresses_on_a_page(organisation: Organisation) -> None:
    page = client_of(organisation.viewer).get("/api/").content.decode()
    assert "/api/v1/incidents/{incident}/severity" in page and "assignments:write" in page
    assert Client().get("/api/").status_code == 302
