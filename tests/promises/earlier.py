"""An installation of the release before proofs, units in full and accounts: `python earlier.py ENTRIES`.

Brings the database of the environment to that release's schema, by its own migrations, and fills it with what its
actions wrote: a unit, a post, an account, lines of the duty log, all sealed, found by the search.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "thammuu.config.settings"
django.setup()

from django.core.management import call_command
from django.db import connection

RELEASE = {
    "journal": "0002", "org": "0001", "paper": "0001", "directives": "0002", "watch": "0001", "interop": "0001",
    "desk": "0001",
}  # fmt: skip

TELL = """
CREATE FUNCTION pg_temp.tell(kind text, subject_kind text, subject uuid, unit uuid, at timestamptz, sets text)
RETURNS void LANGUAGE sql AS $$
    WITH said AS (
        SELECT gen_random_uuid() AS id, uuid_send(gen_random_uuid()) AS salt,
            '{"context":{},"links":[],"sets":' || sets || '}' AS text
    ), entry AS (
        INSERT INTO journal_entry (id, kind, version, world, classification, units, claimed_at, recorded_at,
            subject_kind, subject_id, body_digest, submission, account)
        SELECT id, kind, 1, 'real', 0, ARRAY[unit], at, at + interval '1 second', subject_kind, subject,
            sha256(salt || convert_to(text, 'UTF8')), gen_random_uuid(), gen_random_uuid() FROM said
        RETURNING id, submission, account, recorded_at
    ), submission AS (
        INSERT INTO journal_submission (account, id, digest, answer, recorded_at)
        SELECT account, submission, sha256('x'), subject, recorded_at FROM entry
    )
    INSERT INTO journal_body (entry, salt, text) SELECT id, salt, text FROM said
$$
"""
ORGANISATION = """
WITH unit AS (INSERT INTO org_unit (id, code, level) VALUES (gen_random_uuid(), 'B', 'ministry') RETURNING *),
post AS (INSERT INTO org_post (id, title, unit_id) SELECT gen_random_uuid(), 'Trực ban', id FROM unit RETURNING *),
account AS (
    INSERT INTO org_account (password, id, sign_in_name, language, is_active)
    VALUES ('!', gen_random_uuid(), 'duty', 'vi', true) RETURNING *
)
SELECT pg_temp.tell('org.unit_created', 'unit', id, id, now(), '{"code":"B","level":"ministry"}') FROM unit
UNION ALL SELECT pg_temp.tell('org.post_created', 'post', id, unit_id, now(),
    format('{"title":"Trực ban","unit_id":"%s"}', unit_id)) FROM post
UNION ALL SELECT pg_temp.tell('org.account_created', 'account', account.id, unit.id, now(),
    '{"is_active":true,"language":"vi","sign_in_name":"duty"}') FROM account, unit
"""
LINES = """
WITH line AS (
    INSERT INTO watch_log_entry (id, world, units, unit_id, kind, happened_at, recorded_at, text, place_text,
        attachments, struck_reason)
    SELECT gen_random_uuid(), 'real', ARRAY[u.id], u.id, 'report', at, at + interval '1 second',
        'Xã báo cáo mực nước lần ' || n, '', '{}', ''
    FROM org_unit u, generate_series(1, %s) AS n,
        LATERAL (SELECT timestamptz '2026-06-01 00:00:00+00' + n * interval '1 minute' AS at) AS at
    RETURNING *
)
SELECT count(pg_temp.tell('watch.log_entry_written', 'log_entry', id, unit_id, happened_at, format(
    '{"account_id":null,"attachments":[],"event_id":null,"happened_at":"%%s","incident_id":null,"kind":"report",'
    '"lat":null,"lon":null,"place_text":"","post_id":null,"recorded_at":"%%s","struck_at":null,"struck_post_id":null,'
    '"struck_reason":"","text":"%%s","unit_id":"%%s","units":["%%s"],"world":"real"}',
    to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), text, unit_id, unit_id))) FROM line
"""
SEAL = """
INSERT INTO journal_sealed (position, entry, sealed_at)
SELECT row_number() OVER (ORDER BY sequence), id, clock_timestamp() FROM journal_entry;
UPDATE journal_sealer SET settled = (SELECT max(sequence) FROM journal_entry);
INSERT INTO desk_search (position, entry, kind, subject_kind, subject, world, units, at, text, folded, accented,
    lexemes)
SELECT s.position, e.id, e.kind, e.subject_kind, e.subject_id, e.world, e.units, e.recorded_at, b.text, lower(b.text),
    lower(b.text), to_tsvector('simple', b.text)
FROM journal_sealed s JOIN journal_entry e ON e.id = s.entry JOIN journal_body b ON b.entry = e.id;
"""


def main(entries: int) -> None:
    """Migrate, fill, seal."""
    for package, target in RELEASE.items():
        call_command("migrate", package, target, interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        for statement in (TELL, ORGANISATION):
            cursor.execute(statement)
        cursor.execute("SELECT count(*) FROM journal_entry")
        cursor.execute(LINES, [entries - cursor.fetchone()[0]])
        cursor.execute(SEAL)
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
