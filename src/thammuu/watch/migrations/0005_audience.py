from django.db import migrations

import thammuu.org.audiences

TRIGGER = """
CREATE TRIGGER watch_log_entry_audience BEFORE INSERT OR UPDATE OF units, audience ON watch_log_entry
FOR EACH ROW EXECUTE FUNCTION org_keep_audience();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0004_behalf"),
        ("org", "0008_audiences"),
    ]

    operations = [
        migrations.AddField(
            model_name="logentry",
            name="audience",
            field=thammuu.org.audiences.AudienceField(),
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER watch_log_entry_audience ON watch_log_entry;"),
    ]
