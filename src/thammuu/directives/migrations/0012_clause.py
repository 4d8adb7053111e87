"""An assignment names the clause that gives its task."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0011_counting_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="clause",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="directives.documentsection",
            ),
        ),
    ]
