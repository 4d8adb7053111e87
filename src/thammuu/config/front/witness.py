"""`POST /witness/add-checkpoint`: cosigning for the logs that the settings name; elsewhere there is no such address."""

import asyncio
import time
from functools import cache

from django.conf import settings

from thammuu.config.front.native import NATIVE, NativeAnswer, NativeRequest
from thammuu.config.witnesses import witness_of
from thammuu.journal.proofs.witnessing import Witness

ADDRESS = "/witness/add-checkpoint"


@cache
def _witness() -> Witness | None:
    return witness_of(settings.HOME)


async def _add_checkpoint(request: NativeRequest) -> NativeAnswer | None:
    witness = _witness()
    if witness is None:
        return None
    said = await asyncio.to_thread(witness.add_checkpoint, request.body, int(time.time()))
    headers = [(b"content-type", said.type.encode()), (b"x-content-type-options", b"nosniff")]
    return NativeAnswer(said.status, said.body.encode(), headers)


NATIVE[("POST", ADDRESS)] = _add_checkpoint
