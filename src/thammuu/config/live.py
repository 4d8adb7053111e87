"""`/live/…`: the stream of what happens, served natively on the event loop."""

from thammuu.config.front.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI 3, with lifespan."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})
