"""What must never be false of signatures on paper: a counted line was read alike by two people, or settled by a third."""

from django.db import migrations

COUNTED = """
CREATE FUNCTION ratusz_signatures_counted_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE alike integer;
BEGIN
    IF NEW.line_id IS NULL OR NEW.state <> 'valid' OR NEW.erased_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM ratusz_signatures_linesettlement
        WHERE line_id = NEW.line_id AND reason = '' AND digest = NEW.digest AND digest <> ''
    ) THEN
        RETURN NEW;
    END IF;
    SELECT count(DISTINCT clerk_id) INTO alike FROM ratusz_signatures_lineentry
        WHERE line_id = NEW.line_id AND reason = '' AND digest = NEW.digest AND digest <> '';
    IF alike <> 2 THEN
        RAISE EXCEPTION 'a counted line was read alike by two people or settled by a third' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counted_line BEFORE INSERT OR UPDATE ON ratusz_signatures_signature
    FOR EACH ROW EXECUTE FUNCTION ratusz_signatures_counted_line();
"""
THIRD = """
CREATE FUNCTION ratusz_signatures_third_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ratusz_signatures_lineentry WHERE line_id = NEW.line_id AND clerk_id = NEW.person_id) THEN
        RAISE EXCEPTION 'whoever typed a line does not settle it' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) FROM ratusz_signatures_lineentry WHERE line_id = NEW.line_id) <> 2 THEN
        RAISE EXCEPTION 'a line is settled after two typings' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER third_look BEFORE INSERT ON ratusz_signatures_linesettlement
    FOR EACH ROW EXECUTE FUNCTION ratusz_signatures_third_look();
"""
STAYS = """
CREATE FUNCTION ratusz_signatures_typing_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text[] := ARRAY['name', 'home', 'guardian', 'digest', 'erased_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
        AND (to_jsonb(NEW) - words) = (to_jsonb(OLD) - words)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a typing stays as it was made: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER typing_stays BEFORE UPDATE OR DELETE ON ratusz_signatures_lineentry
    FOR EACH ROW EXECUTE FUNCTION ratusz_signatures_typing_stays();
CREATE TRIGGER settlement_stays BEFORE UPDATE OR DELETE ON ratusz_signatures_linesettlement
    FOR EACH ROW EXECUTE FUNCTION ratusz_signatures_typing_stays();
"""
PROTOCOL = """
CREATE FUNCTION ratusz_signatures_protocol_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a protocol of a check stays as it was made: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER protocol_stays BEFORE UPDATE OR DELETE ON ratusz_signatures_checkprotocol
    FOR EACH ROW EXECUTE FUNCTION ratusz_signatures_protocol_stays();
"""
UNDO_COUNTED = """
DROP TRIGGER counted_line ON ratusz_signatures_signature;
DROP FUNCTION ratusz_signatures_counted_line();
"""
UNDO_THIRD = """
DROP TRIGGER third_look ON ratusz_signatures_linesettlement;
DROP FUNCTION ratusz_signatures_third_look();
"""
UNDO_STAYS = """
DROP TRIGGER typing_stays ON ratusz_signatures_lineentry;
DROP TRIGGER settlement_stays ON ratusz_signatures_linesettlement;
DROP FUNCTION ratusz_signatures_typing_stays();
"""
UNDO_PROTOCOL = """
DROP TRIGGER protocol_stays ON ratusz_signatures_checkprotocol;
DROP FUNCTION ratusz_signatures_protocol_stays();
"""


class Migration(migrations.Migration):
    """Triggers, since a CHECK sees one row of one table."""

    dependencies = [("ratusz_signatures", "0001_initial")]

    operations = [
        migrations.RunSQL(COUNTED, UNDO_COUNTED),
        migrations.RunSQL(THIRD, UNDO_THIRD),
        migrations.RunSQL(STAYS, UNDO_STAYS),
        migrations.RunSQL(PROTOCOL, UNDO_PROTOCOL),
    ]
