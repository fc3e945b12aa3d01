"""Where a thing on the wire is about, as feeds say it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_website', '0016_short_rows_of_the_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='wireitem',
            name='latitude',
            field=models.FloatField(blank=True, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='wireitem',
            name='longitude',
            field=models.FloatField(blank=True, null=True, verbose_name='longitude'),
        ),
        migrations.AddConstraint(
            model_name='wireitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='wire_point_is_on_earth'),
        ),
    ]
