"""What the database itself refuses: a number changed or lost, a step or a version of a submitted application rewritten."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION ratusz_projects_keep_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number <> '' AND (TG_OP = 'DELETE' OR NEW.number <> OLD.number OR NEW.edition_id <> OLD.edition_id
                             OR NEW.submitted_at <> OLD.submitted_at) THEN
        RAISE EXCEPTION 'a submitted application keeps its number and its moment'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'a_submitted_application_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_projects_application BEFORE UPDATE OR DELETE ON ratusz_projects_application
    FOR EACH ROW EXECUTE FUNCTION ratusz_projects_keep_application();

CREATE FUNCTION ratusz_projects_keep_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM ratusz_projects_application a WHERE a.id = OLD.application_id AND a.number <> '') THEN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER ratusz_projects_version BEFORE UPDATE OR DELETE ON ratusz_projects_version
    FOR EACH ROW EXECUTE FUNCTION ratusz_projects_keep_told();
CREATE TRIGGER ratusz_projects_course BEFORE UPDATE OR DELETE ON ratusz_projects_course
    FOR EACH ROW EXECUTE FUNCTION ratusz_projects_keep_told();
"""

BACK = """
DROP TRIGGER ratusz_projects_course ON ratusz_projects_course;
DROP TRIGGER ratusz_projects_version ON ratusz_projects_version;
DROP TRIGGER ratusz_projects_application ON ratusz_projects_application;
DROP FUNCTION ratusz_projects_keep_told();
DROP FUNCTION ratusz_projects_keep_application();
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_projects", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, BACK)]
