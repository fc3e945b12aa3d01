"""The ballot box as two questions to the database: who stands before it, and the ballot with all that stands or falls with it."""

import uuid

from django.db import migrations, models

# As functions, so that a session plans each statement once and the web asks in one journey. They run with the caller's rights;
# constraints and triggers judge as ever. A roll that holds the voter already leaves everything as it was.
BOX = """
CREATE FUNCTION ratusz_voting_at_the_box(asked_slug text, asked_digest text)
RETURNS TABLE (content bytea, edition_id bigint, state text, public_key bytea, double_vote text, fingerprints text)
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
        SELECT h.content, v.edition_id, v.state::text, v.public_key, v.double_vote::text, v.fingerprints::text
        FROM ratusz_voting_heldproof h
        JOIN ratusz_voting_vote v ON v.edition_id = h.vote_id
        JOIN ratusz_budget_edition e ON e.id = v.edition_id
        WHERE h.digest = asked_digest AND h.expires_at > clock_timestamp() AND e.slug = asked_slug;
END $$;

CREATE FUNCTION ratusz_voting_cast(a_vote bigint, a_code text, a_voter bytea, an_inner bytea, a_mac bytea, a_channel text,
    a_district text, an_age text, a_line bytea, a_contact bytea, an_officer bigint, a_point text, a_request bytea, a_link bytea,
    a_zone text, an_entry text, a_notice bytea) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ratusz_voting_voterrollentry (id, vote_id, voter_key, channel, district, day)
        VALUES (gen_random_uuid(), a_vote, a_voter, a_channel, a_district, (clock_timestamp() AT TIME ZONE a_zone)::date)
        ON CONFLICT (vote_id, voter_key) DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO ratusz_voting_sealedballot (code, vote_id, voter_key, "inner", outer_mac, channel, district, age_band, line_digest,
            contact_digest, officer_number, point, request_digest, notice_digest, state, is_quarantined, annulment_reason)
        VALUES (a_code, a_vote, a_voter, an_inner, a_mac, a_channel, a_district, an_age, a_line,
            a_contact, an_officer, a_point, a_request, a_link, 'accepted', false, '');
    INSERT INTO ratusz_voting_pendingleaf (id, vote_id, entry) VALUES (gen_random_uuid(), a_vote, an_entry);
    IF a_notice IS NOT NULL THEN
        INSERT INTO ratusz_voting_waitingnotice (id, content) VALUES (gen_random_uuid(), a_notice);
    END IF;
    RETURN true;
END $$;
"""
BACK = """
DROP FUNCTION ratusz_voting_cast(bigint, text, bytea, bytea, bytea, text, text, text, bytea, bytea, bigint, text, bytea, bytea,
    text, text, bytea);
DROP FUNCTION ratusz_voting_at_the_box(text, text);
"""
LIKE_BACK = "CREATE INDEX ratusz_voting_sealedballot_code_f9f8c3e7_like ON ratusz_voting_sealedballot (code varchar_pattern_ops)"


def vote_without_index(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=models.PROTECT, related_name=related_name, to="ratusz_voting.vote", verbose_name="vote"
    )


class Migration(migrations.Migration):
    dependencies = [("ratusz_voting", "0005_results")]

    operations = [
        migrations.CreateModel(
            name="WaitingNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("content", models.BinaryField(verbose_name="sealed content")),
            ],
            options={
                "verbose_name": "notice of a ballot that waits",
                "verbose_name_plural": "notices of ballots that wait",
            },
        ),
        migrations.RunSQL(BOX, BACK),
        # Each index is one more random page to write for every ballot. These serve nobody: the roll's unique key begins with the
        # vote, few entries wait at a time, and nobody looks for the beginning of a ballot's number.
        migrations.AlterField("VoterRollEntry", "vote", vote_without_index("roll")),
        migrations.AlterField("PendingLeaf", "vote", vote_without_index("+")),
        migrations.RunSQL("DROP INDEX ratusz_voting_sealedballot_code_f9f8c3e7_like", LIKE_BACK),
    ]
