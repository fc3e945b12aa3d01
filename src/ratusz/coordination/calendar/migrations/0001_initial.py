"""Elections, their candidates and what was held back because of one."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Election',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('local', 'local elections'), ('mayor', "early election of the city's president"), ('parliament', 'Sejm and Senate'), ('president', 'President of Poland'), ('europe', 'European Parliament'), ('referendum', 'referendum')], max_length=12, verbose_name='kind of election')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('ordering_act', models.CharField(help_text='Its title and where it was published.', max_length=300, verbose_name='ordering act')),
                ('ordered_on', models.DateField(help_text='The campaign begins on this day.', verbose_name='day on which the act was published')),
                ('voting_day', models.DateField(verbose_name='voting day')),
                ('polls_from', models.TimeField(default=datetime.time(7, 0), verbose_name='polls open at')),
                ('polls_to', models.TimeField(default=datetime.time(21, 0), help_text='The silence ends then. Change it when it is put off.', verbose_name='polls close at')),
                ('second_round_day', models.DateField(blank=True, null=True, verbose_name='second round')),
                ('territory', models.CharField(help_text='The whole city, or the districts concerned.', max_length=200, verbose_name='where')),
                ('made_at', models.DateTimeField(verbose_name='entered')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
            ],
            options={
                'verbose_name': 'election',
                'verbose_name_plural': 'elections',
                'ordering': ['-voting_day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=100, verbose_name='first name')),
                ('last_name', models.CharField(max_length=100, verbose_name='last name')),
                ('committee', models.CharField(blank=True, max_length=200, verbose_name='committee')),
                ('first_forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None, verbose_name='forms of the first name')),
                ('last_forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None, verbose_name='forms of the last name')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='ratusz_calendar.election', verbose_name='election')),
            ],
            options={
                'verbose_name': 'candidate',
                'verbose_name_plural': 'candidates',
                'ordering': ['last_name', 'first_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HeldItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=120, verbose_name='key of the thing')),
                ('channel', models.CharField(max_length=40, verbose_name='place')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('url', models.CharField(blank=True, max_length=500)),
                ('hold_code', models.CharField(max_length=60, verbose_name='why')),
                ('held_at', models.DateTimeField(verbose_name='held since')),
                ('held_until', models.DateTimeField(blank=True, null=True, verbose_name='not before')),
                ('decision', models.CharField(blank=True, choices=[('', 'waits for a decision'), ('released', 'may leave'), ('dropped', 'does not leave'), ('overridden', 'let out all the same')], default='', max_length=12, verbose_name='decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='ratusz_calendar.election', verbose_name='election')),
                ('tried_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
            ],
            options={
                'verbose_name': 'held thing',
                'verbose_name_plural': 'held things',
                'ordering': ['-held_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('voting_day__gt', models.F('ordered_on'))), name='election_is_ordered_before_it_is_held'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('second_round_day', None), ('second_round_day__gt', models.F('voting_day')), _connector='OR'), name='second_round_follows_the_first'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('polls_to__gt', models.F('polls_from'))), name='polls_close_after_they_open'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.UniqueConstraint(fields=('kind', 'voting_day', 'name'), name='election_is_entered_once'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(fields=('election', 'first_name', 'last_name', 'committee'), name='candidate_stands_once'),
        ),
        migrations.AddIndex(
            model_name='helditem',
            index=models.Index(fields=['subject'], name='held_item_subject'),
        ),
        migrations.AddConstraint(
            model_name='helditem',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('subject',), name='one_open_hold_per_thing'),
        ),
        migrations.AddConstraint(
            model_name='helditem',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['', 'released', 'dropped', 'overridden'])), name='decision_is_known'),
        ),
        migrations.AddConstraint(
            model_name='helditem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='decision_has_its_person_and_moment'),
        ),
        migrations.AddConstraint(
            model_name='helditem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'overridden'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='override_says_why'),
        ),
    ]
