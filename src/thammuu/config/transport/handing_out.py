"""The authority's certificate as a file to fetch: DER for phones and Windows, PEM for Linux and Firefox."""

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from thammuu.config.front.native import NativeAnswer, NativeHandler, NativeRequest
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.keeping import root_of
from thammuu.config.transport.plan import Transport


def files(home: Path, transport: Transport) -> dict[tuple[str, str], NativeHandler]:
    """Return the handlers of both files; none where the authority is not ours."""
    if transport.tls != "local":
        return {}
    return {
        # A phone offers to install what comes with this type (RFC 5280 §4.2.2.1); an attachment it would only keep.
        ("GET", "/trust/thammuu.crt"): _hand_out(
            home, Encoding.DER, [(b"content-type", b"application/x-x509-ca-cert")]
        ),
        ("GET", "/trust/thammuu.pem"): _hand_out(
            home,
            Encoding.PEM,
            [
                (b"content-type", b"application/x-pem-file"),
                (b"content-disposition", b'attachment; filename="thammuu.pem"'),
            ],
        ),
    }


def _hand_out(home: Path, encoding: Encoding, headers: list[tuple[bytes, bytes]]) -> NativeHandler:
    async def handler(request: NativeRequest) -> NativeAnswer | None:
        try:
            root = root_of(home)
        except CannotStart:
            return None
        return NativeAnswer(200, root.public_bytes(encoding), headers) if root is not None else None

    return handler
