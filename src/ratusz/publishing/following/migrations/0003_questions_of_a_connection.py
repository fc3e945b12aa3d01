from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_following', '0002_emergency_banner'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='connection')),
                ('tried_at', models.DateTimeField(verbose_name='asked')),
            ],
            options={
                'verbose_name': 'question to follow from a connection',
                'verbose_name_plural': 'questions to follow from connections',
                'indexes': [models.Index(fields=['fingerprint', 'tried_at'], name='questions_of_a_connection')],
            },
        ),
    ]
