"""A grade of an answer's headers, by the scoring that MDN publishes for its HTTP Observatory.

Source: developer.mozilla.org/en-US/observatory/docs/tests_and_scoring (read in November 2026). The tests of single
answers are counted: policy, cookies, referrer, HSTS, nosniff, framing, resource policy. Left out, as worth nothing
here: redirection (tested in `test_tls`), preloading (a closed network is in nobody's list), subresource integrity (own
files).
"""

from collections.abc import Sequence
from http.cookies import SimpleCookie

Headers = Sequence[tuple[str, str]]
BASE, BONUS_FROM, BEST = 100, 90, 100
SIX_MONTHS = 15_768_000
PRIVATE = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
BROAD = ("*", "http:", "https:", "ftp:")


def policy_of(headers: Headers) -> dict[str, list[str]]:
    """Return the content security policy by directive."""
    texts = [value for name, value in headers if name.lower() == "content-security-policy"]
    assert len(texts) <= 1, "one policy, or browsers would join them"
    parts = [part.split() for text in texts for part in text.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def score(headers: Headers) -> tuple[int, list[str]]:
    """Return the points, and what cost some."""
    found = [*_policy(headers), *_cookies(headers), *_others({name.lower(): value for name, value in headers})]
    total = BASE + sum(points for points, _why in found if points < 0)
    if total >= BONUS_FROM:
        total += sum(points for points, _why in found if points > 0)
    return total, [why for points, why in found if points < 0]


def _policy(headers: Headers) -> list[tuple[int, str]]:
    policy = policy_of(headers)
    if not policy:
        return [(-25, "no policy")]
    otherwise = policy.get("default-src", ["*"])
    script, style, plugins = (policy.get(name, otherwise) for name in ("script-src", "style-src", "object-src"))
    if {"'unsafe-inline'", "data:", *BROAD} & set(script) or set(BROAD) & set(plugins):
        return [(-20, f"scripts from {script}, plugins from {plugins}")]
    if "'unsafe-eval'" in (*script, *style):
        return [(-10, "eval")]
    if {"'unsafe-inline'", "data:", *BROAD} & set(style):
        return [(0, "styles")]
    framing = [(5, "framing by the policy")] if policy.get("frame-ancestors") else [(-20, "framing")]
    closed = otherwise == ["'none'"] and policy.get("form-action") in (["'none'"], ["'self'"])
    return [(10 if closed else 5, "policy"), *framing]


def _cookies(headers: Headers) -> list[tuple[int, str]]:
    cookies = [
        morsel
        for name, value in headers
        if name.lower() == "set-cookie"
        for morsel in SimpleCookie(value.strip()).values()
        if morsel["max-age"] != "0"  # taken away
    ]
    found = []
    for cookie in cookies:
        kept_from_scripts = cookie["httponly"] or "session" not in cookie.key
        if not cookie["secure"]:
            found.append((-20, f"{cookie.key} is not secure"))
        if not kept_from_scripts:
            found.append((-30, f"{cookie.key} is open to scripts"))
        if cookie["samesite"] not in ("Lax", "Strict"):
            found.append((-20, f"{cookie.key} goes with other sites' requests"))
    return found or ([(5, "cookies")] if cookies else [])


def _others(held: dict[str, str]) -> list[tuple[int, str]]:
    hsts = held.get("strict-transport-security", "")
    age = next((part.strip()[8:] for part in hsts.split(";") if part.strip().startswith("max-age=")), "0")
    own = held.get("cross-origin-resource-policy") in ("same-origin", "same-site")
    return [
        (0 if int(age) >= SIX_MONTHS else -20, "HSTS"),
        (5 if held.get("referrer-policy") in PRIVATE else -5, "referrer"),
        (0 if held.get("x-content-type-options") == "nosniff" else -5, "nosniff"),
        (0 if held.get("x-frame-options") == "DENY" else -20, "x-frame-options"),
        (10 if own else 0, "resource policy"),
        (-50 if "access-control-allow-origin" in held else 0, "open to other sites"),
    ]


def wanting(headers: Headers, *, page: bool, static: bool = False) -> list[str]:
    """Return what we want of every answer and this one lacks, beyond the grade."""
    held = {name.lower(): value for name, value in headers}
    policy = policy_of(headers)
    points, why = score(headers)
    checks = {
        f"{points} points: {why}": points >= BEST and why == [],
        "includeSubDomains": "includeSubDomains" in held.get("strict-transport-security", ""),
        "permissions-policy": "camera=()" in held.get("permissions-policy", ""),
        "opener": held.get("cross-origin-opener-policy") == "same-origin",
        "kept by browsers": static or any(word in held["cache-control"] for word in ("no-store", "private")),
        "the server's name": "server" not in held,
        "nonce": not page or any(one.startswith("'nonce-") for one in policy["script-src"]),
        "scripts by their address": not page or not {"'self'", *BROAD} & set(policy["script-src"]),
        "text as markup": not page or policy.get("require-trusted-types-for") == ["'script'"],
        "something runs": page or static or "location" in held or _runs_nothing(policy),
    }
    return [name for name, holds in checks.items() if not holds]


def _runs_nothing(policy: dict[str, list[str]]) -> bool:
    """Say whether no script can run: none is let in, or only one whose nonce nobody was given."""
    return policy.get("script-src", policy["default-src"]) in (["'none'"], ["'strict-dynamic'"])
