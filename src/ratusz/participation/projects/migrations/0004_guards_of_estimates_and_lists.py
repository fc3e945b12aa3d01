"""Estimates are added and never changed; a published list stays as it was on its day."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ratusz_projects", "0003_checks_and_outcomes")]
    operations = [
        migrations.RunSQL(
            """CREATE TRIGGER ratusz_projects_estimate BEFORE UPDATE OR DELETE ON ratusz_projects_estimate
               FOR EACH ROW EXECUTE FUNCTION ratusz_projects_keep_told();""",
            "DROP TRIGGER ratusz_projects_estimate ON ratusz_projects_estimate;",
        ),
        AppendOnly("projectlist"),
    ]
