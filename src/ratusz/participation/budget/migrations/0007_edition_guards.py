"""What the database itself refuses: edited rules, settled changes undone, a stage moved or a ballot touched without two people."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly

GUARDS = """
CREATE FUNCTION ratusz_budget_keep_settled_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.settled_at IS NOT NULL
       OR (NEW.edition_id, NEW.kind, NEW.before, NEW.after, NEW.reason, NEW.proposed_by_id, NEW.proposed_at)
          IS DISTINCT FROM (OLD.edition_id, OLD.kind, OLD.before, OLD.after, OLD.reason, OLD.proposed_by_id, OLD.proposed_at) THEN
        RAISE EXCEPTION 'a proposed change of an edition stays as it was written'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_change_of_an_edition_stands';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ratusz_budget_settled_change BEFORE UPDATE OR DELETE ON ratusz_budget_editionchange
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_settled_change();

CREATE FUNCTION ratusz_budget_keep_stage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE edition bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.edition_id ELSE OLD.edition_id END;
BEGIN
    IF (SELECT opened_at FROM ratusz_budget_edition WHERE id = edition) IS NOT NULL THEN
        IF TG_OP = 'DELETE' OR NEW.edition_id <> edition OR NEW.change_id IS NULL
           OR (TG_OP = 'UPDATE' AND NEW.change_id IS NOT DISTINCT FROM OLD.change_id)
           OR NOT EXISTS (SELECT 1 FROM ratusz_budget_editionchange c
                           WHERE c.id = NEW.change_id AND c.edition_id = edition AND c.is_approved AND c.kind IN ('stage', 'outage')) THEN
            RAISE EXCEPTION 'a stage of an opened edition moves by an approved change alone'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_stage_moves_by_an_approved_change';
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_budget_stage BEFORE INSERT OR UPDATE OR DELETE ON ratusz_budget_stage
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_stage();

CREATE FUNCTION ratusz_budget_keep_opened_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.opened_at IS NOT NULL AND (NEW.opened_at IS DISTINCT FROM OLD.opened_at OR NEW.state = 'draft'
        OR NEW.rules_preset <> OLD.rules_preset OR NEW.draft_rules <> OLD.draft_rules) THEN
        RAISE EXCEPTION 'an opened edition does not go back' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_opened_edition_stands';
    END IF;
    IF NEW.opened_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ratusz_budget_rulesversion v WHERE v.edition_id = NEW.id AND v.sha256 = NEW.rules_hash) THEN
        RAISE EXCEPTION 'the rules of an opened edition are a version' USING ERRCODE = 'check_violation', CONSTRAINT = 'the_hash_is_of_a_version';
    END IF;
    IF OLD.ballot_frozen_at IS NOT NULL AND (NEW.ballot_frozen_at, NEW.ballot_hash, NEW.ballot_seed)
        IS DISTINCT FROM (OLD.ballot_frozen_at, OLD.ballot_hash, OLD.ballot_seed) THEN
        RAISE EXCEPTION 'a frozen ballot stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_frozen_ballot_stays';
    END IF;
    IF OLD.ballot_frozen_at IS NULL AND NEW.ballot_frozen_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ratusz_budget_editionchange c WHERE c.edition_id = NEW.id AND c.kind = 'ballot' AND c.is_approved) THEN
        RAISE EXCEPTION 'two people freeze a ballot' USING ERRCODE = 'check_violation', CONSTRAINT = 'two_people_freeze_a_ballot';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ratusz_budget_opened_edition BEFORE UPDATE ON ratusz_budget_edition
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_opened_edition();

CREATE FUNCTION ratusz_budget_keep_frozen_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_budget_edition e WHERE e.ballot_frozen_at IS NOT NULL
               AND e.id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.edition_id ELSE OLD.edition_id END,
                            CASE WHEN TG_OP = 'DELETE' THEN OLD.edition_id ELSE NEW.edition_id END))
       AND (TG_OP <> 'UPDATE' OR (NEW.edition_id, NEW.pool_id, NEW.number, NEW.name, NEW.cost_grosze, NEW.position, NEW.ballot_position)
            IS DISTINCT FROM (OLD.edition_id, OLD.pool_id, OLD.number, OLD.name, OLD.cost_grosze, OLD.position, OLD.ballot_position)) THEN
        RAISE EXCEPTION 'the ballot of this edition is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_frozen_ballot_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_budget_frozen_ballot BEFORE INSERT OR UPDATE OR DELETE ON ratusz_budget_project
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_frozen_ballot();

CREATE FUNCTION ratusz_budget_keep_exclusion_sets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_budget_pool p JOIN ratusz_budget_edition e ON e.id = p.edition_id
               WHERE e.ballot_frozen_at IS NOT NULL AND p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.pool_id ELSE NEW.pool_id END) THEN
        RAISE EXCEPTION 'the ballot of this edition is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_frozen_ballot_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ratusz_budget_exclusion_sets BEFORE INSERT OR UPDATE OR DELETE ON ratusz_budget_exclusionset
    FOR EACH ROW EXECUTE FUNCTION ratusz_budget_keep_exclusion_sets();
"""

NAMES = (
    ("settled_change", "keep_settled_change", "editionchange"),
    ("stage", "keep_stage", "stage"),
    ("opened_edition", "keep_opened_edition", "edition"),
    ("frozen_ballot", "keep_frozen_ballot", "project"),
    ("exclusion_sets", "keep_exclusion_sets", "exclusionset"),
)
BACK = "".join(
    f"DROP TRIGGER ratusz_budget_{trigger} ON ratusz_budget_{table}; DROP FUNCTION ratusz_budget_{function}();\n"
    for trigger, function, table in NAMES
)


class Migration(migrations.Migration):
    dependencies = [("ratusz_budget", "0006_edition_as_data")]

    operations = [migrations.RunSQL(GUARDS, BACK), AppendOnly("RulesVersion")]
