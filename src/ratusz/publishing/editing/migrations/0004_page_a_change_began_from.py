"""A change of a page knows the version it began from; open ones begin from what stood there when they were begun."""

from django.db import migrations, models

BEGUN_FROM = """
UPDATE ratusz_editing_submission AS s SET page_revision = (
    SELECT max(r.id) FROM wagtailcore_revision r JOIN django_content_type c ON c.id = r.base_content_type_id
    WHERE c.app_label = 'wagtailcore' AND c.model = 'page' AND r.object_id = s.page_id::text AND r.created_at <= s.made_at
) WHERE s.kind = 'page_change' AND s.state NOT IN ('published', 'closed')
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_editing", "0003_no_preview_key")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="page_revision",
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name="version of the page it began from"),
        ),
        migrations.AlterField(
            model_name="submissionnote",
            name="step",
            field=models.CharField(
                choices=[
                    ("comment", "comment"),
                    ("sent", "sent to the department"),
                    ("claimed", "claimed"),
                    ("released", "given back for somebody else"),
                    ("asked_back", "asked back"),
                    ("approved", "approved"),
                    ("scheduled", "scheduled"),
                    ("unscheduled", "schedule taken back"),
                    ("held", "did not go out"),
                    ("published", "published"),
                    ("alone", "published without a second pair of eyes"),
                    ("reviewed", "read after it went out"),
                    ("closed", "closed"),
                    ("page_taken_in", "newer words of the page taken into account"),
                    ("link_made", "link of approval sent"),
                    ("link_answered", "answer by a link of approval"),
                    ("link_revoked", "link of approval revoked"),
                ],
                max_length=15,
                verbose_name="step",
            ),
        ),
        migrations.RunSQL(BEGUN_FROM, migrations.RunSQL.noop),
    ]
