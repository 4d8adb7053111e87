"""The settings of what goes out, from the file and the environment, and what is refused."""

from pathlib import Path

import pytest

from thammuu.config.outgoing import read_outgoing
from thammuu.config.supervisor.refusals import CannotStart

CONTACT = "mailto:quan-tri@example.vn"


def test_nothing_goes_out_by_default(tmp_path: Path) -> None:
    found = read_outgoing(tmp_path, {})
    assert (found.mail_host, found.webhook_secret, found.webhook_hosts, found.push_hosts) == ("", "", (), ())
    assert found.push_key == tmp_path / "push.key"


def test_hosts_are_read_from_the_file_and_the_environment_overrules_it(tmp_path: Path) -> None:
    (tmp_path / "thammuu.toml").write_text(
        f'push_hosts = ["FCM.example.com", ".push.example.com"]\npush_contact = "{CONTACT}"\n'
        'webhook_hosts = ["a.example:8443"]\n'
    )
    found = read_outgoing(tmp_path, {})
    assert found.push_hosts == ("fcm.example.com", ".push.example.com") and found.push_contact == CONTACT
    assert found.webhook_hosts == ("a.example:8443",)
    named = {"THAMMUU_PUSH_HOSTS": " one.example , Two.example,", "THAMMUU_WEBHOOK_HOSTS": "B.example"}
    found = read_outgoing(tmp_path, named)
    assert (found.push_hosts, found.webhook_hosts) == (("one.example", "two.example"), ("b.example",))


@pytest.mark.parametrize("contact", ["", "quan-tri@example.vn", "http://example.vn/"])
def test_whoever_sends_to_push_services_says_who_it_is(tmp_path: Path, contact: str) -> None:
    with pytest.raises(CannotStart, match="push_contact"):
        read_outgoing(tmp_path, {"THAMMUU_PUSH_HOSTS": "one.example", "THAMMUU_PUSH_CONTACT": contact})
    allowed = {"THAMMUU_PUSH_HOSTS": "one.example", "THAMMUU_PUSH_CONTACT": "https://example.vn/"}
    assert read_outgoing(tmp_path, allowed).push_contact == "https://example.vn/"
