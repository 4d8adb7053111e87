"""Roles are granted from and until instants, up to a level, for an event perhaps; by days until now."""

import django.db.models.deletion
from django.db import migrations, models

# As `facts.RoleGranted` reads what was recorded in its first version.
_INSTANTS = """
    UPDATE org_grant SET
        starts_at = starts_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
        ends_at = ends_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
        classification = CASE WHEN role IN ('administrator', 'chief') THEN 3 ELSE 0 END
"""
_DAYS = """
    UPDATE org_grant SET
        starts_on = (starts_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
        ends_on = (ends_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
"""


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0004_api_tokens"),
    ]

    operations = [
        migrations.AddField("grant", "event_id", models.UUIDField(null=True)),
        migrations.AddField("grant", "classification", models.SmallIntegerField(default=0, db_default=0)),
        migrations.AddField("grant", "starts_at", models.DateTimeField(null=True)),
        migrations.AddField("grant", "ends_at", models.DateTimeField(null=True)),
        migrations.AddField("grant", "reason", models.TextField(default=""), preserve_default=False),
        migrations.AddField(
            "grant",
            "granted_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post"),
        ),
        migrations.RunSQL(_INSTANTS, _DAYS),
        # What waits on the foreign key must be settled before the table is altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField("grant", "starts_on"),
        migrations.RemoveField("grant", "ends_on"),
        migrations.AlterField("grant", "starts_at", models.DateTimeField()),
        migrations.AddField("event", "classification", models.SmallIntegerField(default=0, db_default=0)),
    ]
