"""Topics and districts of a submission; a change of news that is under way begins with those of its page."""

import django.contrib.postgres.fields
from django.db import migrations, models


def take_from_pages(apps, schema_editor):
    """Otherwise the change would take them off the page when it goes out."""
    NewsPage = apps.get_model("ratusz_website", "NewsPage")
    submissions = apps.get_model("ratusz_editing", "Submission").objects.filter(kind="page_change", page__isnull=False)
    for submission in submissions.exclude(state__in=["published", "closed"]):
        page = NewsPage.objects.filter(pk=submission.page_id).first()
        if page is not None:
            submission.topic_numbers = sorted(page.topics.values_list("pk", flat=True))
            submission.district_numbers = sorted(page.districts.values_list("number", flat=True))
            submission.save(update_fields=["topic_numbers", "district_numbers"])


class Migration(migrations.Migration):
    dependencies = [
        ("ratusz_editing", "0005_what_a_set_was_approved_with"),
        ("ratusz_website", "0019_what_a_correction_replaces"),
        ("ratusz_territory", "0003_outlines"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="topic_numbers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(), blank=True, default=list, size=None, verbose_name="topics"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="district_numbers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name="districts"
            ),
        ),
        migrations.RunPython(take_from_pages, migrations.RunPython.noop),
    ]
