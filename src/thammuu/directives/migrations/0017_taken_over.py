"""What was taken over from the lists that an office kept before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0016_urged_post"),
        ("org", "0008_audiences"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="arises_from",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="arises_from_kind",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="assignment",
            name="likeness",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="assignment",
            name="taken_document",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="assignment",
            name="taken_done_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="taken_from",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="assignment",
            name="taken_line",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="taken_words",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("likeness", ""), _negated=True),
                fields=["likeness"],
                name="directives_taken_likeness",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("arises_from__isnull", False)),
                fields=["arises_from"],
                name="directives_taken_origin",
            ),
        ),
    ]
