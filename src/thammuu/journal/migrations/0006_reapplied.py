"""A redaction that a restore had lost is done again: by the owner, as a signed list beside the backups says."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("thammuu.journal.migrations.0005_redaction").REDACT

# As before; besides, whoever signs in as the tables' owner (a restore does, the application cannot) may carry out what
# a sealed entry says was agreed on by two accounts. Whether the journal's key has signed that, `verify` judges.
REDACT = """
CREATE OR REPLACE FUNCTION journal_redact(asked uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    named jsonb;
    before bigint;
    asker uuid;
    gone bigint;
BEGIN
    IF pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'journal_body'::regclass), 'MEMBER') THEN
        SELECT e.sequence, b.text::jsonb -> 'sets' -> 'entries' INTO before, named
        FROM journal_entry e JOIN journal_sealed s ON s.entry = e.id JOIN journal_body b ON b.entry = e.id
        WHERE e.subject_kind = 'redaction' AND e.subject_id = asked AND e.kind = 'journal.redaction_reapplied'
            AND sha256(b.salt || convert_to(b.text, 'UTF8')) = e.body_digest
            AND b.text::jsonb -> 'context' -> 'accounts' ->> 0 <> b.text::jsonb -> 'context' -> 'accounts' ->> 1
        ORDER BY e.sequence LIMIT 1;
    END IF;
    IF named IS NULL THEN
        SELECT e.account, e.sequence, b.text::jsonb -> 'sets' -> 'entries' INTO asker, before, named
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
                AND e.account <> asker AND e.sequence > before
        ) OR EXISTS (
            SELECT FROM journal_entry e WHERE e.subject_kind = 'redaction' AND e.subject_id = asked
                AND e.kind IN ('journal.redaction_refused', 'journal.redaction_withdrawn')
        ) THEN
            RAISE insufficient_privilege USING MESSAGE = 'no sealed confirmation by another account';
        END IF;
    END IF;
    DELETE FROM journal_body b USING journal_entry e, journal_sealed s
    WHERE b.entry = e.id AND s.entry = e.id AND e.subject_kind <> 'redaction' AND e.sequence < before
        AND e.id IN (SELECT one.entry::uuid FROM jsonb_array_elements_text(named) AS one(entry));
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > jsonb_array_length(named) THEN
        RAISE EXCEPTION 'more bodies would go than were named';
    END IF;
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0005_redaction"),
    ]

    operations = [
        migrations.RunSQL(REDACT, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
    ]
