"""Roles stand in the order of their Polish names; the keys are written after migrate, with the roles themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ratusz_people", "0005_erasure_keeps")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="sort_key",
            field=models.CharField(blank=True, db_collation="C", editable=False, max_length=200),
        ),
        migrations.AlterModelOptions(
            name="role",
            options={"ordering": ["sort_key", "code"], "verbose_name": "role", "verbose_name_plural": "roles"},
        ),
    ]
