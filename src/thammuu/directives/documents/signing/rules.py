"""How a document came to be signed. Pure."""

from enum import StrEnum


class Way(StrEnum):
    """Where the signature was made; "" while there is none."""

    NONE = ""
    SEAL = "seal"
    ELSEWHERE = "elsewhere"
