"""Policies of urging, every urging that was sent, and what carries them out of the house."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL


class UrgingPolicy(models.Model):
    """How the assignments of one issuing unit are urged, and what was made of them below where no policy is on.

    Its former ladders are told by the journal.

    `ladder` is `rules.Ladder` as stored, `version` counts its changes, `reason` is that of the last switching on or
    off.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="urging_policies")
    version = models.IntegerField(default=1)
    ladder = models.JSONField()
    is_on = models.BooleanField(default=False)
    reason = models.TextField(default="")
    changed_at = models.DateTimeField()
    post = models.ForeignKey("org.Post", models.PROTECT, null=True)

    class Meta:
        db_table = "directives_urging_policy"
        constraints = [models.UniqueConstraint(fields=["world", "unit"], name="directives_one_urging_policy")]


class Urging(models.Model):
    """That a unit was urged for an assignment: by which rung of which version, in which round.

    `unit` was urged; `heads` says that its head was, `told_post` which post of it alone, if one answers for the
    assignment; `counted_from` is the deadline or the issue from which the rung counts. `seen_at` is when a post of the
    unit said that it had seen it.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    assignment = models.ForeignKey("directives.Assignment", models.PROTECT, related_name="urgings")
    policy = models.ForeignKey(UrgingPolicy, models.PROTECT, related_name="urgings")
    version = models.IntegerField()
    rung = models.TextField()
    counted_from = models.DateTimeField()
    round = models.IntegerField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="urgings")
    heads = models.BooleanField()
    told_post = models.ForeignKey("org.Post", models.PROTECT, null=True, related_name="+")
    channels = ArrayField(models.TextField(), default=list)
    urged_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("org.Post", models.PROTECT, null=True)

    class Meta:
        constraints = [
            # Not by version: a ladder that is changed does not send anew what was sent.
            models.UniqueConstraint(
                fields=["assignment", "rung", "counted_from", "round"], name="directives_urging_once"
            ),
        ]
        indexes = [
            GinIndex(fields=["units"], name="directives_urging_units"),
            models.Index(
                fields=["unit", "urged_at"], condition=models.Q(seen_at=None), name="directives_urging_unseen"
            ),
        ]


class UrgingAddress(models.Model):
    """Where a unit receives urgings beyond its pages: the mailbox of the unit, and a webhook of its own system.

    Addresses of units, never of anybody in them. "" for none.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.OneToOneField("org.Unit", models.PROTECT, related_name="urging_address")
    mailbox = models.TextField(default="")
    webhook = models.TextField(default="")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "directives_urging_address"


class UrgingBrowser(models.Model):
    """A browser that an officer set up to receive urgings, for the unit of the post held then.

    `service` is the host of its push service. `endpoint`, `p256dh` and `auth` are what the browser gave: whoever has
    them can send to it, so they stand here only, never in the journal, and go when it is taken off. `digest` is of the
    three.
    `reason` is why it ended (`rules.Ended`), "" while it has not.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="urging_browsers")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    account = models.ForeignKey("org.Account", models.PROTECT, related_name="urging_browsers")
    name = models.TextField()
    service = models.TextField()
    digest = models.TextField()
    endpoint = models.TextField()
    p256dh = models.TextField()
    auth = models.TextField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(default="")

    class Meta:
        db_table = "directives_urging_browser"
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"],
                condition=models.Q(ended_at=None) & ~models.Q(endpoint=""),
                name="directives_one_urging_browser",
            )
        ]


class UrgingDelivery(models.Model):
    """A message that carries urgings to a unit through a channel; `id` is in the message, the same at each attempt.

    `at_once` is not the day's digest but a timer's. `next_at` is when it is tried next; `fault` why it was not sent.
    To a `browser`, `address` is the host of its push service.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="urging_deliveries")
    channel = models.TextField()
    address = models.TextField()
    browser = models.ForeignKey(UrgingBrowser, models.PROTECT, null=True, related_name="deliveries")
    urgings = ArrayField(models.UUIDField())
    at_once = models.BooleanField()
    state = models.TextField()
    attempts = models.IntegerField(default=0)
    fault = models.TextField(default="")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "directives_urging_delivery"
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state__in=["waiting", "uncertain"]),
                name="directives_urging_next",
            ),
            models.Index(fields=["-made_at"], name="directives_urging_made"),
        ]


def sent_to(address: UUID) -> Collection[tuple[Subject, UUID]]:
    """Return the messages to a unit that hold one of its addresses, or what a channel said of it."""
    unit = UrgingAddress.objects.filter(id=address).values("unit")
    found = UrgingDelivery.objects.filter(unit__in=unit, browser=None).exclude(address="", fault="").order_by("id")
    return [(Subject.URGING_DELIVERY, id) for id in found.values_list("id", flat=True)]
