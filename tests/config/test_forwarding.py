"""Whose word is taken for a visitor: a proxy's that is named, and nobody else's."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.config.front.forwarding import SAID, Forwarding

NAMED = Forwarding([ip_network("10.0.0.0/24"), ip_network("::1")])


def scope(client: str | None, *headers: tuple[str, str]) -> dict[str, Any]:
    pairs = [(name.encode(), value.encode()) for name, value in headers]
    return {"client": (client, 5000) if client else None, "scheme": "http", "headers": [*pairs, (b"host", b"x")]}


@pytest.mark.parametrize(
    ("said", "visitor"),
    [
        (["203.0.113.7"], "203.0.113.7"),
        (["1.1.1.1, 203.0.113.7"], "203.0.113.7"),  # the first was claimed by the visitor
        (["1.1.1.1, 203.0.113.7, 10.0.0.9"], "203.0.113.7"),  # two proxies of ours
        (["1.1.1.1", "203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7:4711"], "203.0.113.7"),
        (["[2001:db8::5]:443"], "2001:db8::5"),
        (["::ffff:203.0.113.7"], "203.0.113.7"),
        (["nonsense"], "10.0.0.1"),
        (["203.0.113.7, nonsense"], "10.0.0.1"),
        ([""], "10.0.0.1"),
    ],
)
def test_a_named_proxy_is_believed(said: list[str], visitor: str) -> None:
    seen = NAMED.applied(scope("10.0.0.1", *(("x-forwarded-for", one) for one in said), ("x-forwarded-proto", "https")))
    assert (seen["client"][0], seen["scheme"]) == (visitor, "https")
    assert seen["headers"] == [(b"host", b"x")]


@pytest.mark.parametrize("client", ["203.0.113.7", "10.0.1.1", "127.0.0.1", None])
def test_nobody_else_is(client: str | None) -> None:
    spoofed = [(name.decode(), "https" if b"proto" in name else "8.8.8.8") for name in SAID]
    seen = NAMED.applied(scope(client, *spoofed))
    assert (seen["client"] or (None,))[0] == client
    assert seen["scheme"] == "http"
    assert seen["headers"] == [(b"host", b"x")]


def test_who_speaks_for_itself_is_left_alone() -> None:
    plain = scope("10.0.0.1")
    assert NAMED.applied(plain) is plain


@pytest.mark.parametrize(
    ("said", "scheme"), [("http", "http"), ("https, http", "http"), ("HTTPS", "http"), ("x", "http")]
)
def test_only_the_last_word_on_the_scheme_counts(said: str, scheme: str) -> None:
    assert NAMED.applied(scope("10.0.0.1", ("x-forwarded-proto", said)))["scheme"] == scheme


@given(st.lists(st.text(st.characters(codec="latin-1"), max_size=60), max_size=4))
def test_no_list_of_addresses_breaks_it_or_names_a_proxy_beyond(said: list[str]) -> None:
    pairs = [(b"x-forwarded-for", one.encode("latin-1")) for one in said]
    seen = NAMED.applied({"client": ("10.0.0.1", 1), "scheme": "http", "headers": pairs})
    assert seen["client"][0]
