"""Who vouches for an epoch, and of which version a leaf is. The defaults are constant: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_proofs")]

    operations = [
        migrations.AddField("epoch", "note", models.TextField(db_default="")),
        migrations.AddField("sealed", "leaf", models.SmallIntegerField(db_default=1)),
    ]
