"""What the database itself refuses: a ballot outside the window by its own clock, a changed envelope, a shorter log, a vote that goes back."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly

# The row of the vote is locked first: whoever closes it (FOR UPDATE) waits for casts under way, and a cast that waited for the closing
# reads the state anew. Paper cards are typed in after the close.
BALLOTS = """
CREATE FUNCTION ratusz_voting_new_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballots_vote record;
BEGIN
    SELECT v.state, v.opens_at, v.closes_at INTO ballots_vote FROM ratusz_voting_vote v WHERE v.edition_id = NEW.vote_id FOR KEY SHARE;
    NEW.cast_at := clock_timestamp();
    IF NEW.channel = 'paper' THEN
        IF ballots_vote.state NOT IN ('open', 'closed') OR NEW.cast_at < ballots_vote.opens_at THEN
            RAISE EXCEPTION 'the vote takes no ballot now' USING ERRCODE = 'check_violation', CONSTRAINT = 'the_vote_takes_ballots_while_open';
        END IF;
    ELSIF ballots_vote.state <> 'open' OR NEW.cast_at < ballots_vote.opens_at OR NEW.cast_at >= ballots_vote.closes_at THEN
        RAISE EXCEPTION 'the vote takes no ballot now' USING ERRCODE = 'check_violation', CONSTRAINT = 'the_vote_takes_ballots_while_open';
    END IF;
    IF NEW.state <> 'accepted' OR NEW.is_quarantined THEN
        RAISE EXCEPTION 'a new ballot is accepted' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_new_ballot_is_accepted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER new_ballot BEFORE INSERT ON ratusz_voting_sealedballot FOR EACH ROW EXECUTE FUNCTION ratusz_voting_new_ballot();

CREATE FUNCTION ratusz_voting_keep_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE known text;
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'sealed ballots stay' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT v.state INTO known FROM ratusz_voting_vote v WHERE v.edition_id = OLD.vote_id;
    IF to_jsonb(NEW) - 'state' - 'is_quarantined' - 'annulment_reason' <> to_jsonb(OLD) - 'state' - 'is_quarantined' - 'annulment_reason'
       OR known NOT IN ('open', 'closed')
       OR (NEW.state <> OLD.state AND OLD.state <> 'accepted') THEN
        RAISE EXCEPTION 'of a sealed ballot only its state, flag and reason change, before the verification ends' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_ballot BEFORE UPDATE OR DELETE ON ratusz_voting_sealedballot FOR EACH ROW EXECUTE FUNCTION ratusz_voting_keep_ballot();
CREATE TRIGGER keep_ballots BEFORE TRUNCATE ON ratusz_voting_sealedballot FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change();
"""

BALLOTS_BACK = """
DROP TRIGGER keep_ballots ON ratusz_voting_sealedballot;
DROP TRIGGER keep_ballot ON ratusz_voting_sealedballot;
DROP TRIGGER new_ballot ON ratusz_voting_sealedballot;
DROP FUNCTION ratusz_voting_keep_ballot();
DROP FUNCTION ratusz_voting_new_ballot();
"""

# An entry leaves the queue only for its place in the log; a leaf takes the next place and no other.
LOG = """
CREATE FUNCTION ratusz_voting_keep_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM ratusz_voting_logleaf l
                                       WHERE l.source = OLD.id AND l.vote_id = OLD.vote_id AND l.entry = OLD.entry) THEN
        RAISE EXCEPTION 'an entry waits until the log holds it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER keep_pending BEFORE UPDATE OR DELETE ON ratusz_voting_pendingleaf FOR EACH ROW EXECUTE FUNCTION ratusz_voting_keep_pending();
CREATE TRIGGER keep_all_pending BEFORE TRUNCATE ON ratusz_voting_pendingleaf FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change();

CREATE FUNCTION ratusz_voting_next_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM ratusz_voting_logleaf l WHERE l.vote_id = NEW.vote_id AND l.number = NEW.number - 1) THEN
        RAISE EXCEPTION 'the log has no holes' USING ERRCODE = 'check_violation', CONSTRAINT = 'the_log_has_no_holes';
    END IF;
    IF NEW.leaf_hash <> sha256('\\x00'::bytea || convert_to(NEW.entry, 'UTF8')) THEN
        RAISE EXCEPTION 'this is not the hash of the entry' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_leaf_has_the_hash_of_its_entry';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER next_leaf BEFORE INSERT ON ratusz_voting_logleaf FOR EACH ROW EXECUTE FUNCTION ratusz_voting_next_leaf();

CREATE FUNCTION ratusz_voting_next_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size <> (SELECT count(*) FROM ratusz_voting_logleaf l WHERE l.vote_id = NEW.vote_id AND l.number < NEW.size)
       OR EXISTS (SELECT 1 FROM ratusz_voting_signedhead h WHERE h.vote_id = NEW.vote_id
                  AND (h.size > NEW.size OR (h.size = NEW.size AND h.root <> NEW.root))) THEN
        RAISE EXCEPTION 'a head covers what the log holds, and the log never gets shorter'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'heads_only_grow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER next_head BEFORE INSERT ON ratusz_voting_signedhead FOR EACH ROW EXECUTE FUNCTION ratusz_voting_next_head();
"""

LOG_BACK = """
DROP TRIGGER next_head ON ratusz_voting_signedhead;
DROP TRIGGER next_leaf ON ratusz_voting_logleaf;
DROP TRIGGER keep_all_pending ON ratusz_voting_pendingleaf;
DROP TRIGGER keep_pending ON ratusz_voting_pendingleaf;
DROP FUNCTION ratusz_voting_next_head();
DROP FUNCTION ratusz_voting_next_leaf();
DROP FUNCTION ratusz_voting_keep_pending();
"""

# closed -> open again: only for an extension after an outage, so the new end must lie ahead.
VOTES = """
CREATE FUNCTION ratusz_voting_keep_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE steps text[] := ARRAY['prepared', 'open', 'closed', 'verified', 'stripped', 'opened', 'counted'];
        way int := array_position(steps, NEW.state::text) - array_position(steps, OLD.state::text);
BEGIN
    IF way > 1 OR (way < 0 AND NOT (OLD.state = 'closed' AND NEW.state = 'open' AND NEW.closes_at > clock_timestamp())) THEN
        RAISE EXCEPTION 'a vote goes from state to state' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_vote_goes_on';
    END IF;
    IF OLD.state <> 'prepared' AND (NEW.public_key, NEW.opens_at, NEW.double_vote, NEW.identity, NEW.fingerprints, NEW.edition_id)
            IS DISTINCT FROM (OLD.public_key, OLD.opens_at, OLD.double_vote, OLD.identity, OLD.fingerprints, OLD.edition_id)
       OR OLD.state NOT IN ('prepared', 'open', 'closed') AND NEW.closes_at <> OLD.closes_at
       OR OLD.state IN ('open', 'closed') AND NEW.closes_at < OLD.closes_at THEN
        RAISE EXCEPTION 'what was frozen at opening stays; the end only moves later' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_open_vote_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_vote BEFORE UPDATE ON ratusz_voting_vote FOR EACH ROW EXECUTE FUNCTION ratusz_voting_keep_vote();
"""

VOTES_BACK = "DROP TRIGGER keep_vote ON ratusz_voting_vote; DROP FUNCTION ratusz_voting_keep_vote();"


class Migration(migrations.Migration):
    dependencies = [("ratusz_voting", "0001_initial")]

    operations = [
        AppendOnly("VoterRollEntry"),
        AppendOnly("LogLeaf"),
        AppendOnly("SignedHead"),
        AppendOnly("BallotCode"),
        migrations.RunSQL(BALLOTS, BALLOTS_BACK),
        migrations.RunSQL(LOG, LOG_BACK),
        migrations.RunSQL(VOTES, VOTES_BACK),
    ]
