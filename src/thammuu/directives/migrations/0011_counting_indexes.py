"""Indexes along which the follow-up board counts; see decision 24."""

from django.db import migrations, models

# What the board asks of an assignment beside what the index is ordered by.
HELD = ("classification", "issued_at", "urgency", "handed_in_at")
COUNTED = models.Q(models.Q(("state", "withdrawn"), _negated=True), ("world", "real"))

# An index spares the row only where nothing changed since the last vacuum; usually one comes after a fifth has changed.
VACUUM_SOONER = """
ALTER TABLE directives_assignment
SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01);
"""
VACUUM_AS_USUAL = """
ALTER TABLE directives_assignment
RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0010_signing"),
        ("org", "0008_audiences"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=COUNTED,
                fields=["lead_unit", "state", "deadline"],
                include=HELD,
                name="directives_counted_by_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=COUNTED,
                fields=["decision", "state", "deadline"],
                include=HELD,
                name="directives_counted_by_decision",
            ),
        ),
        migrations.RunSQL(VACUUM_SOONER, VACUUM_AS_USUAL),
    ]
