"""What must never be false in moderation: a judgement stays as it was made, an appeal is decided by somebody else and once."""

from django.db import migrations

JUDGEMENT = """
CREATE FUNCTION ratusz_moderation_judgement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text[] := ARRAY['facts', 'words_before', 'words_after', 'statement', 'erased_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
        AND (to_jsonb(NEW) - words) = (to_jsonb(OLD) - words)
        AND NEW.facts || NEW.words_before || NEW.words_after || NEW.statement = ''
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a judgement stays as it was made: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON ratusz_moderation_judgement
    FOR EACH ROW EXECUTE FUNCTION ratusz_moderation_judgement_stays();
"""
APPEAL = """
CREATE FUNCTION ratusz_moderation_appeal_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text[] := ARRAY['words', 'answer', 'words_after', 'erased_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an appeal stays: DELETE refused' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.decided_at IS NOT NULL AND (to_jsonb(NEW) - words) <> (to_jsonb(OLD) - words) THEN
        RAISE EXCEPTION 'an appeal is decided once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.decided_at IS NOT NULL AND NEW.erased_at IS NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'the words of a decided appeal stay until they are erased' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.decided_by_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM ratusz_moderation_judgement other
        JOIN ratusz_moderation_judgement judged ON judged.item_id = other.item_id
        WHERE judged.id = NEW.judgement_id AND other.person_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'whoever judged the thing does not decide the appeal' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appeal_by_another BEFORE INSERT OR UPDATE OR DELETE ON ratusz_moderation_appeal
    FOR EACH ROW EXECUTE FUNCTION ratusz_moderation_appeal_by_another();
"""
UNDO_JUDGEMENT = """
DROP TRIGGER judgement_stays ON ratusz_moderation_judgement;
DROP FUNCTION ratusz_moderation_judgement_stays();
"""
UNDO_APPEAL = """
DROP TRIGGER appeal_by_another ON ratusz_moderation_appeal;
DROP FUNCTION ratusz_moderation_appeal_by_another();
"""


class Migration(migrations.Migration):
    """Triggers, since a CHECK sees one row of one table."""

    dependencies = [("ratusz_moderation", "0001_initial")]

    operations = [migrations.RunSQL(JUDGEMENT, UNDO_JUDGEMENT), migrations.RunSQL(APPEAL, UNDO_APPEAL)]
