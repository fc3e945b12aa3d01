"""The database itself keeps the record: what was written stays as it was, moments come from its own clock, details can only be erased."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly

MOMENT = """
CREATE FUNCTION ratusz_audit_moment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.happened_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER moment BEFORE INSERT ON ratusz_audit_entry FOR EACH ROW EXECUTE FUNCTION ratusz_audit_moment();
"""

DETAIL = """
CREATE FUNCTION ratusz_audit_detail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM ratusz_audit_entry WHERE id = OLD.entry_id) THEN
            RAISE EXCEPTION 'details go only with their entry' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.entry_id <> OLD.entry_id OR NEW.content IS NOT NULL OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL THEN
        RAISE EXCEPTION 'details can only be erased' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_erased BEFORE UPDATE OR DELETE ON ratusz_audit_detail FOR EACH ROW EXECUTE FUNCTION ratusz_audit_detail();
CREATE TRIGGER append_only BEFORE TRUNCATE ON ratusz_audit_detail FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change();
"""

# Runs as its owner, because the role `app` may not delete here; the triggers let only entries past their two years go.
EXPIRE = """
CREATE FUNCTION ratusz_audit_expire() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE removed bigint;
BEGIN
    SET CONSTRAINTS ALL DEFERRED;
    DELETE FROM ratusz_audit_entry WHERE happened_at < clock_timestamp() - interval '2 years';
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM ratusz_audit_detail d WHERE NOT EXISTS (SELECT 1 FROM ratusz_audit_entry e WHERE e.id = d.entry_id);
    RETURN removed;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_audit", "0001_initial")]

    operations = [
        AppendOnly("Entry", keep_for="2 years", keep_column="happened_at"),
        AppendOnly("Seal"),
        AppendOnly("SealedEntry"),
        migrations.RunSQL(MOMENT, "DROP TRIGGER moment ON ratusz_audit_entry; DROP FUNCTION ratusz_audit_moment()"),
        migrations.RunSQL(
            DETAIL,
            "DROP TRIGGER only_erased ON ratusz_audit_detail; DROP TRIGGER append_only ON ratusz_audit_detail; "
            "DROP FUNCTION ratusz_audit_detail()",
        ),
        migrations.RunSQL(EXPIRE, "DROP FUNCTION ratusz_audit_expire()"),
    ]
