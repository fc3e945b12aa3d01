"""A part of a release set knows what it was when the set was approved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ratusz_editing", "0004_page_a_change_began_from")]

    operations = [
        migrations.AddField(
            model_name="releaseitem", name="approved_as", field=models.CharField(blank=True, max_length=60)
        ),
    ]
