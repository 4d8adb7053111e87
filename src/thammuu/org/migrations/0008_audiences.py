"""Sets of units, each kept once under a number: see `thammuu.org.audiences`."""

import django.db.models.deletion
from django.db import migrations, models

DIGEST = """
CREATE FUNCTION org_audience_digest(units uuid[]) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT sha256(convert_to(coalesce(string_agg(unit::text, ',' ORDER BY unit), ''), 'UTF8'))
    FROM (SELECT DISTINCT unnest(units) AS unit) AS each
$$;
"""

# Who comes second waits for who makes the same set at that moment, and reads what that one has committed.
TRIGGER = """
CREATE FUNCTION org_keep_audience() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    wanted bytea := org_audience_digest(NEW.units);
BEGIN
    SELECT id INTO NEW.audience FROM org_audience WHERE digest = wanted;
    IF FOUND THEN
        RETURN NEW;
    END IF;
    INSERT INTO org_audience (digest) VALUES (wanted) ON CONFLICT (digest) DO NOTHING RETURNING id INTO NEW.audience;
    IF FOUND THEN
        INSERT INTO org_audience_unit (audience_id, unit_id)
        SELECT NEW.audience, unit FROM (SELECT DISTINCT unnest(NEW.units) AS unit) AS each;
    ELSE
        SELECT id INTO STRICT NEW.audience FROM org_audience WHERE digest = wanted;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0007_delegations_and_substitutions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField(unique=True)),
            ],
            options={"db_table": "org_audience"},
        ),
        migrations.CreateModel(
            name="AudienceUnit",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit_id", "audience_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("unit_id", models.UUIDField()),
                (
                    "audience",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="org.audience",
                    ),
                ),
            ],
            options={"db_table": "org_audience_unit"},
        ),
        migrations.RunSQL(DIGEST, "DROP FUNCTION org_audience_digest(uuid[]);"),
        migrations.RunSQL(TRIGGER, "DROP FUNCTION org_keep_audience();"),
    ]
