"""Odd ballots in cases, their dated limits, and lines of points."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ratusz.foundation.kit.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_voting', '0006_box'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnomalyCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('found_at', models.DateTimeField(verbose_name='found')),
                ('together', models.BinaryField(default=bytes, max_length=32, verbose_name='keyed digest of what the ballots have in common')),
                ('state', models.CharField(choices=[('new', 'nobody looked yet'), ('quarantined', 'ballots are in verification'), ('ended', 'ended')], default='new', max_length=12, verbose_name='state')),
                ('reasons', models.TextField(blank=True, max_length=2000, verbose_name='reasons of the end')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='ratusz_voting.vote', verbose_name='vote')),
            ],
            options={
                'verbose_name': 'case of odd ballots',
                'verbose_name_plural': 'cases of odd ballots',
                'ordering': ['vote', 'number'],
            },
        ),
        migrations.CreateModel(
            name='AnomalyLimits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateTimeField(verbose_name='hold from')),
                ('per_line', models.PositiveIntegerField(verbose_name='ballots over one line')),
                ('per_line_quick', models.PositiveIntegerField(verbose_name='ballots over one line, or by one officer, in a short time')),
                ('quick_minutes', models.PositiveIntegerField(verbose_name='minutes of that short time')),
                ('per_phone', models.PositiveIntegerField(verbose_name='ballots with one telephone or address')),
                ('deviations', models.DecimalField(decimal_places=1, max_digits=3, verbose_name='standard deviations')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='ratusz_voting.vote', verbose_name='vote')),
            ],
            options={
                'verbose_name': 'limits of what is odd',
                'verbose_name_plural': 'limits of what is odd',
                'ordering': ['-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FlaggedBallot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballot_code', models.CharField(max_length=27, unique=True, verbose_name='number on the receipt')),
                ('signals', models.JSONField(default=list, verbose_name='signals')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flagged', to='ratusz_voting.anomalycase', verbose_name='case')),
            ],
            options={
                'verbose_name': 'flagged ballot',
                'verbose_name_plural': 'flagged ballots',
                'ordering': ['ballot_code'],
            },
        ),
        migrations.CreateModel(
            name='KnownLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name of the point')),
                ('line_digest', models.BinaryField(max_length=32, verbose_name='keyed digest of the line')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='known_lines', to='ratusz_voting.vote', verbose_name='vote')),
            ],
            options={
                'verbose_name': 'line of a point',
                'verbose_name_plural': 'lines of points',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='anomalycase',
            constraint=models.UniqueConstraint(fields=('vote', 'number'), name='one_case_per_vote_and_number'),
        ),
        migrations.AddConstraint(
            model_name='anomalycase',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('together', b''), _negated=True)), fields=('vote', 'together'), name='one_open_case_per_line'),
        ),
        migrations.AddConstraint(
            model_name='anomalycase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('reasons__regex', '[^[:space:]]'), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at__isnull', True), ('reasons', '')), _connector='OR'), name='an_ended_case_has_its_day_and_reasons'),
        ),
        migrations.AddConstraint(
            model_name='anomalylimits',
            constraint=models.CheckConstraint(condition=models.Q(('deviations__gte', 1), ('per_line__gte', 1), ('per_line_quick__gte', 1), ('per_phone__gte', 1), ('quick_minutes__gte', 1)), name='limits_of_what_is_odd_are_above_nothing'),
        ),
        migrations.AddConstraint(
            model_name='anomalylimits',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '[^[:space:]]')), name='limits_of_what_is_odd_have_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='knownline',
            constraint=models.UniqueConstraint(fields=('vote', 'line_digest'), name='one_entry_per_line_of_a_point'),
        ),
        AppendOnly("AnomalyLimits"),
    ]
