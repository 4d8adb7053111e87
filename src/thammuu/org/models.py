"""Units as a dated tree, posts, who holds them, accounts and what posts may do."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import functions

from thammuu.kernel.actor import REAL
from thammuu.org.account import models as account_models

__all__ = [
    "Account",
    "Audience",
    "AudienceUnit",
    "Delegation",
    "Event",
    "Grant",
    "Holding",
    "Post",
    "Substitution",
    "Unit",
    "UnitSpell",
    "account_models",
]


class Unit(models.Model):
    """An organisational unit; its names and its place in the tree are dated spells."""

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    level = models.TextField()


class UnitSpell(models.Model):
    """What a unit was called and to whom it belonged, from `starts_on` until before `ends_on` (None: still)."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spells")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="child_spells", null=True)
    name = models.TextField()
    short_name = models.TextField()
    sort_key = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "starts_on"], name="org_unit_spell_unit")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="org_unit_spell_ends_after_start",
            ),
            models.UniqueConstraint(fields=["unit"], condition=models.Q(ends_on=None), name="org_unit_one_open_spell"),
        ]


class UnitSuccession(models.Model):
    """Who inherits what a closed unit left; of several successors, the one with `place` 0 takes in its posts."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    place = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "org_unit_succession"


class UnitPlan(models.Model):
    """A plan of changes of the tree that nobody has confirmed: a draft of one post, seen by that post only.

    `changes` as `planning.Change` in JSON; `boundaries_…` the files that came with it. It is no state of the
    organisation, so no fact tells of it, and it goes when it is confirmed or a day old.
    """

    id = models.UUIDField(primary_key=True)
    post_id = models.UUIDField(null=True)
    title = models.TextField()
    changes = models.JSONField()
    provinces = models.BinaryField(default=b"")
    communes = models.BinaryField(default=b"")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "org_unit_plan"


class Post(models.Model):
    """A post in a unit: what carries responsibility, whoever holds it.

    `substitutes` are the posts that may act in it while its holder is away, in their order.
    """

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    title = models.TextField()
    substitutes = ArrayField(models.UUIDField(), default=list, db_default=[])


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by what officers type to sign in."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this sign-in name, whatever its case."""
        return self.get(sign_in_name__iexact=username)


class Account(AbstractBaseUser):
    """What an officer signs in with. One of the two tables that may describe a person, and it says the least."""

    id = models.UUIDField(primary_key=True)
    sign_in_name = models.TextField(unique=True)
    language = models.TextField(default="vi")
    is_active = models.BooleanField(default=True)
    # Until when the first-use secret can be used; None once the officer has chosen a password.
    first_use_ends = models.DateTimeField(null=True)
    last_login = None

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(functions.Lower("sign_in_name"), name="org_account_sign_in_name")]


class Holding(models.Model):
    """An account holds a post from a day until before another (None: still)."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)


class Grant(models.Model):
    """A post has a role at a unit and everything below it, from `starts_at` until before `ends_at` (None: still).

    With `event_id` it reaches only what belongs to that event; `classification` is the highest level that it reaches.
    """

    id = models.UUIDField(primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="grants")
    role = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT)
    event_id = models.UUIDField(null=True)
    classification = models.SmallIntegerField(default=0, db_default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.TextField()
    granted_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)


class Delegation(models.Model):
    """The post of a grant lets another post use it, from `starts_at` until before `ends_at`, never further or longer.

    `unit`, `event_id` and `classification` are how far; it ends with the grant that it stands on.
    """

    id = models.UUIDField(primary_key=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="delegations")
    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    event_id = models.UUIDField(null=True)
    classification = models.SmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["post", "ends_at"], name="org_delegation_post")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="org_delegation_ends")
        ]


class Substitution(models.Model):
    """A post acts in another, from `starts_at` until before `ends_at`. Nobody keeps why its holder is away."""

    id = models.UUIDField(primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Post, models.PROTECT, related_name="acting")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    announced_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["substitute", "ends_at"], name="org_substitution_post")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="org_substitution_ends")
        ]


class EmergencyOpening(models.Model):
    """An officer opened for itself what its rights do not reach: a unit, or one thing (`kind`, a subject), to read.

    `unit` is the unit that is opened, or whose thing it is. It ends at `ends_at` by itself; afterwards a superior says
    in `review` whether it was needed.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="openings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    kind = models.TextField()
    opened_id = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    classification = models.SmallIntegerField()
    reason = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    review = models.TextField(default="")

    class Meta:
        db_table = "org_emergency_opening"
        indexes = [models.Index(fields=["account", "ends_at"], name="org_opening_account")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="org_opening_ends")
        ]


class Event(models.Model):
    """An event that is secured: the scope that entries, incidents and assignments may name."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    code = models.TextField(unique=True)
    name = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    classification = models.SmallIntegerField(default=0, db_default=0)

    @property
    def event_id(self) -> UUID:
        """Return its own id: an event belongs to itself."""
        return self.id


class Audience(models.Model):
    """A set of units that rows of a large table belong to; `digest` is the SHA-256 of its sorted ids."""

    id = models.AutoField(primary_key=True)
    digest = models.BinaryField(unique=True)

    class Meta:
        db_table = "org_audience"


class AudienceUnit(models.Model):
    """A unit of an audience."""

    pk = models.CompositePrimaryKey("unit_id", "audience_id")
    unit_id = models.UUIDField()
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="members", db_index=False)

    class Meta:
        db_table = "org_audience_unit"
