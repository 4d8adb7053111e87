"""Templates of documents."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0013_urging_browsers"),
        ("org", "0008_audiences"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentTemplate",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("world", models.TextField(default="real")),
                ("units", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("classification", models.SmallIntegerField(db_default=0, default=0)),
                ("event_id", models.UUIDField(null=True)),
                ("type", models.TextField()),
                ("type_name", models.TextField()),
                ("name", models.TextField()),
                ("clauses", models.JSONField()),
                ("circulation", models.TextField(default="")),
                ("place", models.TextField(default="")),
                ("others", models.TextField(default="")),
                ("capacity", models.TextField(default="")),
                ("signs_for", models.TextField(default="")),
                ("signer", models.TextField(default="")),
                ("kept_at", models.DateTimeField()),
                ("struck", models.BooleanField(default=False)),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post"),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
            ],
            options={
                "db_table": "directives_document_template",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("struck", False)),
                        fields=("world", "unit", "type", "name"),
                        name="directives_one_document_template",
                    )
                ],
            },
        ),
    ]
