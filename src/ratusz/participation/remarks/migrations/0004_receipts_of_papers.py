from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_remarks', '0003_whole_register'),
    ]

    operations = [
        migrations.AddField(
            model_name='paperreturn',
            name='receipt',
            field=models.CharField(default='', max_length=20, unique=True, verbose_name='receipt'),
            preserve_default=False,
        ),
    ]
