"""What the database itself refuses: a published version, its register or a file of it changed or lost."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly

GUARDS = """
CREATE FUNCTION ratusz_reports_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'a_published_version_never_changes';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_reports_version BEFORE UPDATE OR DELETE ON ratusz_reports_version
    FOR EACH ROW EXECUTE FUNCTION ratusz_reports_keep_version();

CREATE FUNCTION ratusz_reports_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT 1 FROM ratusz_reports_version v
        WHERE v.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END AND v.published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'a_published_version_never_changes';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_reports_row BEFORE INSERT OR UPDATE OR DELETE ON ratusz_reports_registerrow
    FOR EACH ROW EXECUTE FUNCTION ratusz_reports_keep_part();
CREATE TRIGGER ratusz_reports_file BEFORE INSERT OR UPDATE OR DELETE ON ratusz_reports_versionfile
    FOR EACH ROW EXECUTE FUNCTION ratusz_reports_keep_part();
"""

BACK = """
DROP TRIGGER ratusz_reports_file ON ratusz_reports_versionfile;
DROP TRIGGER ratusz_reports_row ON ratusz_reports_registerrow;
DROP TRIGGER ratusz_reports_version ON ratusz_reports_version;
DROP FUNCTION ratusz_reports_keep_part();
DROP FUNCTION ratusz_reports_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_reports", "0001_initial")]
    operations = [
        migrations.RunSQL(GUARDS, BACK),
        AppendOnly("signoff"), AppendOnly("evidence"), AppendOnly("outcome"), AppendOnly("effectstep"),
    ]  # fmt: skip
