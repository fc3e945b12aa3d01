"""Tables of the intranet; published versions and confirmations are never changed and go only after three years."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from ratusz.foundation.kit.append_only import REFUSE, REFUSE_BEFORE

GUARDED = {"noticeversion": "written_at", "acknowledgement": "at"}
"""Table and the column whose age decides when a row may go: a claim from employment lapses after three years."""


def guards() -> list:
    """Each table refuses changes at all, and deletions for three years."""
    operations = [migrations.RunSQL(REFUSE, migrations.RunSQL.noop), migrations.RunSQL(REFUSE_BEFORE, migrations.RunSQL.noop)]
    for table, column in GUARDED.items():
        name = f"ratusz_intranet_{table}"
        forwards = f"""
            CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change();
            CREATE TRIGGER kept_for_three_years BEFORE DELETE ON {name} FOR EACH ROW
            EXECUTE FUNCTION ratusz_refuse_delete_before('{column}', '3 years');
        """
        backwards = f"DROP TRIGGER IF EXISTS never_changed ON {name}; DROP TRIGGER IF EXISTS kept_for_three_years ON {name};"
        operations.append(migrations.RunSQL(forwards, backwards))
    return operations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ratusz_files', '0001_initial'),
        ('ratusz_people', '0006_roles_in_polish_order'),
        ('ratusz_units', '0005_appointments_in_polish_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Building',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As people call it: Młyńska 4.', max_length=120, unique=True, verbose_name='name of the building')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='postal address')),
                ('units', models.ManyToManyField(blank=True, related_name='buildings', to='ratusz_units.unit', verbose_name='units that work here')),
            ],
            options={
                'verbose_name': 'building',
                'verbose_name_plural': 'buildings',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('lead', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                ('body', models.JSONField(blank=True, default=list, verbose_name='text')),
                ('category', models.CharField(choices=[('safety', 'Safety at work'), ('work', 'How the Office works'), ('systems', 'Telephones and systems'), ('staff', 'Matters of staff'), ('training', 'Training'), ('events', 'Events')], default='work', max_length=20, verbose_name='category')),
                ('on_behalf_of', models.CharField(blank=True, help_text='When you write for somebody else: the City Secretary.', max_length=120, verbose_name='on behalf of')),
                ('is_pinned', models.BooleanField(default=False, verbose_name='stays on top')),
                ('is_lead_story', models.BooleanField(default=False, help_text='The one large notice at the top.', verbose_name='lead story')),
                ('comments_open', models.BooleanField(default=False, verbose_name='colleagues may comment')),
                ('is_required', models.BooleanField(default=False, help_text='Then say until when.', verbose_name='everybody must confirm that they have read it')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='to be confirmed until')),
                ('is_urgent', models.BooleanField(default=False, help_text='It is recorded who decided so and why.', verbose_name='urgent: tell also in quiet hours')),
                ('urgent_reason', models.CharField(blank=True, max_length=300, verbose_name='why it cannot wait')),
                ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='valid until')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('closed', 'closed')], default='draft', max_length=10, verbose_name='state')),
                ('current_version', models.PositiveSmallIntegerField(default=0, verbose_name='version')),
                ('words', models.TextField(blank=True, editable=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=120)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='last change')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='ratusz_units.unit', verbose_name='unit that answers for it')),
            ],
            options={
                'verbose_name': 'notice to staff',
                'verbose_name_plural': 'notices to staff',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='removed')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='ratusz_intranet.notice')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('building', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ratusz_intranet.building', verbose_name='building')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='ratusz_intranet.notice')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ratusz_people.role', verbose_name='role')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ratusz_units.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'group a notice is for',
                'verbose_name_plural': 'groups a notice is for',
            },
        ),
        migrations.CreateModel(
            name='NoticeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('is_major', models.BooleanField(default=True, verbose_name='asks everybody again')),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('lead', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                ('body', models.JSONField(default=list, verbose_name='text')),
                ('what_changed', models.CharField(blank=True, max_length=300, verbose_name='what has changed')),
                ('written_at', models.DateTimeField(verbose_name='published')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='ratusz_intranet.notice')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'version of a notice',
                'verbose_name_plural': 'versions of notices',
                'ordering': ['notice', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_seen', models.PositiveSmallIntegerField(verbose_name='version seen last')),
                ('seen_before', models.PositiveSmallIntegerField(default=0, verbose_name='version seen before that')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='ratusz_intranet.notice')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'last reading',
                'verbose_name_plural': 'last readings',
            },
        ),
        migrations.CreateModel(
            name='SignedSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_on', models.DateField(verbose_name='day of the signatures')),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ratusz_files.storedfile', verbose_name='picture of the sheet')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ratusz_units.unit', verbose_name='unit')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='ratusz_intranet.noticeversion')),
            ],
            options={
                'verbose_name': 'signed sheet',
                'verbose_name_plural': 'signed sheets',
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='confirmed')),
                ('way', models.CharField(choices=[('screen', 'on screen'), ('sheet', 'on a signed sheet'), ('superior', 'entered by the superior')], max_length=10, verbose_name='how')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to='ratusz_intranet.noticeversion')),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to='ratusz_intranet.signedsheet')),
            ],
            options={
                'verbose_name': 'acknowledgement',
                'verbose_name_plural': 'acknowledgements',
            },
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('is_required', False), ('due_at__isnull', False), _connector='OR'), name='required_notice_has_a_term'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('is_urgent', False), models.Q(('urgent_reason', ''), _negated=True), _connector='OR'), name='urgent_notice_says_why'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('current_version', 0), ('published_at__isnull', True), ('state', 'draft')), models.Q(('current_version__gt', 0), ('published_at__isnull', False), ('state__in', ['published', 'closed'])), _connector='OR'), name='published_notice_has_a_version'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='closed_notice_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('is_lead_story', True), ('state', 'published')), fields=('is_lead_story',), name='one_lead_story'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('source',), name='one_notice_per_message'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), models.Q(('text', ''), _negated=True)), models.Q(('removed_at__isnull', False), ('text', '')), _connector='OR'), name='removed_comment_keeps_no_words'),
        ),
        migrations.AddConstraint(
            model_name='noticetarget',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', False), ('building__isnull', False), ('role__isnull', False), _connector='OR'), name='target_names_somebody'),
        ),
        migrations.AddConstraint(
            model_name='noticetarget',
            constraint=models.UniqueConstraint(models.F('notice'), models.F('unit'), models.F('building'), models.F('role'), name='target_is_named_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='noticeversion',
            constraint=models.UniqueConstraint(fields=('notice', 'number'), name='notice_version_number_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='noticeversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gt', 1), ('is_major', True), _connector='OR'), name='first_version_is_major'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('person', 'notice'), name='one_last_reading_per_person_and_notice'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('last_seen__gt', models.F('seen_before'))), name='versions_are_seen_in_order'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('version', 'person'), name='person_acknowledges_a_version_once'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_by__isnull', True), ('sheet__isnull', True), ('way', 'screen')), models.Q(('entered_by__isnull', False), ('sheet__isnull', False), ('way', 'sheet')), models.Q(('entered_by__isnull', False), ('sheet__isnull', True), ('way', 'superior')), _connector='OR'), name='acknowledgement_has_its_proof'),
        ),
        *guards(),
    ]
