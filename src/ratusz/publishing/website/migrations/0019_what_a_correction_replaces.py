"""The wire says what a correction takes the place of, and whether anybody had it wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_website', '0018_shown_things'),
    ]

    operations = [
        migrations.AddField(
            model_name='wireitem',
            name='corrected_from',
            field=models.CharField(blank=True, max_length=300, verbose_name='what stood there before'),
        ),
        migrations.AddField(
            model_name='wireitem',
            name='is_update',
            field=models.BooleanField(default=False, verbose_name='the world has changed'),
        ),
    ]
