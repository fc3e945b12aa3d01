"""Appointments within a unit stand in the order of the roles' Polish names."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ratusz_units", "0004_the_department"), ("ratusz_people", "0006_roles_in_polish_order")]

    operations = [
        migrations.AlterModelOptions(
            name="appointment",
            options={
                "ordering": ["unit__sort_key", "role__sort_key", "starts"],
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
            },
        ),
    ]
