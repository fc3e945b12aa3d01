"""Results that an agency handed in stay as they came; of a told use only that it was taken back can be added."""

from django.db import migrations

RESULTS = """
CREATE FUNCTION ratusz_surveys_results_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'results of research stay as they came: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER results_stay BEFORE UPDATE OR DELETE ON ratusz_surveys_researchresults
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_results_stay();
"""
RESULTS_BACK = """
DROP TRIGGER results_stay ON ratusz_surveys_researchresults;
DROP FUNCTION ratusz_surveys_results_stay();
"""
USE = """
CREATE FUNCTION ratusz_surveys_use_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.taken_back_at IS NULL AND (to_jsonb(NEW) - 'taken_back_at') = (to_jsonb(OLD) - 'taken_back_at') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was told of research stays, or is taken back: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER use_stays BEFORE UPDATE OR DELETE ON ratusz_surveys_researchuse
    FOR EACH ROW EXECUTE FUNCTION ratusz_surveys_use_stays();
"""
USE_BACK = """
DROP TRIGGER use_stays ON ratusz_surveys_researchuse;
DROP FUNCTION ratusz_surveys_use_stays();
"""


class Migration(migrations.Migration):
    """Triggers, since a CHECK sees one row and not what stood there before."""

    dependencies = [("ratusz_surveys", "0004_research")]

    operations = [migrations.RunSQL(RESULTS, RESULTS_BACK), migrations.RunSQL(USE, USE_BACK)]
