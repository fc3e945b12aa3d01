from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="digest of the form")),
                ("sent_at", models.DateTimeField(db_index=True, verbose_name="carried out")),
                ("led_to", models.CharField(blank=True, max_length=500, verbose_name="where the person was led")),
            ],
            options={"verbose_name": "sent form", "verbose_name_plural": "sent forms"},
        ),
    ]
