
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_surveys', '0008_words_of_refusals'),
    ]

    operations = [
        migrations.AddField(
            model_name='wavematch',
            name='asked_as',
            field=models.CharField(blank=True, max_length=60, verbose_name='key that this wave gave the question'),
        ),
        migrations.AlterField(
            model_name='wavematch',
            name='wordings',
            field=models.CharField(blank=True, max_length=64, verbose_name='fingerprint of both wordings'),
        ),
    ]
