"""Rights as pages and tables show them: labels instead of ids."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.text import fold
from thammuu.org import authority, directory, policies
from thammuu.org.granting.policies import may_oversee
from thammuu.org.granting.words import HEAD_WORDS, NO, YES
from thammuu.org.models import Event
from thammuu.org.rights import Right
from thammuu.org.rules import Permission, Source
from thammuu.org.words import CLASSIFICATION_WORDS, PERMISSION_WORDS, ROLE_WORDS, SOURCE_WORDS


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right in words. `may_end` says whether the reader may take it back, `may_delegate` whether it may lend it.

    `stands_on` tells of the right of another post that it stands on: whose, and who gave it, until when and why.
    """

    right: Right
    post: str
    source: Promise
    role: Promise | str
    permissions: tuple[Promise, ...]
    unit: str
    event: str
    level: Promise
    given_by: str
    holds: bool
    stands_on: str = ""
    may_end: bool = False
    may_delegate: bool = False


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with what it was granted, for the list."""

    id: UUID
    label: str
    rights: tuple[RightRow, ...]


def right_rows(found: Iterable[Right], at: datetime, actor: Actor | None = None) -> list[RightRow]:
    """Return the rights in words, as they stand at the instant."""
    rights, known = list(found), directory.current()
    held = authority.posts_held(actor.account, clock.day_of(at)) if actor is not None and actor.account else []
    language = get_language() or "vi"
    events = dict(Event.objects.filter(id__in={right.event for right in rights}).values_list("id", "name"))
    return [
        RightRow(
            right=right,
            post=known.post_label(right.post),
            source=SOURCE_WORDS[right.source],
            role=ROLE_WORDS[right.role] if right.role is not None else _("Reading only"),
            permissions=tuple(PERMISSION_WORDS[one] for one in Permission if one in right.permissions),
            unit=known.unit_label(right.unit),
            event=events.get(right.event, "") if right.event else "",
            level=CLASSIFICATION_WORDS[right.classification],
            given_by=known.post_label(right.given_by) or "Thammuu",
            holds=right.holds_at(at),
            stands_on=_standing(right.stands_on, language) if right.stands_on else "",
            may_end=actor is not None and _may_end(actor, right, at, held),
            may_delegate=right.source is Source.GRANT and right.post in held and _lasts(right, at),
        )
        for right in rights
    ]


def _standing(base: Right, language: str) -> str:
    known = directory.current()
    until = clock.format_instant(base.ends_at, language) if base.ends_at else _("until it is taken back")
    said = _("{post}: {role} at {unit}, {until}, given by {giver}. Reason: {reason}")
    return said.format(
        post=known.post_label(base.post), role=ROLE_WORDS[base.role] if base.role else "",
        unit=known.unit_label(base.unit), until=until, giver=known.post_label(base.given_by) or "Thammuu",
        reason=base.reason or "–",
    )  # fmt: skip


def _lasts(right: Right, at: datetime) -> bool:
    return right.ends_at is None or right.ends_at > at


def _may_end(actor: Actor, right: Right, at: datetime, held: Collection[UUID]) -> bool:
    if not _lasts(right, at):
        return False
    if right.source is Source.GRANT:
        return bool(policies.may_grant(actor, right.unit))
    return right.source is Source.DELEGATION and bool(policies.may_end_delegated(actor, held, right))


def rights_on(post: UUID, day: date, now: datetime) -> list[Right]:
    """Return the rights that a post has on a day, at any time of it; today: from now on."""
    today = day == clock.day_of(now)
    since, over = clock.start_of(day), clock.start_of(day + timedelta(days=1))
    return [right for right in authority.rights_of([post], now if today else since) if right.starts_at < over or today]


def posts_overseen(actor: Actor, words: str, now: datetime) -> list[PostRow]:
    """Return the posts of the units that the actor oversees with their rights, in the order of their labels."""
    known = directory.current()
    posts = {
        post.id: known.post_label(post.id)
        for post in known.posts.values()
        if may_oversee(actor, post.unit) and fold(words) in fold(known.post_label(post.id))
    }
    found: dict[UUID, list[Right]] = {}
    for right in authority.rights_of(posts, now):
        if right.source is not Source.OPENING:
            found.setdefault(right.post, []).append(right)
    return [
        PostRow(id, label, tuple(right_rows(found.get(id, ()), now)))
        for id, label in sorted(posts.items(), key=lambda item: fold(item[1]))
    ]


HEADS = (
    "post", "source", "role", "permissions", "unit", "event", "level", "from", "until", "in_effect", "given_by",
    "reason", "stands_on",
)  # fmt: skip


def table(rows: Sequence[RightRow], language: str) -> list[tuple[str, ...]]:
    """Return the rights as a table of text, its heads first."""
    lines = [tuple(str(HEAD_WORDS[name]) for name in HEADS)]
    for row in rows:
        right = row.right
        lines.append(
            (
                row.post,
                str(row.source),
                str(row.role),
                ", ".join(str(one) for one in row.permissions),
                row.unit,
                row.event,
                str(row.level),
                clock.format_instant(right.starts_at, language),
                clock.format_instant(right.ends_at, language) if right.ends_at else "",
                str(YES if row.holds else NO),
                row.given_by,
                right.reason,
                row.stands_on,
            )
        )
    return lines
