"""Once a pool has a published result, its money, rules and ballots stay, and neither it nor its edition goes back."""

from django.db import migrations

STAND = """
CREATE FUNCTION ratusz_budget_keep_published_pool() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ratusz_budget_poolresult r WHERE r.pool_id = OLD.id AND r.published_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    IF OLD.ballots_are_complete AND NOT NEW.ballots_are_complete THEN
        RAISE EXCEPTION 'a pool with a published result is not opened again'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_pool_stays_complete';
    END IF;
    IF OLD.result_id IS NOT NULL AND NEW.result_id IS NULL THEN
        RAISE EXCEPTION 'a published result is not taken back' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_result_stands';
    END IF;
    IF (NEW.budget_grosze, NEW.rules, NEW.edition_id) IS DISTINCT FROM (OLD.budget_grosze, OLD.rules, OLD.edition_id) THEN
        RAISE EXCEPTION 'money and rules of a published pool stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_pool_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ratusz_budget_published_pool BEFORE UPDATE ON ratusz_budget_pool
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_published_pool();

CREATE FUNCTION ratusz_budget_keep_published_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published edition does not go back' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_edition_stands';
END $$;
CREATE TRIGGER ratusz_budget_published_edition BEFORE UPDATE OF state ON ratusz_budget_edition
    FOR EACH ROW WHEN (OLD.state = 'published' AND NEW.state <> 'published') EXECUTE FUNCTION ratusz_budget_keep_published_edition();
"""

BACK = """
DROP TRIGGER ratusz_budget_published_edition ON ratusz_budget_edition;
DROP FUNCTION ratusz_budget_keep_published_edition();
DROP TRIGGER ratusz_budget_published_pool ON ratusz_budget_pool;
DROP FUNCTION ratusz_budget_keep_published_pool();
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_budget", "0004_kind_of_edition")]

    operations = [migrations.RunSQL(STAND, BACK)]
