"""The database itself parts envelopes from voters, and lets inner envelopes go only when the ballots are opened."""

from django.db import migrations

# SECURITY DEFINER: the serving role may ask for it, and can do it in no other way. Rows come into the new table in random order within
# one transaction, so neither place, xmin nor key tells when or by whom a ballot was cast; TRUNCATE drops the old table's pages.
STRIP = """
CREATE FUNCTION ratusz_voting_strip(wanted bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE known text; made integer;
BEGIN
    SELECT state INTO known FROM ratusz_voting_vote WHERE edition_id = wanted FOR UPDATE;
    IF known IS DISTINCT FROM 'verified' THEN
        RAISE EXCEPTION 'only a verified vote is stripped' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_a_verified_vote_is_stripped';
    END IF;
    LOCK TABLE ratusz_voting_sealedballot IN ACCESS EXCLUSIVE MODE;
    INSERT INTO ratusz_voting_ballotcode (code, vote_id, "end", reason)
        SELECT code, vote_id, CASE state WHEN 'accepted' THEN 'counted' ELSE state END, annulment_reason
        FROM ratusz_voting_sealedballot WHERE vote_id = wanted ORDER BY code;
    INSERT INTO ratusz_voting_innerenvelope (id, vote_id, "inner")
        SELECT gen_random_uuid(), vote_id, "inner" FROM ratusz_voting_sealedballot
        WHERE vote_id = wanted AND state = 'accepted' ORDER BY random();
    GET DIAGNOSTICS made = ROW_COUNT;
    CREATE TEMP TABLE ratusz_other_ballots ON COMMIT DROP AS
        SELECT * FROM ratusz_voting_sealedballot WHERE vote_id <> wanted ORDER BY random();
    ALTER TABLE ratusz_voting_sealedballot DISABLE TRIGGER USER;
    TRUNCATE ratusz_voting_sealedballot;
    INSERT INTO ratusz_voting_sealedballot SELECT * FROM ratusz_other_ballots;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE ratusz_voting_sealedballot ENABLE TRIGGER USER;
    UPDATE ratusz_voting_vote SET state = 'stripped' WHERE edition_id = wanted;
    DROP TABLE ratusz_other_ballots;
    RETURN made;
END $$;

CREATE FUNCTION ratusz_voting_keep_inner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE known text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'inner envelopes stay as they are' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT v.state INTO known FROM ratusz_voting_vote v WHERE v.edition_id = COALESCE(NEW.vote_id, OLD.vote_id);
    IF TG_OP = 'INSERT' AND known <> 'verified' OR TG_OP = 'DELETE' AND known <> 'opened' THEN
        RAISE EXCEPTION 'inner envelopes come by stripping and go when the ballots are opened' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER keep_inner BEFORE INSERT OR UPDATE OR DELETE ON ratusz_voting_innerenvelope
    FOR EACH ROW EXECUTE FUNCTION ratusz_voting_keep_inner();
CREATE TRIGGER keep_all_inner BEFORE TRUNCATE ON ratusz_voting_innerenvelope FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change();
"""
BACK = """
DROP TRIGGER keep_all_inner ON ratusz_voting_innerenvelope;
DROP TRIGGER keep_inner ON ratusz_voting_innerenvelope;
DROP FUNCTION ratusz_voting_keep_inner();
DROP FUNCTION ratusz_voting_strip(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_voting", "0003_committee")]

    operations = [migrations.RunSQL(STRIP, BACK)]
