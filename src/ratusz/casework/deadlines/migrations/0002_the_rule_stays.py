"""The database keeps a clock's rule and start as they were: a law changed in the middle of a case changes nothing for that case."""

from django.db import migrations

GUARD = """
CREATE FUNCTION ratusz_deadlines_keep_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.rule_code, NEW.rule_version, NEW.rule_content, NEW.started_at, NEW.subject)
       IS DISTINCT FROM (OLD.rule_code, OLD.rule_version, OLD.rule_content, OLD.started_at, OLD.subject) THEN
        RAISE EXCEPTION 'a clock keeps the rule, the case and the start it was made with' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.stopped_at IS NOT NULL AND (NEW.stopped_at, NEW.stop_event, NEW.due_at)
       IS DISTINCT FROM (OLD.stopped_at, OLD.stop_event, OLD.due_at) THEN
        RAISE EXCEPTION 'a stopped clock stays stopped' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_rule BEFORE UPDATE ON ratusz_deadlines_clock FOR EACH ROW EXECUTE FUNCTION ratusz_deadlines_keep_rule();
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_deadlines", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD, "DROP TRIGGER keep_rule ON ratusz_deadlines_clock; DROP FUNCTION ratusz_deadlines_keep_rule()"
        )
    ]
