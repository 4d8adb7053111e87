"""Units that watch an assignment, and the post that answers for it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0014_document_templates"),
        ("org", "0008_audiences"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="lead_post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="watching_units",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), db_default=[], default=list, size=None
            ),
        ),
    ]
