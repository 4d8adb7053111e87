"""Indexes along which the follow-up board counts; see decision 24."""

from django.db import migrations, models

# What the board asks of an assignment beside what the index is ordered by.
HELD = ("classification", "world", "issued_at", "urgency", "handed_in_at")


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0010_signing"),
        ("org", "0008_audiences"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=["lead_unit", "state", "deadline"],
                include=HELD,
                name="directives_counted_by_lead",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=["decision", "state", "deadline"],
                include=HELD,
                name="directives_counted_by_decision",
            ),
        ),
    ]
