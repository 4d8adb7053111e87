"""Orders, and how each stands with each of its addressees. What was said on the way stands in the journal."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.kernel.actor import REAL


class Order(models.Model):
    """An order to one or several addressees. Withdrawn or superseded by a corrected one, never changed.

    `unit_id` and `post_id` gave it; an order that was raised by itself has no post, and names what raised it: the
    addressee `raised_by_id` of another order, and its clock `raised_for`.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    number = models.IntegerField(unique=True)
    text = models.TextField()
    urgency = models.TextField()
    unit_id = models.UUIDField()
    post_id = models.UUIDField(null=True)
    behalf_id = models.UUIDField(null=True)
    incident_id = models.UUIDField(null=True)
    acknowledge_by = models.DateTimeField()
    report_by = models.DateTimeField(null=True)
    wants_read_back = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    supersedes_id = models.UUIDField(null=True)
    raised_by_id = models.UUIDField(null=True)
    raised_for = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)
    end = models.TextField(default="")
    end_reason = models.TextField(default="")
    superseded_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "watch_order"
        indexes = [
            GinIndex(fields=["units"], name="watch_order_units"),
            models.Index(
                fields=["incident_id"], condition=models.Q(incident_id__isnull=False), name="watch_order_incident"
            ),
        ]
        constraints = [
            # One clock that ran out raises one order, however many look at it.
            models.UniqueConstraint(
                fields=["raised_by_id", "raised_for"],
                condition=models.Q(raised_by_id__isnull=False),
                name="watch_order_raised_once",
            )
        ]


class OrderAddressee(models.Model):
    """How an order stands with one addressee: a unit, a post of it, or whoever has a role at it.

    `answered_at` is the first answer of any kind; `read_back`, `refusal` and `report` hold the last words of each.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="addressees")
    unit_id = models.UUIDField()
    post_id = models.UUIDField(null=True)
    role = models.TextField(default="")
    state = models.TextField()
    answered_at = models.DateTimeField(null=True)
    read_back = models.TextField(default="")
    read_back_ruling = models.TextField(default="")
    correction = models.TextField(default="")
    refusal = models.TextField(default="")
    report = models.TextField(default="")
    reported_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    acknowledgement_overdue_at = models.DateTimeField(null=True)
    report_overdue_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_order_addressee"
        indexes = [
            GinIndex(fields=["units"], name="watch_order_addressee_units"),
            models.Index(
                fields=["order"],
                condition=models.Q(state__in=["given", "acknowledged", "in_progress"]),
                name="watch_order_addressee_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "unit_id", "post_id", "role"],
                nulls_distinct=False,
                name="watch_order_addressee_once",
            )
        ]


class OrderLink(models.Model):
    """A link by which an order is read and answered for one addressee, by whoever has it and no account.

    Only a digest of its token is kept; `prefix` is the part by which it is found, and `tries` counts those who had
    that and not the rest. `end` is why it ended before `ends_at` (`rules.LinkEnd`), "" while it has not.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    addressee = models.ForeignKey(OrderAddressee, models.PROTECT, related_name="links")
    prefix = models.TextField(unique=True)
    digest = models.TextField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.TextField(default="")
    tries = models.IntegerField(default=0)

    class Meta:
        db_table = "watch_order_link"
        constraints = [
            models.UniqueConstraint(
                fields=["addressee"], condition=models.Q(ended_at=None), name="watch_order_link_one"
            )
        ]
