"""Reasons of approved positions are found by their words; those approved before get theirs here."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations, models
from django.db.models import Func, Value

from ratusz.foundation.kit.lemmas import tsvector

BATCH = 500


def read_reasons(apps, schema_editor):
    Position = apps.get_model("ratusz_remarks", "Position")
    approved = Position.objects.filter(state="approved").order_by("reasons").values_list("reasons", flat=True).distinct()
    kind = Position._meta.get_field("words")
    # A position of a cluster stands in many rows: its words are read once.
    for reasons in approved.iterator(BATCH):
        words = Func(Value(tsvector(reasons)), template="(%(expressions)s)::tsvector", output_field=kind.__class__())
        Position.objects.filter(state="approved", reasons=reasons).update(words=words)


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_remarks', '0004_receipts_of_papers'),
        ('ratusz_units', '0006_words_of_refusals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='position',
            name='words',
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='position',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state', 'approved')), fields=['words'], name='positions_by_word'),
        ),
        migrations.RunPython(read_reasons, migrations.RunPython.noop),
    ]
