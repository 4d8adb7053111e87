"""`/live/…`: the stream of what happens, served natively on the event loop."""

from thammuu.config.live.application import Live

__all__ = ["Live"]
