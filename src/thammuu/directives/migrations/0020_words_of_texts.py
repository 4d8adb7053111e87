from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from thammuu.directives.kept_words import words_of

AT_ONCE = 500


def remember(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Put the words of the texts that are kept already where they are searched."""
    section, text = (apps.get_model("directives", name) for name in ("DocumentSection", "IncomingText"))
    pending = []
    for row in section.objects.only("label", "text").iterator(AT_ONCE):
        row.search_text = words_of(f"{row.label} {row.text}")
        pending.append(row)
        if len(pending) == AT_ONCE:
            section.objects.bulk_update(pending, ["search_text"])
            pending = []
    section.objects.bulk_update(pending, ["search_text"])
    for row in text.objects.only("clauses").iterator(AT_ONCE):
        row.search_text = words_of(" ".join(f"{one['label']} {one['text']}" for one in row.clauses))
        row.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0019_kept_words"),
    ]

    operations = [
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
