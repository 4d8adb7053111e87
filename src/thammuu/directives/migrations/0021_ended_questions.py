"""When a question ended with its assignment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0020_words_of_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="guidance",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
    ]
