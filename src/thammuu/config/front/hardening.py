"""The headers that every answer carries, whoever made it: pages, scripts, streams, files, refusals."""

from thammuu.config.front.types import Headers, Message, Scope, Send

YEAR = 365 * 24 * 3600
NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# A worker obeys the policy of its own script, and ours open the stream and draw the map.
STATIC = b"default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
REFUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "idle-detection",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OWN = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in REFUSED), *(f"{name}=(self)" for name in OWN)]).encode()
POLICY = b"content-security-policy"
ALWAYS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", PERMISSIONS),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"origin-agent-cluster", b"?1"),
]
HSTS = (b"strict-transport-security", f"max-age={YEAR}; includeSubDomains".encode())
LOCAL = (b"localhost", b"127.0.0.1", b"[::1]")


def hardened(headers: Headers, scope: Scope) -> Headers:
    """Return the headers with those that are missing; a policy of its own is completed, for nobody may frame us."""
    wanted = [*ALWAYS, (POLICY, policy_of(scope["path"])), (b"cache-control", b"no-store")]
    if scope["scheme"] == "https" and not _local(scope):
        wanted.append(HSTS)
    said = {name for name, _value in headers}
    return [*map(_completed, headers), *(pair for pair in wanted if pair[0] not in said)]


def _completed(pair: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    name, value = pair
    if name == POLICY and b"frame-ancestors" not in value:
        return name, value.rstrip(b"; ") + b"; frame-ancestors 'none'"
    return pair


def policy_of(path: str) -> bytes:
    """Return the policy of an answer that has none of its own: nothing runs and nothing is fetched."""
    return STATIC if path.startswith("/static/") else NOTHING


def hardening(scope: Scope, send: Send) -> Send:
    """Wrap `send` so that the answer's head is hardened."""

    async def hard(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": hardened(list(message.get("headers", ())), scope)}
        await send(message)

    return hard


def _local(scope: Scope) -> bool:
    """Say whether it is asked as this machine: HSTS would bind every other program on the reader's own."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return host in LOCAL or host.rpartition(b":")[0] in LOCAL
