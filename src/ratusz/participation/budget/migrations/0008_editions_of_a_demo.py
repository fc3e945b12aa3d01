"""An edition of a demo city says that it is one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ratusz_budget", "0007_edition_guards")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="demonstrates",
            field=models.CharField(blank=True, max_length=60, verbose_name="what the edition of a demo shows"),
        ),
    ]
