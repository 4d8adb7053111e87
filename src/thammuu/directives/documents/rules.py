"""Where a document stands, what may follow, and how its number and symbol are written. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

MOST_SECTIONS = 1000
LONGEST_SECTION = 20_000
EDITING = timedelta(minutes=15)
"""How long “being edited” is shown after a section was taken up; then it is forgotten by itself."""


class DocumentState(StrEnum):
    """Where a document stands on its way to issue."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    ISSUED = "issued"
    ABANDONED = "abandoned"


class Step(StrEnum):
    """A step on that way."""

    SUBMIT = "submit"
    AGREE = "agree"
    RETURN = "return"
    APPROVE = "approve"
    ISSUE = "issue"
    ABANDON = "abandon"


class Standing(StrEnum):
    """Whether an issued document is still in force as it was issued; "" before its issue."""

    NONE = ""
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Effect(StrEnum):
    """What a document does to an earlier one when it is issued; "" if it does nothing."""

    NONE = ""
    AMENDS = "amends"
    REPLACES = "replaces"
    REVOKES = "revokes"


class Circulation(StrEnum):
    """How far the document may go, as stamped on it (Decree 30/2020/NĐ-CP, appendix I, part II, section III)."""

    NONE = ""
    RETURN = "return"
    INTERNAL = "internal"


class Capacity(StrEnum):
    """In which capacity it is signed, as written before the line (Decree 30/2020/NĐ-CP, article 13)."""

    OWN = ""
    FOR_COLLECTIVE = "TM."
    ACTING = "Q."
    DEPUTY = "KT."
    BY_ORDER = "TL."
    AUTHORISED = "TUQ."


_AFTER: Mapping[tuple[DocumentState, Step], DocumentState] = {
    (DocumentState.DRAFT, Step.SUBMIT): DocumentState.IN_REVIEW,
    (DocumentState.DRAFT, Step.ABANDON): DocumentState.ABANDONED,
    (DocumentState.IN_REVIEW, Step.AGREE): DocumentState.REVIEWED,
    (DocumentState.IN_REVIEW, Step.RETURN): DocumentState.DRAFT,
    (DocumentState.REVIEWED, Step.APPROVE): DocumentState.APPROVED,
    (DocumentState.REVIEWED, Step.RETURN): DocumentState.DRAFT,
    (DocumentState.APPROVED, Step.ISSUE): DocumentState.ISSUED,
    (DocumentState.APPROVED, Step.RETURN): DocumentState.DRAFT,
}
_STANDING: Mapping[Effect, Standing] = {
    Effect.AMENDS: Standing.AMENDED,
    Effect.REPLACES: Standing.REPLACED,
    Effect.REVOKES: Standing.REVOKED,
}
ENDED = frozenset({Standing.REPLACED, Standing.REVOKED})


def after(state: DocumentState, step: Step) -> DocumentState | None:
    """Return the state that the step leads to; None if it cannot be taken there."""
    return _AFTER.get((state, step))


def standing_after(standing: Standing, effect: Effect) -> Standing | None:
    """Return how an issued document stands after the effect; None if it is not in force any more, or none is meant."""
    if standing in ENDED or standing == Standing.NONE:
        return None
    return _STANDING.get(effect)


def symbol_of(number: int, abbreviation: str, issuer: str, drafting: str) -> str:
    """Return number and symbol: "15/CT-VPB" for a named type, "05/VPB-TM" for an official letter (no abbreviation).

    Numbers below ten have two digits; nothing is spaced (Decree 30/2020/NĐ-CP, appendix I, part II, 3).
    """
    ends = (abbreviation, issuer) if abbreviation else (issuer, drafting)
    return f"{number:02}/{'-'.join(end for end in ends if end)}"


def initials(name: str) -> str:
    """Return what a unit's abbreviation may be, to be looked at: the first letters of the words of its name."""
    return "".join(word[0] for word in name.split() if word[0].isalnum()).upper()[:12]
