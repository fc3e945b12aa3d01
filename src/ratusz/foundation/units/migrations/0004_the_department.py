"""Marks the unit that runs the city's communication: roles of the department count there and below it only."""

from django.db import migrations, models

WORK_OF_THE_DEPARTMENT = ("editor", "press_officer", "moderator", "budget_coordinator")


def mark_where_its_work_is_done(apps, schema_editor):
    """On a city already at work the department is where its editors, spokespeople, moderators and co-ordinators are."""
    units = apps.get_model("ratusz_units", "Unit")
    units.objects.filter(appointments__role__code__in=WORK_OF_THE_DEPARTMENT).update(is_department=True)


class Migration(migrations.Migration):
    dependencies = [("ratusz_units", "0003_account_invitations")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="is_department",
            field=models.BooleanField(
                default=False,
                help_text="Roles of the department (editors, spokespeople, heads and so on) count here and in the units below.",
                verbose_name="runs the city's communication",
            ),
        ),
        migrations.RunPython(mark_where_its_work_is_done, migrations.RunPython.noop),
    ]
