"""A page goes out alone for a reason as a submission does: the record is of the one or of the other."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_editing', '0006_what_a_text_is_about'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='lonepublication',
            name='page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page'),
        ),
        migrations.AddField(
            model_name='lonepublication',
            name='title',
            field=models.CharField(blank=True, max_length=255, verbose_name='title of the page'),
        ),
        migrations.AlterField(
            model_name='lonepublication',
            name='submission',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lone_publication', to='ratusz_editing.submission'),
        ),
        migrations.AddConstraint(
            model_name='lonepublication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('page', None), ('submission__isnull', False), ('title', '')), models.Q(('submission', None), models.Q(('title', ''), _negated=True)), _connector='OR'), name='alone_goes_a_submission_or_a_page'),
        ),
        migrations.AddConstraint(
            model_name='lonepublication',
            constraint=models.UniqueConstraint(condition=models.Q(('submission', None)), fields=('version',), name='a_revision_goes_out_alone_once'),
        ),
    ]
