"""What Django cannot say of the journal: the order of its defaults, and who may do what to it."""

from django.db import migrations

ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'thammuu_app') THEN
        CREATE ROLE thammuu_app NOLOGIN;
    END IF;
END $$;
"""

# The transaction id stands before the sequence, so that its default is evaluated first.
DEFAULTS = """
CREATE SEQUENCE journal_entry_sequence;
ALTER TABLE journal_entry ALTER COLUMN transaction SET DEFAULT pg_current_xact_id();
ALTER TABLE journal_entry ALTER COLUMN sequence SET DEFAULT nextval('journal_entry_sequence');
ALTER SEQUENCE journal_entry_sequence OWNED BY journal_entry.sequence;
INSERT INTO journal_epoch (number, first_position, opened_at) VALUES (1, 1, now());
INSERT INTO journal_sealer (id, settled) VALUES (1, 0);
"""

# New tables of any package come with full rights for the application; the journal's are taken back.
GRANTS = """
GRANT USAGE ON SCHEMA public TO thammuu_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO thammuu_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO thammuu_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO thammuu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO thammuu_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO thammuu_app;
REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry, journal_body, journal_link, journal_sealed, journal_submission,
    journal_epoch FROM thammuu_app;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(DEFAULTS, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
