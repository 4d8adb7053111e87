"""Redaction: the application still deletes nothing. A function of the owner does, once two accounts have agreed."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# What is said in place of a body is as unchangeable as the body was.
APPEND_ONLY = "REVOKE UPDATE, DELETE, TRUNCATE ON journal_restated FROM thammuu_app;"

# Only entries that were sealed before the proposal, and none about a redaction. The proposal's own body must be the one
# that was recorded. Both accounts are columns of sealed entries, which the tree covers.
REDACT = """
CREATE FUNCTION journal_redact(asked uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    proposal record;
    gone bigint;
BEGIN
    SELECT e.account, e.sequence, b.text::jsonb -> 'sets' -> 'entries' AS entries INTO proposal
    FROM journal_entry e JOIN journal_sealed s ON s.entry = e.id JOIN journal_body b ON b.entry = e.id
    WHERE e.subject_kind = 'redaction' AND e.subject_id = asked AND e.kind = 'journal.redaction_proposed'
        AND e.account IS NOT NULL AND sha256(b.salt || convert_to(b.text, 'UTF8')) = e.body_digest
    ORDER BY e.sequence LIMIT 1;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'no sealed proposal of this redaction';
    END IF;
    IF NOT EXISTS (
        SELECT FROM journal_entry e JOIN journal_sealed s ON s.entry = e.id
        WHERE e.subject_kind = 'redaction' AND e.subject_id = asked AND e.kind = 'journal.redaction_confirmed'
            AND e.account <> proposal.account AND e.sequence > proposal.sequence
    ) OR EXISTS (
        SELECT FROM journal_entry e WHERE e.subject_kind = 'redaction' AND e.subject_id = asked
            AND e.kind IN ('journal.redaction_refused', 'journal.redaction_withdrawn')
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'no sealed confirmation by another account';
    END IF;
    DELETE FROM journal_body b USING journal_entry e, journal_sealed s
    WHERE b.entry = e.id AND s.entry = e.id AND e.subject_kind <> 'redaction' AND e.sequence < proposal.sequence
        AND e.id IN (SELECT named.entry::uuid FROM jsonb_array_elements_text(proposal.entries) AS named(entry));
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > jsonb_array_length(proposal.entries) THEN
        RAISE EXCEPTION 'more bodies would go than were named';
    END IF;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION journal_redact(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_redact(uuid) TO thammuu_app;
"""

# The planner's statistics hold samples of what rows said. Only the owner may draw them anew.
SAMPLE = """
CREATE FUNCTION journal_sample_anew(names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY names LOOP
        EXECUTE format('ANALYZE public.%I', name);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION journal_sample_anew(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_sample_anew(text[]) TO thammuu_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_epochs_and_leaves"),
    ]

    operations = [
        migrations.CreateModel(
            name="Restated",
            fields=[
                ("entry", models.UUIDField(primary_key=True, serialize=False)),
                ("redaction", models.UUIDField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("world", models.TextField()),
                ("units", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("classification", models.SmallIntegerField(default=0, db_default=0)),
                ("event_id", models.UUIDField(null=True)),
                ("reason_class", models.TextField()),
                ("reason", models.TextField()),
                ("subjects", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("entries", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("state", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("account_id", models.UUIDField()),
                ("post_id", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_post_id", models.UUIDField(null=True)),
                ("decided_reason", models.TextField(default="")),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("remaining", models.IntegerField(null=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="journal_redaction_subjects"),
                    django.contrib.postgres.indexes.GinIndex(fields=["units"], name="journal_redaction_units"),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(REDACT, "DROP FUNCTION journal_redact(uuid);"),
        migrations.RunSQL(SAMPLE, "DROP FUNCTION journal_sample_anew(text[]);"),
    ]
