"""Databases made from the snapshot of all migrations gave the role `app` back what AppendOnly had taken: it is taken again, everywhere."""

from django.db import migrations

TAKE_BACK = """
DO $$ DECLARE guarded record; someone text; BEGIN
    FOR guarded IN
        SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND t.tgname LIKE 'append_only%' AND t.tgtype & 16 > 0
    LOOP
        FOREACH someone IN ARRAY ARRAY['app', 'count'] LOOP
            IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = someone) THEN
                EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I', guarded.relname, someone);
            END IF;
        END LOOP;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_audit", "0002_guards")]

    operations = [migrations.RunSQL(TAKE_BACK, migrations.RunSQL.noop)]
