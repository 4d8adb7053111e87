"""When a question ended with its assignment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0017_taken_over"),
    ]

    operations = [
        migrations.AddField(
            model_name="guidance",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
    ]
