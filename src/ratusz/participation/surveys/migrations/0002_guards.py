"""What must never be false of a survey: a published version and what was promised stay; an anonymous answer leads to nobody."""

from django.db import migrations

VERSION = """
CREATE FUNCTION ratusz_surveys_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published version of a questionnaire stays as it is: % refused', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON ratusz_surveys_questionnaire
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_version_stays();
"""
PROMISE = """
CREATE FUNCTION ratusz_surveys_promise_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (
        NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.is_anonymous <> OLD.is_anonymous OR NEW.door <> OLD.door
        OR NEW.sample <> OLD.sample OR NEW.smallest_cell <> OLD.smallest_cell OR NEW.opens_at IS DISTINCT FROM OLD.opens_at
        OR NEW.closes_at < OLD.closes_at OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)
    ) THEN
        RAISE EXCEPTION 'what a published survey promised stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER promise_stays BEFORE UPDATE ON ratusz_surveys_survey
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_promise_stays();
"""
ANSWER = """
CREATE FUNCTION ratusz_surveys_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE known boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT s.is_anonymous INTO known FROM ratusz_surveys_questionnaire q JOIN ratusz_surveys_survey s ON s.id = q.survey_id
            WHERE q.id = NEW.questionnaire_id AND q.survey_id = NEW.survey_id AND q.published_at IS NOT NULL;
        IF known IS NULL OR known <> (NEW.submission_id IS NULL) THEN
            RAISE EXCEPTION 'an answer is of a published version, and of an anonymous survey leads to no receipt'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
        AND (to_jsonb(NEW) - ARRAY['content', 'erased_at']) = (to_jsonb(OLD) - ARRAY['content', 'erased_at'])
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an answer stays as it was given: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER answer_stays BEFORE INSERT OR UPDATE OR DELETE ON ratusz_surveys_answer
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_answer_stays();
"""
RECEIPT = """
CREATE FUNCTION ratusz_surveys_receipt_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.received_at IS NOT NULL AND (SELECT is_anonymous FROM ratusz_surveys_survey WHERE id = NEW.survey_id) THEN
            RAISE EXCEPTION 'an anonymous survey keeps no moment of an answer' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a receipt stays as it was given: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER receipt_stays BEFORE INSERT OR UPDATE OR DELETE ON ratusz_surveys_submission
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_receipt_stays();
"""
CARD = """
CREATE FUNCTION ratusz_surveys_typing_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a typing stays as it was made: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER typing_stays BEFORE UPDATE OR DELETE ON ratusz_surveys_cardentry
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_typing_stays();
CREATE TRIGGER settlement_stays BEFORE UPDATE OR DELETE ON ratusz_surveys_cardsettlement
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_typing_stays();
CREATE FUNCTION ratusz_surveys_third_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_surveys_cardentry WHERE card_id = NEW.card_id AND clerk_id = NEW.person_id) THEN
        RAISE EXCEPTION 'whoever typed a card does not settle it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER third_look BEFORE INSERT ON ratusz_surveys_cardsettlement
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_third_look();
"""


def _undo(table: str, trigger: str, function: str = "") -> str:
    dropped = f"DROP TRIGGER {trigger} ON {table};"
    return f"{dropped} DROP FUNCTION {function}();" if function else dropped


class Migration(migrations.Migration):
    """Triggers, since a CHECK sees one row of one table and not what stood there before."""

    dependencies = [("ratusz_surveys", "0001_initial")]

    operations = [
        migrations.RunSQL(VERSION, _undo("ratusz_surveys_questionnaire", "version_stays", "ratusz_surveys_version_stays")),
        migrations.RunSQL(PROMISE, _undo("ratusz_surveys_survey", "promise_stays", "ratusz_surveys_promise_stays")),
        migrations.RunSQL(ANSWER, _undo("ratusz_surveys_answer", "answer_stays", "ratusz_surveys_answer_stays")),
        migrations.RunSQL(RECEIPT, _undo("ratusz_surveys_submission", "receipt_stays", "ratusz_surveys_receipt_stays")),
        migrations.RunSQL(
            CARD,
            _undo("ratusz_surveys_cardsettlement", "third_look", "ratusz_surveys_third_look")
            + _undo("ratusz_surveys_cardsettlement", "settlement_stays")
            + _undo("ratusz_surveys_cardentry", "typing_stays", "ratusz_surveys_typing_stays"),
        ),
    ]
