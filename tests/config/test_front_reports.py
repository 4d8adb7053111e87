"""What a browser's report of a stopped policy says in the log: no id and no token of an address."""

from thammuu.config.front.reports import _path


def test_the_page_is_told_without_what_opens_it() -> None:
    token = f"thammuu_abcdefgh_{'x-_' * 14}x"
    assert _path(f"https://a.example/orders/by-link/{token}/") == "/orders/by-link/…/"
    assert _path(f"https://a.example/calendar/{token}.ics") == "/calendar/….ics"
    assert _path("https://a.example/orders/01a22f73-4fcd-7325-81fd-c3bd82959dc0/") == "/orders/…/"
