"""The tree and its checkpoints. The sealer grows the tree over what was sealed before, batch by batch."""

from django.db import migrations, models

APPEND_ONLY = "REVOKE UPDATE, DELETE, TRUNCATE ON journal_tile, journal_checkpoint FROM thammuu_app;"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_order_and_roles")]

    operations = [
        migrations.CreateModel(
            name="Tile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("hashes", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "epoch", "size", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("epoch", models.IntegerField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["signed_at"], name="journal_checkpoint_signed")]},
        ),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
    ]
