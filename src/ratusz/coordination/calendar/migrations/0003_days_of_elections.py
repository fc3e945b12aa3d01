from datetime import date, timedelta

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [("ratusz_calendar", "0002_decision_is_about_one_text")]

    operations = [
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(condition=Q(ordered_on__gte=date(2011, 8, 1)), name="election_falls_under_the_code"),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=Q(voting_day__lte=F("ordered_on") + timedelta(days=366)), name="election_is_held_within_a_year"
            ),
        ),
    ]
