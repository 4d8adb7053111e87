"""Whether what was taken over as done has no day of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0021_ended_questions"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="taken_undated",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
