"""The policy "whoever casts two ballots has none", beside the first and the last ballot."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ratusz_voting", "0009_who_parts_envelopes")]

    operations = [
        migrations.AlterField(
            "vote",
            "double_vote",
            models.CharField(
                choices=[
                    ("first", "the first ballot is final"),
                    ("last", "the last ballot counts"),
                    ("all_void", "whoever casts two ballots has none"),
                ],
                default="first",
                max_length=8,
                verbose_name="second ballot",
            ),
        )
    ]
