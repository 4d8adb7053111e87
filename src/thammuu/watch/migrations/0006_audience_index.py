"""What was written before gets its audience; on its own, so that the table is not locked meanwhile."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0005_audience"),
    ]

    operations = [
        migrations.RunSQL("UPDATE watch_log_entry SET units = units;", migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name="logentry",
            name="watch_log_entry_units",
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["audience", "world", "classification"], name="watch_log_entry_audience"),
        ),
    ]
