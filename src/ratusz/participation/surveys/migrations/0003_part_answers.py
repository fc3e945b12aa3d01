"""Anonymous answers are parted from receipts in the tables themselves: receipts have random keys, rows are written anew."""

from django.db import migrations, models

import ratusz.participation.surveys.models.answers

# CLUSTER puts the rows into the order of random values; changing the type of a column to what it is writes each again, so that all
# have one xmin, and leaves dead rows behind. Unlike TRUNCATE both take tables that others refer to. For this function alone: it needs
# the owner's rights. Whoever answers waits; where a long reader is met, it gives up after two seconds.
PART = """
CREATE FUNCTION ratusz_surveys_part(place text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
    IF place NOT IN ('answer', 'submission', 'token', 'draft') THEN
        RAISE EXCEPTION 'no such table of surveys' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('LOCK TABLE ratusz_surveys_%s IN ACCESS EXCLUSIVE MODE', place);
    SET CONSTRAINTS ALL IMMEDIATE;
    CASE place
    WHEN 'answer' THEN
        CLUSTER ratusz_surveys_answer USING ratusz_surveys_answer_pkey;
        ALTER TABLE ratusz_surveys_answer ALTER COLUMN erased_at TYPE timestamptz USING erased_at + interval '0';
    WHEN 'submission' THEN
        CLUSTER ratusz_surveys_submission USING ratusz_surveys_submission_key_key;
        ALTER TABLE ratusz_surveys_submission ALTER COLUMN language TYPE varchar(5) USING language || '';
    WHEN 'token' THEN
        CLUSTER ratusz_surveys_token USING ratusz_surveys_token_digest_key;
        ALTER TABLE ratusz_surveys_token ALTER COLUMN is_used TYPE boolean USING CASE WHEN is_used THEN true ELSE false END;
    WHEN 'draft' THEN
        CLUSTER ratusz_surveys_draft USING ratusz_surveys_draft_key_key;
        ALTER TABLE ratusz_surveys_draft ALTER COLUMN language TYPE varchar(5) USING language || '';
    END CASE;
END $$;
"""
BACK = "DROP FUNCTION ratusz_surveys_part(text);"


class Migration(migrations.Migration):
    dependencies = [("ratusz_surveys", "0002_guards")]

    operations = [
        migrations.AlterField(
            "submission", "id",
            models.BigIntegerField(
                default=ratusz.participation.surveys.models.answers.random_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.RunSQL(PART, BACK),
    ]  # fmt: skip
