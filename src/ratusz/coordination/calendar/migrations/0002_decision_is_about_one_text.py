"""A decision about a held thing is about one text of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_calendar', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='helditem',
            name='fingerprint',
            field=models.CharField(blank=True, default='', max_length=64, verbose_name='digest of the text'),
            preserve_default=False,
        ),
    ]
