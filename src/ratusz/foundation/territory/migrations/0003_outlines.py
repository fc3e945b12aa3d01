"""Outlines for drawn maps, made from the shapes that are there."""

import shapely
from django.db import migrations, models
from shapely.geometry import mapping, shape

TOLERANCE = 0.0004


def draw_outlines(apps, schema_editor):
    District = apps.get_model("ratusz_territory", "District")
    known = list(District.objects.exclude(shape=None))
    simple = shapely.coverage_simplify([shape(each.shape) for each in known], TOLERANCE) if known else []
    for district, outline in zip(known, simple, strict=True):
        district.outline = mapping(shapely.set_precision(outline, 0.00001))
        district.save(update_fields=["outline"])


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_territory', '0002_streets'),
    ]

    operations = [
        migrations.AddField(
            model_name='district',
            name='outline',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(draw_outlines, migrations.RunPython.noop),
    ]
