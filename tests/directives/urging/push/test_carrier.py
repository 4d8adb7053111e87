"""Carrying to a push service: what it is sent, what its answers mean, and where nothing is sent at all."""

import json
import stat
import time
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.directives.urging.push.ground import CONTACT, Browser, PushService
from tests.ground import NOW
from thammuu.directives.urging.carriers import UNCERTAIN, Outgoing, carriers_of
from thammuu.directives.urging.deliveries import Gone, Line, Message, Undeliverable, Unreached
from thammuu.directives.urging.push import vapid
from thammuu.directives.urging.push.payload import payload_of
from thammuu.kernel.ids import new_id


def message(lines: int = 1, *, title: str = "Phân luồng", at_once: bool = False, language: str = "en") -> Message:
    made = [Line(new_id(), title, "On the day of the deadline", NOW) for _line in range(lines)]
    return Message(new_id(), "Hà Nội", "01", NOW, made, language, at_once)


def test_a_message_is_sealed_signed_and_says_how_urgent_it_is(service: PushService, out: Outgoing) -> None:
    browser, told = service.browser(), message()
    before = time.time()
    carriers_of(out)["push"].carry(told, browser.gives())
    [(path, headers, body)] = service.got
    assert path == "/send/a?x=1"
    assert (headers["TTL"], headers["Urgency"]) == ("86400", "normal")
    assert headers["Topic"] == told.id.hex and len(headers["Topic"]) == 32
    assert headers["Content-Encoding"] == "aes128gcm"
    assert b"luong" not in body and "Phân luồng".encode() not in body
    assert json.loads(browser.opens(body)) == {
        "id": str(told.id),
        "title": "Urging: 1 assignment (Hà Nội)",
        "body": "Phân luồng: On the day of the deadline",
        "page": f"/assignments/{told.lines[0].assignment}/",
        "language": "en",
    }
    claims = service.token()
    assert (claims["aud"], claims["sub"]) == (f"http://{service.host}", CONTACT)
    assert before < claims["exp"] <= time.time() + 24 * 3600
    assert claims["k"] == vapid.public_key(out.push_key)
    carriers_of(out)["push"].carry(replace(told, at_once=True), browser.gives())
    headers = service.got[-1][1]
    assert (headers["TTL"], headers["Urgency"]) == ("14400", "high")


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (200, None), (201, None), (202, None), (204, None),
        (301, Undeliverable), (302, Undeliverable), (307, Undeliverable), (308, Undeliverable),
        (400, Undeliverable), (401, Undeliverable), (403, Undeliverable), (413, Undeliverable),
        (404, Gone), (410, Gone),
        (408, Unreached), (425, Unreached), (429, Unreached), (500, Unreached), (502, Unreached), (503, Unreached),
    ],
)  # fmt: skip
def test_each_answer_has_its_meaning_and_none_leads_on(
    service: PushService, out: Outgoing, status: int, raised: type[Exception] | None
) -> None:
    service.status = status
    found = None
    try:
        carriers_of(out)["push"].carry(message(), service.browser().gives())
    except (Undeliverable, Unreached) as error:
        found = type(error)
    assert found is raised
    assert [path for path, _headers, _body in service.got] == ["/send/a?x=1"]


def test_where_nobody_listens_it_was_certainly_not_delivered(out: Outgoing) -> None:
    dead = replace(out, push_hosts=("127.0.0.1:1",))
    with pytest.raises(Unreached, match="ConnectionRefusedError"):
        carriers_of(dead)["push"].carry(message(), Browser("http://127.0.0.1:1/a").gives())


def test_after_a_broken_answer_nobody_knows(service: PushService, out: Outgoing) -> None:
    service.status = 99
    with pytest.raises(UNCERTAIN) as raised:
        carriers_of(out)["push"].carry(message(), service.browser().gives())
    assert isinstance(raised.value, HTTPException) and "/send/" not in str(raised.value)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://updates.push.example.net/a",
        "https://updates.push.example.net:443/a",
        "https://WEB.push.example.com/a",
        "https://a.b.push.example.com/a",
        "https://push.example.org:8443/a",
        "http://127.0.0.1:9/a",
    ],
)
def test_allowed_push_services(out: Outgoing, endpoint: str) -> None:
    hosts = ("updates.push.example.net", ".push.example.com", "push.example.org:8443", "127.0.0.1:9")
    assert carriers_of(replace(out, push_hosts=hosts))["push"].refusal_of(Browser(endpoint).gives()) == ""


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://updates.push.example.net/a",
        "https://updates.push.example.net:8443/a",
        "https://push.example.com/a",
        "https://web.push.example.com:8443/a",
        "https://evilpush.example.com/a",
        "https://web.push.example.com.evil.example/a",
        "https://updates.push.example.net@evil.example/a",
        "https://user:password@updates.push.example.net/a",
        "https://evil.example/updates.push.example.net",
        "https://evil.example#updates.push.example.net",
        "https://push.example.org/a",
        "http://push.example.org:8443/a",
        "https://127.0.0.1/a",
        "http://127.0.0.1/a",
        "http://127.0.0.1:8000/a",
        "https://169.254.169.254/latest/",
        "https://[::1/a",
        "https://updates.push.example.net:0/a",
        "https://updates.push.example.net:99999/a",
        "https:///a",
        "https://updates.push.example.net/a b",
        "https://updates.push.example.net/a\r\nX: y",
        "https://updates.push.example.net/\u0111",
        f"https://updates.push.example.net/{'a' * 1000}",
        "file:///etc/passwd",
        "ftp://updates.push.example.net/a",
        "",
    ],
)
def test_what_is_not_allowed_is_neither_taken_nor_asked(out: Outgoing, endpoint: str) -> None:
    hosts = ("updates.push.example.net", ".push.example.com", "push.example.org:8443", "127.0.0.1:9")
    push, given = carriers_of(replace(out, push_hosts=hosts))["push"], Browser(endpoint).gives()
    assert push.refusal_of(given) != ""
    with pytest.raises(Undeliverable):
        push.carry(message(), given)


@pytest.mark.parametrize(
    "given",
    [
        "", "x", "[]", "null", "1", "{}", '{"endpoint": 1}', '{"endpoint": "https://a.example/", "keys": []}',
        '{"endpoint": "https://a.example/", "keys": {"p256dh": "AA", "auth": "AA"}}',
        '{"endpoint": "https://a.example/", "keys": {"p256dh": 1, "auth": null}}',
    ],
)  # fmt: skip
def test_what_no_browser_gives_is_refused(out: Outgoing, given: str) -> None:
    push = carriers_of(replace(out, push_hosts=("a.example",)))["push"]
    assert push.refusal_of(given) == push.refusal_of("") != ""


def test_a_secret_or_a_key_of_the_wrong_size_is_refused(service: PushService, out: Outgoing) -> None:
    push, browser = carriers_of(out)["push"], service.browser()
    keys = json.loads(browser.gives())["keys"]
    assert push.refusal_of(browser.gives(keys=keys)) == ""
    for changed in ({"auth": keys["auth"] + "AA"}, {"p256dh": keys["p256dh"][:-2]}, {"auth": "!" * 22}):
        assert push.refusal_of(browser.gives(keys=keys | changed)) != ""


def test_nothing_is_allowed_by_default_and_without_a_key(service: PushService, out: Outgoing, tmp_path: Path) -> None:
    given = service.browser().gives()
    for settings in (Outgoing(push_key=out.push_key), replace(out, push_key=tmp_path / "none")):
        push = carriers_of(settings)["push"]
        assert push.refusal_of(given) != ""
        with pytest.raises(Undeliverable):
            push.carry(message(), given)
    assert service.got == []


def test_the_key_is_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    assert vapid.make_key(tmp_path) and not vapid.make_key(tmp_path)
    file = tmp_path / vapid.KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(vapid.bytes_of(vapid.public_key(file))) == 65
    file.write_text("x")
    assert vapid.public_key(file) == ""


@pytest.mark.parametrize("title", ["Phân luồng", "Rà soát phương án bảo đảm an toàn giao thông " * 40, "🚒" * 2000])
@pytest.mark.parametrize("count", [1, 2, 12, 400])
def test_a_message_has_room_for_itself_and_counts_the_rest(count: int, title: str) -> None:
    told = message(count, title=title)
    said = payload_of(told)
    found = json.loads(said)
    assert len(said) <= 3000
    lines = found["body"].split("\n")
    shown = [line for line in lines if line.endswith("On the day of the deadline")]
    left = count - len(shown)
    assert shown and lines[len(shown) :] == ([f"and {left} more"] if left else [])
    assert found["title"] == f"Urging: {count} assignment{'s' if count > 1 else ''} (Hà Nội)"
    assert found["page"] == (f"/assignments/{told.lines[0].assignment}/" if count == 1 else "/")


def test_a_message_is_in_the_language_of_its_officer() -> None:
    said = json.loads(payload_of(message(400, language="vi")))
    assert said["title"] == "Đôn đốc: 400 nhiệm vụ (Hà Nội)" and "việc nữa" in said["body"]
    assert said["language"] == "vi"


def test_what_has_no_title_stays_in_the_house() -> None:
    said = json.loads(payload_of(message(title="")))
    assert said["body"].startswith("an assignment that only its own page shows: ")
