"""What the database itself refuses: ballots over the limits, changed or lost ballots, edits of a published result, sums that do not add up."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly

BALLOTS = """
CREATE FUNCTION ratusz_budget_check_new_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT pool_id FROM added) a JOIN ratusz_budget_pool p ON p.id = a.pool_id
               WHERE p.ballots_are_complete) THEN
        RAISE EXCEPTION 'the pool already has all its ballots' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_complete_pool_takes_no_ballot';
    END IF;
    SELECT a.id, a.label INTO wrong FROM added a JOIN ratusz_budget_pool p ON p.id = a.pool_id
     WHERE p.most_points IS NOT NULL AND (SELECT sum(x) FROM unnest(a.points) AS x) > p.most_points LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ballot % gives more points than one voter has', coalesce(nullif(wrong.label, ''), wrong.id::text)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_keeps_to_its_points';
    END IF;
    SELECT a.id, a.label INTO wrong FROM added a WHERE 0 > ANY (a.points) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ballot % gives points below zero', coalesce(nullif(wrong.label, ''), wrong.id::text)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_points_are_not_negative';
    END IF;
    SELECT a.id, a.label INTO wrong FROM added a
      JOIN (SELECT pool_id, count(*) AS projects FROM ratusz_budget_project
             WHERE pool_id IN (SELECT DISTINCT pool_id FROM added) GROUP BY pool_id) p ON p.pool_id = a.pool_id
     WHERE 0 > ANY (a.choices) OR p.projects <= ANY (a.choices)
        OR (cardinality(a.choices) > 1 AND (SELECT count(DISTINCT x) FROM unnest(a.choices) AS x) <> cardinality(a.choices)) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ballot % names a project twice or one that is not in its pool', coalesce(nullif(wrong.label, ''), wrong.id::text)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_names_projects_of_its_pool_once';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ratusz_budget_new_ballots AFTER INSERT ON ratusz_budget_ballot REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ratusz_budget_check_new_ballots();

CREATE FUNCTION ratusz_budget_keep_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT pool_id FROM gone) g JOIN ratusz_budget_pool p ON p.id = g.pool_id WHERE p.ballots_are_complete) THEN
        RAISE EXCEPTION 'ballots of a complete pool are neither changed nor removed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballots_of_a_complete_pool_stay';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ratusz_budget_removed_ballots AFTER DELETE ON ratusz_budget_ballot REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ratusz_budget_keep_ballots();
CREATE TRIGGER ratusz_budget_changed_ballots AFTER UPDATE ON ratusz_budget_ballot REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ratusz_budget_keep_ballots();
"""

BALLOTS_BACK = """
DROP TRIGGER ratusz_budget_changed_ballots ON ratusz_budget_ballot;
DROP TRIGGER ratusz_budget_removed_ballots ON ratusz_budget_ballot;
DROP TRIGGER ratusz_budget_new_ballots ON ratusz_budget_ballot;
DROP FUNCTION ratusz_budget_keep_ballots();
DROP FUNCTION ratusz_budget_check_new_ballots();
"""

RESULTS = """
CREATE FUNCTION ratusz_budget_keep_published_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published result is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_result_is_final';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_budget_published_result BEFORE UPDATE OR DELETE ON ratusz_budget_poolresult
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_published_result();

CREATE FUNCTION ratusz_budget_keep_published_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_budget_poolresult r WHERE r.published_at IS NOT NULL
               AND r.id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.result_id ELSE OLD.result_id END,
                            CASE WHEN TG_OP = 'DELETE' THEN OLD.result_id ELSE NEW.result_id END)) THEN
        RAISE EXCEPTION 'a published result is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_result_is_final';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_budget_published_ends BEFORE INSERT OR UPDATE OR DELETE ON ratusz_budget_projectresult
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_published_ends();

CREATE FUNCTION ratusz_budget_check_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE number bigint := CASE WHEN TG_TABLE_NAME = 'ratusz_budget_poolresult' THEN (to_jsonb(NEW) ->> 'id')::bigint
                              ELSE (to_jsonb(NEW) ->> 'result_id')::bigint END;
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_budget_poolresult r WHERE r.id = number AND (
           r.spent_grosze <> (SELECT coalesce(sum(e.paid_grosze), 0) FROM ratusz_budget_projectresult e WHERE e.result_id = r.id)
        OR r.projects_count <> (SELECT count(*) FROM ratusz_budget_projectresult e WHERE e.result_id = r.id)
        OR r.funded_count <> (SELECT count(*) FROM ratusz_budget_projectresult e
                               WHERE e.result_id = r.id AND e.outcome IN ('funded', 'top_up', 'reserve'))
        OR EXISTS (SELECT 1 FROM ratusz_budget_projectresult e JOIN ratusz_budget_project p ON p.id = e.project_id
                    WHERE e.result_id = r.id AND p.pool_id <> r.pool_id))) THEN
        RAISE EXCEPTION 'the result of a pool does not add up' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_result_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ratusz_budget_result_adds_up AFTER INSERT OR UPDATE ON ratusz_budget_poolresult
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ratusz_budget_check_sums();

CREATE FUNCTION ratusz_budget_keep_counted_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_budget_projectresult e JOIN ratusz_budget_poolresult r ON r.id = e.result_id
                WHERE e.project_id = OLD.id AND r.published_at IS NOT NULL)
       AND (NEW.cost_grosze, NEW.number, NEW.position, NEW.pool_id) IS DISTINCT FROM (OLD.cost_grosze, OLD.number, OLD.position, OLD.pool_id) THEN
        RAISE EXCEPTION 'number, cost and pool of a counted project stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'counted_projects_stay';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ratusz_budget_counted_projects BEFORE UPDATE OF cost_grosze, number, position, pool_id ON ratusz_budget_project
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_counted_facts();
"""

RESULTS_BACK = """
DROP TRIGGER ratusz_budget_counted_projects ON ratusz_budget_project;
DROP FUNCTION ratusz_budget_keep_counted_facts();
DROP TRIGGER ratusz_budget_result_adds_up ON ratusz_budget_poolresult;
DROP FUNCTION ratusz_budget_check_sums();
DROP TRIGGER ratusz_budget_published_ends ON ratusz_budget_projectresult;
DROP FUNCTION ratusz_budget_keep_published_ends();
DROP TRIGGER ratusz_budget_published_result ON ratusz_budget_poolresult;
DROP FUNCTION ratusz_budget_keep_published_result();
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_budget", "0001_initial")]

    operations = [
        migrations.RunSQL(BALLOTS, BALLOTS_BACK),
        migrations.RunSQL(RESULTS, RESULTS_BACK),
        AppendOnly("ResultChange"),
        AppendOnly("Recount"),
    ]
