"""The database itself parts envelopes from voters, and destroys inner envelopes only when the ballots are opened."""

from django.db import migrations

# A table's rows again in random order, those of one vote left out if asked: TRUNCATE drops the old pages, and one transaction gives all
# rows the same xmin, so neither place nor xmin tells which row came when. For the owner's functions below alone: it needs their rights.
STRIP = """
CREATE FUNCTION ratusz_voting_rewrite(place regclass, without_vote bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', place);
    EXECUTE format('CREATE TEMP TABLE ratusz_rewritten ON COMMIT DROP AS SELECT * FROM %s WHERE vote_id IS DISTINCT FROM %L ORDER BY random()',
        place, without_vote);
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', place);
    EXECUTE format('TRUNCATE %s', place);
    EXECUTE format('INSERT INTO %s SELECT * FROM ratusz_rewritten', place);
    SET CONSTRAINTS ALL IMMEDIATE;
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', place);
    DROP TABLE ratusz_rewritten;
END $$;

CREATE FUNCTION ratusz_voting_strip(wanted bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE known text; made integer;
BEGIN
    SELECT state INTO known FROM ratusz_voting_vote WHERE edition_id = wanted FOR UPDATE;
    IF known IS DISTINCT FROM 'verified' THEN
        RAISE EXCEPTION 'only a verified vote is stripped' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_a_verified_vote_is_stripped';
    END IF;
    INSERT INTO ratusz_voting_ballotcode (code, vote_id, "end", reason)
        SELECT code, vote_id, CASE state WHEN 'accepted' THEN 'counted' ELSE state END, annulment_reason
        FROM ratusz_voting_sealedballot WHERE vote_id = wanted ORDER BY code;
    INSERT INTO ratusz_voting_innerenvelope (id, vote_id, "inner")
        SELECT gen_random_uuid(), vote_id, "inner" FROM ratusz_voting_sealedballot
        WHERE vote_id = wanted AND state = 'accepted' ORDER BY random();
    GET DIAGNOSTICS made = ROW_COUNT;
    SET CONSTRAINTS ALL IMMEDIATE;
    PERFORM ratusz_voting_rewrite('ratusz_voting_sealedballot', wanted);
    -- A roll entry came in the transaction of its envelope, and the log is public in the order of the casts.
    PERFORM ratusz_voting_rewrite('ratusz_voting_voterrollentry', NULL);
    UPDATE ratusz_voting_vote SET state = 'stripped' WHERE edition_id = wanted;
    RETURN made;
END $$;

CREATE FUNCTION ratusz_voting_destroy_inner(wanted bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE known text;
BEGIN
    SELECT state INTO known FROM ratusz_voting_vote WHERE edition_id = wanted FOR UPDATE;
    IF known IS DISTINCT FROM 'opened' THEN
        RAISE EXCEPTION 'envelopes are destroyed when the ballots are opened' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'envelopes_go_when_opened';
    END IF;
    PERFORM ratusz_voting_rewrite('ratusz_voting_innerenvelope', wanted);
END $$;

CREATE FUNCTION ratusz_voting_keep_inner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE known text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'inner envelopes stay as they are' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT v.state INTO known FROM ratusz_voting_vote v WHERE v.edition_id = NEW.vote_id;
    IF known <> 'verified' THEN
        RAISE EXCEPTION 'inner envelopes come by stripping' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_inner BEFORE INSERT OR UPDATE OR DELETE ON ratusz_voting_innerenvelope
    FOR EACH ROW EXECUTE FUNCTION ratusz_voting_keep_inner();
CREATE TRIGGER keep_all_inner BEFORE TRUNCATE ON ratusz_voting_innerenvelope FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change();
"""
BACK = """
DROP TRIGGER keep_all_inner ON ratusz_voting_innerenvelope;
DROP TRIGGER keep_inner ON ratusz_voting_innerenvelope;
DROP FUNCTION ratusz_voting_keep_inner();
DROP FUNCTION ratusz_voting_destroy_inner(bigint);
DROP FUNCTION ratusz_voting_strip(bigint);
DROP FUNCTION ratusz_voting_rewrite(regclass, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_voting", "0003_committee")]

    operations = [migrations.RunSQL(STRIP, BACK)]
